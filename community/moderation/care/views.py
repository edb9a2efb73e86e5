"""Presses and a letter for somebody who may be in danger."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation import queries
from community.moderation.care import actions
from community.moderation.care.forms import HelpForm
from community.moderation.rules.care import BY_PRESS, CareStep, HandedTo, may_take_step

bp = Blueprint("care", __name__, url_prefix="/moderation")


@bp.get("/<uuid:item_id>/help")
def show(item_id: UUID) -> ResponseReturnValue:
    """Write to them where help is."""
    form = HelpForm(formdata=None)
    form.offer()
    return _page(item_id, form)


@bp.post("/<uuid:item_id>/help")
def point(item_id: UUID) -> ResponseReturnValue:
    """It goes at once."""
    form = HelpForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(item_id, form), form.status
    country, words = form.country.data or None, form.words.data or ""
    with transaction():
        actions.point_to_help(current_actor(), item_id, country, words, now=now())
    flash(_("They have a letter that says where help is. Thank you for thinking of them."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))


@bp.post("/<uuid:item_id>/care")
def take(item_id: UUID) -> ResponseReturnValue:
    """Somebody did something for them: it is written down."""
    step, handed_to = request.form.get("step", ""), request.form.get("handed_to", "")
    if step not in BY_PRESS and (step != CareStep.HANDED or handed_to not in set(HandedTo)):
        raise Refused(NOT_FOUND)
    to = HandedTo(handed_to) if step == CareStep.HANDED else None
    with transaction():
        actions.take_step(current_actor(), item_id, CareStep(step), to, now=now())
    flash(_("It’s written down, with your name."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))


def _page(item_id: UUID, form: HelpForm) -> str:
    me, instant = current_actor(), now()
    page = queries.case_page(me, item_id, instant)
    may_take_step(me, page.item.case, CareStep.POINTED, instant).require()
    return render_template("moderation/point_to_help.html", item=page.item, form=form)
