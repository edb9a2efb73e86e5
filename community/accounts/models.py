"""People, the links that let them in, and the browsers they are signed in with."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.check_in.rules import HowToday
from community.accounts.rules import TEXT_SIZES, Side, Theme
from community.core.actor import Staff, Standing
from community.core.db import Base, by_value, keep_no_samples, key


class Account(Base):
    """One person here. What others may see of them is the name, and the card if they show it."""

    __tablename__ = "account"
    id: Mapped[UUID] = key()
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str] = mapped_column(default="")
    standing: Mapped[Standing] = mapped_column(by_value(Standing), default=Standing.ARRIVING)
    zone: Mapped[str] = mapped_column(default="UTC")
    theme: Mapped[Theme | None] = mapped_column(by_value(Theme))
    text_size: Mapped[int] = mapped_column(default=100)
    easier_letters: Mapped[bool] = mapped_column(default=False)
    side: Mapped[Side | None] = mapped_column(by_value(Side))
    access_card: Mapped[str] = mapped_column(default="")
    in_circles: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # what they like there
    adult_at: Mapped[datetime | None]  # when they said they are 18 or over
    joined_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(default=False)
    quiet_until: Mapped[datetime | None]  # the end of their quiet days
    how_today: Mapped[HowToday | None] = mapped_column(by_value(HowToday))  # nobody else reads it
    how_today_until: Mapped[datetime | None]  # the end of that day
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("standing <> 'active' OR name <> ''", name="active_has_name"),
        CheckConstraint("standing <> 'active' OR adult_at IS NOT NULL", name="active_is_adult"),
        CheckConstraint(f"text_size IN {TEXT_SIZES}", name="text_size"),
        CheckConstraint(
            "(how_today IS NULL) = (how_today_until IS NULL)", name="how_today_has_its_day"
        ),
    )


class StaffRole(Base):
    """What somebody does for the whole site."""

    __tablename__ = "staff_role"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[Staff] = mapped_column(by_value(Staff), primary_key=True)
    since: Mapped[datetime]


class SignInLink(Base):
    """A link somebody asked for. It is good once, until it ends, and only the newest is."""

    __tablename__ = "sign_in_link"
    id: Mapped[UUID] = key()
    email: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class SignedInBrowser(Base):
    """A server-side session: ending the row signs that browser out at its next step."""

    __tablename__ = "signed_in_browser"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    token_hash: Mapped[str] = mapped_column(unique=True)  # SHA-256 of what the cookie carries
    signed_in_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    label: Mapped[str]  # "Firefox on Linux", so that somebody can tell their browsers apart


keep_no_samples(Account, "email", "name", "access_card", "how_today")
keep_no_samples(SignInLink, "email")
