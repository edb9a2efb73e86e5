"""What can be asked of a room: who is heard, who is here, who is next. Decided here only."""

from datetime import datetime, timedelta
from uuid import UUID

from community.live.rules.room import (
    ABSENT_AFTER,
    FACILITATOR_GRACE,
    HERE,
    INSIDE,
    MEMBER_GRACE,
    OPEN,
    PAGE_THAT_ASKS,
    PAGE_WITHOUT_SCRIPT,
    ROUNDS,
    TURNS,
    UNANSWERED_AFTER,
    WELCOME,
    Ask,
    Holding,
    HoldReason,
    Idle,
    Mode,
    Part,
    Person,
    Phase,
    Presence,
    Room,
    Status,
    Way,
)


def has_voice(room: Room, person: Person) -> bool:
    """May this person be heard if their own microphone is on?

    Facilitators while the circle is on; in a spoken turn that nobody has paused its holder, and
    whoever interprets for them. Nobody who is here without sound.
    """
    if person.without_sound:
        return False
    if person.facilitates:
        return room.phase is not Phase.LOBBY
    match room.floor:
        case Holding(mode=Mode.VOICE, paused=False):
            return room.hold is None and is_in_turn(room, person)
        case _:
            return False


def is_in_turn(room: Room, person: Person) -> bool:
    """Is it their turn, or that of whoever they interpret for?"""
    holds = room.floor.person if isinstance(room.floor, Holding) else None
    return holds is not None and holds in (person.id, person.interprets_for)


def heard(room: Room) -> frozenset[UUID]:
    """Who may be heard now. Decided here and nowhere else; everybody's receiver obeys it."""
    return room.once(_heard)


def _heard(room: Room) -> frozenset[UUID]:
    return frozenset(
        person.id
        for person in room.people
        if person.presence is Presence.CONNECTED and person.mic and has_voice(room, person)
    )


def reads(room: Room, person: UUID) -> bool:
    """May this person read what was typed? Whoever has been inside, also when they have left; not
    whoever waits at the door or was sent out."""
    found = room.find(person)
    return found is not None and found.presence in INSIDE | {Presence.GONE} and not found.must_knock


def only_listens(room: Room, person: Person) -> bool:
    """In a gathering: they take no turn, are not seen, and have no place in the order."""
    listens = person.part is Part.MEMBER and person.way is Way.LISTEN and not person.camera
    return room.gathers and listens and room.entry(person.id) is None


def is_expected(room: Room, person: UUID) -> bool:
    """Has this person come, and not left? Somebody who was removed is told so in the room."""
    found = room.find(person)
    return found is not None and found.presence is not Presence.GONE


def asks_again_within(page: UUID | None) -> timedelta:
    """How long a page without a line may be silent. A page that can’t say which has no script."""
    return PAGE_WITHOUT_SCRIPT if page is None else PAGE_THAT_ASKS


def is_on_page(room: Room, person: UUID, page: UUID | None) -> bool:
    """Is this the active page of somebody who is here, or knocks?"""
    found = room.find(person)
    return found is not None and found.page == page and found.away_since is None


def is_reachable(person: Person, now: datetime) -> bool:
    """Here, or gone for less than their grace: not yet known to be gone. And not resting."""
    is_known_away = person.resting or person.is_away_past(MEMBER_GRACE, now)
    return person.presence in INSIDE and not is_known_away


def is_led(room: Room, now: datetime) -> bool:
    """Is a facilitator here, or gone for less than their grace?"""
    return any(
        person.facilitates
        and person.presence in INSIDE
        and not person.is_away_past(FACILITATOR_GRACE, now)
        for person in room.people
    )


def unled_since(room: Room) -> datetime | None:
    """Since when it is known that no facilitator is here. None if one is, or none ever came."""
    led = (person for person in room.people if person.facilitates or person.led_until)
    away = [person.away_since if person.facilitates else person.led_until for person in led]
    known = [since for since in away if since is not None]
    if not known or len(known) < len(away):
        return None
    if room.phase is Phase.LOBBY and room.starts_at is not None:
        known.append(room.starts_at)  # who looked in early and went again is missed from then on
    return max(known)


def rests(room: Room, now: datetime) -> HoldReason | None:
    """Why no turn may begin now: somebody paused the room, or there is nobody to lead it.

    A running turn goes on, whoever is away; goodbyes can be said alone.
    """
    return room.once_at(now, _rests)


def _rests(room: Room, now: datetime) -> HoldReason | None:
    if room.hold is not None or is_led(room, now):
        return room.hold
    is_waiting = room.phase in TURNS | WELCOME and not isinstance(room.floor, Holding)
    return HoldReason.NO_FACILITATOR if is_waiting else None


def may_be_chosen(room: Room, now: datetime) -> bool:
    """May members choose how to go on? Nobody has led for long, that is known, and no turn runs."""
    since = unled_since(room)
    runs = isinstance(room.floor, Holding) and room.hold is None
    return since is not None and now - since >= ABSENT_AFTER and not runs


def chosen_to_end(room: Room) -> bool:
    """Have more than half of the members who are connected chosen to end?"""
    here = {each.id for each in room.people if each.presence in HERE and not each.facilitates}
    end = {each.person for each in room.choices if each.ends}
    return 2 * len(here & end) > len(here)


def is_unanswered(room: Room, ask: Ask, now: datetime) -> bool:
    """Nobody has opened it, and nobody is there to, or there was time enough."""
    lead = (each.id for each in room.people if each.facilitates and each.presence in HERE)
    hears = any(each != ask.person for each in lead)
    return not ask.opened and (not hears or now - ask.at >= UNANSWERED_AFTER)


def waiting_like(room: Room, person: UUID) -> tuple[UUID, ...]:
    """Everybody who waits as this person does, first come first: due, or later. Without whoever
    has the floor. Nobody if this person doesn't wait."""
    return next((line for line in room.once(_lines) if person in line), ())


def _lines(room: Room) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Who is due, and who comes later."""
    waiting = [
        entry for entry in room.queue if entry.status in OPEN and entry.person != room.floor.person
    ]
    return (
        tuple(each.person for each in waiting if each.status is Status.DUE),
        tuple(each.person for each in waiting if each.status is not Status.DUE),
    )


def offerable(room: Room, now: datetime) -> tuple[UUID, ...]:
    """Who may be offered the floor next, first come first: in a round everybody due before later
    and owed, with an open floor whoever raised a hand.

    Never whoever has it already. Somebody whose line dropped a moment ago counts; somebody
    known to be gone doesn't.
    """
    return room.once_at(now, _offerable)


def _offerable(room: Room, now: datetime) -> tuple[UUID, ...]:
    waiting = [
        entry
        for entry in room.queue
        if entry.status in OPEN
        and entry.person != room.floor.person
        and is_reachable(room.person(entry.person), now)
    ]
    due = [entry for entry in waiting if entry.status is Status.DUE]
    if room.phase is Phase.OPEN_FLOOR:
        due = waiting
    return tuple(entry.person for entry in due or waiting)


def next_up(room: Room, now: datetime) -> UUID | None:
    """Who is asked after whoever has the floor. With an open floor a facilitator says so."""
    if room.phase not in ROUNDS:
        return None
    return next(iter(offerable(room, now)), None)


def least_heard(room: Room, now: datetime) -> UUID | None:
    """Of all who raised a hand, the first of those with the fewest turns today."""
    hands = offerable(room, now) if room.phase is Phase.OPEN_FLOOR else ()
    return min(hands, key=lambda each: room.person(each).turns, default=None)


def asks_nobody(room: Room, now: datetime) -> bool:
    """Is there nobody in this round who could be offered the floor now?"""
    return room.phase in ROUNDS and room.floor == Idle() and not offerable(room, now)


def kept_for(room: Room, now: datetime) -> tuple[UUID, ...]:
    """Whose turn is all that is left of this round: they rest, or are on their way back."""
    left = room.queue if asks_nobody(room, now) else ()
    inside = (each for each in left if room.person(each.person).presence in INSIDE)
    return tuple(each.person for each in inside if each.status in OPEN)


def round_is_over(room: Room, now: datetime) -> bool:
    """Has everybody who is in had their turn, or passed?"""
    return asks_nobody(room, now) and not kept_for(room, now)
