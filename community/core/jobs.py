"""It is time: functions of `now` over rows that are due, and the heartbeat that calls them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import random

import structlog
from apscheduler.schedulers.background import BackgroundScheduler
from flask import Flask

from community.core.clock import SystemClock
from community.core.ports import Ports

log = structlog.get_logger()

GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True, slots=True)
class Job:
    """`run(now)` is idempotent, so a crash at any line repeats nothing and loses nothing."""

    name: str
    every: timedelta
    run: Callable[[datetime], None]


def run(app: Flask, job: Job) -> None:
    """Run one job now."""
    ports: Ports = app.extensions["ports"]
    with app.app_context():
        job.run(ports.clock.now())


def start_heartbeat(
    app: Flask, jobs: Sequence[Job], is_ours: Callable[[], bool] = lambda: True
) -> BackgroundScheduler:
    """Call each job at its rhythm, in a thread of this process, while that is for it to do.

    They begin one after the other, so that no press has to wait for several of them: the golden
    ratio spreads however many there are, and no two processes begin with the same.
    """

    def beat(job: Job) -> None:
        try:
            if is_ours():
                run(app, job)
        except Exception:  # it is due again soon; the others go on
            log.exception("job failed", job=job.name)

    scheduler = BackgroundScheduler(timezone="UTC")
    begun, somewhere = SystemClock().now(), random()  # noqa: S311  # nobody needs to guess it
    for number, job in enumerate(jobs):
        scheduler.add_job(
            beat,
            "interval",
            args=[job],
            id=job.name,
            start_date=begun + job.every * ((somewhere + number * GOLDEN) % 1),
            seconds=job.every.total_seconds(),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    scheduler.start()
    return scheduler


def end_heartbeats(heartbeats: Sequence[BackgroundScheduler]) -> None:
    """Before a process goes: what has begun comes to its end, and nothing else begins."""
    for heartbeat in heartbeats:
        heartbeat.pause()
    for heartbeat in heartbeats:
        heartbeat.shutdown()
