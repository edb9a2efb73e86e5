"""Saying that one is looking: from when, for how long, and who sees it."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.db import db
from community.moderation.duty.models import Duty
from community.moderation.duty.rules import (
    MOST,
    STEP,
    Watch,
    begins,
    lengths,
    may_look,
    watches,
)
from tests.moderation.test_rules import NOON, moderator, person
from tests.pages import plain, send

HOUR = timedelta(hours=1)


@pytest.mark.thorough
@given(st.datetimes(NOON.replace(tzinfo=None), (NOON + 400 * 24 * HOUR).replace(tzinfo=None)))
def test_one_begins_at_a_quarter_of_an_hour_within_twelve_hours(naive: datetime) -> None:
    now = naive.replace(tzinfo=NOON.tzinfo)
    offered = begins(now)
    assert len(offered) == MOST // STEP
    assert all(now < each <= now + MOST for each in offered)
    assert all(each.minute % 15 == each.second == each.microsecond == 0 for each in offered)
    assert all(may_look(moderator(), each, span, now) for each in offered for span in lengths())


@pytest.mark.parametrize(
    ("begins_in", "span"),
    [(-STEP, HOUR), (MOST + STEP, HOUR), (HOUR, timedelta(minutes=20)), (HOUR, MOST + STEP)],
)
def test_other_times_are_none(begins_in: timedelta, span: timedelta) -> None:
    assert not may_look(moderator(), NOON + begins_in, span, NOON)
    assert not may_look(person(), NOON, HOUR, NOON)


def test_its_end_is_read_off_the_clock() -> None:
    mori, hana = moderator(), moderator()
    found = [
        Watch(mori.id, "Mori", NOON, NOON + HOUR),
        Watch(hana.id, "Hana", NOON + HOUR, NOON + 3 * HOUR),
    ]
    assert [each.name for each in watches(found, mori, NOON).now] == ["Mori"]
    assert watches(found, mori, NOON).next == found[1]
    later = watches(found, mori, NOON + HOUR)
    assert [each.name for each in later.now] == ["Hana"]
    assert later.next is None
    assert later.mine == found[0]


def look(browser, begins_at: str = "now", minutes: int = 60):
    form = {"begins": begins_at, "minutes": str(minutes)}
    return send(browser, "/moderation", "/moderation/duty", **form)


def test_the_queue_says_who_looks_now_and_who_is_next(app, cast, make, client_for, clock) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    page = mori.get("/moderation")
    assert "Nobody has said that they’re looking now." in plain(page)
    assert look(mori).location == "/moderation"
    later = begins(clock.now())[7]
    assert look(marta, later.isoformat(), 15).location == "/moderation"
    assert "Now: You, until" in plain(mori.get("/moderation"))
    seen = plain(marta.get("/moderation"))
    assert "Now: Mori, until" in seen
    assert "Next: You, from" in seen
    assert look(mori, minutes=15).location == "/moderation"  # in place of the other
    with app.app_context():
        assert db.session.query(Duty).count() == 2
    clock.pass_by(hours=3)
    assert "Nobody has said that they’re looking now." in plain(marta.get("/moderation"))


def test_it_can_be_taken_away_and_only_times_of_the_list_are_taken(cast, client_for) -> None:
    mori = client_for(cast.mori)
    for begins_at, minutes in (("yesterday", 60), ("now", 7), ("now", 735)):
        assert look(mori, begins_at, minutes).status_code == 422
    look(mori)
    assert send(mori, "/moderation", "/moderation/duty/gone").location == "/moderation"
    assert "Nobody has said that they’re looking now." in plain(mori.get("/moderation"))


@pytest.mark.holds("moderation:11", "moderation:23")
def test_it_is_seen_by_whoever_shares_a_queue_and_by_nobody_else(cast, make, client_for) -> None:
    for who in (cast.mori, cast.pat):
        look(client_for(who))
    elsewhere = plain(client_for(cast.stranger).get("/moderation"))
    assert "Now: Pat, until" in elsewhere
    assert "Mori" not in elsewhere
    assert "Mori, until" in plain(client_for(cast.pat).get("/moderation"))
    make.kept_apart(cast.marta, cast.mori)
    apart = plain(client_for(cast.marta).get("/moderation"))
    assert "Somebody else, until" in apart
    assert "Mori" not in apart
    make.held_back(cast.mori)
    assert "Mori" not in plain(client_for(cast.pat).get("/moderation"))


@pytest.mark.holds("asvs:2")
def test_for_members_and_guests_there_is_no_such_press(cast, client_for) -> None:
    for to in ("/moderation/duty", "/moderation/duty/gone"):
        form = {"begins": "now", "minutes": "60"}
        assert send(client_for(cast.ana), "/calls", to, **form).status_code == 404
        assert send(client_for(None), "/sign-in", to, **form).status_code == 403


def test_the_queue_asks_the_same_for_one_as_for_many(cast, make, client_for, cost) -> None:
    mori = client_for(cast.mori)

    def statements() -> int:
        cost.statements.clear()
        mori.get("/moderation")
        return len(cost.statements)

    look(client_for(cast.marta))
    one = statements()
    for who in (cast.pat, cast.mori, make.owner(cast.group_id)):
        look(client_for(who))
    assert statements() == one
