"""Each database reads the list of calls by its indexes: among a few thousand it says so itself.
What runs here runs on both."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from community.calls import queries
from community.calls.listing.queries import calls_like, month_of
from community.calls.models import Call, Seat
from community.calls.rules.call import CallState
from community.calls.rules.listing import TimeOfDay, Wish
from community.calls.rules.seats import SeatState
from community.core.db import db
from tests.core.plans import plans_of, reads_all

CALLS, GROUPS = 3000, 15  # one in a hundred is still to come
TABLES = ("call", "seat")
READS_ALL = reads_all(*TABLES, "mine", "other")
FROM_NOW = re.compile(
    r"USING (?:COVERING )?INDEX ix_call_\w+ \(\w+=\? AND starts_at[>=]\?"
    r"|Index Cond: .*starts_at [>=]"
    r"|ix_seat_offered_until"
)
EVENING = Wish("cervical", TimeOfDay.EVENING, only_free=True)


@pytest.fixture
def first_id(make, cast) -> UUID:
    """Very many calls in some groups, nearly all of them over, in each of which Ana had a seat; and
    the first of those to come."""
    groups = [make.group(f"Group {each}", members=[cast.ana]) for each in range(GROUPS - 1)]
    groups.append(cast.neck)
    now, ids = make.clock.now(), [uuid7() for _ in range(CALLS)]

    def call(each: UUID, n: int) -> dict[str, Any]:
        is_over = n % 100 > 0
        return {
            "id": each, "group_id": groups[n // 100 % GROUPS], "facilitator_id": cast.hana.id,
            "topic": "cervical", "title": "Circle", "about": "", "happens": "", "guide": "",
            "minutes": 60, "seats": 8, "taken": 1, "zone": "UTC", "timed_at": now,
            "starts_at": now + timedelta(hours=(-n if is_over else n) + 3),
            "state": CallState.ENDED if is_over else CallState.OPEN,
        }  # fmt: skip

    def seat(each: UUID) -> dict[str, Any]:
        return {
            "id": uuid7(), "call_id": each, "account_id": cast.ana.id, "place": 1,
            "state": SeatState.CONFIRMED, "changed_at": now,
        }  # fmt: skip

    def write() -> None:
        db.session.execute(insert(Call), [call(each, n) for n, each in enumerate(ids)])
        db.session.execute(insert(Seat), [seat(each) for each in ids])

    make.done(write)
    return ids[0]


@pytest.fixture
def asks(make, cast, first_id) -> dict[str, Callable[[], Any]]:
    """What `/calls` asks, and the pages that it leads to."""
    me, now = make.actor(cast.ana), make.clock.now()
    return {
        "the list": lambda: calls_like(me, Wish(), now=now),
        "its next page": lambda: calls_like(me, Wish(), after=first_id, now=now),
        "as somebody wishes": lambda: calls_like(me, EVENING, now=now),
        "a month": lambda: month_of(me, Wish(), now.date().replace(day=1), now=now),
        "their next": lambda: queries.next_call_of(me, now=now),
        "held for them": lambda: queries.offered_to(me, now=now),
        "of a group": lambda: queries.calls_of_group(me, cast.neck, now=now),
        "of a topic": lambda: queries.calls_of_topic(me, "cervical", now=now),
    }


def test_no_list_of_calls_reads_a_whole_table_or_what_is_over(make, asks):
    """What is held for somebody is found by that: few seats are held at once."""
    read = {name: make.done(lambda ask=ask: plans_of(ask, *TABLES)) for name, ask in asks.items()}
    assert all(read.values())
    plans = [(name, plan) for name, each in read.items() for plan in each]
    for name, plan in plans:
        assert not READS_ALL.search(plan), f"{name}:\n{plan}"
        assert FROM_NOW.search(plan), f"{name}:\n{plan}"
