"""Many people at one call, who look, decide and press; and what holds whatever they do."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from math import inf
from random import Random
from threading import Barrier
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from community.accounts.models import Account
from community.calls import jobs, queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call, Seat
from community.calls.rules.call import Plan
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db, locked, transaction
from community.core.letters import OutboxLetter
from community.core.verdict import Refused

SEATS = 8
BETWEEN = timedelta(hours=11)  # from one press of somebody to their next
LATER = timedelta(hours=44)  # the first offers have ended by then, and those after them

Press = Callable[..., object]
Pressed = list[tuple[UUID, str]]  # who, and what they did that was taken
Visit = Callable[[], Pressed]


def stay(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Most people leave things as they are."""


MIGHT: dict[SeatState | None, Sequence[Press]] = {
    None: (seating.sign_up,),
    SeatState.CONFIRMED: (stay, seating.give_up_seat),
    SeatState.WAITING: (stay, stay, seating.leave_line),
    SeatState.OFFERED: (seating.take_seat, seating.let_go, seating.keep_longer, stay),
}


def at_once(visits: Sequence[Visit], hands: int | None = None) -> Pressed:
    """Everybody in a thread of their own, or so many at a time, let go at the same moment; what
    was taken."""
    hands = hands or len(visits)
    with ThreadPoolExecutor(hands, initializer=Barrier(hands).wait) as everybody:
        done = [everybody.submit(visit) for visit in visits]
        return [pressed for one in done for pressed in one.result()]


def visit(app: Flask, person: Actor, call_id: UUID, began: datetime, presses: int) -> Visit:
    """Somebody presses several times; what they saw may be old by then."""
    chance = Random(person.name)

    def go() -> Pressed:
        taken: Pressed = []
        for number in range(presses):
            with app.app_context():
                mine = queries.call_for(person, call_id).mine
                press = chance.choice(MIGHT[mine])
                try:
                    with transaction():
                        outcome = press(person, call_id, now=began + number * BETWEEN)
                        locked(Call, call_id)  # whoever stays has not locked it: both reads at once
                        nothing_is_broken(call_id)
                except Refused:
                    continue  # it changed since they looked
                said = outcome.value if isinstance(outcome, SeatState) else press.__name__
                taken.append((person.id, said))
        return taken

    return go


def end_offers(app: Flask, now: datetime) -> Visit:
    """The job comes by."""

    def go() -> Pressed:
        with app.app_context():
            jobs.end_offers(now)
        return []

    return go


def resize(app: Flask, host: Actor, call_id: UUID, seats: int, now: datetime) -> Visit:
    """Whoever holds the call makes room for more, or for fewer if fewer are taken."""

    def go() -> Pressed:
        with app.app_context(), suppress(Refused), transaction():
            call = queries.call_for(host, call_id)
            wish = Plan(title=call.title, starts_at=call.starts_at, seats=seats)
            scheduling.edit_call(host, call_id, wish, now=now)
        return []

    return go


def crowd(
    app: Flask, host: Actor, call_id: UUID, people: Sequence[Actor], presses: int, began: datetime
) -> list[Visit]:
    """All these people, the job and whoever holds the call, in no order."""
    visits = [
        *(visit(app, one, call_id, began, presses) for one in people),
        *(end_offers(app, began + number * LATER / 10) for number in range(1, 11)),
        *(resize(app, host, call_id, SEATS + number % 3, began) for number in range(10)),
    ]
    Random(len(people)).shuffle(visits)
    return visits


def nothing_is_broken(call_id: UUID) -> None:
    """The count is true, no more are taken than there are, and nobody waits while one is free."""
    call = db.session.get_one(Call, call_id)
    roster = queries.roster_of(call)
    assert call.taken == roster.taken <= call.seats
    assert roster.taken == call.seats or not roster.who(SeatState.WAITING)
    numbers = [place.number for place in roster.places]
    assert numbers == sorted(set(numbers))


def the_line_kept_its_order(call_id: UUID) -> None:
    """Nobody has a seat who came after somebody who still waits; nor of those, who are first."""
    places = queries.roster_of(db.session.get_one(Call, call_id)).places
    assert {place.state for place in places} >= {SeatState.WAITING}
    for is_first in (False, True):
        alike = [place for place in places if place.is_first is is_first]
        waiting = [place.number for place in alike if place.state is SeatState.WAITING]
        seated = [place.number for place in alike if place.state is not SeatState.WAITING]
        assert max(seated, default=-1) < min(waiting, default=inf)


def every_offer_and_every_seat_has_its_letter(call_id: UUID, pressed: Pressed) -> None:
    """An offer was taken, was let go, has ended or still stands: each of them was told once."""
    still = db.session.execute(
        select(Seat.account_id).where(Seat.call_id == call_id, Seat.state == SeatState.OFFERED)
    ).scalars()
    ended = letters("calls/offer_ended")
    offers = Counter(who for who, what in pressed if what in {"take_seat", "let_go"})
    offers.update(still)
    offers.update(ended)
    seats = Counter(who for who, what in pressed if what in {"confirmed", "take_seat"})
    assert letters("calls/seat_offered") == offers
    assert letters("calls/seat_confirmed") == seats
    assert offers  # somebody cancelled, so the line moved
    assert ended  # and somebody didn’t answer


def letters(kind: str) -> Counter[UUID]:
    """How many letters of this kind each person got about a call."""
    rows = db.session.execute(
        select(Account.id)
        .join(OutboxLetter, OutboxLetter.address == Account.email)
        .where(OutboxLetter.kind == kind)
    ).scalars()
    return Counter(rows)
