"""Lists of threads, and one thread, as the database is asked for them. `queries` asks."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Label,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    join,
    literal,
    not_,
    or_,
    select,
    true,
    tuple_,
    union,
)

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.asking import NOW, Rows, made_once, some
from community.core.db import alias_of
from community.groups.models import Group
from community.safety.blocks.queries import meets
from community.threads.anonymous.queries import has_name_in, known_writer, signs_in
from community.threads.apart import First, furthest, is_met, not_there
from community.threads.following.queries import has_news, level_of
from community.threads.gathering.queries import is_one_of_those_in, pinned_in
from community.threads.gathering.rules import PinPlace
from community.threads.models import Draft, Post, ReadMark, Thread, ThreadTag
from community.threads.mutes.models import Mute
from community.threads.pace.queries import IS_PACED
from community.threads.pictures.there import has_unsent
from community.threads.rules.posts import THREADS_A_PAGE, WAITING
from community.threads.shown import is_shown, may_read
from community.threads.summary.models import ThreadSummary

# Made once: what SQLAlchemy learns about an alias when it is first used costs more than a query.
Latest = alias_of(Post, "latest")
Furthest = alias_of(Post, "furthest")
Author = alias_of(Account, "author")
LatestAuthor = alias_of(Account, "latest_author")
FurthestAuthor = alias_of(Account, "furthest_author")


MANY = 1_000  # threads with a tag: more are found by how new they are, and not put in order whole
LOOKED_THROUGH = 50  # latest threads: for what they are tagged with, or about

Which = Callable[[Actor], ColumnElement[bool]]
"""Which threads are listed. Functions of a module, each of them kept with its statement."""


@made_once
def the_thread(actor: Actor) -> Rows:
    """One thread, with what only the top of its page shows."""
    own = (has_name_in(actor).label("own_name"), signs_in(actor).label("signs"))
    more = (IS_PACED.label("is_paced"), level_of(actor).label("level"))
    found = _threads(actor).add_columns(*own, *more, *_seldom(actor))
    return found.where(Thread.id == bindparam("thread_id"))


def _seldom(actor: Actor) -> Sequence[Label[bool]]:
    """Whether there is what most have nothing of, so that nobody asks for it in vain."""
    drafts = exists().where(Draft.thread_id == Thread.id, Draft.account_id == actor.id)
    theirs = (Post.author_id == actor.id, Post.state.in_(WAITING))
    waits = exists().where(Post.thread_id == Thread.id, *theirs).correlate(Thread)
    mutes = exists().where(Mute.account_id == actor.id)
    summed_up = exists().where(ThreadSummary.thread_id == Thread.id).label("has_summary")
    own = (drafts.label("has_draft"), waits.label("has_waiting"), mutes.label("has_muted"))
    return *own, summed_up, has_unsent(actor).label("has_unsent")


@made_once
def tags_in_topic(actor: Actor, limit: int) -> Rows:
    """The tags that others see in the latest threads of a topic, the commonest first."""
    return (
        select(ThreadTag.tag)
        .select_from(_of(_latest(actor, LOOKED_THROUGH, topics=("slug",))))
        .join(ThreadTag, and_(ThreadTag.thread_id == Thread.id, ~ThreadTag.is_private))
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(may_read(actor), is_shown(NOW, First), is_met(actor))
        .group_by(ThreadTag.tag)
        .order_by(func.count().desc(), ThreadTag.tag)
        .limit(limit)
    )


@made_once
def pinned(actor: Actor, which: Which, place: PinPlace) -> Rows:
    """What stands at the top of such a list. It is found among the few that are pinned anywhere,
    so all else is asked in a way that no index knows."""
    is_at_the_top = and_(_is_listed(actor), which(actor), pinned_in(place))
    asked = case((is_at_the_top, true()), else_=false())
    return _in_order(actor).where(is_one_of_those_in(place), asked)


@made_once
def a_page(actor: Actor, which: Which, place: PinPlace | None, is_older: bool) -> Rows:
    """A page of a list and one more, but for what is pinned there."""
    found = (which(actor), *_on_a_page(place, is_older))
    return _listed(actor).where(*found).limit(THREADS_A_PAGE + 1)


@made_once
def a_page_of(actor: Actor, topics: Sequence[str], is_older: bool) -> Rows:
    """The same of a topic, and of one that is listed in it as well: `topics` are the names of the
    parameters."""
    page = THREADS_A_PAGE + 1
    found = (*_readable(actor), *_on_a_page(PinPlace.TOPIC, is_older))
    return _in_order(actor, _latest(actor, page, *found, topics=topics))


@made_once
def a_page_among(actor: Actor, which: Which, place: PinPlace | None, is_older: bool) -> Rows:
    """The same of what very many are: looked for among the latest of each group, until there are
    enough. It is asked in a way that no index knows."""
    asked = case((which(actor), true()), else_=false())
    found = (*_readable(actor), asked, *_on_a_page(place, is_older))
    return _in_order(actor, _latest(actor, THREADS_A_PAGE + 1, *found))


@made_once
def so_many_with_tag(actor: Actor, limit: int) -> Rows:
    """How many threads in their groups bear a tag, counted no further than that."""
    tagged = select(ThreadTag.thread_id).join(Thread, Thread.id == ThreadTag.thread_id)
    here = (ThreadTag.tag == bindparam("slug"), Thread.group_id.in_(actor.groups))
    return select(func.count().label("many")).select_from(
        tagged.where(*here).limit(limit).subquery()
    )


def _on_a_page(place: PinPlace | None, is_older: bool) -> Sequence[ColumnElement[bool]]:
    rest = [] if place is None else [~pinned_in(place)]
    if is_older:
        at = bindparam("older_at", type_=Thread.last_at.type)
        edge = tuple_(at, bindparam("older_id", type_=Thread.id.type))
        rest.append(tuple_(Thread.last_at, Thread.id) < edge)
    return rest


@made_once
def any_of(actor: Actor, which: Which, limit: int | None) -> Rows:
    """So many of these threads, or all, the latest words first: of few, found by what they are."""
    return _listed(actor).where(which(actor)).limit(limit)


@made_once
def newest(actor: Actor, which: Which, limit: int) -> Rows:
    """So many threads with the latest words."""
    return _in_order(actor, _latest(actor, limit, *_readable(actor), which(actor)))


@made_once
def newest_of(actor: Actor, topics: Sequence[str], limit: int) -> Rows:
    """So many of these topics: the names of their parameters."""
    return _in_order(actor, _latest(actor, limit, *_readable(actor), topics=topics))


@made_once
def newest_among(actor: Actor, which: Which, limit: int) -> Rows:
    """So many of these among the latest of all: however few they are, no more is looked at."""
    latest = _in_order(actor, _latest(actor, LOOKED_THROUGH))
    return latest.where(_is_listed(actor), which(actor)).limit(limit)


def _latest(
    actor: Actor, limit: int, *found: ColumnElement[bool], topics: Sequence[str] = ()
) -> Subquery:
    """The ids of so many threads with the latest words, in any group of this person, of which all
    this is so.

    They are found for each group (and topic) by itself, in the order of an index, and only those
    are put in one order. Asked of several groups at once, either database goes through all there
    ever was in them.
    """
    about = [Thread.topic == bindparam(name) for name in topics] or [true()]
    lots = [_lot(group, limit, each, *found) for group in actor.groups for each in about]
    either = (union(*lots) if lots else _lot(None, 0)).subquery("either")
    in_order = select(either.c.id).order_by(either.c.last_at.desc(), either.c.id.desc())
    return in_order.limit(limit).subquery("the_latest")


def _of(latest: Subquery) -> FromClause:
    """These threads. PostgreSQL joins in the order that it is told, once there are many to join."""
    return join(latest, Thread, Thread.id == latest.c.id)


def _lot(group_id: Any, limit: int, *found: ColumnElement[bool]) -> Select[UUID, datetime]:
    lot = (
        select(Thread.id, Thread.last_at)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(Thread.group_id == group_id, *found)
        .order_by(Thread.last_at.desc(), Thread.id.desc())
        .limit(limit)
        .subquery()
    )
    return select(lot.c.id, lot.c.last_at)


def of_topic(actor: Actor) -> ColumnElement[bool]:
    return Thread.topic == bindparam("slug")


def of_topic_or_tag(actor: Actor) -> ColumnElement[bool]:
    """Of a topic that was a tag: it is there, or it bears the tag for everybody to see."""
    bears = (ThreadTag.tag == bindparam("slug"), ~ThreadTag.is_private)
    return or_(of_topic(actor), Thread.id.in_(select(ThreadTag.thread_id).where(*bears)))


def of_others(actor: Actor) -> ColumnElement[bool]:
    return Thread.topic != bindparam("slug")


def of_neither(actor: Actor) -> ColumnElement[bool]:
    """It isn’t listed in a topic that was a tag."""
    return not_(of_topic_or_tag(actor))


def of_group(actor: Actor) -> ColumnElement[bool]:
    return Thread.group_id == bindparam("group_id")


def is_one(actor: Actor) -> ColumnElement[bool]:
    return Thread.id.in_(some("threads"))


def beside(actor: Actor) -> ColumnElement[bool]:
    """It is about the same in the same group, and no circle’s."""
    other = and_(Thread.id != bindparam("thread_id"), Thread.circle_id.is_(None))
    return and_(of_group(actor), of_topic(actor), other)


def has_tag(actor: Actor) -> ColumnElement[bool]:
    """They are found by their tag, and not by looking at all that was ever written."""
    tagged = select(ThreadTag.thread_id).where(ThreadTag.tag == bindparam("slug"))
    return and_(Thread.id.in_(tagged), bears_tag(actor))


def bears_tag(actor: Actor) -> ColumnElement[bool]:
    """The same, asked of one thread after the other."""
    tag = ThreadTag.tag == bindparam("slug")
    return exists().where(ThreadTag.thread_id == Thread.id, tag, _sees_tag(actor))


def of_topic_or_bears_tag(actor: Actor) -> ColumnElement[bool]:
    """As `of_topic_or_tag`, asked of one thread after the other."""
    bears = (ThreadTag.tag == bindparam("slug"), ~ThreadTag.is_private)
    return or_(of_topic(actor), exists().where(ThreadTag.thread_id == Thread.id, *bears))


ONE_BY_ONE: Mapping[Which, Which] = {has_tag: bears_tag, of_topic_or_tag: of_topic_or_bears_tag}


def unread(actor: Actor) -> ColumnElement[bool]:
    """They asked to hear of it by letter, and it has words that they haven’t read."""
    return has_news(actor, is_shown(NOW), untold=False)


def untold(actor: Actor) -> ColumnElement[bool]:
    """The same, but for what a letter has told them of."""
    return has_news(actor, is_shown(NOW), untold=True)


def _listed(actor: Actor) -> Rows:
    return _in_order(actor).where(_is_listed(actor))


def _is_listed(actor: Actor) -> ColumnElement[bool]:
    """Lists leave out threads whose first words aren't shown, or not to this person: their titles
    are words as well."""
    return and_(Thread.group_id.in_(actor.groups), is_shown(NOW, First), is_met(actor))


def _readable(actor: Actor) -> Sequence[ColumnElement[bool]]:
    """The same within one of their groups, by whoever may read the thread."""
    return may_read(actor), is_shown(NOW, First), is_met(actor)


def _in_order(actor: Actor, latest: Subquery | None = None) -> Rows:
    begin = Thread if latest is None else _of(latest)
    rows = _threads(actor, begin).add_columns(First.notes)
    return rows.order_by(Thread.last_at.desc(), Thread.id.desc())


def _sees_tag(actor: Actor) -> ColumnElement[bool]:
    return or_(~ThreadTag.is_private, Thread.author_id == actor.id)


def _tags_of(actor: Actor) -> ScalarSelect[str]:
    """The tags of a thread that this person sees, with blanks between them."""
    its = (ThreadTag.thread_id == Thread.id, _sees_tag(actor))
    tags = select(func.aggregate_strings(ThreadTag.tag, " ")).where(*its)
    return tags.correlate(Thread).scalar_subquery()


def _threads(actor: Actor, begin: Any = Thread) -> Rows:
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
            _tags_of(actor).label("tags"),
        )
        .select_from(begin)
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
