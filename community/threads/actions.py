"""Starting, replying, changing; what moderation has done to a post; and drafts, which are kept for
one person only.
"""

from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete
from uuid_utils.compat import uuid7

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import begun, db, locked
from community.core.verdict import STALE, Refused
from community.dystonia.tags import is_gene
from community.threads import earlier, queries
from community.threads.anonymous import actions as anonymous
from community.threads.anonymous.rules import may_write_unnamed
from community.threads.answers import actions as answers
from community.threads.answers.rules import NOBODY, Chosen
from community.threads.holds import actions as holds
from community.threads.holds import queries as holds_queries
from community.threads.holds.rules import HoldReason
from community.threads.mentions.actions import html_of, tell_spoken_to
from community.threads.models import (
    Draft,
    Post,
    Thread,
    ThreadReader,
    ThreadTag,
)
from community.threads.notes.rules import NO_NOTES, NoteKind
from community.threads.pace import queries as pace_queries
from community.threads.pace.rules import may_change_in, may_write_at_this_pace
from community.threads.pictures import keeping
from community.threads.pictures import queries as pictures_queries
from community.threads.pictures.rules import Change
from community.threads.reading import actions as reading
from community.threads.rules import drafts
from community.threads.rules.drafts import DRAFT_MOST, KEPT_FOR, NEW_THREAD, Kept, Place, Typed
from community.threads.rules.posts import (
    PostState,
    Press,
    Tagged,
    Wish,
    Written,
    may_edit,
    may_keep_draft,
    may_reply,
    may_start,
    may_tag,
)
from community.threads.taken_back import keeping as taken_back
from community.threads.thrown_away import keeping as thrown_away


@dataclass(frozen=True, slots=True)
class Sent:
    """A reply that was sent, and its number in the thread. It has none while it is held."""

    post_id: UUID
    number: int | None


ONCE = Press()
UNTAGGED = Tagged()
AS_THEY_ARE = Change()


def start(
    actor: Actor,
    group_id: UUID,
    topic: str,
    title: str,
    wish: Wish,
    text: str,
    *,
    tagged: Tagged = UNTAGGED,
    notes: Set[NoteKind] = frozenset(),
    press: Press = ONCE,
    unnamed: bool = False,
    pictures: Collection[UUID] = (),
    now: datetime,
) -> UUID:
    """Start a thread with its first post; the thread's id. A second press starts no second one."""
    locked(Account, actor.id)  # two presses of one person come one after the other
    may_start(actor, group_id, topic, tagged.slugs).require()
    pressed = press.of(title, text)
    if before := queries.pressed(actor.id, pressed):
        return before.thread_id
    thread = _begin(actor, group_id, topic, title, wish, now)
    _tag(thread.id, tagged)
    shown = pictures_queries.waiting(actor, NEW_THREAD, pictures)
    reasons = holds_queries.reasons(actor, thread, _read(title, text, *keeping.words_of(shown)))
    thread.is_held = bool(reasons)
    name = anonymous.name_for(thread.id, actor.id) if unnamed else None
    post = _write(thread, actor, text, pressed, reasons, now, notes, name)
    keeping.put_in(shown, post.id)
    if not reasons:
        tell_spoken_to(thread, post, now=now)
    _let_go(actor, NEW_THREAD, Typed(text, title), press, now)
    return thread.id


def start_for_circle(
    actor: Actor,
    circle_id: UUID,
    group_id: UUID,
    topic: str,
    title: str,
    text: str,
    readers: Set[UUID],
    *,
    erase_at: datetime,
    now: datetime,
) -> UUID:
    """Start the thread of one circle, for these readers and nobody else; its id. Live has asked
    who may, and holds the circle’s lock.
    """
    may_start(actor, group_id, topic).require()
    thread = _begin(actor, group_id, topic, title, Wish.JUST_LISTENING, now)
    thread.circle_id, thread.erase_at = circle_id, erase_at
    db.session.add_all(ThreadReader(thread_id=thread.id, account_id=each) for each in readers)
    _write(thread, actor, text, None, (), now)
    return thread.id


def forget_circle_threads(*, now: datetime) -> bool:
    """Erase the threads of circles whose days are over, with every word in them: the database
    takes posts, earlier versions, drafts and marks along. True if there were any.
    """
    over = db.session.execute(delete(Thread).where(Thread.erase_at <= now))
    return cast("CursorResult[Any]", over).rowcount > 0


def reply(
    actor: Actor,
    thread_id: UUID,
    text: str,
    *,
    notes: Set[NoteKind] = frozenset(),
    press: Press = ONCE,
    unnamed: bool = False,
    answer: Chosen = NOBODY,
    pictures: Collection[UUID] = (),
    now: datetime,
) -> Sent:
    """Write a reply. The thread is locked, so numbers have no gap and no double; and a second
    press writes no second one.
    """
    thread = locked(Thread, thread_id)
    may_reply(actor, queries.opening(actor, thread_id), now).require()
    if unnamed:
        may_write_unnamed(is_of_circle=thread.circle_id is not None).require()
    pressed = press.of(str(thread_id), text)
    if before := queries.pressed(actor.id, pressed):
        return Sent(before.id, before.number)
    paces = pace_queries.paces_of(actor, thread_id, now)
    may_write_at_this_pace(paces, now).require()
    shown = pictures_queries.waiting(actor, Place(thread_id), pictures)
    reasons = holds_queries.reasons(actor, thread, _read(text, *keeping.words_of(shown)))
    name = anonymous.name_for(thread_id, actor.id) if unnamed else None
    post = _write(thread, actor, text, pressed, reasons, now, notes, name)
    keeping.put_in(shown, post.id)
    answers.answer(actor, thread_id, post.id, answer, now=now)
    _let_go(actor, Place(thread_id), Typed(text), press, now)
    if not reasons:
        holds.tell_answered(thread, actor.id, unnamed=unnamed, now=now)
        tell_spoken_to(thread, post, now=now)
    return Sent(post.id, post.number)


def edit(
    actor: Actor,
    post_id: UUID,
    text: str,
    version: int,
    *,
    notes: Set[NoteKind] | None = None,
    pictures: Change = AS_THEY_ARE,
    press: Press = ONCE,
    now: datetime,
) -> None:
    """Change one's own words, if they are still the `version` that was on the page. What they
    were is kept, for their author and for moderators. What wasn’t shown is held, to be read again.
    """
    post = locked(Post, post_id)
    before = _facts(post)
    may_edit(actor, before, now).require()
    if not before.is_waiting:
        may_change_in(pace_queries.paces_of(actor, post.thread_id, now), now).require()
    if notes is not None:
        post.notes = post.notes.with_own(notes)
    place, described = Place(post.thread_id, post_id), keeping.words_in(post_id)
    is_changed = keeping.change(actor, post_id, place, pictures, now=now)
    _let_go(actor, place, Typed(text), press, now)
    if text == post.text and not is_changed:  # a second press
        return
    if post.version != version:
        raise Refused(STALE)
    thread = db.session.get_one(Thread, post.thread_id)
    earlier.keep(post, thread, described, now=now)
    post.text, post.html = text, html_of(actor, post.thread_id, text)
    reasons = holds_queries.reasons(actor, thread, _read(text, *keeping.words_in(post_id)))
    if not before.is_shown(now):
        reasons = reasons or (HoldReason.CHANGED,)
    if reasons:
        holds.hold(post, before.group_id, reasons, now=now)
    else:
        tell_spoken_to(thread, post, now=now)


def retag(actor: Actor, thread_id: UUID, tagged: Tagged, *, now: datetime) -> None:
    """Give one's own thread these tags, and no others."""
    locked(Thread, thread_id)
    may_tag(actor, queries.opening(actor, thread_id), tagged.slugs, now).require()
    db.session.execute(delete(ThreadTag).where(ThreadTag.thread_id == thread_id))
    _tag(thread_id, tagged)


def hide(post_id: UUID, *, until: datetime | None) -> None:
    """Hide a post until then, or until moderation decides. Moderation has asked its rules."""
    _settle(post_id, PostState.HIDDEN, until)


def remove(post_id: UUID) -> None:
    """Take a post away. Moderation has asked its rules."""
    _settle(post_id, PostState.REMOVED)


def bring_back(post_id: UUID, *, now: datetime) -> None:
    """Show a post again, or for the first time. Moderation has asked its rules."""
    holds.show(post_id, now=now)


def keep_draft(
    actor: Actor, place: Place, typed: Typed, *, press: Press, now: datetime
) -> Kept | None:
    """Keep what somebody is writing there; the draft, or None when nothing is left to keep.

    What this page has sent already is not kept: its last save may come in after its words.
    """
    _may_write_at(actor, place)
    if len(typed.text) > DRAFT_MOST:
        raise Refused(drafts.TOO_LONG)
    if not typed.text:
        locked(Account, actor.id)  # it may be thrown away: one after the other, as in `thrown_away`
    row = _begun(actor, place, now)
    after = drafts.let_go if _is_sent(actor, place, typed, press) else drafts.keep
    before = queries.kept(row)
    kept = _put(row, after(before, typed, press.draft, uuid7()), now)
    if before and drafts.is_emptied(before, typed, kept):
        thrown_away.set_aside(actor, place, before, now=now)
    return kept


def put_draft_back(actor: Actor, place: Place, thrown: Kept, *, now: datetime) -> None:
    """Keep what was thrown away there, beside what is being written there by now."""
    _may_write_at(actor, place)
    row = _begun(actor, place, now)
    _put(row, drafts.put_back(queries.kept(row), thrown, uuid7()), now)


def forget_old_drafts(*, now: datetime) -> bool:
    """Erase the drafts that nobody has touched for long. True if there were any."""
    old = db.session.execute(delete(Draft).where(Draft.saved_at < now - KEPT_FOR))
    return cast("CursorResult[Any]", old).rowcount > 0


def _may_write_at(actor: Actor, place: Place) -> None:
    if place.post_id:
        may_keep_draft(actor, queries.post(actor, place.post_id)).require()
    elif place.thread_id:
        queries.thread(actor, place.thread_id)


def _is_sent(actor: Actor, place: Place, typed: Typed, press: Press) -> bool:
    if place.post_id:
        return queries.post(actor, place.post_id).text == typed.words
    parts = (str(place.thread_id) if place.thread_id else typed.title, typed.words)
    return queries.pressed(actor.id, press.of(*parts)) is not None


def _let_go(actor: Actor, place: Place, sent: Typed, press: Press, now: datetime) -> None:
    """Also where none is kept yet: its last save may be on its way, and then waits for this."""
    row = _begun(actor, place, now)
    _put(row, drafts.let_go(queries.kept(row), sent, press.draft, uuid7()), now)


def _begun(actor: Actor, place: Place, now: datetime) -> Draft:
    """The row of the draft, locked. An empty one if there was none, so that two windows which
    begin at the same moment wait for one another.
    """
    return begun(
        Draft,
        "account_id",
        "place",
        account_id=actor.id,
        place=place.key,
        thread_id=place.thread_id,
        post_id=place.post_id,
        stamp=uuid7(),
        title="",
        words="",
        choices={},
        overtaken=[],
        saved_at=now,
    )


def _put(row: Draft, after: Kept | None, now: datetime) -> Kept | None:
    if after is None:
        db.session.delete(row)
    else:
        row.stamp, row.overtaken, row.saved_at = after.stamp, list(after.overtaken), now
        row.title, row.words = after.typed.title, after.typed.words
        row.choices = dict(after.typed.choices)
    db.session.flush()
    return after


def _read(*texts: str) -> str:
    """All that somebody wrote, as a list of words reads it."""
    return "\n".join(texts)


def _tag(thread_id: UUID, tagged: Tagged) -> None:
    for slug in dict.fromkeys(tagged.slugs):
        is_private = is_gene(slug) and not tagged.shows_genes
        db.session.add(ThreadTag(thread_id=thread_id, tag=slug, is_private=is_private))


def _settle(post_id: UUID, state: PostState, until: datetime | None = None) -> None:
    post = locked(Post, post_id)
    if post.state is PostState.DELETED:
        taken_back.decided(post_id, state, until)
    else:
        post.state, post.hidden_until = state, until


def _begin(
    actor: Actor, group_id: UUID, topic: str, title: str, wish: Wish, now: datetime
) -> Thread:
    thread = Thread(
        group_id=group_id,
        topic=topic,
        title=title,
        wish=wish,
        author_id=actor.id,
        started_at=now,
        last_at=now,
        post_count=0,
    )
    db.session.add(thread)
    db.session.flush()
    return thread


def _write(
    thread: Thread,
    actor: Actor,
    text: str,
    pressed: UUID | None,
    reasons: Sequence[HoldReason],
    now: datetime,
    notes: Set[NoteKind] = frozenset(),
    pseudonym: str | None = None,
) -> Post:
    """The first post has its place at once; a reply that is held gets one when it is shown."""
    has_place = not (reasons and thread.post_count)
    if has_place:
        thread.post_count += 1
        thread.last_at = now
    post = Post(
        thread_id=thread.id,
        number=thread.post_count if has_place else None,
        author_id=actor.id,
        pseudonym=pseudonym,
        state=PostState.HELD if reasons else PostState.PUBLISHED,
        text=text,
        html=html_of(actor, thread.id, text),
        notes=NO_NOTES.with_own(notes),
        written_at=now,
        press_id=pressed,
    )
    db.session.add(post)
    db.session.flush()
    if post.number:
        reading.mark(actor, thread.id, post.number)
    if reasons:
        holds.hold_new(post, thread.group_id, reasons, now=now)
    return post


def _facts(post: Post) -> Written:
    thread = db.session.get_one(Thread, post.thread_id)
    return Written(thread.group_id, post.author_id, post.state, post.hidden_until)
