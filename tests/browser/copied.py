"""run.py, imported once and copied for each site: a new process begins with everything there.

Its settings may be a test’s own (a demo for people keeps to a file and has no relay), and so may
its clock.
"""

import multiprocessing
import os
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask_migrate import upgrade

from community.app import create_app, real_ports
from community.core.clock import SystemClock
from community.core.db import db, transaction
from community.core.log import overhear
from community.core.ports import Clock
from community.demo.making import gather
from config import ROOT, Settings
from run import Server, prepare

# Processes that begin with all this imported.
COPIES = multiprocessing.get_context("forkserver")
COPIES.set_forkserver_preload([__name__])


@cache
def gathered(hour: datetime) -> dict[str, bytes]:
    """What a demo’s folder holds once its community is made, at this hour: that takes longer than
    the rest of a start. Each start opens a circle of its own. Those in tests/server do it all."""
    with TemporaryDirectory() as folder:
        settings = Settings.for_tests(f"sqlite:///{folder}/demo.db", demo=True)
        with create_app(settings).app_context():
            upgrade()
            with transaction():
                gather(hour)
            db.engine.dispose()
        return {
            "demo.db": (Path(folder) / "demo.db").read_bytes(),
            "demo-secret": settings.secret_key.encode(),
            "demo-case-key": settings.case_key.encode(),
        }


class MovedClock:
    """The clock on the wall as if it were another day, the same in every process that has it."""

    def __init__(self) -> None:
        self._ahead = COPIES.Value("d", 0.0)

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(seconds=self._ahead.value)

    def move_to(self, instant: datetime) -> None:
        self._ahead.value = (instant - SystemClock().now()).total_seconds()


class Copied(ForkServerProcess):
    """A process that serves a site: with this environment, and with these settings changed."""

    def __init__(
        self, environ: dict[str, str], log: Path, changes: dict[str, Any], clock: Clock
    ) -> None:
        super().__init__(daemon=True)  # it never outlives the tests
        self.environ, self.log, self.changes, self.clock = environ, log, changes, clock

    def run(self) -> None:
        """What run.py does."""
        os.environ.clear()
        os.environ.update(self.environ)
        os.chdir(ROOT)
        with self.log.open("ab") as log:
            for told in (1, 2):
                os.dup2(log.fileno(), told)
        overhear()
        settings = replace(Settings.from_env(), **self.changes)
        app = create_app(settings, replace(real_ports(settings), clock=self.clock))
        prepare(app)
        Server(app, settings).run()

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self) -> None:
        self.join()
