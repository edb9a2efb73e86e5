"""Making a thread of some replies, and putting the posts of one thread into another.

First every post of the thread is locked, then the threads, each in the order of their ids: whoever
shows or takes back a post locks it before its thread too, so that nobody waits for one another.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from community.core.actor import Actor
from community.core.db import db, locked, locked_all
from community.core.text import to_html
from community.core.verdict import STALE, Refused
from community.notifications.actions import tell
from community.threads.anonymous import actions as anonymous
from community.threads.following.models import Following, HeardMark
from community.threads.gathering import queries
from community.threads.gathering.actions import arranged, take_pins, write_down
from community.threads.gathering.rules import (
    Parting,
    PinPlace,
    PostsMoved,
    may_begin_with,
    may_put_together,
)
from community.threads.models import Draft, Post, ReadMark, Thread, ThreadTag
from community.threads.pictures.keeping import follow_posts, take_along
from community.threads.rules.drafts import OVERTAKEN_MOST, Place
from community.threads.rules.posts import PostState, Written
from community.threads.summary.models import ThreadSummary
from community.threads.thrown_away import keeping as thrown_away


def split(
    actor: Actor, thread_id: UUID, chosen: Collection[UUID], title: str, *, now: datetime
) -> UUID:
    """Make a thread of these replies, in the same group and topic; its id. Whoever had read them
    has read them there too, and whoever wrote them is told. A second press makes no second one."""
    every = _locked_posts(actor, thread_id)
    thread, posts = _locked_thread(thread_id, every), _numbered(every)
    if made := queries.parted(thread_id, chosen, title):
        return made
    goes = [post for post in posts if post.id in chosen and post.number != 1]
    may_begin_with([_is_shown(post, thread, now) for post in goes]).require()
    before = [post.number or 0 for post in posts]
    parting = Parting.of(before, {post.number for post in goes if post.number})
    new = _begin(thread, goes, title)
    _give_names(thread, new, goes)
    _place(new, goes)
    stays = [post for post in posts if post.thread_id == thread_id]
    _renumber(stays)
    thread.post_count, thread.last_at = len(stays), stays[-1].written_at
    _part_marks(thread_id, new.id, parting)
    _take_drafts_along(goes, new.id)
    write_down(actor, thread, "split", "one thread", "two threads", now)
    _tell_writers(actor, goes, now)
    return new.id


def merge(actor: Actor, thread_id: UUID, into_id: UUID, *, now: datetime) -> None:
    """Put the posts of this thread after those of another one of its group. Its address leads
    there from now on. Its title stands before its first words, so that none of them are lost."""
    arranged(actor, into_id)
    posts = _locked_posts(actor, thread_id)
    for each in sorted((thread_id, into_id)):
        locked(Thread, each)
    thread, into = _locked_thread(thread_id, posts), locked(Thread, into_id)
    if thread.merged_into == into_id:
        return  # a second press
    is_same = thread_id == into_id
    may_put_together(queries.facts(thread), queries.facts(into), is_same=is_same).require()
    comes = _numbered(posts)
    _keep_title(thread, comes[0])
    _carry_names(thread, into, posts)
    _place(into, comes, after=into.post_count)
    for post in posts:
        post.thread_id = into_id
    into.post_count += thread.post_count
    into.last_at = max(into.last_at, thread.last_at)
    _take_reply_drafts(thread_id, into_id)
    _follow_along(thread_id, into_id)
    _empty(thread, into_id)
    write_down(actor, thread, "merged", "a thread", "in another thread", now)
    _tell_writers(actor, comes[:1], now)


def _locked_posts(actor: Actor, thread_id: UUID) -> Sequence[Post]:
    arranged(actor, thread_id)
    return locked_all(Post, Post.thread_id == thread_id)


def _locked_thread(thread_id: UUID, posts: Sequence[Post]) -> Thread:
    """A reply that came meanwhile isn’t locked, and whoever arranges this hasn’t seen it."""
    thread = locked(Thread, thread_id)
    if queries.post_ids(thread_id) != {post.id for post in posts}:
        raise Refused(STALE)
    return thread


def _numbered(posts: Iterable[Post]) -> list[Post]:
    return sorted((post for post in posts if post.number), key=lambda post: post.number or 0)


def _is_shown(post: Post, thread: Thread, now: datetime) -> bool:
    facts = Written(thread.group_id, post.author_id, post.state, post.hidden_until)
    return facts.is_shown(now)


def _begin(thread: Thread, goes: Sequence[Post], title: str) -> Thread:
    new = Thread(
        group_id=thread.group_id,
        topic=thread.topic,
        title=title,
        wish=thread.wish,
        author_id=goes[0].author_id,
        started_at=goes[0].written_at,
        last_at=goes[-1].written_at,
        post_count=len(goes),
    )
    db.session.add(new)
    db.session.flush()
    return new


def _place(thread: Thread, posts: Sequence[Post], *, after: int = 0) -> None:
    for number, post in enumerate(posts, after + 1):
        post.thread_id, post.number = thread.id, number
    db.session.flush()


def _renumber(posts: Sequence[Post]) -> None:
    """From one, in their order: each number is free when it is given, because they go down."""
    down = [
        {"id": post.id, "number": number}
        for number, post in enumerate(posts, 1)
        if post.number != number
    ]
    if down:
        db.session.execute(update(Post), down)
    for post in posts:
        db.session.expire(post, ["number"])


def _give_names(thread: Thread, new: Thread, goes: Sequence[Post]) -> None:
    """A made-up name is of one thread only, so whoever wrote under one has another one there."""
    old = {post.pseudonym for post in goes if post.pseudonym}
    names = {
        row.name: anonymous.name_for(new.id, row.account_id)
        if row.account_id
        else anonymous.name_of_nobody(new.id)
        for row in queries.names_in(thread.id, old)
    }
    for post in goes:
        if post.pseudonym:
            post.thread_id, post.pseudonym = new.id, names[post.pseudonym]


def _carry_names(thread: Thread, into: Thread, posts: Sequence[Post]) -> None:
    """Made-up names come along. Whoever has one there already keeps it for what they write next;
    this one stays what it is for what they wrote, so that nobody learns whose it is."""
    named = {post.id: post.pseudonym for post in posts if post.pseudonym}
    for post in posts:
        post.pseudonym = None
    db.session.flush()
    have = queries.accounts_named_in(into.id)
    for row in queries.names_in(thread.id, set(named.values())):
        row.thread_id = into.id
        row.account_id = None if row.account_id in have else row.account_id
    db.session.flush()
    for post in posts:
        if post.id in named:
            post.thread_id, post.pseudonym = into.id, named[post.id]


def _keep_title(thread: Thread, first: Post) -> None:
    if thread.title and first.state is not PostState.DELETED:
        first.text = f"{thread.title}\n\n{first.text}"
        first.html = to_html(thread.title) + first.html


def _part_marks(thread_id: UUID, new_id: UUID, parting: Parting) -> None:
    marks = {who: parting.read_to(number) for who, number in queries.marks_in(thread_id).items()}
    for who, (here, there) in marks.items():
        mine = (ReadMark.account_id == who, ReadMark.thread_id == thread_id)
        db.session.execute(update(ReadMark).where(*mine).values(number=here))
        if there:
            row = {"account_id": who, "thread_id": new_id, "number": there}
            db.session.execute(insert(ReadMark).values(row))
    for who, number in queries.told_in(thread_id).items():
        mine = (HeardMark.account_id == who, HeardMark.thread_id == thread_id)
        told = {"number": parting.read_to(number)[0]}
        db.session.execute(update(HeardMark).where(*mine).values(told))
    if summary := db.session.get(ThreadSummary, thread_id):
        summary.number = parting.read_to(summary.number)[0]


def _follow_along(thread_id: UUID, into_id: UUID) -> None:
    """Whoever chose how they hear of it hears so of the other one, if they chose nothing there."""
    chose = select(Following.account_id).where(Following.thread_id == into_id)
    here = Following.thread_id == thread_id
    db.session.execute(delete(Following).where(here, Following.account_id.in_(chose)))
    db.session.execute(update(Following).where(here).values(thread_id=into_id))


def _take_drafts_along(goes: Sequence[Post], thread_id: UUID) -> None:
    changed = Draft.post_id.in_([post.id for post in goes])
    db.session.execute(update(Draft).where(changed).values(thread_id=thread_id))
    follow_posts([post.id for post in goes], thread_id)
    thrown_away.follow_posts([post.id for post in goes], thread_id)


def _take_reply_drafts(thread_id: UUID, into_id: UUID) -> None:
    """What somebody is writing in both stands beside one another, as if in two windows."""
    for draft in queries.drafts_in(thread_id):
        place = Place(into_id, draft.post_id).key
        there = None if draft.post_id else queries.draft_at(draft.account_id, place)
        if there is None:
            draft.thread_id, draft.place = into_id, place
            continue
        if draft.words:
            there.overtaken = [draft.words, *there.overtaken][:OVERTAKEN_MOST]
        db.session.delete(draft)
    take_along(thread_id, into_id)
    thrown_away.take_along(thread_id, into_id)
    db.session.flush()


def _empty(thread: Thread, into_id: UUID) -> None:
    """Nothing is left of it but where it went."""
    thread.title, thread.post_count, thread.merged_into = "", 0, into_id
    for before in queries.merged_into(thread.id):
        before.merged_into = into_id
    take_pins(thread.id, *PinPlace)
    for model in (ThreadTag, ReadMark, HeardMark, ThreadSummary):
        db.session.execute(delete(model).where(model.thread_id == thread.id))
    db.session.flush()


def _tell_writers(actor: Actor, posts: Sequence[Post], now: datetime) -> None:
    """Once each, of the first of theirs."""
    first: dict[UUID, UUID] = {}
    for post in posts:
        if post.author_id and post.author_id != actor.id:
            first.setdefault(post.author_id, post.id)
    for author_id, post_id in first.items():
        tell(author_id, PostsMoved(post_id), now=now)
