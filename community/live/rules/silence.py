"""Whoever may read and not write, for now, listens in a circle: by voice and in writing they take
no turn. They can pass, leave, call for help, and write to its facilitators. Pure."""

from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import YES, Verdict
from community.live.rules.events import Event, Wire
from community.live.rules.presses import (
    Accept,
    ListenOnly,
    MicOff,
    MicOn,
    OfferCaptions,
    RaiseHand,
    Reply,
    Say,
    SendPrepared,
    StopCaptions,
    TakeBack,
    TakeTurns,
)
from community.live.rules.room import Part, Room, Way
from community.safety.rules import not_muted

_SPEAKS = (
    Accept,
    MicOn,
    OfferCaptions,
    RaiseHand,
    Reply,
    Say,
    SendPrepared,
    TakeBack,
    TakeTurns,
)


def may_be_heard(actor: Actor, group_id: UUID, event: Event) -> Verdict:
    """What leads to words of one’s own, spoken or typed, asks whether they may write here."""
    return not_muted(actor, group_id) if isinstance(event, _SPEAKS) else YES


def comes_as(actor: Actor, group_id: UUID, way: Way, part: Part) -> tuple[Way, Part]:
    """How somebody comes in: as they chose, or to listen."""
    return (way, part) if not_muted(actor, group_id) else (Way.LISTEN, Part.MEMBER)


def fall_silent(room: Room, person: UUID) -> tuple[Wire, ...]:
    """What they would press to do nothing but listen from now on, as far as it changes anything."""
    return (MicOff(person), StopCaptions(person), ListenOnly(person, room.version))
