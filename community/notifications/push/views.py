"""One press on a device, and it says when something is new; another, and it stops."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import ports
from community.notifications.push import actions
from community.notifications.push.forms import told_by

bp = Blueprint("push", __name__, url_prefix="/news/device")


@bp.post("/tell")
def tell() -> ResponseReturnValue:
    """This device from now on: the page’s script brings what its browser said."""
    if ports().pusher.public_key is None:
        raise Refused(NOT_FOUND)
    told = told_by(request.get_json())
    with transaction():
        actions.subscribe(current_user.badge.browser_id, told)
    flash(_("This device tells you from now on."), "ok")
    return {"ok": True}


@bp.post("/stop")
def stop() -> ResponseReturnValue:
    """This device no more. Works without script."""
    with transaction():
        actions.unsubscribe(current_user.badge.browser_id)
    flash(_("This device is quiet again."), "ok")
    return redirect(url_for("notifications.choices"))
