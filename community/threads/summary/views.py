"""Pages on which a long thread is put in short, and on which that is taken away."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, STALE, Reason, Refused
from community.core.web import current_actor, now
from community.safety.words.beside import show_help
from community.threads import queries as threads_queries
from community.threads.gathering.forwarding import follows_its_posts
from community.threads.holds.rules import not_read_first
from community.threads.pace.forms import seen_id
from community.threads.pace.queries import paces_of
from community.threads.pace.rules import LOCKED, PAUSED
from community.threads.rules.rows import ThreadRow
from community.threads.summary import actions, queries
from community.threads.summary.forms import SummaryForm, TakeAwayForm
from community.threads.summary.rules import READ_FIRST, Summary, may_take_away, may_write

bp = Blueprint("summary", __name__, url_prefix="/threads")


@bp.route("/<uuid:thread_id>/summary", methods=["GET", "POST"])
@follows_its_posts
def write(thread_id: UUID) -> ResponseReturnValue:
    """Put the thread in short, or change what stands there. Nothing that was typed is lost."""
    me = current_actor()
    thread, opening = threads_queries.thread(me, thread_id), threads_queries.opening(me, thread_id)
    there, form = queries.met(me, thread), SummaryForm()
    if not form.is_submitted():
        may_write(me, thread, opening, paces_of(me, thread_id, now()), now()).require()
        not_read_first(queries.waits(me, thread_id, ""), READ_FIRST).require()
        form.words.data = there.text if there else None
        _is_seen(form, thread, there)
        return _page(thread, form, there)
    if not form.validate():
        return _page(thread, form, there), form.status
    words, more = form.words.data or "", {"to_newest": form.to_newest.data}
    try:
        with transaction():
            actions.write(me, thread_id, words, form.on_page, **more, now=now())
    except Refused as refused:
        return _once_more(thread, form, there, refused), 409
    show_help(words)
    flash(_("It stands above the replies now. You can change it or take it away."), "ok")
    return redirect(_back(thread_id))


@bp.route("/<uuid:thread_id>/summary/take-away", methods=["GET", "POST"])
@follows_its_posts
def take_away(thread_id: UUID) -> ResponseReturnValue:
    """Take it away: one’s own in one press, and another’s with why."""
    me = current_actor()
    thread, opening = threads_queries.thread(me, thread_id), threads_queries.opening(me, thread_id)
    there, form = queries.met(me, thread), TakeAwayForm()
    if there is None:
        raise Refused(NOT_FOUND)
    may_take_away(me, thread, opening, there.author_id).require()
    form.is_own = there.author_id == me.id
    page: dict[str, Any] = {"thread": thread, "there": there, "form": form}
    if not form.validate_on_submit():
        return render_template("threads/summary/take_away.html", **page), form.status
    try:
        with transaction():
            what = (form.why.data or "", seen_id(form.seen.data))
            actions.take_away(me, thread_id, *what, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        page["there"] = queries.met(me, threads_queries.thread(me, thread_id))
        return render_template("threads/summary/take_away.html", **page, stale=True), 409
    flash(_("It’s taken away. Nothing is kept of it."), "ok")
    return redirect(_back(thread_id))


def _is_seen(form: SummaryForm, thread: ThreadRow, there: Summary | None) -> None:
    """This is what whoever writes has before them."""
    form.seen.data = there.stamp if there else ""
    form.last.data = thread.last


def _once_more(
    thread: ThreadRow, form: SummaryForm, there: Summary | None, refused: Refused
) -> str:
    """What was typed, and why it doesn't stand there: beside what somebody wrote meanwhile, if that
    is why."""
    if refused.reason is STALE:
        me = current_actor()
        thread = threads_queries.thread(me, thread.id)
        there = queries.met(me, thread)
        _is_seen(form, thread, there)
        return _page(thread, form, there, stale=True)
    if refused.reason in (LOCKED, PAUSED, READ_FIRST):
        return _page(thread, form, there, why=refused.reason)
    raise refused


def _page(
    thread: ThreadRow,
    form: SummaryForm,
    there: Summary | None,
    *,
    why: Reason | None = None,
    stale: bool = False,
) -> str:
    """What was typed stays."""
    page = {"thread": thread, "form": form, "there": there, "why": why, "stale": stale}
    return render_template("threads/summary/write.html", **page)


def _back(thread_id: UUID) -> str:
    return url_for("threads.show", thread_id=thread_id, _anchor="in-short")
