"""The app on a file of its own, where what is kept is kept: for commits, crashes and threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

from community.app import create_app
from community.core.db import db
from community.core.ports import Mailer, Ports
from config import Settings
from tests.fakes import FrozenClock, KeptMail, PretendMedia


@contextmanager
def own_app(path: Path, mailer: Mailer | None = None, **settings: object) -> Iterator[Flask]:
    """With fresh fakes; its connections are closed afterwards."""
    ports = Ports(clock=FrozenClock(), mailer=mailer or KeptMail(), media=PretendMedia())
    app = create_app(Settings.for_tests(f"sqlite:///{path}", **settings), ports)
    with app.app_context():
        db.create_all()
    yield app
    with app.app_context():
        db.engine.dispose()


def bytes_of(path: Path) -> bytes:
    """Everything of a database that is on the disk: itself, its log, its index."""
    files = (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"))
    return b"".join(file.read_bytes() for file in files if file.exists())
