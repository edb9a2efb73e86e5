"""May this happen now? One guard for each event, and the words when the answer is no.

The page draws its controls from the same answers (`view`), so nothing is decided twice.
"""

from datetime import datetime
from typing import assert_never, cast
from uuid import UUID

from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.live.rules import captions, echoes, interpreters, presses
from community.live.rules.doors import changes_part, may_claim, may_restore, not_away
from community.live.rules.events import (
    Back,
    Became,
    CalledOff,
    Empty,
    Event,
    Knock,
    Lost,
    NobodyCame,
    Own,
    Restarted,
    Restored,
    Typed,
    Wire,
)
from community.live.rules.guards import (
    BY_HAND,
    MOST_LINES,
    asked_first,
    changes_presence,
    chooses,
    for_members,
    fresh,
    hands,
    has_asked,
    has_hand_up,
    has_turn,
    has_turns,
    inside,
    is_empty,
    is_holding,
    is_paused,
    is_read,
    keeps_floor,
    may_knock,
    moves_on,
    nobody_came,
    not_closing,
    not_later_yet,
    not_on_hold,
    not_waiting_on,
    said_later,
    started,
    takes_turns,
    types,
    unopened,
    waits,
    was_owed,
    when,
    why_silent,
)
from community.live.rules.leading import Lead
from community.live.rules.may_lead import may_lead
from community.live.rules.questions import has_voice, rests
from community.live.rules.reasons import (
    ALREADY_LISTENING,
    ALREADY_STARTED,
    ASKED_ALREADY,
    CARD_IS_SO,
    ENDED,
    FACILITATOR_CAME,
    FACILITATORS_ONLY,
    FACILITATORS_STAY,
    FLOOR_FREE,
    HAND_IS_UP,
    MANY_LINES,
    NO_CARD,
    NO_FACILITATOR,
    NO_HAND,
    NO_TURN,
    NOT_ABOUT_THIS,
    NOT_AWAY,
    NOT_PAUSED,
    NOT_WRITTEN,
    NOT_YOUR_TURN,
    NOTHING_TO_TAKE_BACK,
    SAME_PAGE,
    SOMEBODY_IS_HERE,
    SOUND_IS_SO,
    STEPPED_AWAY,
    TAKING_A_MOMENT,
)
from community.live.rules.room import (
    WRITTEN,
    AskKind,
    Idle,
    Offered,
    Part,
    Person,
    Phase,
    Room,
    Way,
)
from community.live.rules.video import may_be_seen

LEADS = frozenset(Lead.__args__)


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
        case CalledOff():
            return when(room.phase is Phase.LOBBY, ALREADY_STARTED)
        case Lost() | Back():
            return changes_presence(room.find(event.person), event)
        case Became():
            return changes_part(room, event)
        case Restored():
            return may_restore(room.find(event.person))
        case Knock():
            return may_knock(room.find(event.by))
        case _:
            me = room.find(event.by)
            if me is None:
                return no(NOT_FOUND)
            return inside(me, event) and fresh(room, event) and may_press(room, me, event, now)


def may_watch(room: Room, viewer_id: UUID) -> Verdict:
    """May this person be shown the circle? What they are shown of it is the view's affair."""
    viewer = room.find(viewer_id)
    if room.phase is Phase.ENDED:
        return YES
    return no(NOT_FOUND) if viewer is None else not_away(viewer)


def may_press(room: Room, me: Person, event: Wire | Typed, now: datetime) -> Verdict:
    """The same of a press by somebody inside who sees the room as it is now."""
    if type(event) in LEADS:
        return when(me.facilitates, FACILITATORS_ONLY) and may_lead(
            room, me, cast(Lead, event), now
        )
    return _may_press(room, me, cast(Own | Typed, event), now)


def _may_press(room: Room, me: Person, event: Own | Typed, now: datetime) -> Verdict:
    match event:
        case presses.Leave() | presses.MicOff() | presses.CameraOff():
            return YES
        case presses.ClaimStandby():
            return may_claim(room, me, event.kept, now)
        case presses.RaiseHand():
            is_free = not waits(room, me) or said_later(room, me)
            return hands(room, me) and when(is_free, HAND_IS_UP)
        case presses.LowerHand():
            return hands(room, me) and when(has_hand_up(room, me), NO_HAND)
        case presses.End():
            if me.facilitates:
                return when(event.why in BY_HAND, NOT_ABOUT_THIS)
            return chooses(room, now)
        case presses.WaitMore():
            return for_members(me) and chooses(room, now) and not_waiting_on(room, me, now)
        case presses.Accept():
            return _may_begin(room, me, now)
        case presses.Pass():
            return has_turns(room) and has_turn(room, me)
        case presses.Later():
            return has_turns(room) and has_turn(room, me) and not_later_yet(room, me)
        case presses.ListenOnly():
            return when(me.part is Part.MEMBER, NO_TURN) and when(
                me.way is not Way.LISTEN, ALREADY_LISTENING
            )
        case presses.TakeTurns():
            return takes_turns(me, event.way)
        case presses.TakeBack():
            return when(room.undo(me.id) is not None, NOTHING_TO_TAKE_BACK) and not_on_hold(room)
        case presses.MoveOn():
            return when(room.floor != Idle(), FLOOR_FREE) and moves_on(room, me, now)
        case presses.Finish() | presses.SetMode() | presses.SetWish():
            return when(is_holding(room, me), NOT_YOUR_TURN)
        case presses.SendPrepared():
            return when(event.mode in WRITTEN, NOT_WRITTEN) and _may_send(room, me, now)
        case presses.Acknowledge():
            return echoes.may_acknowledge(room, me, event)
        case presses.Reply():
            return echoes.may_reply(room, me, event)
        case presses.ShowCard() | presses.HideCard():
            return when(bool(me.card), NO_CARD) and when(
                me.hides_card is isinstance(event, presses.ShowCard), CARD_IS_SO
            )
        case presses.QuietAfter() | presses.WordsAfter():
            return echoes.may_wish_quiet(me, event)
        case presses.StepAway():
            return when(not me.facilitates, FACILITATORS_STAY) and when(
                not me.resting, STEPPED_AWAY
            )
        case presses.ComeBack():
            return when(me.resting, NOT_AWAY)
        case presses.SetSpot():
            return not_closing(room) and when(me.takes_turns, NO_TURN)
        case presses.TakeDevice():
            return when(event.page != me.page, SAME_PAGE)
        case presses.Say() if room.phase is Phase.GOODBYE:
            return when(was_owed(room, me), NO_TURN)
        case presses.Say():
            return when(is_holding(room, me), NOT_YOUR_TURN) and types(room) and not_on_hold(room)
        case presses.Tell():
            return is_read(room, me) and when(unopened(room, me) < MOST_LINES, MANY_LINES)
        case presses.Help():
            return when(not has_asked(room, me, AskKind.HELP), ASKED_ALREADY)
        case presses.Slower():
            return for_members(me) and when(not has_asked(room, me, AskKind.SLOW), ASKED_ALREADY)
        case presses.Pause():
            return keeps_floor(room, me) and when(not is_paused(room), TAKING_A_MOMENT)
        case presses.Resume():
            return keeps_floor(room, me) and when(is_paused(room), NOT_PAUSED)
        case presses.OfferCaptions():
            return started(room) and captions.may_offer(room, me)
        case presses.AcceptCaptions():
            return captions.may_accept(room, me, event)
        case presses.StopCaptions():
            return captions.may_stop(room, me)
        case presses.AskInterpreter():
            return interpreters.may_ask(room, me, event)
        case presses.StopInterpreter():
            return interpreters.may_stop(room, me, event)
        case presses.SoundOff() | presses.SoundOn():
            return when(me.without_sound is isinstance(event, presses.SoundOn), SOUND_IS_SO)
        case presses.CameraOn():
            return may_be_seen(room, me)
        case presses.MicOn():
            speaks = when(has_voice(room, me), why_silent(room, me))
            return started(room) and speaks and asked_first(room, me, event)
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)


def _may_begin(room: Room, me: Person, now: datetime) -> Verdict:
    return (
        when(room.floor == Offered(me.id), NOT_YOUR_TURN)
        and not_on_hold(room)
        and when(rests(room, now) is None, NO_FACILITATOR)
    )


def _may_send(room: Room, me: Person, now: datetime) -> Verdict:
    """One press begins one’s own turn with it, goes on with it, or writes what was owed."""
    if room.phase is Phase.GOODBYE:
        return when(was_owed(room, me), NO_TURN)
    return not_on_hold(room) if is_holding(room, me) else _may_begin(room, me, now)
