"""Muting a person, and no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, db
from community.safety.blocks import queries as blocks_queries
from community.safety.blocks.rules import may_keep_apart
from community.threads.mutes.models import Mute


def mute_person(actor: Actor, member_id: UUID, *, now: datetime) -> None:
    """From now on, until it is undone. Nobody is told, and a second press changes nothing."""
    may_keep_apart(actor, member_id).require()
    blocks_queries.other(actor, member_id)  # refuses whoever isn’t there
    add_once(Mute, account_id=actor.id, member_id=member_id, since=now)


def hear_person(actor: Actor, member_id: UUID) -> None:
    """As it was before."""
    db.session.execute(delete(Mute).where(Mute.account_id == actor.id, Mute.member_id == member_id))
