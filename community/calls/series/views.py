"""The pages of a series, for whoever keeps it: its dates, how often it comes, who holds it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls.actions import keeping
from community.calls.clashes import queries as clash_queries
from community.calls.forms import AskForm, PaceForm, SkipForm
from community.calls.rules.keeping import may_look
from community.calls.rules.series import may_change
from community.calls.series import actions as series_actions
from community.calls.series import queries as series_queries
from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now

bp = Blueprint("series", __name__, url_prefix="/calls/series")


@bp.get("/<uuid:series_id>")
def show(series_id: UUID) -> ResponseReturnValue:
    """How it comes again, its dates to come, who keeps it and how it ends."""
    me = current_actor()
    series = series_queries.series_for(me, series_id)
    asked = series_queries.asked_for(series_id)
    may_look(me, series, asked.account_id if asked else None).require()
    return render_template(
        "calls/series.html",
        series=series,
        asked=asked,
        dates=series_queries.dates_of(series_id, now=now()),
        later=series_queries.later_days(series, now=now()),
        changing=may_change(me, series),
    )


@bp.route("/<uuid:series_id>/hand-over", methods=["GET", "POST"])
def hand_over(series_id: UUID) -> ResponseReturnValue:
    """Ask another facilitator to hold these calls from now on."""
    me = current_actor()
    series = series_queries.series_for(me, series_id)
    may_change(me, series).require()
    form = AskForm(series_queries.who_can_keep(series))
    if not form.validate_on_submit():
        is_asked = series_queries.asked_for(series_id) is not None
        page = render_template("calls/hand_over.html", form=form, series=series, is_asked=is_asked)
        return page, form.status
    with transaction():
        is_done = keeping.hand_over(me, series_id, form.whom.data, now=now())
    if is_done:
        flash(_("You hold these calls now. Everybody who signed up is told."), "ok")
    else:
        flash(_("They’re asked, by letter. You’ll hear what they say."), "ok")
    return redirect(url_for(".show", series_id=series_id))


@bp.post("/<uuid:series_id>/hand-over/take-back")
def take_back(series_id: UUID) -> ResponseReturnValue:
    with transaction():
        keeping.take_back(current_actor(), series_id)
    flash(_("You’ve taken it back."), "ok")
    return redirect(url_for(".show", series_id=series_id))


@bp.post("/<uuid:series_id>/hand-over/accept")
def accept(series_id: UUID) -> ResponseReturnValue:
    with transaction():
        keeping.accept(current_actor(), series_id, now=now())
    flash(_("Thank you. You hold these calls now."), "ok")
    return redirect(url_for(".show", series_id=series_id))


@bp.post("/<uuid:series_id>/hand-over/decline")
def decline(series_id: UUID) -> ResponseReturnValue:
    with transaction():
        keeping.decline(current_actor(), series_id, now=now())
    flash(_("They’ll hear: not this time. Nobody asks why."), "ok")
    return redirect(url_for("listing.held"))


@bp.route("/<uuid:series_id>/pace", methods=["GET", "POST"])
def pace(series_id: UUID) -> ResponseReturnValue:
    """Let it come more or less often. What becomes of its calls is shown first."""
    me = current_actor()
    series = series_queries.series_for(me, series_id)
    may_change(me, series).require()
    form = PaceForm(series.rhythm, series_queries.days_to_come(series_id, now=now()))
    if not form.validate_on_submit() or form.back.data:
        return render_template("calls/pace.html", form=form, series=series), form.status
    every, since = form.every.data, form.since.data
    if not form.confirmed.data:
        change = series_queries.paced(series, every, since, now=now())
        ways = clash_queries.found_in_the_way(me, change.added)
        return render_template("calls/check_pace.html", series=series, change=change, ways=ways)
    with transaction():
        again_id = series_actions.change_pace(me, series_id, every, since, now=now())
    flash(_("Your changes are saved."), "ok")
    return redirect(url_for(".show", series_id=again_id))


@bp.post("/<uuid:series_id>/skip")
def skip(series_id: UUID) -> ResponseReturnValue:
    """No call on a day that is still far ahead."""
    form = SkipForm()
    if not form.validate_on_submit():
        raise Refused(STALE)
    with transaction():
        series_actions.skip(current_actor(), series_id, form.day.data, now=now())
    flash(_("That date is skipped."), "ok")
    return redirect(url_for(".show", series_id=series_id))


@bp.post("/<uuid:series_id>/end")
def end(series_id: UUID) -> ResponseReturnValue:
    with transaction():
        series_actions.end(current_actor(), series_id, now=now())
    flash(_("No more dates are added. Those that are there stay."), "ok")
    return redirect(url_for(".show", series_id=series_id))
