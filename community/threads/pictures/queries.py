"""Which pictures there are, for this actor. Every select of pictures."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from community.core.actor import Actor
from community.core.asking import Rows, made_once, some
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.threads import queries as threads_queries
from community.threads.pictures.models import Picture, PictureFile
from community.threads.pictures.rules import A_POST, Holding, PictureRow, Shape, Size, may_see
from community.threads.pictures.there import IN_A_POST
from community.threads.rules.drafts import Place
from community.threads.rules.rows import PostRow


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a page: in its posts, and where somebody is writing on it."""

    in_posts: Mapping[UUID, Sequence[PictureRow]] = field(default_factory=dict)
    waiting: Sequence[PictureRow] = ()

    def of(self, post_id: UUID) -> Sequence[PictureRow]:
        return self.in_posts.get(post_id, ())


@dataclass(frozen=True, slots=True)
class Own:
    """A picture for whoever sent it: where it waits, or in which post it is. `until` is how long it
    can be put back there, once it was taken out."""

    picture: PictureRow
    place: Place
    post: PostRow | None
    until: datetime | None = None


def on_page(actor: Actor, posts: Iterable[UUID], place: Place | None = None) -> Pictures:
    """The pictures of these posts, and this person’s own that wait in this place, in one statement,
    or in none where there is neither. The caller has read the posts for this person."""
    posts = list(posts)
    if not posts and place is None:
        return Pictures()
    return _pictures(_on_page(actor, posts=posts, place=place.key if place else None))


@made_once
def _on_page(actor: Actor) -> Rows:
    shown = and_(Picture.post_id.in_(some("posts")), IN_A_POST)
    return _rows(or_(shown, _waits(actor, bindparam("place"))))


def of_posts(posts: Iterable[UUID]) -> Pictures:
    """The same for moderation, which has asked its own rules who may read them."""
    of_them = and_(Picture.post_id.in_(list(posts)), IN_A_POST)
    return _pictures(db.session.execute(_rows(of_them)))


def post_of(actor: Actor, picture_id: UUID, now: datetime) -> PostRow | None:
    """The post this picture is in, None while it waits or can be put back. Raises
    `Refused(NOT_FOUND)` for everybody who may not see it."""
    found = _picture(picture_id)
    is_out = found.taken_out_at is not None
    if is_out and (found.erase_at is None or found.erase_at <= now):
        raise Refused(NOT_FOUND)
    if found.place is not None or is_out:
        if found.account_id != actor.id:
            raise Refused(NOT_FOUND)
        return None
    post = threads_queries.post(actor, found.post_id) if found.post_id else None
    if post is None or found.erase_at is not None:
        raise Refused(NOT_FOUND)
    may_see(actor, post, now, can_come_back=post.is_kept).require()
    return post


def shown(picture_id: UUID) -> PictureRow:
    """The picture. The caller has asked who may see it."""
    return _row(_picture(picture_id))


def own(actor: Actor, picture_id: UUID, now: datetime) -> Own:
    """A picture of this person’s own. Raises `Refused(NOT_FOUND)` for everybody else."""
    found = _picture(picture_id)
    if found.account_id != actor.id:
        raise Refused(NOT_FOUND)
    post = post_of(actor, picture_id, now)
    place = Place(post.thread_id if post else found.thread_id, found.post_id)
    return Own(_row(found), place, post, found.erase_at if found.taken_out_at else None)


def is_erased(actor: Actor, picture: Picture) -> bool:
    """Their own, that stands nowhere and can’t be put back: it waits for the job."""
    return picture.account_id == actor.id and (picture.place, picture.post_id) == (None, None)


def taken_out(actor: Actor, now: datetime) -> Sequence[Own]:
    """What this person took out and can put back, the latest first."""
    theirs = (Picture.account_id == actor.id, Picture.taken_out_at.is_not(None))
    found = db.session.scalars(
        select(Picture)
        .where(*theirs, Picture.erase_at > now)
        .order_by(Picture.taken_out_at.desc(), Picture.id)
    )
    return [
        Own(_row(each), Place(each.thread_id, each.post_id), None, each.erase_at) for each in found
    ]


def taken_out_of(post_id: UUID, now: datetime) -> Sequence[Picture]:
    """What can be put back into this post."""
    out = (Picture.place.is_(None), Picture.taken_out_at.is_not(None), Picture.erase_at > now)
    return db.session.scalars(select(Picture).where(Picture.post_id == post_id, *out)).all()


def file(picture_id: UUID, size: Size) -> bytes:
    """What is shown of it. Where the small one is all of it, that one is the large one too. The
    caller has asked who may see it."""
    column: InstrumentedAttribute[bytes] | ColumnElement[bytes] = PictureFile.small
    if size is Size.LARGE:
        column = func.coalesce(PictureFile.large, PictureFile.small)
    kept = db.session.scalar(select(column).where(PictureFile.picture_id == picture_id))
    if kept is None:
        raise Refused(NOT_FOUND)
    return kept


def holding(actor: Actor, place: Place, now: datetime) -> Holding:
    """How many pictures are here already, and what this person has sent."""
    here = _waits(actor, place.key)
    if place.post_id:
        here = or_(here, and_(Picture.post_id == place.post_id, IN_A_POST))
    lately = Picture.added_at > now - timedelta(days=1)
    row = db.session.execute(
        select(
            func.count(case((here, 1))),
            func.count(case((lately, 1))),
            func.coalesce(func.sum(Picture.weight), 0),
        ).where(Picture.account_id == actor.id)
    ).one()
    return Holding(*row)


def pressed(actor: Actor, press_id: UUID | None) -> UUID | None:
    """The picture that this press has sent already."""
    if press_id is None:
        return None
    theirs = (Picture.account_id == actor.id, Picture.press_id == press_id)
    return db.session.scalar(select(Picture.id).where(*theirs))


def waiting(actor: Actor, place: Place, chosen: Collection[UUID]) -> Sequence[Picture]:
    """Those of the chosen that wait in this place, are this person’s own and described: three."""
    if not chosen:
        return []
    which = (_waits(actor, place.key), Picture.id.in_(chosen))
    found = db.session.scalars(select(Picture).where(*which).order_by(Picture.id))
    return [each for each in found if _row(each).is_described][:A_POST]


def in_post(post_id: UUID) -> Sequence[Picture]:
    """The pictures of a post, to be changed."""
    which = (Picture.post_id == post_id, IN_A_POST)
    return db.session.scalars(select(Picture).where(*which).order_by(Picture.id)).all()


def _waits(actor: Actor, place: Any) -> ColumnElement[bool]:
    here = and_(Picture.account_id == actor.id, Picture.place == place)
    return and_(here, Picture.taken_out_at.is_(None))


def _rows(which: ColumnElement[bool]) -> Rows:
    return (
        select(
            Picture.id, Picture.post_id, Picture.place, Picture.words, Picture.width, Picture.height
        )
        .where(which)
        .order_by(Picture.id)
    )


def _pictures(found: Iterable[Any]) -> Pictures:
    in_posts: dict[UUID, list[PictureRow]] = defaultdict(list)
    waits: list[PictureRow] = []
    for row in found:
        (waits if row.place is not None else in_posts[row.post_id]).append(_row(row))
    return Pictures(in_posts, waits)


def _picture(picture_id: UUID) -> Picture:
    found = db.session.get(Picture, picture_id)
    if found is None:
        raise Refused(NOT_FOUND)
    return found


def _row(of: Any) -> PictureRow:
    return PictureRow(of.id, of.words, Shape(of.width, of.height))
