"""Reminders, and what is asked the day after: several workers at once, a call that is cancelled
meanwhile, and the power gone at every boundary. Everybody is told once.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from community.accounts.models import Account
from community.calls import attendance
from community.calls.actions import scheduling, seating
from community.calls.follow_ups import actions as following_up
from community.calls.jobs import follow_up, remind
from community.calls.models import Call, Reminder
from community.calls.reminders import actions as reminding
from community.calls.rules.call import EndReason
from community.core.actor import Actor
from community.core.db import db, locked, transaction
from community.core.letters import OutboxLetter
from community.core.verdict import Refused
from community.notifications.models import Notice
from tests.core.power import in_own_process
from tests.make import Make

IN = timedelta(hours=20)  # the call is: so a day before it is over, and an hour before is not


@pytest.fixture
def hana(make: Make) -> Actor:
    return make.member("Hana")


@pytest.fixture
def people(make: Make) -> list[Actor]:
    return [make.member(f"Member {number}") for number in range(4)]


@pytest.fixture
def group_id(make: Make, hana: Actor, people: list[Actor]) -> UUID:
    return make.group("Quiet evenings", owner=hana, members=people, facilitators=[hana])


def called(make: Make, hana: Actor, group_id: UUID, people: list[Actor], **plan: Any) -> UUID:
    seated = [make.actor(one) for one in people]
    return make.call(group_id, make.actor(hana), starts_in=IN, seated=seated, **plan)


def over(make: Make, call_id: UUID, there: frozenset[UUID]) -> None:
    """Its circle has ended, with all of these."""
    now = make.clock.now()
    make.done(lambda: attendance.keep(call_id, there, frozenset(), now=now))
    make.done(lambda: following_up.arm(call_id, EndReason.FINISHED, there, now=now))


def an_hour_before(make: Make) -> datetime:
    return make.clock.now() + IN - timedelta(hours=1)


def told(kind: type[OutboxLetter] | type[Notice], of: str = "calls/call_comes") -> Counter[str]:
    """How often each person was told, by letter or by the bell."""
    mine = (
        Account.email == OutboxLetter.address
        if kind is OutboxLetter
        else Account.id == Notice.account_id
    )
    return Counter(db.session.scalars(select(Account.name).join(kind, mine).where(kind.kind == of)))


def at_once(make: Make, *acts: Callable[[], object]) -> None:
    start = Barrier(len(acts))

    def go(act: Callable[[], object]) -> None:
        with make.app.app_context():
            start.wait()
            act()

    with ThreadPoolExecutor(len(acts)) as workers:
        for done in [workers.submit(go, act) for act in acts]:
            done.result()


@pytest.mark.holds("promise:6")
def test_workers_that_ask_at_once_how_it_landed_ask_everybody_once(
    make, hana, people, group_id
) -> None:
    there = frozenset({hana.id, *(one.id for one in people)})
    for _ in range(3):
        call_id = called(make, hana, group_id, people)
        over(make, call_id, there)
    now = make.clock.pass_by(days=1)
    at_once(make, *[lambda: follow_up(now)] * 3)
    with make.app.app_context():
        each = dict.fromkeys(["Hana", *(one.name for one in people)], 3)
        assert told(OutboxLetter, "calls/call_was") == told(Notice, "calls/call_was") == each


@pytest.mark.holds("promise:6")
def test_workers_that_remind_at_once_tell_everybody_once(make, hana, people, group_id) -> None:
    for _ in range(3):
        called(make, hana, group_id, people)
    now = an_hour_before(make)
    at_once(make, *[lambda: remind(now)] * 3)
    with make.app.app_context():
        each = dict.fromkeys(["Hana", *(one.name for one in people)], 3)
        assert told(OutboxLetter) == told(Notice) == each


@pytest.mark.holds("promise:6")
def test_nobody_is_reminded_of_a_call_after_it_was_cancelled_or_their_seat_was_given_up(
    make, hana, people, group_id
) -> None:
    now = an_hour_before(make)
    titles = ("Morning circle", "Evening circle", "Night circle")
    calls = [called(make, hana, group_id, people, title=title) for title in titles]
    ana = make.actor(people[0])

    def give_up() -> None:
        for call_id in calls:
            try:
                with transaction():
                    seating.give_up_seat(ana, call_id, now=now)
            except Refused:
                continue  # it was cancelled first

    def cancel() -> None:
        for call_id in calls:
            with transaction():
                scheduling.cancel_call(make.actor(hana), call_id, now=now)

    at_once(make, lambda: remind(now), lambda: remind(now), cancel, give_up)
    with make.app.app_context():
        reminders = told(OutboxLetter)
        assert set(reminders.values()) <= {1, 2, 3}
        rows = db.session.execute(
            select(OutboxLetter.address, OutboxLetter.kind, OutboxLetter.facts).order_by(
                OutboxLetter.id
            )
        )
        over: set[tuple[str, str]] = set()
        for address, kind, facts in rows:
            if kind == "calls/call_cancelled":
                over.add((address, facts["title"]))
            if kind == "calls/call_comes":
                assert (address, facts["title"]) not in over


@pytest.mark.holds("promise:6")
def test_wherever_the_power_goes_everybody_is_told_once(make, hana, people, group_id) -> None:
    call_id = called(make, hana, group_id, people[:1])
    now, armed_at = an_hour_before(make), make.clock.now()

    def armed_anew() -> None:
        with make.app.app_context(), transaction():
            for kind in (OutboxLetter, Notice, Reminder):
                db.session.execute(delete(kind))
            call = locked(Call, call_id)
            reminding.arm(call, [hana.id, people[0].id], now=armed_at)

    def work() -> None:
        with make.app.app_context():
            remind(now)

    everybody = {"Hana": 1, "Member 0": 1}
    armed_anew()
    boundaries = in_own_process(make.app, work)
    assert boundaries.count("after COMMIT") == 1
    for number, name in enumerate(boundaries):
        armed_anew()
        assert in_own_process(make.app, work, at=number) == boundaries[: number + 1]
        with make.app.app_context():
            is_kept = number >= boundaries.index("after COMMIT")
            assert told(OutboxLetter) == told(Notice) == (everybody if is_kept else {}), name
        work()
        work()
        with make.app.app_context():
            assert told(OutboxLetter) == told(Notice) == everybody, name
