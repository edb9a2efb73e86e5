"""Pages about a person: what follows for them, who agrees to it, and what is in force for me."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.core.web import always, current_actor, now
from community.groups.guidelines.queries import named
from community.moderation.about import queries as about_queries
from community.moderation.about.forms import RemarkForm
from community.moderation.guidelines.queries import of_item
from community.moderation.openness.actions import opened
from community.moderation.rules.case import APPEAL
from community.moderation.sanctions import actions, queries
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.forms import (
    AFTER,
    KINDS,
    MORE,
    AnswerForm,
    LiftForm,
    StepForm,
    label,
)
from community.moderation.sanctions.publish import take_effect
from community.moderation.sanctions.queries import InForce, Proposed
from community.moderation.sanctions.rules import ANSWERED, LADDER, OVERTAKEN, Step
from community.threads import queries as threads_queries
from community.threads.acts.forms import guidelines

bp = Blueprint("sanctions", __name__)


@bp.get("/moderation/<uuid:item_id>/person")
def person(item_id: UUID) -> ResponseReturnValue:
    """What is in force for whoever wrote it, and what may follow for them."""
    return person_page(item_id)


@bp.post("/moderation/<uuid:item_id>/person")
def decide(item_id: UUID) -> ResponseReturnValue:
    """Take a step, or propose it. If somebody was first, what was typed stays."""
    form = StepForm()
    form.offer(LADDER, of_item(item_id))
    if not form.validate_on_submit():
        return person_page(item_id, form), 422
    choice = StepChoice(
        Step.read(form.step.data),
        form.rule.data,
        form.why.data,
        form.note.data or "",
        form.version.data,
    )
    try:
        with transaction():
            about = actions.decide(current_actor(), item_id, choice, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return person_page(item_id, form, is_stale=True), 409
    _tell(about, _("It’s written down. Nothing happens before somebody else agrees."))
    return redirect(url_for(".person", item_id=item_id))


@bp.route("/moderation/<uuid:item_id>/person/<uuid:sanction_id>/end", methods=["GET", "POST"])
def lift(item_id: UUID, sanction_id: UUID) -> ResponseReturnValue:
    """Look at it again: end it before its time, or, of a ban, let it go on."""
    me, form = current_actor(), LiftForm()
    held = queries.to_lift(me, item_id, sanction_id, now())[1]
    form.offer(can_go_on=held.ends_at is None)
    if not form.validate_on_submit():
        return _lift_page(item_id, sanction_id, form), form.status
    decide = actions.lift if form.is_to_end else actions.go_on
    why, version = form.why.data, form.version.data
    try:
        with transaction():
            person_id = decide(me, item_id, sanction_id, why, version, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return _lift_page(item_id, sanction_id, form, is_stale=True), 409
    take_effect(person_id)
    flash(_("It’s decided, and they have been written to."), "ok")
    return redirect(url_for(".person", item_id=item_id))


@bp.route("/moderation/proposed/<uuid:proposal_id>", methods=["GET", "POST"])
def proposed(proposal_id: UUID) -> ResponseReturnValue:
    """What somebody proposed, for whoever may agree to it. If something was decided meanwhile, it
    is shown, and what was typed stays."""
    me, form = current_actor(), AnswerForm()
    if not form.validate_on_submit():
        return _proposed_page(proposal_id, form), form.status
    agree, words, version = form.agree.data == "yes", form.words.data or "", form.version.data
    try:
        with transaction():
            about = actions.answer(me, proposal_id, words, version, agree=agree, now=now())
    except Refused as refused:
        if refused.reason not in (STALE, ANSWERED, OVERTAKEN):
            raise
        return _proposed_page(proposal_id, form, is_stale=True), 409
    _tell(about, _("Your answer is written down. Nothing has happened to them."))
    return redirect(url_for(".proposed", proposal_id=proposal_id))


@bp.get("/in-force")
@always
def mine() -> ResponseReturnValue:
    """What is in force for me: until when, why, and how to answer it."""
    me = current_actor()
    held = queries.of(me.id, now())
    return render_template("moderation/in_force.html", held=held, rules=_rules(held))


@bp.get("/in-force/<uuid:decision_id>")
@always
def statement(decision_id: UUID) -> ResponseReturnValue:
    """The statement of one decision about me, over or not."""
    one = queries.statement(current_actor(), decision_id)
    return render_template("moderation/in_force_one.html", one=one, rules=_rules([one]))


def _rules(these: Iterable[InForce | Proposed]) -> Mapping[str, object]:
    return {**guidelines(), **named(each.rule_id for each in these)}


def _proposed_page(proposal_id: UUID, form: AnswerForm, *, is_stale: bool = False) -> str:
    me = current_actor()
    asked, item, may = queries.proposal(me, proposal_id, now())
    if item.post and item.case.is_open:
        with transaction():
            opened(me, item, now=now())
    form.offer(can_agree=not asked.what.is_overtaken)
    return render_template(
        "moderation/proposed.html",
        form=form,
        asked=asked,
        item=item,
        notes=threads_queries.reviewed(item.post.post_id).notes if item.post else None,
        may=may,
        is_stale=is_stale,
        words=label(asked.what.step),
        rules=_rules([asked]),
    )


def _lift_page(item_id: UUID, sanction_id: UUID, form: LiftForm, *, is_stale: bool = False) -> str:
    item, held = queries.to_lift(current_actor(), item_id, sanction_id, now())
    if not is_stale and not held.is_in_force(now()):
        raise Refused(NOT_FOUND)
    return render_template(
        "moderation/lift.html", form=form, item=item, held=held, is_stale=is_stale
    )


def _tell(about: UUID | None, otherwise: str) -> None:
    if about is None:
        flash(otherwise, "ok")
        return
    take_effect(about)
    flash(_("It’s so from now on, and they have been written to."), "ok")


def person_page(
    item_id: UUID,
    form: StepForm | None = None,
    *,
    noting: RemarkForm | None = None,
    is_stale: bool = False,
) -> str:
    """The page about whoever wrote it, with what was typed there."""
    me, form = current_actor(), form or StepForm(formdata=None)
    item, page = queries.person_of_item(me, item_id, now())
    form.offer(page.steps, of_item(item_id))
    return render_template(
        "moderation/person.html",
        item=item,
        page=page,
        remarks=about_queries.remarks_on(me, item.case, now()),
        noting=noting or RemarkForm(formdata=None),
        form=form,
        is_stale=is_stale,
        kinds=KINDS,
        more=MORE,
        after={step.kind: AFTER[who] for step, who in page.steps.items() if who},
        label=label,
        rules=_rules([*page.in_force, *filter(None, [page.proposed])]),
        appealable_until=now() + APPEAL,
    )
