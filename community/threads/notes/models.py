"""The notes of a post in its row, what was suggested for it, and what each reader chose."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from community.core.db import Base, by_value
from community.threads.notes.rules import NoteKind, Notes, Showing


class NotesText(TypeDecorator[Notes]):
    """The notes of a post, as words in one column: every page that shows a post has them."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Notes | None, dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Notes | None:
        return None if value is None else Notes.read(value)


class NoteSuggestion(Base):
    """Somebody thinks that a post could use this note. Who, is kept nowhere."""

    __tablename__ = "note_suggestion"
    post_id: Mapped[UUID] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[NoteKind] = mapped_column(by_value(NoteKind), primary_key=True)
    suggested_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]  # by the author, whichever way: it isn’t asked again


class NoteChoice(Base):
    """How somebody meets words under one kind of note, where they don’t wait behind a press."""

    __tablename__ = "note_choice"
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[NoteKind] = mapped_column(by_value(NoteKind), primary_key=True)
    showing: Mapped[Showing] = mapped_column(by_value(Showing))
