"""What there is to read, for this actor. Every select of threads."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Row,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    union_all,
)

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.asking import Found, Rows, columns, made_once
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.dystonia.tags import TAGS, Tag, is_gene, tag
from community.dystonia.topics import Topic, catalogue, was_tag
from community.groups.rules import may_see_inside
from community.threads import listed
from community.threads.answers.queries import facts_of, with_answered
from community.threads.apart import meets_writer
from community.threads.bookmarks.queries import is_marked
from community.threads.following.queries import is_news
from community.threads.following.rules import LISTED_MOST
from community.threads.gathering.rules import PinPlace
from community.threads.models import (
    Draft,
    Post,
    PostVersion,
    Thread,
    ThreadTag,
)
from community.threads.notes import queries as notes_queries
from community.threads.pictures.there import HAS_PICTURES
from community.threads.resonance.queries import has_words
from community.threads.rules.drafts import Kept, Place, Typed
from community.threads.rules.posts import (
    REPLIES_A_PAGE,
    THREADS_A_PAGE,
    WAITING,
    Edge,
    PostState,
    Tagged,
)
from community.threads.rules.rows import DraftRow, PostRow, Posts, ThreadRow, Threads, Version
from community.threads.shown import is_shown, is_there, may_read
from community.threads.taken_back.queries import IS_KEPT


def thread(actor: Actor, thread_id: UUID) -> ThreadRow:
    """The thread. Raises `Refused(NOT_FOUND)` for everybody who may not read it."""
    row = listed.the_thread(actor, thread_id=thread_id).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return _thread_rows(actor, [row])[0]


def posts(actor: Actor, thread_id: UUID, after: int) -> Posts:
    """How the thread began, and a page of the replies after this number that are there for this
    person, in one statement."""
    if after > 1:
        rows = _further_posts(actor, thread_id=thread_id, after=after)
    else:
        rows = _first_posts(actor, thread_id=thread_id)
    opening, *replies = (_as_seen(actor, PostRow(**facts_of(row))) for row in rows)
    shown = replies[:REPLIES_A_PAGE]
    return Posts(opening, shown, shown[-1].number if len(replies) > len(shown) else None)


@made_once
def _first_posts(actor: Actor) -> Rows:
    there = (Post.thread_id == bindparam("thread_id"), or_(Post.number == 1, meets_writer(actor)))
    return _on_a_page(actor).where(Post.number >= 1, *there).limit(REPLIES_A_PAGE + 2)


@made_once
def _further_posts(actor: Actor) -> Rows:
    """Those of the page are found first, from its number on: none before it is looked at."""
    there = select(Post.id).where(Post.thread_id == bindparam("thread_id"))
    later = there.where(Post.number > bindparam("after"), meets_writer(actor))
    page = later.order_by(Post.number).limit(REPLIES_A_PAGE + 1).subquery("page")
    opening = there.where(Post.number == 1).subquery("opening")
    either = union_all(select(opening.c.id), select(page.c.id))
    return _on_a_page(actor).where(Post.id.in_(either))


def _on_a_page(actor: Actor) -> Rows:
    kept, words = is_marked(actor).label("is_marked"), has_words(actor).label("has_words")
    beside = (kept, words, HAS_PICTURES.label("has_pictures"))
    return with_answered(actor, POSTS).add_columns(*beside).order_by(Post.number)


def how_many_after(actor: Actor, thread_id: UUID, number: int) -> int:
    """How many posts after this one are there for this person."""
    later = (Post.number > number, meets_writer(actor))
    query = select(func.count()).where(Post.thread_id == thread_id, *later)
    return db.session.scalar(query) or 0


def first_after(actor: Actor, thread_id: UUID, number: int) -> Row[int | None, UUID] | None:
    """The first of them: its number and its id."""
    later = (Post.number > number, meets_writer(actor))
    query = select(Post.number, Post.id).where(Post.thread_id == thread_id, *later)
    return db.session.execute(query.order_by(Post.number).limit(1)).one_or_none()


def thread_of_circle(actor: Actor, circle_id: UUID) -> UUID | None:
    """The id of a circle’s own thread, for whoever may read it."""
    found = select(Thread.id).where(Thread.circle_id == circle_id, may_read(actor))
    return db.session.scalar(found)


def opening(actor: Actor, thread_id: UUID) -> PostRow:
    """How the thread began. Raises `Refused(NOT_FOUND)` for everybody who may not read it."""
    return _for(actor, _opening(actor, thread_id=thread_id))


def post(actor: Actor, post_id: UUID) -> PostRow:
    """The post. Raises `Refused(NOT_FOUND)` for everybody who may not read it, and for whoever is
    kept apart from its author."""
    return _for(actor, _post(actor, post_id=post_id))


@made_once
def _opening(actor: Actor) -> Rows:
    of_thread = Post.thread_id == bindparam("thread_id")
    return POSTS.where(of_thread, Post.number == 1, may_read(actor))


@made_once
def _post(actor: Actor) -> Rows:
    is_read = and_(Post.number.is_not(None), Post.state.not_in(WAITING))
    is_theirs = Post.author_id == actor.id
    which = (Post.id == bindparam("post_id"), is_there(actor), or_(is_read, is_theirs))
    return POSTS.where(*which, may_read(actor))


def _for(actor: Actor, found: Found) -> PostRow:
    row = found.one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return _as_seen(actor, PostRow(**row._asdict()))


def _as_seen(actor: Actor, known: PostRow) -> PostRow:
    """The post as this person has it: what waits for a moderator is its author’s alone."""
    post = known.seen_by(actor.id)
    return replace(post, text="", html="") if post.is_waiting and not post.is_by(actor) else post


def reviewed(post_id: UUID) -> PostRow:
    """The post, for moderation, which has asked its own rules who may read it."""
    row = db.session.execute(POSTS.where(Post.id == post_id)).one()
    return PostRow(**row._mapping).seen_by(None)


def around(thread_id: UUID, number: int) -> Sequence[PostRow]:
    """How the thread began, this post, and its neighbours: what a moderator reads it in. Of a
    circle's own thread only this post, which one of those who were there has reported."""
    beside = and_(Post.number.in_({1, number - 1, number + 1}), Thread.circle_id.is_(None))
    near = or_(Post.number == number, beside)
    rows = db.session.execute(POSTS.where(Post.thread_id == thread_id, near).order_by(Post.number))
    return [PostRow(**row._mapping).seen_by(None) for row in rows]


def gone(actor: Actor, thread_id: UUID, now: datetime) -> Sequence[PostRow]:
    """The posts of the thread that aren't shown now, of those that are there for this person. What
    they wrote themselves and waits to be read, they see."""
    there = (Post.thread_id == thread_id, Post.number.is_not(None), meets_writer(actor))
    own = and_(Post.state.in_(WAITING), Post.author_id.is_not_distinct_from(actor.id))
    rows = db.session.execute(POSTS.where(*there, ~is_shown(now), ~own).order_by(Post.number))
    return [_as_seen(actor, PostRow(**row._mapping)) for row in rows]


def versions(post_id: UUID) -> Sequence[Version]:
    """What the post said before, the latest first: nothing while its writer has taken it back. The
    caller has asked its rule who may read."""
    rows = db.session.execute(
        select(PostVersion.title, PostVersion.html, PostVersion.pictures, PostVersion.since)
        .join(Post, Post.id == PostVersion.post_id)
        .where(Post.id == post_id, Post.state != PostState.DELETED)
        .order_by(PostVersion.version.desc())
    )
    return [Version(**row._mapping) for row in rows]


def pressed(account_id: UUID, press_id: UUID | None) -> PostRow | None:
    """What this press has sent already."""
    if press_id is None:
        return None
    row = columns(_PRESSED, {"writer": account_id, "press": press_id}).one_or_none()
    return PostRow(**row._asdict()) if row else None


def threads_of_topic(
    actor: Actor, slug: str, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads of a topic that this person may read, the latest word first. With those of a
    topic that was a tag stand the threads that bear it, wherever they are; with those of a large
    one, those of a small one that is listed in it."""
    which = listed.of_topic_or_tag if was_tag(slug) else listed.of_topic
    below = catalogue().below.get(slug)
    more = {"below": below.slug} if below else {}
    return _page(actor, which, now, older_than, PinPlace.TOPIC, slug=slug, **more)


def threads_of_group(
    actor: Actor, group_id: UUID, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads of a group that this person may read, the latest word first."""
    return _page(actor, listed.of_group, now, older_than, PinPlace.GROUP, group_id=group_id)


def threads_with_tag(
    actor: Actor, slug: str, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads with a tag that this person may read, the latest word first."""
    return _page(actor, listed.has_tag, now, older_than, slug=slug)


def threads_near(actor: Actor, of: Topic, limit: int, now: datetime) -> Sequence[ThreadRow]:
    """What this person may read near a topic, so that they don’t land in an empty room: the
    threads of the topics beside it or, if there are none, those of all others.
    """
    below = catalogue().below.get(of.slug)  # that stands in its own list
    near = [slug for slug in of.near if below is None or slug != below.slug]
    topics = {f"topic_{number}": slug for number, slug in enumerate(near)}
    if topics:
        beside = listed.newest_of(actor, tuple(topics), limit, now=now, **topics).all()
        if beside:
            return _thread_rows(actor, beside)
    others = listed.of_neither if was_tag(of.slug) else listed.of_others
    latest = listed.newest_among(actor, others, limit, now=now, slug=of.slug).all()
    found = _thread_rows(actor, latest)
    return [each for each in found if below is None or each.topic != below.slug]


def threads_beside(
    actor: Actor, thread: ThreadRow, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The other threads of its group and topic, but for those of circles, the latest word first."""
    same: dict[str, Any] = {"group_id": thread.group_id, "slug": thread.topic}
    return _page(actor, listed.beside, now, older_than, thread_id=thread.id, **same)


def new_threads(actor: Actor, limit: int, now: datetime) -> Sequence[ThreadRow]:
    """The threads with the latest words, in all groups of this person, of which they’d like to
    hear."""
    return _thread_rows(actor, listed.newest(actor, is_news, limit, now=now).all())


def asked_to_hear(actor: Actor, now: datetime, *, untold: bool = False) -> Sequence[ThreadRow]:
    """The threads with words they haven’t read, of those of which they asked to hear by letter;
    with `untold`, only what no letter has told them of."""
    return _any_of(actor, listed.untold if untold else listed.unread, LISTED_MOST, now=now)


def titles(actor: Actor, threads: Collection[UUID], now: datetime) -> Mapping[UUID, str]:
    """What those of these threads are called that this person may read: a title is left out where
    its first words aren’t shown, or not to them, and empty where they chose not to meet it."""
    if not threads:
        return {}
    found = _any_of(actor, listed.is_one, None, now=now, threads=list(threads))
    return {each.id: each.title for each in found}


def tags_in_topic(actor: Actor, slug: str, limit: int, now: datetime) -> Sequence[Tag]:
    """What the latest threads of a topic, of those that this person may read, are tagged with,
    the commonest first. Tags that only their writer sees aren't among them.
    """
    rows = listed.tags_in_topic(actor, limit, now=now, slug=slug).scalars()
    return [known for slug in rows if (known := tag(slug))]


def tagged(thread_id: UUID) -> Tagged:
    """The tags of a thread, as its writer chose them."""
    query = select(ThreadTag.tag, ThreadTag.is_private).where(ThreadTag.thread_id == thread_id)
    rows = db.session.execute(query).all()
    genes = {row.is_private for row in rows if is_gene(row.tag)}
    return Tagged([row.tag for row in rows], shows_genes=genes == {False})


def kept(row: Draft | Row[*tuple[Any, ...]]) -> Kept | None:
    """The draft that this row holds. None while nothing is in it."""
    typed = Typed(row.words, row.title, row.choices)
    return Kept(row.stamp, typed, tuple(row.overtaken)) if typed.text else None


def draft(actor: Actor, place: Place) -> DraftRow | None:
    """This person's draft in this place."""
    return next(iter(_draft_rows(_drafts(actor, True, place=place.key))), None)


def drafts(actor: Actor) -> Sequence[DraftRow]:
    """All of this person's drafts that they can go on with, the newest first."""
    return _draft_rows(_drafts(actor, False))


@made_once
def _drafts(actor: Actor, is_placed: bool) -> Rows:
    return (
        select(
            Draft.thread_id,
            Draft.post_id,
            Draft.stamp,
            Draft.words,
            Draft.title,
            Draft.choices,
            Draft.overtaken,
            Draft.saved_at,
        )
        .outerjoin(Thread, Thread.id == Draft.thread_id)
        .where(
            Draft.account_id == actor.id,
            or_(
                Draft.thread_id.is_(None),
                and_(Thread.group_id.in_(actor.groups), may_read(actor)),
            ),
            Draft.place == bindparam("place") if is_placed else true(),
        )
        .order_by(Draft.saved_at.desc(), Draft.id)
    )


def _draft_rows(rows: Found) -> Sequence[DraftRow]:
    return [
        DraftRow(found, Place(row.thread_id, row.post_id), row.saved_at)
        for row in rows
        if (found := kept(row))
    ]


def _page(
    actor: Actor,
    which: listed.Which,
    now: datetime,
    older_than: Edge | None,
    place: PinPlace | None = None,
    **values: object,
) -> Threads:
    pinned: Sequence[Row[*tuple[Any, ...]]] = ()
    if older_than is not None:
        values |= {"older_at": older_than.at, "older_id": older_than.id}
    elif place is not None:
        pinned = listed.pinned(actor, which, place, now=now, **values).all()
    is_older, asked = older_than is not None, {"now": now, **values}
    if which is listed.of_topic:
        topics = ("slug", "below") if "below" in values else ("slug",)
        found = listed.a_page_of(actor, topics, is_older, **asked).all()
    elif which in listed.ONE_BY_ONE and _is_common(actor, **values):
        one_by_one = listed.ONE_BY_ONE[which]
        found = listed.a_page_among(actor, one_by_one, place, is_older, **asked).all()
    else:
        found = listed.a_page(actor, which, place, is_older, **asked).all()
    rows = _thread_rows(actor, [*pinned, *found[:THREADS_A_PAGE]])
    top, shown = rows[: len(pinned)], rows[len(pinned) :]
    has_more = len(found) > len(shown)
    return Threads(shown, Edge(shown[-1].last_at, shown[-1].id) if has_more else None, top)


def _is_common(actor: Actor, *, slug: object, **_: object) -> bool:
    return listed.so_many_with_tag(actor, listed.MANY, slug=slug).scalar() == listed.MANY


def _any_of(
    actor: Actor, which: listed.Which, limit: int | None, **values: object
) -> list[ThreadRow]:
    return _thread_rows(actor, listed.any_of(actor, which, limit, **values).all())


def _thread_rows(actor: Actor, rows: Sequence[Row[Any]]) -> list[ThreadRow]:
    return notes_queries.as_met(
        actor, [ThreadRow(**{**row._asdict(), "tags": _tags(row.tags)}) for row in rows]
    )


def _tags(slugs: str | None) -> Sequence[Tag]:
    """These, in the order of the vocabulary."""
    found = (tag(slug) for slug in slugs.split()) if slugs else ()
    return tuple(sorted((known for known in found if known), key=TAGS.index))


POSTS = (
    select(
        Post.id,
        Post.thread_id,
        Thread.group_id,
        Post.number,
        Post.author_id,
        func.coalesce(Post.pseudonym, Account.name).label("author_name"),
        Post.pseudonym.is_not(None).label("is_unnamed"),
        Post.state,
        Post.hidden_until,
        Post.text,
        Post.html,
        Post.notes,
        Post.version,
        Post.written_at,
        Post.edited_at,
        IS_KEPT.label("is_kept"),
    )
    .join(Thread, Thread.id == Post.thread_id)
    .outerjoin(Account, Account.id == Post.author_id)
)
_PRESSED = POSTS.where(Post.author_id == bindparam("writer"), Post.press_id == bindparam("press"))
