"""Deleting my account: what goes and what stays, the choice, and the way back."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import always, arriving, current_actor, now, while_leaving
from community.privacy.leaving import actions, publish, queries
from community.privacy.leaving.forms import LeaveForm
from community.privacy.leaving.rules import WAIT, may_ask, may_erase_now, may_wait

bp = Blueprint("leaving", __name__, url_prefix="/leave-for-good")


@bp.get("")
@arriving
@always
def about() -> ResponseReturnValue:
    """What goes, what stays and why, and what to hand over first."""
    me, instant = current_actor(), now()
    ways = queries.ways(me, instant)
    return render_template("privacy/leave.html", ways=ways, days=WAIT.days)


@bp.route("/sure", methods=["GET", "POST"])
@arriving
@always
def sure() -> ResponseReturnValue:
    """The choice, and the button."""
    me, instant, form = current_actor(), now(), LeaveForm()
    may = may_ask(me, instant)
    if not form.validate_on_submit():
        ways = queries.ways(me, instant)
        page = render_template("privacy/sure.html", form=form, may=may, ways=ways)
        return page, form.status
    at_once = form.when.data == "now"
    with transaction():
        actions.leave(me, form.words.data, at_once=at_once, now=instant)
    publish.be_gone(me.id)
    if at_once:
        publish.erase(me.id, instant)
    return _signed_out(erased=at_once)


@bp.get("/waiting")
@while_leaving
def waiting() -> ResponseReturnValue:
    """Until when, and the way back."""
    me = current_actor()
    may_wait(me).require()
    return render_template(
        "privacy/waiting.html", leaving=queries.leaving(me), may=may_erase_now(me, now())
    )


@bp.post("/stay")
@while_leaving
def stay() -> ResponseReturnValue:
    """I have changed my mind."""
    with transaction():
        actions.stay(current_actor())
    flash(_("You’re a member as before. Nothing of yours was erased."), "ok")
    return redirect(url_for("home.my_place"))


@bp.post("/now")
@while_leaving
def hurry() -> ResponseReturnValue:
    """Erase it now."""
    me, instant = current_actor(), now()
    with transaction():
        actions.hurry(me, now=instant)
    publish.be_gone(me.id)
    publish.erase(me.id, instant)
    return _signed_out(erased=True)


def _signed_out(*, erased: bool) -> ResponseReturnValue:
    session.clear()
    if erased:
        flash(_("Your account is erased. A last e-mail says so."), "ok")
    else:
        flash(_("You’re signed out everywhere. An e-mail says until when you can undo it."), "ok")
    response = redirect(url_for("home.welcome"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response
