"""Whose place here has changed: sent out for this call, let back, no longer or newly leading.

Guards first, then what follows. Coming and going of one's own is in `people`.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.live.rules import leading
from community.live.rules.events import Became
from community.live.rules.floor import join_line, offer_next, queue_without, undos_without
from community.live.rules.people import admit, leave, with_a_lead
from community.live.rules.questions import has_voice
from community.live.rules.reasons import (
    A_FACILITATOR,
    BANNED,
    LEFT,
    NO_ROOM,
    NOT_HERE,
    NOT_OUT,
    NOTHING_CHANGED,
    REMOVED,
    STANDS_BY,
    WAITING,
    WHY_FIRST,
)
from community.live.rules.room import INSIDE, OUT, Part, Person, Presence, Room


def not_out(person: Person) -> Verdict:
    """Whoever was sent out of this circle has no door to it."""
    if person.presence is Presence.BANNED:
        return no(BANNED)
    return no(REMOVED) if person.presence is Presence.REMOVED else YES


def not_away(person: Person) -> Verdict:
    return not_out(person) and (no(LEFT) if person.presence is Presence.GONE else YES)


def may_remove(person: Person | None, why: str) -> Verdict:
    """Never a facilitator, and so never oneself; and never without a word about why."""
    if person is None or person.presence in OUT:
        return no(NOT_HERE)
    if person.facilitates:
        return no(A_FACILITATOR)
    return YES if why.strip() else no(WHY_FIRST)


def may_ban(person: Person | None, why: str) -> Verdict:
    """Whoever was removed has been told why already."""
    if person is not None and person.presence is Presence.REMOVED:
        return YES
    return may_remove(person, why)


def may_unban(person: Person | None) -> Verdict:
    return YES if person is not None and person.presence in OUT else no(NOT_OUT)


def may_restore(person: Person | None) -> Verdict:
    """Also whoever a facilitator has let back meanwhile: they needn’t knock any more."""
    return YES if person is not None and person.must_knock else no(NOT_OUT)


def may_claim(room: Room, me: Person, kept: frozenset[UUID], now: datetime) -> Verdict:
    """Whoever stands by waits until it is known who is late."""
    if me.presence is not Presence.KNOCKING or me.comes_in_at is None:
        return no(WAITING)
    if now < me.comes_in_at:
        return no(STANDS_BY)
    return YES if has_room(room, kept, me.id) else no(NO_ROOM)


def has_room(room: Room, kept: frozenset[UUID], person: UUID) -> bool:
    """As many as can be heard well; and everybody for whom a place is `kept` comes in, always."""
    inside = {
        each.id
        for each in room.people
        if each.presence in INSIDE | {Presence.GONE} and not each.must_knock
    }
    return person in kept or len(inside | kept) < room.ceilings.voices


def changes_part(room: Room, event: Became) -> Verdict:
    """Nobody’s turn ends because they may lead from now on: that waits for its end."""
    person = room.find(event.person)
    if person is None:
        return no(NOT_FOUND)
    if not (here := not_away(person)) or event.part is None:
        return here
    if person.presence is Presence.KNOCKING and event.has_seat and not person.must_knock:
        return YES
    leads = event.part is Part.FACILITATOR
    waits = leads and room.floor.person == person.id
    return no(NOTHING_CHANGED) if waits or leads is person.facilitates else YES


def send_out(room: Room, event: leading.Remove | leading.Ban, now: datetime) -> Room:
    """Nothing of theirs stays but the fact, so that they can’t come back."""
    presence = Presence.BANNED if isinstance(event, leading.Ban) else Presence.REMOVED
    out = replace(
        room.person(event.person),
        presence=presence,
        mic=False,
        camera=False,
        card=None,
        page=None,
        must_knock=True,
    )
    had_floor = room.floor.person == event.person
    room = replace(
        room.with_person(out),
        queue=queue_without(room, event.person),
        undos=undos_without(room, event.person),
        asks=tuple(each for each in room.asks if each.person != event.person),
        choices=tuple(each for each in room.choices if each.person != event.person),
        thanked=None if room.thanked == event.person else room.thanked,
        after=None if room.after and room.after.person == event.person else room.after,
        echoes=tuple(each for each in room.echoes if event.person not in (each.to, each.by)),
    )
    return offer_next(room, event.by, now) if had_floor else room


def let_back(room: Room, person_id: UUID, now: datetime) -> Room:
    """They may ask to come in again, and are let in by a facilitator, whatever their seat."""
    return room.with_person(replace(room.person(person_id), presence=Presence.GONE, away_since=now))


def restore(room: Room, person_id: UUID, now: datetime) -> Room:
    """They come in as anybody does who was here before; whoever waits at the door is in."""
    person = room.person(person_id)
    if person.presence is Presence.KNOCKING:
        return admit(room, person_id)
    gone = replace(person, presence=Presence.GONE, away_since=now, must_knock=False)
    return room.with_person(gone)


def became(room: Room, event: Became, now: datetime) -> Room:
    """What the rows say, from now on. Whoever led hands that on, to whoever else may."""
    person = room.person(event.person)
    match event.part:
        case None:
            room = leave(room, person.id, now)
        case Part.FACILITATOR:
            room = _leads(room, person)
        case _ if person.facilitates:
            room = _leads_no_more(room, person, now)
        case _:
            room = admit(room, person.id)
    return with_a_lead(room)


def _leads(room: Room, person: Person) -> Room:
    leads = replace(person, part=Part.FACILITATOR, led_until=None, resting=False)
    room = replace(
        room.with_person(leads),
        queue=queue_without(room, person.id),
        undos=undos_without(room, person.id),
    )
    return admit(room, person.id) if person.presence is Presence.KNOCKING else room


def _leads_no_more(room: Room, person: Person, now: datetime) -> Room:
    member = replace(person, part=Part.MEMBER, led_until=now)
    room = room.with_person(member)
    member = replace(member, mic=member.mic and has_voice(room, member))
    room = room.with_person(member)
    return join_line(room, member.id) if member.takes_turns else room
