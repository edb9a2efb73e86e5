"""Who may take which step of the ladder: the table of moderation, row by row, and what always
holds."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.sanctions.rules import SanctionKind, bounds, is_in_force
from community.core.actor import FREE, FRESH, Actor, Role, Staff
from community.core.verdict import NOT_FOUND
from community.moderation.rules.case import IN_OTHER_HANDS, Claim, Target
from community.moderation.rules.reasons import Scope
from community.moderation.sanctions.rules import (
    ALONE,
    LADDER,
    LEVEL_ABOVE,
    OWN_PROPOSAL,
    SIGN_IN_AGAIN,
    Proposal,
    Second,
    Step,
    Subject,
    may_answer,
    may_decide_so,
    may_lift,
    may_sanction,
    second,
    steps_for,
)
from tests.moderation.test_rules import GROUP, NOON, case, cases, people, person

ANA = uuid4()
WRITER = Subject(ANA, "Ana")
MODERATES = frozenset({Role.MEMBER, Role.MODERATOR})
WARNING, CIRCLES, MUTE, BAN, LIMIT, SUSPEND = SanctionKind


def here(actor: Actor) -> Actor:
    """They have just come in."""
    return replace(actor, signed_in_at=NOON)


MEMBER = here(person())
FACILITATOR = here(person(roles=frozenset({Role.MEMBER, Role.FACILITATOR})))
MODERATOR = here(person(roles=MODERATES))
OWNER = here(person(roles=MODERATES | {Role.OWNER}))
PLATFORM = here(person(staff=frozenset({Staff.PLATFORM_MODERATOR})))
LEAD = here(person(staff=frozenset({Staff.SAFETY_LEAD})))
ADMIN = here(person(staff=frozenset({Staff.ADMIN})))

NO, YES_, ASKS = "no", "yes", "asks a second person"


def may(actor: Actor, step: Step, scope: Scope, subject: Subject = WRITER) -> str:
    item = case(MODERATOR.id, OWNER.id, author=ANA, scope=scope)
    if not may_sanction(actor, item, subject, step, NOON):
        return NO
    return ASKS if second(actor, item, step, NOON) else YES_


@pytest.mark.holds("moderation:1", "moderation:11")
@pytest.mark.parametrize(
    ("kind", "days", "in_group", "by_owner", "on_site", "by_lead"),
    [
        (WARNING, 90, YES_, YES_, YES_, YES_),
        (CIRCLES, 1, YES_, YES_, YES_, YES_),
        (CIRCLES, 2, NO, NO, NO, NO),
        (MUTE, 1, YES_, YES_, YES_, YES_),
        (MUTE, 14, YES_, YES_, YES_, YES_),
        (MUTE, 15, NO, NO, NO, NO),
        (BAN, 90, ASKS, YES_, YES_, YES_),
        (LIMIT, 7, NO, NO, YES_, YES_),
        (LIMIT, 90, NO, NO, ASKS, YES_),
        (SUSPEND, 30, NO, NO, YES_, YES_),
        (SUSPEND, 90, NO, NO, ASKS, YES_),
        (SUSPEND, 365, NO, NO, ASKS, YES_),
    ],
)
def test_each_step_is_for_whom_the_table_says(
    kind: SanctionKind, days: int, in_group: str, by_owner: str, on_site: str, by_lead: str
) -> None:
    step = Step(kind, days)
    for nobody in (MEMBER, FACILITATOR, ADMIN):
        assert {may(nobody, step, scope) for scope in Scope} == {NO}
    assert may(MODERATOR, step, Scope.GROUP) == may(MODERATOR, step, Scope.BOTH) == in_group
    assert may(OWNER, step, Scope.GROUP) == may(OWNER, step, Scope.BOTH) == by_owner
    assert may(MODERATOR, step, Scope.PLATFORM) == may(OWNER, step, Scope.PLATFORM) == NO
    assert may(PLATFORM, step, Scope.BOTH) == may(PLATFORM, step, Scope.PLATFORM) == on_site
    assert may(LEAD, step, Scope.BOTH) == may(LEAD, step, Scope.PLATFORM) == by_lead
    assert may(PLATFORM, step, Scope.GROUP) == may(LEAD, step, Scope.GROUP) == NO


@pytest.mark.holds("moderation:10")
def test_about_whoever_looks_after_others_the_level_above_decides() -> None:
    step = Step(MUTE, 7)
    keeper = replace(WRITER, keeps_group=True)
    assert may(OWNER, step, Scope.BOTH, keeper) == NO
    assert may(PLATFORM, step, Scope.BOTH, keeper) == YES_
    for role in Staff:
        staff = replace(WRITER, staff=frozenset({role}))
        assert may(PLATFORM, step, Scope.PLATFORM, staff) == NO
        assert may(LEAD, step, Scope.PLATFORM, staff) == YES_
    item = case(MODERATOR.id, author=ANA)
    assert may_sanction(MODERATOR, item, keeper, step, NOON).reason is LEVEL_ABOVE


@pytest.mark.holds("moderation:24")
def test_suspending_asks_that_somebody_has_just_come_in() -> None:
    item, step = case(author=ANA, scope=Scope.PLATFORM), Step(SUSPEND, 7)
    for came_in, allowed in ((NOON - FRESH, True), (NOON - FRESH * 2, False), (None, False)):
        actor = replace(PLATFORM, signed_in_at=came_in)
        verdict = may_sanction(actor, item, WRITER, step, NOON)
        assert bool(verdict) is allowed
        assert verdict.reason is (None if allowed else SIGN_IN_AGAIN)
        assert may_sanction(actor, item, WRITER, Step(LIMIT, 7), NOON)
        proposed = Proposal(Step(SUSPEND, 365), Second.APPROVER, uuid4(), is_answered=False)
        agreed = may_answer(actor, item, WRITER, proposed, NOON)
        assert agreed.reason is (None if allowed else SIGN_IN_AGAIN)


@pytest.mark.holds("promise:8", "moderation:1")
@given(cases, people)
def test_nobody_decides_about_a_person_where_they_had_a_part(item, actor: Actor) -> None:
    actor = here(actor)
    subject = Subject(item.author_id, "Ana") if item.author_id else None
    if actor.id in item.took_part_in or not item.is_open:
        assert not steps_for(actor, item, subject, NOON)
    for step in LADDER:
        proposed = Proposal(step, Second.OWNER, uuid4(), is_answered=False)
        if actor.id in item.took_part_in:
            assert may_answer(actor, item, subject, proposed, NOON).reason is NOT_FOUND
            assert not may_lift(actor, item, subject, step.kind, NOON)


@given(cases, people)
def test_what_is_offered_is_what_is_taken(item, actor: Actor) -> None:
    actor = here(actor)
    subject = Subject(item.author_id or ANA, "Ana")
    offered = steps_for(actor, item, subject, NOON)
    for step in LADDER:
        taken = may_decide_so(actor, item, subject, step, item.version, NOON)
        assert bool(taken) is (step in offered)
        assert not may_decide_so(actor, item, subject, step, item.version - 1, NOON)


@given(cases, people)
def test_nobody_suspends_somebody_for_long_by_themselves_but_a_safety_lead(
    item, actor: Actor
) -> None:
    subject = Subject(item.author_id or ANA, "Ana")
    for step, needs in steps_for(here(actor), item, subject, NOON).items():
        if step.kind.is_of_site and step.days > ALONE:
            assert needs is Second.APPROVER or Staff.SAFETY_LEAD in actor.staff


@pytest.mark.parametrize(
    ("needs", "kind", "who"),
    [
        (Second.OWNER, BAN, {"owner", "site", "lead"}),
        (Second.APPROVER, SUSPEND, {"site", "lead"}),
    ],
)
def test_a_proposal_is_answered_by_somebody_else_who_may_decide_it(
    needs: Second, kind: SanctionKind, who: set[str]
) -> None:
    item = case(MODERATOR.id, author=ANA, scope=Scope.BOTH)
    proposed = Proposal(Step(kind, 90), needs, uuid4(), is_answered=False)
    asked = {"member": MEMBER, "moderator": MODERATOR, "owner": OWNER, "site": PLATFORM}
    asked |= {"lead": LEAD, "admin": ADMIN}
    can = {name for name, one in asked.items() if may_answer(one, item, WRITER, proposed, NOON)}
    assert can == who
    for one in (OWNER, PLATFORM):
        own = replace(proposed, by=one.id)
        if may_answer(one, item, WRITER, proposed, NOON):
            assert may_answer(one, item, WRITER, own, NOON).reason is OWN_PROPOSAL
    assert not may_answer(LEAD, item, WRITER, replace(proposed, is_answered=True), NOON)


def test_nobody_decides_what_is_in_somebody_elses_hands() -> None:
    claim = Claim(uuid4(), "Marta", NOON + timedelta(minutes=5))
    item = replace(case(MODERATOR.id, author=ANA), claim=claim)
    assert may_sanction(MODERATOR, item, WRITER, Step(MUTE, 1), NOON).reason is IN_OTHER_HANDS


def test_for_a_share_the_decision_about_the_words_is_the_warning() -> None:
    item = case(MODERATOR.id, author=ANA, about=Target.SHARE)
    offered = steps_for(MODERATOR, item, WRITER, NOON)
    assert {step.kind for step in offered} == {CIRCLES, MUTE, BAN}


@pytest.mark.holds("moderation:14")
@given(st.sampled_from(LADDER))
def test_every_step_has_an_end_or_a_day_when_somebody_looks_again(step: Step) -> None:
    assert step.until(NOON) > NOON
    assert step.ends_by_itself is (step.kind is not BAN)
    assert Step.read(str(step)) == step
    if step.kind is MUTE:
        assert step.until(NOON) <= NOON + timedelta(days=14)


@pytest.mark.holds("moderation:14")
def test_what_has_an_end_is_over_by_the_clock_and_by_nothing_else() -> None:
    assert is_in_force(NOON, None, NOON - timedelta(seconds=1))
    assert not is_in_force(NOON, None, NOON)
    assert is_in_force(None, None, NOON + timedelta(days=4000))
    assert not is_in_force(None, NOON, NOON)


@given(st.lists(st.tuples(st.sampled_from(SanctionKind), st.sampled_from([GROUP, UUID(int=7)]))))
def test_what_somebody_is_kept_from_is_all_that_is_in_force_together(held) -> None:
    found = bounds(held)
    assert found.is_suspended is any(kind is SUSPEND for kind, _ in held)
    assert found.is_limited is any(kind is LIMIT for kind, _ in held)
    assert found.muted == {group for kind, group in held if kind is MUTE}
    assert found.out_of_circles == {group for kind, group in held if kind is CIRCLES}
    assert found.barred == {group for kind, group in held if kind is BAN}
    if all(kind is WARNING for kind, _ in held):
        assert found == FREE
