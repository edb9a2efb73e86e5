"""A throw-away PostgreSQL, so that tests need nobody's database: a folder, a socket, no network."""

import os
import pwd
import subprocess
import tempfile
import time
from itertools import count
from pathlib import Path
from typing import Any

import psycopg

from tools.programs import POSTGRESQL

USER = "circles"

# It lives for minutes and nobody misses it, so it need not survive a power cut. Its log isn't
# kept for the next one either: what is erased must leave it too (docs/operations.md).
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_recycle": "off",
    "max_wal_size": "32MB",
    "deadlock_timeout": "50ms",
    "timezone": "Asia/Kolkata",  # as any server's might be: it must not matter
}

# The server ends, and takes its folder along, when whoever started it closes the pipe: also by
# dying. On a fast shutdown it says goodbye to whoever is still connected.
KEEP = """
"$0" -D data "$@" >log.txt 2>&1 </dev/null &
read -r _
kill -INT $!
wait $!
cd / && rm -rf "$OLDPWD"
"""


class Cluster:
    """One server with many databases, each made for one need."""

    def __init__(self, programs: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="circles-"))
        self._as = _unprivileged()
        self._numbers = count(1)
        if self._as:
            os.chown(self.folder, self._as["user"], self._as["group"])
        self._run(
            programs / "initdb", "-D", "data", "-U", USER, "-A", "trust", "-E", "UTF8",
            "--locale=C", "--no-sync", "--no-instructions", "--wal-segsize=1",
        )  # fmt: skip
        options = [f"-c{name}={value}" for name, value in SETTINGS.items()]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", KEEP, programs / "postgres", f"-k{self.folder}", *options],
            cwd=self.folder,
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl+C is for pytest, which then stops it
            **self._as,
        )
        self._wait_until_it_answers()

    @classmethod
    def start(cls) -> "Cluster | None":
        """A new one; None where PostgreSQL isn't installed."""
        server = POSTGRESQL.find()
        return cls(server.resolve().parent) if server else None

    def stop(self) -> None:
        """End the server and remove its folder."""
        assert self._keeper.stdin
        self._keeper.stdin.close()
        self._keeper.wait()

    def url(self, database: str) -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def new(self, template: str = "template1") -> str:
        """The name of a new database: empty, or like another one."""
        name = f"circles_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        self._say(f"DROP DATABASE {database} WITH (FORCE)")

    def _say(self, sql: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.encode())

    def _wait_until_it_answers(self) -> None:
        for _ in range(600):
            try:
                self._say("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.05)  # nothing else tells when a process begins to listen
            else:
                return
        raise AssertionError(f"PostgreSQL didn’t start:\n{(self.folder / 'log.txt').read_text()}")

    def _run(self, *command: str | Path) -> None:
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, check=False, **self._as
        )
        assert done.returncode == 0, done.stderr


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to be started by root: then by its own user, or by one that is nobody."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise AssertionError("there is no user that PostgreSQL could run as")
