"""The outbox: letters are rows, written in the transaction that caused them. post.py sends them.

    queued ─▶ sending (committed) ─▶ sent
       ▲          │ not taken: wait, try again; given up aloud after the last try, or at once when
       │          │ the server will never take it or it can't be written
       └──────────┘ a sender that died: its lease ends, the letter is queued again

A letter is a frozen dataclass in some domain's rules; it carries the facts it states. Its class
name finds its template: SeatConfirmed of community.calls is templates/calls/letters/
seat_confirmed.html (wording.py). No import upwards.
"""

import dataclasses
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    JSON,
    ColumnElement,
    CursorResult,
    Index,
    String,
    delete,
    select,
)
from sqlalchemy import (
    cast as as_type,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from community.core.db import Base, add_once, by_value, db, keep_no_samples, key, locked
from community.core.verdict import STALE, Refused

STOP = "stop letters"  # what the link is sealed for that stops letters like one


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
    until: Mapped[datetime | None]  # it is of no use any more
    sent_at: Mapped[datetime | None]
    why: Mapped[str] = mapped_column(default="")  # it was not taken the last time; never an address
    once: Mapped[str | None] = mapped_column(unique=True)
    stops: Mapped[dict[str, str] | None] = mapped_column(JSON(none_as_null=True))
    __table_args__ = (Index("ix_outbox_letter_due", "state", "due_at"),)


keep_no_samples(OutboxLetter, "address", "facts")


def write(
    address: str,
    letter: Any,
    *,
    zone: str,
    now: datetime,
    once: str | None = None,
    due_at: datetime | None = None,
    until: datetime | None = None,
    stops: Mapping[str, str] | None = None,
) -> bool:
    """Put a letter in the outbox. It goes when the transaction around it is kept, or at `due_at`.

    If it couldn't go before `until`, it never does. With `once`, a second letter under the same
    key is not written. True if this one was. `stops` says whose letters of which kind one press
    in this letter stops.
    """
    return add_once(
        OutboxLetter,
        address=address,
        zone=zone,
        kind=kind_of(type(letter)),
        facts=facts_of(letter),
        written_at=now,
        due_at=due_at or now,
        until=until,
        once=once,
        stops=stops,
    )


def try_again(letter_id: UUID, *, now: datetime) -> None:
    """A letter that was given up goes to the post once more, as if for the first time."""
    row = locked(OutboxLetter, letter_id)
    if row.state is not LetterState.FAILED:
        raise Refused(STALE)
    row.state, row.tries, row.due_at = LetterState.QUEUED, 0, now


def call_back(stops: Mapping[str, str]) -> None:
    """Letters that wait, and that these would stop, never go. One on its way can’t be."""
    same = (OutboxLetter.stops[name].as_string() == value for name, value in stops.items())
    db.session.execute(
        delete(OutboxLetter).where(
            OutboxLetter.state == LetterState.QUEUED, OutboxLetter.stops.is_not(None), *same
        )
    )


def waiting(address: str) -> Sequence[OutboxLetter]:
    """What this address was written and hasn’t gone."""
    is_theirs = OutboxLetter.address == address
    query = select(OutboxLetter).where(is_theirs, OutboxLetter.state == LetterState.QUEUED)
    return db.session.scalars(query).all()


def call_back_these(waiting: Sequence[OutboxLetter]) -> None:
    """These never go, but for one that is on its way by now."""
    ids = [each.id for each in waiting]
    is_queued = OutboxLetter.state == LetterState.QUEUED
    db.session.execute(delete(OutboxLetter).where(OutboxLetter.id.in_(ids), is_queued))


def forget(address: str) -> None:
    """Whatever was written to this address, sent or not."""
    db.session.execute(delete(OutboxLetter).where(OutboxLetter.address == address))


def forget_sent(kind: type) -> bool:
    """Letters of this kind that went, or never will. True if there were any."""
    done = OutboxLetter.state.in_((LetterState.SENT, LetterState.FAILED))
    gone = delete(OutboxLetter).where(OutboxLetter.kind == kind_of(kind), done)
    return cast("CursorResult[Any]", db.session.execute(gone)).rowcount > 0


def unname(name: str, instead: str) -> None:
    """Where letters to others say this name by itself, they say something else instead."""
    for row in db.session.scalars(select(OutboxLetter).where(says(OutboxLetter.facts, name))):
        row.facts = renamed(row.facts, name, instead)
    db.session.flush()


def says(facts: InstrumentedAttribute[dict[str, Any]], word: str) -> ColumnElement[bool]:
    """Whether one of these facts is this and nothing else."""
    return as_type(facts, String).contains(json.dumps(word), autoescape=True)


def renamed(value: Any, name: str, instead: str) -> Any:
    """These facts, with something else wherever one of them is this name."""
    match value:
        case dict():
            return {key: renamed(item, name, instead) for key, item in value.items()}
        case list():
            return [renamed(item, name, instead) for item in value]
        case _:
            return instead if value == name else value


def kind_of(letter: type) -> str:
    """calls/seat_confirmed for community.calls.rules.SeatConfirmed"""
    snake = re.sub(r"(?<!^)(?=[A-Z])", "_", letter.__name__).lower()
    return f"{letter.__module__.split('.')[1]}/{snake}"


def facts_of(letter: Any) -> dict[str, Any]:
    """What a letter states, as JSON keeps it; `lively` reads it again."""
    return {f.name: _plain(getattr(letter, f.name)) for f in dataclasses.fields(letter)}


def lively(value: Any) -> Any:
    """A fact that was kept: its instants are instants again."""
    match value:
        case Mapping() if set(value) == {"instant"}:
            return datetime.fromisoformat(value["instant"])
        case Mapping():
            return {name: lively(item) for name, item in value.items()}
        case list():
            return [lively(item) for item in value]
        case _:
            return value


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
        case _ if dataclasses.is_dataclass(value):
            return facts_of(value)
        case _:
            return value
