"""The rehearsal: the real machine and the real page, and nothing of it is kept by us.

The room travels in the page, sealed. Each press brings it along and takes the next one back.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _
from uuid_utils.compat import uuid7

from community.calls.rules.call import CallState
from community.core.actor import Actor
from community.core.ready import plain
from community.core.seal import seal_facts, unseal_facts
from community.core.verdict import Refused
from community.live.page.board import board_for
from community.live.page.controls import Control
from community.live.page.eyes import Big
from community.live.queries import Prepared, Said, Texts
from community.live.rules.entry import Place
from community.live.rules.events import Event
from community.live.rules.presses import Say, SendPrepared
from community.live.rules.reasons import NO_PREPARED
from community.live.rules.rehearsal import (
    ANA,
    BEN,
    HANA,
    LOST,
    NOOR,
    answered,
    begin,
    facilitator,
    member,
    next_press,
    pretend,
)
from community.live.rules.room import Holding, Mode, Part, Phase, Room, Way
from community.live.rules.step import step
from community.live.rules.stored import from_json, to_json
from community.live.rules.wire import TYPED, parse, parse_typed

MOST_KEPT = 4  # of the lines that were typed
GO_ON = "go-on"
"""The one press that only a rehearsal has: let somebody pretend do what comes next."""
BEGIN_AGAIN = "begin-again"
"""What it becomes once everything has happened."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Everything that is true of one rehearsal. `part` is whose part is rehearsed, and `lobby` the
    call whose lobby it began from."""

    room: Room
    part: Part = Part.MEMBER
    said: tuple[Said, ...] = ()
    prepared: str = ""  # as if it had been written before
    lobby: UUID | None = None


def begun(me: Actor, part: Part, way: Way, lobby: UUID | None, now: datetime) -> Rehearsal:
    """Everybody is in the lobby, and waits for the first press. Whoever leads is heard anyway."""
    card = _("My neck pulls to the left. If I look away, I’m still listening.")
    others = [pretend(ANA, _("Pretend Ana"), card), pretend(BEN, _("Pretend Ben"))]
    prompt = _("What went a little better than you feared?")
    if part is Part.FACILITATOR:
        others.append(pretend(NOOR, _("Pretend Noor")))
        room = begin(facilitator(me.id, me.name), others, prompt, now)
        return Rehearsal(room, part, lobby=lobby)
    others.append(pretend(HANA, _("Pretend Hana")))
    prepared = _("This is a share that waits, as if you had written it on another day.")
    room = begin(member(me.id, me.name, way), others, prompt, now)
    return Rehearsal(room, prepared=prepared, lobby=lobby)


def pressed(
    rehearsal: Rehearsal, me: Actor, name: str, carried: Mapping[str, Any], now: datetime
) -> Rehearsal:
    """The rehearsal after this press, or `Refused` and it is as it was."""
    rehearsal = replace(rehearsal, room=answered(rehearsal.room, me.id, now))
    event: Event | None
    words = ""
    if name == GO_ON:
        event, words = _others_go_on(rehearsal, me, now), _what_ben_types()
    elif name in TYPED:
        event, words = parse_typed(name, carried, by=me.id)
    else:
        event = parse(name, carried, by=me.id)
    if event is None:
        return rehearsal
    after = replace(rehearsal, room=step(rehearsal.room, event, now).room)
    match event:
        case Say():
            return _with_words(after, event.by, words)
        case SendPrepared() if rehearsal.prepared:
            return replace(_with_words(after, event.by, rehearsal.prepared), prepared="")
        case SendPrepared():
            raise Refused(NO_PREPARED)
        case _:
            return after


def _with_words(rehearsal: Rehearsal, person: UUID, words: str) -> Rehearsal:
    """Only the newest lines are kept: what travels in a page has to stay small."""
    floor = rehearsal.room.floor
    aloud = isinstance(floor, Holding) and floor.mode is Mode.ALOUD
    said = (*rehearsal.said, Said(uuid7(), person, words, aloud))
    return replace(rehearsal, said=said[-MOST_KEPT:])


def place_in(rehearsal: Rehearsal, now: datetime) -> Place:
    """The place of whoever rehearses, as the page of a circle asks for it."""
    host = next(each for each in rehearsal.room.people if each.facilitates)
    return Place(
        call_id=rehearsal.room.call_id,
        group_id=rehearsal.room.call_id,
        title=_("Rehearsal"),
        about=rehearsal.room.prompt,
        starts_at=now,
        minutes=0,
        seats=len(rehearsal.room.people) - 1,
        state=CallState.LIVE,
        host=host.name,
        part=rehearsal.part,
        number=0,
        is_confirmed=True,
        has_seat=True,
        card="",
    )


def board_of(rehearsal: Rehearsal, me: Actor, now: datetime) -> dict[str, Any]:
    """What the circle's page would show, with the way on. There is nobody to be connected to."""
    waits = rehearsal.prepared
    prepared = {me.id: Prepared(waits, aloud=False)} if waits else {}
    board = board_for(rehearsal.room, Texts(rehearsal.said, prepared=prepared), me.id, now).fields
    go_on = _go_on(rehearsal, me, now)
    eyes = board["eyes"]
    if go_on.main and not eyes["big"]["key"]:  # one’s eyes closed, it is the one big button
        eyes = {**eyes, "big": asdict(Big(eyes["big"]["state"], go_on.text, GO_ON))}
    goes_to = way_out(rehearsal) if rehearsal.room.phase is Phase.ENDED else ""
    alone = {"connected": [], "go_on": asdict(go_on), "eyes": eyes, "goes_to": goes_to}
    return {**board, **alone}


def way_out(rehearsal: Rehearsal, name: str = "leave") -> str:
    """Where somebody goes who has rehearsed enough, or would like to begin again."""
    if name == BEGIN_AGAIN:
        return url_for("live.rehearsal", part=rehearsal.part.value, lobby=rehearsal.lobby)
    if rehearsal.lobby is None:
        return url_for("calls.index")
    return url_for("live.lobby", call_id=rehearsal.lobby)


def _go_on(rehearsal: Rehearsal, me: Actor, now: datetime) -> Control:
    """One place that never goes away, so that nobody's focus is lost with it."""
    if rehearsal.room.phase is Phase.GOODBYE:
        return Control(GO_ON, BEGIN_AGAIN, _("Begin again"), "later", main=True)
    if _others_go_on(rehearsal, me, now) is None:
        return Control(GO_ON, GO_ON, _("The others wait for you"), "wait")
    return Control(GO_ON, GO_ON, _("Let the others go on"), "play", main=True)


def sealed(rehearsal: Rehearsal, me: Actor) -> str:
    """The whole rehearsal, for this person's page to carry."""
    kept = {
        "room": to_json(rehearsal.room),
        "part": rehearsal.part.value,
        "said": plain(rehearsal.said),
        "prepared": rehearsal.prepared,
        "lobby": plain(rehearsal.lobby),
    }
    return seal_facts(_purpose(me), kept)


def unsealed(seal: object, me: Actor) -> Rehearsal:
    """`Refused(LOST)` for what isn’t from us, is somebody else’s, or from an older version."""
    kept = unseal_facts(_purpose(me), str(seal))
    if kept is None:
        raise Refused(LOST)
    try:
        return Rehearsal(
            from_json(kept["room"]),
            Part(kept["part"]),
            tuple(_said(each) for each in kept["said"]),
            kept["prepared"],
            UUID(kept["lobby"]) if kept["lobby"] else None,
        )
    except (KeyError, TypeError, ValueError):
        raise Refused(LOST) from None


def _said(kept: Mapping[str, Any]) -> Said:
    return Said(UUID(kept["id"]), UUID(kept["person"]), kept["words"], kept["aloud"])


def _others_go_on(rehearsal: Rehearsal, me: Actor, now: datetime) -> Event | None:
    wrote = any(said.person == BEN for said in rehearsal.said)
    return next_press(rehearsal.room, me.id, wrote, now)


def _what_ben_types() -> str:
    return _("I walked to the shop and back. It was enough for one day, and I was glad.")


def _purpose(me: Actor) -> str:
    return f"rehearsal:{me.id}"
