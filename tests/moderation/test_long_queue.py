"""A queue of ten items and of ten thousand: the same statements, the same bytes, every item."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, select
from uuid_utils.compat import uuid7

from community.core.actor import Actor, Staff
from community.core.db import Base, db
from community.groups.claims import actor_of
from community.moderation.cases import open_cases
from community.moderation.models import Report, ReviewItem
from community.moderation.queue.queries import Queue, queue
from community.moderation.queue.rules import PAGE, Urgency
from community.moderation.rules.case import Outcome, actions_for
from community.moderation.rules.reasons import REASONS, ReportReason
from community.threads.models import Post
from tests.conftest import Cost
from tests.live.circle import ClientFor
from tests.make import Make
from tests.threads.conftest import Cast

FEW, MANY = 10, 10_000
ITS_REASONS = [REASONS[each] for each in ("crisis_self", "stop_treatment", "medical_claim", "spam")]

Fill = Callable[[int], None]


def columns(model: type[Base], **changes: Any) -> dict[str, Any]:
    """What stands in the one row there is, but for these."""
    table = model.__table__
    row = db.session.execute(select(table)).mappings().one()
    return {**row, **changes}


@pytest.fixture
def fill(cast: Cast, make: Make, reply_id: UUID) -> Fill:
    """So many items like the one that Ben’s report opened, each about another reply of Ana’s. Of
    every tenth, Mori is the one who reported it."""
    make.report(reply_id, cast.ben, "crisis_self")
    here = select(Post.thread_id).where(Post.id == reply_id)
    thread_id = make.done(lambda: db.session.scalars(here).one())
    post, item, report = make.done(
        lambda: (
            dict(
                db.session.execute(select(Post.__table__).filter_by(id=reply_id)).mappings().one()
            ),
            columns(ReviewItem),
            columns(Report),
        )
    )
    numbers = count(1)

    def fill(how_many: int) -> None:
        rows: dict[type[Base], list[dict[str, Any]]] = {Post: [], ReviewItem: [], Report: []}
        for n in (next(numbers) for _ in range(how_many)):
            post_id, item_id, why = uuid7(), uuid7(), ITS_REASONS[n % len(ITS_REASONS)]
            at = make.clock.now() - timedelta(seconds=n % 977)
            rows[Post].append({**post, "id": post_id, "number": 2 + n, "thread_id": thread_id})
            rows[ReviewItem].append({**item, **_as(why), "id": item_id, "post_id": post_id})
            rows[ReviewItem][-1]["opened_at"] = at
            by = cast.ben.id if n % 10 else cast.mori.id
            rows[Report].append({**report, "id": uuid7(), "item_id": item_id, "reporter_id": by})
        for model, made in rows.items():
            make.done(lambda model=model, made=made: db.session.execute(insert(model), made))

    return fill


def _as(why: ReportReason) -> dict[str, Any]:
    return {"reason": why.id, "severity": why.severity, "scope": why.scope}


def seen_by(make: Make, person: Actor, after: Urgency | None = None) -> Queue:
    now = make.clock.now()
    return make.done(lambda: queue(actor_of(person.id, now=now), now, after=after))


@pytest.mark.thorough
@pytest.mark.holds("moderation:25")
def test_ten_thousand_items_are_asked_for_in_the_statements_that_ten_take(
    cast: Cast, make: Make, fill: Fill, cost: Cost
) -> None:
    lead = make.staff("Lea", Staff.SAFETY_LEAD)

    def statements(person: Actor) -> int:
        cost.statements.clear()
        seen_by(make, person)
        return int(cost)

    fill(FEW - 1)
    few = [statements(person) for person in (cast.mori, lead)]
    fill(MANY - FEW)
    assert [statements(person) for person in (cast.mori, lead)] == few
    moris, leads = seen_by(make, cast.mori), seen_by(make, lead)
    assert (moris.total, moris.waiting_on_others) == (MANY - MANY // 10 + 1, MANY // 10 - 1)
    assert len(moris.entries) == len(leads.entries) == PAGE


@pytest.mark.holds("moderation:25")
def test_the_page_of_ten_thousand_items_is_as_long_as_that_of_a_full_one(
    cast: Cast, make: Make, fill: Fill, client_for: ClientFor
) -> None:
    mori = client_for(cast.mori)
    fill(10 * PAGE)
    short = mori.get("/moderation").text
    fill(MANY - 10 * PAGE - 1)
    long = mori.get("/moderation").text
    assert f"{MANY - MANY // 10 + 1} items you can decide." in long
    assert abs(len(long) - len(short)) < 200  # numbers have more figures, words are others


@pytest.mark.holds("moderation:25")
def test_page_by_page_everything_that_can_be_decided_is_met_once_and_in_order(
    cast: Cast, make: Make, fill: Fill
) -> None:
    fill(3 * PAGE)
    now = make.clock.now()
    mori = make.actor(cast.mori)
    cases = make.done(lambda: open_cases(now=now))
    can = sorted(each.urgency for each in cases if actions_for(each.case, mori, now))
    met: list[UUID] = []
    page = seen_by(make, cast.mori)
    while True:
        met += [entry.id for entry in page.entries]
        assert page.total == len(can)
        if page.next is None:
            break
        page = seen_by(make, cast.mori, Urgency.read(str(page.next)))
    assert met == [each.id for each in can]


def test_the_next_page_begins_where_this_one_ended_whatever_was_decided_meanwhile(
    cast: Cast, make: Make, fill: Fill, client_for: ClientFor
) -> None:
    fill(PAGE + 5)
    mori = client_for(cast.mori)
    first = seen_by(make, cast.mori)
    rest = [entry.id for entry in seen_by(make, cast.mori, first.next).entries]
    for entry in first.entries[-3:]:
        make.decision(entry.id, cast.mori, Outcome.REMOVE)
    page = mori.get(f"/moderation?after={first.next}").text
    assert [item for item in rest if f"/moderation/{item}" in page] == rest
    assert "Show the most urgent" in page
    assert f"/moderation/{first.entries[0].id}" not in page
    assert mori.get("/moderation?after=nonsense").status_code == 200
