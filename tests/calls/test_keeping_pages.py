"""Handing a series over, and answering: the pages."""

from uuid import UUID

import pytest

from community.core.actor import Role
from tests.pages import ALERT, plain, send

HELD = "/calls/held"


@pytest.fixture
def series_id(make, cast, ben) -> UUID:
    """Every Tuesday at seven, held by Hana. Ben facilitates in the group too."""
    return make.series(cast.neck, cast.hana, seats=2)[1]


@pytest.fixture
def place(series_id) -> str:
    return f"/calls/series/{series_id}"


def test_it_is_asked_and_answered_on_pages_with_one_press(client_for, cast, ben, place):
    hana, bens = client_for(cast.hana), client_for(ben)
    assert bens.get(place).status_code == 403
    assert f"{place}/hand-over" in hana.get(place).text
    answer = send(hana, f"{place}/hand-over", whom=str(ben.id))
    assert answer.headers["Location"] == place
    assert "Ben is asked to hold these calls from now on." in plain(hana.get(place))
    assert "Somebody is asked already." in hana.get(f"{place}/hand-over").text
    for page in (HELD, place):
        words = plain(bens.get(page))
        assert "Would you hold “Neck circle” from now on?" in words
        assert "Every week on Tuesday at 7:00 pm" in words
    looking = bens.get(place).text
    assert "/skip" not in looking
    assert "Cancel the dates to come" not in looking
    assert "Would you hold" not in client_for(cast.hana).get(HELD).text
    send(bens, HELD, f"{place}/hand-over/accept")
    assert "Ben holds the calls that are added." in plain(bens.get(place))
    assert hana.get(place).status_code == 403


def test_it_is_taken_back_or_declined_with_one_press(client_for, cast, ben, place):
    hana, bens = client_for(cast.hana), client_for(ben)
    send(hana, f"{place}/hand-over", whom=str(ben.id))
    send(hana, place, f"{place}/hand-over/take-back")
    assert "Would you hold" not in bens.get(HELD).text
    send(hana, f"{place}/hand-over", whom=str(ben.id))
    assert send(bens, HELD, f"{place}/hand-over/decline").headers["Location"] == HELD
    assert "Would you hold" not in bens.get(HELD).text
    assert bens.get(place).status_code == 403


def test_an_owner_takes_it_over_on_the_page(make, client_for, cast, place):
    make.appointed(cast.neck, cast.owner, cast.owner, frozenset({Role.FACILITATOR, Role.OWNER}))
    browser = client_for(make.actor(cast.owner))
    answer = send(browser, f"{place}/hand-over", whom=str(cast.owner.id))
    assert "You hold these calls now." in browser.get(answer.location).text


def test_somebody_is_to_be_chosen(client_for, cast, ben, place):
    for typed in ({}, {"whom": "nobody"}, {"whom": str(cast.ana.id)}):
        answer = send(client_for(cast.hana), f"{place}/hand-over", **typed)
        assert answer.status_code == 422
        assert ALERT in answer.text


def test_where_nobody_else_facilitates_the_page_says_so(make, client_for):
    lee = make.member("Lee")
    alone = make.group("Alone", owner=lee)
    _, series_id = make.series(alone, make.actor(lee))
    page = client_for(lee).get(f"/calls/series/{series_id}/hand-over").text
    assert "Nobody else facilitates in this group yet." in page


@pytest.mark.holds("asvs:2")
def test_nobody_else_hands_it_over_or_answers(client_for, cast, ben, place):
    for who in (cast.ana, ben):
        assert client_for(who).get(f"{place}/hand-over").status_code == 403
        answer = send(client_for(who), "/comfort", f"{place}/hand-over/take-back")
        assert answer.status_code == 403
        for press in ("accept", "decline"):
            answer = send(client_for(who), "/comfort", f"{place}/hand-over/{press}")
            assert answer.status_code == 409
    assert client_for(cast.stranger).get(f"{place}/hand-over").status_code == 404
    assert "/sign-in" in client_for(None).get(f"{place}/hand-over").location


@pytest.mark.parametrize("people", [0, 5])
def test_the_page_to_hand_it_over_costs_the_same_however_many_can_be_asked(
    make, client_for, cast, place, cost, people
):
    for number in range(people):
        lee = make.member(f"Lee {number}")
        make.joined(cast.neck, lee, cast.owner)
        make.appointed(cast.neck, cast.owner, lee, frozenset({Role.FACILITATOR}))
    browser = client_for(cast.hana)
    cost.statements.clear()
    browser.get(f"{place}/hand-over")
    assert int(cost) == 4
