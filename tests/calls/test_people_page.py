"""Who is coming: for whoever holds the call, with the cards that people chose to show."""

from datetime import timedelta

import pytest

from community.accounts import actions as accounts_actions
from community.core.actor import Role
from community.groups import actions as groups_actions
from tests.pages import send

CARD = "My voice may stop. Please wait."


@pytest.fixture
def with_cards(make, cast):
    """Ana and Ben each have a card."""
    for person in (cast.ana, cast.ben):
        make.done(lambda: accounts_actions.keep_card(person, f"{CARD} {person.name}"))  # noqa: B023


@pytest.fixture
def call_id(make, cast, with_cards):
    return make.call(cast.neck, cast.hana, seated=[cast.ana, cast.ben])


def test_whoever_holds_it_sees_who_comes_and_who_waits_in_order(make, cast, client_for):
    call_id = make.call(
        cast.neck,
        cast.hana,
        seats=3,
        seated=[cast.ana, cast.ben, cast.mori],
        waiting=[cast.noor],
    )
    page = client_for(cast.hana).get(f"/calls/{call_id}/people").text
    order = ["Ana", "Ben", "Mori", "Noor"]
    found = [page.index(f">{words}<") for words in order]
    assert found == sorted(found)
    make.gave_up(call_id, cast.ben)
    page = client_for(cast.owner).get(f"/calls/{call_id}/people").text
    assert page.index(">Noor<") < page.index("A seat is held for them")
    assert ">Ben<" not in page


def test_a_card_is_there_only_if_its_owner_shows_it(client_for, cast, call_id):
    hana, ana, page = client_for(cast.hana), client_for(cast.ana), f"/calls/{call_id}"
    assert CARD not in hana.get(f"{page}/people").text
    assert "Show them my card" in ana.get(page).text
    send(ana, page, f"{page}/card", shows="yes")
    roster = hana.get(f"{page}/people").text
    assert f"{CARD} Ana" in roster
    assert f"{CARD} Ben" not in roster
    send(ana, page, f"{page}/card", shows="no")
    assert CARD not in hana.get(f"{page}/people").text


def test_a_card_is_shown_no_more_when_the_seat_is_given_up(client_for, cast, make, call_id):
    ana, page = client_for(cast.ana), f"/calls/{call_id}"
    send(ana, page, f"{page}/card", shows="yes")
    make.gave_up(call_id, cast.ana)
    make.signed_up(call_id, cast.ana)
    assert CARD not in client_for(cast.hana).get(f"{page}/people").text


def test_without_a_seat_or_a_card_nobody_is_asked_to_show_one(client_for, cast, make, call_id):
    page = f"/calls/{call_id}"
    assert "Show them my card" not in client_for(cast.noor).get(page).text
    make.signed_up(call_id, cast.noor)
    assert "Show them my card" not in client_for(cast.noor).get(page).text
    assert send(client_for(cast.hana), page, f"{page}/card", shows="yes").status_code == 409


@pytest.mark.holds("promise:10")
def test_whoever_holds_it_too_sees_it_and_other_facilitators_do_not(
    client_for, cast, make, call_id
):
    roster = f"/calls/{call_id}/people"
    for person in (cast.mori, cast.noor):
        make.appointed(cast.neck, cast.owner, person, frozenset({Role.FACILITATOR}))
    make.held_together(call_id, cast.hana, make.actor(cast.mori))
    assert "Held by Hana and Mori." in client_for(cast.mori).get(roster).text
    assert client_for(cast.owner).get(roster).status_code == 200
    assert client_for(cast.noor).get(roster).status_code == 403
    assert client_for(cast.stranger).get(roster).status_code == 404


@pytest.mark.parametrize("people", [1, 40])
def test_it_costs_the_same_however_many_wait(client_for, cast, make, clock, cost, people: int):
    call_id = make.call(cast.neck, cast.hana, seats=2, starts_in=timedelta(days=2))
    invitation_id = make.invitation(cast.neck, cast.hana, uses=people)
    for number in range(people):
        person = make.member(f"Member {number}")
        make.done(
            lambda person=person: groups_actions.come_in(person, invitation_id, now=clock.now())
        )
        make.signed_up(call_id, make.actor(person))
    browser = client_for(cast.hana)
    cost.statements.clear()
    browser.get(f"/calls/{call_id}/people")
    assert int(cost) == 4
