"""The app on a database of its own, where what is kept is kept: for commits, crashes, threads."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from community.app import create_app
from community.core.db import db
from community.core.ports import Mailer, Ports
from config import Settings
from tests.fakes import FrozenClock, KeptMail, PretendMedia

# What is repeated runs on each of these, and all the rest on the first. TEST_DATABASE names the
# one on which the whole suite is to run.
DATABASES = os.environ.get("TEST_DATABASE", "sqlite,postgresql").split(",")


@dataclass(frozen=True)
class Store:
    """A database: its address, and the folder in which all its bytes are."""

    url: str
    folder: Path

    @property
    def kind(self) -> str:
        return self.url.partition(":")[0]

    def on_disk(self) -> bytes:
        """Every byte: tables, indexes, logs."""
        files = []
        for path in self.folder.rglob("*"):
            with suppress(FileNotFoundError, IsADirectoryError):  # a server is at work here
                files.append(path.read_bytes())
        return b"".join(files)


EmptyDatabase = Callable[[str], AbstractContextManager[Store]]


@contextmanager
def own_app(url: str, mailer: Mailer | None = None, **settings: object) -> Iterator[Flask]:
    """With fresh fakes; its connections are closed afterwards."""
    ports = Ports(clock=FrozenClock(), mailer=mailer or KeptMail(), media=PretendMedia())
    app = create_app(Settings.for_tests(url, **settings), ports)
    try:
        with app.app_context():
            db.create_all()
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()
