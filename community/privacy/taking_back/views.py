"""The press on the page of the consent that takes it back."""

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import always, current_actor, now
from community.moderation.sanctions.publish import take_effect
from community.privacy.taking_back import actions

bp = Blueprint("taking_back", __name__)


@bp.post("/consent/withdraw")
@always
def withdraw() -> ResponseReturnValue:
    """I take my consent back. A circle that is open in another window ends for me, too."""
    me = current_actor()
    with transaction():
        actions.take_back(me, now=now())
    take_effect(me.id)
    flash(_("You’ve taken your consent back. Here is what that means."), "ok")
    return redirect(url_for("safety.consent"))
