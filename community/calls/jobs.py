"""It is time: offers end, people are reminded, and what nobody needs to know any more is erased."""

from datetime import datetime, timedelta

from community.calls import attendance, unopened
from community.calls.actions import seating
from community.calls.follow_ups import actions as following_up
from community.calls.follow_ups import queries as follow_up_queries
from community.calls.reminders import actions as reminding
from community.calls.reminders import queries as reminder_queries
from community.calls.seats import queries as seat_queries
from community.calls.series import actions as series
from community.calls.series import queries as series_queries
from community.core.db import transaction
from community.core.jobs import Job


def erase_attendance(now: datetime) -> None:
    """Who was at a call, ninety days after it."""
    with transaction():
        attendance.erase_old(now=now)


def end_offers(now: datetime) -> None:
    """Each seat that was held until now goes to the next in line."""
    for call_id in seat_queries.calls_with_offers_over(now):
        with transaction():
            seating.end_offers(call_id, now=now)


def remind(now: datetime) -> None:
    """Whoever has a seat or holds a call: the day before, an hour before, and when it begins."""
    for call_id in reminder_queries.calls_due(now):
        with transaction():
            reminding.remind(call_id, now=now)


def follow_up(now: datetime) -> None:
    """Whoever was at a call yesterday is asked how it landed."""
    for call_id in follow_up_queries.calls_due(now):
        with transaction():
            following_up.follow_up(call_id, now=now)


def end_unopened(now: datetime) -> None:
    """What nobody came to is over when it would have been."""
    for call_id in unopened.calls_due(now):
        with transaction():
            unopened.end(call_id)


def make_dates(now: datetime) -> None:
    """The calls of each series that aren’t far ahead any more."""
    for series_id in series_queries.due(now):
        with transaction():
            series.make_dates(series_id, now=now)


JOBS = (
    Job("remind", timedelta(seconds=30), remind),
    Job("end offers", timedelta(minutes=1), end_offers),
    Job("end what nobody opened", timedelta(minutes=1), end_unopened),
    Job("follow up", timedelta(minutes=5), follow_up),
    Job("make dates", timedelta(hours=1), make_dates),
    Job("erase attendance", timedelta(hours=1), erase_attendance),
)
