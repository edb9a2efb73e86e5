"""Pages of lists: a month at a glance, the calls that somebody holds, and their days off."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls.clashes import queries as clash_queries
from community.calls.listing import actions, queries
from community.calls.listing.forms import DaysOffForm, WishForm
from community.calls.rules.call import may_schedule_somewhere
from community.calls.rules.listing import first_of_month, month_after, month_before, weeks_of_month
from community.calls.rules.times import last_planned
from community.calls.series import queries as series_queries
from community.core.db import transaction
from community.core.web import current_actor, now

bp = Blueprint("listing", __name__, url_prefix="/calls")


@bp.get("/month")
def month() -> ResponseReturnValue:
    """The calls to come of one month: this one, or a later one."""
    me, instant, form = current_actor(), now(), WishForm(request.args)
    today = instant.astimezone(ZoneInfo(me.zone)).date()
    this, latest = first_of_month(today), first_of_month(last_planned(today))
    first = min(max(request.args.get("month", this, type=_month), this), latest)
    return render_template(
        "calls/month.html",
        form=form,
        first=first,
        today=today,
        before=month_before(first) if first > this else None,
        after=month_after(first) if first < latest else None,
        weeks=weeks_of_month(first),
        days=queries.month_of(me, form.wish, first, now=instant),
    )


def _month(written: str) -> date:
    """2026-11, as an address has it."""
    return datetime.strptime(written, "%Y-%m").date()  # noqa: DTZ007  # a month is in no zone


@bp.get("/held")
def held() -> ResponseReturnValue:
    """The calls that I hold: who comes to those to come, and how the others went."""
    me, instant = current_actor(), now()
    may_schedule_somewhere(me).require()
    after, before = (request.args.get(name, type=UUID) for name in ("after", "before"))
    page = queries.held_by(me, after=after, now=instant)
    past, more_before = queries.past_of(me, before=before, now=instant)
    return render_template(
        "calls/held.html",
        asked=series_queries.asked_of(me, now=instant),
        cards=page.cards,
        more_after=page.more_after,
        coming=queries.coming_to([card.id for card in page.cards]),
        nobody=queries.NOBODY,
        in_the_way=clash_queries.in_the_way(me, page.cards),
        past=past,
        more_before=more_before,
    )


@bp.route("/days-off", methods=["GET", "POST"])
def days_off() -> ResponseReturnValue:
    """Days on which I would rather hold no call."""
    me, instant = current_actor(), now()
    may_schedule_somewhere(me).require()
    form = DaysOffForm(today=instant.astimezone(ZoneInfo(me.zone)).date())
    if not form.validate_on_submit():
        days = queries.days_off_of(me, now=instant)
        return render_template("calls/days_off.html", form=form, days=days), form.status
    with transaction():
        actions.take_days_off(me, form.first.data, form.last.data, now=instant)
    flash(_("Those days are yours."), "ok")
    return redirect(url_for(".days_off"))


@bp.post("/days-off/<uuid:days_id>/give-back")
def give_back(days_id: UUID) -> ResponseReturnValue:
    with transaction():
        actions.give_back(current_actor(), days_id)
    flash(_("They’re days like others again."), "ok")
    return redirect(url_for(".days_off"))
