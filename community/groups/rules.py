"""Who may open a group, come in, look after it. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from community.accounts.rules import has_just_come_in
from community.core.actor import Actor, Role
from community.core.verdict import NOT_FOUND, NOT_YOURS, STALE, YES, Reason, Verdict, no
from community.safety.rules import may_take_part, may_write_at_all

EVERYONE = "Everyone"
EVERYONE_ABOUT = "The room we all share. Every member belongs to it."


INVITATION_DAYS, USUAL_DAYS = (1, 7, 30), 7
MOST_WEEKLY_SEATS = 7  # a limit of more limits nobody
MOST_USES = 20  # of one invitation: a group stays a room where people know each other


class GroupState(StrEnum):
    ASKED = "asked"  # somebody would like to open it
    OPEN = "open"
    DECLINED = "declined"


class HoldPolicy(StrEnum):
    """Whose posts a moderator of the group reads before others do."""

    OPEN = "open"  # nobody’s: what the words themselves give cause for is held all the same
    FIRST_POSTS = "first_posts"  # of somebody who is new to the site
    ALL = "all"


class RequestState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"


NOT_ABOUT_YOURSELF = Reason(
    "not-about-yourself", "This one is about you, so somebody else decides it.", 403
)
ALREADY_IN = Reason("already-in", "You’re a member of this group already.", 409)
ALREADY_ASKED = Reason(
    "already-asked", "You’ve asked to join. Somebody who looks after the group will answer.", 409
)
EVERYBODYS = Reason("everybodys", "Every member belongs here. There’s nothing to leave.", 409)
HAND_OVER_FIRST = Reason(
    "hand-over-first",
    "You’re the only owner. Please make somebody else an owner first, then you can go.",
    409,
)


NOT_FOR_YOURSELF = Reason(
    "not-for-yourself", "Somebody else gives you a role. You can only give one up.", 403
)
EVERYBODY_IS_IN = Reason("everybody-is-in", "Every member of this site belongs here already.", 409)
NOT_INVITING = Reason(
    "not-inviting", "The owners and the facilitators of a group invite people.", 403
)
INVITATION_OVER = Reason(
    "invitation-over",
    "This invitation isn’t good any more. Whoever gave it to you can make a new one.",
    410,
)


@dataclass(frozen=True, slots=True)
class GroupOpened:
    """To the asker: your group is open, and you own it."""

    group_id: UUID
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class GroupDeclined:
    """To the asker: not this time, and why."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class JoiningApproved:
    """To the asker: you’re in."""

    group_id: UUID
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class JoiningRefused:
    """To the asker: not now, and why."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RolesChanged:
    """To a member: what you do in the group is this from now on."""

    group_id: UUID
    name: str
    roles: tuple[Role, ...]  # beside being a member


def may_see_inside(actor: Actor, group_id: UUID) -> Verdict:
    """What is in a group is for its members; others can’t tell that it is there."""
    return YES if actor.belongs_to(group_id) else no(NOT_FOUND)


def not_barred(actor: Actor, group_id: UUID) -> Verdict:
    """For whoever is kept from a group, it isn’t there: no door, no invitation."""
    return no(NOT_FOUND) if actor.is_barred(group_id) else YES


def may_ask_to_open(actor: Actor) -> Verdict:
    """Any member who agreed to the guidelines."""
    return may_write_at_all(actor) if actor.is_active else no(NOT_FOUND)


def may_see_openings(actor: Actor) -> Verdict:
    """Platform moderators decide who may open a group."""
    return YES if actor.moderates_platform else no(NOT_FOUND)


def may_decide_opening(actor: Actor, asker: UUID | None, state: GroupState) -> Verdict:
    """Nobody decides about themselves, and nothing is decided twice."""
    if not (seen := may_see_openings(actor)):
        return seen
    if asker == actor.id:
        return no(NOT_ABOUT_YOURSELF)
    return YES if state is GroupState.ASKED else no(STALE)


def may_ask_to_join(actor: Actor, group_id: UUID, state: GroupState, has_asked: bool) -> Verdict:
    """Any member may ask an open group; who was refused may ask again later."""
    if not actor.is_active or state is not GroupState.OPEN:
        return no(NOT_FOUND)
    if actor.belongs_to(group_id):
        return no(ALREADY_IN)
    return no(ALREADY_ASKED) if has_asked else may_write_at_all(actor)


def may_see_joining(actor: Actor, group_id: UUID) -> Verdict:
    """Who asks to come in is for the group’s owners and moderators to know."""
    return may_see_inside(actor, group_id) and (YES if actor.moderates(group_id) else no(NOT_YOURS))


def may_decide_joining(actor: Actor, group_id: UUID, asker: UUID, state: RequestState) -> Verdict:
    """Nobody decides about themselves, and nothing is decided twice."""
    if not (seen := may_see_joining(actor, group_id)):
        return seen
    if asker == actor.id:
        return no(NOT_ABOUT_YOURSELF)
    return YES if state is RequestState.WAITING else no(STALE)


def may_leave(actor: Actor, group_id: UUID, is_built_in: bool, owners: int) -> Verdict:
    """Quietly, at any moment; only the last owner hands over first."""
    if not (seen := may_see_inside(actor, group_id)):
        return seen
    if is_built_in:
        return no(EVERYBODYS)
    return no(HAND_OVER_FIRST) if actor.owns(group_id) and owners <= 1 else YES


def leaves_alone(is_built_in: bool, owns: bool, owners: int, others: int) -> bool:
    """Whether others would be left in this group without an owner if this person went for good.
    Where nobody else is in it, it closes."""
    return owns and owners <= 1 and not is_built_in and others > 0


def may_part(is_needed: bool, can_hand_over: bool) -> Verdict:
    """Whoever can reach the group hands it over first. Whoever can’t, because they are suspended
    or stand at the door, is never kept by it: it goes to somebody who looks after it already."""
    return no(HAND_OVER_FIRST) if is_needed and can_hand_over else YES


def may_appoint(actor: Actor, group_id: UUID, is_built_in: bool) -> Verdict:
    """Owners say who facilitates, moderates and owns; for the built-in group, admins do."""
    decides = actor.is_admin if is_built_in else actor.owns(group_id)
    return may_see_inside(actor, group_id) and (YES if decides else no(NOT_YOURS))


def may_limit_seats(actor: Actor, group_id: UUID, is_built_in: bool) -> Verdict:
    """Whoever says who does what says too how many calls somebody signs up for in a week."""
    return may_appoint(actor, group_id, is_built_in)


def may_choose_holds(actor: Actor, group_id: UUID, is_built_in: bool) -> Verdict:
    """Whoever says who does what says too whose posts are read before others see them."""
    return may_appoint(actor, group_id, is_built_in)


def may_give(
    actor: Actor,
    account_id: UUID,
    had: frozenset[Role],
    wanted: frozenset[Role],
    now: datetime,
) -> Verdict:
    """Nobody raises themselves, not even an owner or an admin; giving up a role is fine. Whoever
    says what others do has just come in."""
    if account_id != actor.id:
        return has_just_come_in(actor, now)
    return no(NOT_FOR_YOURSELF) if wanted - had else YES


def may_change_roles(actor: Actor, account_id: UUID, now: datetime) -> Verdict:
    """Whether there is anything about this person for them to change now."""
    return may_give(actor, account_id, frozenset(), frozenset(), now)


def keeps_an_owner(
    is_built_in: bool, is_owner: bool, roles: frozenset[Role], owners: int
) -> Verdict:
    """A group never loses its last owner. The built-in one has none."""
    if is_built_in or Role.OWNER in roles or not is_owner:
        return YES
    return no(HAND_OVER_FIRST) if owners <= 1 else YES


def may_invite(actor: Actor, group_id: UUID, is_built_in: bool) -> Verdict:
    """Owners and facilitators. Whoever has their invitation comes in without being asked."""
    if not (seen := may_see_inside(actor, group_id)):
        return seen
    if is_built_in:
        return no(EVERYBODY_IS_IN)
    invites = actor.owns(group_id) or actor.facilitates(group_id)
    return may_take_part(actor) if invites else no(NOT_INVITING)


def still_invites(roles: frozenset[Role]) -> bool:
    """Whether the invitations of somebody with these roles stay good."""
    return bool(roles & {Role.OWNER, Role.FACILITATOR})


def may_come_in(actor: Actor, is_in: bool) -> Verdict:
    """With a good invitation: any member who agreed to the guidelines and isn’t in already."""
    if not actor.is_active:
        return no(NOT_FOUND)
    return no(ALREADY_IN) if is_in else may_take_part(actor)


def may_come_back(
    actor: Actor,
    group_id: UUID,
    state: GroupState,
    *,
    left_at: datetime | None,
    declined_at: datetime | None,
) -> Verdict:
    """Whoever left it last, by one press and without being asked, unless they asked to join since
    then and were declined. What they looked after stays given up."""
    if left_at is None or state is not GroupState.OPEN:
        return no(NOT_FOUND)
    if declined_at and declined_at >= left_at:  # the group has answered: that holds
        return no(NOT_FOUND)
    return not_barred(actor, group_id) and may_come_in(actor, is_in=False)
