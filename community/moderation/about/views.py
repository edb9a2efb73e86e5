"""Noting something on the page about a person, and taking it away."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.about import actions
from community.moderation.about.forms import RemarkForm
from community.moderation.sanctions.views import person_page

bp = Blueprint("about", __name__, url_prefix="/moderation")


@bp.post("/<uuid:item_id>/person/notes")
def note(item_id: UUID) -> ResponseReturnValue:
    """For whoever decides next. What was typed stays if something is missing."""
    form = RemarkForm()
    if not form.validate_on_submit():
        return person_page(item_id, noting=form), 422
    with transaction():
        actions.note(current_actor(), item_id, form.words.data, int(form.days.data), now=now())
    flash(_("It’s kept for whoever decides next."), "ok")
    return redirect(url_for("sanctions.person", item_id=item_id))


@bp.post("/<uuid:item_id>/person/notes/<uuid:remark_id>/take-away")
def take_away(item_id: UUID, remark_id: UUID) -> ResponseReturnValue:
    """Nobody reads it any more."""
    with transaction():
        actions.take_away(current_actor(), item_id, remark_id, now=now())
    flash(_("The note is gone."), "ok")
    return redirect(url_for("sanctions.person", item_id=item_id))
