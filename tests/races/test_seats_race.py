"""Two hundred people, eight seats, everybody at once: real threads, real commits."""

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from random import Random
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.accounts.models import Account
from community.calls import queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call, Seat
from community.calls.rules.call import Plan
from community.calls.rules.seats import SeatState
from community.core.actor import Actor, Role, Staff
from community.core.db import db, locked, transaction
from community.core.letters import OutboxLetter
from community.core.verdict import Refused
from tests.make import Make

PEOPLE, SEATS, PRESSES = 200, 8, 4

Press = Callable[..., object]
Pressed = list[tuple[UUID, str]]  # who, and what they did that was taken


@pytest.fixture
def hana(make: Make) -> Actor:
    everyone = make.everyone()
    hana = make.member("Hana")
    make.appointed(everyone, make.staff("Admin", Staff.ADMIN), hana, frozenset({Role.FACILITATOR}))
    return make.actor(hana)


@pytest.fixture
def call_id(make: Make, hana: Actor) -> UUID:
    return make.call(make.everyone(), hana, seats=SEATS)


def stay(actor: Actor, call_id: UUID, *, now: datetime) -> None:
    """Most people leave things as they are."""


MIGHT: dict[SeatState | None, Sequence[Press]] = {
    None: (seating.sign_up,),
    SeatState.CONFIRMED: (stay, seating.give_up_seat),
    SeatState.WAITING: (stay, stay, seating.leave_line),
    SeatState.OFFERED: (seating.take_seat, seating.take_seat, seating.let_go),
}


def at_once(visits: Sequence[Callable[[Barrier], Pressed]]) -> Pressed:
    """Everybody in a thread of their own, let go at the same moment; what was taken."""
    start = Barrier(len(visits))
    with ThreadPoolExecutor(len(visits)) as everybody:
        done = [everybody.submit(visit, start) for visit in visits]
        return [pressed for one in done for pressed in one.result()]


def visit(app: Flask, person: Actor, call_id: UUID, chance: Random, now: datetime):
    """Somebody looks, decides and presses, several times; what they saw may be old by then."""

    def go(start: Barrier) -> Pressed:
        taken: Pressed = []
        start.wait()
        for _ in range(PRESSES):
            with app.app_context():
                mine = queries.call_for(person, call_id).mine
                press = chance.choice(MIGHT[mine])
                try:
                    with transaction():
                        outcome = press(person, call_id, now=now)
                        locked(Call, call_id)  # whoever stays has not locked it: both reads at once
                        nothing_is_broken(call_id)
                except Refused:
                    continue  # it changed since they looked
                said = outcome.value if isinstance(outcome, SeatState) else press.__name__
                taken.append((person.id, said))
        return taken

    return go


def nothing_is_broken(call_id: UUID) -> None:
    call = db.session.get_one(Call, call_id)
    roster = queries.roster_of(call)
    assert call.taken == roster.taken <= SEATS
    assert roster.taken == SEATS or not roster.who(SeatState.WAITING)


@pytest.mark.holds("promise:5", "circle:4", "asvs:7")
def test_two_hundred_people_at_once_never_oversell_eight_seats(make: Make, call_id: UUID):
    people = [make.member(f"Member {number}") for number in range(PEOPLE)]
    app, now = make.app, make.clock.now()
    pressed = at_once(
        [visit(app, one, call_id, Random(number), now) for number, one in enumerate(people)]
    )
    with app.app_context():
        nothing_is_broken(call_id)
        the_line_kept_its_order(call_id)
        every_offer_and_every_seat_has_its_letter(call_id, pressed)


def the_line_kept_its_order(call_id: UUID) -> None:
    """Nobody has a seat who came after somebody who still waits."""
    places = queries.roster_of(db.session.get_one(Call, call_id)).places
    waiting = [place.number for place in places if place.state is SeatState.WAITING]
    seated = [place.number for place in places if place.state is not SeatState.WAITING]
    assert len(seated) == SEATS
    assert waiting
    assert max(seated) < min(waiting)


def every_offer_and_every_seat_has_its_letter(call_id: UUID, pressed: Pressed) -> None:
    """An offer was taken, was let go or still stands: each of them was told once."""
    still = db.session.execute(
        select(Seat.account_id).where(Seat.call_id == call_id, Seat.state == SeatState.OFFERED)
    ).scalars()
    offers = Counter(who for who, what in pressed if what in {"take_seat", "let_go"})
    offers.update(still)
    seats = Counter(who for who, what in pressed if what in {"confirmed", "take_seat"})
    assert letters("calls/seat_offered") == offers
    assert letters("calls/seat_confirmed") == seats
    assert offers  # somebody cancelled, so the line moved


def letters(kind: str) -> Counter[UUID]:
    """How many letters of this kind each person got about a call."""
    rows = db.session.execute(
        select(Account.id)
        .join(OutboxLetter, OutboxLetter.address == Account.email)
        .where(OutboxLetter.kind == kind)
    ).scalars()
    return Counter(rows)


@pytest.mark.holds("promise:5")
def test_a_hand_that_presses_sixteen_times_at_once_gets_one_seat(make: Make, call_id: UUID):
    ana = make.member("Ana")

    def press(start: Barrier) -> Pressed:
        start.wait()
        try:
            make.signed_up(call_id, ana)
        except Refused:
            return []
        return [(ana.id, "signed up")]

    assert len(at_once([press] * 16)) == 1
    with make.app.app_context():
        nothing_is_broken(call_id)
        assert letters("calls/seat_confirmed") == {ana.id: 1}


@pytest.mark.holds("promise:5")
def test_more_seats_and_newcomers_at_once_pass_nobody_who_waits(make: Make, hana: Actor):
    """Hana makes room for two while twenty newcomers press: the first two in line are offered."""
    now = make.clock.now()
    small = make.call(make.everyone(), hana, seats=2)
    first = [make.member(f"Early {number}") for number in range(6)]
    for person in first:
        make.signed_up(small, person)
    late = [make.member(f"Late {number}") for number in range(20)]

    def make_room(start: Barrier) -> Pressed:
        start.wait()
        with make.app.app_context(), transaction():
            call = queries.call_for(hana, small)
            wish = Plan(title=call.title, starts_at=call.starts_at, seats=4)
            scheduling.edit_call(hana, small, wish, now=now)
        return []

    def come(person: Actor) -> Callable[[Barrier], Pressed]:
        def go(start: Barrier) -> Pressed:
            start.wait()
            make.signed_up(small, person)
            return []

        return go

    at_once([make_room, *map(come, late)])
    with make.app.app_context():
        roster = queries.roster_of(db.session.get_one(Call, small))
        assert roster.who(SeatState.OFFERED) == (first[2].id, first[3].id)
        assert letters("calls/seat_offered") == {first[2].id: 1, first[3].id: 1}
