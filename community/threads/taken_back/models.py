"""What is kept of words that were taken back."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples
from community.threads.notes.models import NotesText
from community.threads.notes.rules import Notes
from community.threads.rules.posts import PostState


class TakenBack(Base):
    """The words of one post, for whoever wrote them and nobody else. The post itself is blank."""

    __tablename__ = "taken_back"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]  # of the thread that it began
    text: Mapped[str]
    notes: Mapped[Notes] = mapped_column(NotesText)
    tags: Mapped[dict[str, bool]] = mapped_column(JSON)  # of that thread: whether each is private
    state: Mapped[PostState] = mapped_column(by_value(PostState))  # it would have otherwise
    hidden_until: Mapped[datetime | None]
    taken_at: Mapped[datetime]
    erase_at: Mapped[datetime] = mapped_column(index=True)


keep_no_samples(TakenBack, "title", "text")
