"""Reporting a post, what was typed in a circle, a person or a call, and taking that back."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from uuid import UUID

from sqlalchemy import delete

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group
from community.moderation import queries
from community.moderation.actions import LOCK, locked_item, write_down
from community.moderation.cases import case_of
from community.moderation.models import (
    TAKEN_BACK,
    Report,
    ReportedWords,
    ReviewItem,
)
from community.moderation.reports import queries as report_queries
from community.moderation.reports.queries import Met
from community.moderation.rules.case import Target
from community.moderation.rules.reasons import (
    REASONS,
    ReportReason,
    opening_scope,
    wider,
    worse,
)
from community.moderation.rules.reporting import (
    may_report,
    may_report_call,
    may_report_person,
    may_report_share,
    may_take_back,
    reason_for,
)
from community.threads import queries as threads_queries
from community.threads.models import Post
from community.threads.pictures.keeping import in_words


def report(actor: Actor, post_id: UUID, reason_id: str, words: str, *, now: datetime) -> None:
    """Report a post. A second report by the same person about the same words changes nothing.

    The post is locked, so many reports at once make one item.
    """
    reason = _reason(Target.POST, reason_id)
    author_id = locked(Post, post_id).author_id
    post = threads_queries.post(actor, post_id)
    may_report(actor, post, now).require()
    if report_queries.has_reported_post(actor.id, post_id, post.version):
        return
    item = _worsened(report_queries.open_item(post_id), reason) or _opened(
        ReviewItem(
            about=Target.POST,
            post_id=post_id,
            reported_version=post.version,
            reported_html=post.html + in_words(post_id),
        ),
        post.group_id,
        author_id,
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
    reason = _reason(Target.SHARE, reason_id)
    locked(Call, call_id)
    share = report_queries.share(actor, call_id, share_id)
    may_report_share(actor, share.by).require()
    if report_queries.has_reported_share(actor.id, share_id):
        return
    item = _worsened(report_queries.open_item(share_id), reason)
    if item is None:
        item = _opened(
            ReviewItem(about=Target.SHARE, share_id=share_id, call_id=call_id, author_id=share.by),
            share.group_id,
            share.by,
            reason,
            now,
        )
        kept = vault.lock(LOCK, item.id, share.words)
        db.session.add(ReportedWords(item_id=item.id, locked=kept, to_one=share.to_me))
    _add_report(item, actor, reason, words, now)


def report_person(
    actor: Actor, met: Met, account_id: UUID, reason_id: str, words: str, *, now: datetime
) -> None:
    """Report somebody, in the group where they were met. A second report of the same person before
    anything is decided changes nothing.

    The group is locked, so many reports at once make one item.
    """
    reason = _reason(Target.PERSON, reason_id)
    somebody = report_queries.somebody(actor, met, account_id)
    locked(Group, somebody.group_id)
    may_report_person(actor, account_id, has_met=somebody.has_met).require()
    open_id = report_queries.open_item(account_id, somebody.group_id)
    if open_id and report_queries.has_reported_in(actor.id, open_id):
        return
    item = _worsened(open_id, reason) or _opened(
        ReviewItem(about=Target.PERSON, author_id=account_id),
        somebody.group_id,
        account_id,
        reason,
        now,
    )
    _add_report(item, actor, reason, words, now, met_in=met.call_id)


def report_call(actor: Actor, call_id: UUID, reason_id: str, words: str, *, now: datetime) -> None:
    """Report a call: what it says of itself, or how it was led. What it says now is kept, because
    it may be changed. A second report before anything is decided changes nothing.

    The call is locked, so many reports at once make one item.
    """
    reason = _reason(Target.CALL, reason_id)
    locked(Call, call_id)
    call = report_queries.call(actor, call_id)
    may_report_call(actor, call.held_by).require()
    open_id = report_queries.open_item(call_id)
    if open_id and report_queries.has_reported_in(actor.id, open_id):
        return
    item = _worsened(open_id, reason) or _opened(
        ReviewItem(
            about=Target.CALL,
            call_id=call_id,
            author_id=call.facilitator_id,
            reported_call=call.words,
        ),
        call.group_id,
        call.facilitator_id,
        reason,
        now,
    )
    _add_report(item, actor, reason, words, now)


def take_back(
    actor: Actor, target_id: UUID, *, group_id: UUID | None = None, now: datetime
) -> None:
    """Take one’s own report back. What stays in the queue stands under the other reports; with the
    last one it closes undecided, and a locked copy of words is erased. It can be reported anew."""
    item, _ = locked_item(report_queries.own_report(actor, target_id, group_id).item_id)
    case = case_of(item, now)
    may_take_back(case, queries.was_looked_at(item.id)).require()
    reports = queries.reports_of(item.id)
    next(each for each in reports if each.reporter_id == actor.id).taken_back_at = now
    item.version += 1
    rest = [REASONS[each.reason] for each in reports if each.reporter_id != actor.id]
    if rest:
        _stands_under(item, rest, case.author_id)
    elif not case.is_held:  # what is held is still to be read
        item.closed_at = now
        db.session.execute(delete(ReportedWords).where(ReportedWords.item_id == item.id))
    after = "closed" if item.closed_at else "open"
    write_down(actor, item, item.scope, TAKEN_BACK, "open", after, item.reason, now)


def _reason(about: Target, reason_id: str) -> ReportReason:
    reason = reason_for(about, reason_id)
    if reason is None:
        raise Refused(NOT_FOUND)
    return reason


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
    item.group_id, item.opened_at = group_id, now
    _stands_under(item, [reason], author_id)
    db.session.add(item)
    db.session.flush()
    return item


def _stands_under(
    item: ReviewItem, reasons: Sequence[ReportReason], author_id: UUID | None
) -> None:
    """The gravest of these, in the widest of their queues."""
    looks_after = bool(author_id and queries.looks_after(author_id, item.group_id))
    worst = reduce(worse, reasons)
    item.reason, item.severity = worst.id, worst.severity
    scopes = (opening_scope(each, author_looks_after=looks_after) for each in reasons)
    item.scope = reduce(wider, scopes)


def _add_report(
    item: ReviewItem,
    actor: Actor,
    reason: ReportReason,
    words: str,
    now: datetime,
    *,
    met_in: UUID | None = None,
) -> None:
    """In the place of one that they have taken back, if there is one."""
    report = report_queries.report_by(actor.id, item.id) or Report(
        item_id=item.id, reporter_id=actor.id
    )
    report.reason, report.words = reason.id, words
    report.reported_at, report.taken_back_at, report.met_in = now, None, met_in
    db.session.add(report)
    db.session.flush()
