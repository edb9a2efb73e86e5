"""The outbox: letters are rows, written in the transaction that caused them. post.py sends them.

    queued ─▶ sending (committed) ─▶ sent
       ▲          │ the server said no: wait, try again; given up aloud after the last try
       └──────────┘ a sender that died: its lease ends, the letter is queued again

A letter is a frozen dataclass in some domain's rules; it carries the facts it states. Its class
name finds its templates: community.calls.rules.SeatConfirmed is written by
templates/calls/letters/seat_confirmed/{subject,body}.txt. No import upwards.
"""

import dataclasses
import re
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Index, select
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, db, key


class LetterState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class OutboxLetter(Base):
    """One letter to one address."""

    __tablename__ = "outbox_letter"
    id: Mapped[UUID] = key()
    address: Mapped[str]
    zone: Mapped[str]
    kind: Mapped[str]
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[LetterState] = mapped_column(by_value(LetterState), default=LetterState.QUEUED)
    tries: Mapped[int] = mapped_column(default=0)
    written_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    once: Mapped[str | None] = mapped_column(unique=True)
    __table_args__ = (Index("ix_outbox_letter_due", "state", "due_at"),)


def write(address: str, letter: Any, *, zone: str, now: datetime, once: str | None = None) -> None:
    """Put a letter in the outbox. It goes when the transaction around it is kept.

    With `once`, a second letter under the same key is not written.
    """
    if once and db.session.scalar(select(OutboxLetter.id).where(OutboxLetter.once == once)):
        return
    db.session.add(
        OutboxLetter(
            address=address,
            zone=zone,
            kind=kind_of(type(letter)),
            facts={f.name: _plain(getattr(letter, f.name)) for f in dataclasses.fields(letter)},
            written_at=now,
            due_at=now,
            once=once,
        )
    )


def kind_of(letter: type) -> str:
    """calls/seat_confirmed for community.calls.rules.SeatConfirmed"""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", letter.__name__).lower()
    return f"{letter.__module__.split('.')[1]}/{snake}"


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return {"instant": value.isoformat()}
        case UUID():
            return str(value)
        case tuple() | list():
            return [_plain(item) for item in value]
        case StrEnum():
            return value.value
        case _:
            return value
