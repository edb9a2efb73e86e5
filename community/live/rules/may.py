"""May this happen now? One guard for each event, and the words when the answer is no.

The page draws its controls from the same answers (`view`), so nothing is decided twice.
"""

from datetime import datetime
from typing import assert_never
from uuid import UUID

from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.live.rules.events import (
    Accept,
    AddAgain,
    Admit,
    Back,
    BeginRound,
    Break,
    ComeBack,
    Empty,
    End,
    Event,
    Finish,
    HandOver,
    Help,
    Hold,
    Knock,
    Later,
    Leave,
    ListenOnly,
    Lost,
    LowerHand,
    MicOff,
    MicOn,
    MoveDown,
    MoveOn,
    MoveUp,
    Mute,
    NobodyCame,
    Nudge,
    Offer,
    Opened,
    OpenFloor,
    Pass,
    Pause,
    RaiseHand,
    Refuse,
    Release,
    Remove,
    Restarted,
    Resume,
    Say,
    SayGoodbye,
    SetMode,
    Skip,
    Start,
    StepAway,
    TakeBack,
    TakeDevice,
    TakeOver,
    Tell,
    Typed,
    WaitMore,
    Wire,
)
from community.live.rules.guards import (
    BY_HAND,
    MOST_LINES,
    addable,
    can_lead,
    changes_presence,
    chooses,
    for_members,
    fresh,
    hands,
    has_asked,
    has_hand_up,
    has_turn,
    has_turns,
    in_round,
    inside,
    is_empty,
    is_holding,
    is_paused,
    keeps_floor,
    knocks,
    lead_is_away,
    leads,
    may_knock,
    mic_is_on,
    movable,
    moves_on,
    nobody_came,
    not_away,
    not_later_yet,
    not_on_hold,
    not_waiting_on,
    nudgeable,
    removable,
    started,
    types,
    unopened,
    waits,
    was_owed,
    when,
    why_silent,
)
from community.live.rules.reasons import (
    ALREADY_BEGUN,
    ALREADY_LISTENING,
    ALREADY_OPEN,
    ALREADY_STARTED,
    ASKED_ALREADY,
    ENDED,
    FACILITATOR_CAME,
    FACILITATORS_STAY,
    FLOOR_FREE,
    FLOOR_TAKEN,
    HAND_IS_UP,
    LEAD_IS_HERE,
    LEADS_ALREADY,
    MANY_LINES,
    NO_FACILITATOR,
    NO_HAND,
    NO_ROUND,
    NO_SUCH_ASK,
    NO_TURN,
    NOT_ABOUT_THIS,
    NOT_AWAY,
    NOT_OFFERABLE,
    NOT_ON_HOLD,
    NOT_PAUSED,
    NOT_THE_LEAD,
    NOT_WAITING,
    NOT_YOUR_TURN,
    NOTHING_TO_TAKE_BACK,
    ON_A_BREAK,
    SAID_GOODBYE,
    SAME_PAGE,
    SOMEBODY_IS_HERE,
    STEPPED_AWAY,
    TAKING_A_MOMENT,
    WHY_FIRST,
)
from community.live.rules.room import (
    Holding,
    HoldReason,
    Idle,
    Offered,
    Part,
    Person,
    Phase,
    Room,
    Way,
    has_voice,
    offerable,
    rests,
    waiting_like,
)


def may(room: Room, event: Event, now: datetime) -> Verdict:
    """Yes, or no with the reason, for exactly this event at exactly this moment."""
    if room.phase is Phase.ENDED:
        return no(ENDED)
    match event:
        case Restarted():
            return YES
        case Empty():
            return when(is_empty(room, now), SOMEBODY_IS_HERE)
        case NobodyCame():
            return when(nobody_came(room, event, now), FACILITATOR_CAME)
        case Lost() | Back():
            return changes_presence(room.find(event.person), event)
        case Knock():
            return may_knock(room.find(event.by))
        case _:
            me = room.find(event.by)
            if me is None:
                return no(NOT_FOUND)
            return inside(me, event) and fresh(room, event) and _may_press(room, me, event, now)


def may_watch(room: Room, viewer_id: UUID) -> Verdict:
    """May this person be shown the circle? What they are shown of it is the view's affair."""
    viewer = room.find(viewer_id)
    if room.phase is Phase.ENDED:
        return YES
    return no(NOT_FOUND) if viewer is None else not_away(viewer)


def _may_press(room: Room, me: Person, event: Wire | Typed, now: datetime) -> Verdict:
    match event:
        case Leave() | MicOff():
            return YES
        case Start():
            return leads(me) and when(room.phase is Phase.LOBBY, ALREADY_STARTED)
        case BeginRound():
            return (
                leads(me)
                and started(room)
                and when(room.phase is Phase.OPENING, ALREADY_BEGUN)
                and not_on_hold(room)
            )
        case OpenFloor():
            return (
                leads(me)
                and started(room)
                and when(room.phase is not Phase.OPEN_FLOOR, ALREADY_OPEN)
                and when(room.phase is Phase.ROUND, NO_ROUND)
                and when(room.floor == Idle(), FLOOR_TAKEN)
            )
        case SayGoodbye():
            return (
                leads(me)
                and started(room)
                and when(room.phase is not Phase.GOODBYE, SAID_GOODBYE)
                and when(room.floor == Idle(), FLOOR_TAKEN)
            )
        case RaiseHand():
            return hands(room, me) and when(not waits(room, me), HAND_IS_UP)
        case LowerHand():
            return hands(room, me) and when(has_hand_up(room, me), NO_HAND)
        case End():
            if me.facilitates:
                return when(event.why in BY_HAND, NOT_ABOUT_THIS)
            return chooses(room, now)
        case WaitMore():
            return for_members(me) and chooses(room, now) and not_waiting_on(room, me, now)
        case Admit() | Refuse():
            return leads(me) and knocks(room.find(event.person))
        case Offer():
            return (
                leads(me)
                and has_turns(room)
                and not_on_hold(room)
                and when(not isinstance(room.floor, Holding), FLOOR_TAKEN)
                and when(event.person in offerable(room, now), NOT_OFFERABLE)
            )
        case Accept():
            return (
                when(room.floor == Offered(me.id), NOT_YOUR_TURN)
                and not_on_hold(room)
                and when(rests(room, now) is None, NO_FACILITATOR)
            )
        case Pass():
            return has_turns(room) and has_turn(room, me)
        case Later():
            return has_turns(room) and has_turn(room, me) and not_later_yet(room, me)
        case ListenOnly():
            return when(me.part is Part.MEMBER, NO_TURN) and when(
                me.way is not Way.LISTEN, ALREADY_LISTENING
            )
        case TakeBack():
            return when(room.undo(me.id) is not None, NOTHING_TO_TAKE_BACK) and not_on_hold(room)
        case MoveOn():
            return when(room.floor != Idle(), FLOOR_FREE) and moves_on(room, me, now)
        case Finish() | SetMode():
            return when(is_holding(room, me), NOT_YOUR_TURN)
        case Nudge():
            return leads(me) and nudgeable(room, event.person)
        case MoveUp() | MoveDown():
            return leads(me) and has_turns(room) and movable(room, event)
        case Skip():
            line = waiting_like(room, event.person)
            return leads(me) and in_round(room) and when(event.person in line, NOT_WAITING)
        case AddAgain():
            return leads(me) and in_round(room) and addable(room, room.find(event.person))
        case StepAway():
            return when(not me.facilitates, FACILITATORS_STAY) and when(
                not me.resting, STEPPED_AWAY
            )
        case ComeBack():
            return when(me.resting, NOT_AWAY)
        case TakeDevice():
            return when(event.page != me.page, SAME_PAGE)
        case Say() if room.phase is Phase.GOODBYE:
            return when(was_owed(room, me), NO_TURN)
        case Say():
            return when(is_holding(room, me), NOT_YOUR_TURN) and types(room) and not_on_hold(room)
        case Tell():
            return for_members(me) and when(unopened(room, me) < MOST_LINES, MANY_LINES)
        case Help():
            return for_members(me) and when(not has_asked(room, me), ASKED_ALREADY)
        case Opened():
            numbers = {each.number for each in room.asks if not each.opened}
            return leads(me) and when(event.number in numbers, NO_SUCH_ASK)
        case Pause():
            return keeps_floor(room, me) and when(not is_paused(room), TAKING_A_MOMENT)
        case Resume():
            return keeps_floor(room, me) and when(is_paused(room), NOT_PAUSED)
        case MicOn():
            return started(room) and when(has_voice(room, me), why_silent(room, me))
        case Hold():
            return leads(me) and started(room)
        case Break():
            return (
                leads(me) and started(room) and when(room.hold is not HoldReason.BREAK, ON_A_BREAK)
            )
        case Release():
            return leads(me) and when(room.hold is not None, NOT_ON_HOLD)
        case HandOver():
            return (
                leads(me)
                and when(room.lead == me.id, NOT_THE_LEAD)
                and can_lead(room.find(event.person), me)
            )
        case TakeOver():
            return (
                leads(me)
                and when(room.lead != me.id, LEADS_ALREADY)
                and when(lead_is_away(room, now), LEAD_IS_HERE)
            )
        case Mute():
            return leads(me) and mic_is_on(room.find(event.person))
        case Remove():
            return (
                leads(me)
                and removable(room.find(event.person))
                and when(bool(event.why.strip()), WHY_FIRST)
            )
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)
