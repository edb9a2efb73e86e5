"""Telling somebody something, and what they do with what they were told."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from community.accounts.models import Account
from community.core import letters
from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.notifications import queries
from community.notifications.models import NewsChoice, Notice, QuietHours
from community.notifications.push import actions as push
from community.notifications.rules import (
    KEPT,
    News,
    Quiet,
    Ways,
    goes_at,
    is_put_down,
    may_be_quiet,
    put_down,
    usual,
)

RUNG = "rung"  # in the session's info: for whom the bell rings if this transaction is kept


def tell(
    account_id: UUID,
    letter: Any,
    *,
    about: News | None = None,
    now: datetime,
    once: str | None = None,
    in_time_for: datetime | None = None,
    until: datetime | None = None,
) -> bool:
    """Tell this person, in the transaction around it: by letter, and by the bell.

    Without `about` it always comes, and at once. With it, in the ways they have chosen for that
    kind of news, and a letter waits for the end of their night; unless what it is about, at
    `in_time_for`, doesn’t. With `once`, a second telling under the same key tells nothing.
    Where the bell rings, their devices may say so too, never in their night but for such a thing.
    A letter that couldn’t go before `until`, as when no mail server answered, never does. In
    their quiet days only what must reach them does; the rest is put down under What’s new. True if
    anything was told.
    """
    reader = queries.reader(account_id, about, now)
    kind = letters.kind_of(type(letter))
    is_quietly = is_put_down(kind, reader.quiet_until, now)
    ways = put_down(reader.ways) if is_quietly else reader.ways
    written = told = False
    if ways.by_mail:
        written = letters.write(
            reader.address,
            letter,
            zone=reader.zone,
            now=now,
            once=once,
            due_at=goes_at(now, reader.zone, reader.quiet, in_time_for) if about else now,
            until=until,
            stops={"account": str(account_id), "news": about.value} if about else None,
        )
    if ways.by_bell:
        told = add_once(
            Notice,
            account_id=account_id,
            kind=kind,
            facts=letters.facts_of(letter),
            told_at=now,
            once=once,
            put_down=is_quietly,
        )
    if told and not is_quietly:
        db.session.info.setdefault(RUNG, []).append(account_id)
        if ways.on_devices:
            push.ring(account_id, goes_at(now, reader.zone, reader.quiet, in_time_for))
    return written or told


def call_back(account_id: UUID) -> None:
    """Letters to this person that wait for their hour never go, but for those that always come."""
    letters.call_back({"account": str(account_id)})


def see(actor: Actor, notice_id: UUID, *, now: datetime) -> None:
    """This person has opened this piece of news."""
    _mark(actor, Notice.id == notice_id, now)


def see_all(actor: Actor, newest: UUID, *, now: datetime) -> None:
    """This person has seen everything up to the newest on their page; not what came since."""
    _mark(actor, Notice.id <= newest, now)


def choose(actor: Actor, choices: Mapping[News, Ways], quiet: Quiet | None) -> None:
    """How news reaches this person from now on, and in which hours no letter does."""
    if quiet is not None:
        may_be_quiet(quiet).require()
    locked(Account, actor.id)  # so that of two forms sent at once the later one counts, whole
    db.session.execute(delete(NewsChoice).where(NewsChoice.account_id == actor.id))
    db.session.execute(delete(QuietHours).where(QuietHours.account_id == actor.id))
    db.session.add_all(
        NewsChoice(
            account_id=actor.id,
            news=news,
            by_mail=ways.by_mail,
            by_bell=ways.by_bell,
            by_push=ways.by_push,
        )
        for news, ways in choices.items()
    )
    db.session.add(
        QuietHours(
            account_id=actor.id,
            begins=quiet.begins if quiet else None,
            ends=quiet.ends if quiet else None,
        )
    )


def choose_mail(account_id: UUID, news: News, *, by_mail: bool) -> None:
    """This kind of news comes to them by e-mail from now on, or no longer. The bell stays."""
    locked(Account, account_id)
    choice = db.session.get(NewsChoice, (account_id, news))
    if choice is None:
        ways = usual(news)
        choice = NewsChoice(
            account_id=account_id, news=news, by_bell=ways.by_bell, by_push=ways.by_push
        )
        db.session.add(choice)
    choice.by_mail = by_mail
    db.session.flush()


def unname(name: str, instead: str) -> None:
    """Where others were told something about somebody of this name, they read something else
    instead: under the bell, and in letters."""
    for notice in db.session.scalars(select(Notice).where(letters.says(Notice.facts, name))):
        notice.facts = letters.renamed(notice.facts, name, instead)
    db.session.flush()
    letters.unname(name, instead)


def forget(*, now: datetime) -> None:
    """Erase news that was told long ago."""
    db.session.execute(delete(Notice).where(Notice.told_at < now - KEPT))


def _mark(actor: Actor, which: Any, now: datetime) -> None:
    db.session.execute(
        update(Notice)
        .where(Notice.account_id == actor.id, Notice.seen_at.is_(None), which)
        .values(seen_at=now)
    )
