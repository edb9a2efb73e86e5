"""The power goes at every boundary of posting: before and after each statement and each commit,
before each SMTP command is sent, and when the server has carried it out but hasn’t answered.

A process of its own is killed each time, in front of a real database and a real mail server.
How many boundaries there are is counted, not known.
"""

import os
import signal
from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from community.core.db import db, transaction
from community.core.letters import LetterState, OutboxLetter
from community.core.mail import SmtpMailer
from community.core.post import LEASE
from tests.core.office import Office, Troubled
from tests.core.power import in_own_process
from tests.core.sink import Sink
from tests.core.store import Store, own_app

ONE_EACH = {"ana": 1, "ben": 1}


@pytest.fixture
def office(store: Store, smtp: SmtpMailer, sink: Sink) -> Iterator[Office]:
    with own_app(store.url, smtp) as app:
        yield Office(app, Troubled(smtp), sink.kept)


def written_anew(office: Office, sink: Sink) -> None:
    with office.app.app_context(), transaction():
        db.session.execute(delete(OutboxLetter))
    sink.kept.clear()
    office.write("ana")
    office.clock.pass_by(seconds=1)
    office.write("ben")


def power_is_back(office: Office) -> None:
    """The posts that come after: once the lease is over, everything waits no longer."""
    for _ in range(2):
        office.clock.pass_by(seconds=LEASE.total_seconds())
        office.post()


class Cut:
    """Cuts the power of a process when the server has carried out so many of its commands."""

    def __init__(self, *, after: int) -> None:
        self.left = after
        self.process = 0

    def watch(self, process: int) -> None:
        self.process = process

    def heard(self, command: str) -> None:
        if self.left == 0:
            os.kill(self.process, signal.SIGKILL)
        self.left -= 1


def yes_to_commit(boundaries: list[str]) -> dict[int, str]:
    """The one stretch of each letter in which it may go again: the server has said yes, and we
    haven’t kept that. By number, with whose letter it is.
    """
    stretch, reader, people = {}, None, iter(ONE_EACH)
    for number, name in enumerate(boundaries):
        if reader:
            stretch[number] = reader
        if name == "letter":
            reader = next(people)
        if name == "before COMMIT":
            reader = None
    return stretch


@pytest.mark.thorough
@pytest.mark.holds("promise:6")
def test_wherever_the_power_goes_every_letter_goes_once_but_for_one_stretch(
    office: Office, sink: Sink
) -> None:
    written_anew(office, sink)
    boundaries = in_own_process(office.app, office.post)
    assert office.to() == ONE_EACH
    again = yes_to_commit(boundaries)
    assert 2 <= len(again) < len(boundaries) / 3
    for number, name in enumerate(boundaries):
        written_anew(office, sink)
        reached = in_own_process(office.app, office.post, at=number)
        assert reached == boundaries[: number + 1]
        power_is_back(office)
        twice = {again[number]: 2} if number in again else {}
        assert office.to() == ONE_EACH | twice, (number, name)
        assert len({message["Message-ID"] for message in sink.kept}) == 2, (number, name)
        assert office.states() == {LetterState.SENT: 2}, (number, name)


@pytest.mark.holds("promise:6")
def test_whichever_command_the_server_did_not_answer_before_the_power_went(
    office: Office, sink: Sink
) -> None:
    """Once it has the letter, its yes is ours to keep, and that is the one stretch again."""
    commands: list[str] = []
    sink.after = commands.append
    written_anew(office, sink)
    in_own_process(office.app, office.post)
    assert commands == ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"] * 2
    for number, name in enumerate(commands):
        sink.after = lambda command: None
        written_anew(office, sink)
        cut = Cut(after=number)
        sink.after = cut.heard
        in_own_process(office.app, office.post, started=cut.watch)
        sink.after = lambda command: None
        power_is_back(office)
        whose = "ana" if number < len(commands) / 2 else "ben"
        twice = {whose: 2} if name in {"DATA", "QUIT"} else {}
        assert office.to() == ONE_EACH | twice, (number, name)
        assert len({message["Message-ID"] for message in sink.kept}) == 2, (number, name)


@pytest.mark.holds("promise:6")
def test_wherever_the_power_goes_what_was_decided_is_told_wholly_or_not_at_all(
    office: Office, sink: Sink
) -> None:
    def decide() -> None:
        with office.app.app_context(), transaction():
            office.add("ana", once="decision:1")
            office.add("ben", once="decision:2")

    def nothing_written() -> None:
        with office.app.app_context(), transaction():
            db.session.execute(delete(OutboxLetter))

    boundaries = in_own_process(office.app, decide)
    assert sum(office.states().values()) == 2
    kept = boundaries.index("after COMMIT")
    for number, name in enumerate(boundaries):
        nothing_written()
        in_own_process(office.app, decide, at=number)
        assert sum(office.states().values()) == (2 if number >= kept else 0), (number, name)
        decide()  # again, as whoever pressed would
        assert sum(office.states().values()) == 2, (number, name)
