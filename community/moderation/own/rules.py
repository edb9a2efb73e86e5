"""What a moderator decides of themselves about a post that nobody has reported. Pure.

    come upon ─▶ returned or removed ─▶ closed
        ├──▶ hidden ─▶ in the queue, for a decision that ends it, with the same three days
        └──▶ about whoever wrote it ─▶ in the queue, with the steps of the ladder

Who may is who could decide if somebody else had reported it: never about their own words, to whom
they answer, or about whoever stands where they stand. Worry about somebody is for two people, so it
is reported. What is written without a name is too: to be let, or not, would say something of who
wrote it. Whoever moderates sets it aside instead, whoever wrote it: nobody else sees it until
another moderator has read it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.moderation.rules.case import Case, Outcome, may_open_case
from community.moderation.rules.reasons import REASON_GROUPS, ReasonGroup, ReportReason, Severity
from community.moderation.rules.reporting import DECIDED
from community.threads.rules.rows import PostRow

CAME_UPON, SET_ASIDE = "came-upon", "set-aside"
"""What the audit record says of whoever began with it, or left it to another moderator."""

OUTCOMES = frozenset({Outcome.HIDE, Outcome.RETURN, Outcome.REMOVE})

UNNAMED = Reason(
    "unnamed",
    "It’s written without a name, so another moderator decides about it. You can set it aside for "
    "them, or report it.",
    403,
)
WAS_LEFT = Reason(
    "was-left", "Somebody has read it as it is, and it stays. You can still report it.", 409
)
FOR_OTHERS = Reason(
    "for-others",
    "Somebody else decides about this one: you may have a part in it, or it’s for the level above. "
    "You can report it.",
    403,
)


def _is_offered(reason: ReportReason) -> bool:
    return reason.severity is not Severity.CRISIS and not reason.for_leads


GROUPS: tuple[ReasonGroup, ...] = tuple(
    replace(group, reasons=tuple(filter(_is_offered, group.reasons))) for group in REASON_GROUPS
)
REASONS: Mapping[str, ReportReason] = MappingProxyType(
    {reason.id: reason for group in GROUPS for reason in group.reasons}
)
"""What it may be about, for a moderator."""
ASIDE = tuple(
    replace(group, reasons=tuple(each for each in group.reasons if not each.asks_for_law))
    for group in GROUPS
)
"""And for one who leaves it to another."""


def may_look_after(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    """Whoever moderates the group, or the site and belongs to the group. Others can’t tell that
    there is such a page."""
    return _may_come_upon(actor, post, now) and (no(UNNAMED) if post.is_unnamed else YES)


def may_set_aside(actor: Actor, post: PostRow, now: datetime, *, was_left: bool) -> Verdict:
    """The same, of what is written without a name. The answer is the same whoever wrote it."""
    if not (there := _may_come_upon(actor, post, now)):
        return there
    if not post.is_unnamed:
        return no(NOT_FOUND)
    return no(WAS_LEFT) if was_left else YES


def _may_come_upon(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    moderates = actor.moderates(post.group_id) or actor.moderates_platform
    if not moderates or post.is_by(actor):
        return no(NOT_FOUND)
    if not post.is_shown(now):
        return no(DECIDED)
    return may_see_inside(actor, post.group_id)


def may_act(actor: Actor, case: Case) -> Verdict:
    """A content note, or the pace of a thread, where nothing is reported: not from whoever would
    have a part in an item about it."""
    return no(FOR_OTHERS) if case.took_part(actor) else YES


def may_take_up(actor: Actor, case: Case, now: datetime) -> Verdict:
    """As if somebody else had reported it; or as somebody has."""
    return YES if may_open_case(actor, case, now) else no(FOR_OTHERS)
