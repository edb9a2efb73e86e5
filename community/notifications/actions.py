"""Telling somebody something, and what they do with what they were told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from community.accounts.models import Account
from community.core import letters
from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.notifications import queries
from community.notifications.models import NewsChoice, Notice
from community.notifications.rules import KEPT, News, Ways

RUNG = "rung"  # in the session's info: for whom the bell rings if this transaction is kept


def tell(
    account_id: UUID,
    letter: Any,
    *,
    about: News | None = None,
    now: datetime,
    once: str | None = None,
) -> None:
    """Tell this person, in the transaction around it: by letter, and by the bell.

    Without `about` it always comes. With it, in the ways they have chosen for that kind of news.
    With `once`, a second telling under the same key tells nothing.
    """
    reader = queries.reader(account_id, about)
    if reader.ways.by_mail:
        letters.write(reader.address, letter, zone=reader.zone, now=now, once=once)
    if reader.ways.by_bell and add_once(
        Notice,
        account_id=account_id,
        kind=letters.kind_of(type(letter)),
        facts=letters.facts_of(letter),
        told_at=now,
        once=once,
    ):
        db.session.info.setdefault(RUNG, []).append(account_id)


def see(actor: Actor, notice_id: UUID, *, now: datetime) -> None:
    """This person has opened this piece of news."""
    _mark(actor, Notice.id == notice_id, now)


def see_all(actor: Actor, newest: UUID, *, now: datetime) -> None:
    """This person has seen everything up to the newest on their page; not what came since."""
    _mark(actor, Notice.id <= newest, now)


def choose(actor: Actor, choices: Mapping[News, Ways]) -> None:
    """How news reaches this person from now on."""
    locked(Account, actor.id)  # so that of two forms sent at once the later one counts, whole
    db.session.execute(delete(NewsChoice).where(NewsChoice.account_id == actor.id))
    db.session.add_all(
        NewsChoice(account_id=actor.id, news=news, by_mail=ways.by_mail, by_bell=ways.by_bell)
        for news, ways in choices.items()
    )


def forget(*, now: datetime) -> None:
    """Erase news that was told long ago."""
    db.session.execute(delete(Notice).where(Notice.told_at < now - KEPT))


def _mark(actor: Actor, which: Any, now: datetime) -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.account_id == actor.id, Notice.seen_at.is_(None), which)
        .values(seen_at=now)
    )
