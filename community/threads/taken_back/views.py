"""Take words back; and what I took back: read it again, put it back, or erase it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.threads import queries as threads_queries
from community.threads.pictures.queries import on_page
from community.threads.publish import tell_back, tell_changed, tell_new
from community.threads.rules.posts import may_take_back
from community.threads.taken_back import actions, queries
from community.threads.taken_back.rules import may_put_back, may_see_taken_back

bp = Blueprint("taken_back", __name__, url_prefix="/posts")


@bp.get("/<uuid:post_id>/take-back")
def ask(post_id: UUID) -> ResponseReturnValue:
    """Say what taking back means, before it is done."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_take_back(me, post).require()
    return render_template("threads/take_back.html", post=post, pictures=on_page(me, [post_id]))


@bp.post("/<uuid:post_id>/take-back")
def take_back(post_id: UUID) -> ResponseReturnValue:
    """Take one's own words away from everybody else."""
    me = current_actor()
    with transaction():
        actions.take_back(me, post_id, now=now())
    tell_changed(threads_queries.post(me, post_id), now())
    flash(_("You took it back. Nobody else can read it. You can put it back for 30 days."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.get("/<uuid:post_id>/taken-back")
def show(post_id: UUID) -> ResponseReturnValue:
    """One’s own words, as long as they are kept."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_see_taken_back(me, post).require()
    own = queries.own(me, post_id, now())
    may = may_put_back(me, post, own.state)
    page = {"own": own, "may": may, "pictures": on_page(me, [post_id])}
    return render_template("threads/taken_back.html", post=post, **page)


@bp.post("/<uuid:post_id>/put-back")
def put_back(post_id: UUID) -> ResponseReturnValue:
    """Where it was, as it was."""
    me = current_actor()
    with transaction():
        actions.put_back(me, post_id, now=now())
    post = threads_queries.post(me, post_id)
    if post.is_shown(now()):
        tell_back(post)
        tell_new(post.thread_id)
        flash(_("Your words are back. Others can read them again."), "ok")
    else:
        flash(_("Your words are back with you. A moderator reads them before others do."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.post("/<uuid:post_id>/erase")
def erase(post_id: UUID) -> ResponseReturnValue:
    """For good."""
    me = current_actor()
    with transaction():
        actions.erase(me, post_id, now=now())
    flash(_("Your words are erased for good."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))
