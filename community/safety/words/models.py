"""What staff changed in the lists of watched words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value
from community.safety.words.rules import Kind


class WordChoice(Base):
    """A phrase that staff had added or left out. Those that the site comes with have no row."""

    __tablename__ = "word_choice"
    kind: Mapped[Kind] = mapped_column(by_value(Kind), primary_key=True)
    phrase: Mapped[str] = mapped_column(primary_key=True)  # folded
    is_watched: Mapped[bool]
    chosen_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    chosen_at: Mapped[datetime]
    __table_args__ = (CheckConstraint("length(trim(phrase)) > 0", name="has_phrase"),)
