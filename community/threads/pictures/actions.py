"""Taking a picture, saying what it shows, taking it out and putting it back."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, delete, exists, or_

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.safety.rules import may_write_at_all
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.models import Draft
from community.threads.pictures import keeping, queries
from community.threads.pictures.models import Picture, PictureFile
from community.threads.pictures.rules import KEPT_FOR, Change, Redrawn, may_add, may_put_back
from community.threads.rules.drafts import Place
from community.threads.rules.posts import may_edit, may_reply


def may_take(actor: Actor, place: Place, *, now: datetime) -> None:
    """Refuses whoever may not write there, and one picture too many."""
    is_of_circle = False
    if place.post_id:
        may_edit(actor, threads_queries.post(actor, place.post_id), now).require()
    elif place.thread_id:
        may_reply(actor, threads_queries.opening(actor, place.thread_id), now).require()
    else:
        may_write_at_all(actor).require()
    if place.thread_id:
        thread = threads_queries.thread(actor, place.thread_id)
        is_of_circle = thread.erase_at is not None
    may_add(queries.holding(actor, place, now), is_of_circle=is_of_circle).require()


def take(
    actor: Actor,
    place: Place,
    drawn: Redrawn,
    words: str,
    *,
    press_id: UUID | None = None,
    now: datetime,
) -> UUID:
    """Keep a picture where somebody is writing; its id. It is sent with their words, if it is
    described by then. A second press keeps no second one."""
    locked(Account, actor.id)  # two presses of one person come one after the other
    if before := queries.pressed(actor, press_id):
        return before
    may_take(actor, place, now=now)
    picture = Picture(
        account_id=actor.id,
        place=place.key,
        thread_id=place.thread_id,
        post_id=place.post_id,
        words=words,
        width=drawn.shape.width,
        height=drawn.shape.height,
        weight=drawn.weight,
        added_at=now,
        erase_at=now + KEPT_FOR,
        press_id=press_id,
    )
    db.session.add(picture)
    db.session.flush()
    db.session.add(PictureFile(picture_id=picture.id, small=drawn.small, large=drawn.large))
    db.session.flush()
    return picture.id


def describe(actor: Actor, picture_id: UUID, words: str, *, now: datetime) -> None:
    """Say what it shows. In a post that is a change like one of its words."""
    own = queries.own(actor, picture_id, now)
    if own.until:
        raise Refused(NOT_FOUND)
    if own.post:
        _change(actor, own.post.id, Change(described=(picture_id, words)), now)
    else:
        locked(Picture, picture_id).words = words


def take_out(actor: Actor, picture_id: UUID, *, now: datetime) -> None:
    """Nobody else sees it from now on. It can be put back for thirty days; a second press leaves it
    so."""
    own = queries.own(actor, picture_id, now)
    if own.until:
        return
    if own.post:
        _change(actor, own.post.id, Change(taken_out=picture_id), now)
    else:
        keeping.take_out(picture_id, now=now)


def put_back(actor: Actor, picture_id: UUID, *, now: datetime) -> None:
    """Where it was: in the post, which is a change like one of its words, or beside the words that
    somebody writes there. A second press changes nothing."""
    locked(Account, actor.id)  # two pictures for the last place come one after the other
    picture = locked(Picture, picture_id)
    own = queries.own(actor, picture_id, now)
    if own.until is None:
        return
    may_put_back(queries.holding(actor, own.place, now)).require()
    if picture.place is not None:
        picture.taken_out_at, picture.erase_at = None, now + KEPT_FOR
    elif own.place.post_id:
        _change(actor, own.place.post_id, Change(put_back=picture_id), now)


def erase(actor: Actor, picture_id: UUID, *, now: datetime) -> None:
    """One that was taken out never comes back. The next job takes it out of the files as well; a
    second press until then leaves it so."""
    if queries.is_erased(actor, locked(Picture, picture_id)):
        return
    if queries.own(actor, picture_id, now).until is None:
        raise Refused(NOT_FOUND)
    keeping.let_go_of(picture_id, now=now)


def forget(*, now: datetime) -> bool:
    """Erase what was taken out, and what waits with no draft that anybody touches. True if there
    was any."""
    kept = exists().where(Draft.account_id == Picture.account_id, Draft.place == Picture.place)
    is_done = or_(Picture.place.is_(None), Picture.taken_out_at.is_not(None), ~kept)
    over = (Picture.erase_at <= now, is_done)
    erased = db.session.execute(delete(Picture).where(*over))
    return cast("CursorResult[Any]", erased).rowcount > 0


def _change(actor: Actor, post_id: UUID, change: Change, now: datetime) -> None:
    post = threads_queries.post(actor, post_id)
    threads_actions.edit(actor, post_id, post.text, post.version, pictures=change, now=now)
