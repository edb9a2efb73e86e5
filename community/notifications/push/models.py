"""Which browsers are told when something is new."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class PushSubscription(Base):
    """A signed-in browser that wants to be told. It is gone when that browser is signed out."""

    __tablename__ = "push_subscription"
    browser_id: Mapped[UUID] = mapped_column(
        ForeignKey("signed_in_browser.id", ondelete="CASCADE"), primary_key=True
    )
    endpoint: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str]
    secret: Mapped[str]
    due_at: Mapped[datetime | None] = mapped_column(index=True)  # something new waits to be told
    tries: Mapped[int] = mapped_column(default=0)
    failed_at: Mapped[datetime | None]  # the last one was given up; None once one arrives
    why: Mapped[str] = mapped_column(default="")
