"""The post: sends the letters that wait in the outbox, each once.

Only a crash between the mail server's yes and our commit may repeat a letter, and then with the
same Message-ID (promise 6).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import structlog
from flask import current_app, g, render_template
from sqlalchemy import select

from community.core.db import db, locked, transaction
from community.core.jobs import Job
from community.core.letters import LetterState, OutboxLetter
from community.core.ports import MailFailed
from community.core.web import ports

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # longer than any SMTP dialogue we allow
TRIES = 8
BATCH = 20
WAITING = (LetterState.QUEUED, LetterState.SENDING)


def rendered(row: OutboxLetter) -> tuple[str, str]:
    """Subject and body, in the reader's zone; links lead to the site's own address."""
    settings = current_app.extensions["settings"]
    folder = "{}/letters/{}".format(*row.kind.split("/"))
    facts = {fact: _lively(value) for fact, value in row.facts.items()}
    # A context of its own: who reads this letter isn’t who asks for the page that shows it.
    with current_app.app_context(), current_app.test_request_context(base_url=settings.base_url):
        g.zone = row.zone
        subject = render_template(f"{folder}/subject.txt", **facts)
        body = render_template(f"{folder}/body.txt", **facts)
    return f"{settings.discreet_name}: {' '.join(subject.split())}", body.strip() + "\n"


def post(now: datetime) -> None:
    """Send what is due, one letter after the other."""
    for letter_id in _due(now):
        if _claimed(letter_id, ports().clock.now()):
            _send(letter_id)


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as its reader would see it."""

    address: str
    subject: str
    body: str


def newest(count: int) -> list[Shown]:
    """The newest letters, sent or not, as the demo shows them."""
    rows = db.session.scalars(
        select(OutboxLetter)
        .order_by(OutboxLetter.written_at.desc(), OutboxLetter.id.desc())
        .limit(count)
    ).all()
    return [Shown(row.address, *rendered(row)) for row in rows]


def _due(now: datetime) -> list[UUID]:
    """Letters that wait, and letters whose sender died: its lease is over."""
    query = (
        select(OutboxLetter.id)
        .where(OutboxLetter.state.in_(WAITING), OutboxLetter.due_at <= now)
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(BATCH)
    )
    return list(db.session.scalars(query))


def _claimed(letter_id: UUID, now: datetime) -> bool:
    """Take one letter for ourselves, and say so before the mail server hears of it.

    Each by itself: a slow mail server must not use up the lease of the letters after it.
    """
    with transaction():
        row = locked(OutboxLetter, letter_id)
        if row.state not in WAITING or row.due_at > now:
            return False  # another poster was first
        row.state = LetterState.SENDING
        row.tries += 1
        row.due_at = now + LEASE
        return True


def _send(letter_id: UUID) -> None:
    try:
        ports().mailer.send(_message(db.session.get_one(OutboxLetter, letter_id)))
    except MailFailed as failed:
        _put_back(letter_id, why=str(failed))
    except Exception:  # ours; and one letter that can't be written must not stop the others
        log.exception("letter not written", letter=str(letter_id))
        _put_back(letter_id, why="our fault")
    else:
        with transaction():
            row = locked(OutboxLetter, letter_id)
            row.state = LetterState.SENT
            row.sent_at = ports().clock.now()


def _put_back(letter_id: UUID, *, why: str) -> None:
    """To be tried again later, each time after a longer wait; or given up, aloud."""
    with transaction():
        row = locked(OutboxLetter, letter_id)
        is_given_up = row.tries >= TRIES
        row.state = LetterState.FAILED if is_given_up else LetterState.QUEUED
        row.due_at = ports().clock.now() + timedelta(minutes=2**row.tries)
    if is_given_up:
        log.error("letter given up", letter=str(letter_id), why=why)
    else:
        log.warning("letter not taken", letter=str(letter_id), why=why)


def _message(row: OutboxLetter) -> EmailMessage:
    """The same letter always makes the same message, Message-ID and all (RFC 5322)."""
    settings = current_app.extensions["settings"]
    subject, body = rendered(row)
    message = EmailMessage()
    message["From"] = f"{settings.discreet_name} <{settings.mail_from}>"
    message["To"] = row.address
    message["Subject"] = subject
    message["Date"] = format_datetime(row.written_at)
    message["Message-ID"] = f"<{row.id.hex}@{settings.mail_from.partition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    return message


def _lively(value: Any) -> Any:
    match value:
        case Mapping() if set(value) == {"instant"}:
            return datetime.fromisoformat(value["instant"])
        case list():
            return [_lively(item) for item in value]
        case _:
            return value


JOBS = (Job("post letters", timedelta(seconds=2), post),)
