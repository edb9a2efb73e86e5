"""The real site: run.py as a subprocess, on a port and a store of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.core.clock import SystemClock
from community.core.ports import Clock
from config import declared
from tests.browser.copied import Copied, gathered

ROOT = Path(__file__).resolve().parents[2]
OURS = {each.name for each, _ in declared()}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Process(Protocol):
    """As much of it as a site needs."""

    @property
    def pid(self) -> int | None: ...
    def poll(self) -> int | None: ...
    def kill(self) -> None: ...
    def wait(self) -> object: ...


@dataclass
class Site:
    """The demo site, started as anybody would start it."""

    kept_in: Path
    port: int = field(default_factory=free_port)
    process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser calls the site that a page is from."""
        return self.url

    @property
    def headers(self) -> dict[str, str]:
        """What comes with every request beside what it asks for."""
        return {}

    def environ(self) -> dict[str, str]:
        """What makes it this site; nothing of the machine’s own settings gets in."""
        return {"PORT": str(self.port), "HOST": "127.0.0.1", "VAR_DIR": str(self.kept_in)}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= self.environ()
        self.kept_in.mkdir(parents=True, exist_ok=True)
        self.log.touch()
        self.process = self._begin(environ)
        for _ in range(4800):
            if self.process.poll() is not None:
                break
            try:
                asked = urllib.request.Request(f"{self.url}/healthz", headers=self.headers)  # noqa: S310
                with urllib.request.urlopen(asked, timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.05)  # nothing else tells when a process begins to listen
        self.kill()
        raise AssertionError(f"the site didn’t start:\n{self.said()}")

    @property
    def log(self) -> Path:
        return self.kept_in / "log.txt"

    def _begin(self, environ: dict[str, str]) -> Process:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "run.py"], cwd=ROOT, env=environ, stdout=log, stderr=log
            )

    def said(self) -> str:
        """What it wrote to its log."""
        return self.log.read_text()

    def kill(self) -> None:
        """End it as a power cut would: it can say goodbye to nobody."""
        assert self.process is not None
        assert self.process.pid is not None
        for child in _children(self.process.pid):
            os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def sign_in(self, context: BrowserContext, name: str) -> None:
        """From now on this window is somebody of the cast, as by the button for it."""
        went = self._press(context, "/demo/look-as/" + name, on="/demo/cast")
        assert went == "/home", went

    def _press(self, context: BrowserContext, button: str, on: str) -> str:
        """Where a button on a page leads."""
        page = context.request.get(f"{self.url}{on}").text()
        token = re.search('name="csrf_token" value="([^"]+)"', page)
        assert token, page
        form = {"csrf_token": token[1]}
        answer = context.request.post(f"{self.url}{button}", form=form, max_redirects=0)
        return answer.headers.get("location", answer.text())

    def look_around_as(self, context: BrowserContext, name: str) -> Page:
        """A page in which somebody of the cast is signed in, at the place where they come in."""
        self.sign_in(context, name)
        page = context.new_page()
        page.goto(f"{self.url}/home")
        expect(page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
        return page

    def lobby(self, context: BrowserContext) -> str:
        """The address of the lobby of “Neck circle, today”, as this window is shown the call."""
        return f"{self.url}{self._call(context)}/lobby"

    def sign_up(self, context: BrowserContext) -> None:
        """Take a seat in that call, as by the button for it."""
        call = self._call(context)
        assert self._press(context, f"{call}/sign-up", on=call) == call

    def _call(self, context: BrowserContext) -> str:
        calls = context.request.get(f"{self.url}/calls").text()
        call = re.search('href="([^"]+)">Neck circle, today<', calls)
        assert call, calls
        return call[1]


@dataclass
class Copy(Site):
    """The demo site, there in a moment: for tests of what it does once it is there."""

    changes: dict[str, Any] = field(default_factory=dict)  # to its settings
    clock: Clock = field(default_factory=SystemClock)

    def _begin(self, environ: dict[str, str]) -> Process:
        if "database_url" not in self.changes and not (self.kept_in / "demo.db").exists():
            hour = self.clock.now().replace(minute=0, second=0, microsecond=0)
            for name, kept in gathered(hour).items():
                (self.kept_in / name).write_bytes(kept)
        process = Copied(environ, self.log, self.changes, self.clock)
        process.start()
        return process


OneSite = TypeVar("OneSite", bound=Site)


@contextmanager
def started(site: OneSite) -> Iterator[OneSite]:
    """This site, for as long as it is needed."""
    site.start()
    try:
        yield site
    finally:
        site.kill()


def running(kept_in: Path) -> AbstractContextManager[Site]:
    """The site with a new demo community, for as long as it is needed."""
    return started(Site(kept_in))


def _children(pid: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(line) for line in found.split()]


def window(
    browser: Browser, *, service_workers: Literal["allow", "block"] = "block", **more: object
) -> BrowserContext:
    """A browser window of somebody's own. It keeps nothing for when there is no line, if no test
    says otherwise: that would be half a dozen more requests for each window.
    """
    return browser.new_context(
        locale="en-GB",
        timezone_id="Europe/London",
        service_workers=service_workers,
        **more,  # type: ignore[arg-type]
    )
