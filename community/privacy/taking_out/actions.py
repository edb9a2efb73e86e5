"""Writing down that somebody took out what is theirs."""

from datetime import datetime

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked
from community.privacy.taking_out import queries
from community.privacy.taking_out.models import DataTaken
from community.privacy.taking_out.rules import may_take_out


def take_out(actor: Actor, *, now: datetime) -> None:
    """Once a day: of two presses at the same moment, one."""
    locked(Account, actor.id)
    may_take_out(actor, queries.taken_at(actor.id), now).require()
    db.session.merge(DataTaken(account_id=actor.id, taken_at=now))
    db.session.flush()
