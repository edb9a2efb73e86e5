"""The page on which each of two people says yes or no, for themselves."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.agreements import actions, queries
from community.moderation.agreements.forms import AnswerForm
from community.moderation.agreements.rules import Answer, answers_for, may_answer
from community.threads import queries as threads_queries

bp = Blueprint("agreements", __name__)


@bp.get("/decisions/<uuid:decision_id>/asked")
def show(decision_id: UUID) -> ResponseReturnValue:
    """What I’m asked, what I’ve said, and what came of it."""
    return _show(decision_id, AnswerForm(formdata=None))


@bp.post("/decisions/<uuid:decision_id>/asked")
def answer(decision_id: UUID) -> ResponseReturnValue:
    """What I say. I can change it until both have said yes."""
    me, form = current_actor(), AnswerForm()
    found = queries.page(me, decision_id).agreement
    form.offer(found.outcome, answers_for(me, found))
    may_answer(me, found, now()).require()
    if not form.validate_on_submit():
        return _show(decision_id, form), form.status
    with transaction():
        is_agreed = actions.answer(me, decision_id, Answer(form.answer.data), now=now())
    if not is_agreed:
        flash(_("Thank you. You can change it until the time is over."), "ok")
    return redirect(url_for(".show", decision_id=decision_id))


def _show(decision_id: UUID, form: AnswerForm) -> str:
    me = current_actor()
    found = queries.page(me, decision_id)
    agreement, said = found.agreement, found.agreement.says[me.id]
    form.offer(agreement.outcome, answers_for(me, agreement))
    if said and not form.is_submitted():
        form.answer.data = said
    return render_template(
        "moderation/asked.html",
        found=found,
        is_author=me.id == agreement.author_id,
        said=said,
        may=may_answer(me, agreement, now()),
        form=form,
        thread_id=threads_queries.reviewed(found.post_id).thread_id,
    )
