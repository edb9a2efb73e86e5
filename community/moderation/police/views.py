"""A press on the page of a threat: were the police told?"""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation.police import actions
from community.moderation.police.rules import PoliceStep

bp = Blueprint("police", __name__, url_prefix="/moderation")


@bp.post("/<uuid:item_id>/police")
def write(item_id: UUID) -> ResponseReturnValue:
    """One of two answers."""
    try:
        step = PoliceStep(request.form.get("step", ""))
    except ValueError:
        raise Refused(NOT_FOUND) from None
    with transaction():
        actions.write(current_actor(), item_id, step, now=now())
    flash(_("It’s in the record."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))
