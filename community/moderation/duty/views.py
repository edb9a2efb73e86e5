"""Presses on the queue: I’m looking until then, and I’m not looking any more."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import Refused
from community.core.web import current_actor, now
from community.moderation.duty import actions
from community.moderation.duty.forms import DutyForm
from community.moderation.duty.rules import NOT_A_TIME
from community.moderation.rules.case import may_see_queue

bp = Blueprint("duty", __name__, url_prefix="/moderation/duty")


@bp.post("")
def look() -> ResponseReturnValue:
    """I’m looking."""
    me, at, form = current_actor(), now(), DutyForm()
    may_see_queue(me).require()
    form.offer(at)
    if not form.validate_on_submit():
        raise Refused(NOT_A_TIME)
    with transaction():
        actions.look(me, *form.chosen(at), now=at)
    flash(_("Others who look after this see it. Nobody is promised anything."), "ok")
    return redirect(url_for("moderation.queue"))


@bp.post("/gone")
def go() -> ResponseReturnValue:
    """I’m not looking any more."""
    may_see_queue(current_actor()).require()
    with transaction():
        actions.go(current_actor())
    flash(_("That’s taken away. Thank you for having looked."), "ok")
    return redirect(url_for("moderation.queue"))
