"""What was decided about the pace of threads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import EMPTY, Locked
from community.threads.pace.rules import Gap, PaceKind


class ThreadPace(Base):
    """A thread rests or goes slowly until then, or is locked, if nobody ends it before. A newer one
    of its kind ends it."""

    __tablename__ = "thread_pace"
    id: Mapped[UUID] = key()
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    kind: Mapped[PaceKind] = mapped_column(by_value(PaceKind))
    gap: Mapped[Gap | None] = mapped_column(by_value(Gap))
    rule_id: Mapped[str]
    why: Mapped[str] = mapped_column(Locked("pace-why"))
    set_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    set_at: Mapped[datetime]
    until: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    __table_args__ = (
        CheckConstraint("(kind = 'slow') = (gap IS NOT NULL)", name="slow_has_gap"),
        CheckConstraint(f"length(why) > {EMPTY}", name="has_why"),
        CheckConstraint("until > set_at", name="has_end"),
        CheckConstraint("(kind = 'lock') = (until IS NULL)", name="lock_has_no_end"),
        Index(
            "uq_thread_pace_one_of_a_kind",
            "thread_id",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


keep_no_samples(ThreadPace, "why")
