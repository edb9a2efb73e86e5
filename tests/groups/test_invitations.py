"""Links that let people into a group: who makes them, whom they let in, and how often."""

from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from community.core.actor import Role
from community.core.db import db
from community.core.seal import seal
from community.groups import actions, jobs, queries
from community.groups.models import Invitation
from community.groups.rules import ALREADY_IN, INVITATION_OVER
from community.safety.rules import GUIDELINES_VERSION
from tests.pages import ALERT, send
from tests.refusals import refusal

OVER = "This invitation isn’t good any more."


@pytest.fixture
def link(app):
    """The address of an invitation."""

    def address(invitation_id) -> str:
        with app.test_request_context():
            return f"/invited/{seal('invitation', invitation_id)}"

    return address


@pytest.fixture
def place(cast) -> str:
    return f"/groups/{cast.group_id}/invitations"


def test_a_facilitator_makes_a_link_that_lets_somebody_in(client_for, cast, make, place) -> None:
    hana, ben = client_for(cast.hana), client_for(cast.ben)
    assert place in hana.get(f"/groups/{cast.group_id}").text
    assert send(hana, place, is_for="my sister", uses=2, days=7).headers["Location"] == place
    shown = hana.get(place).text
    assert "my sister" in shown
    assert "2 people can use it." in shown
    address = shown.partition('readonly value="')[2].partition('"')[0]
    way = urlsplit(address).path
    invited = ben.get(way)
    assert "You’re invited to “Quiet evenings”" in invited.text
    assert invited.headers["Referrer-Policy"] == "no-referrer"
    answer = send(ben, way)
    assert answer.headers["Location"] == f"/groups/{cast.group_id}"
    assert make.actor(cast.ben).belongs_to(cast.group_id)
    assert "One person can use it." in hana.get(place).text
    assert ben.get(way).headers["Location"] == f"/groups/{cast.group_id}"


def test_what_is_missing_is_said_and_what_was_typed_stays(client_for, cast, place) -> None:
    answer = send(client_for(cast.hana), place, is_for="", uses=3, days=30)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert '<option selected value="3">' in answer.text
    assert send(client_for(cast.hana), place, is_for="x", uses=500, days=7).status_code == 422
    assert send(client_for(cast.hana), place, is_for="x", uses=1, days=999).status_code == 422


@pytest.mark.holds("asvs:2")
def test_only_those_who_look_after_the_group_invite(client_for, cast, make, place) -> None:
    assert client_for(cast.ben).get(place).status_code == 404
    for person in (cast.ana, cast.mori):
        assert client_for(person).get(place).status_code == 403
        refused = send(client_for(person), "/comfort", place, is_for="x", uses=1, days=7)
        assert refused.status_code == 403
    assert client_for().get(place).headers["Location"].startswith("/sign-in")
    everyone = f"/groups/{make.everyone()}/invitations"
    assert client_for(cast.hana).get(everyone).status_code == 409


@pytest.mark.holds("promise:10")
def test_whatever_is_wrong_with_a_link_it_says_the_same_and_names_no_group(
    client_for, cast, make, clock, link, place
) -> None:
    taken_back, used = (make.invitation(cast.group_id, cast.hana) for _ in range(2))
    make.done(lambda: actions.take_invitation_back(cast.hana, cast.group_id, taken_back))
    dana = make.member("Dana")
    make.done(lambda: actions.come_in(dana, used, now=clock.now()))
    old = make.invitation(cast.group_id, cast.hana, days=1)
    clock.pass_by(days=1)
    for invitation_id in (taken_back, used, old):
        for browser in (client_for(), client_for(cast.ben)):
            answer = browser.get(link(invitation_id))
            assert answer.status_code == 410
            assert OVER in answer.text
            assert "Quiet evenings" not in answer.text
    assert client_for().get("/invited/made-up").status_code == 404
    refused = send(client_for(cast.ben), "/comfort", link(old))
    assert (refused.status_code, OVER in refused.text) == (410, True)


def test_a_guest_signs_in_first_and_no_address_carries_the_link(
    client_for, cast, make, link
) -> None:
    way = link(make.invitation(cast.group_id, cast.hana))
    guest = client_for()
    answer = guest.get(way)
    assert answer.headers["Location"] == "/sign-in"
    with guest.session_transaction() as session:
        assert session["next"] == way
    asked = guest.get("/sign-in").text
    assert "You’re invited to a group." in asked
    assert "Quiet evenings" not in asked


def test_whoever_arrives_goes_on_to_the_invitation_when_they_have_agreed(
    client_for, cast, make, link
) -> None:
    way = link(make.invitation(cast.group_id, cast.hana))
    noor = make.member("Noor", agreed=False)
    browser = client_for(noor)
    invited = browser.get(way).text
    assert "Read the guidelines" in invited
    assert "Join this group" not in invited
    assert (
        send(browser, "/guidelines", "/guidelines/agree", version=GUIDELINES_VERSION).headers[
            "Location"
        ]
        == way
    )
    assert "Join this group" in browser.get(way).text
    arriving = client_for(make.arriving("somebody@example.org"))
    assert arriving.get(way).headers["Location"] == "/about-you"


def test_a_link_is_taken_back_in_one_press(client_for, cast, make, link, place) -> None:
    invitation_id = make.invitation(cast.group_id, cast.hana)
    hana = client_for(cast.hana)
    send(hana, place, f"{place}/{invitation_id}/end")
    assert "There are none at the moment." in hana.get(place).text
    assert client_for(cast.ben).get(link(invitation_id)).status_code == 410


@pytest.mark.holds("asvs:2")
def test_a_link_is_taken_back_only_in_its_own_group(client_for, cast, make, link) -> None:
    invitation_id = make.invitation(cast.group_id, cast.hana)
    lee = make.member("Lee")
    other = make.group("Another", owner=lee)
    lees = client_for(lee)
    place = f"/groups/{other}/invitations"
    send(lees, place, f"{place}/{invitation_id}/end")
    wrong = f"/groups/{cast.group_id}/invitations/{invitation_id}/end"
    assert send(lees, place, wrong).status_code == 404
    assert client_for(cast.ben).get(link(invitation_id)).status_code == 200


@pytest.mark.parametrize("rows", [1, 200])
def test_the_list_costs_the_same_however_long_it_is(
    client_for, cast, make, clock, cost, place, rows: int
) -> None:
    def fill() -> None:
        for _ in range(rows):
            actions.invite(cast.hana, cast.group_id, "a friend", 1, 7, now=clock.now())

    make.done(fill)
    browser = client_for(cast.hana)
    cost.statements.clear()
    assert browser.get(place).text.count("Take it back") == rows
    assert int(cost) == 4


def test_an_invitation_lets_in_as_many_as_it_says(cast, make, clock) -> None:
    invitation_id = make.invitation(cast.group_id, cast.hana, uses=2)
    for name in ("Dana", "Emil"):
        person = make.member(name)
        make.done(lambda: actions.come_in(person, invitation_id, now=clock.now()))  # noqa: B023
        assert make.actor(person).belongs_to(cast.group_id)
    late = make.member("Late")

    def come_late() -> None:
        make.done(lambda: actions.come_in(late, invitation_id, now=clock.now()))

    assert refusal(come_late) is INVITATION_OVER


def test_whoever_is_in_already_uses_nothing_up(cast, make, clock, app) -> None:
    invitation_id = make.invitation(cast.group_id, cast.hana)

    def come_in() -> None:
        make.done(lambda: actions.come_in(cast.ana, invitation_id, now=clock.now()))

    assert refusal(come_in) is ALREADY_IN
    with app.app_context():
        assert queries.invitation(invitation_id, now=clock.now()).uses_left == 1


def test_whoever_had_asked_to_join_needs_no_answer_any_more(cast, make, clock, app) -> None:
    make.done(lambda: actions.ask_to_join(cast.ben, cast.group_id, "Hello", now=clock.now()))
    invitation_id = make.invitation(cast.group_id, cast.hana)
    make.done(lambda: actions.come_in(cast.ben, invitation_id, now=clock.now()))
    with app.app_context():
        assert queries.knocks(cast.group_id) == []


def test_links_end_with_the_role_of_whoever_made_them(cast, make, clock, app) -> None:
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.FACILITATOR}))
    make.invitation(cast.group_id, cast.ana)
    kept = make.invitation(cast.group_id, cast.hana)
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.MODERATOR}))
    with app.app_context():
        left = {one.id for one in queries.open_invitations(cast.group_id, now=clock.now())}
    assert left == {kept}


def test_links_end_when_whoever_made_them_leaves(cast, make, clock, app) -> None:
    make.appointed(cast.group_id, cast.hana, cast.ana, frozenset({Role.FACILITATOR}))
    make.invitation(cast.group_id, cast.ana)
    make.done(lambda: actions.leave(make.actor(cast.ana), cast.group_id, now=make.clock.now()))
    with app.app_context():
        assert queries.open_invitations(cast.group_id, now=clock.now()) == []


def test_nothing_is_kept_of_a_link_that_nobody_can_use(cast, make, clock, app) -> None:
    make.invitation(cast.group_id, cast.hana, days=1)
    good = make.invitation(cast.group_id, cast.hana, days=30)
    clock.pass_by(days=2)
    with app.app_context():
        jobs.forget_old_invitations(clock.now())
        assert db.session.scalars(select(Invitation.id)).all() == [good]
