"""The heartbeat: every job at its rhythm, whatever happens to the others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Event, Timer

from flask import Flask, current_app
from structlog.testing import capture_logs

from community.app import JOBS, OF_EACH_PROCESS
from community.core.jobs import Job, end_heartbeats, run, start_heartbeat
from tests.fakes import FRIDAY_NOON, FrozenClock
from tests.make import Make

OFTEN = timedelta(milliseconds=10)


@contextmanager
def beating(app: Flask, *jobs: Job) -> Iterator[None]:
    heartbeat = start_heartbeat(app, jobs)
    try:
        yield
    finally:
        heartbeat.shutdown()


def after(times: int, told: Event) -> Callable[[datetime], None]:
    """A job that says when it has been called so many times."""
    calls: list[datetime] = []

    def job(now: datetime) -> None:
        calls.append(now)
        if len(calls) >= times:
            told.set()

    return job


def test_a_job_is_called_again_and_again_with_the_instant_of_the_clock(app: Flask) -> None:
    seen: list[tuple[datetime, Flask]] = []
    enough = Event()

    def job(now: datetime) -> None:
        seen.append((now, current_app._get_current_object()))
        if len(seen) == 3:
            enough.set()

    with beating(app, Job("look", OFTEN, job)):
        assert enough.wait(10)
    assert set(seen) == {(FRIDAY_NOON, app)}


def test_a_job_that_fails_is_called_again_and_stops_none_of_the_others(app: Flask) -> None:
    failed, went_on = Event(), Event()
    again = after(3, failed)

    def fail(now: datetime) -> None:
        again(now)
        raise ValueError("words that somebody wrote")

    with capture_logs() as said:
        jobs = (Job("fails", OFTEN, fail), Job("goes on", OFTEN, after(3, went_on)))
        with beating(app, *jobs):
            assert failed.wait(10)
            assert went_on.wait(10)
    told = [line for line in said if line["event"] == "job failed"]
    assert len(told) >= 3
    assert {line["job"] for line in told} == {"fails"}


def test_what_another_process_does_is_left_to_it_until_it_is_ours(app: Flask) -> None:
    asked, done = Event(), Event()
    turns = iter([False, False, True])

    def is_ours() -> bool:
        ours = next(turns, True)
        if ours:
            asked.set()
        return ours

    def job(now: datetime) -> None:
        assert asked.is_set()
        done.set()

    heartbeat = start_heartbeat(app, [Job("look", OFTEN, job)], is_ours)
    try:
        assert done.wait(10)
    finally:
        heartbeat.shutdown()


def test_a_job_that_takes_long_is_not_called_twice_at_once(app: Flask) -> None:
    running, others_ran = Event(), Event()
    at_once = 0
    most = 0

    def slow(now: datetime) -> None:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        running.set()
        assert others_ran.wait(10)
        at_once -= 1

    def other(now: datetime) -> None:
        if running.is_set():
            count(now)

    count = after(5, others_ran)
    with beating(app, Job("slow", OFTEN, slow), Job("other", OFTEN, other)):
        assert others_ran.wait(10)
    assert most == 1


def test_every_job_of_the_house_may_run_at_any_time_and_twice(
    app: Flask, make: Make, clock: FrozenClock
) -> None:
    make.member("Ana")
    jobs = (*JOBS, *OF_EACH_PROCESS)
    assert len({job.name for job in jobs}) == len(jobs) >= 3
    for _ in range(2):
        for job in jobs:
            run(app, job)
        clock.pass_by(days=3)


def test_jobs_of_one_rhythm_begin_one_after_the_other_and_none_later_than_its_rhythm(
    app: Flask,
) -> None:
    every = timedelta(seconds=10)
    jobs = [Job(f"look {number}", every, lambda now: None) for number in range(8)]
    begun = datetime.now(UTC)  # noqa: TID251 - the scheduler looks at the real clock
    heartbeat = start_heartbeat(app, jobs)
    try:
        first = sorted(job.next_run_time - begun for job in heartbeat.get_jobs())
    finally:
        heartbeat.shutdown()
    assert first[-1] <= every + timedelta(seconds=1)
    assert all(later - sooner > every / 20 for sooner, later in pairwise(first))


def test_when_a_process_goes_what_has_begun_comes_to_its_end_and_nothing_else_begins(
    app: Flask,
) -> None:
    begun, may_end, others = Event(), Event(), Event()
    ended, calls = [], []

    def takes_long(now: datetime) -> None:
        begun.set()
        may_end.wait(10)
        ended.append(now)

    def other(now: datetime) -> None:
        calls.append(now)
        others.set()

    jobs = [Job("takes long", OFTEN, takes_long)], [Job("other", OFTEN, other)]
    heartbeats = [start_heartbeat(app, each) for each in jobs]
    assert begun.wait(10)
    assert others.wait(10)
    Timer(0.2, may_end.set).start()
    end_heartbeats(heartbeats)
    known = len(calls)
    assert len(ended) == 1
    assert not Event().wait(0.1)  # ten times as long as the other takes to come round
    assert len(calls) == known


def test_processes_do_not_all_begin_with_the_same_job(app: Flask) -> None:
    jobs = [Job("look", timedelta(hours=1), lambda now: None)]
    begins = set()
    for _ in range(5):
        heartbeat = start_heartbeat(app, jobs)
        begins.add(heartbeat.get_jobs()[0].next_run_time.replace(second=0, microsecond=0))
        heartbeat.shutdown()
    assert len(begins) > 1
