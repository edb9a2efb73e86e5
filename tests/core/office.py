"""A post office: its outbox, what arrived, and time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.calls.rules.letters import InCalendar, SeatConfirmed
from community.core import letters
from community.core.db import db, transaction
from community.core.letters import LetterState, OutboxLetter
from community.core.ports import Mailer
from community.core.post import post
from tests.fakes import FrozenClock

TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
CALL = UUID("01a1fb96-0ba4-7084-8d91-09aa85de15cb")
THEIRS = (InCalendar(CALL, TUESDAY, 60, "Europe/London", 0),)


class PowerCut(BaseException):
    """The process is gone at this line."""


@dataclass
class Troubled:
    """A mailer in front of another, with trouble ahead: what happens before and after a yes."""

    mailer: Mailer
    before: list[BaseException] = field(default_factory=list)
    after: list[BaseException] = field(default_factory=list)

    def send(self, message: EmailMessage) -> None:
        if self.before:
            raise self.before.pop(0)
        self.mailer.send(message)
        if self.after:
            raise self.after.pop(0)


class Office:
    """A post office: its outbox, what arrived, and time."""

    def __init__(self, app: Flask, mailer: Troubled, arrived: Sequence[EmailMessage]) -> None:
        self.app, self.mailer, self.arrived = app, mailer, arrived
        clock = app.extensions["ports"].clock
        assert isinstance(clock, FrozenClock)
        self.clock = clock

    def write(self, to: str = "ana", **how: Any) -> None:
        with self.app.app_context(), transaction():
            self.add(to, **how)

    def add(self, to: str = "ana", *, zone: str = "UTC", **how: Any) -> None:
        letter = SeatConfirmed(CALL, "Neck circle", TUESDAY, 60, THEIRS)
        now = self.clock.now()
        letters.write(f"{to}@example.org", letter, zone=zone, now=now, **how)

    def post(self) -> None:
        with self.app.app_context():
            post(self.clock.now())

    def post_for_a_day(self) -> None:
        """Every ten minutes, whatever happens."""
        for _ in range(24 * 6):
            self.post()
            self.clock.pass_by(minutes=10)

    def breaks(self) -> None:
        with pytest.raises(PowerCut):
            self.post()

    def states(self) -> Counter[LetterState]:
        with self.app.app_context():
            return Counter(db.session.scalars(select(OutboxLetter.state)))

    def row(self) -> OutboxLetter:
        with self.app.app_context():
            return db.session.scalars(select(OutboxLetter)).one()

    def to(self) -> Counter[str]:
        return Counter(str(message["To"]).partition("@")[0] for message in self.arrived)
