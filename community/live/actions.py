"""What happens in a circle: lock the row, ask the machine, keep what it says."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import delete

from community.calls.actions import holding as calls_holding
from community.calls.actions import scheduling as calls_scheduling
from community.calls.models import Call
from community.calls.rules.call import CANCELLED, CallState, Format, Held, may_see
from community.calls.rules.seats import SeatState
from community.calls.rules.times import standby_comes_in_at
from community.core.actor import Actor
from community.core.db import db
from community.core.media import Ceilings
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.live import becoming, over, prepared, queries, sent_out
from community.live.held import HeldRoom, held, opened
from community.live.models import (
    HelpPress,
    LiveLine,
    PrivateLine,
    ProcessLease,
    RoomText,
)
from community.live.rules.effects import Ended
from community.live.rules.entry import Chosen, may_enter
from community.live.rules.events import (
    Back,
    Became,
    CalledOff,
    Empty,
    Event,
    Knock,
    Lost,
    NobodyCame,
    Restarted,
    Restored,
    System,
    Typed,
    Wire,
)
from community.live.rules.leading import Admit, HandOver, Opened, TakeOver
from community.live.rules.may import may
from community.live.rules.people import next_to_lead
from community.live.rules.presses import (
    Acknowledge,
    ClaimStandby,
    End,
    Help,
    Leave,
    Reply,
    Say,
    SendPrepared,
    SoundOff,
    Tell,
)
from community.live.rules.questions import asks_again_within, is_on_page
from community.live.rules.reasons import ENDED
from community.live.rules.room import (
    CLOSING,
    INSIDE,
    LEASE,
    Holding,
    Mode,
    Part,
    Phase,
    Presence,
    Room,
)
from community.live.rules.silence import comes_as, fall_silent, may_be_heard
from community.live.rules.step import Step, step
from community.live.taken import take
from community.safety.rules import not_muted


def enter(actor: Actor, call_id: UUID, chosen: Chosen, most: Ceilings, *, now: datetime) -> Step:
    """Come to the circle. The first to come opens its lobby; whoever is in already stays in, but
    without sound from now on if they chose that."""
    call, row = held(call_id)
    place = queries.place_in(actor, call_id)
    may_enter(actor, place, now).require()
    row = row or _open_lobby(call_id, most)
    room = row.room
    here = room.find(actor.id)
    part = Part.INTERPRETER if chosen.interprets and place.part is Part.MEMBER else place.part
    way, part = comes_as(actor, call.group_id, chosen.way, part)
    if here is not None and here.presence in INSIDE | {Presence.KNOCKING}:
        quiet = _noticed(row, SoundOff(actor.id), now) if chosen.without_sound else Step(room)
        return _after(quiet, _follow(row, actor, now))
    knock = Knock(
        by=actor.id,
        name=actor.name,
        part=part,
        way=way,
        place=place.number,
        confirmed=place.is_confirmed,
        card=place.card or None,
        hides_card=not chosen.shows_card,
        quiet_after=place.quiet_after,
        comes_in_at=standby_comes_in_at(place.starts_at)
        if place.seat is SeatState.STANDBY
        else None,
        spot=chosen.spot,
        without_sound=chosen.without_sound,
    )
    happened = _take(row, knock, now)
    _keep_line(row, actor.id, page=None, process=None, now=now)
    return happened


def happen(actor: Actor, call_id: UUID, event: Wire, event_id: UUID, *, now: datetime) -> Step:
    """A press. The same press again gets the same answer; a refused one changes nothing.

    To end what is over already is the same press again: nothing of the first one is kept.
    """
    call, row = _call_for(actor, call_id)
    if row is None and isinstance(event, End) and call.state is CallState.ENDED:
        return Step(Room(call_id, phase=Phase.ENDED))
    row = _on(row)
    taken = take(event_id, call_id, actor.id)
    if not taken.is_new:
        return Step(row.room)
    may_be_heard(actor, call.group_id, event).require()
    followed = _follow(row, actor, now)
    for person in next_to_lead(followed.room, event):
        followed = _after(followed, _follow(row, actor_of(person, now=now), now))
    match event:
        case ClaimStandby() | Admit():
            event = replace(event, kept=queries.kept_in(call_id))
        case Acknowledge():
            event = replace(event, arrives=actor.meets(event.person))
    happened = _after(followed, _take(row, event, now))
    sent_out.say(actor, call.group_id, followed.room, event, now)
    match event:
        case SendPrepared():
            _say(happened, actor.id, prepared.take(actor.id, call_id), event.mode is Mode.ALOUD)
        case Help():
            db.session.add(
                HelpPress(
                    call_id=call_id,
                    number=happened.room.version,
                    account_id=actor.id,
                    pressed_at=now,
                )
            )
        case Opened():
            db.session.execute(
                delete(HelpPress).where(
                    HelpPress.call_id == call_id, HelpPress.number == event.number
                )
            )
    return replace(happened, wordless=taken.wordless)


def write(
    actor: Actor, call_id: UUID, event: Typed, words: str, event_id: UUID, *, now: datetime
) -> Step:
    """Words of a typed turn, to whoever had one, or to the facilitators. They live in a row of
    their own and are erased with the circle. A reply that doesn’t arrive is kept nowhere."""
    call, found = _call_for(actor, call_id)
    row = _on(found)
    if not take(event_id, call_id, actor.id).is_new:
        return Step(row.room)
    may_be_heard(actor, call.group_id, event).require()
    if isinstance(event, Reply):
        event = replace(event, arrives=actor.meets(event.person))
    happened = _after(_follow(row, actor, now), _take(row, event, now))
    number = happened.room.version
    match event:
        case Say():
            _say(happened, actor.id, words, _is_aloud(happened.room))
        case Reply() if event.arrives:
            to, by = event.person, actor.id
            db.session.add(
                RoomText(call_id=call_id, account_id=by, number=number, words=words, reply_to=to)
            )
        case Tell():
            db.session.add(
                PrivateLine(call_id=call_id, account_id=actor.id, number=number, words=words)
            )
    return happened


def _say(happened: Step, by: UUID, words: str, aloud: bool) -> None:
    """These words are for everybody who is there."""
    room = happened.room
    db.session.add(
        RoomText(call_id=room.call_id, account_id=by, number=room.version, words=words, aloud=aloud)
    )


def _is_aloud(room: Room) -> bool:
    return isinstance(room.floor, Holding) and room.floor.mode is Mode.ALOUD


def came_back(
    actor: Actor, call_id: UUID, page: UUID | None, process: UUID | None, *, now: datetime
) -> Step:
    """This person’s page reaches us: by a line that `process` holds, or by asking now and then."""
    row = _on(_call_for(actor, call_id)[1])
    happened = _after(
        _noticed(row, Back(person=actor.id, page=page), now), _follow(row, actor, now)
    )
    if is_on_page(happened.room, actor.id, page):
        _keep_line(row, actor.id, page, process, now)
    return happened


def lost(
    call_id: UUID,
    person: UUID,
    page: UUID,
    process: UUID,
    has_line: Callable[[], bool],
    *,
    now: datetime,
) -> Step | None:
    """The last line of this page to this process is gone. None if nothing follows from that, or
    if it has a line after all: that is asked once the row is ours, so that nobody who comes back
    meanwhile is taken for gone."""
    _, row = held(call_id)
    line = queries.line_of(call_id, person)
    if row is None or line is None or (line.page, line.process) != (page, process) or has_line():
        return None
    db.session.delete(line)
    dropped = _noticed(row, Lost(person=person, page=page), now)
    return _after(dropped, _follow(row, actor_of(person, now=now), now))


def follow(actor: Actor, call_id: UUID, *, now: datetime) -> Step | None:
    """Let the room know what this person is in it by now. None if it does already."""
    _, row = held(call_id)
    if row is None:
        return None
    room = row.room
    event = becoming.become(actor, row.call, room)
    return _take(row, event, now) if may(room, event, now) else None


def keep_within_bounds(actor: Actor, *, now: datetime) -> list[Step]:
    """Something has been decided about this person: each circle that is on learns what they are
    in it by now, and whoever may not write does nothing but listen from here on."""
    steps = []
    for call_id in queries.circles_with(actor.id):
        call, row = held(call_id)
        if row is not None:
            happened = _follow(row, actor, now)
            if not not_muted(actor, call.group_id):
                for press in fall_silent(happened.room, actor.id):
                    happened = _after(happened, _noticed(row, press, now))
            steps.append(happened)
    return steps


def follow_who_leads(*, now: datetime) -> list[Step]:
    """The same for whoever leads a circle that is on, however the rows came to be changed."""
    gone = becoming.who_leads_no_more(queries.kept_rooms(), now)
    steps = [follow(actor, call, now=now) for call, actor in gone]
    return [step for step in steps if step is not None]


def notice(call_id: UUID, event: Empty | NobodyCame | Restored, *, now: datetime) -> Step | None:
    """What the system saw of this circle, or moderators decided about a place in it, if it still
    changes anything. None if it is over."""
    _, row = held(call_id)
    return _noticed(row, event, now) if row else None


def call_off(*, now: datetime) -> list[Step]:
    """Whose call was cancelled while they waited in its lobby waits there no longer."""
    steps = []
    for call_id in over.called_off():
        _, row = held(call_id)
        if row is not None:
            steps.append(_take(row, CalledOff(), now))
    return steps


def keep_lease(process: UUID, *, now: datetime) -> None:
    """This process answers. Those that have been silent for too long are forgotten."""
    lease = db.session.get(ProcessLease, process, populate_existing=True)
    if lease is None:
        db.session.add(ProcessLease(id=process, until=now + LEASE))
    else:
        lease.until = now + LEASE
    db.session.execute(delete(ProcessLease).where(ProcessLease.until <= now))
    db.session.flush()


def close_ended_lines(*, now: datetime) -> list[Step]:
    """Whoever was held by a process that is gone, or has stopped asking, is on their way back."""
    ended = queries.ended_lines(now)
    steps = [_close(call_id, now) for call_id in sorted({line.call_id for line in ended})]
    return [step for step in steps if step is not None]


def after_restart(*, now: datetime) -> list[Step]:
    """A process begins. If none was there before, nobody knows how long that was: whoever was
    here is on their way back, with a fresh grace. Otherwise leases say who is gone."""
    steps = []
    for room in queries.rooms_that_are_on():
        _, row = held(room.call_id)
        if queries.somebody_answers(now):  # or has begun meanwhile, and somebody came back to it
            break
        if row is not None:
            everybody = frozenset(person.id for person in room.people)
            steps.append(_noticed(row, Restarted(everybody), now))
            db.session.execute(delete(LiveLine).where(LiveLine.call_id == room.call_id))
    return steps


def help_is_known(help_id: UUID) -> None:
    """The moderators have it: nothing of it is left here."""
    db.session.execute(delete(HelpPress).where(HelpPress.id == help_id))


def _close(call_id: UUID, now: datetime) -> Step | None:
    _, row = held(call_id)
    ended = [line for line in queries.ended_lines(now) if line.call_id == call_id]
    if row is None or not ended:
        return None
    cut = frozenset(line.account_id for line in ended if line.process is not None)
    steps = [_noticed(row, Restarted(cut), now)] if cut else []
    for line in ended:
        if line.process is None:
            steps.append(_noticed(row, Lost(line.account_id, line.page), now))
        steps.append(_follow(row, actor_of(line.account_id, now=now), now))
        db.session.delete(line)
    db.session.flush()
    return Step(steps[-1].room, tuple(effect for step in steps for effect in step.effects))


def _keep_line(
    row: HeldRoom, person: UUID, page: UUID | None, process: UUID | None, now: datetime
) -> None:
    line = queries.line_of(row.call_id, person)
    if line is None:
        line = LiveLine(call_id=row.call_id, account_id=person)
        db.session.add(line)
    line.page, line.process = page, process
    line.until = now + asks_again_within(page) if process is None else None
    if process is not None:
        keep_lease(process, now=now)
    db.session.flush()


def _call_for(actor: Actor, call_id: UUID) -> tuple[Held, HeldRoom | None]:
    """The call and the room of its circle, for somebody who belongs to its group now. Whoever has
    left can do nothing."""
    call, row = held(call_id)
    may_see(actor, call).require()
    if call.state is CallState.CANCELLED:
        raise Refused(CANCELLED)
    return call, row


def _on(row: HeldRoom | None) -> HeldRoom:
    """The row, of a circle that is on."""
    if row is None:
        raise Refused(ENDED)
    return row


def _noticed(row: HeldRoom, event: System | Wire, now: datetime) -> Step:
    """What the system saw, if it still changes anything."""
    room = row.room
    return _take(row, event, now) if may(room, event, now) else Step(room)


def _follow(row: HeldRoom, actor: Actor, now: datetime) -> Step:
    """Who leads, and who belongs here, is as the rows say now, whatever the room still says.

    It refuses nothing: whoever leads no more can leave, and close their microphone.
    """
    return _noticed(row, becoming.become(actor, row.call, row.room), now)


def _after(first: Step, then: Step) -> Step:
    """Both, as one."""
    return Step(then.room, (*first.effects, *then.effects))


def _open_lobby(call_id: UUID, most: Ceilings) -> HeldRoom:
    call = db.session.get_one(Call, call_id)
    ends_at = call.starts_at + timedelta(minutes=call.minutes)
    room = Room(
        call.id,
        prompt=call.about,
        guide=call.guide,
        starts_at=call.starts_at,
        ends_at=ends_at,
        ceilings=most.of_a_gathering() if call.format is Format.GATHERING else most,
        seed=token_urlsafe(32),
    )
    calls_scheduling.move_to(call.id, CallState.LOBBY)
    return opened(call, room)


def _take(row: HeldRoom, event: Event, now: datetime) -> Step:
    before = row.room
    happened = step(before, event, now)
    if happened.room.phase is Phase.ENDED:
        row.room = happened.room
        for effect in happened.effects:
            if isinstance(effect, Ended):
                over.end(row, before, effect, now)
        return happened
    row.keep(happened.room)
    if (state := _call_state(happened.room)) is not _call_state(before):
        calls_scheduling.move_to(row.call_id, state)
    elif _hands_on(before, event) and happened.room.lead is not None:
        calls_holding.lead_in_room(row.call_id, happened.room.lead)
    return happened


def _hands_on(before: Room, event: Event) -> bool:
    """May somebody else lead after this? Whoever comes first or starts it takes it from nobody."""
    is_own = isinstance(event, Knock | Leave) and before.lead == event.by
    return is_own or isinstance(event, HandOver | TakeOver | Became)


def _call_state(room: Room) -> CallState:
    if room.phase is Phase.LOBBY:
        return CallState.LOBBY
    return CallState.CLOSING if room.phase in CLOSING else CallState.LIVE
