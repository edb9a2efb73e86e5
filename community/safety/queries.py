"""What somebody agreed and consented to. Every select of safety."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.core.db import db
from community.safety.models import Agreement, Consent
from community.safety.rules import GUIDELINES_VERSION, Purpose


def agreed_at(account_id: UUID) -> datetime | None:
    """When this person agreed to the guidelines as they are today."""
    return db.session.scalar(
        select(Agreement.agreed_at).where(
            Agreement.account_id == account_id, Agreement.version == GUIDELINES_VERSION
        )
    )


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
