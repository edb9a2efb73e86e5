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

LOG_PAGE = 8192
LOG_HEADERS = (24, 40)  # bytes: of any page, and of a segment's first


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
        for path in sorted(self.folder.rglob("*")):
            with suppress(FileNotFoundError, IsADirectoryError):  # a server is at work here
                written = path.read_bytes()
                files.append(records(written) if path.parent.name == "pg_wal" else written)
        return b"".join(files)


def records(segment: bytes) -> bytes:
    """A segment of PostgreSQL's log without its pages' headers: one that stands in the middle of
    a record would hide the words around it (XLogPageHeaderData in its xlog_internal.h)."""
    pages = [segment[at : at + LOG_PAGE] for at in range(0, len(segment), LOG_PAGE)]
    return b"".join(page[LOG_HEADERS[number == 0] :] for number, page in enumerate(pages))


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
