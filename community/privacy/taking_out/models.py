"""When somebody last took out what is theirs."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class DataTaken(Base):
    """Somebody took out everything that is theirs, then for the last time."""

    __tablename__ = "data_taken"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    taken_at: Mapped[datetime]
