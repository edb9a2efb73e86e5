"""Pages of moderation. Nothing here is decided by GET."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.core.web import current_actor, now
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.forms import OUTCOMES, DecisionForm, ReportForm, guidelines
from community.moderation.rules import APPEAL, REASON_GROUPS, Outcome, may_report, reason_group
from community.threads import queries as threads_queries
from community.threads.publish import tell_gone

bp = Blueprint("moderation", __name__)


@bp.get("/posts/<uuid:post_id>/report")
def report(post_id: UUID) -> ResponseReturnValue:
    """The first press: what it is about, in plain words."""
    post = threads_queries.post(current_actor(), post_id)
    may_report(current_actor(), post, now()).require()
    return render_template("moderation/report.html", post=post, groups=REASON_GROUPS)


@bp.route("/posts/<uuid:post_id>/report/<about>", methods=["GET", "POST"])
def report_about(post_id: UUID, about: str) -> ResponseReturnValue:
    """The second press: one of a few reasons."""
    me, group = current_actor(), reason_group(about)
    post = threads_queries.post(me, post_id)
    may_report(me, post, now()).require()
    if group is None:
        raise Refused(NOT_FOUND)
    form = ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template("moderation/report_about.html", post=post, group=group, form=form)
        return page, form.status
    with transaction():
        actions.report(me, post_id, form.reason.data, form.words.data or "", now=now())
    return redirect(url_for(".reported", post_id=post_id))


@bp.get("/posts/<uuid:post_id>/reported")
def reported(post_id: UUID) -> ResponseReturnValue:
    """Thank you, and what happens now."""
    mine = queries.own_report(current_actor(), post_id)
    thread_id = threads_queries.reviewed(post_id).thread_id
    return render_template("moderation/reported.html", report=mine, thread_id=thread_id)


@bp.get("/moderation")
def queue() -> ResponseReturnValue:
    """What this person can decide, the most urgent first."""
    return render_template("moderation/queue.html", queue=queries.queue(current_actor(), now()))


@bp.get("/moderation/<uuid:item_id>")
def case(item_id: UUID) -> ResponseReturnValue:
    """One item in its context, with the decision to make about it."""
    return _case(item_id, DecisionForm(formdata=None))


@bp.post("/moderation/<uuid:item_id>")
def decide(item_id: UUID) -> ResponseReturnValue:
    """Decide. If somebody was first, their decision is shown, and what was typed stays."""
    form = DecisionForm()
    form.offer(frozenset(Outcome))
    if not form.validate_on_submit():
        return _case(item_id, form), 422
    outcome, version = Outcome(form.outcome.data), form.version.data
    choice = Choice(outcome, form.rule.data, form.why.data, form.note.data or "", version)
    try:
        with transaction():
            post_id = actions.decide(current_actor(), item_id, choice, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return _case(item_id, form, is_stale=True), 409
    post = threads_queries.reviewed(post_id)
    if not post.is_shown(now()):
        tell_gone(post)
    return redirect(url_for(".case", item_id=item_id))


@bp.get("/posts/<uuid:post_id>/statement")
def statement(post_id: UUID) -> ResponseReturnValue:
    """The statement of reasons, for the one whose words it is about."""
    decisions = queries.statement(current_actor(), post_id)
    post = threads_queries.reviewed(post_id)
    return render_template(
        "moderation/statement.html", decisions=decisions, post=post, rules=guidelines()
    )


def _case(item_id: UUID, form: DecisionForm, *, is_stale: bool = False) -> str:
    page = queries.case_page(current_actor(), item_id, now())
    form.offer(page.actions)
    return render_template(
        "moderation/case.html",
        page=page,
        form=form,
        is_stale=is_stale,
        outcomes=OUTCOMES,
        rules=guidelines(),
        appealable_until=now() + APPEAL,
    )
