"""Pages of moderation. Nothing here is decided by GET."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.core.web import current_actor, now, vault
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.forms import OUTCOMES, DecisionForm, ReportForm, guidelines
from community.moderation.help import actions as help_actions
from community.moderation.help import queries as help_queries
from community.moderation.help.rules import STEPS
from community.moderation.rules import (
    APPEAL,
    REASON_GROUPS,
    Outcome,
    ReasonGroup,
    may_report,
    may_report_share,
    reason_group,
)
from community.threads import queries as threads_queries
from community.threads.publish import tell_gone

bp = Blueprint("moderation", __name__)


@bp.get("/posts/<uuid:post_id>/report")
def report(post_id: UUID) -> ResponseReturnValue:
    """The first press: what it is about, in plain words."""
    post = threads_queries.post(current_actor(), post_id)
    may_report(current_actor(), post, now()).require()
    return render_template(
        "moderation/report.html",
        groups=REASON_GROUPS,
        second=lambda slug: url_for(".report_about", post_id=post_id, about=slug),
        back=url_for("threads.show", thread_id=post.thread_id),
        writer=(post.author_id, post.author_name),
        share=None,
    )


@bp.route("/posts/<uuid:post_id>/report/<about>", methods=["GET", "POST"])
def report_about(post_id: UUID, about: str) -> ResponseReturnValue:
    """The second press: one of a few reasons."""
    me, group = current_actor(), _group(about)
    post = threads_queries.post(me, post_id)
    may_report(me, post, now()).require()
    form = ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template(
            "moderation/report_about.html",
            form=form,
            group=group,
            first=url_for(".report", post_id=post_id),
            back=url_for("threads.show", thread_id=post.thread_id),
            share=None,
        )
        return page, form.status
    with transaction():
        actions.report(me, post_id, form.reason.data, form.words.data or "", now=now())
    return redirect(url_for(".reported", post_id=post_id))


@bp.get("/posts/<uuid:post_id>/reported")
def reported(post_id: UUID) -> ResponseReturnValue:
    """Thank you, and what happens now."""
    mine = queries.own_report(current_actor(), post_id)
    back = url_for("threads.show", thread_id=threads_queries.reviewed(post_id).thread_id)
    return render_template("moderation/reported.html", report=mine, back=back, call_id=None)


@bp.get("/circles/<uuid:call_id>/report")
def typed(call_id: UUID) -> ResponseReturnValue:
    """Choose which of the words typed in a circle: those of others that this person may read."""
    me = current_actor()
    shares = [each for each in queries.typed_in(me, call_id) if may_report_share(me, each.by)]
    return render_template("moderation/typed.html", call_id=call_id, shares=shares)


@bp.get("/circles/<uuid:call_id>/report/<uuid:share_id>")
def report_share(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """The first press, for words typed in a circle, and what moderators will get of it."""
    share = queries.share(current_actor(), call_id, share_id)
    may_report_share(current_actor(), share.by).require()
    return render_template(
        "moderation/report.html",
        groups=REASON_GROUPS,
        second=lambda slug: url_for(
            ".report_share_about", call_id=call_id, share_id=share_id, about=slug
        ),
        back=url_for(".typed", call_id=call_id),
        writer=(share.by, share.name),
        share=share,
    )


@bp.route("/circles/<uuid:call_id>/report/<uuid:share_id>/<about>", methods=["GET", "POST"])
def report_share_about(call_id: UUID, share_id: UUID, about: str) -> ResponseReturnValue:
    """The second press, for words typed in a circle."""
    me, group = current_actor(), _group(about)
    share = queries.share(me, call_id, share_id)
    may_report_share(me, share.by).require()
    form = ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template(
            "moderation/report_about.html",
            form=form,
            group=group,
            first=url_for(".report_share", call_id=call_id, share_id=share_id),
            back=url_for(".typed", call_id=call_id),
            share=share,
        )
        return page, form.status
    reason, words = form.reason.data, form.words.data or ""
    with transaction():
        actions.report_share(me, call_id, share_id, reason, words, vault(), now=now())
    return redirect(url_for(".share_reported", call_id=call_id, share_id=share_id))


@bp.get("/circles/<uuid:call_id>/reported/<uuid:share_id>")
def share_reported(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """Thank you, beside a circle that goes on."""
    mine, back = (
        queries.own_report(current_actor(), share_id),
        url_for("calls.show", call_id=call_id),
    )
    return render_template("moderation/reported.html", report=mine, back=back, call_id=call_id)


@bp.get("/moderation")
def queue() -> ResponseReturnValue:
    """What this person can decide, the most urgent first."""
    me = current_actor()
    return render_template(
        "moderation/queue.html",
        queue=queries.queue(me, now()),
        asked=help_queries.who_asked(me, now()),
        steps=STEPS,
    )


@bp.post("/moderation/help/<uuid:help_id>")
def see_to_help(help_id: UUID) -> ResponseReturnValue:
    """Somebody pressed for help: write down what was done."""
    with transaction():
        help_actions.see_to(current_actor(), help_id, request.form.get("step", ""), now=now())
    flash(_("Thank you. It is written down, and they know that somebody has seen it."), "ok")
    return redirect(url_for(".queue"))


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
    if post_id and not (post := threads_queries.reviewed(post_id)).is_shown(now()):
        tell_gone(post)
    return redirect(url_for(".case", item_id=item_id))


@bp.get("/posts/<uuid:post_id>/statement")
def statement(post_id: UUID) -> ResponseReturnValue:
    """The statement of reasons, for the one whose words it is about."""
    decisions = queries.statement(current_actor(), post_id)
    post = threads_queries.reviewed(post_id)
    return render_template(
        "moderation/statement.html", decisions=decisions, post=post, circle=None, rules=guidelines()
    )


@bp.get("/shares/<uuid:share_id>/statement")
def share_statement(share_id: UUID) -> ResponseReturnValue:
    """The same for something typed in a circle, whose words are gone."""
    decisions = queries.statement(current_actor(), share_id)
    circle = queries.circle_of(share_id)
    return render_template(
        "moderation/statement.html",
        decisions=decisions,
        post=None,
        circle=circle,
        rules=guidelines(),
    )


def _group(slug: str) -> ReasonGroup:
    group = reason_group(slug)
    if group is None:
        raise Refused(NOT_FOUND)
    return group


def _case(item_id: UUID, form: DecisionForm, *, is_stale: bool = False) -> str:
    me = current_actor()
    page = queries.case_page(me, item_id, now())
    form.offer(page.actions)
    words = None
    if page.item.share and page.actions:
        with transaction():
            words = actions.look(me, item_id, vault(), now=now())
    return render_template(
        "moderation/case.html",
        page=page,
        words=words,
        form=form,
        is_stale=is_stale,
        outcomes=OUTCOMES,
        rules=guidelines(),
        appealable_until=now() + APPEAL,
    )
