"""Seats that are held, given back, listened from and limited, on each database, with letters."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.calls import jobs, queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call, Seat
from community.calls.rules.call import Plan
from community.calls.rules.offers import Offer
from community.calls.rules.seats import (
    HELD_LONGEST,
    NO_LISTENERS,
    NOT_OFFERED,
    OFFER_OVER,
    WEEK_FULL,
    Roster,
    SeatState,
)
from community.calls.seats import queries as seat_queries
from community.core.db import db, transaction
from community.core.letters import OutboxLetter
from community.core.post import shown
from community.core.verdict import NOT_YOURS
from community.groups import actions as groups_actions
from tests.refusals import refusal

MORNING = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""Until when a seat is held that is offered on Friday at noon: ten hours then, two after eight."""


@pytest.fixture
def roster(make, call_id) -> Callable[[], Roster]:
    def now() -> Roster:
        with make.app.app_context():
            return queries.roster_of(db.session.get_one(Call, call_id))

    return now


@pytest.fixture
def offer(make, cast, call_id) -> Callable[[], Offer | None]:
    """What is held for Mori."""

    def now() -> Offer | None:
        with make.app.app_context():
            return seat_queries.offer_of(cast.mori.id, db.session.get_one(Call, call_id))

    return now


@pytest.fixture
def beat(make, clock) -> Callable[[], None]:
    """The job comes by."""

    def once() -> None:
        with make.app.app_context():
            jobs.end_offers(clock.now())

    return once


@pytest.mark.holds("promise:5")
def test_a_seat_is_held_until_the_night_is_over_and_the_letter_says_until_when(
    make, cast, act, offer
):
    act(seating.give_up_seat, cast.ana)
    assert offer() == Offer(MORNING, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
    with make.app.app_context():
        row = db.session.scalars(
            select(OutboxLetter).where(OutboxLetter.kind == "calls/seat_offered")
        ).one()
        said = " ".join(shown(row).body.split())
    assert "It’s held until Saturday 21 November, 10:00 am your time." in said


@pytest.mark.holds("promise:5")
def test_an_offer_that_nobody_answered_goes_to_the_next_once(
    cast, act, clock, roster, beat, letters
):
    act(seating.sign_up, cast.noor)
    act(seating.give_up_seat, cast.ana)
    clock.instant = MORNING - timedelta(minutes=1)
    beat()
    assert roster().who(SeatState.OFFERED) == (cast.mori.id,)
    clock.pass_by(minutes=1)
    for _ in range(2):
        beat()
    assert roster().who(SeatState.OFFERED) == (cast.noor.id,)
    assert roster().state_of(cast.mori.id) is None
    assert sorted(letters()[3:]) == [("Mori", "offer_ended"), ("Noor", "seat_offered")]
    assert act(seating.sign_up, cast.mori) is SeatState.WAITING


@pytest.mark.parametrize("press", [seating.take_seat, seating.let_go, seating.keep_longer])
def test_an_offer_ends_by_the_clock_even_if_nobody_came_by(press, cast, act, clock, roster):
    act(seating.give_up_seat, cast.ana)
    clock.instant = MORNING
    assert refusal(lambda: act(press, cast.mori)) == OFFER_OVER
    assert roster().state_of(cast.mori.id) is SeatState.OFFERED  # a refused press changes nothing


def test_whoever_comes_first_afterwards_finds_the_line_moved_on(cast, act, clock, roster):
    act(seating.give_up_seat, cast.ana)
    clock.instant = MORNING
    assert act(seating.sign_up, cast.noor) is SeatState.CONFIRMED
    assert roster().state_of(cast.mori.id) is None


def test_an_offer_is_kept_longer_once(cast, act, clock, offer, roster, beat):
    act(seating.give_up_seat, cast.ana)
    act(seating.keep_longer, cast.mori)
    longer = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
    assert offer() == Offer(longer, longer)
    assert refusal(lambda: act(seating.keep_longer, cast.mori)) == HELD_LONGEST
    assert refusal(lambda: act(seating.keep_longer, cast.ben)) == NOT_OFFERED
    clock.instant = MORNING
    beat()
    act(seating.take_seat, cast.mori)
    assert cast.mori.id in roster().who(SeatState.CONFIRMED)
    assert offer() is None


def test_when_standby_opens_no_seat_is_held_and_a_place_in_line_is_kept(
    make, cast, act, clock, call_id, roster, beat, letters
):
    act(seating.sign_up, cast.noor)
    clock.pass_by(days=3, hours=23, minutes=45)
    act(seating.give_up_seat, cast.ana)
    clock.pass_by(minutes=5)
    before = letters()
    beat()
    assert roster().line == (cast.mori.id, cast.noor.id)
    assert roster().taken == 1
    told = [("Noor", "seat_at_the_door"), ("Mori", "offer_ended")]
    assert [each for each in letters() if each not in before] == told
    assert act(seating.stand_by, cast.noor) is SeatState.CONFIRMED
    with make.app.app_context():
        assert db.session.get_one(Call, call_id).taken == 2


def test_who_waits_hears_once_of_a_seat_that_is_free_when_none_is_offered_any_more(
    make, cast, act, clock, letters
):
    act(seating.sign_up, cast.noor)
    clock.pass_by(days=3, hours=23, minutes=51)
    act(seating.give_up_seat, cast.ana)
    act(seating.give_up_seat, cast.ben)
    told = [each for each in letters() if each[1] == "seat_at_the_door"]
    assert sorted(told) == [("Mori", "seat_at_the_door"), ("Noor", "seat_at_the_door")]
    with make.app.app_context():
        body = shown(
            db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id.desc())).first()
        ).body
    assert "goes to whoever is there" in body


def test_a_seat_that_somebody_at_the_door_takes_is_told_to_nobody_else(cast, act, clock, letters):
    act(seating.sign_up, cast.noor)
    clock.pass_by(days=3, hours=23, minutes=51)
    act(seating.stand_by, cast.noor)
    act(seating.give_up_seat, cast.ana)
    assert not [each for each in letters() if each[1] == "seat_at_the_door"]


def test_an_offer_in_a_call_that_was_cancelled_ends_without_a_word(cast, act, clock, beat, letters):
    act(seating.give_up_seat, cast.ana)
    act(scheduling.cancel_call, cast.hana)
    before = letters()
    clock.pass_by(days=2)
    beat()
    assert letters() == before


def test_in_a_call_that_moves_a_seat_is_held_as_long_as_one_that_is_offered_now(
    make, cast, act, clock, offer, letters
):
    act(seating.give_up_seat, cast.ana)
    act(seating.keep_longer, cast.mori)
    starts_at = clock.now() + timedelta(hours=1)
    act(scheduling.edit_call, cast.hana, Plan("Neck circle", starts_at, seats=2))
    assert offer().until == clock.now() + timedelta(minutes=10)
    assert letters().count(("Mori", "seat_offered")) == 2


@pytest.mark.holds("promise:5")
@pytest.mark.parametrize(
    "broken",
    [
        {"state": SeatState.OFFERED, "offered_until": None},
        {"state": SeatState.WAITING, "offered_until": MORNING},
        {"state": SeatState.WAITING, "kept_longer": True},
    ],
)
def test_the_database_itself_knows_no_offer_without_an_end(broken, app, cast, call_id):
    with app.app_context(), pytest.raises(IntegrityError), transaction():
        db.session.execute(
            update(Seat)
            .where(Seat.call_id == call_id, Seat.account_id == cast.mori.id)
            .values(**broken)
        )


def test_whoever_gives_a_seat_back_before_it_begins_is_first_in_line_next_time(
    make, cast, act, call_id, letters
):
    act(seating.give_up_seat, cast.ana)
    assert "Ana" not in [name for name, _ in letters()[3:]]  # nobody writes to her about it
    full = make.call(cast.neck, cast.hana, seats=2, seated=[cast.owner, cast.ben])
    make.signed_up(full, cast.noor)
    make.signed_up(full, cast.ana)
    with make.app.app_context():
        line = queries.roster_of(db.session.get_one(Call, full)).line
    assert line == (cast.ana.id, cast.noor.id)


def test_first_place_is_used_up_by_the_next_seat_however_it_came(make, cast, act):
    act(seating.give_up_seat, cast.ana)
    make.call(cast.neck, cast.hana, seated=[cast.ana])
    full = make.call(cast.neck, cast.hana, seats=2, seated=[cast.owner, cast.ben])
    make.signed_up(full, cast.noor)
    make.signed_up(full, cast.ana)
    with make.app.app_context():
        line = queries.roster_of(db.session.get_one(Call, full)).line
    assert line == (cast.noor.id, cast.ana.id)


def test_letting_an_offer_go_or_leaving_the_line_promises_nothing(make, cast, act):
    act(seating.give_up_seat, cast.ana)
    act(seating.let_go, cast.mori)
    act(seating.sign_up, cast.noor)
    full = make.call(cast.neck, cast.hana, seats=2, seated=[cast.owner, cast.ben])
    make.signed_up(full, cast.noor)
    make.signed_up(full, cast.mori)
    with make.app.app_context():
        line = queries.roster_of(db.session.get_one(Call, full)).line
    assert line == (cast.noor.id, cast.mori.id)


def test_a_listener_takes_a_seat_in_the_same_line(make, cast, clock, call_id, act):
    make.done(lambda: seating.sign_up(cast.noor, call_id, listens=True, now=clock.now()))
    with make.app.app_context():
        listens = {each.name: each.listens for each in queries.people_of(call_id)}
    assert listens == {"Ana": False, "Ben": False, "Mori": False, "Noor": True}
    act(seating.leave_line, cast.mori)
    act(seating.give_up_seat, cast.ana)
    act(seating.take_seat, cast.noor)
    with make.app.app_context():
        assert queries.call_for(cast.noor, call_id).listens


def test_where_nobody_only_listens_a_listener_is_told_so(make, cast, clock):
    call_id = make.call(cast.neck, cast.hana, listeners=False)

    def listen() -> None:
        make.done(lambda: seating.sign_up(cast.ana, call_id, listens=True, now=clock.now()))

    assert refusal(listen) == NO_LISTENERS
    make.signed_up(call_id, cast.ana)


def test_whoever_chooses_again_to_listen_or_not_keeps_what_they_have(
    make, cast, clock, call_id, act
):
    act(seating.give_up_seat, cast.ana)  # so that a seat is held for Mori
    with make.app.app_context():
        before = queries.roster_of(db.session.get_one(Call, call_id))
        until = queries.call_for(cast.mori, call_id).offered_until
    clock.pass_by(minutes=1)
    for listens in (True, False):
        for who in (cast.ben, cast.mori):
            make.done(lambda: seating.choose_part(who, call_id, listens=listens))  # noqa: B023
        with make.app.app_context():
            roster = queries.roster_of(db.session.get_one(Call, call_id))
            mori = queries.call_for(cast.mori, call_id)
        assert [place.listens for place in roster.places] == [listens, listens]
        assert roster.line == before.line
        assert (mori.listens, mori.offered_until) == (listens, until)


@pytest.fixture
def limited(make, cast) -> None:
    """One call a week is enough, says the owner of the group."""
    make.done(lambda: groups_actions.limit_seats(cast.owner, cast.neck, 1))


def test_a_group_keeps_room_for_everybody_week_by_week(make, cast, clock, limited):
    """It is Friday; the weeks are those of whoever signs up."""
    sunday, monday = timedelta(days=2, hours=7), timedelta(days=3)
    first = make.call(cast.neck, cast.hana, starts_in=timedelta(days=1), seated=[cast.ana])
    second = make.call(cast.neck, cast.hana, starts_in=sunday)
    assert refusal(lambda: make.signed_up(second, cast.ana)) == WEEK_FULL
    make.signed_up(make.call(cast.neck, cast.hana, starts_in=monday), cast.ana)
    make.gave_up(first, cast.ana)
    make.signed_up(second, cast.ana)


def test_the_week_is_counted_on_the_clocks_of_whoever_signs_up(make, cast, limited):
    """Sunday, half past eleven in the evening in London, is Monday in Berlin."""
    ella = make.member("Ella", zone="Europe/Berlin")
    make.joined(cast.neck, ella, cast.owner)
    ella = make.actor(ella)
    make.call(cast.neck, cast.hana, starts_in=timedelta(days=1), seated=[ella])
    late = make.call(cast.neck, cast.hana, starts_in=timedelta(days=2, hours=11, minutes=30))
    make.signed_up(late, ella)


def test_places_in_line_count_and_calls_that_were_cancelled_dont(make, cast, clock, limited):
    full = make.call(cast.neck, cast.hana, seats=2, seated=[cast.owner, cast.ben])
    make.signed_up(full, cast.ana)
    other = make.call(cast.neck, cast.hana)
    assert refusal(lambda: make.signed_up(other, cast.ana)) == WEEK_FULL
    make.done(lambda: scheduling.cancel_call(cast.hana, full, now=clock.now()))
    make.signed_up(other, cast.ana)


def test_at_the_door_nobody_counts(make, cast, clock, limited):
    make.call(cast.neck, cast.hana, starts_in=timedelta(hours=3), seated=[cast.ana])
    soon = make.call(cast.neck, cast.hana, starts_in=timedelta(minutes=10))
    make.done(lambda: seating.stand_by(cast.ana, soon, now=clock.now()))


def test_only_whoever_says_who_does_what_limits_the_seats(make, cast):
    for who in (cast.ana, cast.hana):
        reason = refusal(
            lambda who=who: make.done(lambda: groups_actions.limit_seats(who, cast.neck, 2))
        )
        assert reason == NOT_YOURS


def test_an_offer_is_looked_for_only_in_calls_that_are_to_come(make, cast, act, clock, call_id):
    act(seating.give_up_seat, cast.ana)

    def due() -> list[UUID]:
        with make.app.app_context():
            return list(seat_queries.calls_with_offers_over(clock.now()))

    assert due() == []
    clock.instant = MORNING
    assert due() == [call_id]
    act(scheduling.cancel_call, cast.hana)
    assert due() == []
