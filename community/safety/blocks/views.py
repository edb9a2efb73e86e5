"""People I keep apart from."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.web import current_actor, now
from community.safety.blocks import actions, queries
from community.safety.blocks.rules import may_keep_apart

bp = Blueprint("blocks", __name__, url_prefix="/apart")


@bp.route("/<uuid:account_id>", methods=["GET", "POST"])
def keep_apart(account_id: UUID) -> ResponseReturnValue:
    """What it does and what it doesn’t, before it is done."""
    me = current_actor()
    may_keep_apart(me, account_id).require()
    other = queries.other(me, account_id)
    if request.method == "GET":
        return render_template("safety/keep_apart.html", other=other, back=_back())
    with transaction():
        actions.keep_apart(me, account_id, now=now())
    flash(_("You keep apart from %(name)s now. They aren’t told.", name=other.name), "ok")
    return redirect(_back())


@bp.post("/<uuid:account_id>/undo")
def meet_again(account_id: UUID) -> ResponseReturnValue:
    """Not any more."""
    me = current_actor()
    other = queries.other(me, account_id)
    with transaction():
        actions.meet_again(me, account_id)
    flash(_("You no longer keep apart from %(name)s.", name=other.name), "ok")
    return redirect(url_for("mutes.index"))


def _back() -> str:
    """The page that led here."""
    back = request.values.get("back", "")
    return back if is_local(back) else url_for("mutes.index")
