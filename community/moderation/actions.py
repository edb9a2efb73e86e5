"""Reporting a post or what was typed in a circle, and deciding about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Refused
from community.moderation import queries
from community.moderation.models import (
    AuditEvent,
    Decision,
    Report,
    ReportedWords,
    ReviewItem,
)
from community.moderation.rules import (
    APPEAL,
    REASONS,
    Outcome,
    PostDecided,
    ReportAnswered,
    ReportReason,
    Scope,
    Severity,
    ShareDecided,
    Source,
    hidden_until,
    may_decide,
    may_open_case,
    may_report,
    may_report_share,
    opening_scope,
    wider,
    worse,
)
from community.notifications.actions import tell
from community.safety.guidelines import RULES
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.models import Post

LOOKED = "looked"
"""What the audit record says of somebody who opened locked words."""

_LOCK = "reported words"
_TITLES = {rule.id: rule.title for rule in RULES}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a moderator decided, and the version of the item that was on their page."""

    outcome: Outcome
    rule_id: str
    why: str
    note: str
    version: int


def report(actor: Actor, post_id: UUID, reason_id: str, words: str, *, now: datetime) -> None:
    """Report a post. A second report by the same person about the same words changes nothing.

    The post is locked, so many reports at once make one item.
    """
    reason = _reason(reason_id)
    locked(Post, post_id)
    post = threads_queries.post(actor, post_id)
    may_report(actor, post, now).require()
    if queries.has_reported_post(actor.id, post_id, post.version):
        return
    item = _worsened(queries.open_item(post_id), reason) or _opened(
        ReviewItem(post_id=post_id, reported_version=post.version, reported_html=post.html),
        post.group_id,
        post.author_id,
        reason,
        now,
    )
    _add_report(item, actor, reason, words, now)


def report_share(
    actor: Actor,
    call_id: UUID,
    share_id: UUID,
    reason_id: str,
    words: str,
    vault: Vault,
    *,
    now: datetime,
) -> None:
    """Report what was typed in a circle that is on. A locked copy is kept of it, and nothing else.

    The call is locked, so the circle doesn’t end meanwhile and many reports make one item.
    """
    reason = _reason(reason_id)
    locked(Call, call_id)
    share = queries.share(actor, call_id, share_id)
    may_report_share(actor, share.by).require()
    if queries.has_reported_share(actor.id, share_id):
        return
    item = _worsened(queries.open_item(share_id), reason)
    if item is None:
        item = _opened(
            ReviewItem(share_id=share_id, call_id=call_id, author_id=share.by),
            share.group_id,
            share.by,
            reason,
            now,
        )
        kept = vault.lock(_LOCK, item.id, share.words)
        db.session.add(ReportedWords(item_id=item.id, locked=kept, to_one=share.to_me))
    _add_report(item, actor, reason, words, now)


def look(actor: Actor, item_id: UUID, vault: Vault, *, now: datetime) -> str | None:
    """Open the words of a share that was reported, as long as there is something to decide. That
    somebody looked is written down. None if another key locked them."""
    item = locked(ReviewItem, item_id)
    case = queries.case_of(item)
    may_open_case(actor, case, now).require()
    kept = db.session.get(ReportedWords, item_id)
    if kept is None or not case.is_open:
        raise Refused(NOT_FOUND)
    _write_down(actor, item, case.acted_for(actor, now), LOOKED, "open", "open", item.reason, now)
    return vault.unlock(_LOCK, item_id, kept.locked)


def decide(actor: Actor, item_id: UUID, choice: Choice, *, now: datetime) -> UUID | None:
    """One of what `actions_for` allows: decision, what it is about, audit record and letters, all
    or none of them.

    Gives back the id of the post, if it is about one.
    """
    if choice.rule_id not in _TITLES:
        raise Refused(NOT_FOUND)
    post_id, call_id = queries.target_of(item_id)
    post = locked(Post, post_id) if post_id else None  # the same order as where it is reported
    if call_id:
        locked(Call, call_id)
    item = locked(ReviewItem, item_id)
    case = queries.case_of(item)
    may_decide(actor, case, choice.outcome, choice.version, now).require()
    scope = case.acted_for(actor, now)
    before, was_hidden = _state(item, post), item.hidden_at is not None
    if post is not None:
        _settle(post.id, choice.outcome, item.severity, now)
    if choice.outcome is Outcome.HIDE:
        item.hidden_at = now
    else:
        item.closed_at = now
        _keep_words(item_id, now + APPEAL)
    item.version += 1
    reports = queries.reports_of(item.id)
    reasons = dict.fromkeys(report.reason for report in reports)
    decision = Decision(
        item_id=item.id,
        target_id=item.post_id or item.share_id,
        author_id=case.author_id,
        decided_by=actor.id,
        outcome=choice.outcome,
        rule_id=choice.rule_id,
        facts=" ".join(reasons),
        why=choice.why,
        note=choice.note,
        scope=scope,
        source=Source.REPORT,
        decided_at=now,
        hidden_until=post.hidden_until if post else None,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    after = _state(item, post)
    _write_down(actor, item, scope, choice.outcome.value, before, after, choice.rule_id, now)
    if case.author_id and (choice.outcome is not Outcome.KEEP or was_hidden):
        letter = _statement(decision, post) if post else _share_statement(decision, item)
        tell(case.author_id, letter, now=now, once=f"decision:{decision.id}")
    if item.closed_at:
        _answer(reports, choice.outcome, now)
    return post_id


def erase_words(*, now: datetime) -> None:
    """Words of which nobody can ask any more that somebody looks at them again are erased."""
    db.session.execute(delete(ReportedWords).where(ReportedWords.erase_at <= now))


def _reason(reason_id: str) -> ReportReason:
    reason = REASONS.get(reason_id)
    if reason is None:
        raise Refused(NOT_FOUND)
    return reason


def _keep_words(item_id: UUID, until: datetime) -> None:
    kept = db.session.get(ReportedWords, item_id)
    if kept is not None:
        kept.erase_at = until


def _state(item: ReviewItem, post: Post | None) -> str:
    """What the audit record says of it, before and after: of a post, how it is shown."""
    if post is not None:
        return post.state.value
    return "closed" if item.closed_at else "open"


def _settle(post_id: UUID, outcome: Outcome, severity: Severity, now: datetime) -> None:
    """Do to the post what was decided."""
    match outcome:
        case Outcome.HIDE:
            threads_actions.hide(post_id, until=hidden_until(severity, now))
        case Outcome.REMOVE:
            threads_actions.remove(post_id)
        case Outcome.KEEP:
            threads_actions.bring_back(post_id)


def _worsened(open_id: UUID | None, reason: ReportReason) -> ReviewItem | None:
    """The open item, graver if this reason is."""
    if open_id is None:
        return None
    item = locked(ReviewItem, open_id)
    worst, scope = worse(REASONS[item.reason], reason), wider(item.scope, reason.scope)
    if (worst.id, scope) != (item.reason, item.scope):
        item.reason, item.severity, item.scope = worst.id, worst.severity, scope
        item.version += 1  # whoever reads it now decides about something graver than they saw
    return item


def _opened(
    item: ReviewItem,
    group_id: UUID,
    author_id: UUID | None,
    reason: ReportReason,
    now: datetime,
) -> ReviewItem:
    """This new item, in the queue where it belongs."""
    looks_after = bool(author_id and queries.looks_after(author_id, group_id))
    item.group_id, item.opened_at = group_id, now
    item.reason, item.severity = reason.id, reason.severity
    item.scope = opening_scope(reason, author_looks_after=looks_after)
    db.session.add(item)
    db.session.flush()
    return item


def _add_report(
    item: ReviewItem, actor: Actor, reason: ReportReason, words: str, now: datetime
) -> None:
    db.session.add(
        Report(
            item_id=item.id,
            reporter_id=actor.id,
            reason=reason.id,
            words=words,
            reported_at=now,
        )
    )
    db.session.flush()


def _write_down(
    actor: Actor,
    item: ReviewItem,
    scope: Scope,
    action: str,
    before: str,
    after: str,
    reason: str,
    now: datetime,
) -> None:
    db.session.add(
        AuditEvent(
            at=now,
            actor_id=actor.id,
            acted_for=scope,
            action=action,
            item_id=item.id,
            group_id=item.group_id,
            before=before,
            after=after,
            reason=reason,
        )
    )
    db.session.flush()


def _statement(decision: Decision, post: Post) -> PostDecided:
    return PostDecided(
        post_id=post.id,
        outcome=decision.outcome,
        written_at=post.written_at,
        hidden_until=decision.hidden_until,
        guideline=_TITLES[decision.rule_id],
        why=decision.why,
        reasons=tuple(REASONS[reason].label for reason in decision.facts.split()),
        by_platform=decision.scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
    )


def _share_statement(decision: Decision, item: ReviewItem) -> ShareDecided:
    return ShareDecided(
        share_id=decision.target_id,
        said_in=queries.circle_of(item.id).starts_at,
        guideline=_TITLES[decision.rule_id],
        why=decision.why,
        reasons=tuple(REASONS[reason].label for reason in decision.facts.split()),
        by_platform=decision.scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
    )


def _answer(reports: Sequence[Report], outcome: Outcome, now: datetime) -> None:
    for report in reports:
        if report.reporter_id:
            letter = ReportAnswered(outcome, report.reported_at)
            tell(report.reporter_id, letter, now=now, once=f"report:{report.id}")
