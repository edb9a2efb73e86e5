"""Giving and taking what somebody does for the whole site, and locking an account."""

from datetime import datetime
from uuid import UUID

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.accounts.locks import actions as locks_actions
from community.accounts.locks.rules import AccountLocked, AccountUnlocked, LockReason
from community.accounts.models import Account
from community.admin.rules import may_give_role, may_see_letters, may_take_role
from community.core import deeds, letters
from community.core.actor import Actor, Staff, Standing
from community.core.db import locked
from community.core.deeds import STAFF_CHANGED, Deed
from community.notifications.actions import tell


def give_role(actor: Actor, account_id: UUID, role: Staff, *, now: datetime) -> None:
    """Let a member do something for the whole site."""
    standing = locked(Account, account_id).standing
    may_give_role(actor, standing is Standing.ACTIVE, now).require()
    had = accounts_queries.staff_of(account_id)
    accounts_actions.give_role(account_id, role, now=now)
    _write_down(actor, account_id, had, had | {role}, now)


def take_role(actor: Actor, account_id: UUID, role: Staff, *, now: datetime) -> None:
    """This member does that no more."""
    for admin_id in accounts_queries.admins():  # so that two can't both go as "not the last"
        locked(Account, admin_id)
    may_take_role(actor, role, len(accounts_queries.admins()), now).require()
    had = accounts_queries.staff_of(account_id)
    accounts_actions.take_role(account_id, role)
    _write_down(actor, account_id, had, had - {role}, now)


def lock(actor: Actor, account_id: UUID, reason: LockReason, days: int, *, now: datetime) -> None:
    """Nobody comes in by this account for a while. Its person is told."""
    until = locks_actions.lock(actor, account_id, reason, days, now=now)
    tell(account_id, AccountLocked(reason.words, until), now=now)


def unlock(actor: Actor, account_id: UUID, *, now: datetime) -> None:
    """Before it ends by itself."""
    locks_actions.unlock(actor, account_id, now=now)
    tell(account_id, AccountUnlocked(), now=now)


def send_again(actor: Actor, letter_id: UUID, *, now: datetime) -> None:
    """Send a letter that was given up, now that what kept it is mended."""
    may_see_letters(actor).require()
    letters.try_again(letter_id, now=now)


def _write_down(
    actor: Actor, account_id: UUID, had: frozenset[Staff], has: frozenset[Staff], now: datetime
) -> None:
    if had != has:
        before, after = " ".join(sorted(had)), " ".join(sorted(has))
        deeds.say(Deed(actor, STAFF_CHANGED, account_id, None, before, after, now))
