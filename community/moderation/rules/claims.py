"""Looking at an item, leaving it for others, and passing it up. Pure.

nobody ─▶ somebody, for half an hour ─▶ nobody      by a press, by a decision, or by the clock
group  ─▶ platform                                   by a press, and never back
mine   ─▶ not for me                                 by a press, and never back
"""

from datetime import datetime, timedelta

from community.core.actor import Actor
from community.core.verdict import STALE, YES, Reason, Verdict, no
from community.moderation.rules.case import NOT_NOW, Case, may_open_case
from community.moderation.rules.reasons import Scope

LEASE = timedelta(minutes=30)

NO_VERSION = Reason("no-version", "Open the item again, so that we know what you saw.", 422)
NOBODY_ELSE = Reason(
    "nobody-else", "Nobody else could decide about this, so it stays with you.", 409
)
NOT_YOURS_TO_LEAVE = Reason("not-looking", "You aren’t looking at this any more.", 409)


def may_claim(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Whoever may decide about it may say that they are looking at it, also after somebody else:
    nothing urgent waits for a person who has gone home."""
    opened = may_open_case(actor, case, now)
    return opened and (YES if case.is_open else no(NOT_NOW))


def may_leave(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Leave it for somebody else. Nobody asks why."""
    claim = case.claim_at(now)
    is_theirs = claim is not None and claim.account_id == actor.id
    return may_open_case(actor, case, now) and (YES if is_theirs else no(NOT_YOURS_TO_LEAVE))


def may_pass_on(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Say that it isn’t for them, as long as anybody else is left to decide. Nobody asks why."""
    return may_claim(actor, case, now) and (YES if case.has_others(actor) else no(NOBODY_ELSE))


def can_go_up(actor: Actor, case: Case, now: datetime) -> Verdict:
    """A group’s moderator may give it to those of the site, if any of them is free to decide. It
    doesn’t come back."""
    if not (looking := may_claim(actor, case, now)):
        return looking
    if case.acted_for(actor, now) is not Scope.GROUP:
        return no(NOT_NOW)
    return YES if case.site_deciders - case.took_part_in else no(NOBODY_ELSE)


def may_pass_up(actor: Actor, case: Case, version: int | None, now: datetime) -> Verdict:
    """The same, about the item as it was on the moderator’s page."""
    if version is None:
        return may_open_case(actor, case, now) and no(NO_VERSION)
    return can_go_up(actor, case, now) and (YES if version == case.version else no(STALE))
