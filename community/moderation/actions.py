"""Deciding about what was reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Refused
from community.groups.guidelines.queries import can_be_named, told
from community.groups.models import Group
from community.moderation import queries
from community.moderation.agreements import actions as agreements
from community.moderation.appeals.locked_out import is_waited_for
from community.moderation.cases import case_of
from community.moderation.claims.models import ItemClaim
from community.moderation.holds import actions as holds
from community.moderation.holds.rules import FITS, reason_of
from community.moderation.models import (
    LOOKED,
    READ,
    Decision,
    ReportedWords,
    ReviewItem,
)
from community.moderation.queries import ItemRow
from community.moderation.record import actions as record
from community.moderation.retention import queries as retention
from community.moderation.rules.case import (
    APPEAL,
    BETWEEN_TWO,
    Case,
    Outcome,
    Source,
    Target,
    hidden_until,
    may_decide,
    may_open_case,
)
from community.moderation.rules.letters import (
    CallDecided,
    PostDecided,
    ReportAnswered,
    ShareDecided,
)
from community.moderation.rules.reasons import (
    Scope,
    Severity,
)
from community.moderation.sanctions.queries import is_proposed
from community.moderation.sanctions.rules import PROPOSED
from community.notifications.actions import tell
from community.threads import actions as threads_actions
from community.threads.models import Post
from community.threads.notes import actions as notes
from community.threads.notes.rules import NoteKind

LOCK = "reported words"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a moderator decided, and the version of the item that was on their page."""

    outcome: Outcome
    rule_id: str
    why: str
    note: str
    version: int
    passages: Sequence[str] = ()  # marked for the author, when it goes back to them
    notes: frozenset[NoteKind] = frozenset()  # that stand before the words from now on
    other: UUID | None = None  # who is asked beside its author


def is_written_down(actor: Actor, case: Case) -> bool:
    """Whether it is that this person looks: at what only somebody with a role can see."""
    return case.about is Target.SHARE or not actor.belongs_to(case.group_id)


def look(actor: Actor, item_id: UUID, vault: Vault, *, now: datetime) -> str | None:
    """Open what was reported, as long as there is something to decide. That somebody looked is
    written down. The words of a share, if it is one and no other key locked them."""
    item = locked(ReviewItem, item_id)
    case = case_of(item, now)
    may_open_case(actor, case, now).require()
    if not case.is_open:
        raise Refused(NOT_FOUND)
    return open_words(actor, item, case.acted_for(actor, now), vault, now)


def see(actor: Actor, item: ItemRow, vault: Vault, *, now: datetime) -> str | None:
    """Open its page. Somebody of the group may read most of it anyway; that they did is written
    down all the same. The words of a share, as `look`."""
    if is_written_down(actor, item.case):
        return look(actor, item.id, vault, now=now)
    read(actor, item, now=now)
    return None


def read(actor: Actor, item: ItemRow, *, now: datetime) -> None:
    """That somebody opened words of their own group, to decide about them."""
    record.write(
        actor,
        READ,
        item.id,
        group_id=item.case.group_id,
        scope=Scope.GROUP,
        before="open",
        after="open",
        reason=item.reason.id,
        now=now,
    )


def open_words(
    actor: Actor, item: ReviewItem, scope: Scope, vault: Vault, now: datetime
) -> str | None:
    """Write down that somebody looked, and unlock what is locked."""
    state = "closed" if item.closed_at else "open"
    write_down(actor, item, scope, LOOKED, state, state, item.reason, now)
    kept = db.session.get(ReportedWords, item.id)
    return vault.unlock(LOCK, item.id, kept.locked) if kept else None


def decide(actor: Actor, item_id: UUID, choice: Choice, *, now: datetime) -> UUID | None:
    """One of what `actions_for` allows: decision, what it is about, audit record and letters, all
    or none of them.

    Gives back the id of the post, if it is about one.
    """
    item, post = locked_item(item_id)
    if choice.outcome is not Outcome.APPROVE and not can_be_named(choice.rule_id, item.group_id):
        raise Refused(NOT_FOUND)
    case = case_of(item, now)
    may_decide(actor, case, choice.outcome, choice.version, now).require()
    if item.about is Target.PERSON and is_proposed(item_id):
        raise Refused(PROPOSED)
    scope = case.acted_for(actor, now)
    before, was_hidden = state_of(item, post), item.hidden_at is not None
    if post is not None:
        settle(post.id, choice.outcome, item.severity, now)
        holds.settle(post, choice.outcome, choice.passages, now=now)
        if choice.outcome is Outcome.NOTE:
            notes.put(post.id, choice.notes)
    if choice.outcome is Outcome.HIDE:
        item.hidden_at = now
    else:
        item.closed_at = now
        keep_words(item_id, now + APPEAL)
    let_go(item_id)
    item.version += 1
    source, facts = cause_of(item)
    decision = Decision(
        item_id=item.id,
        target_id=item.target_id,
        author_id=case.author_id,
        decided_by=actor.id,
        outcome=choice.outcome,
        rule_id=choice.rule_id,
        facts=facts,
        why=choice.why or FITS,
        note=choice.note,
        scope=scope,
        source=source,
        decided_at=now,
        hidden_until=post.hidden_until if post else None,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    if choice.outcome in BETWEEN_TWO:
        agreements.ask(actor, decision, choice.other, now=now)
    after = state_of(item, post)
    write_down(actor, item, scope, choice.outcome.value, before, after, choice.rule_id, now)
    if case.author_id and (choice.outcome not in {Outcome.KEEP, Outcome.CARE} or was_hidden):
        letter = _letter(decision, item, post)
        tell(case.author_id, letter, now=now, once=f"decision:{decision.id}")
    if item.closed_at:
        answer_reporters(item, decision, case, now)
    return item.post_id


def cause_of(item: ReviewItem) -> tuple[Source, str]:
    """What a decision about it comes from, and the reasons that were given for it. A report that
    stands counts for more than what it was opened for."""
    given = dict.fromkeys(report.reason for report in queries.reports_of(item.id))
    return (Source.REPORT, " ".join(given)) if given else (item.source, item.reason)


def erase_words(*, now: datetime) -> None:
    """Words of which nobody can ask any more that somebody looks at them again are erased."""
    waits = is_waited_for(ReportedWords.item_id, now)
    db.session.execute(delete(ReportedWords).where(ReportedWords.erase_at <= now, ~waits))
    db.session.execute(
        update(ReviewItem)
        .where(ReviewItem.id.in_(retention.with_old_copies(now)))
        .values(reported_html=None, reported_call=None)
    )


def locked_item(item_id: UUID) -> tuple[ReviewItem, Post | None]:
    """Locked in the same order as where it is reported, with the post that it is about."""
    target = queries.target_of(item_id)
    post = locked(Post, target.post_id) if target.post_id else None
    if target.call_id:
        locked(Call, target.call_id)
    if target.about is Target.PERSON:
        locked(Group, target.group_id)
    return locked(ReviewItem, item_id), post


def let_go(item_id: UUID) -> None:
    """Nobody is looking at this item any more."""
    db.session.execute(delete(ItemClaim).where(ItemClaim.item_id == item_id))


def keep_words(item_id: UUID, until: datetime | None) -> None:
    """Erase the locked words then; not yet, as long as there is something to look at."""
    kept = db.session.get(ReportedWords, item_id)
    if kept is not None:
        kept.erase_at = until


def state_of(item: ReviewItem, post: Post | None) -> str:
    """What the audit record says of it, before and after: of a post, how it is shown."""
    if post is not None:
        return post.state.value
    return "closed" if item.closed_at else "open"


def settle(post_id: UUID, outcome: Outcome, severity: Severity, now: datetime) -> None:
    """Do to the post what was decided."""
    match outcome:
        case Outcome.HIDE:
            threads_actions.hide(post_id, until=hidden_until(severity, now))
        case Outcome.REMOVE:
            threads_actions.remove(post_id)
        case Outcome.KEEP | Outcome.NOTE | Outcome.CARE | Outcome.DISTANCE | Outcome.APOLOGY:
            threads_actions.bring_back(post_id, now=now)


def write_down(
    actor: Actor,
    item: ReviewItem,
    scope: Scope,
    action: str,
    before: str,
    after: str,
    reason: str,
    now: datetime,
) -> None:
    record.write(
        actor,
        action,
        item.id,
        group_id=item.group_id,
        scope=scope,
        before=before,
        after=after,
        reason=reason,
        now=now,
    )


def _letter(decision: Decision, item: ReviewItem, post: Post | None) -> Any:
    if item.about is Target.CALL:
        return _call_statement(decision, item)
    if post is None:
        return _share_statement(decision, item)
    return holds.letter_about(decision, post, told(decision.rule_id)) or _statement(decision, post)


def _statement(decision: Decision, post: Post) -> PostDecided:
    rule = told(decision.rule_id)
    return PostDecided(
        post_id=post.id,
        outcome=decision.outcome,
        written_at=post.written_at,
        hidden_until=decision.hidden_until,
        guideline=rule.title,
        of_group=rule.of_group,
        why=decision.why,
        reasons=tuple(reason_of(reason).label for reason in decision.facts.split()),
        by_platform=decision.scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
        source=decision.source,
    )


def _share_statement(decision: Decision, item: ReviewItem) -> ShareDecided:
    rule = told(decision.rule_id)
    return ShareDecided(
        share_id=decision.target_id,
        said_in=queries.circle_of(item.id).starts_at,
        guideline=rule.title,
        of_group=rule.of_group,
        why=decision.why,
        reasons=tuple(reason_of(reason).label for reason in decision.facts.split()),
        by_platform=decision.scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
    )


def _call_statement(decision: Decision, item: ReviewItem) -> CallDecided:
    about, rule = queries.call_of(item.id), told(decision.rule_id)
    return CallDecided(
        call_id=decision.target_id,
        title=about.title,
        starts_at=about.starts_at,
        guideline=rule.title,
        of_group=rule.of_group,
        why=decision.why,
        reasons=tuple(reason_of(reason).label for reason in decision.facts.split()),
        appealable_until=decision.appealable_until,
    )


def answer_reporters(item: ReviewItem, decision: Decision, case: Case, now: datetime) -> None:
    """Everybody who reported it hears what came of it, once for each time that it is decided."""
    again = f":{decision.id}" if case.barred else ""  # it was opened again: another outcome
    for report in queries.reports_of(item.id):
        if report.reporter_id:
            letter = ReportAnswered(
                decision.outcome,
                report.reported_at,
                decision.id,
                item.about,
                is_notice=bool(report.law),
            )
            tell(report.reporter_id, letter, now=now, once=f"report:{report.id}{again}")
