"""The lobby, the circle, and every event of the circle by plain HTTP."""

import re
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from uuid_utils.compat import uuid7

from community.core.db import transaction
from community.core.verdict import Refused
from community.core.web import current_actor, now, ports, uses_microphone, wants_json
from community.live import actions, queries
from community.live.board import board_for
from community.live.events import address, pace_of, pressed, read_id
from community.live.forms import JoinForm
from community.live.publish import tell
from community.live.rules.entry import may_enter
from community.live.rules.events import Back
from community.live.rules.may import may
from community.live.rules.questions import is_expected
from community.live.rules.room import Room, Way
from community.live.rules.signals import may_connect
from community.live.rules.wire import UNREADABLE

bp = Blueprint("live", __name__)


@bp.route("/calls/<uuid:call_id>/lobby", methods=["GET", "POST"])
@uses_microphone
def lobby(call_id: UUID) -> ResponseReturnValue:
    """Choose how to join. It can be read any time before; joining begins when it opens."""
    me, form = current_actor(), JoinForm()
    if form.validate_on_submit():
        way, shows_card = Way(form.way.data), form.shows_card.data
        with transaction():
            happened = actions.enter(me, call_id, way, shows_card, now=now())
        tell(happened, now())
        return redirect(url_for(".show", call_id=call_id))
    place = queries.place_in(me, call_id)
    page = render_template(
        "live/lobby.html",
        form=form,
        place=place,
        entry=may_enter(me, place, now()),
        here=queries.people_in(me, call_id),
        direct_media=not ports().media.ticket(call_id, me.id, now()).relay_only,
    )
    return page, form.status


@bp.get("/circles/<uuid:call_id>")
@uses_microphone
def show(call_id: UUID) -> ResponseReturnValue:
    """The live room. Whoever isn't in it is shown the lobby."""
    me = current_actor()
    place = queries.place_in(me, call_id)
    room = queries.room_of(me, call_id)
    if room is None or not is_expected(room, me.id):
        return redirect(url_for(".lobby", call_id=call_id))
    room = _noticed(room)
    board = board_for(room, queries.texts_of(room), me.id, now())
    setup = {
        "call_id": str(call_id),
        "state": url_for(".state", call_id=call_id),
        "ticket": url_for(".ticket", call_id=call_id),
        "press": url_for(".press", call_id=call_id, name="NAME"),
        "thanks": url_for(".thanks", call_id=call_id),
        "call": url_for("calls.show", call_id=call_id),
        "said": _words_for_the_script(),
    }
    return render_template("live/circle.html", place=place, board=board, setup=setup, new_id=uuid7)


@bp.get("/circles/<uuid:call_id>/state")
def state(call_id: UUID) -> ResponseReturnValue:
    """The newest board, for pages without a socket and for coming back. `page` is which it is."""
    me, page = current_actor(), request.args.get("page")
    room = queries.room_for(me, call_id)
    room = _noticed(room, None if page is None else read_id(page))
    return {"ok": True, "board": board_for(room, queries.texts_of(room), me.id, now())}


def _noticed(room: Room, page: UUID | None = None) -> Room:
    """The room, with whoever asks for it in it: somebody without a socket is back by asking."""
    me = current_actor()
    back = may(room, Back(person=me.id, page=page), now())
    if not back and queries.is_fresh(room, me.id, page, now()):
        return room
    with transaction():
        happened = actions.came_back(me, room.call_id, page, None, now=now())
    if happened.room.version != room.version:
        tell(happened, now())
    return happened.room


@bp.get("/circles/<uuid:call_id>/ticket")
def ticket(call_id: UUID) -> ResponseReturnValue:
    """What this browser needs to connect to the others, while its person is in the circle."""
    me = current_actor()
    may_connect(queries.room_for(me, call_id), me.id).require()
    given = ports().media.ticket(call_id, me.id, now())
    servers = [
        {"urls": list(server.urls), "username": server.username, "credential": server.credential}
        if server.username
        else {"urls": list(server.urls)}
        for server in given.ice_servers
    ]
    return {"ok": True, "ice_servers": servers, "relay_only": given.relay_only}


@bp.post("/circles/<uuid:call_id>/events/<name>")
def press(call_id: UUID, name: str) -> ResponseReturnValue:
    """One event, the same as by socket. A form's press comes back to the page."""
    me = current_actor()
    pace_of(name).keep(me.id, now())
    if wants_json():
        payload = request.get_json()
        if address(payload)[0] != call_id:
            raise Refused(UNREADABLE)
        return {"ok": True, **pressed(name, me, payload)}
    carried: dict[str, Any] = {k: v for k, v in request.form.items() if k != "csrf_token"}
    for number in ("seen", "number"):
        if re.fullmatch("[0-9]{1,9}", carried.get(number, "")):
            carried[number] = int(carried[number])
    try:
        pressed(name, me, {**carried, "call_id": str(call_id)})
    except Refused as refused:
        if refused.reason.status == 404:
            raise
        flash(_(refused.reason.text))
    if name == "leave":
        return redirect(url_for("calls.show", call_id=call_id))
    return redirect(url_for(".show", call_id=call_id))


@bp.get("/calls/<uuid:call_id>/thanks")
def thanks(call_id: UUID) -> ResponseReturnValue:
    """After the circle: the same thanks for everybody."""
    return render_template("live/thanks.html", place=queries.place_in(current_actor(), call_id))


def _words_for_the_script() -> dict[str, str]:
    """What the script says by itself, when the server can't."""
    return {
        "lost": _("The call dropped. Your place is kept. Joining again…"),
        "back": _("You’re back."),
        "not_sent": _(
            "We couldn’t send that yet. Your words are safe. Press again when you’re back."
        ),
        "no_microphone": _(
            "Your browser is keeping the microphone off. You can type instead, or see how to turn "
            "it on in its settings."
        ),
        "press_to_hear": _("Press anywhere on this page, and you’ll hear the others."),
    }
