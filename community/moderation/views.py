"""Pages of moderation. Nothing here is decided by GET."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.actor import Actor
from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Reason, Refused
from community.core.web import always, current_actor, now, vault
from community.groups.guidelines.queries import named
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.agreements import queries as agreement_queries
from community.moderation.agreements.rules import NOBODY_ASKED, Agreement
from community.moderation.care import queries as care_queries
from community.moderation.duty import queries as duty_queries
from community.moderation.duty.forms import DutyForm
from community.moderation.forms import OUTCOMES, DecisionForm, ReportForm, WhoForm
from community.moderation.guidelines.queries import of_item
from community.moderation.handbook.book import GUIDANCE, REPLIES, replies_for
from community.moderation.holds import queries as held_queries
from community.moderation.holds.rules import NOT_IN_IT, passages_of
from community.moderation.numbers.queries import hard_lately
from community.moderation.numbers.rules import MANY
from community.moderation.opinions import queries as opinion_queries
from community.moderation.opinions.rules import may_ask, may_give
from community.moderation.pictures.queries import in_case
from community.moderation.police.queries import threat_in
from community.moderation.queries import CasePage, DecisionRow, ItemRow
from community.moderation.queue import queries as queue_queries
from community.moderation.queue.rules import Urgency
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.rules.care import BY_PRESS, CareStep, HandedTo, may_take_step
from community.moderation.rules.case import (
    APPEAL,
    BETWEEN_TWO,
    CARE_FIRST,
    IN_OTHER_HANDS,
    Outcome,
    Target,
    outcomes_for,
)
from community.moderation.rules.claims import can_go_up, may_pass_on
from community.moderation.rules.reasons import REASON_GROUPS, ReasonGroup, Severity
from community.moderation.rules.reporting import may_report, may_report_share, reason_group, there
from community.moderation.sanctions import queries as sanction_queries
from community.moderation.sent_out.lately import sent_out_lately
from community.moderation.talk.forms import TalkForm
from community.moderation.unmasking.rules import Whose, may_ask_name
from community.safety.crisis import BY_SLUG
from community.safety.words.beside import show_help
from community.threads import queries as threads_queries
from community.threads.acts.forms import guidelines
from community.threads.hints.rules import may_hint
from community.threads.notes.forms import kinds_in
from community.threads.publish import tell_changed, tell_new, tell_noted
from community.threads.rules.rows import PostRow

bp = Blueprint("moderation", __name__)


@bp.get("/posts/<uuid:post_id>/report")
def report(post_id: UUID) -> ResponseReturnValue:
    """The first press: what it is about, in plain words."""
    me, post = current_actor(), threads_queries.post(current_actor(), post_id)
    may_report(me, post, now()).require()
    opening = threads_queries.opening(me, post.thread_id)
    wish = threads_queries.thread(me, post.thread_id).wish
    return render_template(
        "moderation/report.html",
        about=Target.POST,
        groups=REASON_GROUPS,
        second=lambda slug: url_for(".report_about", post_id=post_id, about=slug),
        back=url_for("threads.show", thread_id=post.thread_id),
        writer=(post.author_id, post.author_name),
        group_id=post.group_id,
        note_at=url_for("notes.suggest", post_id=post_id),
        hint_at=url_for("hints.give", post_id=post_id),
        may_hint=may_hint(me, post, opening, wish, now()),
        wish=wish,
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
            form.page,
            about=Target.POST,
            form=form,
            group=group,
            first=url_for(".report", post_id=post_id),
            back=url_for("threads.show", thread_id=post.thread_id),
        )
        return page, form.status
    words = form.words.data or ""
    with transaction():
        is_held = report_actions.report(me, post_id, form.reason.data, words, **form.how, now=now())
    if is_held:
        tell_changed(threads_queries.reviewed(post_id), now())
    show_help(words)
    return redirect(url_for(".reported", post_id=post_id))


@bp.get("/posts/<uuid:post_id>/reported")
def reported(post_id: UUID) -> ResponseReturnValue:
    """Thank you, and what happens now."""
    me = current_actor()
    mine = report_queries.own_report(me, post_id)
    back = url_for("threads.show", thread_id=threads_queries.reviewed(post_id).thread_id)
    return render_template(
        "moderation/reported.html",
        about=Target.POST,
        report=mine,
        back=back,
        may_take_back=report_queries.may_be_taken_back(me, mine, now()),
        take_back_at=url_for(".take_back", post_id=post_id),
    )


@bp.post("/posts/<uuid:post_id>/reported")
def take_back(post_id: UUID) -> ResponseReturnValue:
    """Take one’s own report of a post back."""
    thread_id = threads_queries.reviewed(post_id).thread_id
    return _taken_back(post_id, url_for("threads.show", thread_id=thread_id))


@bp.get("/circles/<uuid:call_id>/report")
def typed(call_id: UUID) -> ResponseReturnValue:
    """Choose which of the words typed in a circle: those of others that this person may read. Or
    who said or did something there."""
    me = current_actor()
    shares = [
        each for each in report_queries.typed_in(me, call_id) if may_report_share(me, each.by)
    ]
    form = WhoForm(request.args)
    people = report_queries.there_with(me, call_id)
    found = there(people, {each.by for each in shares}, form.name.data or "")
    page = {"shares": shares, "there": found, "form": form}
    return render_template("moderation/typed.html", call_id=call_id, **page)


@bp.get("/circles/<uuid:call_id>/report/<uuid:share_id>")
def report_share(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """The first press, for words typed in a circle, and what moderators will get of it."""
    share = report_queries.share(current_actor(), call_id, share_id)
    may_report_share(current_actor(), share.by).require()
    return render_template(
        "moderation/report.html",
        about=Target.SHARE,
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
    share = report_queries.share(me, call_id, share_id)
    may_report_share(me, share.by).require()
    form = ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template(
            form.page,
            about=Target.SHARE,
            form=form,
            group=group,
            first=url_for(".report_share", call_id=call_id, share_id=share_id),
            back=url_for(".typed", call_id=call_id),
            share=share,
        )
        return page, form.status
    what = (call_id, share_id, form.reason.data, form.words.data or "")
    with transaction():
        report_actions.report_share(me, *what, vault(), **form.how, now=now())
    show_help(form.words.data)
    return redirect(url_for(".share_reported", call_id=call_id, share_id=share_id))


@bp.get("/circles/<uuid:call_id>/reported/<uuid:share_id>")
def share_reported(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """Thank you, beside a circle that goes on."""
    me = current_actor()
    mine, back = (
        report_queries.own_report(me, share_id),
        url_for("calls.show", call_id=call_id),
    )
    return render_template(
        "moderation/reported.html",
        about=Target.SHARE,
        report=mine,
        back=back,
        may_take_back=report_queries.may_be_taken_back(me, mine, now()),
        take_back_at=url_for(".take_share_back", call_id=call_id, share_id=share_id),
    )


@bp.post("/circles/<uuid:call_id>/reported/<uuid:share_id>")
def take_share_back(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """Take one’s own report of typed words back, also when the circle is over."""
    return _taken_back(share_id, url_for("calls.show", call_id=call_id))


@bp.get("/moderation")
def queue() -> ResponseReturnValue:
    """What this person can decide, the most urgent first."""
    me = current_actor()
    after = request.args.get("after", type=Urgency.read)
    found, duty = queue_queries.queue(me, now(), after=after), DutyForm(formdata=None)
    duty.offer(now())
    return render_template(
        "moderation/queue.html",
        queue=found,
        how_many_wait=lambda: found.waits,
        watches=duty_queries.on_duty(me, now()),
        duty=duty,
        asking=opinion_queries.asked_about(each.id for each in found.entries),
        after=after,
        sent_out=sent_out_lately(me, now()),
        hard=hard_lately(me, now()),
        many=MANY,
        talk=TalkForm(formdata=None),
    )


@bp.get("/moderation/<uuid:item_id>")
def case(item_id: UUID) -> ResponseReturnValue:
    """One item in its context, with the decision to make about it."""
    form = DecisionForm(formdata=None)
    form.begin_with(REPLIES.get(request.args.get("words", "")))
    return _case(item_id, form)


@bp.post("/moderation/<uuid:item_id>")
def decide(item_id: UUID) -> ResponseReturnValue:
    """Decide. If somebody was first, their decision is shown, and what was typed stays."""
    form = DecisionForm()
    form.offer(frozenset(Outcome), of_item(item_id))
    if not form.validate_on_submit():
        return _case(item_id, form), 422
    outcome, version = Outcome(form.outcome.data), form.version.data
    passages = passages_of(form.passages.data or "")
    what = (outcome, form.rule.data, form.why.data, form.note.data or "", version, passages)
    other = UUID(form.other.data) if form.other.data else None
    choice = Choice(*what, notes=kinds_in(form.notes.data), other=other)
    try:
        with transaction():
            post_id = actions.decide(current_actor(), item_id, choice, now=now())
    except Refused as refused:
        if refused.reason in (NOT_IN_IT, NOBODY_ASKED):
            field = form.passages if refused.reason is NOT_IN_IT else form.other
            field.errors = [_(refused.reason.text)]
            return _case(item_id, form), 422
        if refused.reason not in (STALE, IN_OTHER_HANDS, CARE_FIRST):
            raise
        return _case(item_id, form, refused.reason), 409
    if post_id:
        tell_decided(threads_queries.reviewed(post_id), outcome)
    return redirect(url_for(".case", item_id=item_id))


@bp.get("/posts/<uuid:post_id>/statement")
@always
def statement(post_id: UUID) -> ResponseReturnValue:
    """The statement of reasons, for the one whose words it is about."""
    decisions = queries.statement(current_actor(), post_id, now())
    post = threads_queries.reviewed(post_id)
    return render_template(
        "moderation/statement.html",
        about=Target.POST,
        decisions=decisions,
        without_part=queries.without_part([each.id for each in decisions], post.thread_id),
        asked=_asked(decisions),
        post=post,
        rules=_rules(decisions),
    )


@bp.get("/shares/<uuid:share_id>/statement")
@always
def share_statement(share_id: UUID) -> ResponseReturnValue:
    """The same for something typed in a circle, whose words are gone."""
    decisions = queries.statement(current_actor(), share_id, now())
    circle = queries.circle_of(share_id)
    return render_template(
        "moderation/statement.html",
        about=Target.SHARE,
        decisions=decisions,
        circle=circle,
        rules=_rules(decisions),
    )


@bp.get("/calls/<uuid:call_id>/statement")
@always
def call_statement(call_id: UUID) -> ResponseReturnValue:
    """The same for whoever held a call."""
    decisions = queries.statement(current_actor(), call_id, now())
    return render_template(
        "moderation/statement.html",
        about=Target.CALL,
        decisions=decisions,
        circle=queries.call_of(decisions[0].item_id),
        rules=_rules(decisions),
    )


def tell_decided(post: PostRow, outcome: Outcome) -> None:
    """Tell open pages what has become of it."""
    tell_changed(post, now())
    if outcome is Outcome.NOTE:
        tell_noted(post)
    if outcome is Outcome.APPROVE:
        tell_new(post.thread_id)


def _taken_back(target_id: UUID, back: str) -> ResponseReturnValue:
    with transaction():
        report_actions.take_back(current_actor(), target_id, now=now())
    flash(_("Your report is taken back. You can report it anew whenever you like."), "ok")
    return redirect(back)


def _group(slug: str) -> ReasonGroup:
    group = reason_group(Target.POST, slug)
    if group is None:
        raise Refused(NOT_FOUND)
    return group


def _case(item_id: UUID, form: DecisionForm, why_not: Reason | None = None) -> str:
    me, instant = current_actor(), now()
    page = queries.case_page(me, item_id, instant)
    _offer(form, me, page.item, instant)
    form.speak_of(page.item.case.about, page.item.reason)
    words = None
    if page.actions:
        with transaction():
            words = actions.see(me, page.item, vault(), now=instant)
    return render_template(
        "moderation/case.html",
        page=page,
        words=words,
        held=held_queries.held(page.item),
        **_pictures(page, item_id),
        form=form,
        is_stale=why_not is STALE,
        care_first=why_not is CARE_FIRST,
        **_among_us(me, page, instant),
        outcomes=OUTCOMES,
        rules=_rules(page.decisions),
        person=sanction_queries.person_page(me, item_id, page.item.case, instant),
        asked=_asked(page.decisions),
        guidance=GUIDANCE.get(page.item.reason.id),
        replies=replies_for(page.item.reason.id),
        appealable_until=now() + APPEAL,
    )


def _rules(decisions: Sequence[DecisionRow]) -> Mapping[str, object]:
    return {**guidelines(), **named(each.rule_id for each in decisions)}


def _asked(decisions: Sequence[DecisionRow]) -> Mapping[UUID, Agreement]:
    return agreement_queries.are_asked({each.id: each.outcome for each in decisions})


def _offer(form: DecisionForm, me: Actor, item: ItemRow, instant: datetime) -> None:
    """Two people can be asked something only where there is somebody to ask."""
    offered = outcomes_for(item.case, me, instant)
    people: Mapping[UUID, str] = {}
    if item.post and offered & BETWEEN_TWO:
        people = agreement_queries.whom_to_ask(me, item.post.post_id, item.case.author_id)
    own = of_item(item.id)
    form.offer(offered if people else offered - BETWEEN_TWO, own, people)


def _pictures(page: CasePage, item_id: UUID) -> dict[str, object]:
    """Those of the post, and where each is for whoever may open the case."""
    file_at = partial(url_for, "case_pictures.file", item_id=item_id)
    return {"pictures": in_case(page), "file_at": file_at}


def _care(me: Actor, item: ItemRow, instant: datetime) -> dict[str, object]:
    """What was done for somebody in danger, and what this person can do."""
    return {
        "taken": care_queries.taken(item.id) if item.case.severity is Severity.CRISIS else (),
        "care_steps": BY_PRESS,
        "pointing": may_take_step(me, item.case, CareStep.POINTED, instant),
        "handing": HandedTo if may_take_step(me, item.case, CareStep.HANDED, instant) else (),
        "countries": BY_SLUG,
    }


def _among_us(me: Actor, page: CasePage, instant: datetime) -> dict[str, object]:
    """Who looks at it, what others think, what was done for somebody in danger, and whose names can
    be asked for."""
    item, reasons = page.item, {report.reason.id for report in page.reports}
    opinions = opinion_queries.opinions_on(item.id)
    asked_by = next((each.asked_by for each in opinions if each.given_at is None), None)
    return {
        "talk": TalkForm(formdata=None),
        "going_up": can_go_up(me, item.case, instant),
        "passing": may_pass_on(me, item.case, instant),
        "opinions": opinions,
        "asking": may_ask(me, item.case, asked_by, instant),
        "giving": may_give(me, item.case, asked_by, instant),
        **_care(me, item, instant),
        "threat": threat_in(me, item.id, item.case, reasons),
        "asking_name": may_ask_name(me, item.case, Whose.WRITER, instant),
        "asking_reporters": may_ask_name(me, item.case, Whose.REPORTERS, instant),
    }
