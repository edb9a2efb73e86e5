"""Reporting a post, and deciding about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.moderation import queries
from community.moderation.models import AuditEvent, Decision, Report, ReviewItem
from community.moderation.rules import (
    APPEAL,
    REASONS,
    Outcome,
    PostDecided,
    ReportAnswered,
    ReportReason,
    Scope,
    Source,
    hidden_until,
    may_decide,
    may_report,
    opening_scope,
    wider,
    worse,
)
from community.notifications.actions import tell
from community.safety.guidelines import RULES
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.models import Post
from community.threads.rules.rows import PostRow

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
    reason = REASONS.get(reason_id)
    if reason is None:
        raise Refused(NOT_FOUND)
    locked(Post, post_id)
    post = threads_queries.post(actor, post_id)
    may_report(actor, post, now).require()
    if queries.has_reported(actor.id, post_id, post.version):
        return
    item = _item_about(post, reason, now)
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


def decide(actor: Actor, item_id: UUID, choice: Choice, *, now: datetime) -> UUID:
    """Keep, hide or remove: decision, post, audit record and letters, all or none of them.

    Gives back the id of the post.
    """
    if choice.rule_id not in _TITLES:
        raise Refused(NOT_FOUND)
    post = locked(Post, queries.post_of(item_id))  # the same order as report()
    item = locked(ReviewItem, item_id)
    case = queries.case_of(item)
    may_decide(actor, case, choice.outcome, choice.version, now).require()
    scope = case.acted_for(actor, now)
    before, was_hidden = post.state, item.hidden_at is not None
    _settle(item, choice.outcome, now)
    reports = queries.reports_of(item.id)
    reasons = dict.fromkeys(report.reason for report in reports)
    decision = Decision(
        item_id=item.id,
        post_id=post.id,
        author_id=post.author_id,
        decided_by=actor.id,
        outcome=choice.outcome,
        rule_id=choice.rule_id,
        facts=" ".join(reasons),
        why=choice.why,
        note=choice.note,
        scope=scope,
        source=Source.REPORT,
        decided_at=now,
        hidden_until=post.hidden_until,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    db.session.add(
        AuditEvent(
            at=now,
            actor_id=actor.id,
            acted_for=scope,
            action=choice.outcome.value,
            item_id=item.id,
            group_id=item.group_id,
            before=before.value,
            after=post.state.value,
            reason=choice.rule_id,
        )
    )
    db.session.flush()
    if post.author_id and (choice.outcome is not Outcome.KEEP or was_hidden):
        tell(post.author_id, _statement(decision, post), now=now, once=f"decision:{decision.id}")
    if item.closed_at:
        _answer(reports, choice.outcome, now)
    return post.id


def _settle(item: ReviewItem, outcome: Outcome, now: datetime) -> None:
    """Do to the post what was decided, and close the item unless that was for now only."""
    match outcome:
        case Outcome.HIDE:
            threads_actions.hide(item.post_id, until=hidden_until(item.severity, now))
            item.hidden_at = now
        case Outcome.REMOVE:
            threads_actions.remove(item.post_id)
            item.closed_at = now
        case Outcome.KEEP:
            threads_actions.bring_back(item.post_id)
            item.closed_at = now
    item.version += 1


def _item_about(post: PostRow, reason: ReportReason, now: datetime) -> ReviewItem:
    """The open item about this post, made graver if this reason is; or a new one."""
    open_id = queries.open_item(post.id)
    if open_id is None:
        looks_after = bool(post.author_id and queries.looks_after(post.author_id, post.group_id))
        item = ReviewItem(
            post_id=post.id,
            group_id=post.group_id,
            reported_version=post.version,
            reported_html=post.html,
            reason=reason.id,
            severity=reason.severity,
            scope=opening_scope(reason, author_looks_after=looks_after),
            opened_at=now,
        )
        db.session.add(item)
        db.session.flush()
        return item
    item = locked(ReviewItem, open_id)
    worst, scope = worse(REASONS[item.reason], reason), wider(item.scope, reason.scope)
    if (worst.id, scope) != (item.reason, item.scope):
        item.reason, item.severity, item.scope = worst.id, worst.severity, scope
        item.version += 1  # whoever reads it now decides about something graver than they saw
    return item


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


def _answer(reports: Sequence[Report], outcome: Outcome, now: datetime) -> None:
    for report in reports:
        if report.reporter_id:
            letter = ReportAnswered(outcome, report.reported_at)
            tell(report.reporter_id, letter, now=now, once=f"report:{report.id}")
