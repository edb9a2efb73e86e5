"""Reporting a post, what was typed in a circle, a person or a call, and taking that back.

`anonymous`: moderators of the site can’t look up who it was either (unmasking/rules.py). `law`: of
a notice under the law, which one.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import reduce
from uuid import UUID

from sqlalchemy import delete

from community.calls.models import Call
from community.core.actor import Actor
from community.core.db import add_once, db, locked
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Refused
from community.groups.models import Group
from community.live import actions as live_actions
from community.live.queries import Share
from community.live.rules.leading import HideWords
from community.live.rules.step import Step
from community.moderation import queries
from community.moderation.actions import LOCK, locked_item, write_down
from community.moderation.alerts import actions as alerts
from community.moderation.appeals import queries as appeal_queries
from community.moderation.cases import case_of
from community.moderation.holds.rules import PostWaits, reason_of
from community.moderation.models import (
    TAKEN_BACK,
    ItemNamed,
    Report,
    ReportedWords,
    ReviewItem,
)
from community.moderation.reports import queries as report_queries
from community.moderation.reports.graver import as_it_stands
from community.moderation.reports.queries import Met
from community.moderation.rules.case import Source, Target
from community.moderation.rules.letters import NoticeReceived
from community.moderation.rules.reasons import (
    HOW_DECIDED,
    REASONS,
    ReportReason,
    Scope,
    is_for_leads,
    opening_scope,
    wider,
    worse,
)
from community.moderation.rules.reporting import (
    holds_at_once,
    is_whole,
    may_report,
    may_report_call,
    may_report_person,
    may_report_share,
    may_take_back,
    reason_for,
)
from community.notifications.actions import tell
from community.threads import queries as threads_queries
from community.threads.holds import actions as holds
from community.threads.holds.rules import HoldReason
from community.threads.mentions import queries as mentions_queries
from community.threads.models import Post
from community.threads.pictures.keeping import in_words


def report(
    actor: Actor,
    post_id: UUID,
    reason_id: str,
    words: str,
    *,
    law: str = "",
    anonymous: bool = False,
    now: datetime,
) -> bool:
    """Report a post. A second report by the same person about the same words changes nothing.
    Gives back whether it is held from now on.

    The post is locked, so many reports at once make one item.
    """
    reason = _reason(Target.POST, reason_id)
    is_whole(reason, words, law).require()
    written = locked(Post, post_id)
    author_id = written.author_id
    post = threads_queries.post(actor, post_id)
    may_report(actor, post, now).require()
    if report_queries.has_reported_post(actor.id, post_id, post.version):
        return False
    was_left = report_queries.was_left(post)
    was_declined = report_queries.was_declined(actor, now)
    item = _worsened(actor, report_queries.open_item(post_id), reason, author_id, now) or _opened(
        actor,
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
    _add_named(item.id, mentions_queries.spoken_in(post_id))
    _add_report(item, actor, reason, words, now, law=law, anonymous=anonymous)
    is_held = holds_at_once(reason, was_left=was_left, was_declined=was_declined)
    if is_held:
        holds.hold_shown(written, post.group_id, [HoldReason.PRIVACY], now=now)
        if author_id:
            tell(author_id, PostWaits(post_id), now=now, once=f"waits:{item.id}")
    return is_held


def report_share(
    actor: Actor,
    call_id: UUID,
    share_id: UUID,
    reason_id: str,
    words: str,
    vault: Vault,
    *,
    law: str = "",
    anonymous: bool = False,
    now: datetime,
) -> None:
    """Report what was typed in a circle that is on. A locked copy is kept of it, and nothing else.

    The call is locked, so the circle doesn’t end meanwhile and many reports make one item.
    """
    reason = _reason(Target.SHARE, reason_id)
    is_whole(reason, words, law).require()
    locked(Call, call_id)
    share = report_queries.share(actor, call_id, share_id)
    may_report_share(actor, share.by).require()
    _report_share(actor, share, reason, words, vault, law=law, anonymous=anonymous, now=now)


def hide_share(
    actor: Actor,
    call_id: UUID,
    share_id: UUID,
    seen: int,
    event_id: UUID,
    reason_id: str,
    words: str,
    vault: Vault,
    *,
    law: str = "",
    now: datetime,
) -> Step:
    """Hide what was typed in a circle that is on from everybody but its writer, and report it, so
    that a moderator decides: whoever holds the call, and neither happens without the other."""
    reason = _reason(Target.SHARE, reason_id)
    is_whole(reason, words, law).require()
    locked(Call, call_id)
    share = report_queries.share_for_all(actor, report_queries.room_of(actor, call_id), share_id)
    press = HideWords(actor.id, seen, share.number, writer=share.by)
    happened = live_actions.happen(actor, call_id, press, event_id, now=now)
    if not share.hidden:  # or this very press was taken before
        _report_share(actor, share, reason, words, vault, law=law, anonymous=False, now=now)
    return happened


def _report_share(
    actor: Actor,
    share: Share,
    reason: ReportReason,
    words: str,
    vault: Vault,
    *,
    law: str = "",
    anonymous: bool,
    now: datetime,
) -> None:
    if report_queries.has_reported_share(actor.id, share.id):
        return
    item = _worsened(actor, report_queries.open_item(share.id), reason, share.by, now)
    if item is None:
        about = ReviewItem(
            about=Target.SHARE, share_id=share.id, call_id=share.call_id, author_id=share.by
        )
        item = _opened(actor, about, share.group_id, share.by, reason, now)
        kept = vault.lock(LOCK, item.id, share.words)
        db.session.add(ReportedWords(item_id=item.id, locked=kept, to_one=share.to_me))
    _add_report(item, actor, reason, words, now, law=law, anonymous=anonymous)


def report_person(
    actor: Actor,
    met: Met,
    account_id: UUID,
    reason_id: str,
    words: str,
    *,
    law: str = "",
    anonymous: bool = False,
    now: datetime,
) -> None:
    """Report somebody, in the group where they were met. A second report of the same person before
    anything is decided changes nothing.

    The group is locked, so many reports at once make one item.
    """
    reason = _reason(Target.PERSON, reason_id)
    is_whole(reason, words, law).require()
    somebody = report_queries.somebody(actor, met, account_id)
    locked(Group, somebody.group_id)
    may_report_person(actor, account_id, has_met=somebody.has_met).require()
    open_id = report_queries.open_item(account_id, somebody.group_id)
    if open_id and report_queries.has_reported_in(actor.id, open_id):
        return
    item = _worsened(actor, open_id, reason, account_id, now) or _opened(
        actor,
        ReviewItem(about=Target.PERSON, author_id=account_id),
        somebody.group_id,
        account_id,
        reason,
        now,
    )
    _add_report(item, actor, reason, words, now, law=law, anonymous=anonymous, met_in=met.call_id)


def report_call(
    actor: Actor,
    call_id: UUID,
    reason_id: str,
    words: str,
    *,
    law: str = "",
    anonymous: bool = False,
    now: datetime,
) -> None:
    """Report a call: what it says of itself, or how it was led. What it says now is kept, because
    it may be changed. A second report before anything is decided changes nothing.

    The call is locked, so many reports at once make one item.
    """
    reason = _reason(Target.CALL, reason_id)
    is_whole(reason, words, law).require()
    locked(Call, call_id)
    call = report_queries.call(actor, call_id)
    may_report_call(actor, call.held_by).require()
    open_id = report_queries.open_item(call_id)
    if open_id and report_queries.has_reported_in(actor.id, open_id):
        return
    item = _worsened(actor, open_id, reason, call.facilitator_id, now) or _opened(
        actor,
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
    _add_report(item, actor, reason, words, now, law=law, anonymous=anonymous)


def report_how(actor: Actor, decision_id: UUID, words: str, *, now: datetime) -> None:
    """Whoever it was decided about, or who reported it, tells safety leads how somebody decided:
    nobody else reads it, and not whoever decided. A second one before that is settled changes
    nothing.

    The group is locked, so many make one item.
    """
    appeal_queries.about(actor, decision_id, now)  # refuses whoever may not read of it
    decider_id, group_id = report_queries.decider_of(decision_id)
    locked(Group, group_id)
    open_id = report_queries.open_item(decider_id, group_id)
    if open_id and report_queries.has_reported_in(actor.id, open_id):
        return
    item = _worsened(actor, open_id, HOW_DECIDED, decider_id, now) or _opened(
        actor,
        ReviewItem(about=Target.PERSON, author_id=decider_id),
        group_id,
        decider_id,
        HOW_DECIDED,
        now,
    )
    _add_report(item, actor, HOW_DECIDED, words, now, decision_id=decision_id)


def take_back(
    actor: Actor, target_id: UUID, *, group_id: UUID | None = None, now: datetime
) -> None:
    """Take one’s own report back. What stays stands under the other reports, in the queue that it
    had; with the last one it closes undecided, and a locked copy of words is erased. It can be
    reported anew."""
    item, _ = locked_item(report_queries.own_report(actor, target_id, group_id).item_id)
    case = case_of(item, now)
    may_take_back(case, report_queries.hanging_on(actor, item.id)).require()
    reports = queries.reports_of(item.id)
    next(each for each in reports if each.reporter_id == actor.id).taken_back_at = now
    item.version += 1
    rest = [REASONS[each.reason] for each in reports if each.reporter_id != actor.id]
    if rest:
        stands = as_it_stands(rest, item, case.author_id, actor, now)
        _stands_under(item, stands, case.author_id)
    elif case.source is Source.REPORT and not case.is_held:  # what is held is still to be read
        item.closed_at = now
        db.session.execute(delete(ReportedWords).where(ReportedWords.item_id == item.id))
    after = "closed" if item.closed_at else "open"
    write_down(actor, item, item.scope, TAKEN_BACK, "open", after, item.reason, now)


def _reason(about: Target, reason_id: str) -> ReportReason:
    reason = reason_for(about, reason_id)
    if reason is None:
        raise Refused(NOT_FOUND)
    return reason


def _worsened(
    actor: Actor,
    open_id: UUID | None,
    reason: ReportReason,
    author_id: UUID | None,
    now: datetime,
) -> ReviewItem | None:
    """The open item, graver if this reason is."""
    if open_id is None:
        return None
    item = locked(ReviewItem, open_id)
    before = (item.reason, item.severity, item.scope, item.for_leads)
    so_far = replace(reason_of(item.reason), severity=item.severity)
    _stands_under(item, as_it_stands([so_far, reason], item, author_id, actor, now), author_id)
    if (item.reason, item.severity, item.scope, item.for_leads) != before:
        item.version += 1  # whoever reads it now decides about something graver than they saw
    return item


def _opened(
    actor: Actor,
    item: ReviewItem,
    group_id: UUID,
    author_id: UUID | None,
    reason: ReportReason,
    now: datetime,
) -> ReviewItem:
    """This new item, in the queue where it belongs."""
    item.group_id, item.opened_at = group_id, now
    _stands_under(item, as_it_stands([reason], item, author_id, actor, now), author_id)
    db.session.add(item)
    db.session.flush()
    return item


def _stands_under(
    item: ReviewItem, reasons: Sequence[ReportReason], author_id: UUID | None
) -> None:
    """The gravest of these, in the widest of their queues."""
    author = queries.keeps(author_id, item.group_id)
    worst = reduce(worse, reasons)
    item.reason, item.severity = worst.id, worst.severity
    scopes = (opening_scope(each, author) for each in reasons)
    item.scope = reduce(wider, scopes, item.scope or Scope.GROUP)  # it never comes back down
    item.for_leads = bool(item.for_leads) or any(is_for_leads(each, author) for each in reasons)


def _add_named(item_id: UUID, account_ids: Collection[UUID]) -> None:
    """Whom the words name or answer as they are now: none of them decides about it."""
    for account_id in account_ids:
        add_once(ItemNamed, item_id=item_id, account_id=account_id)


def _add_report(
    item: ReviewItem,
    actor: Actor,
    reason: ReportReason,
    words: str,
    now: datetime,
    *,
    law: str = "",
    anonymous: bool = False,
    met_in: UUID | None = None,
    decision_id: UUID | None = None,
) -> None:
    """In the place of one that they have taken back, if there is one. Whoever may decide is told
    if it can’t wait."""
    report = report_queries.report_by(actor.id, item.id) or Report(
        item_id=item.id, reporter_id=actor.id
    )
    report.reason, report.words = reason.id, words
    report.reported_at, report.taken_back_at, report.met_in = now, None, met_in
    report.is_anonymous, report.law, report.decision_id = anonymous, law, decision_id
    db.session.add(report)
    db.session.flush()
    if law:
        letter = NoticeReceived(now, now + reason.severity.first_look)
        tell(actor.id, letter, now=now, once=f"notice:{report.id}:{now.timestamp()}")
    alerts.tell_of(item, now=now)
