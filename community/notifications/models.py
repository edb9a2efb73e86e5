"""What somebody was told here, and how they want to be told."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.notifications.rules import News


class Notice(Base):
    """One piece of news for one person: the facts of a letter, shown under What's new."""

    __tablename__ = "notice"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    told_at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(unique=True)
    put_down: Mapped[bool] = mapped_column(default=False)  # in quiet days: it counts after them
    __table_args__ = (
        Index("ix_notice_of_account", "account_id", "id"),
        Index(  # every page asks how many there are
            "ix_notice_unseen",
            "account_id",
            sqlite_where=text("seen_at IS NULL"),
            postgresql_where=text("seen_at IS NULL"),
        ),
    )


keep_no_samples(Notice, "facts")


class NewsChoice(Base):
    """How somebody wants one kind of news to reach them, once they have chosen."""

    __tablename__ = "news_choice"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    news: Mapped[News] = mapped_column(by_value(News), primary_key=True)
    by_mail: Mapped[bool]
    by_bell: Mapped[bool]
    by_push: Mapped[bool]


class QuietHours(Base):
    """When somebody’s night is, once they have chosen. Without hours they have none."""

    __tablename__ = "quiet_hours"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    begins: Mapped[time | None]
    ends: Mapped[time | None]
    __table_args__ = (CheckConstraint("(begins IS NULL) = (ends IS NULL)", name="both_or_none"),)
