"""Pages of content notes. No address and no title says which."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now
from community.groups.guidelines.queries import in_group
from community.threads import queries as threads_queries
from community.threads.acts.heard import may_act
from community.threads.notes import actions, queries
from community.threads.notes.forms import AddForm, ChoicesForm, SuggestForm, kinds_in
from community.threads.notes.rules import may_add, may_suggest
from community.threads.publish import tell_noted

bp = Blueprint("notes", __name__)


@bp.route("/content-notes", methods=["GET", "POST"])
def choices() -> ResponseReturnValue:
    """How this person meets words under each kind of note."""
    me = current_actor()
    form = ChoicesForm.of(queries.choices(me))
    if not form.validate_on_submit():
        return render_template("threads/notes/choices.html", form=form), form.status
    with transaction():
        actions.choose(me, form.chosen)
    flash(_("Saved. It’s so on every device you sign in on."), "ok")
    return redirect(url_for(".choices"))


@bp.route("/posts/<uuid:post_id>/notes/suggest", methods=["GET", "POST"])
def suggest(post_id: UUID) -> ResponseReturnValue:
    """Tell the author alone that their words could use a note."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_suggest(me, post, now()).require()
    form = SuggestForm()
    if not form.validate_on_submit():
        return render_template("threads/notes/suggest.html", form=form, post=post), form.status
    with transaction():
        actions.suggest(me, post_id, kinds_in(form.kinds.data), now=now())
    flash(_("Thank you. Only its writer is told, and not by whom."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.route("/posts/<uuid:post_id>/notes", methods=["GET", "POST"])
def add(post_id: UUID) -> ResponseReturnValue:
    """A moderator puts notes before somebody’s words, or takes theirs away again."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_add(me, post, now()).require()
    may_act(me, post, now()).require()
    form = AddForm(in_group(post.group_id), data={"kinds": sorted(post.notes.added)})
    page = {"form": form, "post": post}
    if not form.validate_on_submit():
        return render_template("threads/notes/add.html", **page), form.status
    what = (kinds_in(form.kinds.data), form.because, form.on_page)
    try:
        with transaction():
            actions.add(me, post_id, *what, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        page["post"] = threads_queries.post(me, post_id)
        return render_template("threads/notes/add.html", **page, stale=True), 409
    tell_noted(post)
    return redirect(url_for("threads.post", post_id=post_id))


@bp.post("/posts/<uuid:post_id>/notes/take-up")
def take_up(post_id: UUID) -> ResponseReturnValue:
    """The author adds what was suggested."""
    with transaction():
        actions.take_up(current_actor(), post_id, now=now())
    flash(_("The note stands before your words now. You can take it away again."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))


@bp.post("/posts/<uuid:post_id>/notes/leave")
def leave(post_id: UUID) -> ResponseReturnValue:
    """The author leaves it as it is."""
    with transaction():
        actions.leave(current_actor(), post_id, now=now())
    flash(_("It stays as it is. Nobody is told."), "ok")
    return redirect(url_for("threads.post", post_id=post_id))
