"""Who looks after the whole site."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from community.accounts.models import Account, StaffRole
from community.core.actor import Staff
from community.core.db import db
from community.core.letters import LetterState, OutboxLetter

PAGE = 50


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Somebody and one thing they do for the site."""

    account_id: UUID
    name: str
    email: str
    role: Staff


def staff() -> list[StaffRow]:
    """Everybody who looks after the site, by name."""
    rows = db.session.execute(
        select(Account.id, Account.name, Account.email, StaffRole.role)
        .join(StaffRole, StaffRole.account_id == Account.id)
        .order_by(func.lower(Account.name), Account.id, StaffRole.role)
    )
    return [StaffRow(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A letter that could not be delivered."""

    id: UUID
    address: str
    written_at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class GivenUpPage:
    """Some of them, the newest first, and where the page after this one begins, if there is one."""

    letters: list[GivenUp]
    older: UUID | None


def given_up(older_than: UUID | None) -> GivenUpPage:
    """Letters that could not be delivered, a page of them."""
    query = (
        select(OutboxLetter.id, OutboxLetter.address, OutboxLetter.written_at, OutboxLetter.why)
        .where(OutboxLetter.state == LetterState.FAILED)
        .order_by(OutboxLetter.id.desc())
        .limit(PAGE + 1)
    )
    if older_than is not None:
        query = query.where(OutboxLetter.id < older_than)
    rows = [GivenUp(*row) for row in db.session.execute(query)]
    return GivenUpPage(rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None)
