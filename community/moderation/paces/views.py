"""A press beside an item: the thread rests, goes slowly or is locked."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.core.web import current_actor, now
from community.moderation import queries
from community.moderation.guidelines.queries import of_item
from community.moderation.paces import actions
from community.threads.pace.forms import FORMS, seen_id
from community.threads.pace.publish import tell_pace
from community.threads.pace.queries import in_force_in
from community.threads.pace.rules import PaceKind

bp = Blueprint("paces", __name__, url_prefix="/moderation")


@bp.route("/<uuid:item_id>/pace/<any(pause, slow, lock):kind>", methods=["GET", "POST"])
def choose(item_id: UUID, kind: str) -> ResponseReturnValue:
    """For how long, how slowly, and why."""
    me, of = current_actor(), PaceKind(kind)
    page = queries.case_page(me, item_id, now())
    if not (page.actions and page.item.post):
        raise Refused(NOT_FOUND)
    in_force = in_force_in(page.item.post.thread_id, now()).of(of)
    form = FORMS[of](of_item(item_id))
    to, back = url_for(".choose", item_id=item_id, kind=kind), _case(item_id)
    shown = {"form": form, "kind": of, "in_force": in_force, "to": to, "back": back}
    shown["end"] = url_for(".end", item_id=item_id, kind=kind)
    if not form.validate_on_submit():
        return render_template("threads/pace/choose.html", **shown), form.status
    try:
        with transaction():
            thread_id = actions.set_pace(me, item_id, form.plan, form.because, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return render_template("threads/pace/choose.html", **shown, stale=True), 409
    tell_pace(thread_id)
    flash(_("It’s so from now on. The item stays open."), "ok")
    return redirect(back)


@bp.post("/<uuid:item_id>/pace/<any(pause, slow, lock):kind>/end")
def end(item_id: UUID, kind: str) -> ResponseReturnValue:
    """As usual again, before its time."""
    seen = seen_id(request.form.get("seen"))
    with transaction():
        thread_id = actions.end(current_actor(), item_id, PaceKind(kind), seen, now=now())
    tell_pace(thread_id)
    flash(_("The thread goes on as usual. The item stays open."), "ok")
    return redirect(_case(item_id))


def _case(item_id: UUID) -> str:
    return url_for("moderation.case", item_id=item_id)
