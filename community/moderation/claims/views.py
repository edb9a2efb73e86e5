"""Presses beside an item: I’m looking at it, somebody else may, pass it up."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.claims import actions

bp = Blueprint("claims", __name__, url_prefix="/moderation")


@bp.post("/<uuid:item_id>/claim")
def claim(item_id: UUID) -> ResponseReturnValue:
    """I’m looking at this."""
    with transaction():
        actions.claim(current_actor(), item_id, now=now())
    flash(_("It’s in your hands for half an hour. Others see that."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))


@bp.post("/<uuid:item_id>/leave")
def leave(item_id: UUID) -> ResponseReturnValue:
    """Somebody else may."""
    with transaction():
        actions.leave(current_actor(), item_id, now=now())
    flash(_("It’s free for somebody else. Thank you for looking."), "ok")
    return redirect(url_for("moderation.queue"))


@bp.post("/<uuid:item_id>/pass-on")
def pass_on(item_id: UUID) -> ResponseReturnValue:
    """It isn’t for me."""
    with transaction():
        actions.pass_on(current_actor(), item_id, now=now())
    flash(_("Others decide about it. Thank you for knowing your limits."), "ok")
    return redirect(url_for("moderation.queue"))


@bp.post("/<uuid:item_id>/pass-up")
def pass_up(item_id: UUID) -> ResponseReturnValue:
    """The moderators of the site, please."""
    version = request.form.get("version", type=int)
    with transaction():
        actions.pass_up(current_actor(), item_id, version, now=now())
    flash(_("The moderators of the site have it now."), "ok")
    return redirect(url_for("moderation.queue"))
