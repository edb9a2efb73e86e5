"""Asking somebody to greet, what they do with it, and the letter about first words."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core import deeds
from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.core.deeds import GREETING_TAKEN, Deed
from community.core.verdict import NOT_FOUND, Refused
from community.groups import queries as groups_queries
from community.groups.claims import actor_of
from community.groups.models import Group, Membership
from community.notifications.actions import tell
from community.notifications.rules import News
from community.threads.following.rules import day_of
from community.threads.greeting import queries
from community.threads.greeting.models import Greeter
from community.threads.greeting.rules import (
    READ_FIRST,
    FirstWordsWritten,
    GreeterAsked,
    GreetingEnded,
    GreetingTakenAway,
    may_answer,
    may_greet,
    may_name,
    may_step_down,
    may_take_words_away,
)
from community.threads.holds.rules import not_read_first


def ask(actor: Actor, group_id: UUID, account_id: UUID, *, now: datetime) -> bool:
    """Ask this member whether they’d greet. Whoever did so far no longer does. Who names themself
    has said yes. False for a second press, which asks no second time."""
    group = locked(Group, group_id)
    may_name(actor, group_id, group.is_built_in).require()
    groups_queries.member(group_id, account_id)  # refuses whoever isn’t there
    before = db.session.get(Greeter, group_id)
    if before is not None and before.account_id == account_id:
        return False
    _end(actor, group, before, now)
    if group.is_built_in:  # where a member has a row once they do something there
        add_once(Membership, group_id=group_id, account_id=account_id, since=now, **_NO_ROLES)
    names_themself = account_id == actor.id
    since = now if names_themself else None
    db.session.add(Greeter(group_id=group_id, account_id=account_id, asked_at=now, since=since))
    db.session.flush()
    if not names_themself:
        tell(account_id, GreeterAsked(group_id, group.name), about=News.GROUPS, now=now)
    return True


def name_nobody(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Nobody greets any more, and nobody is asked to. A second press changes nothing."""
    group = locked(Group, group_id)
    may_name(actor, group_id, group.is_built_in).require()
    _end(actor, group, db.session.get(Greeter, group_id), now)


def accept(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Whoever is asked says yes: new members meet them from now on."""
    locked(Group, group_id)
    may_answer(actor, queries.greeting(actor, group_id, now)).require()
    locked(Greeter, group_id).since = now
    db.session.flush()


def decline(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """Whoever is asked says no. Nobody is asked why."""
    locked(Group, group_id)
    may_answer(actor, queries.greeting(actor, group_id, now)).require()
    db.session.delete(locked(Greeter, group_id))
    db.session.flush()


def step_down(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """From now on nobody greets. Nobody is asked why."""
    locked(Group, group_id)
    may_step_down(actor, queries.greeting(actor, group_id, now)).require()
    db.session.delete(locked(Greeter, group_id))
    db.session.flush()


def greet_nowhere(account_id: UUID) -> None:
    """Whoever goes for good greets nobody any more, nor is asked to."""
    db.session.execute(delete(Greeter).where(Greeter.account_id == account_id))


def write(
    actor: Actor, group_id: UUID, words: str, thread_id: UUID | None, *, hears: bool, now: datetime
) -> None:
    """What new members read from now on, where they say hello, and whether a letter tells the
    greeter of first words."""
    locked(Group, group_id)
    may_greet(actor, queries.greeting(actor, group_id, now)).require()
    own = {each.thread_id for each in queries.own_threads(actor, group_id, now)}
    if thread_id is not None and thread_id not in own:
        raise Refused(NOT_FOUND)
    row = locked(Greeter, group_id)
    if words != row.words:
        not_read_first(queries.waits(actor, group_id, words), READ_FIRST).require()
    row.words, row.thread_id, row.hears = words, thread_id, hears
    db.session.flush()


def take_words_away(actor: Actor, group_id: UUID, *, now: datetime) -> None:
    """New members read ours instead. The greeter is told, and the record keeps who did it. A second
    press changes nothing."""
    group = locked(Group, group_id)
    may_take_words_away(actor, group_id).require()
    row = locked(Greeter, group_id)
    if not row.words:
        return
    row.words = ""
    db.session.flush()
    deeds.say(Deed(actor, GREETING_TAKEN, row.account_id, group_id, "", "", now))
    if row.account_id != actor.id:
        tell(row.account_id, GreetingTakenAway(group_id, group.name), now=now)


def tell_of_first_words(group_id: UUID, account_id: UUID, *, now: datetime) -> None:
    """Once a day at most: somebody wrote for the first time, and nobody has answered. Of each such
    post one letter tells once."""
    me = actor_of(account_id, now=now)
    found = queries.met(me, group_id, now)
    if found is None or not may_greet(me, found.greeting) or not found.greeting.hears:
        return
    told_at = found.greeting.told_at
    if told_at and day_of(told_at, me.zone) == day_of(now, me.zone):
        return
    letter = FirstWordsWritten(group_id, groups_queries.open_group(group_id).name)
    waiting = (each for each in queries.first_words(me, group_id, now) if not each.is_answered)
    keys = (f"first-words:{each.post_id}:{account_id}" for each in waiting)
    if any(tell(account_id, letter, about=News.GROUPS, now=now, once=key) for key in keys):
        locked(Greeter, group_id).told_at = now
        db.session.flush()


def _end(actor: Actor, group: Group, row: Greeter | None, now: datetime) -> None:
    """Whoever greeted is told, if somebody else ended it."""
    if row is None:
        return
    greeted = row.since is not None and row.account_id != actor.id
    db.session.delete(row)
    db.session.flush()
    if greeted:
        tell(row.account_id, GreetingEnded(group.id, group.name), about=News.GROUPS, now=now)


_NO_ROLES = {"facilitates": False, "moderates": False, "owns": False}
