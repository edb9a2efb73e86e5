"""Who keeps a series: handed over to another facilitator, who says yes first. Pure."""

from uuid import UUID

from community.calls.rules.call import IS_A_DRAFT
from community.calls.rules.holding import ASKED_ALREADY, NOBODY_ASKED, is_able
from community.calls.rules.series import Kept, may_change
from community.core.actor import Actor
from community.core.verdict import YES, Reason, Verdict, no
from community.groups.rules import may_see_inside
from community.safety.rules import may_take_part

KEEPS_ALREADY = Reason("keeps-already", "They hold these calls already.", 409)
NOT_ASKED = Reason("not-asked-to-keep", "You’re not asked to hold these calls any more.", 409)


def may_hand_over(actor: Actor, series: Kept, *, is_draft: bool, is_asked: bool) -> Verdict:
    """`is_asked`: somebody is asked already, and hasn’t answered."""
    if is_draft:
        return may_change(actor, series) and no(IS_A_DRAFT)
    return may_change(actor, series) and (no(ASKED_ALREADY) if is_asked else YES)


def may_be_given(series: Kept, account_id: UUID, facilitates: bool) -> Verdict:
    """To another facilitator of the group."""
    if not (able := is_able(facilitates)):
        return able
    return no(KEEPS_ALREADY) if account_id == series.facilitator_id else YES


def may_take_back(actor: Actor, series: Kept, is_asked: bool) -> Verdict:
    return may_change(actor, series) and (YES if is_asked else no(NOBODY_ASKED))


def may_decline(actor: Actor, series: Kept, asked: UUID | None) -> Verdict:
    """`asked`: who is asked, if anybody is."""
    is_me = YES if asked == actor.id else no(NOT_ASKED)
    return may_see_inside(actor, series.group_id) and is_me


def may_accept(actor: Actor, series: Kept, asked: UUID | None) -> Verdict:
    return may_decline(actor, series, asked) and may_take_over(actor, series)


def may_take_over(actor: Actor, series: Kept) -> Verdict:
    """Roles may have changed since somebody was asked."""
    return is_able(actor.facilitates(series.group_id)) and may_take_part(actor)


def may_look(actor: Actor, series: Kept, asked: UUID | None) -> Verdict:
    """At its dates: whoever may change them, and whoever is asked to."""
    return may_decline(actor, series, asked) or may_change(actor, series)
