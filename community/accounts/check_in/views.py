"""How is today? One press on My place."""

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.accounts.check_in import actions
from community.core.db import transaction
from community.core.web import current_actor, now

bp = Blueprint("check_in", __name__)


@bp.post("/home/today")
def today() -> ResponseReturnValue:
    """What they pressed stands on their page, and nowhere else."""
    with transaction():
        actions.check_in(current_actor(), request.form.get("how", ""), now=now())
    return redirect(url_for("home.my_place", _anchor="how"))
