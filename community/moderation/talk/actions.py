"""Asking to talk, and that it is seen to. It is in no record, because it is about nobody."""

from collections.abc import Set
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import delete

from community.core.actor import Actor
from community.core.db import add_once, begun, db
from community.moderation import deciders
from community.moderation.talk import queries
from community.moderation.talk.models import TalkAsked, TalkHearer
from community.moderation.talk.rules import (
    KEPT,
    TalkWanted,
    may_ask_to_talk,
    may_see_to_talks,
    who_hears,
)
from community.notifications.actions import tell


def ask(actor: Actor, words: str = "", *, now: datetime) -> None:
    """Each is told once a day, however often it is pressed. Only they read the words; newer ones
    take the place of those before, and an empty box leaves them."""
    able = deciders.of_groups((), now)
    whom = who_hears(actor, able.leads, able.site)
    may_ask_to_talk(actor, whom).require()
    _keep(actor.id, words, whom, now)
    today = uuid5(actor.id, now.date().isoformat())  # and not who: it stays when they are erased
    for each in sorted(whom):
        tell(each, TalkWanted(actor.name), now=now, once=f"talk:{today}:{each}")


def take_back(actor: Actor) -> None:
    """They’d rather not, or needn’t any more."""
    may_ask_to_talk(actor, {actor.id}).require()
    db.session.execute(delete(TalkAsked).where(TalkAsked.account_id == actor.id))


def close(actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """They have talked, or somebody has seen to it: it is erased. Of what others were asked nothing
    is, and nothing says whether there was any."""
    may_see_to_talks(actor).require()
    if account_id in {each.account_id for each in queries.asked_of(actor, now)}:
        db.session.execute(delete(TalkAsked).where(TalkAsked.account_id == account_id))


def erase_old(*, now: datetime) -> None:
    """Erase what nobody has seen to."""
    db.session.execute(delete(TalkAsked).where(TalkAsked.asked_at <= now - KEPT))


def _keep(account_id: UUID, words: str, whom: Set[UUID], now: datetime) -> None:
    row = begun(TalkAsked, "account_id", account_id=account_id, words=words, asked_at=now)
    is_over = row.asked_at <= now - KEPT
    row.words, row.asked_at = words or ("" if is_over else row.words), now
    others = TalkHearer.hearer_id.not_in(whom)
    db.session.execute(delete(TalkHearer).where(TalkHearer.account_id == account_id, others))
    for each in sorted(whom):
        add_once(TalkHearer, account_id=account_id, hearer_id=each)
    db.session.flush()
