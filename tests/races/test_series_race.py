"""The job makes dates, a facilitator changes all of them and members sign up: at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.calls import jobs, queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call, Series
from community.calls.rules.call import CallState, Plan
from community.calls.rules.series import Every, Rhythm, Scope
from community.core.actor import Actor, Role, Staff
from community.core.db import db, transaction
from community.core.verdict import Refused
from tests.make import Make

FIRST = date(2026, 11, 24)
RHYTHM = Rhythm(Every.WEEK, FIRST, time(19), "UTC")
PLAN = Plan("Circle", RHYTHM.begins(FIRST), seats=2)
WORKERS, PEOPLE, CHANGES = 4, 12, 4


@pytest.fixture
def hana(make: Make) -> Actor:
    everyone = make.everyone()
    hana = make.member("Hana")
    make.appointed(everyone, make.staff("Admin", Staff.ADMIN), hana, frozenset({Role.FACILITATOR}))
    return make.actor(hana)


@pytest.fixture
def first(make: Make, hana: Actor) -> UUID:
    everyone, now = make.everyone(), make.clock.now()
    return make.done(lambda: scheduling.schedule_call(hana, everyone, PLAN, RHYTHM, now=now))


@pytest.mark.holds("promise:5", "promise:6")
def test_a_date_is_made_once_and_no_seat_is_lost_while_all_change(
    make: Make, hana: Actor, first: UUID
):
    now = make.clock.now() + timedelta(days=2)
    people = [make.member(f"Member {number}") for number in range(PEOPLE)]
    with make.app.app_context():
        there = db.session.scalars(select(Call.id).order_by(Call.starts_at)).all()
    start = Barrier(WORKERS + PEOPLE + CHANGES)

    def job() -> None:
        start.wait()
        with make.app.app_context():
            for days in range(0, 28, 7):
                jobs.make_dates(now + timedelta(days=days))

    def change(number: int) -> None:
        start.wait()
        starts_at = PLAN.starts_at + timedelta(days=1 + number % 2, hours=number)
        plan = Plan("Evenings", starts_at, seats=2)
        for scope in (Scope.ALL, Scope.FOLLOWING):
            try:
                with make.app.app_context(), transaction():
                    scheduling.edit_call(hana, first, plan, scope=scope, now=now)
            except Refused:
                continue  # another change came first

    def come(person: Actor) -> None:
        start.wait()
        for call_id in there:
            with make.app.app_context(), transaction():
                seating.sign_up(person, call_id, now=now)

    with ThreadPoolExecutor(WORKERS + PEOPLE + CHANGES) as everybody:
        done = [everybody.submit(job) for _ in range(WORKERS)]
        done += [everybody.submit(change, number) for number in range(CHANGES)]
        done += [everybody.submit(come, person) for person in people]
        for one in done:
            one.result()

    with make.app.app_context():
        jobs.make_dates(now + timedelta(days=21))  # an hour later, where a change came in between
        calls = db.session.scalars(select(Call).order_by(Call.starts_at)).all()
        assert {call.id for call in calls} >= set(there)
        assert len({call.starts_at for call in calls}) == len(calls) == len(there) + 3
        assert len({call.series_id for call in calls}) == 1
        assert db.session.scalar(select(func.count()).select_from(Series)) == 1
        rhythm = db.session.scalars(select(Series)).one().rhythm
        assert {rhythm.begins(call.slot) for call in calls} == {call.starts_at for call in calls}
        assert {call.state for call in calls} == {CallState.OPEN}
        for call in calls:
            roster = queries.roster_of(call)
            assert call.taken == roster.taken
            assert len(roster.places) == (PEOPLE if call.id in there else 0)
