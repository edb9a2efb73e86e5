"""Time goes by for everybody in a circle alike: at the server, in its jobs, and on every page."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, WebSocketRoute

from community.accounts.queries import account_id_of
from community.app import JOBS, create_app, real_ports
from community.core import jobs
from community.core.actor import Actor
from community.core.db import db, transaction
from community.core.ports import Clock
from community.live import actions
from community.live.models import ProcessLease
from config import Settings
from tests.browser.copied import MovedClock
from tests.browser.site import OURS, Copy, started
from tests.fakes import FrozenClock
from tests.make import Make

STEP = timedelta(seconds=20)  # sooner than a line that says nothing counts as lost
PING = "2"  # of the server, which pages expect at their own time


def beside(site: Copy, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The same app on the same store, in this process."""
    for name in OURS:
        monkeypatch.delenv(name, raising=False)
    for name, value in site.environ().items():
        monkeypatch.setenv(name, value)
    settings = Settings.from_env()
    return create_app(settings, replace(real_ports(settings), clock=clock))


@dataclass
class Minutes:
    """The demo site, whose clock is moved. A page follows if its window was given to `follow`."""

    site: Copy
    clock: MovedClock
    worker: Flask
    windows: list[BrowserContext] = field(default_factory=list)
    lines: list[WebSocketRoute] = field(default_factory=list)

    @property
    def make(self) -> Make:
        """Makes what the demo hasn’t, as of now."""
        return Make(self.worker, FrozenClock(self.clock.now()))

    def cast(self, name: str) -> Actor:
        """Somebody of the demo, as they are now."""
        account_id = self.make.done(lambda: account_id_of(f"{name.lower()}@demo.invalid"))
        assert account_id
        return self.make.actor(account_id)

    def follow(self, window: BrowserContext) -> BrowserContext:
        """Its pages have a clock that is moved along, and a server that is heard all the while."""
        window.clock.install()
        window.route_web_socket(re.compile("/socket.io/"), self._listen)
        self.windows.append(window)
        return window

    def _listen(self, line: WebSocketRoute) -> None:
        self.lines.append(line)
        line.connect_to_server()
        line.on_close(lambda *_: self.lines.remove(line))

    def pass_by(self, span: timedelta) -> None:
        """Whatever is due in the meantime is done, and the server answers for its lines."""
        while span > timedelta():
            step = min(span, STEP)
            self.clock.move_to(self.clock.now() + step)
            self._answer()
            for job in JOBS:
                jobs.run(self.worker, job)
            for line in self.lines:
                line.send(PING)
            for window in self.windows:
                window.clock.fast_forward(step.total_seconds() * 1000)
            span -= step

    def _answer(self) -> None:
        """As each process does every ten seconds."""
        with self.worker.app_context(), transaction():
            for lease in db.session.query(ProcessLease):
                actions.keep_lease(lease.id, now=self.clock.now())


@contextmanager
def minutes(kept_in: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Minutes]:
    """A demo site for as long as it is needed."""
    clock = MovedClock()
    with started(Copy(kept_in, clock=clock)) as site:
        yield Minutes(site, clock, beside(site, clock, monkeypatch))
