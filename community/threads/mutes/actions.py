"""Muting a person or a thread, and no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, db
from community.safety.blocks import queries as blocks_queries
from community.safety.blocks.rules import may_keep_apart
from community.threads import queries
from community.threads.mutes.models import Mute


def mute_person(actor: Actor, member_id: UUID, *, now: datetime) -> None:
    """From now on, until it is undone. Nobody is told, and a second press changes nothing."""
    may_keep_apart(actor, member_id).require()
    blocks_queries.other(actor, member_id)  # refuses whoever isn’t there
    add_once(Mute, account_id=actor.id, member_id=member_id, since=now)


def hear_person(actor: Actor, member_id: UUID) -> None:
    """As it was before."""
    db.session.execute(delete(Mute).where(Mute.account_id == actor.id, Mute.member_id == member_id))


def mute_thread(actor: Actor, thread_id: UUID, *, now: datetime) -> None:
    """The same for a thread that they may read."""
    queries.thread(actor, thread_id)
    add_once(Mute, account_id=actor.id, thread_id=thread_id, since=now)


def hear_thread(actor: Actor, thread_id: UUID) -> None:
    """As it was before, also of a thread that they may not read any more."""
    db.session.execute(delete(Mute).where(Mute.account_id == actor.id, Mute.thread_id == thread_id))
