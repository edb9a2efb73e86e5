"""Somebody who comes to interpret: whose voice they are is said by that person, and kept nowhere.

They have a place of their own and no turn. Their microphone may be on in exactly the turns in which
that of whoever asked them may be (`questions.has_voice`).
"""

from dataclasses import replace
from uuid import UUID

from community.core.verdict import Verdict, no
from community.live.rules.guards import when
from community.live.rules.presses import AskInterpreter, StopInterpreter
from community.live.rules.questions import has_voice
from community.live.rules.reasons import INTERPRETS_ALREADY, NO_TURN, NOT_INTERPRETING
from community.live.rules.room import INSIDE, Part, Person, Room


def may_ask(room: Room, me: Person, event: AskInterpreter) -> Verdict:
    """Whoever takes turns says who speaks for them: somebody who came for that, and is free."""
    person = room.find(event.person)
    if person is None or person.part is not Part.INTERPRETER or person.presence not in INSIDE:
        return no(NOT_INTERPRETING)
    return when(me.takes_turns, NO_TURN) and when(person.interprets_for is None, INTERPRETS_ALREADY)


def may_stop(room: Room, me: Person, event: StopInterpreter) -> Verdict:
    """Either of the two, at any time."""
    person = room.find(event.person)
    speaks_for = None if person is None else person.interprets_for
    return when(speaks_for is not None and me.id in (speaks_for, event.person), NOT_INTERPRETING)


def change(room: Room, event: AskInterpreter | StopInterpreter) -> Room:
    speaks_for = event.by if isinstance(event, AskInterpreter) else None
    return _speaks_for(room, event.person, speaks_for)


def only_by_their_word(room: Room) -> Room:
    """It ends when either has left, or is something else here by now. An interpreter’s microphone
    closes with the turn, whatever ended it."""
    for person in room.people:
        if person.interprets_for is not None and not _is_so(room, person):
            room = _speaks_for(room, person.id, None)
    for person in room.people:
        if person.part is Part.INTERPRETER and person.mic and not has_voice(room, person):
            room = room.with_person(replace(person, mic=False))
    return room


def _is_so(room: Room, interpreter: Person) -> bool:
    asked_by = room.find(interpreter.interprets_for)
    is_theirs = asked_by is not None and asked_by.takes_turns and asked_by.presence in INSIDE
    return is_theirs and interpreter.part is Part.INTERPRETER and interpreter.presence in INSIDE


def _speaks_for(room: Room, interpreter: UUID, whom: UUID | None) -> Room:
    return room.with_person(replace(room.person(interpreter), interprets_for=whom))
