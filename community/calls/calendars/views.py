"""Calls for the calendar that somebody has elsewhere: one at a time, or all of theirs by a private
address that a calendar reads without being signed in.

The key in that address is a sealed id, which no log has: a request is written down by its rule.
"""

from collections.abc import Iterable
from uuid import UUID

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.calls import queries as calls_queries
from community.calls.calendars import actions, queries
from community.calls.rules.calendars import may_put_in_calendar
from community.calls.rules.call import CallState
from community.core.calendars import Entry, Method, drawn
from community.core.db import transaction
from community.core.seal import seal, unseal
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now, public
from community.groups.claims import actor_of

bp = Blueprint("calendars", __name__, url_prefix="/calls")

FEED = "calendar"  # what the id in a private address is sealed for


@bp.get("/<uuid:call_id>/call.ics")
def call(call_id: UUID) -> ResponseReturnValue:
    """One call, to be kept in a calendar."""
    me = current_actor()
    may_put_in_calendar(me, calls_queries.call_for(me, call_id)).require()
    entry = _entry(queries.timed(call_id))
    return _calendar([entry], Method.CANCEL if entry.is_off else Method.PUBLISH)


@bp.get("/calendar")
def mine() -> ResponseReturnValue:
    """The private address of my calls, if I have one."""
    feed_id = queries.feed_of(current_actor())
    address = feed_id and url_for(".feed", key=seal(FEED, feed_id), _external=True)
    return render_template("calls/calendar.html", address=address)


@bp.post("/calendar/start")
def start() -> ResponseReturnValue:
    """A private address, or a new one in the place of the one there was."""
    with transaction():
        actions.give_address(current_actor())
    flash(_("Your calendar has an address. The one before, if there was one, is stopped."), "ok")
    return redirect(url_for(".mine"))


@bp.post("/calendar/stop")
def stop() -> ResponseReturnValue:
    with transaction():
        actions.stop(current_actor())
    flash(_("The address is stopped. What a calendar has read already, it may keep."), "ok")
    return redirect(url_for(".mine"))


@bp.get("/calendar/<key>.ics")
@public
def feed(key: str) -> ResponseReturnValue:
    """Somebody’s calls, for whoever knows the address. Signed in or not makes no difference."""
    owner = actor_of(queries.owner_of(unseal(FEED, key)), now=now())
    if not owner.is_active:
        raise Refused(NOT_FOUND)
    return _calendar(_entry(one) for one in queries.calendar_of(owner, now=now()))


def _entry(one: queries.Timed) -> Entry:
    return Entry(
        id=one.id,
        starts_at=one.starts_at,
        minutes=one.minutes,
        zone=one.zone,
        sequence=one.sequence,
        said_at=one.timed_at,
        is_off=one.state is CallState.CANCELLED,
        link=url_for("calls.show", call_id=one.id, _external=True),
    )


def _calendar(entries: Iterable[Entry], method: Method | None = None) -> ResponseReturnValue:
    """What a calendar reads. If it has that already, it is told so and nothing else."""
    answer = make_response(drawn(entries, method))
    answer.mimetype = "text/calendar"
    if method is not None:
        answer.mimetype_params["method"] = method.value
    answer.cache_control.private = answer.cache_control.no_cache = True
    answer.add_etag()
    return answer.make_conditional(request)
