"""Who meets new members of a group: members read it, owners ask somebody, the greeter greets."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import Refused
from community.core.web import current_actor, now
from community.groups import queries as groups_queries
from community.groups.rules import may_see_inside
from community.safety.words.beside import show_help
from community.threads.greeting import actions, queries
from community.threads.greeting.forms import GreetingForm
from community.threads.greeting.rules import READ_FIRST, may_greet, may_name, may_take_words_away

bp = Blueprint("greeting", __name__, url_prefix="/groups/<uuid:group_id>")


@bp.get("/greeter")
def index(group_id: UUID) -> ResponseReturnValue:
    """Who greets, with their words, and what whoever reads it can do about it."""
    me, at = current_actor(), now()
    may_see_inside(me, group_id).require()
    group = groups_queries.open_group(group_id)
    found = queries.met(me, group_id, at)
    return render_template(
        "threads/greeting/index.html",
        group=group,
        greeting=found.greeting if found else None,
        may_name=may_name(me, group_id, group.is_built_in),
        may_take_words_away=may_take_words_away(me, group_id),
    )


@bp.post("/greeter/ask/<uuid:account_id>")
def ask(group_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """Ask a member whether they’d greet."""
    me = current_actor()
    with transaction():
        is_asked = actions.ask(me, group_id, account_id, now=now())
    if not is_asked:
        flash(_("They greet here already, or are asked to."))
    elif account_id == me.id:
        flash(_("You greet new members from now on."), "ok")
        return redirect(url_for(".yours", group_id=group_id))
    else:
        flash(_("They are asked, and can say yes or no."), "ok")
    return redirect(url_for(".index", group_id=group_id))


@bp.post("/greeter/nobody")
def nobody(group_id: UUID) -> ResponseReturnValue:
    """Nobody greets any more."""
    with transaction():
        actions.name_nobody(current_actor(), group_id, now=now())
    flash(_("Nobody greets new members now."), "ok")
    return redirect(url_for(".index", group_id=group_id))


@bp.post("/greeter/accept")
def accept(group_id: UUID) -> ResponseReturnValue:
    """Yes, I’ll greet."""
    with transaction():
        actions.accept(current_actor(), group_id, now=now())
    flash(_("Thank you. You greet new members from now on."), "ok")
    return redirect(url_for(".yours", group_id=group_id))


@bp.post("/greeter/decline")
def decline(group_id: UUID) -> ResponseReturnValue:
    """No."""
    with transaction():
        actions.decline(current_actor(), group_id, now=now())
    flash(_("That’s fine. You don’t greet here."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


@bp.post("/greeter/step-down")
def step_down(group_id: UUID) -> ResponseReturnValue:
    """Not any more."""
    with transaction():
        actions.step_down(current_actor(), group_id, now=now())
    flash(_("You don’t greet here any more. Thank you for doing it."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


@bp.route("/greeter/yours", methods=["GET", "POST"])
def yours(group_id: UUID) -> ResponseReturnValue:
    """What the greeter writes, where newcomers say hello, and whether a letter tells of them."""
    me, at = current_actor(), now()
    greeting = queries.greeting(me, group_id, at)
    may_greet(me, greeting).require()
    form = GreetingForm(
        data={
            "words": greeting.words,
            "thread": str(greeting.thread_id or ""),
            "hears": greeting.hears,
        }
    )
    form.offer(list(queries.own_threads(me, group_id, at)), greeting.thread_id)
    if not form.validate_on_submit() or not _is_written(group_id, form):
        group = groups_queries.open_group(group_id)
        page = render_template("threads/greeting/yours.html", group=group, form=form)
        return page, form.status
    flash(_("Saved."), "ok")
    show_help(form.words.data or "")
    return redirect(url_for(".index", group_id=group_id))


def _is_written(group_id: UUID, form: GreetingForm) -> bool:
    """Words that aren’t taken stay in their field, with the reason beside them."""
    what, hears = (form.words.data or "", form.thread_id), form.hears.data
    try:
        with transaction():
            actions.write(current_actor(), group_id, *what, hears=hears, now=now())
    except Refused as refused:
        if refused.reason is not READ_FIRST:
            raise
        form.words.errors = [_(READ_FIRST.text)]
        return False
    return True


@bp.post("/greeter/words-away")
def take_words_away(group_id: UUID) -> ResponseReturnValue:
    """New members read our words instead."""
    with transaction():
        actions.take_words_away(current_actor(), group_id, now=now())
    flash(_("These words are taken away. Ours stand there instead."), "ok")
    return redirect(url_for(".index", group_id=group_id))


@bp.get("/first-words")
def first_words(group_id: UUID) -> ResponseReturnValue:
    """What members wrote first in the group, for whoever greets there."""
    me, at = current_actor(), now()
    may_greet(me, queries.greeting(me, group_id, at)).require()
    listed = queries.first_words(me, group_id, at)
    return render_template(
        "threads/greeting/first_words.html",
        group=groups_queries.open_group(group_id),
        waiting=[each for each in listed if not each.is_answered],
        answered=[each for each in listed if each.is_answered],
    )
