"""Who looks after the whole site."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from community.accounts.models import Account, StaffRole
from community.core.actor import Staff
from community.core.db import db


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
