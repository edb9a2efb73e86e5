"""People I keep away from: the list, and the presses that mute and undo it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.web import current_actor, now
from community.safety.blocks import queries as blocks_queries
from community.threads.mutes import actions, queries

bp = Blueprint("mutes", __name__, url_prefix="/apart")


@bp.get("")
def index() -> ResponseReturnValue:
    """From whom I keep apart, whom I have muted, and the press that undoes each."""
    me = current_actor()
    return render_template(
        "safety/apart.html", others=blocks_queries.chosen_by(me), people=queries.people(me)
    )


@bp.post("/<uuid:account_id>/mute")
def person(account_id: UUID) -> ResponseReturnValue:
    """Fold what they write, for me."""
    me = current_actor()
    with transaction():
        actions.mute_person(me, account_id, now=now())
    other = blocks_queries.other(me, account_id)
    flash(_("What %(name)s writes is folded for you now. They aren’t told.", name=other.name), "ok")
    return redirect(_back())


@bp.post("/<uuid:account_id>/unmute")
def hear_person(account_id: UUID) -> ResponseReturnValue:
    """Not any more."""
    with transaction():
        actions.hear_person(current_actor(), account_id)
    flash(_("What they write is open to you again."), "ok")
    return redirect(url_for(".index"))


def _back() -> str:
    """The page that led here."""
    back = request.form.get("back", "")
    return back if is_local(back) else url_for(".index")
