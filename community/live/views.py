"""The lobby, the circle, and every event of the circle by plain HTTP."""

import re
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from uuid_utils.compat import uuid7

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.accounts.forms import CardForm, card_to_change
from community.accounts.rules import TODAY, InCircles, card
from community.calls.rules.call import USUAL_LANGUAGE, CallState
from community.calls.rules.times import lobby_opens_at
from community.core.db import transaction
from community.core.media import Path
from community.core.verdict import Refused
from community.core.web import current_actor, lack_of_media, now, ports, uses_microphone, wants_json
from community.core.when import clock
from community.live import actions, becoming, prepared, queries
from community.live import rehearsal as rehearsing
from community.live.after import views as after_views
from community.live.events import address, noticed_in, pace_of, pressed, read_id
from community.live.forms import JoinForm, ShareForm
from community.live.lobby.queries import who_comes
from community.live.page.board import board_for
from community.live.page.devices import device_words
from community.live.page.lobby import seat_words
from community.live.page.telling import words_for_telling
from community.live.publish import tell
from community.live.rehearsal import way_out
from community.live.rules.entry import Chosen, Place, chosen_before, may_enter
from community.live.rules.events import Back
from community.live.rules.may import may
from community.live.rules.prepared import NOTHING_KEPT, may_prepare
from community.live.rules.questions import is_expected
from community.live.rules.rehearsal import LOST, REHEARSAL
from community.live.rules.room import Part, Phase, Room, Spot, Way
from community.live.rules.signals import allowed, may_connect
from community.live.rules.wire import UNREADABLE
from community.safety.words.beside import show_found
from community.safety.words.queries import noticed

bp = Blueprint("live", __name__)


@bp.route("/calls/<uuid:call_id>/lobby", methods=["GET", "POST"])
@uses_microphone
def lobby(call_id: UUID) -> ResponseReturnValue:
    """Choose how to join. It can be read any time before; joining begins when it opens."""
    me = current_actor()
    likes, place = accounts_queries.in_circles(me.id), queries.place_in(me, call_id)
    room = queries.room_of(me, call_id)
    form = JoinForm(captions=likes.captions, **asdict(_to_begin_with(place, likes, room)))
    if form.validate_on_submit():
        _come_in(call_id, form)
        return redirect(url_for(".show", call_id=call_id))
    return _lobby_page(place, form, likes, room, card_to_change(place.card)), form.status


@bp.post("/calls/<uuid:call_id>/lobby/card")
@uses_microphone
def save_card(call_id: UUID) -> ResponseReturnValue:
    """Save Access card, and stay in the lobby."""
    me = current_actor()
    place, form = queries.place_in(me, call_id), CardForm()
    if form.validate_on_submit():
        with transaction():
            accounts_actions.keep_card(me, card(form.presets.data, form.own_words.data))
        return redirect(url_for(".lobby", call_id=call_id, _anchor="card"))
    likes, room = accounts_queries.in_circles(me.id), queries.room_of(me, call_id)
    begins = {"captions": likes.captions, **asdict(_to_begin_with(place, likes, room))}
    return _lobby_page(place, JoinForm(formdata=None, data=begins), likes, room, form), 422


def _to_begin_with(place: Place, likes: InCircles, room: Room | None) -> Chosen:
    """What the lobby has chosen: what they need today counts more than how they were here."""
    way, spot = place.suggests(Way(likes.joins)), Spot(likes.speaks)
    usual = Chosen(way, spot, shows_card=True, without_sound=likes.without_sound)
    before = chosen_before(room, current_actor().id, usual)
    return replace(before, way=way) if "joins" in TODAY[likes.need].likes else before


def _come_in(call_id: UUID, form: JoinForm) -> None:
    me = current_actor()
    chosen = Chosen(
        Way(form.way.data),
        Spot(form.spot.data),
        form.shows_card.data,
        form.interprets.data,
        form.without_sound.data,
    )
    likes = {"captions": form.captions.data, "without_sound": chosen.without_sound}
    with transaction():
        accounts_actions.like_in_circles(me, likes)
    with transaction():
        happened = actions.enter(me, call_id, chosen, ports().media.ceilings, now=now())
    tell(happened, now())


def _lobby_page(
    place: Place, form: JoinForm, likes: InCircles, room: Room | None, card: CardForm
) -> str:
    me = current_actor()
    return render_template(
        "live/lobby.html",
        form=form,
        card=card,
        place=place,
        entry=may_enter(me, place, now()),
        coming=who_comes(me, place, room),
        seat_words=seat_words(place),
        members_from=lobby_opens_at(place.starts_at),
        need=likes.need,
        path=ports().media.path,
        lack=lack_of_media(gathers=place.gathers),
    )


@bp.route("/calls/<uuid:call_id>/share", methods=["GET", "POST"])
def prepare(call_id: UUID) -> ResponseReturnValue:
    """Write one’s own turn beforehand. Nobody else ever sees it, until one press sends it."""
    me = current_actor()
    place, written = queries.place_in(me, call_id), queries.prepared_by(me.id, call_id)
    kept = {"words": written.words, "how": "aloud" if written.aloud else "show"} if written else {}
    form = ShareForm(data=kept)
    if form.validate_on_submit():
        aloud, found = form.how.data == "aloud", noticed(form.words.data)
        with transaction():
            prepared.keep(me, call_id, form.words.data, aloud=aloud, now=now())
        if wants_json():
            words = _("Your words are safe. Kept at %(time)s.", time=clock(now()))
            return {"ok": True, "draft": "", "words": words, "noticed": sorted(found)}
        flash(_("Your share is kept. One press sends it when it’s your turn."), "ok")
        return redirect(url_for(".prepare", call_id=call_id))
    if form.errors and wants_json():
        raise Refused(NOTHING_KEPT)
    page = {"form": form, "place": place, "written": written, "may": may_prepare(me, place)}
    page["noticed"] = noticed(form.words.data or "")
    return render_template("live/prepare.html", **page), form.status


@bp.post("/calls/<uuid:call_id>/share/delete")
def throw_share_away(call_id: UUID) -> ResponseReturnValue:
    """What somebody wrote for their turn is gone."""
    with transaction():
        prepared.throw_away(current_actor(), call_id)
    flash(_("What you wrote is deleted."), "ok")
    return redirect(url_for(".prepare", call_id=call_id))


@bp.get("/circles/<uuid:call_id>")
@uses_microphone
def show(call_id: UUID) -> ResponseReturnValue:
    """The live room; whoever isn’t in it is shown the lobby, and after its end the thanks."""
    me = current_actor()
    place = queries.place_in(me, call_id)
    if place.state is CallState.ENDED:
        return redirect(url_for(".thanks", call_id=call_id))
    if place.state is CallState.CANCELLED:
        return redirect(url_for("calls.show", call_id=call_id))
    room = queries.room_of(me, call_id)
    if room is None or not is_expected(room, me.id):
        return redirect(url_for(".lobby", call_id=call_id))
    room = _noticed(room)
    board = board_for(room, queries.texts_of(room), me.id, now()).fields
    return render_template(
        "live/circle.html",
        place=place,
        board=board,
        setup=_setup(place),
        lack=lack_of_media(gathers=place.gathers),
        new_id=uuid7,
        press_at=lambda name: url_for(".press", call_id=call_id, name=name),
        sealed="",
    )


def _setup(place: Place) -> dict[str, Any]:
    call_id = place.call_id
    return {
        "call_id": str(call_id),
        "language": place.language,
        "state": url_for(".state", call_id=call_id),
        "ticket": url_for(".ticket", call_id=call_id),
        "by_server": ports().media.path is Path.SERVER,
        "press": url_for(".press", call_id=call_id, name="NAME"),
        "thanks": url_for(".thanks", call_id=call_id),
        "call": url_for("calls.show", call_id=call_id),
        **_for_the_script(),
    }


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
    became = may(room, becoming.has_become(me, room), now())
    if not back and not became and queries.is_fresh(room, me.id, page, now()):
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
    room = queries.room_for(me, call_id)
    may_connect(room, me.id).require()
    given = ports().media.ticket(room.media_id, me.id, now(), allowed(room))
    servers = [
        {"urls": list(server.urls), "username": server.username, "credential": server.credential}
        if server.username
        else {"urls": list(server.urls)}
        for server in given.ice_servers
    ]
    way = {"relay_only": given.relay_only, "url": given.url, "token": given.token}
    return {"ok": True, "ice_servers": servers, **way}


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
    try:
        show_found(pressed(name, me, _carried_by_form(call_id)).get("noticed", ()))
    except Refused as refused:
        if refused.reason.status == 404:
            raise
        flash(_(refused.reason.text))
    if name == "leave":
        return redirect(url_for("calls.show", call_id=call_id))
    return redirect(url_for(".show", call_id=call_id))


def _carried_by_form(call_id: UUID) -> dict[str, Any]:
    """What the script would have sent."""
    carried: dict[str, Any] = {k: v for k, v in request.form.items() if k != "csrf_token"}
    for number in ("seen", "number"):
        if re.fullmatch("[0-9]{1,9}", carried.get(number, "")):
            carried[number] = int(carried[number])
    return {**carried, "call_id": str(call_id)}


@bp.get("/circles/rehearsal")
@uses_microphone
def rehearsal() -> ResponseReturnValue:
    """A circle to try everything in, alone, in either part. `lobby` is the call whose lobby it
    began from."""
    part = request.args.get("part", Part.MEMBER, type=Part)
    way = request.args.get("way", Way.VOICE, type=Way)
    lobby = request.args.get("lobby", type=UUID)
    return _rehearsal_page(rehearsing.begun(current_actor(), part, way, lobby, now()))


@bp.post("/circles/rehearsal/events/<name>")
@uses_microphone
def rehearse(name: str) -> ResponseReturnValue:
    """A press in a rehearsal. What follows is in the answer, and nowhere else."""
    me, for_script = current_actor(), wants_json()
    pace_of(name).keep(me.id, now())
    payload = request.get_json() if for_script else _carried_by_form(REHEARSAL)
    carried = dict(address(payload)[2])
    try:
        going_on = rehearsing.unsealed(carried.pop("sealed", ""), me)
        if name in ("leave", rehearsing.BEGIN_AGAIN):
            return {"ok": True} if for_script else redirect(way_out(going_on, name))
        going_on = rehearsing.pressed(going_on, me, name, carried, now())
        found = noticed_in(name, carried)
    except Refused as refused:
        if for_script:
            raise
        flash(_(refused.reason.text))
        if refused.reason == LOST:
            return redirect(url_for(".rehearsal"))
        found = {}
    if going_on.room.phase is Phase.ENDED:
        flash(_("You’ve led a whole circle. All of it was pretend, and nothing is kept."), "ok")
    if not for_script:
        show_found(found.get("noticed", ()))
        return _rehearsal_page(going_on)
    board = rehearsing.board_of(going_on, me, now())
    return {"ok": True, "sealed": rehearsing.sealed(going_on, me), "board": board, **found}


def _rehearsal_page(rehearsal: rehearsing.Rehearsal) -> ResponseReturnValue:
    if rehearsal.room.phase is Phase.ENDED:
        return redirect(way_out(rehearsal))
    me = current_actor()
    sealed = rehearsing.sealed(rehearsal, me)
    setup = {
        "call_id": str(REHEARSAL),
        "language": USUAL_LANGUAGE,
        "state": "",
        "ticket": "",
        "press": url_for(".rehearse", name="NAME"),
        "sealed": sealed,
        "thanks": way_out(rehearsal),
        "call": way_out(rehearsal),
        "again": way_out(rehearsal, rehearsing.BEGIN_AGAIN),
        **_for_the_script(),
    }
    return render_template(
        "live/rehearsal.html",
        place=rehearsing.place_in(rehearsal, now()),
        board=rehearsing.board_of(rehearsal, me, now()),
        setup=setup,
        new_id=uuid7,
        press_at=lambda name: url_for(".rehearse", name=name),
        sealed=sealed,
        lobby=rehearsal.lobby,
    )


@bp.get("/calls/<uuid:call_id>/thanks")
def thanks(call_id: UUID) -> ResponseReturnValue:
    """After the circle: the same thanks for everybody."""
    return after_views.page(call_id)


def _for_the_script() -> dict[str, Any]:
    """What its script needs in any circle, besides where to send what."""
    return {
        "said": _words_for_the_script(),
        "likes": asdict(accounts_queries.in_circles(current_actor().id)),
    }


def _words_for_the_script() -> dict[str, str]:
    """What the script says by itself, when the server can't."""
    return {
        **device_words(),
        "lost": _("The call dropped. Your place is kept. Joining again…"),
        "trying": _("We’re trying now. Your place is kept."),
        "back": _("You’re back."),
        "not_sent": _(
            "We couldn’t send that yet. Your words are safe. Press again when you’re back."
        ),
        "was_not_sent": _("You’re back. What you pressed meanwhile wasn’t sent. Press it again."),
        "keeps_trying": _(
            "We couldn’t send that yet. We keep trying. Get help now is at the top of this page, "
            "if you don’t want to wait."
        ),
        "no_microphone": _(
            "Your browser is keeping the microphone off. You can type instead, or see how to turn "
            "it on."
        ),
        "cannot_open": _(
            "Voices are locked between the browsers here, and this one can’t open them. So you’re "
            "here without sound: you read, type and pass as before. A newer browser brings sound."
        ),
        "press_to_hear": _("Press anywhere on this page, and you’ll hear the others."),
        **words_for_telling(),
    }
