"""A private address for what’s new in threads: made, made anew, and stopped."""

from sqlalchemy import delete

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db, locked
from community.threads.feeds.models import ThreadFeed


def give_address(actor: Actor) -> None:
    """A new address. The one before leads nowhere from here on."""
    locked(Account, actor.id)  # so that of two presses at once the later one counts
    stop(actor)
    db.session.add(ThreadFeed(account_id=actor.id))
    db.session.flush()


def stop(actor: Actor) -> None:
    """Their address leads nowhere from here on."""
    db.session.execute(delete(ThreadFeed).where(ThreadFeed.account_id == actor.id))
