"""Days on which a facilitator would rather hold no call, and who is told of them."""

from datetime import date, timedelta

import pytest

from community.calls.listing import actions
from tests.pages import ALERT, send

PAGE = "/calls/days-off"
TUESDAY = {"first": "2026-11-24", "last": "2026-11-24"}


@pytest.fixture
def off(make, clock):
    """Somebody takes days off."""

    def take(person, first: date, last: date) -> None:
        make.done(lambda: actions.take_days_off(person, first, last, now=clock.now()))

    return take


def test_days_are_taken_and_given_back(cast, client_for):
    hana = client_for(cast.hana)
    answer = send(hana, PAGE, first="2026-12-24", last="2027-01-02")
    assert answer.status_code == 302
    page = hana.get(PAGE).text
    assert "Thursday 24 December to Saturday 2 January 2027" in page
    button = page[page.index("/calls/days-off/") :].partition('"')[0]
    send(hana, PAGE, button)
    assert "24 December" not in hana.get(PAGE).text


def test_a_call_on_such_a_day_says_so_to_those_who_hold_it(make, cast, client_for, ben):
    call_id = make.call(cast.neck, cast.hana)
    make.held_together(call_id, cast.hana, ben)
    hana, other = client_for(cast.hana), client_for(ben)
    assert "day off" not in hana.get(f"/calls/{call_id}").text
    send(hana, PAGE, **TUESDAY)
    assert "You have a day off then." in hana.get(f"/calls/{call_id}").text
    assert "You have a day off then." in hana.get("/calls/held").text
    assert "Hana has a day off then." in other.get(f"/calls/{call_id}").text
    assert "day off" not in client_for(cast.ana).get(f"/calls/{call_id}").text


def test_the_day_is_by_the_clocks_of_whoever_is_off(make, cast, client_for, off):
    kim = make.member("Kim", zone="Pacific/Kiritimati")  # fourteen hours later
    make.joined(cast.neck, kim, cast.owner)
    make.appointed(cast.neck, cast.owner, kim, frozenset({"facilitator"}))
    kim = make.actor(kim)
    call_id = make.call(cast.neck, kim)
    off(kim, date(2026, 11, 24), date(2026, 11, 24))
    assert "day off" not in client_for(kim).get(f"/calls/{call_id}").text
    off(kim, date(2026, 11, 25), date(2026, 11, 25))
    assert "You have a day off then." in client_for(kim).get(f"/calls/{call_id}").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"first": "", "last": ""}, "Enter the last day, like 24 November 2026"),
        ({"first": "2026-12-24", "last": "2026-12-23"}, "The last day comes before the first."),
        ({"first": "2026-11-01", "last": "2026-11-02"}, "Those days have passed."),
    ],
)
def test_what_can_not_be_taken_stays_as_it_was_typed(cast, client_for, typed, said):
    answer = send(client_for(cast.hana), PAGE, **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert said in answer.text
    assert f'value="{typed["first"]}"' in answer.text


def test_nobody_gives_back_the_days_of_another(make, cast, client_for, ben, off):
    off(cast.hana, date(2026, 12, 24), date(2026, 12, 24))
    page = client_for(cast.hana).get(PAGE).text
    button = page[page.index("/calls/days-off/") :].partition('"')[0]
    assert send(client_for(ben), PAGE, button).status_code == 404
    assert "24 December" in client_for(cast.hana).get(PAGE).text


def test_whoever_facilitates_nowhere_has_no_such_page(cast, client_for):
    assert client_for(cast.ana).get(PAGE).status_code == 403
    assert "/sign-in" in client_for(None).get(PAGE).location


def test_many_days_cost_no_more_queries_than_one(cast, client_for, cost, off):
    hana = client_for(cast.hana)
    off(cast.hana, date(2026, 12, 1), date(2026, 12, 1))
    cost.statements.clear()
    hana.get(PAGE)
    one = int(cost)
    for day in range(20):
        first = date(2026, 12, 1) + timedelta(days=day)
        off(cast.hana, first, first)
    cost.statements.clear()
    hana.get(PAGE)
    assert int(cost) == one
