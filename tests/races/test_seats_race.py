"""A hundred people, eight seats, everybody at once: real threads, real commits."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from community.calls import queries
from community.calls.actions import scheduling
from community.calls.models import Call
from community.calls.rules.call import Plan
from community.calls.rules.seats import SeatState
from community.core.actor import Actor, Role, Staff
from community.core.db import db, transaction
from community.core.verdict import Refused
from community.groups import actions as groups_actions
from tests.make import Make
from tests.races.crowd import (
    SEATS,
    Pressed,
    Visit,
    at_once,
    crowd,
    every_offer_and_every_seat_has_its_letter,
    letters,
    nothing_is_broken,
    the_line_kept_its_order,
)

PEOPLE = 100


@pytest.fixture
def hana(make: Make) -> Actor:
    everyone = make.everyone()
    hana = make.member("Hana")
    make.appointed(everyone, make.staff("Admin", Staff.ADMIN), hana, frozenset({Role.FACILITATOR}))
    return make.actor(hana)


@pytest.fixture
def call_id(make: Make, hana: Actor) -> UUID:
    return make.call(make.everyone(), hana, seats=SEATS, starts_in=timedelta(days=9))


@pytest.mark.holds("promise:5", "circle:4", "asvs:7")
def test_a_hundred_people_at_once_never_oversell_eight_seats(
    make: Make, hana: Actor, call_id: UUID
):
    """Some answer and some don’t, while offers end and the call grows and shrinks."""
    people = [make.member(f"Member {number}") for number in range(PEOPLE)]
    app, now = make.app, make.clock.now()
    pressed = at_once(crowd(app, hana, call_id, people, 4, now))
    with app.app_context():
        nothing_is_broken(call_id)
        the_line_kept_its_order(call_id)
        every_offer_and_every_seat_has_its_letter(call_id, pressed)


@pytest.mark.holds("promise:5")
def test_a_hand_that_presses_sixteen_times_at_once_gets_one_seat(make: Make, call_id: UUID):
    ana = make.member("Ana")

    def press() -> Pressed:
        try:
            make.signed_up(call_id, ana)
        except Refused:
            return []
        return [(ana.id, "signed up")]

    assert len(at_once([press] * 16)) == 1
    with make.app.app_context():
        nothing_is_broken(call_id)
        assert letters("calls/seat_confirmed") == {ana.id: 1}


def test_one_person_at_six_calls_at_once_has_no_more_than_the_group_allows(make: Make, hana: Actor):
    ana, admin = make.member("Ana"), make.actor(make.staff("Ada", Staff.ADMIN))
    everyone = make.everyone()
    make.done(lambda: groups_actions.limit_seats(admin, everyone, 2))
    calls = [make.call(everyone, hana) for _ in range(6)]

    def come(call_id: UUID) -> Visit:
        def go() -> Pressed:
            with suppress(Refused):
                make.signed_up(call_id, ana)
            return []

        return go

    at_once([come(call_id) for call_id in calls])
    with make.app.app_context():
        assert letters("calls/seat_confirmed") == {ana.id: 2}


@pytest.mark.holds("promise:5")
def test_more_seats_and_newcomers_at_once_pass_nobody_who_waits(make: Make, hana: Actor):
    """Hana makes room for two while twenty newcomers press: the first two in line are offered."""
    now = make.clock.now()
    small = make.call(make.everyone(), hana, seats=2)
    first = [make.member(f"Early {number}") for number in range(6)]
    for person in first:
        make.signed_up(small, person)
    late = [make.member(f"Late {number}") for number in range(20)]

    def make_room() -> Pressed:
        with make.app.app_context(), transaction():
            call = queries.call_for(hana, small)
            wish = Plan(title=call.title, starts_at=call.starts_at, seats=4)
            scheduling.edit_call(hana, small, wish, now=now)
        return []

    def come(person: Actor) -> Visit:
        def go() -> Pressed:
            make.signed_up(small, person)
            return []

        return go

    at_once([make_room, *map(come, late)])
    with make.app.app_context():
        roster = queries.roster_of(db.session.get_one(Call, small))
        assert roster.who(SeatState.OFFERED) == (first[2].id, first[3].id)
        assert letters("calls/seat_offered") == {first[2].id: 1, first[3].id: 1}
