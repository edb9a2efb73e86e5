"""What becomes of a draft when it is thrown away, and when its thread goes elsewhere."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from community.core.actor import Actor
from community.core.db import db
from community.threads.pictures import keeping as pictures
from community.threads.rules.drafts import Kept, Place
from community.threads.taken_back.rules import KEPT_FOR
from community.threads.thrown_away.models import NEWEST_FIRST, ThrownAway

THROWN_MOST = 50  # of one person: all of them stand on one page, to be looked through


def set_aside(actor: Actor, place: Place, kept: Kept, *, now: datetime) -> None:
    """For whoever wrote it, and for nobody else: their newest are kept, and older ones are erased.
    Whoever asks lets the draft go, and has locked the account: two at once would each count without
    the other."""
    db.session.add(
        ThrownAway(
            stamp=kept.stamp,
            account_id=actor.id,
            thread_id=place.thread_id,
            post_id=place.post_id,
            title=kept.typed.title,
            words=kept.typed.words,
            choices=dict(kept.typed.choices),
            overtaken=list(kept.overtaken),
            thrown_at=now,
            erase_at=now + KEPT_FOR,
        )
    )
    db.session.flush()
    for stamp in db.session.scalars(
        select(ThrownAway.stamp)
        .where(ThrownAway.account_id == actor.id, ThrownAway.erase_at > now)
        .order_by(*NEWEST_FIRST)
        .offset(THROWN_MOST)
    ).all():
        erase(actor, stamp, now=now)


def erase(actor: Actor, stamp: UUID, *, now: datetime) -> None:
    """Nobody can put it back from now on. The next job takes it out of the files as well."""
    theirs = (ThrownAway.account_id == actor.id, ThrownAway.stamp == stamp)
    blank = {"title": "", "words": "", "choices": {}, "overtaken": [], "erase_at": now}
    db.session.execute(update(ThrownAway).where(*theirs).values(blank))
    pictures.let_go_of_waiting(actor, Place(thrown=stamp), now=now)


def set_pictures_aside(actor: Actor, place: Place, stamp: UUID, *, now: datetime) -> None:
    """What waited beside the draft waits with it."""
    pictures.carry(actor, place, Place(thrown=stamp), until=now + KEPT_FOR)


def take_along(thread_id: UUID, into_id: UUID) -> None:
    """Where it was written is in another thread from now on."""
    in_it = ThrownAway.thread_id == thread_id
    db.session.execute(update(ThrownAway).where(in_it).values(thread_id=into_id))


def follow_posts(posts: Collection[UUID], thread_id: UUID) -> None:
    """The posts that it would have changed are in another thread."""
    changed = ThrownAway.post_id.in_(posts)
    db.session.execute(update(ThrownAway).where(changed).values(thread_id=thread_id))
