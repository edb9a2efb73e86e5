"""Telling a moderator, and seeing to whoever would like one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import begun, db, locked, locked_all
from community.core.verdict import NOT_FOUND, Refused
from community.live import actions as live_actions
from community.live import queries as live_queries
from community.moderation.help import queries
from community.moderation.help.models import HelpTaken, HelpWanted
from community.moderation.help.queries import WantedRow
from community.moderation.help.rules import (
    SAW_TO_HELP,
    SEEN_TO,
    HelpAsked,
    HelpGoesUp,
    HelpSeen,
    HelpStep,
    HelpWrote,
    ModeratorWanted,
    may_take,
)
from community.moderation.record import actions as record
from community.moderation.record.rules import acted_for
from community.moderation.rules.reasons import Scope, wider
from community.notifications.actions import tell
from community.safety.crisis import BY_SLUG
from community.threads import queries as threads_queries


def take_over(*, now: datetime) -> None:
    """Help that was pressed for in a circle, and that nobody there opened, is the moderators’ from
    now on. Whoever can see to it is told, once for each press. The call is locked, so it is either
    opened there or taken over."""
    for call_id in sorted({each.call_id for each in live_queries.unanswered_help(now)}):
        locked(Call, call_id)
    for each in live_queries.unanswered_help(now):
        call = db.session.get_one(Call, each.call_id)
        db.session.add(
            HelpWanted(
                id=each.id,
                group_id=call.group_id,
                account_id=each.account_id,
                call_id=call.id,
                in_circle=True,
                words="",
                asked_at=each.pressed_at,
            )
        )
        db.session.flush()
        live_actions.help_is_known(each.id)
        row = queries.one(each.id, now)
        _tell_all(row, HelpAsked(each.pressed_at, row.group_name, each.id), now)


def ask(actor: Actor, thread_id: UUID, words: str, *, about_moderator: bool, now: datetime) -> None:
    """Tell a moderator, from a thread that this person reads. Nobody else learns of it. A second
    time, before it is seen to, the words stand in place of the first."""
    thread = threads_queries.thread(actor, thread_id)
    scope = Scope.PLATFORM if about_moderator else Scope.GROUP
    mine = begun(
        HelpWanted,
        "account_id",
        "thread_id",
        group_id=thread.group_id,
        account_id=actor.id,
        thread_id=thread_id,
        in_circle=False,
        words=words,
        scope=scope,
        asked_at=now,
    )
    mine.words, mine.scope = words, wider(mine.scope, scope)
    db.session.flush()
    row = queries.one(mine.id, now)
    _tell_all(row, ModeratorWanted(row.id, row.group_name), now)


def take(
    actor: Actor, help_id: UUID, step: HelpStep, was_with: UUID | None = None, *, now: datetime
) -> bool:
    """Write down what was done. Whoever asked is told that somebody has seen it. True if that
    closes it: then nothing of it is left but the record of who did what."""
    found = locked_all(HelpWanted, HelpWanted.id == help_id)
    if not found:
        raise Refused(SEEN_TO if queries.is_seen_to(actor, help_id) else NOT_FOUND)
    [item] = found
    may_take(actor, queries.one(help_id, now).wanted, step, was_with).require()
    taken = HelpTaken(
        help_id=help_id, step=step, taken_by=actor.id, was_with=was_with, taken_at=now
    )
    db.session.add(taken)
    if step is HelpStep.NOT_REACHED:
        item.up_at = now
    db.session.flush()
    row = queries.one(help_id, now)
    if step is HelpStep.NOT_REACHED:
        for each in sorted(row.wanted.above - {actor.id}):
            letter = HelpGoesUp(help_id, row.group_name)
            tell(each, letter, now=now, once=f"help-up:{help_id}:{each}")
    _write_down(actor, row, step, now)
    if step is not HelpStep.WROTE:
        seen = HelpSeen(item.asked_at, in_thread=not item.in_circle)
        tell(item.account_id, seen, now=now, once=f"help-seen:{help_id}")
    if row.wanted.is_closed:
        db.session.execute(delete(HelpWanted).where(HelpWanted.id == help_id))
    return row.wanted.is_closed


def write(actor: Actor, help_id: UUID, country: str | None, words: str, *, now: datetime) -> bool:
    """A letter to whoever asked, with the lines of this country if it is known. True if the name
    under it closes it."""
    asked_by = queries.one(help_id, now).wanted.asked_by
    is_closed = take(actor, help_id, HelpStep.WROTE, now=now)
    lines = tuple(line.ways for line in BY_SLUG[country].lines) if country else ()
    tell(asked_by, HelpWrote(words, country, lines), now=now)
    return is_closed


def _tell_all(row: WantedRow, letter: Any, now: datetime) -> None:
    for each in sorted(row.wanted.told):
        tell(each, letter, now=now, once=f"help:{row.id}:{each}")


def _write_down(actor: Actor, row: WantedRow, step: HelpStep, now: datetime) -> None:
    record.write(
        actor,
        SAW_TO_HELP,
        row.id,
        group_id=row.wanted.group_id,
        scope=acted_for(actor, row.wanted.group_id),
        before="open",
        after="closed" if row.wanted.is_closed else "open",
        reason=step,
        now=now,
    )
