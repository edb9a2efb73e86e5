"""The post: sends the letters that wait in the outbox, each once.

Only a crash between the mail server's yes and our commit may repeat a letter, and then with the
same Message-ID (promise 6). No transaction is open while the mail server takes its time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import structlog
from flask import current_app, g, url_for
from sqlalchemy import func, select, update

from community.core.calendars import Entry, Method, drawn
from community.core.db import db, transaction
from community.core.jobs import Job
from community.core.letters import STOP, LetterState, OutboxLetter
from community.core.ports import MailFailed, MailRefused
from community.core.seal import seal_facts
from community.core.web import ports
from community.core.wording import Unwordable, Wording, worded

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # longer than any SMTP dialogue we allow
TRIES = 8
BATCH = 20
WAITING = (LetterState.QUEUED, LetterState.SENDING)


def post(now: datetime) -> None:
    """Send what is due, one letter after the other."""
    for letter_id in _due(now):
        letter = _claimed(letter_id, ports().clock.now())
        if letter is not None:
            _send(letter)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as its reader would see it."""

    address: str
    subject: str
    body: str


def shown(letter: OutboxLetter) -> Shown:
    """This one, in plain words."""
    with _for_reader(letter.zone):
        wording = worded(letter.kind, letter.facts, _stop(letter))
    return Shown(letter.address, _subject(wording), wording.text)


def newest(count: int) -> list[Shown]:
    """The newest letters, sent or not, as the demo shows them."""
    rows = db.session.scalars(
        select(OutboxLetter)
        .order_by(OutboxLetter.written_at.desc(), OutboxLetter.id.desc())
        .limit(count)
    ).all()
    return [shown(row) for row in rows]


def given_up() -> int:
    """How many letters could not be delivered."""
    failed = OutboxLetter.state == LetterState.FAILED
    return db.session.scalars(select(func.count()).select_from(OutboxLetter).where(failed)).one()


def _due(now: datetime) -> list[UUID]:
    """Letters that wait, and letters whose sender died: its lease is over."""
    query = (
        select(OutboxLetter.id)
        .where(OutboxLetter.state.in_(WAITING), OutboxLetter.due_at <= now)
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(BATCH)
    )
    return list(db.session.scalars(query))


def _claimed(letter_id: UUID, now: datetime) -> OutboxLetter | None:
    """Take one letter for ourselves, and say so before the mail server hears of it.

    Each by itself: a slow mail server must not use up the lease of the letters after it. None if
    another post has it, or it is of no use any more. What comes back is no part of the session.
    """
    with transaction():
        row = db.session.scalar(
            select(OutboxLetter)
            .where(
                OutboxLetter.id == letter_id,
                OutboxLetter.state.in_(WAITING),
                OutboxLetter.due_at <= now,
            )
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        if row is not None and row.until is not None and row.until <= now:
            log.warning("letter came too late", letter=str(row.id), why=row.why)
            db.session.delete(row)
            return None
        if row is not None:
            row.state = LetterState.SENDING
            row.tries += 1
            row.due_at = now + LEASE
            db.session.flush()
            db.session.expunge(row)
        return row


def _send(letter: OutboxLetter) -> None:
    try:
        ports().mailer.send(_message(letter))
    except (Unwordable, MailRefused) as never:
        log.exception("letter can't go", letter=str(letter.id))
        _give_up(letter, why=str(never))
    except MailFailed as failed:
        _put_back(letter, why=str(failed))
    except Exception:  # ours; and one letter that can't be sent must not stop the others
        log.exception("letter not sent", letter=str(letter.id))
        _put_back(letter, why="our fault")
    else:
        with transaction():
            db.session.execute(
                update(OutboxLetter)
                .where(OutboxLetter.id == letter.id)
                .values(state=LetterState.SENT, sent_at=ports().clock.now(), why="")
            )


def _put_back(letter: OutboxLetter, *, why: str) -> None:
    """To be tried again later, each time after a longer wait; or given up, aloud."""
    if letter.tries >= TRIES:
        _give_up(letter, why=why)
        return
    wait = timedelta(minutes=2**letter.tries)
    _settle(letter, state=LetterState.QUEUED, due_at=ports().clock.now() + wait, why=why)
    log.warning("letter not taken", letter=str(letter.id), why=why)


def _give_up(letter: OutboxLetter, *, why: str) -> None:
    """Aloud: here, and on the page where admins look."""
    _settle(letter, state=LetterState.FAILED, why=why)
    log.error("letter given up", letter=str(letter.id), why=why)


def _settle(letter: OutboxLetter, **values: object) -> None:
    """Unless our lease ended meanwhile and another post has taken the letter: then it is theirs."""
    with transaction():
        db.session.execute(
            update(OutboxLetter)
            .where(OutboxLetter.id == letter.id, OutboxLetter.tries == letter.tries)
            .values(**values)
        )


@contextmanager
def _for_reader(zone: str) -> Iterator[None]:
    """Words for whoever reads the letter, which is nobody who asks for a page: in their zone, with
    links to the site's own address.
    """
    base_url = current_app.extensions["settings"].base_url
    with current_app.app_context(), current_app.test_request_context(base_url=base_url):
        g.zone = zone
        yield


def _subject(wording: Wording) -> str:
    subject = wording.subject.replace("\N{NO-BREAK SPACE}", " ")  # readable as it is sent
    return f"{current_app.extensions['settings'].discreet_name}: {subject}"


class _OneWord(UnstructuredHeader, BaseHeader):
    """An address stays whole, however long: broken up, no mail program would know it."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _OneWord)


def _stop(letter: OutboxLetter) -> str | None:
    """Where letters like this one are stopped, if somebody may. The address is always the same."""
    if letter.stops is None:
        return None
    sealed = seal_facts(STOP, letter.stops)
    return url_for("notifications.stop", sealed=sealed, _external=True)


def _message(letter: OutboxLetter) -> EmailMessage:
    """The same letter always makes the same message, Message-ID and all (RFC 5322)."""
    settings = current_app.extensions["settings"]
    with _for_reader(letter.zone):
        stop = _stop(letter)
        wording = worded(letter.kind, letter.facts, stop)
    message = EmailMessage(EmailPolicy(header_factory=_headers))
    message["From"] = f"{settings.discreet_name} <{settings.mail_from}>"
    message["To"] = letter.address
    message["Subject"] = _subject(wording)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = f"<{letter.id.hex}@{settings.mail_from.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    if stop is not None:  # RFC 8058
        message["List-Unsubscribe"] = f"<{stop}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(wording.text)
    message.make_alternative(boundary=letter.id.hex)
    message.add_alternative(wording.html, subtype="html")
    if wording.method and wording.in_calendar:
        _add_calendar(message, letter, Method(wording.method), wording.in_calendar)
    return message


def _add_calendar(
    message: EmailMessage, letter: OutboxLetter, method: Method, calls: Sequence[Mapping[str, Any]]
) -> None:
    """What calendars make of this letter, as files beside its words."""
    is_off = method is Method.CANCEL
    with _for_reader(letter.zone):
        entries = [
            Entry(
                id=UUID(one["call_id"]),
                starts_at=one["starts_at"],
                minutes=one["minutes"],
                zone=one["zone"],
                sequence=one["sequence"],
                said_at=letter.written_at,
                is_off=is_off,
                link=url_for("calls.show", call_id=one["call_id"], _external=True),
            )
            for one in calls
        ]
        # What takes calls out of a calendar is about one only (RFC 5546, 3.2.5).
        files = [[one] for one in entries] if is_off else [entries]
        calendars = [drawn(file, method) for file in files]
    message.make_mixed(boundary=f"{letter.id.hex}-all")
    for calendar in calendars:
        message.add_attachment(
            calendar,
            maintype="text",
            subtype="calendar",
            filename="call.ics",
            params={"method": method.value, "charset": "utf-8"},
        )


JOBS = (Job("post letters", timedelta(seconds=2), post),)
