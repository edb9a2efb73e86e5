"""Moderators’ presses at the end of a thread: let it rest or go slowly, lock it, as usual again."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now
from community.groups.guidelines.queries import in_group
from community.threads import queries as threads_queries
from community.threads.acts.heard import may_act
from community.threads.pace import actions, queries
from community.threads.pace.forms import FORMS, seen_id
from community.threads.pace.publish import tell_pace
from community.threads.pace.rules import PaceKind, may_set_pace

bp = Blueprint("pace", __name__)


@bp.route("/threads/<uuid:thread_id>/pace/<any(pause, slow, lock):kind>", methods=["GET", "POST"])
def choose(thread_id: UUID, kind: str) -> ResponseReturnValue:
    """For how long, how slowly, and why. If somebody was first, what they chose is shown."""
    me, of = current_actor(), PaceKind(kind)
    thread = threads_queries.thread(me, thread_id)
    may_set_pace(me, thread.group_id, thread.author_id).require()
    may_act(me, threads_queries.opening(me, thread_id), now()).require()
    in_force = queries.in_force_in(thread_id, now()).of(of)
    form = FORMS[of](in_group(thread.group_id))
    back = url_for("threads.show", thread_id=thread_id, _anchor="pace")
    to = url_for(".choose", thread_id=thread_id, kind=kind)
    page = {"form": form, "kind": of, "in_force": in_force, "to": to, "back": back}
    page["end"] = url_for(".end", thread_id=thread_id, kind=kind)
    if not form.validate_on_submit():
        return render_template("threads/pace/choose.html", **page), form.status
    try:
        with transaction():
            actions.set_pace(me, thread_id, form.plan, form.because, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return render_template("threads/pace/choose.html", **page, stale=True), 409
    tell_pace(thread_id)
    return redirect(back)


@bp.post("/threads/<uuid:thread_id>/pace/<any(pause, slow, lock):kind>/end")
def end(thread_id: UUID, kind: str) -> ResponseReturnValue:
    """As usual again."""
    seen = seen_id(request.form.get("seen"))
    with transaction():
        actions.end(current_actor(), thread_id, PaceKind(kind), seen, now=now())
    tell_pace(thread_id)
    flash(_("This thread goes on as usual."), "ok")
    return redirect(url_for("threads.show", thread_id=thread_id, _anchor="pace"))
