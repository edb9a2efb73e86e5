"""Who keeps apart from whom. What somebody chose is shown to nobody but them.

Whatever hides one person from another goes in both directions, so that a page looks the same
whoever of the two chose it. `groups.claims` reads along who that is, so that it costs no page more.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Row,
    ScalarSelect,
    Select,
    String,
    and_,
    cast,
    func,
    or_,
    select,
    true,
    union_all,
)

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.safety.blocks.models import Block


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody else, and since when I keep apart from them, if I do."""

    id: UUID
    name: str
    since: datetime | None


def other(actor: Actor, account_id: UUID) -> Other:
    """Somebody with a name. Raises `Refused(NOT_FOUND)`."""
    row = db.session.execute(
        _others(actor).where(Account.id == account_id, Account.name != "")
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return _other(row)


def chosen_by(actor: Actor) -> Sequence[Other]:
    """From whom this person keeps apart, by name."""
    rows = db.session.execute(
        _others(actor)
        .where(Block.since.is_not(None))
        .order_by(func.lower(Account.name), Account.id)
    )
    return [_other(row) for row in rows]


def meets(actor: Actor, whose: Any) -> ColumnElement[bool]:
    """The SQL twin of `Actor.meets`, for a column."""
    return or_(whose.is_(None), whose.not_in(actor.apart)) if actor.is_kept_apart else true()


def apart_from(account_id: BindParameter[UUID]) -> ScalarSelect[str]:
    """Everybody who is kept apart from this person, whoever of the two chose it: their ids, with
    blanks between them, to be read along with something else."""
    others = union_all(
        select(Block.blocked_id.label("id")).where(Block.blocker_id == account_id),
        select(Block.blocker_id).where(Block.blocked_id == account_id),
    ).subquery("others")
    return select(func.aggregate_strings(cast(others.c.id, String), " ")).scalar_subquery()


def _others(actor: Actor) -> Select[UUID, str, datetime | None]:
    return select(Account.id, Account.name, Block.since).outerjoin(
        Block, and_(Block.blocked_id == Account.id, Block.blocker_id == actor.id)
    )


def _other(row: Row[UUID, str, datetime | None]) -> Other:
    return Other(row.id, row.name, row.since)
