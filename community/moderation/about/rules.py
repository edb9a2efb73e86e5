"""Notes about a person, for whoever decides next. Pure.

    written for a group ─▶ read by those who decide there, and by the site while something is open
    written for the site ─▶ read by those of the site

Nothing is noted about whoever wrote without a name: the page of an item of theirs and any other
page about them would together say who it was.
"""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor, Staff
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.moderation.rules.case import Case, may_open_case
from community.moderation.rules.reasons import Scope

REMARK_MOST = 500
LENGTHS = (30, 90, 184)
USUAL = 90
"""For how many days a note is kept."""

WROTE, TOOK_AWAY = "wrote-about", "unwrote-about"
"""What the audit record says of whoever wrote a note, and of whoever took it away."""

ANOTHERS = Reason(
    "anothers-note", "It goes when whoever wrote it takes it away, or the safety lead does.", 403
)


def may_note(actor: Actor, case: Case, now: datetime) -> Verdict:
    """Whoever may decide about the item reads notes and writes them, as long as its person is
    known to them."""
    is_known = case.author_id is not None and not case.pseudonym
    return may_open_case(actor, case, now) and (YES if is_known else no(NOT_FOUND))


def written_for(actor: Actor, case: Case, now: datetime) -> UUID | None:
    """The group in whose name this person writes. None: they do for the site."""
    return case.group_id if case.acted_for(actor, now) is Scope.GROUP else None


def read_for(actor: Actor, case: Case, now: datetime) -> frozenset[UUID | None]:
    """Whose notes this person reads here: a group’s, and under None those of the site."""
    group_id = written_for(actor, case, now)
    if group_id is not None:
        return frozenset({group_id})
    return frozenset({None, case.group_id} if case.is_open else {None})


def may_take_away(actor: Actor, written_by: UUID | None) -> Verdict:
    """Of a note that they may read: their own, or any for the safety lead."""
    is_theirs = written_by == actor.id or Staff.SAFETY_LEAD in actor.staff
    return YES if is_theirs else no(ANOTHERS)
