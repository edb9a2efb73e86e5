"""A quarter in numbers, for anybody; and how much of the hard part somebody has had."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.core.db import db
from community.moderation.actions import Choice
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.handbook.general import PASSAGES
from community.moderation.models import Decision
from community.moderation.numbers import queries
from community.moderation.numbers.rules import (
    FEWEST,
    MANY,
    SHOWN,
    Quarter,
    finished,
    told,
    usual_hours,
)
from community.moderation.own import deciding
from community.moderation.rules.case import Outcome
from tests.moderation.test_appeals import ANSWER
from tests.pages import plain, send_as_seen

IN_WORDS = {5: "Five"}
PAGE, WHY = "/in-numbers", ("medicine", "Only a prescriber can say that.", "")
TWO_YEARS = {"min_value": datetime(2025, 1, 1), "max_value": datetime(2027, 1, 1)}  # noqa: DTZ001


@given(st.datetimes(**TWO_YEARS, timezones=st.just(UTC)))
def test_every_instant_is_in_one_quarter_and_each_follows_the_one_before(at: datetime) -> None:
    quarter = Quarter.of(at)
    assert quarter.begins <= at < quarter.ends
    assert quarter.before.ends == quarter.begins
    assert quarter.last_month < quarter.ends <= quarter.last_month + timedelta(days=31)
    over = finished(at)
    assert len(over) == SHOWN
    assert over[0].ends == quarter.begins
    assert sorted(over, reverse=True) == list(over)


@given(st.integers(0, 1000))
def test_too_few_are_not_told(count: int) -> None:
    assert told(count) == (count if count >= FEWEST else None)


def test_half_of_them_in_whole_hours() -> None:
    waited = [timedelta(minutes=each) for each in (10, 20, 61, 300, 9000)]
    assert usual_hours(waited) == 2
    assert usual_hours(waited[:4]) is None


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """As in a process that has just begun."""
    queries._counted.cache_clear()


@pytest.fixture
def items(cast, make, clock):
    """Reports of what so many replies say."""

    def reported(count: int) -> list:
        thread_id = make.thread(cast.group_id, cast.ben)
        replies = [make.reply(thread_id, cast.ana) for _ in range(count)]
        return [make.report(each, cast.ben, "stop_treatment") for each in replies]

    return reported


def untold(page: str) -> set[str]:
    """Of what the page doesn’t say how many there were."""
    found = re.findall(r"Fewer than 5 of each: ([^.]*)\.", page)
    return {label for labels in found for label in labels.split("; ")}


def test_anybody_reads_the_quarter_that_is_over(cast, make, clock, client_for, items) -> None:
    begun = items(6)
    clock.pass_by(hours=3)
    for item_id in begun:
        make.decision(item_id, cast.mori, Outcome.REMOVE)
    early = plain(client_for().get(PAGE))
    assert "Removed" in untold(early)
    clock.pass_by(days=92)
    page = plain(client_for().get(PAGE))
    assert "Medical advice, pressure, or hard to look at 6" in page
    assert "Removed 6" in page
    assert "decided within 3 hours" in page
    assert "Removed" not in untold(page)
    assert {"Left as it is", "Suspended", "Private things", "Asked for"} <= untold(page)
    for name in ("Ana", "Ben", "Mori", "Neck"):
        assert name not in page


def test_few_are_not_told_from_none(cast, make, clock, client_for, items) -> None:
    clock.pass_by(days=92)
    none = plain(client_for().get(PAGE))
    clock.pass_by(days=-92)
    for item_id in items(FEWEST - 1):
        make.decision(item_id, cast.mori, Outcome.REMOVE)
    clock.pass_by(days=92, hours=1)
    assert plain(client_for().get(PAGE)) == none
    page = plain(client_for().get(PAGE))
    assert "Removed" in untold(page)
    assert "Half of what" not in page


def test_what_a_moderator_came_upon_is_counted(cast, make, clock, client_for) -> None:
    thread_id, choice = make.thread(cast.group_id, cast.ben), Choice(Outcome.REMOVE, *WHY, 1)
    for _ in range(FEWEST):
        what = (cast.mori, make.reply(thread_id, cast.ana), "other", choice)
        make.done(lambda what=what: deciding.decide(*what, now=clock.now()))
    clock.pass_by(days=92)
    page = plain(client_for().get(PAGE))
    assert f"{FEWEST} of all these were about what a moderator came upon" in page
    assert "Fewer than 5 of all these" not in page


def test_other_looks_are_counted_with_what_came_of_them(
    cast, make, clock, client_for, items
) -> None:
    for item_id in items(FEWEST):
        make.decision(item_id, cast.mori, Outcome.REMOVE)
    with make.app.app_context():
        decisions = db.session.scalars(select(Decision.id)).all()
    for each in decisions:
        make.done(lambda made=each: appeals.ask(cast.ana, made, "", now=clock.now()))
    with make.app.app_context():
        looks = db.session.scalars(select(Appeal.id)).all()
    for each in looks:
        answer = send_as_seen(client_for(cast.marta), f"/moderation/appeals/{each}", **ANSWER)
        assert answer.status_code == 302
    clock.pass_by(days=92)
    page = plain(client_for().get(PAGE))
    assert "Asked for 5" in page
    assert "Changed what was decided 5" in page


def test_another_quarter_and_none_that_is_not_over(clock, client_for) -> None:
    browser = client_for()
    for quarter in finished(clock.now()):
        assert browser.get(f"{PAGE}?quarter={quarter}").status_code == 200
    for wrong in (str(Quarter.of(clock.now())), "2020-1", "x", "2026-9"):
        assert browser.get(f"{PAGE}?quarter={wrong}").status_code == 404


def test_the_page_is_found_from_the_guidelines(client_for) -> None:
    assert f'href="{PAGE}"' in client_for().get("/guidelines").text


def test_as_many_statements_however_much_there_is(
    cast, make, clock, client_for, items, cost
) -> None:
    clock.pass_by(days=92)
    browser = client_for()
    cost.statements.clear()
    browser.get(PAGE)
    few = int(cost)
    for item_id in items(8):
        make.decision(item_id, cast.mori, Outcome.REMOVE)
    clock.pass_by(days=92)
    cost.statements.clear()
    browser.get(PAGE)
    assert int(cost) == few
    cost.statements.clear()
    browser.get(PAGE)  # again within the hour
    assert int(cost) == 0


# ---- what somebody has had to read ----


def test_the_handbook_says_the_same_number() -> None:
    [care] = [passage for passage in PASSAGES if passage.slug == "care"]
    assert any(f"{IN_WORDS[MANY]} such items in a week" in each for each in care.paragraphs)


def test_whoever_moderates_reads_how_much_it_was_and_nobody_else(
    cast, make, clock, client_for
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    for _ in range(MANY):
        item_id = make.report(make.reply(thread_id, cast.ana), cast.ben, "threat_other")
        client_for(cast.pat).get(f"/moderation/{item_id}")
    seen = plain(client_for(cast.pat).get("/moderation"))
    assert f"You’ve been with {MANY} items about danger" in seen
    assert "A few days without the queue" in seen
    assert "about danger in the last" not in plain(client_for(cast.mori).get("/moderation"))
    clock.pass_by(days=7, minutes=1)
    assert "about danger in the last" not in plain(client_for(cast.pat).get("/moderation"))
