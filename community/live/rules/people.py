"""How people come and go: let in, lost, back, on another page, gone, removed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.live.rules import presses
from community.live.rules.events import Back, Event, Knock, Lost, Restarted
from community.live.rules.floor import (
    close_turn,
    join_line,
    kept,
    queue_without,
)
from community.live.rules.leading import HandOver
from community.live.rules.room import HERE, INSIDE, OPEN, Part, Person, Phase, Presence, Room


def knock(room: Room, event: Knock) -> Room:
    """Whoever has a confirmed seat comes in at once, and so does whoever was in before. Whoever
    led and comes back as a member leads no more."""
    room = _knocked(room, event)
    lead = room.find(room.lead)
    return room if lead is None or lead.facilitates else with_a_lead(room)


def _knocked(room: Room, event: Knock) -> Room:
    known = room.find(event.by)
    person = Person(
        event.by,
        event.name,
        event.part,
        event.way,
        event.place,
        event.card,
        hides_card=event.hides_card,
        quiet_after=event.quiet_after if known is None else known.quiet_after,
        turns=0 if known is None else known.turns,
        led_until=None if known is None or event.part is Part.FACILITATOR else known.led_until,
        spot=event.spot,
        without_sound=event.without_sound,
    )
    if known is not None and known.must_knock:
        return room.with_person(replace(person, must_knock=True))
    if event.confirmed or person.facilitates or known is not None:
        return enter(room, person)
    return room.with_person(replace(person, comes_in_at=event.comes_in_at))


def with_a_lead(room: Room) -> Room:
    """Somebody who is here leads, or whoever is on the way back; nobody if there is nobody."""
    lead = room.find(room.lead)
    if lead is not None and lead.facilitates and lead.presence in INSIDE:
        return room
    others = [each for each in room.people if each.facilitates and each.presence in INSIDE]
    others.sort(key=lambda each: each.presence not in HERE)
    return replace(room, lead=others[0].id if others else None)


def next_to_lead(room: Room, event: Event) -> list[UUID]:
    """Who may be the lead after this press: what they are is asked of the rows before."""
    match event:
        case HandOver() if room.find(event.person) is not None:
            return [event.person]
        case presses.Leave() if event.by == room.lead:
            others = (each for each in room.people if each.facilitates and each.id != event.by)
            return [each.id for each in others if each.presence in INSIDE]
        case _:
            return []


def admit(room: Room, person_id: UUID) -> Room:
    """In, however they came to the door. Whoever leaves after that comes back as others do."""
    person = replace(room.person(person_id), must_knock=False, comes_in_at=None)
    return enter(room, person)


def stop_waiting(room: Room, person_id: UUID, now: datetime) -> Room:
    """Nothing is left of it, but that a facilitator has to let them in."""
    person = room.person(person_id)
    if not person.must_knock:
        return room.without(person_id)
    return room.with_person(replace(person, presence=Presence.GONE, away_since=now, page=None))


def enter(room: Room, person: Person) -> Room:
    """In, with the microphone off. During a round they join the end of the line."""
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = here if person.away_since is None else Presence.RECONNECTING
    room = room.with_person(replace(person, presence=presence, mic=False))
    if person.facilitates and room.lead is None:
        room = replace(room, lead=person.id)
    entry = room.entry(person.id)
    if person.takes_turns:
        return join_line(room, person.id)
    if entry is not None and entry.status in OPEN:
        return replace(room, queue=queue_without(room, person.id))
    return room


def leave(room: Room, person_id: UUID, now: datetime) -> Room:
    """The place is kept, and so is a turn that was waiting or under way. Whoever leads hands that
    on to another facilitator who is there, and keeps it if there is none."""
    person = room.person(person_id)
    if person.presence is Presence.KNOCKING:
        return stop_waiting(room, person_id, now)
    gone = replace(person, presence=Presence.GONE, away_since=now, mic=False, page=None)
    room = room.with_person(gone)
    if room.lead == person_id:
        handed_on = with_a_lead(room)
        room = room if handed_on.lead is None else handed_on
    if room.floor.person != person_id:
        return room
    return close_turn(room, person_id, kept(room), person_id, now)


def connection(room: Room, event: Lost | Back, now: datetime) -> Room:
    """The floor waits for whoever is away; on the same page their microphone is as they left it."""
    person = room.person(event.person)
    if isinstance(event, Lost):
        return room.with_person(away(person, now))
    is_same = person.page == event.page
    back = replace(
        person,
        page=event.page,
        mic=person.mic and is_same,
        camera=person.camera and is_same,
    )
    return room.with_person(here(room, back))


def take_device(room: Room, event: presses.TakeDevice) -> Room:
    """Here from now on, with the microphone off: only a press on this page opens it."""
    person = replace(room.person(event.by), page=event.page, mic=False, camera=False)
    return room.with_person(here(room, person))


def here(room: Room, person: Person) -> Person:
    here = Presence.IN_LOBBY if room.phase is Phase.LOBBY else Presence.CONNECTED
    presence = Presence.KNOCKING if person.presence is Presence.KNOCKING else here
    return replace(person, presence=presence, away_since=None)


def away(person: Person, now: datetime) -> Person:
    is_knocking = person.presence is Presence.KNOCKING
    presence = Presence.KNOCKING if is_knocking else Presence.RECONNECTING
    return replace(person, presence=presence, away_since=now)


def restart(room: Room, event: Restarted, now: datetime) -> Room:
    """Whoever was on the way back could not come back then, so their grace begins anew too."""
    for person in room.people:
        is_away = person.id in event.people or person.away_since is not None
        if is_away and person.presence in INSIDE | {Presence.KNOCKING}:
            room = room.with_person(away(person, now))
    return room
