"""The circle by socket. The same events, by the same names, work by plain HTTP (views)."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any
from uuid import UUID

from flask_socketio import join_room, rooms

from community.core.actor import Actor
from community.core.db import transaction
from community.core.media import Path
from community.core.sockets import (
    PRESSES,
    SIGNALS,
    Answer,
    Pace,
    hears,
    is_open,
    publish,
    socketio,
)
from community.core.verdict import Refused
from community.core.web import now, ports
from community.live import actions, becoming, queries
from community.live.keys import key_of
from community.live.page.board import board_for
from community.live.process import this_process
from community.live.publish import page_name, room_name, tell
from community.live.queries import Texts
from community.live.rules.may import may_watch
from community.live.rules.reasons import ELSEWHERE
from community.live.rules.room import Room
from community.live.rules.signals import (
    Signal,
    checked,
    may_connect,
    may_go_by_itself,
    may_signal,
    said_at_once,
)
from community.live.rules.step import Step
from community.live.rules.wire import EVENTS, TYPED, UNREADABLE, parse, parse_typed
from community.safety.words.queries import noticed
from community.safety.words.rules import Kind

# Whatever else somebody has pressed, a press for help is taken.
PACES: Mapping[str, Pace] = {"help": Pace(per_second=10, burst=40)}


def pace_of(name: str) -> Pace:
    """How fast presses of this name may come."""
    return PACES.get(name, PRESSES)


def answer(actor: Actor, happened: Step) -> Answer:
    """Publish what was committed; the one who pressed gets their own board back, if one is left
    for them: somebody who has gone sees nothing more of it."""
    room, shown = happened.room, tell(happened, now())
    if actor.id in shown:
        return {"board": shown[actor.id]}
    if may_watch(room, actor.id):
        return {"board": board_for(room, Texts(), actor.id, now())}
    return {}


def pressed(name: str, actor: Actor, payload: Any) -> Answer:
    """One press: `{call_id, event_id, …}` and what the event of this name carries."""
    call_id, event_id, carried = address(payload)
    try:
        happened = _happened(name, actor, call_id, carried, event_id)
    except Refused:
        follow(actor, call_id)
        raise
    return {**answer(actor, happened), **noticed_in(name, carried)}


def noticed_in(name: str, carried: Mapping[str, Any]) -> Answer:
    """What whoever typed these words is shown beside them, once the others have them: in the answer
    to them alone, and kept nowhere. Facilitators need no reminder about medicines."""
    if name not in TYPED:
        return {}
    found = noticed(carried["words"]) - ({Kind.MEDICINE} if name == "tell" else set())
    return {"noticed": sorted(found)} if found else {}


def follow(actor: Actor, call_id: UUID) -> None:
    """Whoever leads no more, or from now on: the others see it too, though a press is refused.

    Mostly nothing of that has changed, and then nothing is locked for it.
    """
    if not becoming.is_news(actor, call_id, now()):
        return
    with transaction():
        happened = actions.follow(actor, call_id, now=now())
    if happened is not None:
        tell(happened, now())


def _happened(
    name: str, actor: Actor, call_id: UUID, carried: Mapping[str, Any], event_id: UUID
) -> Step:
    if name in TYPED:
        typed, words = parse_typed(name, carried, by=actor.id)
        with transaction():
            return actions.write(actor, call_id, typed, words, event_id, now=now())
    event = parse(name, carried, by=actor.id)
    with transaction():
        return actions.happen(actor, call_id, event, event_id, now=now())


def address(payload: Any) -> tuple[UUID, UUID, Mapping[str, Any]]:
    """Which circle, which press, and the rest. `Refused(UNREADABLE)` for anything else."""
    if not isinstance(payload, Mapping):
        raise Refused(UNREADABLE)
    carried = dict(payload)
    return read_id(carried.pop("call_id", None)), read_id(carried.pop("event_id", None)), carried


def read_id(value: object) -> UUID:
    """An id from the wire."""
    try:
        return UUID(str(value))
    except ValueError:
        raise Refused(UNREADABLE) from None


for _name in (*EVENTS, *TYPED):
    hears(_name, pace_of(_name))(partial(pressed, _name))


@hears("enter-circle")
def enter_circle(actor: Actor, payload: Any) -> Answer:
    """This page shows the circle from now on: it hears every change.

    `page` says which one it is, so that of several only one is active. A page that isn't sees on
    its board which is, and can take over.
    """
    carried = payload if isinstance(payload, Mapping) else {}
    call_id, page = read_id(carried.get("call_id")), read_id(carried.get("page"))
    may_watch(queries.room_for(actor, call_id), actor.id).require()
    join_room(page_name(call_id, actor.id, page))
    join_room(room_name(call_id, actor.id))  # first, so that a page that goes now is not the last
    with transaction():
        happened = actions.came_back(actor, call_id, page, this_process(), now=now())
    answered = {**answer(actor, happened), **_key_for(actor, happened.room)}
    notice_gone(call_id, actor.id, page)  # whose end came before its beginning was written down
    return answered


def _key_for(actor: Actor, room: Room) -> Answer:
    if ports().media.path is not Path.SERVER or not may_connect(room, actor.id):
        return {}
    return {"key": asdict(key_of(room))}


@hears("signals", SIGNALS)
def signals(actor: Actor, payload: Any) -> Answer:
    """Pass on what browsers need to connect: between connected people of one circle only.

    The sender is stamped here, nothing is kept, and with a relay set nothing that tells an
    address gets through. From one’s active page to theirs, and from no other. What may not go
    keeps nothing else from going.
    """
    if not isinstance(payload, Mapping):
        raise Refused(UNREADABLE)
    path = ports().media.path
    may_go_by_itself(path).require()
    room = queries.room_for(actor, read_id(payload.get("call_id")))
    refused = None
    for each in said_at_once(payload.get("signals")):
        try:
            _pass_on(room, actor, checked(each, path is Path.RELAY))
        except Refused as refusal:
            refused = refused or refusal
    if refused:
        raise refused
    return {}


def _pass_on(room: Room, actor: Actor, sent: Signal) -> None:
    may_signal(room, actor.id, sent.to).require()
    mine, theirs = (
        page_name(room.call_id, each, room.person(each).page) for each in (actor.id, sent.to)
    )
    if mine not in rooms():
        raise Refused(ELSEWHERE)
    publish(theirs, "signal", {"from": str(actor.id), "data": sent.data})


@socketio.on("disconnect")  # type: ignore[untyped-decorator]
def disconnect(reason: Any = None) -> None:
    """A page is gone. When it was somebody's active one, the others are told that we wait."""
    for name in rooms():
        kind, _, rest = name.partition(":")
        if kind == "page":
            notice_gone(*map(UUID, rest.split(":")))


def notice_gone(call_id: UUID, person: UUID, page: UUID) -> None:
    """If this page has no line to this process any more, the others are told that we wait."""
    has_line = partial(is_open, page_name(call_id, person, page))
    with transaction():
        happened = actions.lost(call_id, person, page, this_process(), has_line, now=now())
    if happened is not None:
        tell(happened, now())
