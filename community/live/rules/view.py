"""What one person sees of the circle: everything the page needs, and nothing of anybody's own.

What is private (a pass, what can be taken back, who knocks, who was removed) is left out here,
so no edge can let it through. Controls carry the answer of `may`: the page decides nothing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.live.rules import presses
from community.live.rules.answers import (
    AT_THE_DOOR,
    CONTROLS,
    INTERPRETS,
    OPENED,
    SENT_OUT,
    TO_LEAD,
    Answers,
)
from community.live.rules.echoes import echoes_for, said_by
from community.live.rules.events import Event
from community.live.rules.may import may, may_watch
from community.live.rules.orders import awaits_round, coming
from community.live.rules.questions import (
    heard,
    is_unanswered,
    kept_for,
    least_heard,
    may_be_chosen,
    next_up,
    only_listens,
    rests,
    round_is_over,
    unled_since,
)
from community.live.rules.room import (
    ABSENT_AFTER,
    BREAK_AFTER,
    CLOSES_WITHIN,
    FACILITATOR_GRACE,
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    OPEN,
    OUT,
    TURNS,
    UNANSWERED_AFTER,
    WELCOME,
    Ack,
    Entry,
    Holding,
    HoldReason,
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
)
from community.live.rules.snapshot import (
    Can,
    Knocker,
    Listener,
    Me,
    SeenAfter,
    SeenAsk,
    SeenEcho,
    SeenEntry,
    SeenFloor,
    SeenPerson,
    SentOut,
    Snapshot,
)
from community.live.rules.video import is_smooth, visible

# A pass looks like a share, and a turn that was cut short like one that comes later.
_TO_OTHERS = {
    Status.PASSED: Status.DONE,
    Status.SKIPPED: Status.DONE,
    Status.WRITTEN: Status.DONE,
    Status.OWED: Status.LATER,
}


def seen_by(room: Room, viewer_id: UUID, now: datetime) -> Snapshot:
    """What this person may see now, or `Refused`: a stranger, somebody who left or was removed."""
    may_watch(room, viewer_id).require()
    viewer = room.find(viewer_id)
    outside = Snapshot(
        version=room.version,
        phase=room.phase,
        me=None if viewer is None else about_me(room, viewer),
        can=Answers(room, viewer_id, now, CONTROLS),
    )
    if viewer is None:
        return outside
    if viewer.presence is Presence.KNOCKING:
        at = viewer.comes_in_at
        return replace(outside, ask_again_at=at if at is not None and at > now else None)
    leads = viewer.facilitates
    return replace(
        outside,
        hold=rests(room, now),
        prompt=room.prompt,
        guide=room.guide,
        round=room.round,
        ordering=room.ordering,
        is_by_hand=bool(room.arranged),
        floor=_floor(room, viewer_id),
        order=_order(room, viewer),
        coming=_coming(room, viewer, now),
        next=next_up(room, now),
        thanked=room.thanked,
        after=_after(room, viewer_id, now),
        echoes=_echoes(room, viewer_id),
        round_is_over=round_is_over(room, now),
        kept_for=kept_for(room, now),
        people=_people(room, viewer, now),
        listening=len(room.once(_listening)),
        listeners=room.once(_listeners) if leads else (),
        heard=tuple(sorted(heard(room))),
        seen=tuple(sorted(visible(room))),
        knocking=_knocking(room, viewer, now),
        sent_out=_sent_out(room, viewer, now),
        asks=_asks(room, viewer, now),
        typists=_typists(room, viewer_id),
        least_heard=least_heard(room, now) if leads else None,
        break_is_due=leads and _break_is_due(room, now),
        closing_is_due=leads and _closing_is_due(room, now),
        closes_soon=room.closes_soon,
        may_choose=not leads and may_be_chosen(room, now),
        ask_again_at=_ask_again_at(room, viewer, now),
    )


def about_me(room: Room, viewer: Person) -> Me:
    """What somebody sees of themselves."""
    entry, choice = room.entry(viewer.id), room.choice(viewer.id)
    return Me(
        id=viewer.id,
        name=viewer.name,
        part=viewer.part,
        way=viewer.way,
        presence=viewer.presence,
        mic=viewer.mic,
        camera=viewer.camera,
        mode=Mode.TYPED if _text_only(viewer) or viewer.way is Way.LISTEN else Mode.VOICE,
        page=viewer.page,
        resting=viewer.resting,
        stands_by=viewer.comes_in_at is not None,
        leads=room.lead == viewer.id,
        is_owed=entry is not None and entry.status in (Status.OWED, Status.WRITTEN),
        hand_is_up=room.phase is Phase.OPEN_FLOOR
        and entry is not None
        and entry.status in OPEN - {Status.LATER},
        ends=None if choice is None else choice.ends,
        spot=viewer.spot,
        offers_captions=viewer.id in room.typists,
        card=viewer.card,
        shows_card=viewer.shown_card is not None,
        quiet_after=viewer.quiet_after,
        without_sound=viewer.without_sound,
        is_smooth=is_smooth(room, viewer),
        only_listens=only_listens(room, viewer),
    )


def order_of(room: Room) -> tuple[Entry, ...]:
    """Whose turns are shown: of the round that is on, or of the one to come."""
    return room.once(_order_of)


def _order_of(room: Room) -> tuple[Entry, ...]:
    return room.queue or (() if room.phase in TURNS else tuple(map(Entry, coming(room))))


def _order(room: Room, viewer: Person) -> tuple[SeenEntry, ...]:
    others = to_others(room, viewer)
    place = room.once(places).get(viewer.id)
    if place is None:
        return others
    mine = entry_seen(room, order_of(room)[place], viewer)
    return (*others[:place], mine, *others[place + 1 :])


def to_others(room: Room, viewer: Person) -> tuple[SeenEntry, ...]:
    """That order as everybody sees it who leads, or doesn’t, as this viewer: but for their own
    place in it."""
    return room.once(_order_to_lead if viewer.facilitates else _order_to_members)


def places(room: Room) -> Mapping[UUID, int]:
    """Where in that order each person is."""
    return {each.person: place for place, each in enumerate(order_of(room))}


def _order_to_lead(room: Room) -> tuple[SeenEntry, ...]:
    return tuple(_entry(room, each, knows=each.status is Status.SKIPPED) for each in order_of(room))


def _order_to_members(room: Room) -> tuple[SeenEntry, ...]:
    return tuple(_entry(room, each) for each in order_of(room))


def _coming(room: Room, viewer: Person, now: datetime) -> tuple[SeenEntry, ...]:
    line = map(Entry, coming(room)) if room.round and awaits_round(room, now) else ()
    return tuple(entry_seen(room, each, viewer) for each in line)


def _floor(room: Room, viewer_id: UUID) -> SeenFloor:
    if isinstance(room.floor, Idle):
        return SeenFloor("idle")
    person = room.person(room.floor.person)
    seen = SeenFloor(
        kind="offered",
        person=person.id,
        name=person.name,
        card=person.shown_card,
        waiting=person.presence is Presence.RECONNECTING,
    )
    if isinstance(room.floor, Offered):
        return seen
    floor = room.floor
    return replace(
        seen,
        kind="holding",
        mode=floor.mode,
        wish=floor.wish,
        paused=floor.paused,
        nudged=floor.nudged and floor.person == viewer_id,
        typist=floor.typist,
    )


def _typists(room: Room, viewer_id: UUID) -> tuple[UUID, ...]:
    """Offers are told to whoever may take one, and are not asked about twice."""
    if not isinstance(room.floor, Holding) or room.floor.person != viewer_id:
        return ()
    return tuple(each for each in room.typists if each not in (viewer_id, room.floor.typist))


def entry_seen(room: Room, entry: Entry, viewer: Person) -> SeenEntry:
    """A place in the order as this person sees it."""
    is_me = entry.person == viewer.id
    knows = is_me or (viewer.facilitates and entry.status is Status.SKIPPED)  # by one of them
    return _entry(room, entry, knows=knows, is_me=is_me)


def _entry(room: Room, entry: Entry, *, knows: bool = False, is_me: bool = False) -> SeenEntry:
    person = room.person(entry.person)
    return SeenEntry(
        person=person.id,
        name=person.name,
        text_only=_text_only(person),
        presence=person.presence,
        resting=person.resting,
        status=entry.status if knows else _TO_OTHERS.get(entry.status, entry.status),
        is_me=is_me,
        card=person.shown_card,
    )


def _after(room: Room, viewer_id: UUID, now: datetime) -> SeenAfter | None:
    """Nobody is told what the others say to each other, nor that they do."""
    if room.after is None or room.after.person == viewer_id:
        return None
    person, said = room.after.person, said_by(room, viewer_id)
    return SeenAfter(
        person=person,
        name=room.person(person).name,
        wish=room.after.wish,
        acks={
            ack: may(room, presses.Acknowledge(viewer_id, person, ack), now).reason for ack in Ack
        },
        said=tuple(ack for ack in Ack if ack in said),
        reply=may(room, presses.Reply(viewer_id, person), now).reason,
        quiet=room.person(person).quiet_after,
    )


def _echoes(room: Room, viewer_id: UUID) -> tuple[SeenEcho, ...]:
    turn = None if room.after is None else room.after.turn
    return tuple(
        SeenEcho(each.number, room.person(each.by).name, each.ack, each.turn == turn)
        for each in echoes_for(room, viewer_id)
    )


def _text_only(person: Person) -> bool:
    """All that others see of the way: that somebody only listens today is their own affair."""
    return person.way is Way.TEXT or person.without_sound


def _people(room: Room, viewer: Person, now: datetime) -> tuple[SeenPerson, ...]:
    """Members may do nothing about each other, but ask an interpreter."""
    here = room.once(inside)
    if viewer.facilitates:
        return tuple(_person(room, each, viewer, now) for each in here)
    people = [*room.once(people_to_members)]
    for place, each in enumerate(here):
        if each is viewer or each.part is Part.INTERPRETER:
            people[place] = _person(room, each, viewer, now)
    return tuple(people)


def inside(room: Room) -> tuple[Person, ...]:
    """Who is here, or on their way back; in a gathering whoever only listens is counted instead."""
    here = (each for each in room.people if each.presence in INSIDE)
    return tuple(each for each in here if not only_listens(room, each))


def _listening(room: Room) -> tuple[Person, ...]:
    here = (each for each in room.people if each.presence in INSIDE)
    return tuple(each for each in here if only_listens(room, each))


def _listeners(room: Room) -> tuple[Listener, ...]:
    """By name, for a facilitator to find them."""
    found = (Listener(each.id, each.name) for each in room.once(_listening))
    return tuple(sorted(found, key=lambda each: (each.name.casefold(), each.id)))


def people_to_members(room: Room) -> tuple[SeenPerson, ...]:
    """Who is inside, as a member sees the others."""
    return tuple(_seen(room, each, is_me=False, can={}) for each in room.once(inside))


def _person(room: Room, person: Person, viewer: Person, now: datetime) -> SeenPerson:
    kinds: Mapping[str, type[Event]] = {}
    if viewer.facilitates:
        kinds = TO_LEAD
    elif person.part is Part.INTERPRETER:
        kinds = INTERPRETS
    can = Answers(room, viewer.id, now, kinds, person.id)
    return _seen(room, person, is_me=person.id == viewer.id, can=can)


def _seen(room: Room, person: Person, *, is_me: bool, can: Can) -> SeenPerson:
    return SeenPerson(
        id=person.id,
        name=person.name,
        part=person.part,
        text_only=_text_only(person),
        without_sound=person.without_sound,
        presence=person.presence,
        resting=person.resting,
        leads=room.lead == person.id,
        is_me=is_me,
        interprets_for=person.interprets_for,
        can=can,
    )


def _knocking(room: Room, viewer: Person, now: datetime) -> tuple[Knocker, ...]:
    if not viewer.facilitates:
        return ()
    return tuple(
        Knocker(
            each.id,
            each.name,
            each.comes_in_at is not None,
            Answers(room, viewer.id, now, AT_THE_DOOR, each.id),
        )
        for each in room.people
        if each.presence is Presence.KNOCKING
    )


def _sent_out(room: Room, viewer: Person, now: datetime) -> tuple[SentOut, ...]:
    """Members never learn who was."""
    if not viewer.facilitates:
        return ()
    return tuple(
        SentOut(
            each.id,
            each.name,
            each.presence is Presence.BANNED,
            Answers(room, viewer.id, now, SENT_OUT, each.id),
        )
        for each in room.people
        if each.presence in OUT
    )


def _asks(room: Room, viewer: Person, now: datetime) -> tuple[SeenAsk, ...]:
    """Nobody but whoever wrote it and the facilitators knows that there is one."""
    return tuple(
        SeenAsk(
            number=ask.number,
            person=ask.person,
            name=room.person(ask.person).name,
            kind=ask.kind,
            is_mine=ask.person == viewer.id,
            opened=ask.opened,
            unanswered=is_unanswered(room, ask, now),
            can=Answers(room, viewer.id, now, OPENED, ask.number) if viewer.facilitates else {},
        )
        for ask in room.asks
        if viewer.facilitates or ask.person == viewer.id
    )


def _break_is_due(room: Room, now: datetime) -> bool:
    is_on = room.phase in TURNS | WELCOME and room.hold is not HoldReason.BREAK
    return is_on and room.rested_at is not None and now - room.rested_at >= BREAK_AFTER


def _closing_is_due(room: Room, now: datetime) -> bool:
    is_on = room.phase is not Phase.LOBBY and not room.closes_soon
    return is_on and room.ends_at is not None and now >= room.ends_at - CLOSES_WITHIN


def _ask_again_at(room: Room, viewer: Person, now: datetime) -> datetime | None:
    """The next instant at which something else may be asked or told, though nobody pressed."""
    waits = [(each.away_since, FACILITATOR_GRACE) for each in room.people if each.facilitates]
    waits.append((unled_since(room), ABSENT_AFTER))
    if not isinstance(room.floor, Idle):
        grace = HOLDER_GRACE if isinstance(room.floor, Holding) else OFFERED_GRACE
        waits.append((room.person(room.floor.person).away_since, grace))
    if (choice := room.choice(viewer.id)) is not None:
        waits.append((choice.at, ABSENT_AFTER))
    waits += [(each.at, UNANSWERED_AFTER) for each in room.asks if each.person == viewer.id]
    if viewer.facilitates:
        waits += [(room.rested_at, BREAK_AFTER), (room.ends_at, -CLOSES_WITHIN)]
    ends = [since + wait for since, wait in waits if since is not None]
    return min((end for end in ends if end > now), default=None)
