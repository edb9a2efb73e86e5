"""Pages of calls: what comes, one call and its seats, and what facilitators do."""

from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls import actions, queries, rules
from community.calls.forms import EditCallForm, NewCallForm
from community.calls.rules import SeatState
from community.core.db import transaction
from community.core.web import current_actor, now

bp = Blueprint("calls", __name__, url_prefix="/calls")


@bp.get("")
def index() -> ResponseReturnValue:
    """Calls to come, week by week, what waits for an answer first."""
    me, instant = current_actor(), now()
    after = request.args.get("after", type=UUID)
    page = queries.visible_calls(me, after=after, now=instant)
    others = [card for card in page.cards if card.mine is not SeatState.OFFERED]
    weeks = groupby(others, lambda card: rules.weeks_ahead(card.starts_at, me.zone, instant))
    return render_template(
        "calls/index.html",
        offered=() if after else queries.offered_to(me, now=instant),
        weeks=[(ahead, list(cards)) for ahead, cards in weeks],
        more_after=page.more_after,
        may_sign_up=rules.may_sign_up,
        scheduling=rules.may_schedule_somewhere(me),
    )


@bp.get("/<uuid:call_id>")
def show(call_id: UUID) -> ResponseReturnValue:
    """One call, and what this person can do about it."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    return render_template(
        "calls/show.html",
        call=call,
        lobby_opens_at=rules.lobby_opens_at(call.starts_at, call.facilitator_id == me.id),
        signing_up=rules.may_sign_up(me, call, call.mine, now()),
        holding=rules.may_hold(me, call),
        editing=rules.may_edit(me, call),
        cancelling=rules.may_cancel(me, call),
    )


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Schedule a call."""
    me = current_actor()
    rules.may_schedule_somewhere(me).require()
    groups = queries.groups_to_schedule_in(me)
    form = NewCallForm(groups, zone=me.zone, now=now(), group=request.args.get("group"))
    if not form.validate_on_submit():
        return render_template("calls/new.html", form=form), form.status
    with transaction():
        call_id = actions.schedule_call(me, form.group.data, form.plan(), now=now())
    flash(_("The call is scheduled. Members can sign up now."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.route("/<uuid:call_id>/edit", methods=["GET", "POST"])
def edit(call_id: UUID) -> ResponseReturnValue:
    """Change a call."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    rules.may_edit(me, call).require()
    form = EditCallForm.of(call, now())
    if not form.validate_on_submit():
        page = render_template("calls/edit.html", form=form, call=call)
        return page, form.status
    with transaction():
        actions.edit_call(me, call_id, form.plan(), now=now())
    flash(_("Your changes are saved."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.get("/<uuid:call_id>/cancel")
def about_to_cancel(call_id: UUID) -> ResponseReturnValue:
    """What cancelling does, before it is done."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    rules.may_cancel(me, call).require()
    return render_template("calls/cancel.html", call=call)


@bp.post("/<uuid:call_id>/cancel")
def cancel(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.cancel_call(current_actor(), call_id, now=now())
    flash(_("The call is cancelled. Everybody who signed up gets a letter."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.get("/<uuid:call_id>/people")
def people(call_id: UUID) -> ResponseReturnValue:
    """Who comes and who waits, for whoever holds the call."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    rules.may_hold(me, call).require()
    return render_template("calls/people.html", call=call, people=queries.people_of(call_id))


@bp.post("/<uuid:call_id>/sign-up")
def sign_up(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        state = actions.sign_up(current_actor(), call_id, now=now())
    if state is SeatState.CONFIRMED:
        flash(_("Your seat is confirmed."), "ok")
    else:
        flash(_("You’re in line. We’ll write to you when a seat opens."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/give-up")
def give_up(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.give_up_seat(current_actor(), call_id, now=now())
    flash(_("You’re marked as not coming. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/take")
def take(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.take_seat(current_actor(), call_id, now=now())
    flash(_("Your seat is confirmed."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/let-go")
def let_go(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.let_go(current_actor(), call_id, now=now())
    flash(_("The seat goes to the next person. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/leave-line")
def leave_line(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.leave_line(current_actor(), call_id, now=now())
    flash(_("You’ve left the line. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))
