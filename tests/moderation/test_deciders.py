"""Who decides at all: owners too, nobody who is held back, nobody who keeps apart from a side or
said that it isn’t for them."""

from dataclasses import replace

import pytest
from hypothesis import given
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor, Role
from community.core.db import db
from community.moderation.models import AuditEvent
from community.moderation.rules.case import Case, Outcome, actions_for, may_open_case
from community.moderation.rules.claims import NOBODY_ELSE, may_pass_on
from community.moderation.rules.reasons import Scope
from tests.moderation.test_actions import queued
from tests.moderation.test_rules import (
    NOON,
    case,
    cases,
    moderator,
    people,
    person,
    platform_moderator,
)
from tests.pages import send

# The rules


def test_whoever_owns_a_group_decides_in_it_as_its_moderators_do() -> None:
    owner = person(roles=frozenset({Role.MEMBER, Role.OWNER}))
    item = case(owner.id)
    assert actions_for(item, owner, NOON) == actions_for(item, moderator(), NOON) != frozenset()
    assert item.acted_for(owner, NOON) is Scope.GROUP


@pytest.mark.holds("moderation:1", "moderation:2")
@given(cases, people)
def test_nobody_decides_about_somebody_they_keep_apart_from(item: Case, actor: Actor) -> None:
    chosen = replace(item, apart=frozenset({actor.id}))
    passed = replace(item, passed=frozenset({actor.id}))
    for each in (chosen, passed):
        assert actions_for(each, actor, NOON) == frozenset()
        assert not may_open_case(actor, each, NOON)
    if item.moderators <= {actor.id}:
        assert chosen.scope_at(NOON) is Scope.PLATFORM


@pytest.mark.holds("moderation:1")
def test_from_whom_the_author_keeps_apart_does_not_decide_while_anybody_else_is_left() -> None:
    mori, pat, lea = moderator(), platform_moderator(), platform_moderator()
    item = replace(
        case(mori.id, scope=Scope.BOTH),
        site=frozenset({pat.id, lea.id}),
        kept_away=frozenset({mori.id, pat.id}),
    )
    assert not actions_for(item, mori, NOON)
    assert not actions_for(item, pat, NOON)
    assert actions_for(item, lea, NOON)
    from_all = replace(item, kept_away=item.kept_away | {lea.id})
    assert from_all.scope_at(NOON) is Scope.PLATFORM
    assert not actions_for(from_all, mori, NOON)
    assert actions_for(from_all, pat, NOON)
    assert actions_for(from_all, lea, NOON)
    chosen_too = replace(from_all, apart=frozenset({pat.id}))
    assert not actions_for(chosen_too, pat, NOON)


def test_somebody_says_that_it_is_not_for_them_as_long_as_anybody_is_left() -> None:
    mori, marta = moderator(), moderator()
    assert may_pass_on(mori, case(mori.id, marta.id), NOON)
    alone = case(mori.id)
    assert may_pass_on(mori, alone, NOON).reason is NOBODY_ELSE
    assert may_pass_on(mori, replace(alone, site=frozenset({marta.id})), NOON)
    assert may_pass_on(person(), alone, NOON).reason.status == 404


# As it is kept


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim")


@pytest.mark.holds("moderation:1")
@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize("side", ["ana", "ben"])
def test_keeping_apart_from_the_author_or_a_reporter_takes_it_out_of_ones_queue(
    cast, make, client_for, clock, item_id, side, chosen
) -> None:
    other = getattr(cast, side)
    first, second = (cast.mori, other) if chosen else (other, cast.mori)
    assert queued(make, cast.mori.id, clock) == ([item_id], 0)
    make.kept_apart(first, second)
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert queued(make, cast.marta.id, clock) == ([item_id], 0)
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    assert browser.get(page).status_code == 404
    assert send(browser, "/calls", f"{page}/claim").status_code == 404


@pytest.mark.holds("moderation:2")
@pytest.mark.parametrize(
    "kind", [each for each in SanctionKind if each not in {"warning", "circles"}]
)
def test_whoever_is_held_back_is_nobody_who_could_decide(cast, make, clock, item_id, kind) -> None:
    for each in (cast.mori, cast.marta):
        make.held_back(each, kind, cast.group_id)
        assert queued(make, cast.pat.id, clock) == ([], 0)
    make.held_back(make.owner(cast.group_id), kind, cast.group_id)
    assert queued(make, cast.pat.id, clock) == ([item_id], 0)
    clock.pass_by(days=7)  # it is over by the clock
    assert queued(make, cast.mori.id, clock) == ([item_id], 0)
    assert queued(make, cast.pat.id, clock) == ([], 0)


@pytest.mark.holds("moderation:2")
def test_what_nobody_left_in_the_group_is_for_goes_up_by_itself(
    cast, make, client_for, clock, item_id
) -> None:
    page = f"/moderation/{item_id}"
    for who in (cast.mori, cast.marta, make.owner(cast.group_id)):
        browser = client_for(who)
        assert "It isn’t for me" in browser.get(page).text
        assert queued(make, cast.pat.id, clock) == ([], 0)
        assert send(browser, page, f"{page}/pass-on").location == "/moderation"
        assert browser.get(page).status_code == 404
        assert queued(make, who.id, clock) == ([], 0)
    assert queued(make, cast.pat.id, clock) == ([item_id], 0)
    with make.app.app_context():
        passed = select(AuditEvent.before).where(AuditEvent.action == "passed-on")
        assert list(db.session.scalars(passed)) == ["open"] * 3


def test_an_owner_decides_in_their_group(cast, make, client_for, clock, item_id) -> None:
    owner = make.owner(cast.group_id)
    assert queued(make, owner.id, clock) == ([item_id], 0)
    make.decision(item_id, owner, Outcome.REMOVE)
    assert queued(make, owner.id, clock) == ([], 0)
    assert queued(make, make.owner(cast.group_id).id, clock) == ([], 0)
