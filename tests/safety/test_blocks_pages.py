"""Keeping apart from somebody: the page before, the list, and the press that undoes it."""

from uuid import uuid4

import pytest

from community.core.actor import GUEST, Actor, Standing
from community.core.db import db
from community.safety.blocks.models import Block
from community.safety.blocks.rules import may_keep_apart
from tests.pages import send

LIST = "/apart"


@pytest.fixture
def ana(make):
    return make.member("Ana")


@pytest.fixture
def ben(make):
    return make.member("Ben")


@pytest.mark.holds("moderation:21")
@pytest.mark.parametrize("standing", Standing)
def test_any_member_may_keep_apart_from_anybody_else(standing):
    actor = Actor(uuid4(), "Ana", standing)
    assert bool(may_keep_apart(actor, uuid4())) is (standing is Standing.ACTIVE)
    assert not may_keep_apart(actor, actor.id)
    assert not may_keep_apart(GUEST, uuid4())


@pytest.mark.holds("moderation:21")
def test_the_page_says_what_it_does_and_one_press_does_it(client_for, letters, ana, ben):
    browser, page = client_for(ana), f"{LIST}/{ben.id}"
    asked = browser.get(page).text
    assert "Keep apart from Ben?" in asked
    assert "They aren’t told" in asked
    assert "Neither of you loses a seat" in asked
    answer = send(browser, page)
    assert answer.location == LIST
    listed = browser.get(LIST).text
    assert "You keep apart from Ben now. They aren’t told." in listed
    assert "Kept apart since" in listed
    assert letters() == []


@pytest.mark.holds("moderation:21", "promise:10")
def test_only_whoever_chose_it_sees_it(client_for, make, ana, ben):
    make.kept_apart(ana, ben)
    theirs = client_for(ben).get(LIST).text
    assert "There’s nobody here." in theirs
    assert "Ana" not in theirs


def test_one_press_undoes_it_and_nothing_of_the_other_s(client_for, make, ana, ben):
    make.kept_apart(ana, ben)
    make.kept_apart(ben, ana)
    browser = client_for(ana)
    for _ in range(2):
        assert send(browser, f"{LIST}/{ben.id}", f"{LIST}/{ben.id}/undo").location == LIST
    assert "You no longer keep apart from Ben." in browser.get(LIST).text
    assert ">Ben<" not in browser.get(LIST).text
    assert ">Ana<" in client_for(ben).get(LIST).text


def test_pressed_twice_it_is_kept_once(client_for, make, ana, ben):
    browser = client_for(ana)
    for _ in range(2):
        assert send(browser, f"{LIST}/{ben.id}").status_code == 302
    assert make.done(lambda: db.session.query(Block).count()) == 1


@pytest.mark.parametrize(
    ("back", "leads_to"),
    [("/topics", "/topics"), ("//elsewhere.example", LIST), ("https://elsewhere.example", LIST)],
)
def test_it_leads_back_to_where_somebody_was_and_never_away_from_here(
    client_for, ana, ben, back, leads_to
):
    browser, page = client_for(ana), f"{LIST}/{ben.id}"
    assert f'href="{leads_to}"' in browser.get(page, query_string={"back": back}).text
    assert send(browser, page, back=back).location == leads_to


@pytest.mark.holds("asvs:2")
def test_nobody_keeps_apart_from_themselves_or_from_whoever_is_not_there(client_for, make, ana):
    browser = client_for(ana)
    nameless = make.arriving("new@example.org")
    for account_id in (ana.id, nameless.id, uuid4()):
        page = f"{LIST}/{account_id}"
        assert browser.get(page).status_code == 404
        assert send(browser, "/comfort", page).status_code == 404


@pytest.mark.holds("asvs:1")
def test_guests_are_asked_to_sign_in(client_for, ben):
    for page in (LIST, f"{LIST}/{ben.id}"):
        assert "/sign-in" in client_for().get(page).location


def test_comfort_settings_lead_to_the_list(client_for, ana):
    assert f'href="{LIST}"' in client_for(ana).get("/comfort").text


@pytest.mark.parametrize("people", [1, 40])
def test_the_list_costs_the_same_however_long_it_is(client_for, make, cost, ana, people):
    for number in range(people):
        make.kept_apart(ana, make.member(f"Member {number}"))
    browser = client_for(ana)
    cost.statements.clear()
    assert browser.get(LIST).text.count("Kept apart since") == people
    assert int(cost) == 3


@pytest.mark.holds("moderation:21")
def test_it_holds_in_both_directions(make, ana, ben):
    noor, sam = make.member("Noor"), make.member("Sam")
    for keeps, other in ((ana, ben), (ben, ana), (noor, ana)):
        make.kept_apart(keeps, other)
    assert make.actor(ana).apart == {ben.id, noor.id}
    assert make.actor(ben).apart == make.actor(noor).apart == {ana.id}
    assert make.actor(sam).apart == frozenset()
    assert not make.actor(ben).meets(ana.id)
    assert make.actor(ben).meets(noor.id)
    assert make.actor(ben).meets(None)
