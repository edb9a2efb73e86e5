"""The two presses of a hint: a reader’s, and the writer’s."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.threads.hints import actions

bp = Blueprint("hints", __name__, url_prefix="/posts/<uuid:post_id>/hint")


@bp.post("")
def give(post_id: UUID) -> ResponseReturnValue:
    """Tell the writer alone that something else was asked for."""
    with transaction():
        actions.give(current_actor(), post_id, now=now())
    flash(_("Thank you. Only its writer is told, kindly, and not by whom."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.post("/leave")
def leave(post_id: UUID) -> ResponseReturnValue:
    """The writer leaves it as it is."""
    with transaction():
        actions.leave(current_actor(), post_id, now=now())
    flash(_("It stays as it is. Nobody is told."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))
