"""What somebody agreed and consented to. Every select of safety."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.db import db
from community.safety.crisis import COUNTRIES, Check
from community.safety.models import Agreement, Consent, HelplineCheck
from community.safety.rules import GUIDELINES_VERSION, Purpose


def agreed_at(account_id: UUID) -> datetime | None:
    """When this person agreed to the guidelines as they are today."""
    return db.session.scalar(
        select(Agreement.agreed_at).where(
            Agreement.account_id == account_id, Agreement.version == GUIDELINES_VERSION
        )
    )


@dataclass(frozen=True, slots=True)
class Agreed:
    """A version of the guidelines that somebody agreed to, and when."""

    version: int
    at: datetime


def agreements(account_id: UUID) -> list[Agreed]:
    """Every version that this person agreed to, the newest first."""
    rows = db.session.execute(
        select(Agreement.version, Agreement.agreed_at)
        .where(Agreement.account_id == account_id)
        .order_by(Agreement.version.desc())
    )
    return [Agreed(*row) for row in rows]


@dataclass(frozen=True, slots=True)
class Given:
    """A consent, and when it was taken back, if it was."""

    given_at: datetime
    withdrawn_at: datetime | None

    @property
    def holds(self) -> bool:
        return self.withdrawn_at is None


def last_consent(account_id: UUID, purpose: Purpose) -> Given | None:
    """The consent that this person gave last."""
    row = db.session.execute(
        select(Consent.given_at, Consent.withdrawn_at)
        .where(Consent.account_id == account_id, Consent.purpose == purpose)
        .order_by(Consent.given_at.desc(), Consent.id.desc())
    ).first()
    return Given(*row) if row else None


def checks() -> dict[str, Check]:
    """Which countries' helplines an admin has checked as they are today, by slug."""
    rows = db.session.execute(
        select(
            HelplineCheck.country, HelplineCheck.facts, HelplineCheck.verified_on, Account.name
        ).outerjoin(Account, Account.id == HelplineCheck.verified_by)
    )
    today = {country.slug: country.facts for country in COUNTRIES}
    return {
        row.country: Check(row.verified_on, row.name)
        for row in rows
        if today.get(row.country) == row.facts
    }


def lines_to_check(now: datetime) -> list[str]:
    """The countries whose helplines nobody has checked, or not for a while, by slug."""
    known = checks()
    return [
        country.slug
        for country in COUNTRIES
        if country.slug not in known or known[country.slug].is_due(now)
    ]
