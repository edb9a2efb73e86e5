"""Who decides about what: truth tables, and what always holds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Staff, Standing
from community.moderation.rules.case import (
    HIDING,
    OUTCOMES,
    Case,
    Outcome,
    Target,
    actions_for,
    hidden_until,
    may_decide,
    may_open_case,
)
from community.moderation.rules.reasons import (
    REASON_GROUPS,
    REASONS,
    Keeps,
    ReportReason,
    Scope,
    Severity,
    opening_scope,
    risen,
    worse,
)
from community.moderation.rules.reporting import may_report, may_report_share
from community.threads.rules.posts import PostState, Written

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP, ELSEWHERE = uuid4(), uuid4()
PEOPLE = [uuid4() for _ in range(5)]


def person(
    person_id: UUID | None = None,
    *,
    roles: frozenset[Role] = frozenset({Role.MEMBER}),
    group: UUID = GROUP,
    staff: frozenset[Staff] = frozenset(),
) -> Actor:
    return Actor(
        id=person_id or uuid4(),
        name="Mori",
        standing=Standing.ACTIVE,
        staff=staff,
        roles=MappingProxyType({group: roles}),
        has_agreed=True,
    )


def moderator(person_id: UUID | None = None, group: UUID = GROUP) -> Actor:
    return person(person_id, roles=frozenset({Role.MEMBER, Role.MODERATOR}), group=group)


def platform_moderator(person_id: UUID | None = None) -> Actor:
    return person(person_id, staff=frozenset({Staff.PLATFORM_MODERATOR}))


def case(
    *moderators: UUID,
    author: UUID | None = None,
    reporters: frozenset[UUID] = frozenset(),
    scope: Scope = Scope.GROUP,
    severity: Severity = Severity.HARM,
    hidden_at: datetime | None = None,
    is_open: bool = True,
    about: Target = Target.POST,
    was_there: frozenset[UUID] = frozenset(),
) -> Case:
    return Case(
        group_id=GROUP,
        scope=scope,
        severity=severity,
        author_id=author or uuid4(),
        reporters=reporters or frozenset({uuid4()}),
        reports=len(reporters) or 1,
        moderators=frozenset(moderators),
        hidden_at=hidden_at,
        is_open=is_open,
        version=3,
        about=about,
        was_there=was_there,
    )


cases = st.builds(
    Case,
    group_id=st.just(GROUP),
    scope=st.sampled_from(Scope),
    severity=st.sampled_from(Severity),
    author_id=st.none() | st.sampled_from(PEOPLE),
    reporters=st.frozensets(st.sampled_from(PEOPLE)),
    reports=st.integers(0, 3),
    moderators=st.frozensets(st.sampled_from(PEOPLE)),
    hidden_at=st.none() | st.just(NOON - HIDING) | st.just(NOON),
    is_open=st.booleans(),
    version=st.just(3),
    about=st.sampled_from(Target),
    was_there=st.frozensets(st.sampled_from(PEOPLE)),
)
people = st.builds(
    person,
    st.sampled_from(PEOPLE),
    roles=st.frozensets(st.sampled_from(Role)),
    group=st.sampled_from([GROUP, ELSEWHERE]),
    staff=st.frozensets(st.sampled_from(Staff)),
)


@pytest.mark.holds("promise:8", "moderation:1")
@given(cases, people)
def test_nobody_decides_about_their_own_words_what_they_reported_or_where_they_were(
    item: Case, actor: Actor
) -> None:
    if actor.id == item.author_id or actor.id in item.reporters | item.was_there:
        assert actions_for(item, actor, NOON) == frozenset()
        assert may_open_case(actor, item, NOON).reason is not None


@pytest.mark.holds("moderation:2")
@given(cases)
def test_with_nobody_left_in_the_group_the_platform_decides(item: Case) -> None:
    free = item.moderators - item.reporters - item.was_there - {item.author_id}
    if not free:
        assert item.scope_at(NOON) is Scope.PLATFORM
    if item.is_open:
        assert actions_for(item, platform_moderator(), NOON) or item.scope_at(NOON) is Scope.GROUP


@given(cases, people)
def test_only_who_moderates_the_group_or_the_platform_decides(item: Case, actor: Actor) -> None:
    if not actor.moderates(GROUP) and not actor.moderates_platform:
        assert actions_for(item, actor, NOON) == frozenset()


@pytest.mark.holds("moderation:11")
@given(cases, people)
def test_group_moderators_see_their_own_group_s_items_and_never_the_platform_s(
    item: Case, actor: Actor
) -> None:
    if actor.moderates_platform:
        return
    seen = may_open_case(actor, item, NOON)
    if seen:
        assert actor.moderates(item.group_id)
        assert item.scope_at(NOON) is not Scope.PLATFORM
    else:
        assert seen.reason.status == 404


@pytest.mark.holds("moderation:10")
@pytest.mark.parametrize("reason", REASONS.values(), ids=lambda reason: reason.id)
def test_reports_on_whoever_looks_after_a_group_open_at_the_level_above(reason) -> None:  # type: ignore[no-untyped-def]
    mori = uuid4()
    scope = opening_scope(reason, Keeps.GROUP)
    item = case(mori, uuid4(), author=mori, scope=scope, severity=reason.severity)
    assert not may_open_case(moderator(mori), item, NOON)
    assert not may_open_case(moderator(), item, NOON)
    assert may_open_case(platform_moderator(), item, NOON)


@pytest.mark.parametrize(
    ("severity", "comes_back"),
    [
        (Severity.CRISIS, False),
        (Severity.DANGER, False),
        (Severity.HARM, False),
        (Severity.RULE, True),
        (Severity.SPAM, True),
    ],
)
def test_after_72_hours_what_is_hidden_comes_back_or_goes_up(
    severity: Severity, comes_back: bool
) -> None:
    until = hidden_until(severity, NOON)
    assert until == (NOON + HIDING if comes_back else None)
    alone = case(uuid4(), severity=severity, hidden_at=NOON)
    item = replace(alone, site=frozenset({uuid4()}))
    just_before = NOON + HIDING - timedelta(seconds=1)
    assert item.scope_at(just_before) is Scope.GROUP
    expected = Scope.GROUP if comes_back else Scope.PLATFORM
    assert item.scope_at(NOON + HIDING) is expected
    assert alone.scope_at(NOON + HIDING) is Scope.GROUP  # nobody of the site could decide
    with_part = replace(item, passed=item.site)
    assert with_part.scope_at(NOON + HIDING) is Scope.GROUP


@pytest.mark.holds("moderation:3")
def test_a_decision_is_about_the_item_as_it_was_on_the_page() -> None:
    mori = moderator()
    item = case(mori.id)
    assert may_decide(mori, item, Outcome.KEEP, 3, NOON)
    assert may_decide(mori, item, Outcome.KEEP, 2, NOON).reason.code == "stale"
    assert may_decide(person(), item, Outcome.KEEP, 2, NOON).reason.status == 404


def test_something_is_hidden_once_and_then_decided() -> None:
    mori = moderator()
    assert actions_for(case(mori.id), mori, NOON) == OUTCOMES[Target.POST]
    hidden = case(mori.id, hidden_at=NOON)
    assert actions_for(hidden, mori, NOON) == OUTCOMES[Target.POST] - {Outcome.HIDE}
    assert may_decide(mori, hidden, Outcome.HIDE, 3, NOON).reason.status == 409
    assert actions_for(replace(hidden, is_open=False), mori, NOON) == frozenset()


@pytest.mark.holds("moderation:7")
def test_the_author_does_not_even_see_that_something_waits() -> None:
    mori = moderator()
    assert not case(mori.id, uuid4(), author=mori.id).waits_on_others(mori, NOON)
    reported = case(mori.id, uuid4(), reporters=frozenset({mori.id}))
    assert reported.waits_on_others(mori, NOON)


def test_who_may_read_a_post_may_report_it_but_not_their_own() -> None:
    ana = person()

    def written(author: UUID | None, state: PostState = PostState.PUBLISHED) -> Written:
        return Written(GROUP, author, state, None)

    assert may_report(ana, written(uuid4()), NOON)
    assert may_report(ana, written(None), NOON)
    assert may_report(ana, written(ana.id), NOON).reason.status == 403
    assert may_report(ana, written(uuid4(), PostState.REMOVED), NOON).reason.status == 404
    assert may_report(person(group=ELSEWHERE), written(uuid4()), NOON).reason.status == 404


SHARE = Target.SHARE


@pytest.mark.holds("moderation:1", "moderation:2", "moderation:11", "circle:13")
@pytest.mark.parametrize(
    ("who", "was_there", "colleague", "scope", "may"),
    [
        ("moderator", False, True, Scope.GROUP, True),
        ("moderator", True, True, Scope.GROUP, False),  # they were in that circle
        ("moderator", True, False, Scope.GROUP, False),
        ("moderator", False, True, Scope.PLATFORM, False),
        ("facilitator", False, True, Scope.GROUP, False),
        ("facilitator", True, True, Scope.GROUP, False),
        ("member", False, True, Scope.GROUP, False),
        ("platform", False, True, Scope.GROUP, False),
        ("platform", False, True, Scope.BOTH, True),
        ("platform", False, True, Scope.PLATFORM, True),
        ("platform", False, False, Scope.GROUP, True),  # nobody is left in the group
        ("platform", True, False, Scope.PLATFORM, False),
    ],
)
def test_who_opens_what_was_typed_in_a_circle(
    who: str, was_there: bool, colleague: bool, scope: Scope, may: bool
) -> None:
    actor = {
        "moderator": moderator,
        "facilitator": lambda: person(roles=frozenset({Role.MEMBER, Role.FACILITATOR})),
        "member": person,
        "platform": platform_moderator,
    }[who]()
    there = frozenset({actor.id}) if was_there else frozenset()
    moderators = {actor.id} if who == "moderator" else set()
    if colleague:
        moderators.add(uuid4())
    item = case(*moderators, scope=scope, about=SHARE, was_there=there)
    assert bool(may_open_case(actor, item, NOON)) is may
    assert actions_for(item, actor, NOON) == (OUTCOMES[SHARE] if may else frozenset())


def test_what_was_typed_in_a_circle_can_neither_be_hidden_nor_removed() -> None:
    mori = moderator()
    for outcome in (Outcome.HIDE, Outcome.REMOVE):
        refused = may_decide(mori, case(mori.id, about=SHARE), outcome, 3, NOON)
        assert refused.reason is not None
        assert refused.reason.status == 409
    assert not may_decide(mori, case(mori.id), Outcome.WARN, 3, NOON)


def test_one_s_own_share_is_nothing_to_report() -> None:
    ana = person()
    assert may_report_share(ana, uuid4())
    refused = may_report_share(ana, ana.id)
    assert refused.reason is not None
    assert refused.reason.status == 403


AS_DESIGNED = """
worried  crisis_self          crisis  both
worried  child                danger  platform  for leads
worried  threat_other         danger  platform
unkind   harassment           harm    group     repeated: harm both
unkind   disbelief            rule    group     repeated: harm group
unkind   sexual               harm    both
unkind   facilitator_conduct  harm    platform
unkind   not_listening        rule    group
medical  stop_treatment       danger  both
medical  medical_claim        harm    group
medical  graphic              rule    group     asks for a note
medical  flashing             rule    group
medical  promo_belief         rule    group
private  privacy_circle       harm    group     outside: harm both
private  privacy_id           harm    group     held at once
private  impersonate          harm    platform
other    promo                rule    group
other    research             rule    group
other    spam                 spam    group
other    illegal              danger  platform  asks for the law
other    other                rule    group
"""
"""Section (c) of design/moderation.md: the first press, the id, how grave it is, whose queue it
opens in, and what else it does."""


def test_every_reason_weighs_what_the_design_says_and_opens_in_its_queue() -> None:
    def more(reason: ReportReason) -> str:
        then = reason.rise and risen(reason, [reason.rise.when])
        also = {
            "for leads": reason.for_leads,
            "asks for a note": reason.asks_for_note,
            "held at once": reason.holds,
            "asks for the law": reason.asks_for_law,
        }
        rises = f"{reason.rise.when}: {then.severity} {then.scope}" if then and reason.rise else ""
        return " ".join([*(each for each, is_so in also.items() if is_so), rises])

    rows = [
        f"{group.slug} {reason.id} {reason.severity} {reason.scope} {more(reason)}".split()
        for group in REASON_GROUPS
        for reason in group.reasons
    ]
    assert rows == [row.split() for row in AS_DESIGNED.strip().splitlines()]


def test_two_presses_reach_every_reason() -> None:
    assert len(REASON_GROUPS) == 5
    assert all(1 <= len(group.reasons) <= 5 for group in REASON_GROUPS)
    assert len(REASONS) == sum(len(group.reasons) for group in REASON_GROUPS) == 21


@given(st.sampled_from(list(REASONS.values())), st.sampled_from(list(REASONS.values())))
def test_an_item_stands_under_its_gravest_reason(one, other) -> None:  # type: ignore[no-untyped-def]
    assert worse(one, other).severity.rank == min(one.severity.rank, other.severity.rank)
    assert worse(one, one) is one
