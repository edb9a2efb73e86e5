"""What follows when a facilitator leads: one answer for each press of `leading`."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.live.rules import hidden, leading
from community.live.rules.doors import let_back, send_out
from community.live.rules.floor import add, go_back, hold, microphone, offer_next, skip, swap
from community.live.rules.leading import Lead
from community.live.rules.orders import arrange, changes_places, is_arranged
from community.live.rules.parts import begin, open_floor, say_goodbye
from community.live.rules.people import admit, stop_waiting
from community.live.rules.room import (
    ROUNDS,
    Holding,
    HoldReason,
    Idle,
    Offered,
    Phase,
    Presence,
    Room,
)
from community.live.rules.video import camera


def led(room: Room, event: Lead, now: datetime) -> Room:
    """The room after this press, which `may` has allowed."""
    match event:
        case leading.Admit():
            return admit(room, event.person)
        case leading.Refuse():
            return stop_waiting(room, event.person, now)
        case leading.Remove() | leading.Ban():
            return send_out(room, event, now)
        case leading.Unban():
            return let_back(room, event.person, now)
        case leading.Start():
            return _start(room, event.by, now)
        case leading.ReadGuidelines():
            return replace(room, phase=Phase.GUIDELINES)
        case leading.BeginRound():
            return begin(room, Phase.ROUND, event.prompt or room.prompt, event.by, now)
        case leading.OpenFloor():
            return open_floor(room)
        case leading.BeginClosingRound():
            return begin(room, Phase.CLOSING_ROUND, "", event.by, now)
        case leading.SayGoodbye():
            return say_goodbye(room)
        case leading.SayClosing():
            return replace(room, closes_soon=True)
        case leading.SetPrompt():
            return replace(room, prompt=event.prompt.strip())
        case leading.SetOrder():
            return replace(room, ordering=event.order, arranged=())
        case leading.Offer():
            return replace(room, floor=Offered(event.person))
        case leading.GoBack():
            return go_back(room)
        case leading.Nudge():
            assert isinstance(room.floor, Holding)
            return replace(room, floor=replace(room.floor, nudged=True))
        case leading.MoveUp() | leading.MoveDown():
            line = changes_places(room, event.person, now)
            step_by = -1 if isinstance(event, leading.MoveUp) else 1
            other = line[line.index(event.person) + step_by]
            change = arrange if is_arranged(room, now) else swap
            return change(room, event.person, other)
        case leading.Skip():
            return skip(room, event.person)
        case leading.AddAgain():
            return add(room, event.person)
        case leading.Opened():
            asks = (replace(e, opened=e.opened or e.number == event.number) for e in room.asks)
            return replace(room, asks=tuple(asks))
        case leading.HideWords():
            return hidden.hide(room, event)
        case leading.ShowWords():
            return hidden.show(room, event)
        case leading.Mute():
            return microphone(room, event.person, on=False)
        case leading.CloseCamera():
            return camera(room, event.person, on=False)
        case leading.Hold():
            return hold(room, HoldReason.FACILITATOR)
        case leading.Break():
            return hold(room, HoldReason.BREAK)
        case leading.Release():
            return _release(room, event.by, now)
        case leading.HandOver():
            return replace(room, lead=event.person)
        case leading.TakeOver():
            return replace(room, lead=event.by)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _start(room: Room, by: UUID, now: datetime) -> Room:
    """Whoever starts it leads it."""
    people = tuple(
        replace(each, presence=Presence.CONNECTED) if each.presence is Presence.IN_LOBBY else each
        for each in room.people
    )
    return replace(room, phase=Phase.OPENING, people=people, lead=by, rested_at=now)


def _release(room: Room, by: UUID, now: datetime) -> Room:
    rested_at = now if room.hold is HoldReason.BREAK else room.rested_at
    room = replace(room, hold=None, rested_at=rested_at)
    waits = room.phase in ROUNDS and room.floor == Idle()
    return offer_next(room, by, now) if waits else room
