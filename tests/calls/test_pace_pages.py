"""The pages on which a series comes more or less often."""

from datetime import date
from uuid import UUID

import pytest

from community.calls.listing import actions as listing_actions
from tests.pages import ALERT, again_typed, plain, send

TYPED = {"every": "two-weeks", "since": "2026-11-24"}


@pytest.fixture
def series_id(make, cast) -> UUID:
    """Every Tuesday at seven, held by Hana."""
    return make.series(cast.neck, cast.hana, seats=2)[1]


@pytest.fixture
def place(series_id) -> str:
    return f"/calls/series/{series_id}/pace"


def test_who_is_affected_is_shown_before_it_is_done(make, cast, client_for, place, calls):
    for person in (cast.ana, cast.ben):
        make.signed_up(calls()[1].id, person)
    hana = client_for(cast.hana)
    assert place in hana.get(place.removesuffix("/pace")).text
    assert "Every week on Tuesday at 7:00 pm, UTC time." in plain(hana.get(place))
    check = send(hana, place, **TYPED)
    words = plain(check)
    staying, _, going = words.partition("These won’t happen:")
    assert "Neck circle: Every two weeks on Tuesday at 7:00 pm, UTC time." in staying
    assert "Tuesday 24 November, 7:00 pm Tuesday 8 December, 7:00 pm" in staying
    assert "Tuesday 1 December, 7:00 pm Tuesday 15 December, 7:00 pm" in going
    assert "Two people have signed up for them. Each gets one letter" in going
    assert "These are added" not in words
    assert {call.state for call in calls()} == {"open"}
    back = hana.post(place, data={**again_typed(check), "back": "yes"}).text
    assert 'checked id="every-1"' in back or 'checked id="every"' in back
    done = hana.post(place, data={**again_typed(check), "confirmed": "yes"})
    assert "Every two weeks on Tuesday" in plain(hana.get(done.location))
    assert [call.state for call in calls()] == ["open", "cancelled"] * 4


def test_dates_that_are_added_are_shown_with_what_is_in_their_way(
    make, cast, client_for, place, clock
):
    hana = client_for(cast.hana)
    done = send(hana, place, **TYPED, confirmed="yes")
    day = date(2026, 12, 15)
    make.done(lambda: listing_actions.take_days_off(cast.hana, day, day, now=clock.now()))
    check = send(hana, f"{done.location}/pace", every="week", since="2026-12-08")
    words = plain(check)
    added = words[words.index("These are added:") :]
    assert "Tuesday 15 December, 7:00 pm Tuesday 29 December, 7:00 pm" in added
    assert "Tuesday 15 December, 7:00 pm You have a day off then." in added
    assert "These won’t happen" not in words


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"every": "week"}, "These calls come that often already. Choose another rhythm."),
        ({"every": "month-last", "since": "2026-12-01"}, "A month has this weekday again"),
        ({"every": "day"}, "Choose from what is offered here"),
        ({"since": "2026-11-25"}, "Choose from what is offered here"),
        ({"since": "some day"}, "Choose from what is offered here"),
    ],
)
def test_a_slip_is_told_beside_the_field(typed, said, cast, client_for, place, calls):
    answer = send(client_for(cast.hana), place, **{**TYPED, **typed})
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert said in answer.text
    assert {call.state for call in calls()} == {"open"}


@pytest.mark.holds("asvs:2")
def test_it_is_for_whoever_keeps_it(cast, client_for, place, ben):
    for who in (cast.ana, ben):
        assert client_for(who).get(place).status_code == 403
        assert send(client_for(who), "/comfort", place, **TYPED).status_code == 403
    assert client_for(cast.stranger).get(place).status_code == 404
    assert "/sign-in" in client_for(None).get(place).location


def test_where_no_date_is_to_come_the_page_says_so(make, cast, client_for, place, calls):
    hana = client_for(cast.hana)
    send(hana, f"/calls/{calls()[0].id}/cancel", scope="all")
    assert "There are no dates to come at present." in hana.get(place).text


@pytest.mark.parametrize("signed_up", [0, 5])
def test_the_page_before_it_is_done_costs_the_same_however_many_it_concerns(
    make, cast, client_for, place, calls, cost, signed_up
):
    for call in calls()[:signed_up]:
        make.signed_up(call.id, cast.ana)
    hana = client_for(cast.hana)
    csrf = again_typed(send(hana, place, **TYPED))
    cost.statements.clear()
    hana.post(place, data={**csrf, **TYPED})
    assert int(cost) == 6
