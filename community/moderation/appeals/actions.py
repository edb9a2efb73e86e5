"""Asking for another look at a decision, and answering that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Refused
from community.moderation.actions import (
    keep_words,
    locked_item,
    open_words,
    settle,
    state_of,
    write_down,
)
from community.moderation.appeals import queries
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result, Side, may_answer, may_ask
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports.queries import open_item
from community.moderation.rules.case import Outcome, Source
from community.moderation.rules.letters import AppealAnswered
from community.moderation.sanctions.actions import lifted_by
from community.notifications.actions import tell
from community.threads.models import Post

ASKED, REOPENED = "asked-again", "reopened"
"""What the audit record says of whoever asked for another look, and of an item that it opened."""


def ask(actor: Actor, decision_id: UUID, words: str, *, now: datetime) -> None:
    """Ask for another look. The item is locked, so that nothing is decided meanwhile."""
    about = queries.about(actor, decision_id)
    item, post = locked_item(about.decided.item_id)
    about = queries.about(actor, decision_id)
    may_ask(actor, about.decided, has_asked=about.asked is not None, now=now).require()
    db.session.add(
        Appeal(
            decision_id=decision_id,
            item_id=item.id,
            appellant_id=actor.id,
            side=about.decided.side_of(actor),
            words=words,
            asked_at=now,
        )
    )
    keep_words(item.id, None)
    state = state_of(item, post)
    write_down(actor, item, about.decided.scope, ASKED, state, state, item.reason, now)


@dataclass(frozen=True, slots=True)
class Answered:
    """What open pages have to learn of."""

    post_id: UUID | None
    free: UUID | None  # somebody for whom something isn’t in force any more


def answer(actor: Actor, appeal_id: UUID, result: Result, words: str, *, now: datetime) -> Answered:
    """Answer it, once and for good: what follows, its record and the letter, or none of them."""
    item, post = locked_item(queries.of_item(appeal_id))
    appeal = locked(Appeal, appeal_id)
    hearing = queries.hearing_of(appeal)
    may_answer(actor, hearing).require()
    appeal.result, appeal.answer = result, words
    appeal.answered_by, appeal.answered_at = actor.id, now
    before = state_of(item, post)
    if result is Result.UPHELD:
        if appeal.side is Side.AUTHOR:
            _undo(actor, appeal, item, post, words, now)
        else:
            _reopen(item)
    after = state_of(item, post)
    write_down(actor, item, hearing.scope_at(), result.value, before, after, item.reason, now)
    if item.closed_at:
        keep_words(item.id, max(now, queries.until_nobody_can_ask(item.id)))
    tell(
        appeal.appellant_id,
        AppealAnswered(appeal.decision_id, appeal.side, result, words),
        now=now,
        once=f"appeal:{appeal.id}",
    )
    is_free = result is Result.UPHELD and queries.sanction_of(appeal.decision_id) is not None
    return Answered(item.post_id, appeal.appellant_id if is_free else None)


def look(actor: Actor, appeal_id: UUID, vault: Vault, *, now: datetime) -> str | None:
    """Open the locked words of a share again, for whoever can answer. That they looked is written
    down. None if there are none any more, or another key locked them."""
    item, _ = locked_item(queries.of_item(appeal_id))
    hearing = queries.hearing_of(locked(Appeal, appeal_id))
    may_answer(actor, hearing).require()
    return open_words(actor, item, hearing.scope_at(), vault, now)


def _undo(
    actor: Actor, appeal: Appeal, item: ReviewItem, post: Post | None, why: str, now: datetime
) -> None:
    """It is as it was before the decision, which stays as it is; a newer one says so."""
    decision = db.session.get(Decision, appeal.decision_id)
    if decision is None:
        raise Refused(NOT_FOUND)
    sanction = queries.sanction_of(decision.id)
    if sanction is None:
        item.closed_at = item.closed_at or now
        if post is not None:
            settle(post.id, Outcome.KEEP, item.severity, now)
    item.version += 1
    instead = Decision(
        item_id=item.id,
        target_id=decision.target_id,
        author_id=decision.author_id,
        decided_by=actor.id,
        outcome=Outcome.LIFT if sanction else Outcome.KEEP,
        rule_id=decision.rule_id,
        facts=decision.facts,
        why=why,
        note="",
        scope=decision.scope,
        source=Source.APPEAL,
        decided_at=now,
        hidden_until=None,
        appealable_until=now,  # it was the other look
        supersedes_id=decision.id,
    )
    db.session.add(instead)
    db.session.flush()
    if sanction is not None:
        lifted_by(sanction, instead.id, now=now)


def _reopen(item: ReviewItem) -> None:
    """It waits for a decision again, by somebody who hasn’t decided about it; unless newer reports
    have opened another."""
    target_id = item.post_id or item.share_id
    if target_id and open_item(target_id) is None:
        item.closed_at = None
        item.version += 1
        db.session.flush()
