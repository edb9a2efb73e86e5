"""After a turn: what listeners may say to whoever had it, and to nobody else.

Whatever ended a turn, the same words are open, until the next turn has ended. A line is open only
to a speaker who would like one, of the kind that they chose. Whoever would like no words is given
none.
"""

from dataclasses import replace
from uuid import UUID

from community.core.verdict import Verdict
from community.live.rules.guards import when
from community.live.rules.presses import Acknowledge, QuietAfter, Reply, WordsAfter
from community.live.rules.reasons import (
    AFTER_IS_SO,
    JUST_LISTENING,
    NO_TURN,
    OWN_TURN,
    QUIET_AFTER,
    SAID_ALREADY,
    TURN_IS_PAST,
)
from community.live.rules.room import Echo, Holding, Person, Room, Wish


def may_acknowledge(room: Room, me: Person, event: Acknowledge) -> Verdict:
    """Whoever listened, to the last who had a turn; each word once."""
    said = [each.ack for each in _said(room, me.id)]
    return _open_to(room, me, event.person) and when(event.ack not in said, SAID_ALREADY)


def may_reply(room: Room, me: Person, event: Reply) -> Verdict:
    """One line, if they asked for more than listening."""
    said = [each.ack for each in _said(room, me.id)]
    wants = room.after is not None and room.after.wish is not Wish.JUST_LISTEN
    return (
        _open_to(room, me, event.person)
        and when(wants, JUST_LISTENING)
        and when(None not in said, SAID_ALREADY)
    )


def may_wish_quiet(me: Person, event: QuietAfter | WordsAfter) -> Verdict:
    """For whoever takes turns, before one, in it, and after it."""
    return when(me.takes_turns, NO_TURN) and when(
        me.quiet_after is isinstance(event, WordsAfter), AFTER_IS_SO
    )


def wish_quiet(room: Room, event: QuietAfter | WordsAfter) -> Room:
    is_quiet = isinstance(event, QuietAfter)
    return room.with_person(replace(room.person(event.by), quiet_after=is_quiet))


def echo(room: Room, event: Acknowledge | Reply) -> Room:
    """Said: it moves nothing in the room."""
    assert room.after is not None
    ack = event.ack if isinstance(event, Acknowledge) else None
    turn, number = room.after.turn, room.version + 1
    said = Echo(number, turn, event.person, event.by, ack, event.arrives)
    return replace(room, echoes=(*room.echoes, said))


def echoes_for(room: Room, viewer_id: UUID) -> tuple[Echo, ...]:
    """What was said to this person and arrives, once their turn is over."""
    holds = isinstance(room.floor, Holding) and room.floor.person == viewer_id
    mine = (each for each in room.echoes if each.to == viewer_id and each.arrives)
    return () if holds else tuple(mine)


def said_by(room: Room, viewer_id: UUID) -> frozenset[str | None]:
    """What this person has said after the turn that has just ended."""
    return frozenset(each.ack for each in _said(room, viewer_id))


def _open_to(room: Room, me: Person, person: UUID) -> Verdict:
    is_open = room.after is not None and room.after.person == person
    is_quiet = is_open and room.person(person).quiet_after
    return (
        when(me.id != person, OWN_TURN)
        and when(is_open, TURN_IS_PAST)
        and when(not is_quiet, QUIET_AFTER)
    )


def _said(room: Room, by: UUID) -> list[Echo]:
    turn = None if room.after is None else room.after.turn
    return [each for each in room.echoes if (each.turn, each.by) == (turn, by)]
