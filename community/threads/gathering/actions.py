"""Pinning and moving threads. It is written down, and whoever began one is told where it went."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import db, locked
from community.groups.models import Group
from community.notifications.actions import tell
from community.threads import queries as threads_queries
from community.threads.acts import heard
from community.threads.acts.rules import Act
from community.threads.gathering import queries
from community.threads.gathering.models import ThreadPin
from community.threads.gathering.rules import (
    PinPlace,
    ThreadMoved,
    may_arrange,
    may_change_topic,
    may_move_to,
    may_pin,
)
from community.threads.models import Thread


def pin(actor: Actor, thread_id: UUID, place: PinPlace, *, now: datetime) -> None:
    """At the top of that list. The group is locked, so that two moderators don’t pin a fourth."""
    thread = arranged(actor, thread_id)
    locked(Group, thread.group_id)
    if place in queries.pins_of(thread_id):
        return
    may_pin(queries.pins_beside(thread, place)).require()
    db.session.add(ThreadPin(thread_id=thread_id, place=place, pinned_at=now))
    write_down(actor, thread, "pinned", "in its place", f"top of its {place.value}", now)


def unpin(actor: Actor, thread_id: UUID, place: PinPlace, *, now: datetime) -> None:
    """Among the others again."""
    thread = arranged(actor, thread_id)
    if place in queries.pins_of(thread_id):
        take_pins(thread_id, place)
        write_down(actor, thread, "unpinned", f"top of its {place.value}", "in its place", now)


def move(actor: Actor, thread_id: UUID, slug: str, *, now: datetime) -> None:
    """Under another topic of the vocabulary, in the same group. There it isn’t pinned."""
    threads_queries.thread(actor, thread_id)
    thread = locked(Thread, thread_id)
    may_change_topic(actor, queries.facts(thread)).require()
    may_move_to(slug).require()
    if thread.topic == slug:
        return
    thread.topic = slug
    take_pins(thread_id, PinPlace.TOPIC)
    if thread.author_id == actor.id:
        return
    write_down(actor, thread, "moved", "in its topic", "in another topic", now)
    if thread.author_id:
        tell(thread.author_id, ThreadMoved(thread_id), now=now)


def arranged(actor: Actor, thread_id: UUID) -> Thread:
    """The thread, if this person may read and arrange it."""
    threads_queries.thread(actor, thread_id)
    thread = db.session.get_one(Thread, thread_id)
    may_arrange(actor, queries.facts(thread)).require()
    return thread


def take_pins(thread_id: UUID, *places: PinPlace) -> None:
    """It isn’t pinned in these lists."""
    pins = (ThreadPin.thread_id == thread_id, ThreadPin.place.in_(places))
    db.session.execute(delete(ThreadPin).where(*pins))


def write_down(
    actor: Actor, thread: Thread, action: str, before: str, after: str, now: datetime
) -> None:
    """In the record, without a topic or a title."""
    db.session.flush()
    heard.say(Act(actor, action, thread.id, thread.group_id, before, after, "", at=now))
