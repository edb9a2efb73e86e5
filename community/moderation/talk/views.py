"""One press, on the queue or after a decision: I’d like to talk this over."""

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.talk import actions

bp = Blueprint("talk", __name__, url_prefix="/moderation/talk")


@bp.post("")
def ask() -> ResponseReturnValue:
    """They hear who asks, and nothing about what it was."""
    with transaction():
        actions.ask(current_actor(), now=now())
    flash(_("They know that you’d like to talk, and nothing about what it was."), "ok")
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for("moderation.queue"))
