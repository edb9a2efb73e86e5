"""Pages after a circle: thanks, how it landed, a line to its facilitators, a thread of its own."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls.rules.call import CallState
from community.core.db import transaction
from community.core.web import current_actor, now
from community.live.after import actions, queries
from community.live.after.forms import AfterLineForm, CircleThreadForm, LandedForm
from community.live.rules.after import (
    Landed,
    may_look_back,
    may_open_thread,
    may_write_line,
)
from community.safety.words.beside import show_help

bp = Blueprint("after", __name__)


def page(
    call_id: UUID,
    *,
    landing: LandedForm | None = None,
    landed: Landed | None = None,
    line: AfterLineForm | None = None,
    thread: CircleThreadForm | None = None,
) -> ResponseReturnValue:
    """Thanks, and what there is for this person beside them. Without a circle, the call’s page."""
    after = queries.after_of(current_actor(), call_id)
    if after.state is CallState.CANCELLED:
        return redirect(url_for("calls.show", call_id=call_id))
    landing = landing or LandedForm(formdata=None)
    line = line or AfterLineForm(formdata=None)
    thread = thread or CircleThreadForm(formdata=None, data={"opening": _first_words()})
    shown = render_template(
        "live/thanks.html",
        after=after,
        landing=landing,
        landed=landed,
        line=line,
        thread=thread,
        asking=may_look_back(after),
        writing=may_write_line(after),
        opening=may_open_thread(after),
    )
    return shown, max(form.status for form in (landing, line, thread))


@bp.post("/calls/<uuid:call_id>/landed")
def landed(call_id: UUID) -> ResponseReturnValue:
    """How it was for somebody. It is answered here and now: no address and no row says it."""
    may_look_back(queries.after_of(current_actor(), call_id)).require()
    form = LandedForm()
    if not form.validate_on_submit():
        return page(call_id, landing=form)
    return page(call_id, landed=Landed(form.how.data))


@bp.post("/calls/<uuid:call_id>/after-line")
def write(call_id: UUID) -> ResponseReturnValue:
    """A line to the facilitators who were there."""
    me, form = current_actor(), AfterLineForm()
    may_write_line(queries.after_of(me, call_id)).require()
    if not form.validate_on_submit():
        return page(call_id, landed=Landed.NOT_WELL, line=form)
    with transaction():
        actions.write_line(me, call_id, form.line.data, now=now())
    flash(_("The facilitators have your line. You’ll see here when one has opened it."), "ok")
    show_help(form.line.data)
    return redirect(url_for("live.thanks", call_id=call_id))


@bp.post("/calls/<uuid:call_id>/after-lines/<uuid:line_id>/open")
def open_line(call_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """A facilitator of this call opens a line."""
    with transaction():
        actions.open_line(current_actor(), call_id, line_id, now=now())
    return redirect(url_for("live.thanks", call_id=call_id, _anchor=f"line-{line_id}"))


@bp.post("/calls/<uuid:call_id>/circle-thread")
def open_thread(call_id: UUID) -> ResponseReturnValue:
    """Open a thread for those who were there."""
    me, form = current_actor(), CircleThreadForm()
    after = queries.after_of(me, call_id)
    may_open_thread(after).require()
    if not form.validate_on_submit():
        return page(call_id, thread=form)
    title, days = _("After “%(title)s”", title=after.title)[:120], int(form.days.data)
    with transaction():
        thread_id = actions.open_thread(me, call_id, title, form.opening.data, days=days, now=now())
    show_help(form.opening.data)
    return redirect(url_for("threads.show", thread_id=thread_id))


def _first_words() -> str:
    return _(
        "This is for those of us who were there. Say more if you like, or just read. What was "
        "shared in the circle stays with us."
    )
