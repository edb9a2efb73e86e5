"""Asking somebody to hold a call, and answering: the pages."""

from uuid import UUID

import pytest

from tests.pages import ALERT, send


@pytest.fixture
def call_id(make, cast, ben) -> UUID:
    return make.call(cast.neck, cast.hana, seated=[cast.ana])


@pytest.fixture
def place(call_id) -> str:
    return f"/calls/{call_id}"


def test_a_facilitator_asks_another_who_says_yes_in_one_press(client_for, cast, ben, place):
    hana, bens = client_for(cast.hana), client_for(ben)
    asking = f"{place}/ask/together"
    assert asking in hana.get(place).text
    answer = send(hana, asking, whom=str(ben.id))
    assert answer.headers["Location"] == place
    assert "You’ve asked Ben to hold it together with you." in hana.get(place).text
    assert "Would you hold this call together with somebody?" in bens.get(place).text
    assert send(bens, place, f"{asking}/accept").headers["Location"] == place
    assert "With Hana and Ben" in client_for(cast.ana).get("/calls").text
    seen = client_for(cast.ana).get(place).text
    assert "<strong>Ben</strong>, facilitator" in seen
    assert "Stop holding it together" in bens.get(place).text
    assert bens.get(f"{place}/people").status_code == 200
    send(bens, place, f"{place}/part")
    assert "With Hana. " in client_for(cast.ana).get("/calls").text


def test_a_call_is_handed_over_and_taken_back_until_it_is_accepted(client_for, cast, ben, place):
    hana, bens = client_for(cast.hana), client_for(ben)
    handing = f"{place}/ask/instead"
    send(hana, handing, whom=str(ben.id))
    send(hana, place, f"{handing}/take-back")
    assert send(bens, "/comfort", f"{handing}/accept").status_code == 409
    send(hana, handing, whom=str(ben.id))
    assert "Would you take this call over?" in bens.get(place).text
    send(bens, place, f"{handing}/accept")
    assert "<strong>Ben</strong>, facilitator" in hana.get(place).text
    assert hana.get(f"{place}/people").status_code == 403


def test_whoever_holds_it_too_can_take_it_over_at_once(client_for, cast, ben, make, call_id, place):
    make.held_together(call_id, cast.hana, ben)
    hana = client_for(cast.hana)
    answer = send(hana, f"{place}/ask/instead", whom=str(ben.id))
    assert "You’ve changed places." in hana.get(answer.location).text
    assert hana.get(f"{place}/people").status_code == 200


def test_not_this_time_takes_one_press(client_for, cast, ben, place):
    send(client_for(cast.hana), f"{place}/ask/together", whom=str(ben.id))
    bens = client_for(ben)
    send(bens, place, f"{place}/ask/together/decline")
    assert "Would you hold" not in bens.get(place).text


def test_somebody_is_to_be_chosen(client_for, cast, ben, place):
    answer = send(client_for(cast.hana), f"{place}/ask/together")
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert send(client_for(cast.hana), f"{place}/ask/together", whom="nobody").status_code == 422
    other = send(client_for(cast.hana), f"{place}/ask/together", whom=str(cast.ana.id))
    assert other.status_code == 422


@pytest.mark.holds("asvs:2")
@pytest.mark.parametrize("ask", ["together", "instead"])
def test_only_whoever_holds_it_asks(client_for, cast, ben, place, ask: str):
    assert client_for(cast.ana).get(f"{place}/ask/{ask}").status_code == 403
    assert client_for(ben).get(f"{place}/ask/{ask}").status_code == 403
    assert client_for(cast.stranger).get(f"{place}/ask/{ask}").status_code == 404
    assert client_for().get(f"{place}/ask/{ask}").headers["Location"].startswith("/sign-in")
    refused = send(client_for(cast.ana), "/comfort", f"{place}/ask/{ask}/accept")
    assert refused.status_code == 409
    assert client_for(cast.hana).get(f"{place}/ask/everything").status_code == 404


def test_members_are_not_told_who_is_asked(client_for, cast, ben, place):
    send(client_for(cast.hana), f"{place}/ask/together", whom=str(ben.id))
    assert "Ben" not in client_for(cast.ana).get(place).text


def test_where_nobody_else_facilitates_the_page_says_so(client_for, cast, make):
    lee = make.member("Lee")
    group_id = make.group("Alone", owner=lee)
    call_id = make.call(group_id, make.actor(lee))
    place = client_for(lee).get(f"/calls/{call_id}/ask/together").text
    assert "Nobody else facilitates in this group yet." in place


def test_the_page_of_asking_takes_six_statements(client_for, cast, ben, place, cost):
    browser = client_for(cast.hana)
    cost.statements.clear()
    browser.get(f"{place}/ask/together")
    assert int(cost) == 6
