"""Pages of calls: what comes, one call and its seats, and what facilitators do."""

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls import queries
from community.calls.actions import holding, scheduling, seating
from community.calls.apart import queries as apart_queries
from community.calls.clashes import queries as clash_queries
from community.calls.forms import AskForm, CancelForm, EditCallForm, NewCallForm, TemplateForm
from community.calls.listing import queries as listing_queries
from community.calls.listing.forms import WishForm
from community.calls.patterns import queries as pattern_queries
from community.calls.rules.call import (
    CallState,
    leads,
    may_cancel,
    may_edit,
    may_hold,
    may_keep_as_template,
    may_schedule_somewhere,
)
from community.calls.rules.clashes import to_be
from community.calls.rules.holding import Ask, may_ask, may_choose_holders, may_part
from community.calls.rules.seats import (
    SeatState,
    may_keep_longer,
    may_stand_by,
)
from community.calls.rules.series import Scope, may_change
from community.calls.rules.times import lobby_opens_at, weeks_ahead
from community.calls.seats import queries as seat_queries
from community.calls.series import queries as series_queries
from community.core.actor import Actor
from community.core.db import transaction
from community.core.media import Ceilings
from community.core.verdict import Verdict
from community.core.web import current_actor, lack_of_media, now, ports

bp = Blueprint("calls", __name__, url_prefix="/calls")


@bp.get("")
def index() -> ResponseReturnValue:
    """Calls to come, week by week, what waits for an answer first."""
    me, instant = current_actor(), now()
    after, form = request.args.get("after", type=UUID), WishForm(request.args)
    page = listing_queries.calls_like(me, form.wish, after=after, now=instant)
    mine = None if after else queries.next_call_of(me, now=instant)
    above = {mine.id} if mine else set()
    others = [card for card in page.cards if card.id not in above and not card.is_offered(instant)]
    weeks = groupby(others, lambda card: weeks_ahead(card.starts_at, me.zone, instant))
    return render_template(
        "calls/index.html",
        form=form,
        mine=mine,
        offered=() if after else queries.offered_to(me, now=instant),
        weeks=[(ahead, list(cards)) for ahead, cards in weeks],
        more_after=page.more_after,
        signing_up=seat_queries.sign_ups(me, others, instant),
        scheduling=may_schedule_somewhere(me),
    )


@bp.get("/<uuid:call_id>")
def show(call_id: UUID) -> ResponseReturnValue:
    """One call, and what this person can do about it."""
    me, instant = current_actor(), now()
    call = queries.call_for(me, call_id).at(instant)
    offer = seat_queries.offer_of(me.id, call) if call.mine is SeatState.OFFERED else None
    keeping, holding = may_keep_as_template(me, call), may_hold(me, call)
    is_over = call.state is CallState.ENDED
    return render_template(
        "calls/show.html",
        call=call,
        lobby_opens_at=lobby_opens_at(call.starts_at, leads(call, me.id)),
        signing_up=seat_queries.sign_ups(me, [call], instant)[call_id],
        elsewhere=apart_queries.another_date(me, call, now=instant) if call.is_beside else None,
        standing_by=may_stand_by(me, call, call.mine, instant),
        offer=offer,
        keeping_longer=may_keep_longer(me, call, offer, instant),
        holding=holding,
        lack=lack_of_media(gathers=call.gathers) if holding and not is_over else None,
        in_the_way=clash_queries.in_the_way(me, [call])[call_id] if may_edit(me, call) else None,
        keeping=keeping,
        again=series_queries.again(me, call),
        **_looking_after(me, call),
        asked=queries.asked_for(call_id) if keeping else (),
        came=queries.attendance_of(call_id, None if holding else me.id) if is_over else (),
    )


def _looking_after(me: Actor, call: queries.CallPage) -> dict[str, Verdict]:
    """What this person can do for everybody in it."""
    return {
        "editing": may_edit(me, call),
        "cancelling": may_cancel(me, call),
        "choosing": may_choose_holders(me, call),
        "parting": may_part(me, call),
    }


@bp.route("/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Schedule a call, or keep it as a draft. It can begin from an earlier one or a template. What
    is in its way, or how it comes again, is shown first."""
    me = current_actor()
    may_schedule_somewhere(me).require()
    form = NewCallForm(
        queries.groups_to_schedule_in(me),
        zone=me.zone,
        now=now(),
        ceilings=_ceilings(),
        obj=_pattern(),
        group=request.args.get("group"),
    )
    if not form.validate_on_submit() or form.back.data:
        return render_template("calls/new.html", form=form), form.status
    rhythm, plan, as_draft = form.rhythm(), form.plan(), form.as_draft.data
    if not as_draft and not form.confirmed.data and (check := _check(form)):
        return check
    with transaction():
        call_id = scheduling.schedule_call(
            me, form.group.data, plan, rhythm, as_draft=as_draft, ceilings=_ceilings(), now=now()
        )
    if as_draft:
        flash(_("The draft is kept. Only you see it."), "ok")
    else:
        flash(_("The call is scheduled. Members can sign up now."), "ok")
    return redirect(url_for(".show", call_id=call_id))


def _ceilings() -> Ceilings:
    return ports().media.ceilings


def _check(form: NewCallForm) -> str | None:
    """Asks whether it is right: if it comes again, and if something is in its way."""
    me, rhythm, plan = current_actor(), form.rhythm(), form.plan()
    starts = rhythm.first_starts() if rhythm else [plan.starts_at]
    calls = to_be(form.group.data, me.id, starts, plan.minutes)
    ways = clash_queries.found_in_the_way(me, calls)
    if not rhythm and not ways:
        return None
    return render_template("calls/check_new.html", form=form, plan=plan, rhythm=rhythm, ways=ways)


def _pattern() -> pattern_queries.Pattern | None:
    """What the new call begins from, if its address says so."""
    like, template = (request.args.get(name, type=UUID) for name in ("like", "template"))
    if like:
        return pattern_queries.pattern_of(current_actor(), like)
    return pattern_queries.pattern_in(current_actor(), template) if template else None


@bp.get("/prepared")
def prepared() -> ResponseReturnValue:
    """My drafts, and the templates of the groups in which I may schedule calls."""
    me = current_actor()
    may_schedule_somewhere(me).require()
    return render_template(
        "calls/prepared.html",
        drafts=queries.drafts_of(me),
        series=series_queries.kept_by(me, now=now()),
        templates=pattern_queries.templates_for(me),
    )


@bp.post("/<uuid:call_id>/publish")
def publish(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        scheduling.publish_call(current_actor(), call_id, now=now())
    flash(_("The call is scheduled. Members can sign up now."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/throw-away")
def throw_draft_away(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        scheduling.throw_draft_away(current_actor(), call_id)
    flash(_("The draft is gone."), "ok")
    return redirect(url_for(".prepared"))


@bp.route("/<uuid:call_id>/template", methods=["GET", "POST"])
def keep_as_template(call_id: UUID) -> ResponseReturnValue:
    """Keep a call as a template, by a name."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    may_keep_as_template(me, call).require()
    form = TemplateForm()
    if not form.validate_on_submit():
        return render_template("calls/template.html", form=form, call=call), form.status
    with transaction():
        scheduling.keep_as_template(me, call_id, form.name.data)
    flash(_("The template is kept. You’ll find it under “Drafts and templates”."), "ok")
    return redirect(url_for(".prepared"))


@bp.post("/templates/<uuid:template_id>/throw-away")
def throw_template_away(template_id: UUID) -> ResponseReturnValue:
    with transaction():
        scheduling.throw_template_away(current_actor(), template_id)
    flash(_("The template is gone. Calls that began from it stay."), "ok")
    return redirect(url_for(".prepared"))


@bp.route("/<uuid:call_id>/edit", methods=["GET", "POST"])
def edit(call_id: UUID) -> ResponseReturnValue:
    """Change a call, or those of its series. Whom that concerns is shown before many change, and
    before any is on at the same time as something else."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    may_edit(me, call).require()
    form = EditCallForm.of(call, now(), scopes=_scopes(me, call), ceilings=_ceilings())
    if not form.validate_on_submit() or form.back.data:
        return render_template("calls/edit.html", form=form, call=call), form.status
    scope, plan = form.scope.data, form.plan()
    if call.state is not CallState.DRAFT and not form.confirmed.data:
        change = series_queries.change_of(me, call, scope, plan, now=now())
        if not form.finds(change.may_be(now())):
            return render_template("calls/edit.html", form=form, call=call), form.status
        ways = clash_queries.found_in_the_way(me, change.timed_anew)
        if change.rhythm or ways:
            return render_template(
                "calls/check_change.html", form=form, call=call, change=change, ways=ways
            )
    with transaction():
        scheduling.edit_call(me, call_id, plan, scope=scope, ceilings=_ceilings(), now=now())
    flash(_("Your changes are saved."), "ok")
    return redirect(url_for(".show", call_id=call_id))


def _scopes(me: Actor, call: queries.CallPage) -> Sequence[Scope]:
    """What a change of this call can be for. A draft is all there is of its series."""
    if call.series_id is None or not may_change(me, series_queries.series_for(me, call.series_id)):
        return (Scope.ONE,)
    return (Scope.ALL,) if call.state is CallState.DRAFT else tuple(Scope)


@bp.route("/<uuid:call_id>/cancel", methods=["GET", "POST"])
def cancel(call_id: UUID) -> ResponseReturnValue:
    """What cancelling does, before it is done; of a series, for one call or for several."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    may_cancel(me, call).require()
    scopes = _scopes(me, call)
    form = CancelForm(scopes, scope=request.args.get("scope", Scope.ONE))
    if not form.validate_on_submit():
        reach = {scope: series_queries.reach(call, scope, now=now()) for scope in scopes}
        return render_template("calls/cancel.html", form=form, call=call, reach=reach), form.status
    with transaction():
        scheduling.cancel_call(me, call_id, scope=form.scope.data, now=now())
    if form.scope.data is Scope.ONE:
        flash(_("The call is cancelled. Everybody who signed up gets a letter."), "ok")
    else:
        flash(_("The calls are cancelled. Everybody who signed up gets a letter."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.get("/<uuid:call_id>/people")
def people(call_id: UUID) -> ResponseReturnValue:
    """Who comes and who waits, for whoever holds the call; plain enough to print."""
    me = current_actor()
    call = queries.call_for(me, call_id)
    may_hold(me, call).require()
    return render_template(
        "calls/people.html",
        call=call,
        people=queries.people_of(call_id),
        separate=apart_queries.two_prefer_separate(me, call_id),
    )


@bp.post("/<uuid:call_id>/sign-up")
def sign_up(call_id: UUID) -> ResponseReturnValue:
    """With a turn, or to listen."""
    listens = request.form.get("listens") == "yes"
    with transaction():
        state = seating.sign_up(current_actor(), call_id, listens=listens, now=now())
    if state is SeatState.CONFIRMED:
        flash(_("Your seat is confirmed."), "ok")
    else:
        flash(_("You’re in line. We’ll write to you when a seat opens."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/still-come")
def still_come(call_id: UUID) -> ResponseReturnValue:
    """The new time suits me."""
    with transaction():
        seating.still_come(current_actor(), call_id, now=now())
    flash(_("Thank you. Your seat stays yours."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/give-up")
def give_up(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        seating.give_up_seat(current_actor(), call_id, now=now())
    flash(_("You’re marked as not coming. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/take")
def take(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        seating.take_seat(current_actor(), call_id, now=now())
    flash(_("Your seat is confirmed."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/keep-longer")
def keep_longer(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        seating.keep_longer(current_actor(), call_id, now=now())
    flash(_("The seat is held for you longer."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/let-go")
def let_go(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        seating.let_go(current_actor(), call_id, now=now())
    flash(_("The seat goes to the next person. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/leave-line")
def leave_line(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        seating.leave_line(current_actor(), call_id, now=now())
    flash(_("You’ve left the line. See you another time."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/stand-by")
def stand_by(call_id: UUID) -> ResponseReturnValue:
    """Come to the door in case a seat opens."""
    with transaction():
        state = seating.stand_by(current_actor(), call_id, now=now())
    if state is SeatState.CONFIRMED:
        flash(_("A seat was free, and it’s yours. Come in when you like."), "ok")
    else:
        flash(_("You’re standing by. Thank you for waiting with us."), "ok")
    return redirect(url_for("live.lobby", call_id=call_id))


@bp.post("/<uuid:call_id>/card")
def show_card(call_id: UUID) -> ResponseReturnValue:
    """Let whoever holds the call read my access card beforehand, or no longer."""
    shows = request.form.get("shows") == "yes"
    with transaction():
        seating.show_card(current_actor(), call_id, shows=shows)
    if shows:
        flash(_("Whoever holds the call can read your card now."), "ok")
    else:
        flash(_("Your card is yours alone again."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/part-in-it")
def choose_part(call_id: UUID) -> ResponseReturnValue:
    """To listen, or to take a turn after all."""
    listens = request.form.get("listens") == "yes"
    with transaction():
        seating.choose_part(current_actor(), call_id, listens=listens)
    if listens:
        flash(_("You come to listen. No turn comes to you."), "ok")
    else:
        flash(_("You take a turn, or pass when it comes."), "ok")
    return redirect(url_for(".show", call_id=call_id))


_ASKING = {Ask.TOGETHER: holding.ask_to_hold, Ask.INSTEAD: holding.hand_over}


@bp.route("/<uuid:call_id>/ask/<any(together, instead):ask>", methods=["GET", "POST"])
def ask(call_id: UUID, ask: str) -> ResponseReturnValue:
    """Ask another facilitator to hold a call together, or in my place."""
    me, wish = current_actor(), Ask(ask)
    call = queries.call_for(me, call_id)
    may_choose_holders(me, call).require()
    people = queries.who_can_be_asked(call, wish)
    form = AskForm(people, **clash_queries.hindered(call, [one.id for one in people]))
    if not form.validate_on_submit():
        is_asked = wish in {one.ask for one in queries.asked_for(call_id)}
        asking = may_ask(me, call, wish, is_asked)
        page = render_template("calls/ask.html", form=form, call=call, ask=wish, asking=asking)
        return page, form.status
    with transaction():
        is_done = _ASKING[wish](me, call_id, form.whom.data, now=now())
    if is_done:
        flash(_("You’ve changed places. Everybody who signed up is told."), "ok")
    else:
        flash(_("They’re asked, by letter. You’ll hear what they say."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/ask/<any(together, instead):ask>/take-back")
def take_back(call_id: UUID, ask: str) -> ResponseReturnValue:
    with transaction():
        holding.take_back(current_actor(), call_id, Ask(ask))
    flash(_("You’ve taken it back."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/ask/<any(together, instead):ask>/accept")
def accept(call_id: UUID, ask: str) -> ResponseReturnValue:
    with transaction():
        holding.accept(current_actor(), call_id, Ask(ask), now=now())
    flash(_("Thank you. You hold this call now."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/ask/<any(together, instead):ask>/decline")
def decline(call_id: UUID, ask: str) -> ResponseReturnValue:
    with transaction():
        holding.decline(current_actor(), call_id, Ask(ask), now=now())
    flash(_("They’ll hear: not this time. Nobody asks why."), "ok")
    return redirect(url_for(".show", call_id=call_id))


@bp.post("/<uuid:call_id>/part")
def part(call_id: UUID) -> ResponseReturnValue:
    with transaction():
        holding.part(current_actor(), call_id, now=now())
    flash(_("One person holds this call again."), "ok")
    return redirect(url_for(".show", call_id=call_id))
