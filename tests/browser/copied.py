"""run.py, imported once and copied for each site: a new process begins with everything there.

Its settings may be a test’s own: a demo for people keeps to a file and has no relay.
"""

import multiprocessing
import os
from dataclasses import replace
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from community.app import create_app
from community.core.log import overhear
from config import ROOT, Settings
from run import Server, prepare

# Processes that begin with all this imported.
COPIES = multiprocessing.get_context("forkserver")
COPIES.set_forkserver_preload([__name__])


class Copied(ForkServerProcess):
    """A process that serves a site: with this environment, and with these settings changed."""

    def __init__(self, environ: dict[str, str], log: Path, changes: dict[str, Any]) -> None:
        super().__init__(daemon=True)  # it never outlives the tests
        self.environ, self.log, self.changes = environ, log, changes

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
        app = create_app(settings)
        prepare(app)
        Server(app, settings).run()

    def poll(self) -> int | None:
        return self.exitcode

    def wait(self) -> None:
        self.join()
