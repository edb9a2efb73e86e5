"""What becomes of pictures when the words they stand with are sent, changed or taken back."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from markupsafe import Markup
from sqlalchemy import ColumnElement, update

from community.core.actor import Actor
from community.core.db import Ids, db
from community.core.verdict import NOT_FOUND, Refused
from community.threads.pictures import queries
from community.threads.pictures.models import Picture
from community.threads.pictures.rules import COMES_BACK_FOR, Change
from community.threads.rules.drafts import Place


def put_in(pictures: Collection[Picture], post_id: UUID) -> None:
    """These waited where the words were written, or were taken out, and go with them."""
    for picture in pictures:
        picture.post_id = post_id
        picture.place = picture.thread_id = picture.erase_at = picture.taken_out_at = None
    db.session.flush()


def change(actor: Actor, post_id: UUID, place: Place, changes: Change, *, now: datetime) -> bool:
    """Do this to the pictures of a post. False if it leaves them as they are."""
    added = queries.waiting(actor, place, changes.added)
    put_in(added, post_id)
    shown = {picture.id: picture for picture in queries.in_post(post_id)}
    is_changed = bool(added)
    if changes.taken_out:
        take_out(_one_of(shown, changes.taken_out).id, now=now)
        is_changed = True
    if changes.put_back:
        out = {picture.id: picture for picture in queries.taken_out_of(post_id, now)}
        put_in([_one_of(out, changes.put_back)], post_id)
        is_changed = True
    if changes.described:
        picture_id, words = changes.described
        picture = _one_of(shown, picture_id)
        is_changed = is_changed or picture.words != words
        picture.words = words
    db.session.flush()
    return is_changed


def words_in(post_id: UUID) -> list[str]:
    """What the pictures of a post show, in words."""
    return [picture.words for picture in queries.in_post(post_id)]


def in_words(post_id: UUID) -> str:
    """The same below a copy of its words, as HTML."""
    return str(Markup("").join(Markup("<p>[{}]</p>").format(each) for each in words_in(post_id)))


def words_of(pictures: Sequence[Picture]) -> list[str]:
    return [picture.words for picture in pictures]


def take_out(picture_id: UUID, *, now: datetime) -> None:
    """Nobody but its sender sees it from now on. They can put it back for some time, and the press
    that sent it may send another."""
    out = {"taken_out_at": now, "erase_at": now + COMES_BACK_FOR, "press_id": None}
    db.session.execute(update(Picture).where(Picture.id == picture_id).values(**out))


def let_go_of(picture_id: UUID, *, now: datetime) -> None:
    """It can’t be put back any more."""
    _erase(Picture.id == picture_id, now=now)


def carry(actor: Actor, here: Place, there: Place, *, until: datetime) -> None:
    """Those that wait beside words go with them. What was taken out before can still be put
    back where it was."""
    waits = (Picture.account_id == actor.id, Picture.place == here.key)
    there_now = {"place": there.key, "erase_at": until}
    with_them = update(Picture).where(*waits, Picture.taken_out_at.is_(None))
    db.session.execute(with_them.values(there_now))


def let_go_of_waiting(actor: Actor, place: Place, *, now: datetime) -> None:
    """Those that waited beside words which are erased for good."""
    _erase(Picture.account_id == actor.id, Picture.place == place.key, now=now)


def let_go_of_change(post_id: UUID, *, now: datetime) -> None:
    """Those that waited to come to a post have nowhere to go."""
    _erase(Picture.post_id == post_id, Picture.place.is_not(None), now=now)


def let_go_of_posts(posts: Ids, *, now: datetime) -> None:
    """The words of these posts are erased for good, and their pictures with them."""
    _erase(Picture.post_id.in_(posts), now=now)


def take_along(thread_id: UUID, into_id: UUID) -> None:
    """Where somebody is writing is in another thread from now on."""
    here, there = Place(thread_id).key, Place(into_id).key
    db.session.execute(update(Picture).where(Picture.place == here).values(place=there))
    in_it = Picture.thread_id == thread_id
    db.session.execute(update(Picture).where(in_it).values(thread_id=into_id))


def follow_posts(posts: Collection[UUID], thread_id: UUID) -> None:
    """Where somebody is changing these posts is in another thread."""
    changed = (Picture.post_id.in_(posts), Picture.place.is_not(None))
    db.session.execute(update(Picture).where(*changed).values(thread_id=thread_id))


def _one_of(shown: dict[UUID, Picture], picture_id: UUID) -> Picture:
    if picture_id not in shown:
        raise Refused(NOT_FOUND)
    return shown[picture_id]


def _erase(*which: ColumnElement[bool], now: datetime) -> None:
    """Nobody sees them from now on. The next job takes them out of the files as well."""
    blank = dict.fromkeys(("place", "thread_id", "post_id", "press_id", "taken_out_at"))
    gone = {"words": "", **blank, "erase_at": now}
    db.session.execute(update(Picture).where(*which).values(**gone))
