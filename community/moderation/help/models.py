"""Who would like a moderator, and what was done for them.

Both go when it is seen to. What stays is in the record: who did what, and not for whom.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import Locked
from community.moderation.help.rules import HelpStep
from community.moderation.rules.reasons import Scope


class HelpWanted(Base):
    """Somebody pressed for help in a circle, and nobody there opened it; or they told a moderator
    from a thread. There is one for each press, and one of somebody in a thread."""

    __tablename__ = "help_wanted"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    call_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("call.id", ondelete="SET NULL"), index=True
    )
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="SET NULL"), index=True
    )
    in_circle: Mapped[bool]
    words: Mapped[str] = mapped_column(Locked("help-words"))
    scope: Mapped[Scope] = mapped_column(by_value(Scope), default=Scope.GROUP)
    asked_at: Mapped[datetime]
    up_at: Mapped[datetime | None]  # a safety lead has it since
    __table_args__ = (
        UniqueConstraint("account_id", "thread_id"),
        CheckConstraint("NOT in_circle OR thread_id IS NULL", name="in_one_place"),
        CheckConstraint("scope <> 'both'", name="of_group_or_site"),
    )


keep_no_samples(HelpWanted, "words")


class HelpTaken(Base):
    """A step that somebody took: who and when, and no word of what was said."""

    __tablename__ = "help_taken"
    id: Mapped[UUID] = key()
    help_id: Mapped[UUID] = mapped_column(
        ForeignKey("help_wanted.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[HelpStep] = mapped_column(by_value(HelpStep))
    taken_by: Mapped[UUID]
    was_with: Mapped[UUID | None]  # who held the circle and was with them
    taken_at: Mapped[datetime]
    __table_args__ = (
        CheckConstraint("was_with <> taken_by", name="somebody_else"),
        CheckConstraint("step = 'there' OR was_with IS NULL", name="who_was_there"),
    )
