"""Whom somebody has muted. It is shown to nobody but them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.asking import Rows, made_once
from community.core.db import db
from community.threads.models import Post
from community.threads.mutes.models import Mute
from community.threads.mutes.rules import Muted


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody who was muted, and since when."""

    id: UUID
    name: str
    since: datetime


def muted_by(actor: Actor) -> Muted:
    """Whom this person has muted."""
    return Muted(frozenset(_muted(actor).scalars()))


@made_once
def _muted(actor: Actor) -> Rows:
    return select(Mute.member_id).where(Mute.account_id == actor.id)


def people(actor: Actor) -> Sequence[Quiet]:
    """Whom this person has muted, by name."""
    rows = db.session.execute(
        select(Account.id, Account.name, Mute.since)
        .join(Mute, Mute.member_id == Account.id)
        .where(Mute.account_id == actor.id)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [Quiet(*row) for row in rows]


def is_muted(actor: Actor, of: type[Post]) -> ColumnElement[bool]:
    """Whether this person has muted whoever wrote a post, in their name."""
    whom = exists().where(Mute.account_id == actor.id, Mute.member_id == of.author_id)
    return and_(of.pseudonym.is_(None), whom)
