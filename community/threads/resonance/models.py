"""The words that people have given one another."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value
from community.threads.resonance.rules import Word


class Resonance(Base):
    """One person’s word to one post. When it was given isn’t kept: it would help to guess whose it
    is."""

    __tablename__ = "resonance"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    word: Mapped[Word] = mapped_column(by_value(Word), primary_key=True)
