"""What somebody agreed to, and what they consented to. Records are added, never changed away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, key
from community.safety.rules import Purpose


class Agreement(Base):
    """Somebody's acceptance of one version of the guidelines."""

    __tablename__ = "agreement"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    agreed_at: Mapped[datetime]


class HelplineCheck(Base):
    """An admin has checked the helplines of one country, as they were that day."""

    __tablename__ = "helpline_check"
    country: Mapped[str] = mapped_column(primary_key=True)  # its slug in crisis.py
    facts: Mapped[str]  # which lines: Country.facts
    verified_on: Mapped[datetime]
    verified_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))


class Consent(Base):
    """A consent for one purpose, with the version of the words that were shown."""

    __tablename__ = "consent"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    purpose: Mapped[Purpose] = mapped_column(by_value(Purpose))
    text_version: Mapped[int]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    __table_args__ = (Index("ix_consent_account_purpose", "account_id", "purpose"),)
