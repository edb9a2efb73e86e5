"""A table under another name, used for the first time by many threads at once."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from community.calls.models import Seat
from community.core.db import alias_of

THREADS = 8


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads take turns at almost every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("impatient")
def test_whoever_uses_it_first_at_once_finds_all_its_columns() -> None:
    start = Barrier(THREADS)

    def ask(other: type[Seat]) -> str:
        start.wait()
        return str(select(other.state, other.place))

    with ThreadPoolExecutor(THREADS) as everybody:
        for number in range(200):
            other = alias_of(Seat, f"other_{number}")
            (statement,) = set(everybody.map(ask, [other] * THREADS))
            assert statement.endswith(f"FROM seat AS other_{number}")
