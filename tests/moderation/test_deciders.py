"""Who decides at all: owners too, nobody who is held back, nobody who keeps apart from a side or
said that it isn’t for them."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.calls.models import Call
from community.core.actor import Actor, Role, Staff
from community.core.db import db
from community.moderation.models import AuditEvent, Decision
from community.moderation.opinions.rules import who_is_asked
from community.moderation.rules.case import Case, Outcome, actions_for, may_open_case
from community.moderation.rules.claims import NOBODY_ELSE, may_pass_on
from community.moderation.rules.reasons import Scope
from community.threads import actions as threads_actions
from community.threads.models import Post, Thread, ThreadReader
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
from tests.threads.test_answers import answer

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


# Whoever it speaks to, and whoever was in the circle of its thread


@pytest.mark.holds("moderation:1")
def test_whoever_is_named_decides_only_when_nobody_else_of_the_site_is_left() -> None:
    mori, pat, lea = moderator(), platform_moderator(), platform_moderator()
    item = replace(
        case(mori.id, scope=Scope.BOTH),
        site=frozenset({pat.id, lea.id}),
        named=frozenset({mori.id, pat.id}),
    )
    assert item.scope_at(NOON) is Scope.PLATFORM
    assert not actions_for(item, mori, NOON)
    assert not actions_for(item, pat, NOON)
    assert actions_for(item, lea, NOON)
    all_named = replace(item, named=item.named | {lea.id})  # nobody names themselves out of it
    assert actions_for(all_named, pat, NOON)
    assert not actions_for(all_named, mori, NOON)


@pytest.mark.holds("moderation:1", "moderation:2")
@pytest.mark.parametrize("how", ["named", "answered", "named unnamed"])
def test_whoever_is_named_or_answered_in_it_does_not_decide(
    cast, make, client_for, clock, how
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    words = "Whoever says that has no idea, @Mori."
    if how == "answered":
        answered, words = make.reply(thread_id, cast.mori, "Please ask your doctor."), "No idea."
        post_id = answer(make, cast.ana, thread_id, answered, words=words)
    elif how == "named unnamed":
        theirs = make.reply(thread_id, cast.mori, "Please ask your doctor.", unnamed=True)
        with make.app.app_context():
            pseudonym = db.session.get_one(Post, theirs).pseudonym
        post_id = make.reply(thread_id, cast.ana, f"No idea, @{pseudonym}.")
    else:
        post_id = make.reply(thread_id, cast.ana, words)
    item_id = make.report(post_id, cast.ben)
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert client_for(cast.mori).get(f"/moderation/{item_id}").status_code == 404
    assert queued(make, cast.marta.id, clock) == ([item_id], 0)


@pytest.mark.holds("moderation:1")
def test_a_name_that_came_in_later_counts_too_and_one_that_went_stays(cast, make, clock) -> None:
    post_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana, "No idea, @Mori.")
    item_id = make.report(post_id, cast.ben)
    make.done(
        lambda: threads_actions.edit(cast.ana, post_id, "No idea, @Marta.", 1, now=clock.now())
    )
    make.report(post_id, cast.hana)
    owner = make.owner(cast.group_id)
    assert queued(make, owner.id, clock) == ([item_id], 0)
    for who in (cast.mori, cast.marta):
        assert queued(make, who.id, clock) == ([], 0)


@pytest.mark.holds("moderation:1")
def test_whoever_was_in_a_circle_does_not_decide_about_its_own_thread(
    cast, make, client_for, clock
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    post_id = make.reply(thread_id, cast.ana, "Just stop the tablets now.")
    call_id = make.call(cast.group_id, cast.hana)

    def of_circle() -> None:
        thread = db.session.get_one(Thread, thread_id)
        thread.circle_id, thread.erase_at = call_id, clock.now() + timedelta(days=14)
        db.session.get_one(Call, call_id).co_facilitator_id = cast.mori.id
        for who in (cast.ana, cast.ben, cast.mori):
            db.session.add(ThreadReader(thread_id=thread_id, account_id=who.id))

    make.done(of_circle)
    item_id = make.report(post_id, cast.ben)
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert client_for(cast.mori).get(f"/moderation/{item_id}").status_code == 404
    assert queued(make, cast.marta.id, clock) == ([item_id], 0)


# About those who work for the site


@pytest.mark.holds("moderation:10")
def test_above_the_sites_moderators_are_its_leads_as_long_as_one_is_free() -> None:
    pat, petra = platform_moderator(), platform_moderator()
    lea = person(staff=frozenset({Staff.SAFETY_LEAD}))
    item = replace(
        case(scope=Scope.PLATFORM, author=pat.id),
        for_leads=True,
        site=frozenset({pat.id, petra.id, lea.id}),
        leads=frozenset({lea.id}),
    )
    assert actions_for(item, lea, NOON)
    for peer in (pat, petra):
        assert not item.is_for(peer, NOON)
        assert may_open_case(peer, item, NOON).reason.status == 404
    about_her = replace(item, author_id=lea.id)
    assert actions_for(about_her, petra, NOON)
    assert not actions_for(about_her, lea, NOON)
    assert who_is_asked(lea, replace(item, leads=frozenset({lea.id})), NOON) == frozenset()


@pytest.mark.holds("moderation:10", "moderation:23")
@pytest.mark.parametrize("about", ["words", "person"])
def test_peers_of_whoever_is_reported_find_nothing_and_a_lead_decides(
    cast, make, client_for, clock, about
) -> None:
    petra = make.staff("Petra", Staff.PLATFORM_MODERATOR)
    lea, lia = (make.staff(name, Staff.SAFETY_LEAD) for name in ("Lea", "Lia"))
    if about == "person":
        item_id = make.report_person(cast.pat, cast.ben, group_id=make.everyone())
    else:
        thread_id = make.thread(make.everyone(), cast.pat)
        item_id = make.report(make.opening(thread_id), cast.ben)
    page = f"/moderation/{item_id}"
    for who in (cast.pat, petra):
        browser = client_for(who)
        assert queued(make, who.id, clock) == ([], 0)
        for place in (page, f"{page}/person", f"{page}/reporters"):
            assert browser.get(place).status_code == 404
        assert send(browser, "/calls", f"{page}/claim").status_code == 404
    assert queued(make, lea.id, clock)[0] == [item_id]
    make.decision(item_id, lea, Outcome.KEEP)
    with make.app.app_context():
        decided = db.session.scalars(select(Decision)).one()
        assert decided.scope is Scope.PLATFORM
        another = f"/decisions/{decided.id}/another-look"
    send(client_for(cast.ben), another, words="It goes on.")
    assert "/moderation/appeals/" not in client_for(petra).get("/moderation").text
    assert "/moderation/appeals/" in client_for(lia).get("/moderation").text


@pytest.mark.holds("moderation:10")
def test_about_the_only_lead_the_others_of_the_site_decide(cast, make, clock) -> None:
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    item_id = make.report_person(lea, cast.ben, group_id=make.everyone())
    assert queued(make, lea.id, clock) == ([], 0)
    assert queued(make, cast.pat.id, clock)[0] == [item_id]
    make.staff("Lia", Staff.SAFETY_LEAD)
    assert queued(make, cast.pat.id, clock) == ([], 0)


@pytest.mark.holds("moderation:10")
def test_worry_about_somebody_young_is_for_the_leads(cast, make, reply_id, clock) -> None:
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    make.report(reply_id, cast.hana, "spam")
    item_id = make.report(reply_id, cast.ben, "child")
    assert queued(make, cast.pat.id, clock) == ([], 0)
    assert queued(make, lea.id, clock)[0] == [item_id]
