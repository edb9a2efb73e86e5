"""May this happen now? One guard for each event, and the words when the answer is no.

The page draws its controls from the same answers (`view`), so nothing is decided twice.
"""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.core.verdict import NOT_FOUND, STALE, YES, Reason, Verdict, no
from community.live.rules.events import (
    Accept,
    Admit,
    Back,
    BeginRound,
    Empty,
    End,
    Event,
    Finish,
    FloorPress,
    Hold,
    Knock,
    Later,
    Leave,
    ListenOnly,
    Lost,
    MicOff,
    MicOn,
    MoveOn,
    Mute,
    Offer,
    Pass,
    Pause,
    Refuse,
    Release,
    Remove,
    Restarted,
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Start,
    TakeBack,
    Wire,
)
from community.live.rules.room import (
    EMPTY_AFTER,
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    OPEN,
    Entry,
    Holding,
    Idle,
    Mode,
    Offered,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
    has_voice,
    is_led,
    offerable,
)

ENDED = Reason("ended", "This circle has ended. Thank you for being here.", 409)
REMOVED = Reason(
    "removed", "A facilitator has ended your place in this circle. You can ask us to look again."
)
LEFT = Reason("left", "You’ve left the circle. Your place is kept. You can join again.", 409)
WAITING = Reason("waiting", "A facilitator will let you in. There’s nothing you need to do.", 409)
ALREADY_HERE = Reason("already-here", "You’re already in this circle.", 409)
FACILITATORS_ONLY = Reason("facilitators-only", "Only a facilitator can do that.")
NOT_STARTED = Reason("not-started", "The circle hasn’t started yet.", 409)
ALREADY_STARTED = Reason("already-started", "The circle has already started.", 409)
ALREADY_BEGUN = Reason("already-begun", "The round has already begun.", 409)
SAID_GOODBYE = Reason("said-goodbye", "The circle is already saying goodbye.", 409)
NO_ROUND = Reason("no-round", "No round is on right now. There’s nothing you need to do.", 409)
ON_HOLD = Reason("on-hold", "The room is paused. You are safe to wait or leave.", 409)
NOT_ON_HOLD = Reason("not-on-hold", "The room isn’t paused.", 409)
FLOOR_TAKEN = Reason("floor-taken", "Somebody has the floor. There’s no hurry.", 409)
FLOOR_FREE = Reason("floor-free", "Nobody has the floor right now.", 409)
NOT_YOUR_TURN = Reason("not-your-turn", "It isn’t your turn yet. Nothing to do.", 409)
NO_TURN = Reason("no-turn", "You have no turn waiting in this round.", 409)
ALREADY_LATER = Reason("already-later", "We’ll come back to you later.", 409)
ALREADY_LISTENING = Reason("already-listening", "You’re listening today. Nothing to do.", 409)
NOT_OFFERABLE = Reason("not-offerable", "It isn’t their turn to be asked right now.", 409)
NOTHING_TO_TAKE_BACK = Reason("nothing-to-take-back", "There’s nothing to take back now.", 409)
WAIT_FOR_THEM = Reason(
    "wait-for-them", "We’re waiting for them. A facilitator can move on at any time.", 409
)
TAKING_A_MOMENT = Reason("taking-a-moment", "Carry on first, whenever you’re ready.", 409)
NOT_PAUSED = Reason("not-paused", "Nobody is taking a moment right now.", 409)
NOT_TYPING = Reason("not-typing", "Choose “Type instead” first. Your words are safe.", 409)
MIC_IS_OFF = Reason("mic-is-off", "Their microphone is already off.", 409)
NOT_KNOCKING = Reason("not-knocking", "They aren’t waiting to come in any more.", 409)
NOT_HERE = Reason("not-here", "They aren’t in this circle any more.", 409)
A_FACILITATOR = Reason("a-facilitator", "A facilitator can’t be removed from here.")
WHY_FIRST = Reason("why-first", "Write a few words about why. They will read them.", 422)
NOTHING_CHANGED = Reason("nothing-changed", "Nothing has changed.", 409)
SOMEBODY_IS_HERE = Reason("somebody-is-here", "Somebody is here, or was a short while ago.", 409)


def may(room: Room, event: Event, now: datetime) -> Verdict:
    """Yes, or no with the reason, for exactly this event at exactly this moment."""
    if room.phase is Phase.ENDED:
        return no(ENDED)
    match event:
        case Restarted():
            return YES
        case Empty():
            return _when(_is_empty(room, now), SOMEBODY_IS_HERE)
        case Lost() | Back():
            return _changes_presence(room.find(event.person), event)
        case Knock():
            return _may_knock(room.find(event.by))
        case _:
            me = room.find(event.by)
            if me is None:
                return no(NOT_FOUND)
            return _inside(me, event) and _fresh(room, event) and _may_press(room, me, event, now)


def may_watch(room: Room, viewer_id: UUID) -> Verdict:
    """May this person be shown the circle? What they are shown of it is the view's affair."""
    viewer = room.find(viewer_id)
    if room.phase is Phase.ENDED:
        return YES
    return no(NOT_FOUND) if viewer is None else _not_away(viewer)


def _may_press(room: Room, me: Person, event: Wire | Say, now: datetime) -> Verdict:
    match event:
        case Leave() | MicOff():
            return YES
        case Start():
            return _leads(me) and _when(room.phase is Phase.LOBBY, ALREADY_STARTED)
        case BeginRound():
            return (
                _leads(me)
                and _started(room)
                and _when(room.phase is Phase.OPENING, ALREADY_BEGUN)
                and _not_on_hold(room)
            )
        case SayGoodbye():
            return (
                _leads(me)
                and _started(room)
                and _when(room.phase is not Phase.GOODBYE, SAID_GOODBYE)
                and _when(room.floor == Idle(), FLOOR_TAKEN)
            )
        case End():
            return _leads(me)
        case Admit() | Refuse():
            return _leads(me) and _knocks(room.find(event.person))
        case Offer():
            return (
                _leads(me)
                and _in_round(room)
                and _not_on_hold(room)
                and _when(not isinstance(room.floor, Holding), FLOOR_TAKEN)
                and _when(event.person in offerable(room, now), NOT_OFFERABLE)
            )
        case Accept():
            return _when(room.floor == Offered(me.id), NOT_YOUR_TURN) and _not_on_hold(room)
        case Pass():
            return _in_round(room) and _has_turn(room, me)
        case Later():
            return _in_round(room) and _has_turn(room, me) and _not_later_yet(room, me)
        case ListenOnly():
            return _when(me.part is Part.MEMBER, NO_TURN) and _when(
                me.way is not Way.LISTEN, ALREADY_LISTENING
            )
        case TakeBack():
            return _when(room.undo(me.id) is not None, NOTHING_TO_TAKE_BACK) and _not_on_hold(room)
        case MoveOn():
            return _when(room.floor != Idle(), FLOOR_FREE) and _moves_on(room, me, now)
        case Finish() | SetMode():
            return _when(_is_holding(room, me), NOT_YOUR_TURN)
        case Say():
            return (
                _when(_is_holding(room, me), NOT_YOUR_TURN) and _types(room) and _not_on_hold(room)
            )
        case Pause():
            return _keeps_floor(room, me) and _when(not _is_paused(room), TAKING_A_MOMENT)
        case Resume():
            return _keeps_floor(room, me) and _when(_is_paused(room), NOT_PAUSED)
        case MicOn():
            return _started(room) and _when(has_voice(room, me), _why_silent(room, me))
        case Hold():
            return _leads(me) and _started(room)
        case Release():
            return _leads(me) and _when(room.hold is not None, NOT_ON_HOLD)
        case Mute():
            return _leads(me) and _mic_is_on(room.find(event.person))
        case Remove():
            return (
                _leads(me)
                and _removable(room.find(event.person))
                and _when(bool(event.why.strip()), WHY_FIRST)
            )
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _when(ok: bool, otherwise: Reason) -> Verdict:
    return YES if ok else no(otherwise)


def _not_away(person: Person) -> Verdict:
    return _when(person.presence is not Presence.REMOVED, REMOVED) and _when(
        person.presence is not Presence.GONE, LEFT
    )


def _inside(me: Person, event: Event) -> Verdict:
    """Whoever knocks can do one thing: not wait any longer."""
    return _not_away(me) and _when(me.presence in INSIDE or isinstance(event, Leave), WAITING)


def _fresh(room: Room, event: Event) -> Verdict:
    """Whoever moves the floor has seen where it is."""
    if isinstance(event, FloorPress):
        return _when(room.moved <= event.seen <= room.version, STALE)
    return YES


def _may_knock(known: Person | None) -> Verdict:
    """Anybody new, and anybody who left; never anybody who was removed."""
    if known is None:
        return YES
    return _when(known.presence is not Presence.REMOVED, REMOVED) and _when(
        known.presence is Presence.GONE, ALREADY_HERE
    )


def _changes_presence(person: Person | None, event: Lost | Back) -> Verdict:
    """A connection that was lost twice was lost once."""
    if person is None:
        return no(NOT_FOUND)
    is_known_away = person.away_since is not None
    return _not_away(person) and _when(is_known_away is isinstance(event, Back), NOTHING_CHANGED)


def _is_empty(room: Room, now: datetime) -> bool:
    """Known, of everybody who ever came in, for the whole time. Unknown is not absent."""
    came = [each for each in room.people if each.presence in INSIDE | {Presence.GONE}]
    return bool(came) and all(each.is_away_past(EMPTY_AFTER, now) for each in came)


def _leads(me: Person) -> Verdict:
    return _when(me.facilitates, FACILITATORS_ONLY)


def _started(room: Room) -> Verdict:
    return _when(room.phase is not Phase.LOBBY, NOT_STARTED)


def _in_round(room: Room) -> Verdict:
    return _when(room.phase is Phase.ROUND, NO_ROUND)


def _not_on_hold(room: Room) -> Verdict:
    return _when(room.hold is None, ON_HOLD)


def _is_holding(room: Room, me: Person) -> bool:
    return isinstance(room.floor, Holding) and room.floor.person == me.id


def _is_paused(room: Room) -> bool:
    return isinstance(room.floor, Holding) and room.floor.paused


def _keeps_floor(room: Room, me: Person) -> Verdict:
    """The holder, or a facilitator while somebody holds the floor."""
    return _when(_is_holding(room, me) or me.facilitates, NOT_YOUR_TURN) and _when(
        isinstance(room.floor, Holding), FLOOR_FREE
    )


def _types(room: Room) -> Verdict:
    return _when(isinstance(room.floor, Holding) and room.floor.mode is Mode.TYPED, NOT_TYPING)


def _has_turn(room: Room, me: Person) -> Verdict:
    entry = room.entry(me.id)
    return _when(entry is not None and entry.status in OPEN, NO_TURN)


def _not_later_yet(room: Room, me: Person) -> Verdict:
    has_said_so = room.entry(me.id) == Entry(me.id, Status.LATER) and room.floor.person != me.id
    return _when(not has_said_so, ALREADY_LATER)


def _moves_on(room: Room, me: Person, now: datetime) -> Verdict:
    """A facilitator at any time; the members for somebody long away, when nobody leads."""
    if me.facilitates:
        return YES
    grace = HOLDER_GRACE if isinstance(room.floor, Holding) else OFFERED_GRACE
    waited = room.floor.person is not None and room.person(room.floor.person).is_away_past(
        grace, now
    )
    return _when(
        waited and not is_led(room, now) and me.presence is Presence.CONNECTED, WAIT_FOR_THEM
    )


def _why_silent(room: Room, me: Person) -> Reason:
    if room.hold is not None:
        return ON_HOLD
    return TAKING_A_MOMENT if _is_holding(room, me) and _is_paused(room) else NOT_YOUR_TURN


def _knocks(person: Person | None) -> Verdict:
    return _when(person is not None and person.presence is Presence.KNOCKING, NOT_KNOCKING)


def _mic_is_on(person: Person | None) -> Verdict:
    return _when(person is not None and person.mic, MIC_IS_OFF)


def _removable(person: Person | None) -> Verdict:
    if person is None or person.presence is Presence.REMOVED:
        return no(NOT_HERE)
    return _when(not person.facilitates, A_FACILITATOR)
