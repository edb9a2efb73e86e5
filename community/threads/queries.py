"""What there is to read, for this actor. Every select of threads."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import alias_of, db
from community.core.verdict import NOT_FOUND, Refused
from community.dystonia.tags import TAGS, Tag, is_gene, tag
from community.dystonia.topics import Topic
from community.groups.models import Group
from community.groups.rules import may_see_inside
from community.safety.blocks.queries import meets
from community.threads.anonymous.queries import has_name_in, known_writer, signs_in
from community.threads.answers.queries import facts_of, with_answered
from community.threads.apart import First, furthest, is_met, meets_writer, not_there
from community.threads.bookmarks.queries import is_marked
from community.threads.following.queries import has_news, is_news, level_of
from community.threads.following.rules import LISTED_MOST
from community.threads.gathering.queries import pinned_in
from community.threads.gathering.rules import PinPlace
from community.threads.models import (
    Draft,
    Post,
    PostVersion,
    ReadMark,
    Thread,
    ThreadTag,
)
from community.threads.notes import queries as notes_queries
from community.threads.pace.queries import IS_PACED
from community.threads.rules.drafts import Kept, Place, Typed
from community.threads.rules.posts import (
    REPLIES_A_PAGE,
    THREADS_A_PAGE,
    WAITING,
    Edge,
    Tagged,
)
from community.threads.rules.rows import DraftRow, PostRow, Posts, ThreadRow, Threads, Version
from community.threads.shown import is_shown, is_there, may_read
from community.threads.taken_back.queries import IS_KEPT

# Made once: what SQLAlchemy learns about an alias when it is first used costs more than a query.
Latest = alias_of(Post, "latest")
Furthest = alias_of(Post, "furthest")
Author = alias_of(Account, "author")
LatestAuthor = alias_of(Account, "latest_author")
FurthestAuthor = alias_of(Account, "furthest_author")


def thread(actor: Actor, thread_id: UUID) -> ThreadRow:
    """The thread. Raises `Refused(NOT_FOUND)` for everybody who may not read it."""
    own = (has_name_in(actor).label("own_name"), signs_in(actor).label("signs"))
    more = (IS_PACED.label("is_paced"), level_of(actor).label("level"))
    query = _threads(actor).add_columns(*own, *more).where(Thread.id == thread_id)
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return _thread_rows(actor, [row])[0]


def posts(actor: Actor, thread_id: UUID, after: int) -> Posts:
    """How the thread began, and a page of the replies after this number that are there for this
    person, in one statement."""
    later = and_(Post.number > after, meets_writer(actor))
    rows = db.session.execute(
        with_answered(actor, POSTS)
        .add_columns(is_marked(actor).label("is_marked"))
        .where(Post.thread_id == thread_id, or_(Post.number == 1, later))
        .order_by(Post.number)
        .limit(REPLIES_A_PAGE + 2)
    ).all()
    opening, *replies = (_as_seen(actor, PostRow(**facts_of(row))) for row in rows)
    shown = replies[:REPLIES_A_PAGE]
    return Posts(opening, shown, shown[-1].number if len(replies) > len(shown) else None)


def how_many_after(actor: Actor, thread_id: UUID, number: int) -> int:
    """How many posts after this one are there for this person."""
    later = (Post.number > number, meets_writer(actor))
    query = select(func.count()).where(Post.thread_id == thread_id, *later)
    return db.session.scalar(query) or 0


def thread_of_circle(actor: Actor, circle_id: UUID) -> UUID | None:
    """The id of a circle’s own thread, for whoever may read it."""
    found = select(Thread.id).where(Thread.circle_id == circle_id, may_read(actor))
    return db.session.scalar(found)


def opening(actor: Actor, thread_id: UUID) -> PostRow:
    """How the thread began. Raises `Refused(NOT_FOUND)` for everybody who may not read it."""
    return _post(actor, Post.thread_id == thread_id, Post.number == 1)


def post(actor: Actor, post_id: UUID) -> PostRow:
    """The post. Raises `Refused(NOT_FOUND)` for everybody who may not read it, and for whoever is
    kept apart from its author."""
    is_read = and_(Post.number.is_not(None), Post.state.not_in(WAITING))
    is_theirs = Post.author_id == actor.id
    return _post(actor, Post.id == post_id, is_there(actor), or_(is_read, is_theirs))


def _post(actor: Actor, *which: ColumnElement[bool]) -> PostRow:
    row = db.session.execute(POSTS.where(*which, may_read(actor))).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    may_see_inside(actor, row.group_id).require()
    return _as_seen(actor, PostRow(**row._mapping))


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
    """What the post said before, the latest first. The caller has asked its rule who may read."""
    rows = db.session.execute(
        select(PostVersion.html, PostVersion.since)
        .where(PostVersion.post_id == post_id)
        .order_by(PostVersion.version.desc())
    )
    return [Version(**row._mapping) for row in rows]


def pressed(account_id: UUID, press_id: UUID | None) -> PostRow | None:
    """What this press has sent already."""
    if press_id is None:
        return None
    row = db.session.execute(
        POSTS.where(Post.author_id == account_id, Post.press_id == press_id)
    ).one_or_none()
    return PostRow(**row._mapping) if row else None


def threads_of_topic(
    actor: Actor, slug: str, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads of a topic that this person may read, the latest word first."""
    return _page(actor, Thread.topic == slug, now, older_than, PinPlace.TOPIC)


def threads_of_group(
    actor: Actor, group_id: UUID, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads of a group that this person may read, the latest word first."""
    return _page(actor, Thread.group_id == group_id, now, older_than, PinPlace.GROUP)


def threads_with_tag(
    actor: Actor, slug: str, now: datetime, *, older_than: Edge | None = None
) -> Threads:
    """The threads with a tag that this person may read, the latest word first."""
    has_it = exists().where(
        ThreadTag.thread_id == Thread.id, ThreadTag.tag == slug, _sees_tag(actor)
    )
    return _page(actor, has_it, now, older_than)


def threads_near(actor: Actor, of: Topic, limit: int, now: datetime) -> Sequence[ThreadRow]:
    """What this person may read near a topic, so that they don’t land in an empty room: the
    threads of the topics beside it or, if there are none, those of all others.
    """
    beside = _latest(actor, _listed(actor, now).where(Thread.topic.in_(of.near)), limit)
    return beside or _latest(actor, _listed(actor, now).where(Thread.topic != of.slug), limit)


def threads_beside(
    actor: Actor, thread: ThreadRow, limit: int, now: datetime
) -> Sequence[ThreadRow]:
    """The latest other threads of its group and topic, but for those of circles."""
    same = (Thread.group_id == thread.group_id, Thread.topic == thread.topic)
    other = (Thread.id != thread.id, Thread.circle_id.is_(None))
    return _latest(actor, _listed(actor, now).where(*same, *other), limit)


def new_threads(actor: Actor, limit: int, now: datetime) -> Sequence[ThreadRow]:
    """The threads with the latest words, in all groups of this person, of which they’d like to
    hear."""
    return _latest(actor, _listed(actor, now).where(is_news(actor)), limit)


def asked_to_hear(actor: Actor, now: datetime, *, untold: bool = False) -> Sequence[ThreadRow]:
    """The threads with words they haven’t read, of those of which they asked to hear by letter;
    with `untold`, only what no letter has told them of."""
    fresh = has_news(actor, is_shown(now), untold=untold)
    return _latest(actor, _listed(actor, now).where(fresh), LISTED_MOST)


def titles(actor: Actor, threads: Collection[UUID], now: datetime) -> Mapping[UUID, str]:
    """What those of these threads are called that this person may read."""
    if not threads:
        return {}
    found = _latest(actor, _listed(actor, now).where(Thread.id.in_(threads)), len(threads))
    return {each.id: each.title for each in found}


def tags_in_topic(actor: Actor, slug: str, limit: int, now: datetime) -> Sequence[Tag]:
    """What the threads of a topic that this person may read are tagged with, the commonest
    first. Tags that only their writer sees aren't among them.
    """
    rows = db.session.scalars(
        select(ThreadTag.tag)
        .join(Thread, Thread.id == ThreadTag.thread_id)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(Thread.topic == slug, ~ThreadTag.is_private)
        .where(Thread.group_id.in_(actor.groups), may_read(actor), is_shown(now, First))
        .where(is_met(actor))
        .group_by(ThreadTag.tag)
        .order_by(func.count().desc(), ThreadTag.tag)
        .limit(limit)
    )
    return [known for slug in rows if (known := tag(slug))]


def tagged(thread_id: UUID) -> Tagged:
    """The tags of a thread, as its writer chose them."""
    query = select(ThreadTag.tag, ThreadTag.is_private).where(ThreadTag.thread_id == thread_id)
    rows = db.session.execute(query).all()
    genes = {row.is_private for row in rows if is_gene(row.tag)}
    return Tagged([row.tag for row in rows], shows_genes=genes == {False})


def draft_ids(actor: Actor, place: Place) -> Sequence[UUID]:
    """The id of this person's draft in this place, if there is one."""
    query = select(Draft.id).where(Draft.account_id == actor.id, Draft.place == place.key)
    return db.session.scalars(query).all()


def kept(row: Draft) -> Kept | None:
    """The draft that this row holds. None while nothing is in it."""
    typed = Typed(row.words, row.title, row.choices)
    return Kept(row.stamp, typed, tuple(row.overtaken)) if typed.text else None


def draft(actor: Actor, place: Place, now: datetime) -> DraftRow | None:
    """This person's draft in this place."""
    return next(iter(_drafts(actor, now, Draft.place == place.key)), None)


def drafts(actor: Actor, now: datetime) -> Sequence[DraftRow]:
    """All of this person's drafts that they can go on with, the newest first."""
    return _drafts(actor, now)


def _drafts(actor: Actor, now: datetime, *which: ColumnElement[bool]) -> Sequence[DraftRow]:
    rows = db.session.execute(
        select(Draft, Thread.title, and_(is_shown(now, First), is_met(actor)).label("is_shown"))
        .outerjoin(Thread, Thread.id == Draft.thread_id)
        .outerjoin(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(
            Draft.account_id == actor.id,
            or_(
                Draft.thread_id.is_(None),
                and_(Thread.group_id.in_(actor.groups), may_read(actor)),
            ),
            *which,
        )
        .order_by(Draft.saved_at.desc(), Draft.id)
    )
    return [
        DraftRow(
            kept=found,
            place=Place(row.Draft.thread_id, row.Draft.post_id),
            saved_at=row.Draft.saved_at,
            thread_title=row.title if row.is_shown else None,
        )
        for row in rows
        if (found := kept(row.Draft))
    ]


def _page(
    actor: Actor,
    which: ColumnElement[bool],
    now: datetime,
    older_than: Edge | None,
    place: PinPlace | None = None,
) -> Threads:
    query = _listed(actor, now).where(which)
    pinned: Sequence[Row[*tuple[Any, ...]]] = ()
    if place is not None:
        is_pinned = pinned_in(place)
        if older_than is None:
            pinned = db.session.execute(query.where(is_pinned)).all()
        query = query.where(~is_pinned)
    if older_than is not None:
        query = query.where(tuple_(Thread.last_at, Thread.id) < (older_than.at, older_than.id))
    found = db.session.execute(query.limit(THREADS_A_PAGE + 1)).all()
    rows = _thread_rows(actor, [*pinned, *found[:THREADS_A_PAGE]])
    top, shown = rows[: len(pinned)], rows[len(pinned) :]
    has_more = len(found) > len(shown)
    return Threads(shown, Edge(shown[-1].last_at, shown[-1].id) if has_more else None, top)


def _latest(actor: Actor, query: Select[*tuple[Any, ...]], limit: int) -> list[ThreadRow]:
    return _thread_rows(actor, db.session.execute(query.limit(limit)).all())


def _listed(actor: Actor, now: datetime) -> Select[*tuple[Any, ...]]:
    """Lists leave out threads whose first words aren't shown, or not to this person: their titles
    are words as well."""
    return (
        _threads(actor)
        .add_columns(First.notes)
        .where(Thread.group_id.in_(actor.groups), is_shown(now, First), is_met(actor))
        .order_by(Thread.last_at.desc(), Thread.id.desc())
    )


def _sees_tag(actor: Actor) -> ColumnElement[bool]:
    return or_(~ThreadTag.is_private, Thread.author_id == actor.id)


def _threads(actor: Actor) -> Select[*tuple[Any, ...]]:
    read_to = func.coalesce(ReadMark.number, 0)
    return (
        select(
            Thread.id,
            Thread.group_id,
            Group.name.label("group_name"),
            Thread.topic,
            case((is_met(actor), Thread.title), else_="").label("title"),
            Thread.wish,
            known_writer(actor, First).label("author_id"),
            func.coalesce(First.pseudonym, Author.name).label("author_name"),
            Thread.started_at,
            Thread.last_at,
            Thread.post_count.label("last"),
            (Thread.post_count - 1 - not_there(actor, literal(1))).label("replies"),
            (Thread.post_count - read_to - not_there(actor, read_to)).label("unread"),
            func.coalesce(Latest.pseudonym, LatestAuthor.name).label("latest_name"),
            ReadMark.number.label("read_to"),
            Furthest.id.label("read_id"),
            func.coalesce(Furthest.pseudonym, FurthestAuthor.name).label("read_name"),
            Furthest.written_at.label("read_at"),
            Thread.erase_at,
            (~is_met(actor)).label("is_apart"),
        )
        .where(may_read(actor))
        .join(Group, Group.id == Thread.group_id)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .outerjoin(Author, and_(Author.id == Thread.author_id, is_met(actor)))
        .join(Latest, and_(Latest.thread_id == Thread.id, Latest.number == Thread.post_count))
        .outerjoin(
            LatestAuthor,
            and_(LatestAuthor.id == Latest.author_id, meets(actor, Latest.author_id)),
        )
        .outerjoin(ReadMark, and_(ReadMark.thread_id == Thread.id, ReadMark.account_id == actor.id))
        .outerjoin(
            Furthest, and_(Furthest.thread_id == Thread.id, Furthest.number == furthest(actor))
        )
        .outerjoin(FurthestAuthor, FurthestAuthor.id == Furthest.author_id)
    )


def _thread_rows(actor: Actor, rows: Sequence[Row[Any]]) -> list[ThreadRow]:
    tags = _tags(actor, [row.id for row in rows])
    return notes_queries.as_met(actor, [ThreadRow(tags=tags[r.id], **r._mapping) for r in rows])


def _tags(actor: Actor, threads: Sequence[UUID]) -> Mapping[UUID, Sequence[Tag]]:
    """What this person sees these threads tagged with, in the order of the vocabulary."""
    if not threads:
        return {}
    rows = db.session.execute(
        select(ThreadTag.thread_id, ThreadTag.tag)
        .join(Thread, Thread.id == ThreadTag.thread_id)
        .where(ThreadTag.thread_id.in_(threads), _sees_tag(actor))
    )
    found: dict[UUID, list[Tag]] = defaultdict(list)
    for row in rows:
        if known := tag(row.tag):
            found[row.thread_id].append(known)
    for tags in found.values():
        tags.sort(key=TAGS.index)
    return found


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
