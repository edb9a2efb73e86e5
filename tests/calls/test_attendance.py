"""Standing by, first place and who was there, on each database."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from community.calls import attendance, queries
from community.calls.actions import seating
from community.calls.models import Call
from community.calls.rules.seats import SeatState, Was
from community.core.db import db


@pytest.fixture
def call_id(make, cast):
    """Two seats: Ana and Ben have them, Mori waits. It begins in ten minutes."""
    return make.call(
        cast.neck,
        cast.hana,
        seats=2,
        starts_in=timedelta(minutes=10),
        seated=[cast.ana, cast.ben],
        waiting=[cast.mori],
    )


@pytest.fixture
def state(make, call_id) -> Callable[..., SeatState | None]:
    def of(person) -> SeatState | None:
        with make.app.app_context():
            return queries.roster_of(db.session.get_one(Call, call_id)).state_of(person.id)

    return of


def test_the_count_of_seats_stays_true_when_somebody_at_the_door_gets_one(
    make, cast, clock, call_id, state
):
    make.done(lambda: seating.stand_by(cast.mori, call_id, now=clock.now()))
    assert state(cast.mori) is SeatState.STANDBY
    make.gave_up(call_id, cast.ana)
    assert state(cast.mori) is SeatState.CONFIRMED
    with make.app.app_context():
        assert db.session.get_one(Call, call_id).taken == 2


def test_whoever_gets_a_seat_at_the_door_is_written_to(make, cast, clock, call_id, letters):
    make.done(lambda: seating.stand_by(cast.mori, call_id, now=clock.now()))
    before = letters()
    make.gave_up(call_id, cast.ana)
    assert [each for each in letters() if each not in before] == [("Mori", "seat_confirmed")]


@pytest.mark.holds("promise:5")
def test_first_place_is_promised_once_and_used_up_by_a_seat(make, cast, clock, call_id):
    def promised() -> bool:
        with make.app.app_context():
            return attendance.is_promised(cast.neck, cast.owner.id)

    for _ in range(2):
        make.done(lambda: attendance.promise_first_place(cast.neck, cast.owner.id))
    assert promised()
    for _ in range(2):
        make.signed_up(call_id, cast.owner)
        with make.app.app_context():
            line = queries.roster_of(db.session.get_one(Call, call_id)).line
        assert line == (cast.owner.id, cast.mori.id)
        make.done(lambda: seating.leave_line(cast.owner, call_id, now=clock.now()))
        assert promised()
    make.signed_up(call_id, cast.owner)
    make.gave_up(call_id, cast.ana)
    assert promised()
    make.done(lambda: seating.stand_by(cast.owner, call_id, now=clock.now()))
    assert not promised()


def test_who_was_there_is_written_once_and_forgotten_after_ninety_days(make, cast, clock, call_id):
    make.gave_up(call_id, cast.ben)
    came = frozenset({cast.hana.id, cast.mori.id})
    for _ in range(2):
        make.done(lambda: attendance.keep(call_id, came, frozenset(), now=clock.now()))

    def known() -> dict[str, Was]:
        with make.app.app_context():
            return {each.name: each.was for each in queries.attendance_of(call_id)}

    assert known() == {
        "Ana": Was.NOT_THERE,
        "Ben": Was.EXCUSED,
        "Hana": Was.ATTENDED,
        "Mori": Was.ATTENDED,
    }
    with make.app.app_context():
        there = queries.attendance_of(call_id)
        assert {each.account_id for each in there if each.was is Was.ATTENDED} == came
    for days, is_known in ((89, True), (1, False)):
        clock.pass_by(days=days)
        make.done(lambda: attendance.erase_old(now=clock.now()))
        assert bool(known()) is is_known


def test_of_whoever_was_sent_out_what_was_known_is_taken_away(make, cast, clock, call_id):
    make.gave_up(call_id, cast.ben)
    out = frozenset({cast.ben.id})
    make.done(lambda: attendance.keep(call_id, frozenset(), out, now=clock.now()))
    with make.app.app_context():
        assert [each.name for each in queries.attendance_of(call_id, cast.ben.id)] == []
