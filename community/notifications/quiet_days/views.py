"""One press begins quiet days, another ends them: on My place, or beside what we tell."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.web import current_actor, now
from community.notifications.quiet_days import actions

bp = Blueprint("quiet_days", __name__, url_prefix="/news/quiet")


@bp.post("/")
def begin() -> ResponseReturnValue:
    """Be quiet for so many days."""
    with transaction():
        actions.begin(current_actor(), request.form.get("days", 0, type=int), now=now())
    flash(_("It’s quiet from now on. Nobody else can tell."), "ok")
    return _back()


@bp.post("/end")
def end() -> ResponseReturnValue:
    """I’d like to hear again."""
    with transaction():
        actions.end(current_actor(), now=now())
    flash(_("News reaches you again."), "ok")
    return _back()


def _back() -> ResponseReturnValue:
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for("notifications.choices"))
