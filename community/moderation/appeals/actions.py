"""Asking for another look at a decision, and answering that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.accounts.sanctions.models import Sanction
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.vault import Vault
from community.live.rules.step import Step
from community.moderation.actions import (
    is_written_down,
    keep_words,
    locked_item,
    open_words,
    read,
    settle,
    state_of,
    write_down,
)
from community.moderation.agreements import actions as agreements
from community.moderation.appeals import queries
from community.moderation.appeals.models import Appeal, AppealClaim
from community.moderation.appeals.queries import AppealRow
from community.moderation.appeals.rules import (
    Hearing,
    Less,
    Result,
    Side,
    half_of,
    may_answer,
    may_answer_so,
    may_ask,
    may_claim,
    may_leave,
)
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports.queries import open_item
from community.moderation.rules.case import Outcome, Source
from community.moderation.rules.claims import LEASE
from community.moderation.rules.letters import AppealAnswered
from community.moderation.sanctions.actions import end_proposed, lifted_by
from community.moderation.sent_out import actions as sent_out
from community.notifications.actions import tell
from community.threads.models import Post
from community.threads.notes import actions as notes
from community.threads.pace import actions as pace

ASKED, REOPENED = "asked-again", "reopened"
"""What the audit record says of whoever asked for another look, and of an item that it opened."""


def ask(actor: Actor, decision_id: UUID, words: str, *, now: datetime) -> None:
    """Ask for another look. The item is locked, so that nothing is decided meanwhile."""
    about = queries.about(actor, decision_id, now)
    item, post = locked_item(about.decided.item_id)
    about = queries.about(actor, decision_id, now)
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
    undone: Outcome | None = None  # what isn’t so any more, because they were right
    restored: Step | None = None  # a circle that is on, where they may come in again


def answer(
    actor: Actor, appeal_id: UUID, result: Result, words: str, version: int, *, now: datetime
) -> Answered:
    """Answer it, once and for good: what follows, its record and the letter, or none of them.
    `version` is the item’s on their page."""
    item, post = locked_item(queries.of_item(appeal_id))
    appeal = locked(Appeal, appeal_id)
    hearing = queries.hearing_of(appeal, now)
    may_answer_so(actor, hearing, result, version, now).require()
    _let_go(appeal_id)
    appeal.result, appeal.answer = result, words
    appeal.answered_by, appeal.answered_at = actor.id, now
    before = state_of(item, post)
    is_free, less, until = False, None, None
    if result is Result.UPHELD and appeal.side is Side.AUTHOR:
        is_free = _undo(actor, appeal, item, post, words, now)
        end_proposed(actor, item, hearing.scope_at(), now=now)
    elif result is Result.UPHELD:
        _reopen(item)
    elif result is Result.PARTLY:
        less, until = _do_less(actor, appeal, item, post, words, now)
        is_free = less is Less.OVER
    after = state_of(item, post)
    write_down(actor, item, hearing.scope_at(), result.value, before, after, item.reason, now)
    if item.closed_at:
        keep_words(item.id, max(now, queries.until_nobody_can_ask(item.id)))
    tell(
        appeal.appellant_id,
        AppealAnswered(appeal.decision_id, appeal.side, result, words, less, until),
        now=now,
        once=f"appeal:{appeal.id}",
    )
    was = db.session.get_one(Decision, appeal.decision_id).outcome
    undone = was if result is Result.UPHELD else None
    restored = sent_out.give_back(item.id, now=now) if undone is Outcome.OUT else None
    return Answered(item.post_id, appeal.appellant_id if is_free else None, undone, restored)


def claim(actor: Actor, appeal_id: UUID, *, now: datetime) -> None:
    """This person is looking at it for half an hour from now, whoever was before."""
    may_claim(actor, _locked(appeal_id, now)).require()
    _let_go(appeal_id)
    db.session.add(AppealClaim(appeal_id=appeal_id, account_id=actor.id, until=now + LEASE))
    db.session.flush()


def leave(actor: Actor, appeal_id: UUID, *, now: datetime) -> None:
    """They leave it for somebody else."""
    may_leave(actor, _locked(appeal_id, now), now).require()
    _let_go(appeal_id)


def _locked(appeal_id: UUID, now: datetime) -> Hearing:
    locked_item(queries.of_item(appeal_id))
    return queries.hearing_of(locked(Appeal, appeal_id), now)


def _let_go(appeal_id: UUID) -> None:
    db.session.execute(delete(AppealClaim).where(AppealClaim.appeal_id == appeal_id))


def see(actor: Actor, row: AppealRow, vault: Vault, *, now: datetime) -> str | None:
    """Open its page: as that of an item."""
    if is_written_down(actor, row.hearing.case):
        return look(actor, row.id, vault, now=now)
    read(actor, row.item, now=now)
    return None


def look(actor: Actor, appeal_id: UUID, vault: Vault, *, now: datetime) -> str | None:
    """Open the locked words of a share again, for whoever can answer. That they looked is written
    down. None if there are none any more, or another key locked them."""
    item, _ = locked_item(queries.of_item(appeal_id))
    hearing = queries.hearing_of(locked(Appeal, appeal_id), now)
    may_answer(actor, hearing).require()
    return open_words(actor, item, hearing.scope_at(), vault, now)


def _undo(
    actor: Actor, appeal: Appeal, item: ReviewItem, post: Post | None, why: str, now: datetime
) -> bool:
    """It is as it was before the decision, which stays as it is; a newer one says so. Of one about
    words, what it led to for their author ends too. Gives back whether anything did for them."""
    decision = db.session.get_one(Decision, appeal.decision_id)
    sanction = queries.sanction_of(decision.id)
    ending = [sanction] if sanction else queries.in_force_from(item.id, now)
    if sanction is None:
        _show_again(actor, decision, item, post, why, now)
    for each in ending:
        about = db.session.get_one(Decision, each.decision_id)
        lifted_by(each, _instead(actor, about, Outcome.LIFT, why, now).id, now=now)
    item.version += 1
    return bool(ending)


def _do_less(
    actor: Actor, appeal: Appeal, item: ReviewItem, post: Post | None, why: str, now: datetime
) -> tuple[Less, datetime | None]:
    """There was cause, and less is enough. Gives back what followed, and until when."""
    decision = db.session.get_one(Decision, appeal.decision_id)
    sanction = queries.sanction_of(decision.id)
    item.version += 1
    if sanction is None:
        _show_again(actor, decision, item, post, why, now)
        return Less.SHOWN, None
    ends_at = half_of(sanction.begins_at, sanction.ends_at or sanction.review_at or now)
    outcome = decision.outcome if ends_at > now else Outcome.LIFT
    instead = _instead(actor, decision, outcome, why, now)
    sanction.lifted_at, sanction.lifted_by = now, instead.id
    if ends_at <= now:
        return Less.OVER, None
    shorter = Sanction(
        account_id=sanction.account_id,
        kind=sanction.kind,
        group_id=sanction.group_id,
        decision_id=instead.id,
        begins_at=sanction.begins_at,
        ends_at=ends_at,
    )
    db.session.add(shorter)
    return Less.SHORTER, ends_at


def _show_again(
    actor: Actor,
    decision: Decision,
    item: ReviewItem,
    post: Post | None,
    why: str,
    now: datetime,
) -> None:
    item.closed_at = item.closed_at or now
    if post is not None:
        match decision.outcome:
            case Outcome.NOTE:
                notes.take_off(post.id)
            case Outcome.PAUSE | Outcome.SLOW | Outcome.LOCK:
                pace.undo(post.id, decision.decided_at, now=now)
            case Outcome.DISTANCE | Outcome.APOLOGY:
                agreements.withdraw(decision.id)
            case _:
                settle(post.id, Outcome.KEEP, item.severity, now)
    _instead(actor, decision, Outcome.KEEP, why, now)


def _instead(
    actor: Actor, decision: Decision, outcome: Outcome, why: str, now: datetime
) -> Decision:
    """The newer decision. It was the other look, so that there is none at it."""
    instead = Decision(
        item_id=decision.item_id,
        target_id=decision.target_id,
        author_id=decision.author_id,
        decided_by=actor.id,
        outcome=outcome,
        rule_id=decision.rule_id,
        facts=decision.facts,
        why=why,
        note="",
        scope=decision.scope,
        source=Source.APPEAL,
        decided_at=now,
        hidden_until=None,
        appealable_until=now,
        supersedes_id=decision.id,
    )
    db.session.add(instead)
    db.session.flush()
    return instead


def _reopen(item: ReviewItem) -> None:
    """It waits for a decision again, by somebody who hasn’t decided about it; unless newer reports
    have opened another."""
    if open_item(item.target_id, item.group_id) is None:
        item.closed_at = None
        item.version += 1
        db.session.flush()
