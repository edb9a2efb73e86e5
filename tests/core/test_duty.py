"""Which of several processes does what is due, and who makes the store ready. Each app here has
connections of its own, as a process has."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier, Lock
from time import monotonic, sleep

import psycopg
import pytest
from sqlalchemy import Engine, create_engine

from community.core.duty import DUE, Duty, one_at_a_time
from tests.core.store import Store

PROCESSES = 4


@pytest.fixture
def duties(engines: list[Engine]) -> Iterator[list[Duty]]:
    """Of each process."""
    duties = [Duty(each) for each in engines]
    yield duties
    for each in duties:
        each.step_down()


@pytest.fixture
def engines(store: Store) -> Iterator[list[Engine]]:
    with ExitStack() as opened:
        engines = [create_engine(store.url) for _ in range(PROCESSES)]
        for each in engines:
            opened.callback(each.dispose)
        yield engines


def end_connection(store: Store) -> None:
    """Of whoever is on duty: as when their process dies, or the server is started again."""
    with psycopg.connect(store.url, autocommit=True) as own:
        own.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks"
            " WHERE locktype = 'advisory' AND objid = %s AND granted",
            [DUE],
        )


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_one_does_what_is_due_and_when_it_is_gone_another_one(
    store: Store, duties: list[Duty]
) -> None:
    start = Barrier(PROCESSES)

    def ask(duty: Duty) -> bool:
        start.wait()
        return duty.is_ours()

    with ThreadPoolExecutor(PROCESSES) as pool:
        asked = list(pool.map(ask, duties))
    assert asked.count(True) == 1
    first = duties[asked.index(True)]
    assert first.is_ours()
    end_connection(store)
    (second, *_rest) = [each for each in duties if each is not first and each.is_ours()]
    assert not first.is_ours()  # it finds its connection ended
    assert not first.is_ours()
    assert second.is_ours()
    second.step_down()
    until = monotonic() + 30  # the server takes note of it a moment later
    while not (took_over := first.is_ours()) and monotonic() < until:
        sleep(0.05)
    assert took_over


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_on_sqlite_there_is_one_process_and_it_is_ours(engines: list[Engine]) -> None:
    assert Duty(engines[0]).is_ours()
    with one_at_a_time(engines[0]):
        pass


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_the_store_is_made_ready_by_one_after_the_other(engines: list[Engine]) -> None:
    start, alone = Barrier(PROCESSES), Lock()

    def make_ready(engine: Engine) -> bool:
        start.wait()
        with one_at_a_time(engine):
            was_alone = alone.acquire(blocking=False)
            for _ in range(1000):
                pass
            if was_alone:
                alone.release()
            return was_alone

    with ThreadPoolExecutor(PROCESSES) as pool:
        assert all(pool.map(make_ready, engines))
