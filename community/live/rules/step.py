"""What follows: `step(room, event, now)` is the room afterwards, and what the edges must do.

Every move of the floor is the consequence of somebody's press. The version rises by exactly one.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.calls.rules.call import EndReason
from community.live.rules import captions, echoes, interpreters, leading, presses, sound
from community.live.rules.doors import became, restore
from community.live.rules.effects import (
    Cut,
    DeviceLeft,
    Effect,
    Ended,
    Heard,
    NotAdmitted,
    OtherPeople,
    OutOfGroup,
    Removed,
    Seen,
)
from community.live.rules.events import (
    Back,
    Became,
    CalledOff,
    Empty,
    Event,
    Knock,
    Lost,
    NobodyCame,
    Restarted,
    Restored,
)
from community.live.rules.floor import (
    accept,
    decline,
    go_on,
    mark,
    microphone,
    move_on,
    only_as_it_was,
    queue_without,
    raise_hand,
    send_prepared,
    step_away,
    take_back,
    take_turns,
)
from community.live.rules.leading import Lead
from community.live.rules.led import led
from community.live.rules.may import may
from community.live.rules.people import (
    admit,
    connection,
    knock,
    leave,
    restart,
    take_device,
)
from community.live.rules.questions import chosen_to_end, heard
from community.live.rules.room import (
    HERE,
    OUT,
    Ask,
    Choice,
    Phase,
    Room,
    Status,
    Way,
)
from community.live.rules.signals import may_be_there
from community.live.rules.video import camera, close_cameras, visible


@dataclass(frozen=True, slots=True)
class Step:
    room: Room
    effects: tuple[Effect, ...] = ()
    wordless: bool = False  # nobody has typed anything that would have to be looked for


def step(room: Room, event: Event, now: datetime) -> Step:
    """The room after this event, or `Refused` and nothing has changed."""
    may(room, event, now).require()
    after, effects = _cleared(_follow(room, event, now)), _effects(room, event)
    after = close_cameras(after)
    version = room.version + 1
    moved = version if _at(after) != _at(room) else room.moved
    after = replace(after, version=version, moved=moved)
    if after.phase is Phase.ENDED:
        effects = (Cut(room.media_id), _ended(room, event))
    else:
        if out := _sent_out(effects):
            after = replace(after, cut=version, cuts=(*after.cuts, after.cut))
            effects = (Cut(room.media_id, out), *effects)
        if after.once(may_be_there) != room.once(may_be_there):
            effects = (OtherPeople(), *effects)
    if visible(after) != visible(room):
        effects = (Seen(visible(after)), *effects)
    if heard(after) != heard(room):
        effects = (Heard(heard(after)), *effects)
    return Step(after, effects)


def _effects(room: Room, event: Event) -> tuple[Effect, ...]:
    match event:
        case leading.Refuse():
            return (NotAdmitted(event.person),)
        case leading.Remove() | leading.Ban():
            was_out = room.person(event.person).presence in OUT
            return () if was_out else (Removed(event.person, event.why),)
        case Became(part=None):
            return (OutOfGroup(event.person),)
        case presses.TakeDevice() if (page := room.person(event.by).page) is not None:
            return (DeviceLeft(event.by, page),)
        case _:
            return ()


def _sent_out(effects: tuple[Effect, ...]) -> UUID | None:
    gone = (each.person for each in effects if isinstance(each, Removed | OutOfGroup))
    return next(gone, None)


def _ended(room: Room, event: Event) -> Ended:
    told = (each for each in room.people if each.presence not in OUT)
    owed = (each.person for each in room.queue if each.status is Status.OWED)
    return Ended(frozenset(each.id for each in told), _why(room, event), frozenset(owed))


def _why(room: Room, event: Event) -> EndReason:
    match event:
        case presses.End() if room.person(event.by).facilitates:
            return event.why
        case Empty():
            return EndReason.EMPTY
        case CalledOff():
            return EndReason.CANCELLED_LIVE
        case _:
            return EndReason.FACILITATOR_ABSENT


def _cleared(room: Room) -> Room:
    """With a facilitator here again, nobody has to choose how to go on without one. Whoever has
    left types no captions, and interprets for nobody."""
    room = sound.only_with_sound(only_as_it_was(room))
    room = interpreters.only_by_their_word(captions.only_who_is_here(room))
    is_led = any(each.facilitates and each.presence in HERE for each in room.people)
    return replace(room, choices=()) if is_led and room.choices else room


def _follow(room: Room, event: Event, now: datetime) -> Room:
    if isinstance(event, Lead):
        return led(room, event, now)
    match event:
        case Knock():
            return knock(room, event)
        case presses.Leave():
            return leave(room, event.by, now)
        case Became():
            return became(room, event, now)
        case Restored():
            return restore(room, event.person, now)
        case presses.ClaimStandby():
            return admit(room, event.by)
        case Lost() | Back():
            return connection(room, event, now)
        case presses.TakeDevice():
            return take_device(room, event)
        case Restarted():
            return restart(room, event, now)
        case presses.RaiseHand():
            return raise_hand(room, event.by)
        case presses.LowerHand():
            return replace(room, queue=queue_without(room, event.by))
        case presses.End() if not room.person(event.by).facilitates:
            chosen = _choose(room, Choice(event.by, ends=True, at=now))
            return _over(room) if chosen_to_end(chosen) else chosen
        case presses.End() | Empty() | NobodyCame() | CalledOff():
            return _over(room)
        case presses.WaitMore():
            return _choose(room, Choice(event.by, ends=False, at=now))
        case presses.Accept():
            return accept(room, event)
        case presses.Finish():
            return decline(room, event.by, Status.DONE, now)
        case presses.Pass():
            return decline(room, event.by, Status.PASSED, now)
        case presses.Later():
            return decline(room, event.by, Status.LATER, now)
        case presses.ListenOnly():
            after = decline(room, event.by, Status.PASSED, now)
            return after.with_person(replace(after.person(event.by), way=Way.LISTEN))
        case presses.TakeTurns():
            return take_turns(room, event.by, event.way)
        case presses.TakeBack():
            return take_back(room, event.by)
        case presses.MoveOn():
            return move_on(room, event, now)
        case presses.SetMode() | presses.SetWish() | presses.Pause() | presses.Resume():
            return go_on(room, event)
        case presses.SendPrepared():
            return send_prepared(room, event)
        case presses.Acknowledge() | presses.Reply():
            return echoes.echo(room, event)
        case presses.QuietAfter() | presses.WordsAfter():
            return echoes.wish_quiet(room, event)
        case presses.ShowCard() | presses.HideCard():
            hides = isinstance(event, presses.HideCard)
            return room.with_person(replace(room.person(event.by), hides_card=hides))
        case presses.SetSpot():
            return room.with_person(replace(room.person(event.by), spot=event.spot))
        case presses.StepAway():
            return step_away(room, event.by, now)
        case presses.ComeBack():
            return room.with_person(replace(room.person(event.by), resting=False))
        case presses.Say():
            is_written = room.phase is Phase.GOODBYE
            return mark(room, event.by, Status.WRITTEN) if is_written else room
        case presses.Tell() | presses.Help() | presses.Slower():
            ask = Ask(room.version + 1, event.by, presses.ASKS[type(event)], at=now)
            return replace(room, asks=(*room.asks, ask))
        case presses.OfferCaptions() | presses.AcceptCaptions() | presses.StopCaptions():
            return captions.change(room, event)
        case presses.AskInterpreter() | presses.StopInterpreter():
            return interpreters.change(room, event)
        case presses.SoundOff() | presses.SoundOn():
            return sound.change(room, event)
        case presses.MicOn():
            return microphone(room, event.by, on=True)
        case presses.MicOff():
            return microphone(room, event.by, on=False)
        case presses.CameraOn():
            return camera(room, event.by, on=True)
        case presses.CameraOff():
            return camera(room, event.by, on=False)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _at(room: Room) -> tuple[Phase, int, type, UUID | None]:
    """Where the circle is, and its floor, whatever is done with it there."""
    return room.phase, room.round, type(room.floor), room.floor.person


def _choose(room: Room, choice: Choice) -> Room:
    others = tuple(each for each in room.choices if each.person != choice.person)
    return replace(room, choices=(*others, choice))


def _over(room: Room) -> Room:
    """Nothing is left but that it is over."""
    return Room(room.call_id, phase=Phase.ENDED, version=room.version)
