"""What a moderator decides of themselves about a post that nobody has reported. Pure.

    come upon ─▶ returned or removed ─▶ closed
        ├──▶ hidden ─▶ in the queue, for a decision that ends it, with the same three days
        └──▶ about whoever wrote it ─▶ in the queue, with the steps of the ladder

Who may is who could decide if somebody else had reported it: never about their own words, to whom
they answer, or about whoever stands where they stand. Worry about somebody is for two people, so it
is reported. What is written without a name is too: to be let, or not, would say something of who
wrote it.
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

CAME_UPON = "came-upon"
"""What the audit record says of whoever began with it."""

OUTCOMES = frozenset({Outcome.HIDE, Outcome.RETURN, Outcome.REMOVE})

UNNAMED = Reason(
    "unnamed",
    "It’s written without a name, so somebody else decides about it. You can report it.",
    403,
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


def may_look_after(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    """Whoever moderates the group, or the site and belongs to the group. Others can’t tell that
    there is such a page."""
    moderates = actor.moderates(post.group_id) or actor.moderates_platform
    if not moderates or post.is_by(actor):
        return no(NOT_FOUND)
    if not post.is_shown(now):
        return no(DECIDED)
    return may_see_inside(actor, post.group_id) and (no(UNNAMED) if post.is_unnamed else YES)


def may_take_up(actor: Actor, case: Case, now: datetime) -> Verdict:
    """As if somebody else had reported it; or as somebody has."""
    return YES if may_open_case(actor, case, now) else no(FOR_OTHERS)
