"""Doing something in a process of its own, and cutting its power at any boundary on the way."""

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from community.core.db import db


class Fuse:
    """Is told of every boundary; its process is gone at the one that it is set to."""

    def __init__(self, at: int | None, told: int) -> None:
        self.left, self.told = at, told

    def __call__(self, boundary: str) -> None:
        os.write(self.told, f"{boundary}\n".encode())
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left = None if self.left is None else self.left - 1


def watch(fuse: Fuse) -> None:
    """Every statement and every commit, before and after; every SMTP command and every part of an
    HTTP request, before it is sent.
    """

    def statement(when: str) -> Callable[..., None]:
        return lambda conn, cursor, sql, *rest: fuse(f"{when} {sql.split(None, 1)[0]}")

    def sent(name: str, arguments: tuple[Any, ...]) -> None:
        if name == "http.client.send":
            fuse("push")
        if name == "smtplib.connect":
            fuse("connect")
        if name == "smtplib.send":
            said = arguments[1]
            words = said if isinstance(said, bytes) else said.encode()
            fuse("letter" if words.endswith(b"\r\n.\r\n") else words.split()[0].decode().upper())

    event.listen(Engine, "before_cursor_execute", statement("before"))
    event.listen(Engine, "after_cursor_execute", statement("after"))
    event.listen(Engine, "commit", lambda conn: fuse("before COMMIT"))
    event.listen(db.session, "after_commit", lambda session: fuse("after COMMIT"))
    sys.addaudithook(sent)


def in_own_process(
    app: Flask,
    act: Callable[[], None],
    *,
    at: int | None = None,
    started: Callable[[int], None] = lambda pid: None,
) -> list[str]:
    """Do it, with the power going at this boundary; the boundaries that were reached, by name.

    `started` is told the id of the process before it begins.
    """
    with app.app_context():
        db.engine.dispose()  # no connection is shared
    told, tell = os.pipe()
    ready, go = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.read(ready, 1)
            watch(Fuse(at, tell))
            act()
        finally:
            os._exit(0)
    os.close(tell)
    started(pid)
    os.write(go, b"!")
    with open(told, encoding="utf-8") as boundaries:
        reached = boundaries.read().splitlines()
    os.waitpid(pid, 0)
    os.close(ready)
    os.close(go)
    return reached
