"""Who locks an account that somebody else has got into, and until when. Pure.

    open ─▶ locked, for one of four spans ─▶ open again, when it ends or an admin lifts it

It says nothing about whoever the account belongs to, and is no sanction: nothing is held against
them, and nothing they wrote changes. The time for another look at a decision stands still
meanwhile (moderation/appeals/locked_out.py); help stands open without signing in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from community.accounts.rules import has_just_come_in
from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said

LOCKED, UNLOCKED = "locked-account", "unlocked-account"
"""What the audit record says of it."""

DAYS = (1, 3, 7, 14)

NOT_YOUR_OWN = Reason(
    "not-your-own", "You can’t lock your own account. Another admin can, if it needs to be.", 409
)
IS_LOCKED = Reason("is-locked", "It’s locked already. Below you see until when.", 409)
IS_OPEN = Reason("is-open", "It isn’t locked any more.", 409)
NOBODY_COMES_IN = Reason(
    "locked",
    "This account is locked for now. The page that your link opens says why, and until when.",
    403,
)


class LockReason(StrEnum):
    """What an admin knows, in a code."""

    TAKEN_OVER = "taken-over"
    ASKED = "asked"
    MAIL = "mail"
    PROGRAM = "program"

    @property
    def words(self) -> str:
        """For whoever it belongs to."""
        return _WORDS[self]


_WORDS = {
    LockReason.TAKEN_OVER: said("It looks as if somebody else came in by this account."),
    LockReason.ASKED: said("Whoever it belongs to asked us for it."),
    LockReason.MAIL: said("It looks as if somebody else reads the letters to this address."),
    LockReason.PROGRAM: said("It looks as if a program uses this account."),
}


@dataclass(frozen=True, slots=True)
class AccountLocked:
    """The letter that says so."""

    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class AccountUnlocked:
    """The letter that says that it is over."""


def may_see_locks(actor: Actor) -> Verdict:
    """Admins see which accounts are locked."""
    return YES if actor.is_admin else no(NOT_FOUND)


def may_change_locks(actor: Actor, now: datetime) -> Verdict:
    """Admins who have just come in."""
    return may_see_locks(actor) and has_just_come_in(actor, now)


def may_lock(actor: Actor, account_id: UUID, is_locked: bool, now: datetime) -> Verdict:
    """Anybody else’s account, once."""
    if not (may := may_change_locks(actor, now)):
        return may
    if account_id == actor.id:
        return no(NOT_YOUR_OWN)
    return no(IS_LOCKED) if is_locked else YES


def may_unlock(actor: Actor, is_locked: bool, now: datetime) -> Verdict:
    """Any admin, before it ends by itself."""
    return may_change_locks(actor, now) and (YES if is_locked else no(IS_OPEN))


def until(days: int, now: datetime) -> datetime:
    """When it ends by itself."""
    return now + timedelta(days=days)
