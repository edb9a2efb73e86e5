"""May a facilitator do this now? One guard for each press of `leading`."""

from datetime import datetime
from typing import assert_never

from community.core.verdict import Verdict
from community.live.rules import hidden, leading
from community.live.rules.doors import has_room, may_ban, may_remove, may_unban
from community.live.rules.guards import (
    addable,
    can_lead,
    goes_back,
    goes_on,
    has_turns,
    in_round,
    knocks,
    lead_is_away,
    mic_is_on,
    movable,
    not_closing,
    not_on_hold,
    nudgeable,
    started,
    when,
)
from community.live.rules.leading import Lead
from community.live.rules.presses import Sure
from community.live.rules.questions import offerable, waiting_like
from community.live.rules.reasons import (
    ALREADY_CLOSING,
    ALREADY_OPEN,
    ALREADY_STARTED,
    CLOSING_IS_TOLD,
    FLOOR_TAKEN,
    FULL,
    LEAD_IS_HERE,
    LEADS_ALREADY,
    NO_ROUND,
    NO_SUCH_ASK,
    NOT_OFFERABLE,
    NOT_ON_HOLD,
    NOT_OPENING,
    NOT_THE_LEAD,
    NOT_WAITING,
    ON_A_BREAK,
    SAID_GOODBYE,
)
from community.live.rules.room import Holding, HoldReason, Idle, Person, Phase, Room
from community.live.rules.video import camera_is_on


def may_lead(room: Room, me: Person, event: Lead, now: datetime) -> Verdict:
    """Yes, or no with the reason. That `me` facilitates is known."""
    match event:  # first what a desk asks about each person, whoever presses what
        case leading.Offer():
            return (
                has_turns(room)
                and not_on_hold(room)
                and when(not isinstance(room.floor, Holding), FLOOR_TAKEN)
                and when(event.person in offerable(room, now), NOT_OFFERABLE)
            )
        case leading.Nudge():
            return nudgeable(room, event.person)
        case leading.MoveUp() | leading.MoveDown():
            return movable(room, event, now)
        case leading.Skip():
            line = waiting_like(room, event.person)
            return in_round(room) and when(event.person in line, NOT_WAITING)
        case leading.AddAgain():
            return in_round(room) and addable(room, room.find(event.person))
        case leading.HandOver():
            return when(room.lead == me.id, NOT_THE_LEAD) and can_lead(room.find(event.person), me)
        case leading.Mute():
            return mic_is_on(room.find(event.person))
        case leading.CloseCamera():
            return camera_is_on(room.find(event.person))
        case leading.Remove():
            return may_remove(room.find(event.person), event.why)
        case leading.Ban():
            return may_ban(room.find(event.person), event.why)
        case leading.Start():
            return when(room.phase is Phase.LOBBY, ALREADY_STARTED)
        case leading.ReadGuidelines():
            return started(room) and when(room.phase is Phase.OPENING, NOT_OPENING)
        case leading.BeginRound():
            return not_closing(room) and not_on_hold(room) and goes_on(room, event)
        case leading.OpenFloor():
            return (
                started(room)
                and when(room.phase is not Phase.OPEN_FLOOR, ALREADY_OPEN)
                and not_closing(room)
                and when(room.phase is Phase.ROUND, NO_ROUND)
                and goes_on(room, event)
            )
        case leading.BeginClosingRound():
            return (
                when(room.phase is not Phase.GOODBYE, SAID_GOODBYE)
                and when(room.phase is not Phase.CLOSING_ROUND, ALREADY_CLOSING)
                and not_on_hold(room)
                and goes_on(room, event)
            )
        case leading.SayGoodbye():
            return when(room.phase is not Phase.GOODBYE, SAID_GOODBYE) and goes_on(room, event)
        case leading.SayClosing():
            return started(room) and when(not room.closes_soon, CLOSING_IS_TOLD)
        case leading.SetPrompt():
            is_free = room.floor == Idle() or event.sure is Sure.YES
            return not_closing(room) and when(is_free, FLOOR_TAKEN)
        case leading.SetOrder():
            return not_closing(room)
        case leading.Admit():
            is_room = has_room(room, event.kept, event.person)
            return knocks(room.find(event.person)) and when(is_room, FULL)
        case leading.Refuse():
            return knocks(room.find(event.person))
        case leading.GoBack():
            return goes_back(room, me) and not_on_hold(room)
        case leading.Opened():
            others = (each for each in room.asks if each.person != me.id)
            numbers = {each.number for each in others if not each.opened}
            return when(event.number in numbers, NO_SUCH_ASK)
        case leading.HideWords():
            return hidden.may_hide(room, me, event)
        case leading.ShowWords():
            return hidden.may_show(room, me, event)
        case leading.Hold():
            return started(room)
        case leading.Break():
            return started(room) and when(room.hold is not HoldReason.BREAK, ON_A_BREAK)
        case leading.Release():
            return when(room.hold is not None, NOT_ON_HOLD)
        case leading.TakeOver():
            return when(room.lead != me.id, LEADS_ALREADY) and when(
                lead_is_away(room, now), LEAD_IS_HERE
            )
        case leading.Unban():
            return may_unban(room.find(event.person))
        case _:  # pragma: no cover  # mypy proves that there is no other
            assert_never(event)
