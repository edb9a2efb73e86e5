"""How the floor moves: asked, taken, given up, taken back. Each move follows somebody's press.

What may move it is decided in `may`; these only say how the room is afterwards.
"""

from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from uuid import UUID

from community.live.rules.presses import (
    Accept,
    MoveOn,
    Pause,
    Resume,
    SendPrepared,
    SetMode,
    SetWish,
)
from community.live.rules.questions import is_led, is_reachable, next_up
from community.live.rules.room import (
    INSIDE,
    ROUNDS,
    After,
    Entry,
    Holding,
    HoldReason,
    Idle,
    Mode,
    MovedOn,
    Offered,
    Phase,
    Presence,
    Room,
    Status,
    Undo,
    Way,
    Wish,
)


def hold(room: Room, reason: HoldReason) -> Room:
    """Members' microphones close, and only they can open their own again."""
    people = tuple(each if each.facilitates else replace(each, mic=False) for each in room.people)
    return replace(room, hold=reason, people=people)


def offer_next(room: Room, by: UUID, now: datetime) -> Room:
    """Ask whoever is next. With nobody to lead, the circle waits after the turn instead.

    Whoever had the floor is not asked again at once; people known to be gone are stepped over.
    """
    if room.hold is not None:
        return replace(room, floor=Idle())
    if not is_led(room, now) and not room.person(by).facilitates:
        return hold(replace(room, floor=Idle()), HoldReason.NO_FACILITATOR)
    if room.phase not in ROUNDS:  # then a facilitator asks whoever raised a hand
        return replace(room, floor=Idle())
    asked = next_up(room, now)
    before = list(takewhile(lambda entry: entry.person != asked, room.queue))
    for entry in before:
        if entry.status is Status.DUE and not is_reachable(room.person(entry.person), now):
            room = mark(room, entry.person, Status.LATER)
    return replace(room, floor=Idle() if asked is None else Offered(asked))


def accept(room: Room, event: Accept) -> Room:
    person, holding = room.person(event.by), Holding(event.by, event.mode, event.wish)
    if room.entry(event.by) != Entry(event.by, Status.OWED):  # else it is the same turn still
        room = room.with_person(replace(person, turns=person.turns + 1))
    undos = _settled(room, undos_without(room, event.by))
    room = replace(room, floor=holding, undos=undos, thanked=None)
    return microphone(room, event.by, on=event.mode is Mode.VOICE)


def send_prepared(room: Room, event: SendPrepared) -> Room:
    """The turn goes on in writing, or begins with it; at the end it is what was owed."""
    if room.phase is Phase.GOODBYE:
        return mark(room, event.by, Status.WRITTEN)
    if isinstance(room.floor, Offered):
        return accept(room, Accept(event.by, event.seen, event.mode, event.wish))
    return go_on(room, SetMode(event.by, event.mode))


def go_on(room: Room, event: SetMode | SetWish | Pause | Resume) -> Room:
    """The turn goes on in another way. Only the holder's own press opens their microphone."""
    assert isinstance(room.floor, Holding)
    if isinstance(event, SetWish):
        return replace(room, floor=replace(room.floor, wish=event.wish))
    if isinstance(event, SetMode):
        floor = replace(room.floor, mode=event.mode)
    else:
        floor = replace(room.floor, paused=isinstance(event, Pause))
    room = replace(room, floor=floor)
    opens = event.by == floor.person and floor.mode is Mode.VOICE and not floor.paused
    return microphone(room, floor.person, on=opens and room.hold is None)


def decline(room: Room, person: UUID, status: Status, now: datetime) -> Room:
    """Their own entry moves, and the floor with it if they had it. It can be taken back."""
    room = _remember(room, person)
    if room.floor.person == person:
        return close_turn(room, person, status, person, now)
    entry = room.entry(person)
    return room if entry is None or entry.status is Status.DONE else mark(room, person, status)


def step_away(room: Room, person: UUID, now: datetime) -> Room:
    """Somebody rests. A turn that waits, or that they have, comes later."""
    entry = room.entry(person)
    if entry is not None and entry.status is Status.DUE:
        room = decline(room, person, Status.LATER, now)
    elif room.floor.person == person:
        room = decline(room, person, Status.OWED, now)
    return room.with_person(replace(room.person(person), resting=True, mic=False))


def move_on(room: Room, event: MoveOn, now: datetime) -> Room:
    assert room.floor.person is not None
    person = room.person(room.floor.person)
    away = person.presence is Presence.RECONNECTING
    status = kept(room) if away or isinstance(room.floor, Offered) else Status.DONE
    before = _undo(room, person.id)
    room = replace(room, undos=_settled(room, undos_without(room, person.id)))
    room = close_turn(room, person.id, status, event.by, now)
    entry = room.entry(person.id)
    if not room.person(event.by).facilitates or entry is None:
        return room
    return replace(room, moved_on=MovedOn(event.by, before, entry))


def go_back(room: Room) -> Room:
    """The turn goes on where it was, with the microphone off: only their own press opens that."""
    assert room.moved_on is not None
    before = room.moved_on.before
    room = replace(room, undos=undos_without(room, before.person), moved_on=None)
    return _floor_again(_entry_again(room, before), before)


def only_as_it_was(room: Room) -> Room:
    """Nothing is gone back to once somebody has the floor, or whoever was moved on from has chosen
    otherwise, or isn’t here."""
    back = room.moved_on
    if back is None:
        return room
    person, by = room.find(back.before.person), room.find(back.by)
    waits = person is not None and person.takes_turns and person.presence in INSIDE
    is_so = waits and room.entry(back.before.person) == back.entry
    is_open = not isinstance(room.floor, Holding) and by is not None and by.facilitates
    return room if is_so and is_open else replace(room, moved_on=None)


def kept(room: Room) -> Status:
    """A turn that was cut short is owed; one that was only offered comes later, if it isn’t owed
    already."""
    assert room.floor.person is not None
    is_owed = room.entry(room.floor.person) == Entry(room.floor.person, Status.OWED)
    return Status.OWED if is_owed or isinstance(room.floor, Holding) else Status.LATER


def close_turn(room: Room, person: UUID, status: Status, by: UUID, now: datetime) -> Room:
    """The same for whatever ended it: microphone off, the same thanks, the next is asked."""
    wish = room.floor.wish if isinstance(room.floor, Holding) else Wish.JUST_LISTEN
    room = microphone(mark(room, person, status), person, on=False)
    after = After(room.version + 1, person, wish)
    return offer_next(replace(room, thanked=person, after=after), by, now)


def mark(room: Room, person: UUID, status: Status) -> Room:
    """Whoever comes later comes last, and what is owed stays owed."""
    if status is Status.LATER and room.entry(person) == Entry(person, Status.OWED):
        status = Status.OWED
    if status in (Status.LATER, Status.OWED):
        return replace(room, queue=(*queue_without(room, person), Entry(person, status)))
    marked = Entry(person, status)
    return replace(
        room, queue=tuple(marked if each.person == person else each for each in room.queue)
    )


def microphone(room: Room, person: UUID, *, on: bool) -> Room:
    return room.with_person(replace(room.person(person), mic=on))


def queue_without(room: Room, person: UUID) -> tuple[Entry, ...]:
    return tuple(each for each in room.queue if each.person != person)


def _remember(room: Room, person_id: UUID) -> Room:
    return replace(room, undos=(*undos_without(room, person_id), _undo(room, person_id)))


def _undo(room: Room, person_id: UUID) -> Undo:
    """This person and their turn, as they are."""
    person, entry = room.person(person_id), room.entry(person_id)
    return Undo(
        person=person_id,
        way=person.way,
        mic=person.mic,
        entry=entry,
        position=len(room.queue) if entry is None else room.queue.index(entry),
        floor=room.floor if room.floor.person == person_id else None,
    )


def join_line(room: Room, person: UUID) -> Room:
    if room.phase not in ROUNDS or room.entry(person) is not None:
        return room
    return replace(room, queue=(*room.queue, Entry(person)))


def take_back(room: Room, person_id: UUID) -> Room:
    """As it was before, for this person. Others keep what they chose in the meantime."""
    undo = room.undo(person_id)
    assert undo is not None
    room = replace(room, undos=undos_without(room, person_id))
    room = room.with_person(replace(room.person(person_id), way=undo.way, resting=False))
    if undo.entry is None:
        return join_line(room, person_id)
    room = _entry_again(room, undo)
    if undo.floor is None:
        return room
    return microphone(_floor_again(room, undo), person_id, on=undo.mic)


def _entry_again(room: Room, undo: Undo) -> Room:
    """Their entry, in its place."""
    assert undo.entry is not None
    queue = list(queue_without(room, undo.person))
    queue.insert(undo.position, undo.entry)
    return replace(room, queue=tuple(queue))


def _floor_again(room: Room, undo: Undo) -> Room:
    """They have it, as if it had never gone on; their microphone is as it is now."""
    assert undo.floor is not None
    after = None if room.after and room.after.person == undo.person else room.after
    room = replace(room, floor=undo.floor, thanked=None, after=after)
    held = isinstance(undo.floor, Holding)
    return replace(room, undos=_settled(room, room.undos)) if held else room


def _settled(room: Room, undos: tuple[Undo, ...]) -> tuple[Undo, ...]:
    """Once somebody has the floor, nobody takes it back: a pass may still become a turn again,
    a finished turn may not."""
    return tuple(
        replace(undo, floor=None)
        for undo in undos
        if undo.floor is None or room.entry(undo.person) != Entry(undo.person, Status.DONE)
    )


def swap(room: Room, one: UUID, other: UUID) -> Room:
    """These two change places in the order."""
    places = {each.person: each for each in room.queue}
    changed = {one: places[other], other: places[one]}
    return replace(room, queue=tuple(changed.get(each.person, each) for each in room.queue))


def skip(room: Room, person: UUID) -> Room:
    """A facilitator’s word: only a facilitator takes it back."""
    room = mark(room, person, Status.SKIPPED)
    return replace(room, undos=undos_without(room, person))


def add(room: Room, person: UUID) -> Room:
    """At the end of everybody due, whatever they had before."""
    queue = (*queue_without(room, person), Entry(person))
    return replace(room, queue=queue, undos=undos_without(room, person))


def take_turns(room: Room, person_id: UUID, way: Way) -> Room:
    """Whoever listened is asked in this round too, after everybody who waits, unless they have
    shared in it or a facilitator left them out."""
    person = room.person(person_id)
    room = room.with_person(replace(person, way=way))
    if person.way is not Way.LISTEN:
        return room
    room = replace(room, undos=undos_without(room, person_id))
    if room.entry(person_id) == Entry(person_id, Status.PASSED):
        room = replace(room, queue=queue_without(room, person_id))
    return join_line(room, person_id)


def raise_hand(room: Room, person_id: UUID) -> Room:
    """Whoever only listened takes turns from now on."""
    person = room.person(person_id)
    if not person.takes_turns:
        way = Way.TEXT if person.without_sound else Way.VOICE
        room = room.with_person(replace(person, way=way))
    return add(room, person_id)


def undos_without(room: Room, person: UUID) -> tuple[Undo, ...]:
    return tuple(each for each in room.undos if each.person != person)
