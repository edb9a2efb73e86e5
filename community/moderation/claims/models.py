"""Who is looking at which item, and for whom it isn’t."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class ItemClaim(Base):
    """Somebody is looking at an item until then. Whoever takes it over has this row."""

    __tablename__ = "item_claim"
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    until: Mapped[datetime]


class ItemPassed(Base):
    """Somebody has said that an item isn’t for them. Nobody asks why."""

    __tablename__ = "item_passed"
    item_id: Mapped[UUID] = mapped_column(
        ForeignKey("review_item.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    passed_at: Mapped[datetime]
