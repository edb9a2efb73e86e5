"""What somebody proposed to do about a person, until somebody else has answered."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import Base, by_value, keep_no_samples, key
from community.core.locked import EMPTY, Locked
from community.moderation.sanctions.rules import Second


class SanctionProposal(Base):
    """A step that needs a second person. Nothing happens before they agree. One at a time for
    each item."""

    __tablename__ = "sanction_proposal"
    id: Mapped[UUID] = key()
    item_id: Mapped[UUID] = mapped_column(ForeignKey("review_item.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[SanctionKind] = mapped_column(by_value(SanctionKind))
    days: Mapped[int]
    rule_id: Mapped[str]
    why: Mapped[str] = mapped_column(Locked("proposal-why"))
    note: Mapped[str] = mapped_column(Locked("proposal-note"))
    second: Mapped[Second] = mapped_column(by_value(Second))
    proposed_by: Mapped[UUID]
    proposed_at: Mapped[datetime]
    answered_by: Mapped[UUID | None]
    answered_at: Mapped[datetime | None]
    agreed: Mapped[bool | None]
    answer: Mapped[str] = mapped_column(Locked("proposal-answer"), default="")
    __table_args__ = (
        CheckConstraint("proposed_by <> account_id", name="not_by_its_subject"),
        CheckConstraint(
            "answered_by <> proposed_by AND answered_by <> account_id", name="by_somebody_else"
        ),
        CheckConstraint(
            "(answered_by IS NULL) = (answered_at IS NULL) "
            "AND (answered_by IS NULL) = (agreed IS NULL)",
            name="answered_whole",
        ),
        CheckConstraint(f"length(why) > {EMPTY}", name="has_why"),
        Index(
            "uq_sanction_proposal_one_open",
            "item_id",
            unique=True,
            sqlite_where=text("answered_at IS NULL"),
            postgresql_where=text("answered_at IS NULL"),
        ),
    )


keep_no_samples(SanctionProposal, "why", "note", "answer")
