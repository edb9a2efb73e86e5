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
from sqlalchemy import or_, select

from community.core.db import db, locked, transaction
from community.core.jobs import Job
from community.core.letters import LetterState, OutboxLetter
from community.core.ports import MailFailed
from community.core.web import ports

log = structlog.get_logger()

LEASE = timedelta(minutes=10)  # longer than any SMTP dialogue we allow
TRIES = 8
BATCH = 20


def rendered(row: OutboxLetter) -> tuple[str, str]:
    """Subject and body, in the reader's zone; links lead to the site's own address."""
    settings = current_app.extensions["settings"]
    folder = "{}/letters/{}".format(*row.kind.split("/"))
    facts = {fact: _lively(value) for fact, value in row.facts.items()}
    with current_app.test_request_context(base_url=settings.base_url):
        g.zone = row.zone
        try:
            subject = render_template(f"{folder}/subject.txt", **facts)
            body = render_template(f"{folder}/body.txt", **facts)
        finally:
            g.pop("zone")
    return f"{settings.discreet_name}: {' '.join(subject.split())}", body.strip() + "\n"


def post(now: datetime) -> None:
    """Send what is due."""
    for letter_id in _claimed(now):
        _send(letter_id, now)


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


def _claimed(now: datetime) -> list[UUID]:
    """Take a few letters for ourselves, and say so before the mail server hears of them."""
    due = or_(OutboxLetter.state == LetterState.QUEUED, OutboxLetter.state == LetterState.SENDING)
    query = (
        select(OutboxLetter)
        .where(due, OutboxLetter.due_at <= now)
        .order_by(OutboxLetter.due_at, OutboxLetter.id)
        .limit(BATCH)
    )
    if not db.session.scalars(query.with_only_columns(OutboxLetter.id)).first():
        return []
    with transaction():
        rows = db.session.scalars(query.with_for_update(skip_locked=True)).all()
        for row in rows:
            row.state = LetterState.SENDING
            row.tries += 1
            row.due_at = now + LEASE
        return [row.id for row in rows]


def _send(letter_id: UUID, now: datetime) -> None:
    row = db.session.get_one(OutboxLetter, letter_id)
    message = _message(row)
    try:
        ports().mailer.send(message)
    except MailFailed as failed:
        with transaction():
            row = locked(OutboxLetter, letter_id)
            given_up = row.tries >= TRIES
            row.state = LetterState.FAILED if given_up else LetterState.QUEUED
            row.due_at = now + timedelta(minutes=2**row.tries)
        log.warning("letter not taken", letter=str(letter_id), why=str(failed), given_up=given_up)
        return
    with transaction():
        row = locked(OutboxLetter, letter_id)
        row.state = LetterState.SENT
        row.sent_at = now


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
