"""Leaving for good, staying after all, and being erased.

Leaving locks groups, then series and calls, then the account; erasing locks posts, threads, items
under review, then the account: each in the order in which everybody else does.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.accounts.models import Account
from community.accounts.sanctions import actions as sanctions_actions
from community.calls.actions import parting as calls_parting
from community.core import deeds, letters
from community.core.actor import Actor, Standing
from community.core.db import add_once, db, locked
from community.core.deeds import STAFF_CHANGED, Deed
from community.core.verdict import Refused
from community.groups.parting import actions as groups_parting
from community.moderation.parting import actions as moderation_parting
from community.notifications import actions as notifications_actions
from community.privacy.leaving import queries
from community.privacy.leaving.models import Leaving
from community.privacy.leaving.rules import (
    INSTEAD,
    WAIT,
    AccountErased,
    AccountLeaving,
    may_ask,
    may_erase_now,
    may_wait,
)
from community.threads.greeting import actions as greeting_actions
from community.threads.parting import actions as threads_parting
from community.threads.parting.rules import Words


def leave(actor: Actor, words: Words, *, at_once: bool = False, now: datetime) -> None:
    """Give back seats, roles and calls now, and be signed out everywhere; be erased after the
    wait, or as soon as this is kept. A second press changes nothing."""
    may_ask(actor, now).require()
    for admin_id in accounts_queries.admins():  # so that two can't both go as "not the last"
        locked(Account, admin_id)
    queries.as_admin(actor.id).require()
    until = now + (timedelta() if at_once else WAIT)
    row = {"words": words, "was": actor.standing, "asked_at": now, "erase_at": until}
    if not add_once(Leaving, account_id=actor.id, **row):
        return
    groups_parting.give_up_roles(actor, now=now)
    greeting_actions.greet_nowhere(actor.id)
    calls_parting.part(actor, now=now)
    accounts_actions.give_up_roles(actor.id)
    if actor.staff:
        held = " ".join(sorted(actor.staff))
        deeds.say(Deed(actor, STAFF_CHANGED, actor.id, None, held, "", now))
    accounts_actions.end_browsers(actor.id)
    notifications_actions.call_back(actor.id)
    accounts_actions.set_standing(actor.id, Standing.LEAVING)
    if not at_once:
        email, zone = queries.email_and_zone(actor.id)
        letters.write(email, AccountLeaving(until), zone=zone, now=now)


def stay(actor: Actor) -> None:
    """They have changed their mind: they are a member as before, without the seats and roles that
    others have by now."""
    may_wait(actor).require()
    row = locked(Leaving, actor.id)
    accounts_actions.set_standing(actor.id, row.was)
    db.session.execute(delete(Leaving).where(Leaving.account_id == actor.id))


def hurry(actor: Actor, *, now: datetime) -> None:
    """No more waiting."""
    may_erase_now(actor, now).require()
    locked(Leaving, actor.id).erase_at = now
    db.session.flush()


def erase(account_id: UUID, *, now: datetime) -> bool:
    """It is time: everything of theirs goes, and what stays knows nobody any more. False if they
    have changed their mind meanwhile, or are gone already."""
    try:
        row = locked(Leaving, account_id)
    except Refused:
        return False
    if row.erase_at > now:
        return False
    threads_parting.part(account_id, row.words)
    calls_parting.throw_drafts_away(account_id)
    groups_parting.close(account_id)
    moderation_parting.part(account_id)
    account = locked(Account, account_id)
    email, zone, name = account.email, account.zone, account.name
    sanctions_actions.keep_away(account_id, email, now=now)
    if name:
        notifications_actions.unname(name, INSTEAD)
    accounts_actions.erase(account_id)
    letters.write(email, AccountErased(), zone=zone, now=now)
    return True


def forget_last_letters() -> bool:
    """The letter that says so is the last that knew the address. True if any has gone."""
    return letters.forget_sent(AccountErased)
