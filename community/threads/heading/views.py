"""The page where somebody changes the title of their thread, and what they’d like from others."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import Refused
from community.core.web import current_actor, now
from community.threads import queries
from community.threads.gathering.forwarding import follows_its_posts
from community.threads.gathering.publish import tell_asked_otherwise
from community.threads.heading import actions
from community.threads.heading.forms import HeadingForm
from community.threads.heading.rules import may_change_heading
from community.threads.pace.rules import LOCKED, PAUSED
from community.threads.publish import tell_changed
from community.threads.rules.posts import Wish

bp = Blueprint("heading", __name__)


@bp.route("/threads/<uuid:thread_id>/heading", methods=["GET", "POST"])
@follows_its_posts
def change(thread_id: UUID) -> ResponseReturnValue:
    """Change the title of one’s own thread, and what one would like from others."""
    me = current_actor()
    thread = queries.thread(me, thread_id)
    opening, is_of_circle = queries.opening(me, thread_id), thread.erase_at is not None
    may_change_heading(me, opening, now(), is_of_circle=is_of_circle).require()
    form = HeadingForm(data={"title": thread.title, "wish": thread.wish})
    page = {"form": form, "thread": thread}
    if not form.validate_on_submit():
        return render_template("threads/heading/change.html", **page), form.status
    try:
        with transaction():
            actions.change(me, thread_id, form.title.data, Wish(form.wish.data), now=now())
    except Refused as refused:
        if refused.reason not in (LOCKED, PAUSED):
            raise
        return render_template("threads/heading/change.html", **page, why=refused.reason), 409
    tell_changed(queries.opening(me, thread_id), now())
    tell_asked_otherwise(thread_id)
    flash(_("It’s saved. Others see it when they open the thread."), "ok")
    return redirect(url_for("threads.show", thread_id=thread_id))
