"""Telling a moderator from a thread, and the page of somebody who would like one."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.actor import Actor
from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation.help import actions, queries
from community.moderation.help.forms import TellForm, WriteForm
from community.moderation.help.rules import Press, may_see_to, presses
from community.safety.words.beside import show_help
from community.threads import queries as threads_queries

bp = Blueprint("help", __name__)


@bp.route("/threads/<uuid:thread_id>/tell", methods=["GET", "POST"])
def tell(thread_id: UUID) -> ResponseReturnValue:
    """One box, which may stay empty."""
    me = current_actor()
    thread = threads_queries.thread(me, thread_id)
    told = queries.told_from(me, thread_id)
    form = TellForm(data={"words": told.words} if told else None)
    if not form.validate_on_submit():
        page = render_template("moderation/help/tell.html", thread=thread, told=told, form=form)
        return page, form.status
    words, above = form.words.data or "", form.about_moderator.data
    with transaction():
        actions.ask(me, thread_id, words, about_moderator=above, now=now())
    flash(
        _(
            "Whoever looks after this group is told. They may not read it for hours; Get help now "
            "is there at any hour."
        ),
        "ok",
    )
    show_help(words)
    return redirect(url_for("threads.show", thread_id=thread_id))


@bp.get("/moderation/help/<uuid:help_id>")
def show(help_id: UUID) -> ResponseReturnValue:
    """Who it is, what was done, and what can be."""
    form = WriteForm(formdata=None)
    form.offer()
    return _page(current_actor(), help_id, form)


@bp.post("/moderation/help/<uuid:help_id>")
def take(help_id: UUID) -> ResponseReturnValue:
    """Write down what was done."""
    press = Press.read(request.form.get("step", ""), request.form.get("who", ""))
    if press is None:
        raise Refused(NOT_FOUND)
    with transaction():
        is_closed = actions.take(current_actor(), help_id, press.step, press.who, now=now())
    if is_closed:
        flash(_("It is seen to, by two people. Thank you."), "ok")
        return redirect(url_for("moderation.queue"))
    flash(_("It’s written down, with your name."), "ok")
    return redirect(url_for(".show", help_id=help_id))


@bp.post("/moderation/help/<uuid:help_id>/write")
def write(help_id: UUID) -> ResponseReturnValue:
    """A letter to whoever asked."""
    me, form = current_actor(), WriteForm()
    form.offer()
    if not form.validate_on_submit():
        return _page(me, help_id, form), form.status
    with transaction():
        what = (help_id, form.country.data or None, form.words.data)
        is_closed = actions.write(me, *what, now=now())
    flash(_("They have your letter. It’s written down that you wrote, and not what."), "ok")
    return redirect(url_for("moderation.queue") if is_closed else url_for(".show", help_id=help_id))


def _page(me: Actor, help_id: UUID, form: WriteForm) -> str:
    row = queries.one(help_id, now())
    may_see_to(me, row.wanted).require()
    return render_template(
        "moderation/help/show.html",
        row=row,
        form=form,
        title=_title(me, row.thread_id),
        presses=presses(me, row.wanted),
    )


def _title(me: Actor, thread_id: UUID | None) -> str | None:
    """Of the thread, for whoever may read it."""
    return threads_queries.titles(me, [thread_id], now()).get(thread_id) if thread_id else None
