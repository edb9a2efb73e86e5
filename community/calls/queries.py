"""What there is about calls, for this actor. Every select of calls and seats."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased

from community.accounts.models import Account
from community.calls import listed
from community.calls.listed import A_PAGE, LONGEST, Mine, Other, has_others
from community.calls.models import Attendance, Call, HoldingAsk, Seat
from community.calls.rules import call as call_rules
from community.calls.rules.call import (
    FORMATS,
    LANGUAGES,
    UPCOMING,
    USUAL_LANGUAGE,
    CallState,
    Format,
)
from community.calls.rules.holding import Ask
from community.calls.rules.seats import IN_LINE, Place, Roster, SeatState, Was, state_at
from community.calls.rules.times import sign_up_opens_at
from community.core.actor import Actor
from community.core.db import alias_of, db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.queries import Member, facilitators, group_names

Reader = alias_of(Account, "reader")


@dataclass(frozen=True, slots=True)
class CallCard:
    """A call in a list. Of the others it says how many they are, never who."""

    id: UUID
    group_id: UUID
    group_name: str
    facilitator_id: UUID | None
    facilitator: str | None  # their name
    co_facilitator_id: UUID | None
    co_facilitator: str | None
    topic: str | None
    title: str
    starts_at: datetime
    minutes: int
    seats: int
    taken: int
    state: CallState
    mine: SeatState | None  # what this person has in it
    offered_until: datetime | None  # until when it’s held, if that is an offer
    waiting: int
    opens_days: int | None  # so many before it, people can sign up
    format: Format
    weekly_seats: int | None  # how many calls of the group somebody may have in a week

    @property
    def other_format(self) -> str | None:
        """How people take part, if it isn’t as in most."""
        return None if self.format is Format.ANY else FORMATS[self.format]

    @property
    def gathers(self) -> bool:
        """Whoever comes listens, unless they say otherwise."""
        return self.format is Format.GATHERING

    @property
    def opens_at(self) -> datetime | None:
        """From when people can sign up, if it isn’t from the first."""
        return sign_up_opens_at(self.starts_at, self.opens_days)

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def free(self) -> int:
        return self.seats - self.taken

    def is_offered(self, now: datetime) -> bool:
        """Whether a seat is held for this person at this moment."""
        return self.offered_until is not None and now < self.offered_until


@dataclass(frozen=True, slots=True)
class Cards:
    """A page of a list, and the call after which the next page begins, if there is one."""

    cards: Sequence[CallCard]
    more_after: UUID | None


@dataclass(frozen=True, slots=True)
class CallPage(CallCard):
    """A call on its own page."""

    about: str
    happens: str
    guide: str
    zone: str
    series_id: UUID | None
    slot: date | None  # the day of its series
    language: str
    has_moved: bool  # since this person got their seat, and they haven’t said that it suits them
    listeners: bool  # are welcome
    listening: int  # of those who have a seat
    before_me: int  # people who wait before this person, if they wait
    listens: bool | None  # this person, to the others; None without a seat
    is_beside: bool  # has a seat, and so has somebody from whom this person keeps apart
    my_card: str  # this person's access card
    shows_card: bool | None  # to whoever holds the call; None without a seat

    @property
    def other_language(self) -> str | None:
        """What is spoken in it, if it isn’t what is spoken in most."""
        return None if self.language == USUAL_LANGUAGE else LANGUAGES[self.language]

    def at(self, now: datetime) -> "CallPage":
        """With what this person has at this moment, whether or not an offer was ended already."""
        return replace(self, mine=state_at(self.mine, self.offered_until, self.starts_at, now))

    @property
    def offer_is_over(self) -> bool:
        """A seat was held for this person until just now."""
        return self.offered_until is not None and self.mine is not SeatState.OFFERED


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on the roster, for whoever holds the call."""

    account_id: UUID
    name: str
    state: SeatState
    card: str  # how to listen to them, if they chose to show it
    listens: bool  # and takes no turn
    has_moved: bool  # since they got their seat, and they haven’t said that it suits them


def call_for(actor: Actor, call_id: UUID) -> CallPage:
    """One call of a group this person belongs to, or `Refused(NOT_FOUND)`."""
    before_me = (
        select(func.count())
        .where(
            Other.call_id == Call.id,
            Other.state.in_(IN_LINE),
            or_(
                and_(Other.is_first, Mine.is_first.is_(False)),
                and_(Other.is_first == Mine.is_first, Other.place < Mine.place),
            ),
        )
        .correlate(Call, Mine)
        .scalar_subquery()
    )
    listening = (
        select(func.count())
        .where(Seat.call_id == Call.id, Seat.state == SeatState.CONFIRMED, Seat.listens.is_(True))
        .correlate(Call)
        .scalar_subquery()
    )
    my_card = select(Reader.access_card).where(Reader.id == actor.id).scalar_subquery()
    row = db.session.execute(
        listed.visible(actor)
        .add_columns(
            Call.about,
            Call.happens,
            Call.guide,
            Call.zone,
            Call.series_id,
            Call.slot,
            Call.language,
            func.coalesce(Call.moved_at > Mine.changed_at, false()).label("has_moved"),
            Call.listeners,
            listening.label("listening"),
            before_me.label("before_me"),
            and_(
                func.coalesce(Mine.state == SeatState.CONFIRMED, false()),
                Call.state.in_(UPCOMING),
                has_others(actor),
            ).label("is_beside"),
            my_card.label("my_card"),
            Mine.listens,
            Mine.shows_card,
        )
        .where(Call.id == call_id)
    ).one_or_none()
    if row is None:
        raise Refused(NOT_FOUND)
    return CallPage(**row._mapping)


def visible_calls(
    actor: Actor,
    *only: ColumnElement[bool],
    after: UUID | None = None,
    limit: int = A_PAGE,
    now: datetime,
) -> Cards:
    """Calls to come in all of this person's groups, from after this call on."""
    if after is None and not only:
        cards = _cards(listed.all_to_come(actor, limit + 1, since=now - LONGEST))
    else:
        further = only if after is None else (*only, _comes_after(after))
        cards = upcoming(actor, now, *further, limit=limit + 1)
    return Cards(cards[:limit], cards[limit - 1].id if len(cards) > limit else None)


def calls_of_group(
    actor: Actor, group_id: UUID, *, limit: int = A_PAGE, now: datetime
) -> Sequence[CallCard]:
    """Calls to come in one group."""
    return _cards(listed.of_group(actor, limit, group_id=group_id, since=now - LONGEST))


def calls_of_topic(
    actor: Actor, slug: str, *, limit: int = A_PAGE, now: datetime
) -> Sequence[CallCard]:
    """Calls to come about one topic."""
    return _cards(listed.of_topic(actor, limit, slug=slug, since=now - LONGEST))


def offered_to(actor: Actor, *, now: datetime) -> Sequence[CallCard]:
    """Calls in which a seat is held for this person."""
    return _cards(listed.offered(actor, now=now, since=now - LONGEST))


def next_call_of(actor: Actor, *, now: datetime) -> CallCard | None:
    """The next call this person has a seat in, or holds."""
    return next(iter(_cards(listed.next_one(actor, since=now - LONGEST))), None)


def _cards(rows: Iterable[Any]) -> Sequence[CallCard]:
    return [CallCard(**row._asdict()) for row in rows]


def people_of(call_id: UUID) -> Sequence[Listed]:
    """Who has a seat, for whom one is held and who waits, in the order of signing up."""
    card = case((Seat.shows_card, Account.access_card), else_="")
    moved = func.coalesce(Call.moved_at > Seat.changed_at, false()).label("has_moved")
    rows = db.session.execute(
        select(Seat.account_id, Account.name, Seat.state, card.label("card"), Seat.listens, moved)
        .join(Call, Call.id == Seat.call_id)
        .join(Account, Account.id == Seat.account_id)
        .where(Seat.call_id == call_id, Seat.state != SeatState.RELEASED)
        .order_by(Seat.place)
    )
    return [Listed(**row._mapping) for row in rows]


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked to hold a call, and hasn’t answered."""

    ask: Ask
    account_id: UUID
    name: str


def asked_for(call_id: UUID) -> Sequence[Asked]:
    """Who is asked to hold this call."""
    rows = db.session.execute(
        select(HoldingAsk.ask, HoldingAsk.account_id, Account.name)
        .join(Account, Account.id == HoldingAsk.account_id)
        .where(HoldingAsk.call_id == call_id)
        .order_by(HoldingAsk.asked_at)
    )
    return [Asked(**row._mapping) for row in rows]


def who_can_be_asked(call: CallCard, ask: Ask) -> Sequence[Member]:
    """Who else facilitates in the group. Whoever holds the call already can take it over too."""
    already = {call.facilitator_id}
    if ask is Ask.TOGETHER:
        already.add(call.co_facilitator_id)
    return [one for one in facilitators(call.group_id) if one.id not in already]


def roster_of(call: Call) -> Roster:
    """The seats and the line of a call. Lock the call first to decide anything by it."""
    rows = db.session.execute(
        select(Seat.account_id, Seat.state, Seat.place, Seat.is_first, Seat.listens)
        .where(Seat.call_id == call.id, Seat.state != SeatState.RELEASED)
        .order_by(Seat.place)
    )
    places, gathers = tuple(Place(*row) for row in rows), call.format is Format.GATHERING
    return Roster(call.seats, call.line_end, places, gathers=gathers)


def held_in(actor: Actor, group_id: UUID, before: datetime | None = None) -> Sequence[UUID]:
    """Calls of a group, not over, in which this person has, is offered or waits for a seat. With a
    time, those that begin before it."""
    return db.session.scalars(
        select(Call.id)
        .join(Seat, Seat.call_id == Call.id)
        .where(
            Call.group_id == group_id,
            Call.state.in_(UPCOMING),
            Seat.account_id == actor.id,
            Seat.state != SeatState.RELEASED,
            true() if before is None else Call.starts_at < before,
        )
        .order_by(Call.id)
    ).all()


def seats_of(call_id: UUID, account_ids: Sequence[UUID]) -> dict[UUID, Seat]:
    """What these people have or had in a call, to be changed."""
    seats = db.session.scalars(
        select(Seat).where(Seat.call_id == call_id, Seat.account_id.in_(account_ids))
    )
    return {seat.account_id: seat for seat in seats}


@dataclass(frozen=True, slots=True)
class Attended:
    """Whether somebody was there."""

    account_id: UUID
    name: str
    was: Was


def attendance_of(call_id: UUID, only: UUID | None = None) -> Sequence[Attended]:
    """Who was at a call that is over, by name; of this person alone if it is for them."""
    whose = () if only is None else (Attendance.account_id == only,)
    rows = db.session.execute(
        select(Attendance.account_id, Account.name, Attendance.was)
        .join(Account, Account.id == Attendance.account_id)
        .where(Attendance.call_id == call_id, *whose)
        .order_by(Account.name, Account.id)
    )
    return [Attended(*row) for row in rows]


def groups_to_schedule_in(actor: Actor) -> dict[UUID, str]:
    """The groups in which this person may schedule a call, by name."""
    here = call_rules.groups_to_schedule_in(actor)
    return {group_id: name for group_id, name in group_names(actor).items() if group_id in here}


def drafts_of(actor: Actor) -> Sequence[CallCard]:
    """Calls that only whoever holds them sees, the earliest first."""
    rows = db.session.execute(
        listed.visible(actor).where(Call.state == CallState.DRAFT).order_by(Call.starts_at, Call.id)
    )
    return [CallCard(**row._mapping) for row in rows]


def upcoming(
    actor: Actor, now: datetime, *only: ColumnElement[bool], limit: int | None
) -> Sequence[CallCard]:
    """What is looked for more seldom than the lists above, and in more ways."""
    found = listed.to_come(actor, now - LONGEST).where(*only).limit(limit)
    return _cards(db.session.execute(found))


def _comes_after(call_id: UUID) -> ColumnElement[bool]:
    last = aliased(Call)
    start = select(last.starts_at).where(last.id == call_id).scalar_subquery()
    return or_(Call.starts_at > start, and_(Call.starts_at == start, Call.id > call_id))
