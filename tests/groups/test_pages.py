"""Groups from outside and inside, as a stranger, a member and whoever looks after them."""

from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.rules import COME_IN_FIRST
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Role, Staff
from community.core.db import db
from community.groups.models import Group, JoinRequest
from community.groups.rules import RequestState
from tests.pages import ALERT, send, token

GOOD = {"name": "Tea", "about": "Tea and talk.", "question": "Why tea?"}


def group_named(app, name: str) -> UUID:
    with app.app_context():
        return db.session.scalars(select(Group.id).where(Group.name == name)).one()


def knock_id(app) -> UUID:
    with app.app_context():
        waiting = JoinRequest.state == RequestState.WAITING
        return db.session.scalars(select(JoinRequest.id).where(waiting)).one()


def test_the_list_shows_mine_and_the_others(client_for, cast) -> None:
    for person, link in (
        (cast.ana, f"/groups/{cast.group_id}"),
        (cast.ben, f"/groups/{cast.group_id}/join"),
    ):
        page = client_for(person).get("/groups")
        assert "Quiet evenings" in page.text
        assert f'href="{link}"' in page.text


@pytest.mark.holds("promise:10")
def test_a_guest_sees_no_group(client_for, cast) -> None:
    for page in ("/groups", f"/groups/{cast.group_id}", f"/groups/{cast.group_id}/join"):
        assert client_for().get(page).headers["Location"].startswith("/sign-in")


def test_the_list_takes_three_statements(client_for, cast, cost) -> None:
    browser = client_for(cast.ana)
    cost.statements.clear()
    browser.get("/groups")
    assert int(cost) == 3


@pytest.mark.holds("asvs:6", "promise:10")
def test_who_is_in_a_group_is_for_its_members(client_for, cast) -> None:
    stranger = client_for(cast.ben)
    assert stranger.get(f"/groups/{cast.group_id}").status_code == 404
    door = stranger.get(f"/groups/{cast.group_id}/join").text
    assert "Quiet evenings" in door
    assert not any(name in door for name in ("Hana", "Mori", "Ana"))
    inside = client_for(cast.ana).get(f"/groups/{cast.group_id}").text
    assert all(name in inside for name in ("Hana", "Mori"))


@pytest.mark.holds("asvs:2")
@pytest.mark.parametrize("page", ["", "/asking", "/roles", "/roles/{ana}"])
def test_a_stranger_finds_nothing_inside(client_for, cast, page: str) -> None:
    path = f"/groups/{cast.group_id}{page.format(ana=cast.ana.id)}"
    assert client_for(cast.ben).get(path).status_code == 404


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize("page", ["/asking", "/roles", "/roles/{ana}"])
def test_a_member_does_not_look_after_it(client_for, cast, page: str) -> None:
    path = f"/groups/{cast.group_id}{page.format(ana=cast.ana.id)}"
    assert client_for(cast.ana).get(path).status_code == 403


def test_a_member_goes_through_the_door(client_for, cast) -> None:
    inside = client_for(cast.ana).get(f"/groups/{cast.group_id}/join")
    assert inside.headers["Location"] == f"/groups/{cast.group_id}"


def test_a_group_is_asked_for_and_opened_with_words(client_for, make, app) -> None:
    ana, lee = client_for(make.member("Ana")), client_for(make.staff("Lee", Staff.SAFETY_LEAD))
    assert send(ana, "/groups/new", **GOOD).headers["Location"] == "/groups"
    assert "You asked for “Tea”" in ana.get("/groups").text
    group_id = group_named(app, "Tea")
    page = f"/groups/openings/{group_id}"
    assert page in lee.get("/groups/openings").text
    assert send(lee, page, answer="yes", words="Lovely.").headers["Location"] == "/groups/openings"
    assert ana.get(f"/groups/{group_id}").status_code == 200
    assert lee.get(page).status_code == 404


def test_asking_for_a_group_says_what_is_missing(client_for, make) -> None:
    answer = send(client_for(make.member("Ana")), "/groups/new", name="Tea")
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert 'value="Tea"' in answer.text


def test_who_has_not_agreed_is_shown_the_guidelines(client_for, make, cast) -> None:
    noor = client_for(make.member("Noor", agreed=False))
    for page in ("/groups/new", f"/groups/{cast.group_id}/join"):
        assert "Read the guidelines" in noor.get(page).text
    assert send(noor, "/comfort", "/groups/new", **GOOD).status_code == 403


def test_openings_are_for_moderators_of_the_site(client_for, make, app) -> None:
    ana = client_for(make.member("Ana"))
    send(ana, "/groups/new", **GOOD)
    group_id = group_named(app, "Tea")
    assert ana.get("/groups/openings").status_code == 404
    assert ana.get(f"/groups/openings/{group_id}").status_code == 404
    assert (
        send(ana, "/comfort", f"/groups/openings/{group_id}", answer="yes", words="x").status_code
        == 404
    )


def test_somebody_asks_to_join_and_is_let_in_with_words(client_for, cast, app) -> None:
    ben, mori = client_for(cast.ben), client_for(cast.mori)
    door = f"/groups/{cast.group_id}/join"
    assert "What brings you here?" in ben.get(door).text
    assert send(ben, door, answer="A friend told me.").headers["Location"] == door
    assert "You’ve asked to join" in ben.get(door).text
    page = f"/groups/{cast.group_id}/asking/{knock_id(app)}"
    assert "Ben" in mori.get(f"/groups/{cast.group_id}/asking").text
    assert "A friend told me." in mori.get(page).text
    assert send(mori, page, answer="yes", words="Welcome.").status_code == 302
    assert ben.get(f"/groups/{cast.group_id}").status_code == 200


@pytest.mark.holds("promise:8")
@pytest.mark.parametrize("typed", [{}, {"answer": "yes"}, {"words": "Welcome."}])
def test_a_decision_needs_an_answer_and_words(client_for, cast, app, typed) -> None:
    send(client_for(cast.ben), f"/groups/{cast.group_id}/join", answer="Hello")
    page = f"/groups/{cast.group_id}/asking/{knock_id(app)}"
    answer = send(client_for(cast.hana), page, **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text


@pytest.mark.holds("asvs:2")
def test_a_request_is_found_only_in_its_own_group(client_for, cast, make, app) -> None:
    send(client_for(cast.ben), f"/groups/{cast.group_id}/join", answer="Hello")
    lee = make.member("Lee")
    other = make.group("Another", owner=lee)
    page = f"/groups/{other}/asking/{knock_id(app)}"
    assert client_for(lee).get(page).status_code == 404


@pytest.mark.holds("F:F84")
def test_leaving_takes_one_press_and_so_does_coming_back(client_for, cast, make) -> None:
    mori, page = client_for(cast.mori), f"/groups/{cast.group_id}"
    assert make.actor(cast.mori).moderates(cast.group_id)
    door = send(mori, page, f"{page}/leave").headers["Location"]
    assert door == f"{page}/join"
    assert mori.get(page).status_code == 404
    assert f'action="{page}/come-back"' in mori.get(door).text
    for _ in range(2):
        assert send(mori, "/comfort", f"{page}/come-back").headers["Location"] == page
    assert mori.get(page).status_code == 200
    assert make.actor(cast.mori).roles[cast.group_id] == {Role.MEMBER}


@pytest.mark.holds("asvs:2")
def test_nobody_comes_back_who_has_not_just_left_here(client_for, cast, make) -> None:
    ana, page = client_for(cast.ana), f"/groups/{cast.group_id}"
    other = make.group("Another", members=[cast.ana])
    for group_id in (cast.group_id, other):
        send(ana, "/comfort", f"/groups/{group_id}/leave")
    for browser in (ana, client_for(cast.ana), client_for(cast.ben)):
        assert "Would you like to join?" in browser.get(f"{page}/join").text
        assert send(browser, "/comfort", f"{page}/come-back").status_code == 404
    assert not make.actor(cast.ana).belongs_to(cast.group_id)


@pytest.mark.parametrize("declined", [True, False])
def test_whoever_asked_since_and_was_declined_does_not_come_back(
    client_for, cast, make, app, clock, declined
) -> None:
    ana, page = client_for(cast.ana), f"/groups/{cast.group_id}"
    send(ana, page, f"{page}/leave")
    clock.pass_by(minutes=1)
    send(client_for(cast.ana), f"{page}/join", answer="I’d like to be here again.")
    if declined:
        asked = f"{page}/asking/{knock_id(app)}"
        assert send(client_for(cast.mori), asked, answer="no", words="Not now.").status_code == 302
    seen = ana.get(f"{page}/join").text
    assert (f'action="{page}/come-back"' in seen) is not declined
    assert ("Would you like to join?" in seen) is declined
    back = send(ana, "/comfort", f"{page}/come-back")
    assert back.status_code == (404 if declined else 302)
    assert make.actor(cast.ana).belongs_to(cast.group_id) is not declined


def test_what_the_group_answered_before_does_not(client_for, cast, make, app, clock) -> None:
    ben, page = client_for(cast.ben), f"/groups/{cast.group_id}"
    send(ben, f"{page}/join", answer="Hello.")
    send(client_for(cast.mori), f"{page}/asking/{knock_id(app)}", answer="no", words="Not now.")
    clock.pass_by(minutes=1)
    send(ben, f"{page}/join", answer="Hello again.")
    send(client_for(cast.mori), f"{page}/asking/{knock_id(app)}", answer="yes", words="Yes.")
    send(ben, page, f"{page}/leave")
    assert send(ben, f"{page}/join", f"{page}/come-back").headers["Location"] == page
    assert make.actor(cast.ben).belongs_to(cast.group_id)


def test_whoever_is_kept_from_it_meanwhile_does_not_come_back(client_for, cast, make) -> None:
    ana, page = client_for(cast.ana), f"/groups/{cast.group_id}"
    post_id = make.reply(make.thread(cast.group_id, cast.hana), cast.ana)
    item_id = make.report(post_id, cast.mori, "sexual")
    send(ana, page, f"{page}/leave")
    make.sanction(item_id, cast.hana, SanctionKind.BAN, 90)
    assert send(ana, "/comfort", f"{page}/come-back").status_code == 404
    assert not make.actor(cast.ana).belongs_to(cast.group_id)


def test_the_built_in_group_has_no_way_out(client_for, cast, make) -> None:
    ana, page = client_for(cast.ana), f"/groups/{make.everyone()}"
    assert "Leave this group" not in ana.get(page).text
    assert send(ana, "/comfort", f"{page}/leave").status_code == 409


def test_an_owner_says_who_does_what(client_for, cast, make) -> None:
    page = f"/groups/{cast.group_id}/roles/{cast.ana.id}"
    answer = send(client_for(cast.hana), page, roles=["facilitator", "moderator"])
    assert answer.headers["Location"] == f"/groups/{cast.group_id}/roles"
    assert make.actor(cast.ana).moderates(cast.group_id)
    assert "facilitator and moderator" in client_for(cast.hana).get(f"/groups/{cast.group_id}").text


@pytest.mark.holds("moderation:24")
def test_whoever_gives_a_role_has_just_come_in(client_for, cast, make, clock) -> None:
    page, browser = f"/groups/{cast.group_id}/roles/{cast.ana.id}", client_for(cast.hana)
    form = {"csrf_token": token(browser, page), "roles": ["owner"]}
    clock.pass_by(minutes=16)
    seen = browser.get(page).text
    assert COME_IN_FIRST.text in seen
    assert f'action="{page}"' not in seen
    assert browser.post(page, data=form).status_code == 403
    assert not make.actor(cast.ana).owns(cast.group_id)


def test_the_page_of_somebodys_roles_says_what_was_changed_before(client_for, cast) -> None:
    page = f"/groups/{cast.group_id}/roles/{cast.ana.id}"
    send(client_for(cast.hana), page, roles=["facilitator"])
    assert "Facilitator, by Hana today" in client_for(cast.hana).get(page).text


def test_the_page_of_somebodys_roles_takes_five_statements(client_for, cast, cost) -> None:
    browser = client_for(cast.hana)
    cost.statements.clear()
    browser.get(f"/groups/{cast.group_id}/roles/{cast.ana.id}")
    assert int(cost) == 5


def test_a_role_we_do_not_know_is_not_given(client_for, cast) -> None:
    page = f"/groups/{cast.group_id}/roles/{cast.ana.id}"
    assert send(client_for(cast.hana), page, roles="king").status_code == 422


def test_an_admin_finds_somebody_by_address_in_the_built_in_group(client_for, cast, make) -> None:
    admin, page = client_for(make.staff("Lee", Staff.ADMIN)), f"/groups/{make.everyone()}/roles"
    found = send(admin, page, email="BEN@example.org")
    assert found.headers["Location"] == f"{page}/{cast.ben.id}"
    unknown = send(admin, page, email="nobody@example.org")
    assert unknown.status_code == 422
    assert "We don’t know a member with this address" in unknown.text


@pytest.mark.holds("promise:10")
def test_an_owner_can_not_find_out_whose_an_address_is(client_for, cast) -> None:
    page = f"/groups/{cast.group_id}/roles"
    for address in ("ben@example.org", "nobody@example.org"):
        answer = send(client_for(cast.hana), "/comfort", page, email=address)
        assert answer.status_code == 200
        assert address not in answer.text
        assert "We don’t know" not in answer.text
