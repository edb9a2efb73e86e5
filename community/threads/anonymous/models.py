"""The names that were made up for people in threads."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base


class Pseudonym(Base):
    """A made-up name: one person's in one thread. The row stays when either is gone, and then says
    no more than that the name is taken.
    """

    __tablename__ = "pseudonym"
    name: Mapped[str] = mapped_column(primary_key=True)
    thread_id: Mapped[UUID | None] = mapped_column(ForeignKey("thread.id", ondelete="SET NULL"))
    account_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    __table_args__ = (
        UniqueConstraint("thread_id", "account_id"),
        UniqueConstraint("thread_id", "name"),  # what a post of that thread refers to
    )
