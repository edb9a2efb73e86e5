"""What is in force for whom. Read by the clock, every time."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, String, cast, exists, func, or_, select

from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.rules import SanctionKind, bounds
from community.core.actor import FREE, Bounds
from community.core.db import db


def in_force(now: Any) -> ColumnElement[bool]:
    """The SQL twin of `rules.is_in_force`."""
    return Sanction.lifted_at.is_(None) & or_(Sanction.ends_at.is_(None), Sanction.ends_at > now)


def bounds_of(account_id: Any, now: Any) -> ScalarSelect[str]:
    """What is in force for somebody, in words for `read`, to be read along with something else."""
    each = cast(Sanction.kind, String) + ":" + func.coalesce(cast(Sanction.group_id, String), "")
    return (
        select(func.aggregate_strings(each, " "))
        .where(Sanction.account_id == account_id, in_force(now))
        .scalar_subquery()
    )


def read(words: str | None) -> Bounds:
    """What `bounds_of` found."""
    if not words:
        return FREE
    parts = (each.partition(":") for each in words.split())
    return bounds((SanctionKind(kind), UUID(group) if group else None) for kind, _, group in parts)


def is_suspended(account_id: Any, now: Any) -> ColumnElement[bool]:
    """Whether somebody is suspended, to be read along with something else."""
    return exists().where(
        Sanction.account_id == account_id, Sanction.kind == SanctionKind.SUSPEND, in_force(now)
    )


def is_kept_from(account_id: Any, group_id: Any, now: Any) -> ColumnElement[bool]:
    """Whether somebody is kept from a group, to be read along with something else."""
    is_here = (Sanction.account_id == account_id, Sanction.group_id == group_id)
    return exists().where(*is_here, Sanction.kind == SanctionKind.BAN, in_force(now))


def of(account_id: UUID, now: datetime) -> Sequence[Sanction]:
    """What is in force for somebody, the latest first."""
    return db.session.scalars(
        select(Sanction)
        .where(Sanction.account_id == account_id, in_force(now))
        .order_by(Sanction.begins_at.desc(), Sanction.id.desc())
    ).all()


def kept_away(email: str, now: datetime) -> Sequence[KeptAway]:
    """What is still in force for whoever had this address when they were erased."""
    return db.session.scalars(
        select(KeptAway).where(KeptAway.email == email, KeptAway.until > now).order_by(KeptAway.id)
    ).all()
