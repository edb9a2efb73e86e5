"""Who may open, join, leave and look after a group: truth tables."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.rules import COME_IN_FIRST
from community.core.actor import GUEST, Actor, Role, Staff, Standing
from community.core.verdict import NOT_FOUND, NOT_YOURS, STALE
from community.groups.rules import (
    ALREADY_ASKED,
    ALREADY_IN,
    EVERYBODY_IS_IN,
    EVERYBODYS,
    HAND_OVER_FIRST,
    NOT_ABOUT_YOURSELF,
    NOT_FOR_YOURSELF,
    NOT_INVITING,
    GroupState,
    RequestState,
    keeps_an_owner,
    may_appoint,
    may_ask_to_join,
    may_ask_to_open,
    may_come_back,
    may_come_in,
    may_decide_joining,
    may_decide_opening,
    may_give,
    may_invite,
    may_leave,
    may_see_joining,
    may_see_openings,
)
from community.safety.rules import GUIDELINES_FIRST

HERE = uuid4()


def somebody(*roles: Role, staff: Staff | None = None, agreed: bool = True) -> Actor:
    held = {HERE: frozenset({Role.MEMBER, *roles})} if roles else {}
    return Actor(
        uuid4(),
        "Somebody",
        Standing.ACTIVE,
        staff=frozenset({staff} if staff else ()),
        roles=held,
        has_agreed=agreed,
    )


ARRIVING = Actor(uuid4(), "", Standing.ARRIVING)
STRANGER = somebody()
NEW = somebody(agreed=False)
MEMBER = somebody(Role.MEMBER)
FACILITATOR = somebody(Role.FACILITATOR)
MODERATOR = somebody(Role.MODERATOR)
OWNER = somebody(Role.OWNER)
PLATFORM = somebody(staff=Staff.PLATFORM_MODERATOR)
LEAD = somebody(staff=Staff.SAFETY_LEAD)
ADMIN = somebody(staff=Staff.ADMIN)
OTHER = uuid4()


@pytest.mark.parametrize(
    ("who", "reason"),
    [(GUEST, NOT_FOUND), (ARRIVING, NOT_FOUND), (NEW, GUIDELINES_FIRST), (STRANGER, None)],
)
def test_members_who_agreed_may_ask_to_open_a_group(who: Actor, reason) -> None:
    assert may_ask_to_open(who).reason is reason


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (GUEST, NOT_FOUND),
        (STRANGER, NOT_FOUND),
        (OWNER, NOT_FOUND),
        (ADMIN, NOT_FOUND),
        (PLATFORM, None),
        (LEAD, None),
    ],
)
def test_moderators_of_the_site_see_who_would_like_to_open_one(who: Actor, reason) -> None:
    assert may_see_openings(who).reason is reason


@pytest.mark.holds("promise:8")
@pytest.mark.parametrize(
    ("who", "asker", "state", "reason"),
    [
        (OWNER, OTHER, GroupState.ASKED, NOT_FOUND),
        (PLATFORM, OTHER, GroupState.ASKED, None),
        (PLATFORM, None, GroupState.ASKED, None),
        (PLATFORM, PLATFORM.id, GroupState.ASKED, NOT_ABOUT_YOURSELF),
        (PLATFORM, OTHER, GroupState.OPEN, STALE),
        (PLATFORM, OTHER, GroupState.DECLINED, STALE),
    ],
)
def test_an_opening_is_decided_once_and_by_somebody_else(who, asker, state, reason) -> None:
    assert may_decide_opening(who, asker, state).reason is reason


@pytest.mark.parametrize(
    ("who", "state", "has_asked", "reason"),
    [
        (GUEST, GroupState.OPEN, False, NOT_FOUND),
        (ARRIVING, GroupState.OPEN, False, NOT_FOUND),
        (STRANGER, GroupState.ASKED, False, NOT_FOUND),
        (STRANGER, GroupState.DECLINED, False, NOT_FOUND),
        (STRANGER, GroupState.OPEN, False, None),
        (STRANGER, GroupState.OPEN, True, ALREADY_ASKED),
        (MEMBER, GroupState.OPEN, False, ALREADY_IN),
        (NEW, GroupState.OPEN, False, GUIDELINES_FIRST),
    ],
)
def test_members_may_ask_an_open_group_to_join(who, state, has_asked, reason) -> None:
    assert may_ask_to_join(who, HERE, state, has_asked).reason is reason


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (GUEST, NOT_FOUND),
        (STRANGER, NOT_FOUND),
        (ADMIN, NOT_FOUND),
        (MEMBER, NOT_YOURS),
        (FACILITATOR, NOT_YOURS),
        (MODERATOR, None),
        (OWNER, None),
    ],
)
def test_owners_and_moderators_see_who_asks_to_join(who: Actor, reason) -> None:
    assert may_see_joining(who, HERE).reason is reason
    assert may_decide_joining(who, HERE, OTHER, RequestState.WAITING).reason is reason


@pytest.mark.holds("promise:8")
@pytest.mark.parametrize(
    ("asker", "state", "reason"),
    [
        (OWNER.id, RequestState.WAITING, NOT_ABOUT_YOURSELF),
        (OTHER, RequestState.APPROVED, STALE),
        (OTHER, RequestState.REFUSED, STALE),
    ],
)
def test_joining_is_decided_once_and_by_somebody_else(asker, state, reason) -> None:
    assert may_decide_joining(OWNER, HERE, asker, state).reason is reason


@pytest.mark.parametrize(
    ("who", "is_built_in", "owners", "reason"),
    [
        (STRANGER, False, 1, NOT_FOUND),
        (MEMBER, False, 1, None),
        (MODERATOR, False, 1, None),
        (MEMBER, True, 0, EVERYBODYS),
        (OWNER, False, 1, HAND_OVER_FIRST),
        (OWNER, False, 2, None),
    ],
)
def test_members_leave_when_they_like_and_the_last_owner_hands_over(
    who, is_built_in, owners, reason
) -> None:
    assert may_leave(who, HERE, is_built_in, owners).reason is reason


@pytest.mark.parametrize(
    ("who", "is_built_in", "reason"),
    [
        (STRANGER, False, NOT_FOUND),
        (ADMIN, False, NOT_FOUND),
        (MEMBER, False, NOT_YOURS),
        (MODERATOR, False, NOT_YOURS),
        (OWNER, False, None),
        (MEMBER, True, NOT_YOURS),
        (somebody(Role.MEMBER, staff=Staff.ADMIN), True, None),
        (somebody(Role.MEMBER, staff=Staff.ADMIN), False, NOT_YOURS),
    ],
)
def test_owners_appoint_and_in_the_built_in_group_admins_do(who, is_built_in, reason) -> None:
    assert may_appoint(who, HERE, is_built_in).reason is reason


@given(
    st.booleans(),
    st.booleans(),
    st.frozensets(st.sampled_from([Role.FACILITATOR, Role.MODERATOR, Role.OWNER])),
    st.integers(1, 3),
)
def test_a_group_of_somebody_always_keeps_an_owner(is_built_in, is_owner, roles, owners) -> None:
    allowed = keeps_an_owner(is_built_in, is_owner, roles, owners)
    left = owners - (is_owner and Role.OWNER not in roles)
    assert bool(allowed) is (is_built_in or left >= 1)


def test_whoever_may_decide_may_see() -> None:
    people = (GUEST, ARRIVING, STRANGER, MEMBER, FACILITATOR, MODERATOR, OWNER, PLATFORM, ADMIN)
    group: UUID = HERE
    for who in people:
        if may_decide_joining(who, group, OTHER, RequestState.WAITING):
            assert may_see_joining(who, group)
        if may_decide_opening(who, OTHER, GroupState.ASKED):
            assert may_see_openings(who)


@pytest.mark.parametrize(
    ("who", "is_built_in", "reason"),
    [
        (GUEST, False, NOT_FOUND),
        (STRANGER, False, NOT_FOUND),
        (ADMIN, False, NOT_FOUND),
        (MEMBER, False, NOT_INVITING),
        (MODERATOR, False, NOT_INVITING),
        (FACILITATOR, False, None),
        (OWNER, False, None),
        (OWNER, True, EVERYBODY_IS_IN),
        (somebody(Role.OWNER, agreed=False), False, GUIDELINES_FIRST),
    ],
)
def test_owners_and_facilitators_invite(who: Actor, is_built_in: bool, reason) -> None:
    assert may_invite(who, HERE, is_built_in).reason is reason


@pytest.mark.parametrize(
    ("who", "is_in", "reason"),
    [
        (GUEST, False, NOT_FOUND),
        (ARRIVING, False, NOT_FOUND),
        (NEW, False, GUIDELINES_FIRST),
        (STRANGER, False, None),
        (STRANGER, True, ALREADY_IN),
    ],
)
def test_members_who_agreed_come_in_by_an_invitation(who: Actor, is_in: bool, reason) -> None:
    assert may_come_in(who, is_in).reason is reason


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ROLES = st.frozensets(st.sampled_from([Role.FACILITATOR, Role.MODERATOR, Role.OWNER]))


@pytest.mark.holds("promise:8")
@given(had=ROLES, wanted=ROLES)
def test_nobody_raises_themselves_and_anybody_may_give_up_a_role(had, wanted) -> None:
    just_in = replace(OWNER, signed_in_at=NOON)
    assert may_give(just_in, OTHER, had, wanted, NOON)
    assert may_give(OWNER, OTHER, had, wanted, NOON).reason is COME_IN_FIRST
    about_me = may_give(OWNER, OWNER.id, had, wanted, NOON)
    assert about_me.reason is (None if wanted <= had else NOT_FOR_YOURSELF)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), ROLES), max_size=30),
)
def test_whatever_they_do_to_each_other_a_group_is_never_without_an_owner(presses) -> None:
    ids = [uuid4() for _ in range(3)]
    held = [frozenset({Role.OWNER}), frozenset[Role](), frozenset({Role.MODERATOR})]
    for by, whom, wanted in presses:
        roles = {HERE: held[by] | {Role.MEMBER}}
        actor = Actor(
            ids[by],
            "Somebody",
            Standing.ACTIVE,
            roles=roles,
            has_agreed=True,
            signed_in_at=NOON,
        )
        owners = sum(Role.OWNER in roles for roles in held)
        if (
            may_appoint(actor, HERE, is_built_in=False)
            and may_give(actor, ids[whom], held[whom], wanted, NOON)
            and keeps_an_owner(False, Role.OWNER in held[whom], wanted, owners)
        ):
            held[whom] = wanted
        assert any(Role.OWNER in roles for roles in held)


@given(st.none() | st.integers(-500, 500), st.sampled_from(GroupState))
def test_leaving_is_undone_until_the_group_has_declined_since(
    minutes: int | None, state: GroupState
) -> None:
    left_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    declined_at = None if minutes is None else left_at + timedelta(minutes=minutes)
    verdict = may_come_back(STRANGER, HERE, state, left_at=left_at, declined_at=declined_at)
    may = state is GroupState.OPEN and (minutes is None or minutes < 0)
    assert verdict.reason is (None if may else NOT_FOUND)
    assert not may_come_back(STRANGER, HERE, state, left_at=None, declined_at=declined_at)
