"""Of several processes, one does what is due. PostgreSQL says which, as long as it hears of it.

A lock of PostgreSQL lives as long as the connection that took it: whoever has it and dies has it no
more, and nobody has to wait for a clock. SQLite serves one process only.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy import Engine

DUE, PREPARING = 4_041, 4_042


class Duty:
    """Whether this process is the one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._kept: psycopg.Connection | None = None
        self._one_asks = threading.Lock()

    def is_ours(self) -> bool:
        """Asked each time: to whoever has it the lock is given again. If the server was away, it
        may be another’s by now."""
        if self._engine.dialect.name == "sqlite":
            return True
        with self._one_asks:
            try:
                self._kept = self._kept or _connection(self._engine)
                row = self._kept.execute("SELECT pg_try_advisory_lock(%s)", [DUE]).fetchone()
            except psycopg.OperationalError:
                self.step_down()
                return False
            return row == (True,)

    def step_down(self) -> None:
        """Leave it to another one."""
        if self._kept is not None:
            self._kept.close()
        self._kept = None


@contextmanager
def one_at_a_time(engine: Engine) -> Iterator[None]:
    """Whoever makes the store ready does so alone: the others wait for it here."""
    if engine.dialect.name == "sqlite":
        yield
        return
    with _connection(engine) as own:
        own.execute("SELECT pg_advisory_lock(%s)", [PREPARING])
        yield


def _connection(engine: Engine) -> psycopg.Connection:
    """None of the pool’s: it is kept for as long as the process lives."""
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(address, autocommit=True)
