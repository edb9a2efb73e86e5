"""What I keep for myself: the list, and the presses that keep a post and let it go."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.threads import queries as threads_queries
from community.threads.bookmarks import actions, queries

bp = Blueprint("bookmarks", __name__, url_prefix="/kept")


@bp.get("")
def index() -> ResponseReturnValue:
    """The posts that I keep, the latest first."""
    me, at = current_actor(), now()
    older = request.args.get("older", type=UUID)
    kept = queries.kept_by(me, at, older)
    threads = {each.thread_id for each in kept.rows if each.thread_id}
    return render_template(
        "threads/kept.html", kept=kept, older=older, titles=threads_queries.titles(me, threads, at)
    )


@bp.post("")
def keep() -> ResponseReturnValue:
    """Keep this for me."""
    post_id = _post_id()
    with transaction():
        actions.keep(current_actor(), post_id, now=now())
    flash(_("It’s kept for you, under “What I’ve kept”. Nobody is told."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.post("/let-go")
def let_go() -> ResponseReturnValue:
    """Not any more."""
    post_id = _post_id()
    with transaction():
        actions.let_go(current_actor(), post_id)
    flash(_("It isn’t kept any more."), "ok")
    if "list" in request.form:
        return redirect(url_for(".index"))
    return redirect(url_for("threads.post", post_id=post_id))


def _post_id() -> UUID:
    post_id = request.form.get("post", type=UUID)
    if post_id is None:
        raise Refused(NOT_FOUND)
    return post_id
