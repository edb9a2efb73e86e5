"""Putting notes before words, suggesting them, and choosing how to meet them."""

from collections.abc import Mapping, Set
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, update

from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.groups.guidelines.queries import can_be_named, told
from community.notifications.actions import tell
from community.notifications.rules import News
from community.threads import queries as threads_queries
from community.threads.acts import heard
from community.threads.acts.rules import Act, Because, Restricted
from community.threads.models import Post
from community.threads.notes import queries
from community.threads.notes.models import NoteChoice, NoteSuggestion
from community.threads.notes.rules import (
    NO_NOTES,
    NoteKind,
    NotesAdded,
    NoteSuggested,
    Seen,
    Showing,
    as_seen,
    may_add,
    may_answer,
    may_suggest,
)

NOTED = "noted"
"""What the record says of a moderator who put notes before somebody’s words."""


def choose(actor: Actor, chosen: Mapping[NoteKind, Showing]) -> None:
    """How this person meets words under each kind of note, from now on."""
    db.session.execute(delete(NoteChoice).where(NoteChoice.account_id == actor.id))
    for kind, showing in chosen.items():
        if showing is not Showing.COLLAPSE:
            add_once(NoteChoice, account_id=actor.id, kind=kind, showing=showing)


def suggest(actor: Actor, post_id: UUID, kinds: Set[NoteKind], *, now: datetime) -> None:
    """Tell the author alone that their words could use these. Nothing says who thinks so, and what
    stands there already or was answered is not asked again."""
    post = locked(Post, post_id)
    may_suggest(actor, threads_queries.post(actor, post_id), now).require()
    added = [
        add_once(NoteSuggestion, post_id=post_id, kind=kind, suggested_at=now)
        for kind in kinds - frozenset(post.notes.kinds)
    ]
    if any(added) and post.author_id:
        once = f"note-suggested:{post_id}"
        tell(post.author_id, NoteSuggested(post_id), about=News.REPLIES, now=now, once=once)


def take_up(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """The author puts before their words what was suggested."""
    post = _own(actor, post_id, now)
    kinds = frozenset(queries.suggested(post_id))
    post.notes = post.notes.with_own(post.notes.own | kinds)
    _answered(post_id, now)


def leave(actor: Actor, post_id: UUID, *, now: datetime) -> None:
    """The author leaves it as it is. Nobody learns of that."""
    _own(actor, post_id, now)
    _answered(post_id, now)


def add(
    actor: Actor,
    post_id: UUID,
    kinds: Set[NoteKind],
    because: Because,
    seen: Seen,
    *,
    now: datetime,
) -> None:
    """A moderator’s notes before these words are these from now on; `seen` is what stood on their
    page. The author is told, with the reason, and it is written down."""
    row = threads_queries.post(actor, post_id)
    may_add(actor, row, now).require()
    heard.may_act(actor, row, now).require()
    if not can_be_named(because.rule_id, row.group_id):
        raise Refused(NOT_FOUND)
    post = locked(Post, post_id)
    as_seen(Seen(post.version, str(post.notes)), seen).require()
    before, after = post.notes, post.notes.with_added(kinds)
    if after == before:  # a second press
        return
    post.notes = after
    db.session.flush()
    what = (post_id, row.group_id, str(before), str(after), because.rule_id)
    new = Restricted(post_id, post.author_id, because.why) if kinds - before.added else None
    heard.say(Act(actor, NOTED, *what, at=now, restricted=new))
    if post.author_id:
        by_platform = not actor.moderates(row.group_id)
        rule, why = told(because.rule_id), because.why
        letter = NotesAdded(post_id, bool(kinds), rule.title, why, by_platform, rule.of_group)
        tell(post.author_id, letter, now=now)


def put(post_id: UUID, kinds: Set[NoteKind]) -> None:
    """Put these before the words, beside whatever stands there. Moderation has asked its rules."""
    post = locked(Post, post_id)
    post.notes = post.notes.with_added(post.notes.added | kinds)
    db.session.flush()


def take_off(post_id: UUID) -> None:
    """Only the author’s own are left. Moderation has asked its rules."""
    post = locked(Post, post_id)
    post.notes = post.notes.with_added(NO_NOTES.added)
    db.session.flush()


def _own(actor: Actor, post_id: UUID, now: datetime) -> Post:
    may_answer(actor, threads_queries.post(actor, post_id), now).require()
    return locked(Post, post_id)


def _answered(post_id: UUID, now: datetime) -> None:
    db.session.execute(
        update(NoteSuggestion)
        .where(NoteSuggestion.post_id == post_id, NoteSuggestion.answered_at.is_(None))
        .values(answered_at=now)
    )
    db.session.flush()
