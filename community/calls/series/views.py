"""The page of a series: its dates, for whoever keeps it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls.forms import SkipForm
from community.calls.rules.series import may_change
from community.calls.series import actions as series_actions
from community.calls.series import queries as series_queries
from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now

bp = Blueprint("series", __name__, url_prefix="/calls/series")


@bp.get("/<uuid:series_id>")
def show(series_id: UUID) -> ResponseReturnValue:
    """How it comes again, its dates to come, and how it ends."""
    me = current_actor()
    series = series_queries.series_for(me, series_id)
    may_change(me, series).require()
    later = series_queries.later_days(series, now=now())
    return render_template(
        "calls/series.html",
        series=series,
        dates=series_queries.dates_of(series_id, now=now()),
        later=later,
    )


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
