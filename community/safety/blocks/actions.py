"""Keeping apart from somebody, and no longer."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, db
from community.safety.blocks import queries
from community.safety.blocks.models import Block
from community.safety.blocks.rules import may_keep_apart


def keep_apart(actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """From now on, until it is undone. Nobody is told, and a second press changes nothing."""
    may_keep_apart(actor, account_id).require()
    queries.other(actor, account_id)  # refuses whoever isn’t there
    add_once(Block, blocker_id=actor.id, blocked_id=account_id, since=now)


def both_keep_apart(one: UUID, other: UUID, *, now: datetime) -> None:
    """As they have agreed. Each can end their own side."""
    add_once(Block, blocker_id=one, blocked_id=other, since=now)
    add_once(Block, blocker_id=other, blocked_id=one, since=now)


def meet_again(actor: Actor, account_id: UUID) -> None:
    """As it was before. What the other has chosen stays theirs."""
    db.session.execute(
        delete(Block).where(Block.blocker_id == actor.id, Block.blocked_id == account_id)
    )
