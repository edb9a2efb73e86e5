"""What is in the way is said before a call is scheduled, changed or handed over. It forbids
nothing."""

from datetime import date, timedelta

import pytest

from community.calls.listing import actions as listing_actions
from community.core.actor import Role
from tests.pages import again_typed, plain, send

NEW = "/calls/new"
TUESDAY = date(2026, 11, 24)
TYPED = {
    "title": "Evening circle",
    "topic": "",
    "day": "2026-11-24",
    "hour": "12:30",
    "minutes": "45",
    "seats": "8",
    "about": "Something small.",
    "happens": "",
    "guide": "As long as it takes",
}
ASK = "Is this right?"


@pytest.fixture
def typed(cast):
    return {"group": str(cast.neck), **TYPED}


@pytest.fixture
def off(make, clock):
    """Somebody has that Tuesday off."""
    return lambda who, day=TUESDAY: make.done(
        lambda: listing_actions.take_days_off(who, day, day, now=clock.now())
    )


@pytest.fixture
def elsewhere(make, cast):
    """Hana and Ben facilitate in a second group, and Ben in the first too."""
    make.appointed(cast.neck, cast.owner, cast.ben, frozenset({Role.FACILITATOR}))
    return make.group("Hands", facilitators=[cast.hana, cast.ben])


def test_what_is_at_the_same_time_is_said_before_a_call_is_scheduled(make, cast, client_for, typed):
    make.call(cast.neck, cast.hana, title="Neck circle")
    hana = client_for(cast.hana)
    check = send(hana, NEW, **typed)
    words = plain(check)
    assert check.status_code == 200
    assert ASK in words
    assert "Evening circle, Tuesday 24 November, 12:30 pm your time" in words
    assert "At the same time: Neck circle, Tuesday 24 November, 12:00 pm. You’re in that" in words
    back = hana.post(NEW, data={**again_typed(check), "back": "yes"})
    assert 'value="Evening circle"' in back.text
    assert "Something small." in back.text
    done = hana.post(NEW, data={**again_typed(check), "confirmed": "yes"})
    assert "Evening circle" in hana.get(done.location).text


def test_a_day_off_is_said_before_a_call_is_scheduled(cast, client_for, typed, off):
    off(cast.hana)
    assert "You have a day off then." in plain(send(client_for(cast.hana), NEW, **typed))


@pytest.mark.parametrize("more", [{}, {"as_draft": "yes", "hour": "12:00"}])
def test_nothing_is_asked_where_nothing_is_in_the_way_and_of_a_draft(
    make, cast, client_for, typed, more
):
    make.call(cast.neck, cast.hana, starts_in=timedelta(days=4, minutes=75 if not more else 0))
    assert send(client_for(cast.hana), NEW, **{**typed, **more}).status_code == 302


def test_of_a_series_each_date_is_named_that_something_is_in_the_way_of(
    make, cast, client_for, typed, off
):
    make.call(cast.neck, cast.hana, title="Neck circle", starts_in=timedelta(days=11))
    off(cast.hana, date(2027, 1, 12))
    hana = client_for(cast.hana)
    words = plain(send(hana, NEW, **typed, again="week"))
    said = words[words.index("What else there is then") : words.index("Schedule these calls")]
    first, clash, day_off = said.partition("Tuesday 12 January 2027, 12:30 pm")
    assert "Tuesday 1 December, 12:30 pm At the same time: Neck circle" in first
    assert clash
    assert "You have a day off then." in day_off
    assert "8 December" not in said
    free = plain(send(hana, NEW, **{**typed, "hour": "20:00", "again": "two-weeks"}))
    assert "What else there is then" not in free


def test_a_call_that_is_moved_to_where_something_is_asks_first(make, cast, client_for, letters):
    make.call(cast.neck, cast.hana, title="Neck circle")
    call_id = make.call(cast.neck, cast.hana, starts_in=timedelta(days=6), seated=[cast.ana])
    hana, page = client_for(cast.hana), f"/calls/{call_id}/edit"
    check = send(hana, page, **TYPED)
    assert "At the same time: Neck circle" in plain(check)
    assert ("Ana", "call_moved") not in letters()
    assert 'value="12:30"' in hana.post(page, data={**again_typed(check), "back": "yes"}).text
    assert hana.post(page, data={**again_typed(check), "confirmed": "yes"}).status_code == 302
    assert ("Ana", "call_moved") in letters()
    words = {**TYPED, "about": "Something else."}  # it is known where the call stands now
    assert send(hana, page, **words).status_code == 302


def test_whoever_changes_the_call_of_another_reads_of_their_day_off_and_their_other_call(
    make, cast, client_for, off, elsewhere
):
    hana = make.actor(cast.hana)
    make.call(elsewhere, hana, title="Hands and feet")
    off(hana)
    call_id = make.call(cast.neck, hana, starts_in=timedelta(days=6))
    words = plain(send(client_for(cast.owner), f"/calls/{call_id}/edit", **TYPED))
    assert "Hana has a day off then." in words
    assert "Hana holds another call then." in words
    assert "Hands" not in words


def test_calls_of_a_series_that_move_are_in_nobodys_way_where_they_were(
    make, cast, client_for, off
):
    first, _ = make.series(cast.neck, cast.hana)
    off(cast.hana, date(2026, 12, 8))
    a_week_later = {**TYPED, "day": "2026-12-01", "hour": "19:00", "scope": "all"}
    words = plain(send(client_for(cast.hana), f"/calls/{first}/edit", **a_week_later))
    said = words[words.index("What else there is then") :]
    assert "Tuesday 8 December, 7:00 pm You have a day off then." in said
    assert "At the same time" not in said


def test_beside_each_name_it_is_said_what_is_in_their_way(make, cast, client_for, off, elsewhere):
    make.appointed(cast.neck, cast.owner, cast.mori, frozenset({Role.FACILITATOR}))
    make.appointed(cast.neck, cast.owner, cast.noor, frozenset({Role.FACILITATOR}))
    call_id = make.call(cast.neck, cast.hana)
    make.call(elsewhere, make.actor(cast.ben), starts_in=timedelta(days=4, minutes=30))
    make.call(elsewhere, make.actor(cast.ben), starts_in=timedelta(days=4, minutes=-30))
    off(make.actor(cast.ben))
    off(make.actor(cast.mori))
    hana, page = client_for(cast.hana), f"/calls/{call_id}/ask/instead"
    words = plain(hana.get(page))
    assert "Ben They have a day off then. They hold another call then." in words
    assert "Mori They have a day off then." in words
    assert "Noor They" not in words
    assert send(hana, page, whom=str(cast.ben.id)).status_code == 302


def test_what_is_in_the_way_of_one_date_costs_as_much_as_of_ten(
    make, cast, client_for, typed, cost
):
    hana, costs = client_for(cast.hana), []
    for more in ({}, {"again": "week"}):
        make.call(cast.neck, cast.hana)
        make.call(cast.neck, cast.hana, starts_in=timedelta(days=11))
        cost.statements.clear()
        assert ASK in send(hana, NEW, **typed, **more).text
        costs.append(int(cost))
    assert costs[0] == costs[1]
