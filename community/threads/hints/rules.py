"""When a reader may tell a writer that something else was asked for. Pure.

It is told once for each reply, to its writer alone. Nobody keeps who it was, no moderator hears of
it, and it asks for nothing: they can change their words, or leave them.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.groups.rules import may_see_inside
from community.threads.rules.posts import Wish
from community.threads.rules.rows import PostRow

ASKS_FOR_LITTLE = frozenset({Wish.JUST_LISTENING, Wish.ME_TOO})


def may_hint(actor: Actor, post: PostRow, opening: PostRow, wish: Wish, now: datetime) -> Verdict:
    """Whoever reads a reply where somebody asked for listening or for the like. Whoever asked, as
    readers know them, answers as they please."""
    is_reply = post.number != 1 and post.seat != opening.seat
    is_there = post.is_shown(now) and is_reply and not post.is_by(actor)
    asked = is_there and wish in ASKS_FOR_LITTLE
    return may_see_inside(actor, post.group_id) and (YES if asked else no(NOT_FOUND))


def may_leave(actor: Actor, post: PostRow, now: datetime) -> Verdict:
    """Its writer leaves it as it is."""
    is_theirs = post.is_by(actor) and post.is_shown(now)
    return may_see_inside(actor, post.group_id) and (YES if is_theirs else no(NOT_FOUND))


@dataclass(frozen=True, slots=True)
class Hinted:
    """To whoever wrote a reply, once: something else was asked for there."""

    post_id: UUID
