"""Who looks after the whole site."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts import queries as accounts_queries
from community.accounts.locks import queries as locks_queries
from community.accounts.locks.rules import may_change_locks, may_see_locks
from community.admin import actions, queries
from community.admin.forms import LockForm, StaffForm
from community.admin.rules import may_change_staff, may_see_letters, may_see_staff
from community.core.actor import Staff
from community.core.db import transaction
from community.core.sockets import hang_up
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation.sanctions.publish import take_effect
from community.notifications.push import queries as push_queries
from community.safety import actions as safety_actions
from community.safety import queries as safety_queries
from community.safety.crisis import COUNTRIES
from community.safety.rules import may_check_lines

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.route("/staff", methods=["GET", "POST"])
def staff() -> ResponseReturnValue:
    """Everybody who looks after the site, and a form to add somebody."""
    me = current_actor()
    may_see_staff(me).require()
    form = StaffForm()
    if form.validate_on_submit():
        account_id = accounts_queries.account_id_of(form.email.data)
        if account_id and accounts_queries.is_active(account_id):
            with transaction():
                actions.give_role(me, account_id, form.role.data, now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for(".staff"))
        form.email.errors = [_("We don’t know a member with this address")]
    page = render_template(
        "admin/staff.html", staff=queries.staff(), form=form, may=may_change_staff(me, now())
    )
    return page, form.status


@bp.post("/staff/<uuid:account_id>/<role>/take")
def take_role(account_id: UUID, role: str) -> ResponseReturnValue:
    """Somebody does that no more, from this moment."""
    if role not in set(Staff):
        raise Refused(NOT_FOUND)
    with transaction():
        actions.take_role(current_actor(), account_id, Staff(role), now=now())
    hang_up(account_id)
    flash(_("Saved."), "ok")
    return redirect(url_for(".staff"))


@bp.route("/locks", methods=["GET", "POST"])
def locks() -> ResponseReturnValue:
    """Which accounts are locked, and a form to lock one that somebody else has got into."""
    me = current_actor()
    may_see_locks(me).require()
    form = LockForm()
    if form.validate_on_submit():
        account_id = accounts_queries.account_id_of(form.email.data)
        if account_id and accounts_queries.is_active(account_id):
            with transaction():
                actions.lock(me, account_id, form.reason.data, form.days.data, now=now())
            take_effect(account_id)
            flash(_("Locked. It’s signed out everywhere, and we’ve written to them."), "ok")
            return redirect(url_for(".locks"))
        form.email.errors = [_("We don’t know a member with this address")]
    page = render_template(
        "admin/locks.html",
        locks=locks_queries.locks(now()),
        form=form,
        may=may_change_locks(me, now()),
    )
    return page, form.status


@bp.post("/locks/<uuid:account_id>/open")
def unlock(account_id: UUID) -> ResponseReturnValue:
    """Its person can come in again."""
    with transaction():
        actions.unlock(current_actor(), account_id, now=now())
    flash(_("Open again. We’ve written to them."), "ok")
    return redirect(url_for(".locks"))


@bp.get("/helplines")
def helplines() -> ResponseReturnValue:
    """What “Get help now” says for each country, and when a person last looked at it."""
    may_check_lines(current_actor()).require()
    return render_template(
        "admin/helplines.html", countries=COUNTRIES, checks=safety_queries.checks()
    )


@bp.post("/helplines/<slug>/check")
def check_lines(slug: str) -> ResponseReturnValue:
    """I’ve looked: they are as they stand here."""
    with transaction():
        safety_actions.check_lines(current_actor(), slug, request.form.get("facts", ""), now=now())
    flash(_("Thank you. The page says from now on that a person checked these."), "ok")
    return redirect(url_for(".helplines", _anchor=slug))


@bp.post("/helplines/<slug>/doubt")
def doubt_lines(slug: str) -> ResponseReturnValue:
    """Something there isn’t right any more."""
    with transaction():
        safety_actions.doubt_lines(current_actor(), slug)
    flash(_("The page says again that a person hasn’t checked these."), "ok")
    return redirect(url_for(".helplines", _anchor=slug))


@bp.get("/letters")
def letters() -> ResponseReturnValue:
    """Letters that could not be delivered."""
    may_see_letters(current_actor()).require()
    page = queries.given_up(request.args.get("older", type=UUID))
    return render_template("admin/letters.html", page=page, unreached=push_queries.unreached())


@bp.post("/letters/<uuid:letter_id>/again")
def send_again(letter_id: UUID) -> ResponseReturnValue:
    """Try one of them once more."""
    with transaction():
        actions.send_again(current_actor(), letter_id, now=now())
    flash(_("We’ll try again."), "ok")
    return redirect(url_for(".letters"))
