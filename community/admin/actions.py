"""Giving and taking what somebody does for the whole site."""

from datetime import datetime
from uuid import UUID

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.accounts.models import Account
from community.admin.rules import may_give_role, may_see_letters, may_take_role
from community.core import letters
from community.core.actor import Actor, Staff, Standing
from community.core.db import locked


def give_role(actor: Actor, account_id: UUID, role: Staff, *, now: datetime) -> None:
    """Let a member do something for the whole site."""
    standing = locked(Account, account_id).standing
    may_give_role(actor, standing is Standing.ACTIVE, now).require()
    accounts_actions.give_role(account_id, role, now=now)


def take_role(actor: Actor, account_id: UUID, role: Staff, *, now: datetime) -> None:
    """This member does that no more."""
    for admin_id in accounts_queries.admins():  # so that two can't both go as "not the last"
        locked(Account, admin_id)
    may_take_role(actor, role, len(accounts_queries.admins()), now).require()
    accounts_actions.take_role(account_id, role)


def send_again(actor: Actor, letter_id: UUID, *, now: datetime) -> None:
    """Send a letter that was given up, now that what kept it is mended."""
    may_see_letters(actor).require()
    letters.try_again(letter_id, now=now)
