"""What one person sees of the circle: everything the page needs, and nothing of anybody's own.

What is private (a pass, what can be taken back, who knocks, who was removed) is left out here,
so no edge can let it through. Controls carry the answer of `may`: the page decides nothing.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.live.rules import leading, presses
from community.live.rules.events import Event
from community.live.rules.may import may, may_watch
from community.live.rules.questions import (
    heard,
    is_unanswered,
    least_heard,
    line_up,
    may_be_chosen,
    next_up,
    rests,
    round_is_over,
    unled_since,
)
from community.live.rules.room import (
    ABSENT_AFTER,
    BREAK_AFTER,
    FACILITATOR_GRACE,
    HOLDER_GRACE,
    INSIDE,
    OFFERED_GRACE,
    OPEN,
    TURNS,
    UNANSWERED_AFTER,
    Entry,
    Holding,
    HoldReason,
    Idle,
    Mode,
    Offered,
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
    Me,
    SeenAsk,
    SeenEntry,
    SeenFloor,
    SeenPerson,
    Snapshot,
)
from community.live.rules.wire import wire_name

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
        me=None if viewer is None else _me(room, viewer),
        can=_answers(room, _controls(viewer_id, room.version), now),
    )
    if viewer is None or viewer.presence is Presence.KNOCKING:
        return outside
    inside = [each for each in room.people if each.presence in INSIDE]
    leads = viewer.facilitates
    return replace(
        outside,
        hold=rests(room, now),
        prompt=room.prompt,
        floor=_floor(room, viewer_id),
        order=tuple(_entry(room, each, viewer) for each in _order(room)),
        next=next_up(room, now),
        thanked=room.thanked,
        round_is_over=round_is_over(room, now),
        people=tuple(_person(room, each, viewer, now) for each in inside),
        heard=tuple(sorted(heard(room))),
        knocking=_knocking(room, viewer, now),
        asks=_asks(room, viewer, now),
        least_heard=least_heard(room, now) if leads else None,
        break_is_due=leads and _break_is_due(room, now),
        may_choose=not leads and may_be_chosen(room, now),
        ask_again_at=_ask_again_at(room, viewer, now),
    )


def _controls(by: UUID, seen: int) -> tuple[Event, ...]:
    """One press of everything on the page that is about the viewer or the whole room."""
    return (
        presses.Leave(by),
        leading.Start(by),
        leading.BeginRound(by, seen),
        leading.OpenFloor(by, seen),
        presses.RaiseHand(by),
        presses.LowerHand(by),
        leading.SayGoodbye(by, seen),
        presses.End(by),
        presses.WaitMore(by),
        presses.Accept(by, seen, Mode.VOICE),
        presses.Pass(by, seen),
        presses.Later(by, seen),
        presses.ListenOnly(by, seen),
        presses.Finish(by, seen),
        presses.TakeBack(by, seen),
        presses.MoveOn(by, seen),
        presses.StepAway(by, seen),
        presses.ComeBack(by),
        presses.SetMode(by, Mode.VOICE),
        presses.Pause(by),
        presses.Resume(by),
        presses.Say(by),
        presses.Tell(by),
        presses.Help(by),
        presses.MicOn(by),
        presses.MicOff(by),
        leading.Hold(by),
        leading.Break(by),
        leading.Release(by),
        leading.TakeOver(by),
    )


def _answers(room: Room, presses: tuple[Event, ...], now: datetime) -> Can:
    return {wire_name(type(press)): may(room, press, now).reason for press in presses}


def _me(room: Room, viewer: Person) -> Me:
    entry, choice = room.entry(viewer.id), room.choice(viewer.id)
    return Me(
        id=viewer.id,
        name=viewer.name,
        part=viewer.part,
        way=viewer.way,
        presence=viewer.presence,
        mic=viewer.mic,
        mode=Mode.VOICE if viewer.way is Way.VOICE else Mode.TYPED,
        page=viewer.page,
        resting=viewer.resting,
        leads=room.lead == viewer.id,
        is_owed=entry is not None and entry.status in (Status.OWED, Status.WRITTEN),
        hand_is_up=room.phase is Phase.OPEN_FLOOR and entry is not None and entry.status in OPEN,
        ends=None if choice is None else choice.ends,
    )


def _order(room: Room) -> tuple[Entry, ...]:
    return room.queue or (() if room.phase in TURNS else line_up(room))


def _floor(room: Room, viewer_id: UUID) -> SeenFloor:
    if isinstance(room.floor, Idle):
        return SeenFloor("idle")
    person = room.person(room.floor.person)
    seen = SeenFloor(
        kind="offered",
        person=person.id,
        name=person.name,
        card=person.card,
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
    )


def _entry(room: Room, entry: Entry, viewer: Person) -> SeenEntry:
    person, is_me = room.person(entry.person), entry.person == viewer.id
    knows = is_me or (viewer.facilitates and entry.status is Status.SKIPPED)  # by one of them
    return SeenEntry(
        person=person.id,
        name=person.name,
        text_only=_text_only(person),
        presence=person.presence,
        resting=person.resting,
        status=entry.status if knows else _TO_OTHERS.get(entry.status, entry.status),
        is_me=is_me,
    )


def _text_only(person: Person) -> bool:
    """All that others see of the way: that somebody only listens today is their own affair."""
    return person.way is Way.TEXT


def _person(room: Room, person: Person, viewer: Person, now: datetime) -> SeenPerson:
    presses: tuple[Event, ...] = ()
    if viewer.facilitates:
        presses = (
            leading.Offer(viewer.id, room.version, person.id),
            leading.Nudge(viewer.id, person.id),
            leading.MoveUp(viewer.id, person.id),
            leading.MoveDown(viewer.id, person.id),
            leading.Skip(viewer.id, person.id),
            leading.AddAgain(viewer.id, person.id),
            leading.HandOver(viewer.id, person.id),
            leading.Mute(viewer.id, person.id),
            leading.Remove(viewer.id, person.id, why="…"),
        )
    return SeenPerson(
        id=person.id,
        name=person.name,
        part=person.part,
        text_only=_text_only(person),
        presence=person.presence,
        resting=person.resting,
        leads=room.lead == person.id,
        is_me=person.id == viewer.id,
        can=_answers(room, presses, now),
    )


def _knocking(room: Room, viewer: Person, now: datetime) -> tuple[Knocker, ...]:
    if not viewer.facilitates:
        return ()
    return tuple(
        Knocker(
            each.id,
            each.name,
            _answers(
                room, (leading.Admit(viewer.id, each.id), leading.Refuse(viewer.id, each.id)), now
            ),
        )
        for each in room.people
        if each.presence is Presence.KNOCKING
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
            can=_answers(room, (leading.Opened(viewer.id, ask.number),), now)
            if viewer.facilitates
            else {},
        )
        for ask in room.asks
        if viewer.facilitates or ask.person == viewer.id
    )


def _break_is_due(room: Room, now: datetime) -> bool:
    is_on = room.phase in TURNS | {Phase.OPENING} and room.hold is not HoldReason.BREAK
    return is_on and room.rested_at is not None and now - room.rested_at >= BREAK_AFTER


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
        waits.append((room.rested_at, BREAK_AFTER))
    ends = [since + wait for since, wait in waits if since is not None]
    return min((end for end in ends if end > now), default=None)
