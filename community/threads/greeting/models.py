"""Who greets in a group, or is asked to."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples


class Greeter(Base):
    """One member of a group, or none. It goes with their place in the group."""

    __tablename__ = "greeter"
    group_id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    since: Mapped[datetime | None]  # when they said yes
    words: Mapped[str] = mapped_column(default="")  # empty: ours
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="SET NULL"), index=True
    )
    hears: Mapped[bool] = mapped_column(default=False)
    told_at: Mapped[datetime | None]  # by letter, of somebody’s first words
    __table_args__ = (
        ForeignKeyConstraint(
            ["group_id", "account_id"],
            ["membership.group_id", "membership.account_id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("since IS NOT NULL OR words = ''", name="words_after_yes"),
    )


keep_no_samples(Greeter, "words")
