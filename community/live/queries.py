"""What is there of a circle: places, the room, the words typed in turns."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Uuid, and_, bindparam, cast, null, or_, select, union_all
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.accounts.rules import liking
from community.calls.models import Attendance, Call, Seat
from community.calls.queries import roster_of
from community.calls.rules.call import CallState
from community.calls.rules.seats import TAKEN, SeatState, Was
from community.core.actor import Actor
from community.core.asking import columns
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.live.becoming import part_in
from community.live.models import (
    HelpPress,
    LiveLine,
    LiveRoom,
    PreparedShare,
    PrivateLine,
    ProcessLease,
    RoomText,
)
from community.live.rules.echoes import echoes_for
from community.live.rules.entry import Place
from community.live.rules.hidden import is_hidden
from community.live.rules.questions import (
    asks_again_within,
    is_on_page,
    is_unanswered,
    reads,
)
from community.live.rules.reasons import ENDED
from community.live.rules.room import Part, Presence, Room
from community.live.rules.stored import Kept, from_text


@dataclass(frozen=True, slots=True)
class Said:
    """One piece of a typed turn."""

    id: UUID
    person: UUID
    words: str
    aloud: bool = False  # each listener’s device may read it
    number: int = 0


@dataclass(frozen=True, slots=True)
class Share:
    """Something typed in a circle, as one person may read it."""

    id: UUID
    call_id: UUID
    group_id: UUID
    by: UUID
    name: str
    words: str
    to_me: bool  # and to nobody else
    number: int
    hidden: bool  # from this person: a facilitator has hidden the words


@dataclass(frozen=True, slots=True)
class Prepared:
    """What somebody wrote before for their own turn, and waits to be sent."""

    words: str
    aloud: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """What was typed in a circle: for everybody, by number for the facilitators, by number for
    one speaker, and by person what waits to be sent."""

    said: Sequence[Said] = ()
    lines: Mapping[int, str] = field(default_factory=dict)
    replies: Mapping[int, str] = field(default_factory=dict)
    prepared: Mapping[UUID, Prepared] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Somebody pressed for help, and no facilitator has opened it: the fact, no words."""

    id: UUID
    call_id: UUID
    account_id: UUID
    pressed_at: datetime


def place_in(actor: Actor, call_id: UUID) -> Place:
    """What the rows say about this person's place in the call. `Refused(NOT_FOUND)` for whoever
    isn't in its group."""
    host, co_host = aliased(Account), aliased(Account)
    row = db.session.execute(
        select(
            Call,
            Seat.state,
            Seat.place,
            Seat.listens,
            Account.access_card,
            Account.in_circles,
            host.name.label("host"),
            co_host.name.label("co_host"),
        )
        .outerjoin(Seat, and_(Seat.call_id == Call.id, Seat.account_id == actor.id))
        .outerjoin(host, host.id == Call.facilitator_id)
        .outerjoin(co_host, co_host.id == Call.co_facilitator_id)
        .outerjoin(Account, Account.id == actor.id)
        .where(Call.id == call_id, Call.group_id.in_(actor.groups))
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    call: Call = row.Call
    leads = part_in(actor, call) is Part.FACILITATOR
    return Place(
        call_id=call.id,
        group_id=call.group_id,
        title=call.title,
        about=call.about,
        starts_at=call.starts_at,
        minutes=call.minutes,
        seats=call.seats,
        state=call.state,
        host=row.host or "",
        part=Part.FACILITATOR if leads else Part.MEMBER,
        number=row.place if row.place is not None else 1_000_000,
        is_confirmed=leads or row.state is SeatState.CONFIRMED,
        has_seat=row.state is SeatState.CONFIRMED,
        card=row.access_card or "",
        quiet_after=liking(row.in_circles or {}).quiet_after,
        seat=row.state,
        listens=bool(row.listens),
        co_host=row.co_host or "",
        guide=call.guide,
        language=call.language,
        format=call.format,
    )


def kept_in(call_id: UUID) -> frozenset[UUID]:
    """For whom there has to be room, however late they come: who has a seat, who is offered one,
    and who leads."""
    call = db.session.get_one(Call, call_id)
    seated = (place.who for place in roster_of(call).places if place.state in TAKEN)
    everybody = (call.facilitator_id, call.co_facilitator_id, *seated)
    return frozenset(each for each in everybody if each is not None)


# Made once, because every signal and every board asks for these.
_ROOM = (
    select(LiveRoom.state)
    .join(Call, Call.id == LiveRoom.call_id)
    .where(
        LiveRoom.call_id == bindparam("call"),
        Call.group_id.in_(bindparam("groups", expanding=True)),
        Call.state != CallState.CANCELLED,
    )
)
_ROOMS = select(LiveRoom.state).order_by(LiveRoom.call_id)  # as they are locked, one by one
_PREPARED = select(PreparedShare.account_id, PreparedShare.words, PreparedShare.aloud).where(
    PreparedShare.call_id == bindparam("call")
)
_TYPED = union_all(
    select(
        RoomText.account_id,
        RoomText.words,
        RoomText.aloud,
        RoomText.id,
        RoomText.number,
        RoomText.reply_to,
    ).where(RoomText.call_id == bindparam("call")),
    _PREPARED.add_columns(cast(null(), Uuid()), cast(null(), Integer()), cast(null(), Uuid())),
).order_by("number")


def room_of(actor: Actor, call_id: UUID) -> Room | None:
    """The room, if one is on in a group of this person's."""
    state = columns(_ROOM, {"call": call_id, "groups": list(actor.groups)}).scalar()
    return None if state is None else from_text(state)


def room_for(actor: Actor, call_id: UUID) -> Room:
    """The room. `Refused`: not found for whoever isn’t in its group, over if it isn’t on."""
    room = room_of(actor, call_id)
    if room is None:
        place_in(actor, call_id)  # refuses whoever may not know that there is such a call
        raise Refused(ENDED)
    return room


def kept_rooms() -> Iterator[Kept]:
    """Every circle that is on, each read when it is its turn."""
    return map(Kept, columns(_ROOMS, {}).scalars())


def rooms_that_are_on() -> Iterator[Room]:
    """The same, put together."""
    return (kept.room for kept in kept_rooms())


def is_any_on() -> bool:
    """Is there any circle that is on?"""
    return db.session.scalar(select(LiveRoom.call_id).limit(1)) is not None


def circles_with(account_id: UUID) -> list[UUID]:
    """Every circle that is on and has this person in it, in the order they are locked."""
    return [room.call_id for room in rooms_that_are_on() if room.find(account_id) is not None]


def lobbies(now: datetime) -> list[tuple[Room, datetime]]:
    """Every circle that is on though its call was to start before now, and when that was."""
    rows = db.session.execute(
        select(LiveRoom.state, Call.starts_at)
        .join(Call, Call.id == LiveRoom.call_id)
        .where(Call.state == CallState.LOBBY, Call.starts_at < now)
    )
    return [(from_text(state), starts_at) for state, starts_at in rows]


def texts_of(room: Room) -> Texts:
    """What was typed so far, in order."""
    rows = columns(_TYPED, {"call": room.call_id}).all()
    typed = [row for row in rows if row.number is not None]
    lines = select(PrivateLine.number, PrivateLine.words).where(PrivateLine.call_id == room.call_id)
    private = db.session.execute(lines).all() if room.asks else []
    return Texts(
        said=[
            Said(row.id, row.account_id, row.words, row.aloud, row.number)
            for row in typed
            if row.reply_to is None
        ],
        lines={row.number: row.words for row in private},
        replies={row.number: row.words for row in typed if row.reply_to is not None},
        prepared={
            row.account_id: Prepared(row.words, row.aloud) for row in rows if row.number is None
        },
    )


def shares_for(actor: Actor, room: Room) -> Sequence[Share]:
    """What was typed that this person may read, in order; hidden words as none, but for their
    writer."""
    if not reads(room, actor.id):
        return []
    heard = [echo.number for echo in echoes_for(room, actor.id)]
    rows = db.session.execute(
        select(RoomText, Call.group_id, Account.name)
        .join(Call, Call.id == RoomText.call_id)
        .join(Account, Account.id == RoomText.account_id)
        .where(
            RoomText.call_id == room.call_id,
            or_(
                RoomText.reply_to.is_(None),
                and_(RoomText.reply_to == actor.id, RoomText.number.in_(heard)),
            ),
        )
        .order_by(RoomText.number)
    )
    return [_share(room, actor, *row) for row in rows]


def _share(room: Room, reader: Actor, text: RoomText, group_id: UUID, name: str) -> Share:
    hidden = is_hidden(room, text.number) and text.account_id != reader.id
    return Share(
        id=text.id,
        call_id=text.call_id,
        group_id=group_id,
        by=text.account_id,
        name=name,
        words="" if hidden else text.words,
        to_me=text.reply_to is not None,
        number=text.number,
        hidden=hidden,
    )


def are_hidden(text_id: UUID) -> bool:
    """Are these words of a circle that is on hidden?"""
    rooms = select(LiveRoom.state, RoomText.number).join(
        RoomText, RoomText.call_id == LiveRoom.call_id
    )
    found = db.session.execute(rooms.where(RoomText.id == text_id)).one_or_none()
    return found is not None and is_hidden(from_text(found.state), found.number)


def who_was_in(calls: Collection[UUID]) -> Mapping[UUID, frozenset[UUID]]:
    """Who holds each of these calls, or was in its circle, as far as it is still known."""
    if not calls:
        return {}
    there: dict[UUID, set[UUID | None]] = defaultdict(set)
    holders = select(Call.id, Call.facilitator_id, Call.co_facilitator_id)
    for call_id, *both in db.session.execute(holders.where(Call.id.in_(calls))):
        there[call_id].update(both)
    came = select(Attendance.call_id, Attendance.account_id).where(
        Attendance.call_id.in_(calls), Attendance.was == Was.ATTENDED
    )
    for call_id, account_id in db.session.execute(came):
        there[call_id].add(account_id)
    rooms = select(LiveRoom.state).where(LiveRoom.call_id.in_(calls))
    for room in map(from_text, db.session.scalars(rooms)):
        there[room.call_id].update(
            person.id for person in room.people if person.presence is not Presence.KNOCKING
        )
    return {call: frozenset(who for who in found if who) for call, found in there.items()}


def prepared_in(call_id: UUID) -> Mapping[UUID, Prepared]:
    """What everybody has ready, by person: only its owner may be shown it."""
    rows = db.session.execute(_PREPARED, {"call": call_id})
    return {row.account_id: Prepared(row.words, row.aloud) for row in rows}


def prepared_by(account_id: UUID, call_id: UUID) -> Prepared | None:
    """What this person has ready for this call."""
    row = db.session.get(PreparedShare, (call_id, account_id))
    return None if row is None else Prepared(row.words, row.aloud)


def line_of(call_id: UUID, account_id: UUID) -> LiveLine | None:
    """How this person’s page reaches us, if we know."""
    return db.session.get(LiveLine, (call_id, account_id), populate_existing=True)


def is_fresh(room: Room, account_id: UUID, page: UUID | None, now: datetime) -> bool:
    """Do we know for long enough that this page is there, or is it not the active one anyway?"""
    if not is_on_page(room, account_id, page):
        return True
    line = line_of(room.call_id, account_id)
    if line is None or line.page != page:
        return False
    return line.until is None or line.until - now > asks_again_within(page) / 2


def lines_to(process: UUID) -> Sequence[tuple[UUID, UUID, UUID]]:
    """The lines that this process is said to hold: of which call, whose, and which page."""
    held = select(LiveLine.call_id, LiveLine.account_id, LiveLine.page)
    rows = db.session.execute(held.where(LiveLine.process == process, LiveLine.page.is_not(None)))
    return [(row.call_id, row.account_id, row.page) for row in rows]


def ended_lines(now: datetime) -> Sequence[LiveLine]:
    """The lines of processes that are gone, and of people who have stopped asking."""
    return db.session.scalars(
        select(LiveLine)
        .outerjoin(ProcessLease, ProcessLease.id == LiveLine.process)
        .where(
            or_(
                LiveLine.until <= now,
                and_(
                    LiveLine.process.is_not(None),
                    or_(ProcessLease.id.is_(None), ProcessLease.until <= now),
                ),
            )
        )
        .execution_options(populate_existing=True)
    ).all()


def somebody_answers(now: datetime) -> bool:
    """Is there a process that has been there all the time?"""
    return db.session.scalar(select(ProcessLease.id).where(ProcessLease.until > now)) is not None


def unanswered_help(now: datetime) -> list[Unanswered]:
    """Who pressed for help in a circle and was not answered: nobody was there to, or opened it in
    time, or the circle has ended. The moderators go on from here (`actions.help_is_known`)."""
    rows = db.session.execute(
        select(HelpPress, LiveRoom.state)
        .outerjoin(LiveRoom, LiveRoom.call_id == HelpPress.call_id)
        .order_by(HelpPress.id)
    )
    return [
        Unanswered(press.id, press.call_id, press.account_id, press.pressed_at)
        for press, state in rows
        if state is None or _waits_in_vain(from_text(state), press.number, now)
    ]


def _waits_in_vain(room: Room, number: int, now: datetime) -> bool:
    """Somebody who was removed has pressed, too."""
    ask = next((each for each in room.asks if each.number == number), None)
    return ask is None or is_unanswered(room, ask, now)
