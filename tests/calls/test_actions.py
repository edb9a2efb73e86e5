"""What happens to calls and seats, on a real database, with the letters it writes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.calls import queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call
from community.calls.rules.call import CANCELLED, NOT_FACILITATOR, WRONG_STEP, CallState, Plan
from community.calls.rules.seats import (
    ALREADY_IN,
    NO_SEAT,
    NOT_OFFERED,
    SEATS_TAKEN,
    Roster,
    SeatState,
)
from community.calls.rules.times import IN_THE_PAST
from community.core.db import db, transaction
from community.core.letters import OutboxLetter
from community.core.post import shown
from community.core.verdict import NOT_FOUND
from tests.refusals import refusal


@pytest.fixture
def look(make, call_id):
    """The call and its roster, as they are now."""

    def at() -> tuple[Call, Roster]:
        with make.app.app_context():
            call = db.session.get_one(Call, call_id)
            return call, queries.roster_of(call)

    return at


def wish(call: Call, **changes) -> Plan:
    plan = Plan(call.title, call.starts_at, minutes=call.minutes, seats=call.seats)
    return replace(plan, **changes)


def test_whoever_signs_up_for_a_free_seat_gets_it_and_a_letter(cast, look, letters):
    call, roster = look()
    assert roster.who(SeatState.CONFIRMED) == (cast.ana.id, cast.ben.id)
    assert call.taken == 2
    assert letters() == [("Ana", "seat_confirmed"), ("Ben", "seat_confirmed")]


@pytest.mark.holds("promise:5", "promise:6")
def test_the_first_person_waiting_is_offered_the_seat_that_opens_once(cast, act, look, letters):
    act(seating.give_up_seat, cast.ana)
    call, roster = look()
    assert roster.who(SeatState.OFFERED) == (cast.mori.id,)
    assert call.taken == 2
    assert letters()[2:] == [("Mori", "seat_offered")]


def test_an_offer_that_is_taken_is_a_seat_with_its_letter(cast, act, look, letters):
    act(seating.give_up_seat, cast.ana)
    act(seating.take_seat, cast.mori)
    _, roster = look()
    assert roster.who(SeatState.CONFIRMED) == (cast.ben.id, cast.mori.id)
    assert letters()[2:] == [("Mori", "seat_offered"), ("Mori", "seat_confirmed")]


def test_an_offer_that_is_let_go_moves_to_the_next(cast, act, look, letters):
    act(seating.sign_up, cast.noor)
    act(seating.give_up_seat, cast.ana)
    act(seating.let_go, cast.mori)
    _, roster = look()
    assert roster.who(SeatState.OFFERED) == (cast.noor.id,)
    assert letters()[2:] == [("Mori", "seat_offered"), ("Noor", "seat_offered")]


def test_with_nobody_waiting_a_seat_given_up_is_free_again(cast, act, look):
    act(seating.leave_line, cast.mori)
    act(seating.give_up_seat, cast.ben)
    call, _ = look()
    assert call.taken == 1
    assert act(seating.sign_up, cast.noor) is SeatState.CONFIRMED


def test_whoever_comes_back_waits_behind_the_others(cast, act, look):
    act(seating.sign_up, cast.noor)
    act(seating.leave_line, cast.mori)
    assert act(seating.sign_up, cast.mori) is SeatState.WAITING
    _, roster = look()
    assert roster.who(SeatState.WAITING) == (cast.noor.id, cast.mori.id)


def test_a_refused_press_changes_nothing_and_writes_nothing(cast, act, look, letters):
    before, written = look(), letters()
    assert refusal(lambda: act(seating.sign_up, cast.ana)) == ALREADY_IN
    assert refusal(lambda: act(seating.take_seat, cast.mori)) == NOT_OFFERED
    assert refusal(lambda: act(seating.give_up_seat, cast.mori)) == NO_SEAT
    assert refusal(lambda: act(seating.sign_up, cast.stranger)) == NOT_FOUND
    assert refusal(lambda: act(scheduling.cancel_call, cast.stranger)) == NOT_FOUND
    assert look()[1] == before[1]
    assert letters() == written


def test_a_call_is_scheduled_by_a_facilitator_for_a_time_to_come(make, cast, clock):
    wished = Plan("Neck circle", clock.now() - timedelta(minutes=1))

    def schedule(who, plan):
        make.done(lambda: scheduling.schedule_call(who, cast.neck, plan, now=clock.now()))

    assert refusal(lambda: schedule(cast.hana, wished)) == IN_THE_PAST
    later = replace(wished, starts_at=clock.now() + timedelta(days=1))
    assert refusal(lambda: schedule(cast.ana, later)) == NOT_FACILITATOR
    assert refusal(lambda: schedule(cast.stranger, later)) == NOT_FOUND
    schedule(cast.owner, later)


def test_a_new_time_is_told_to_everybody_who_signed_up_and_keeps_their_places(
    cast, act, look, letters
):
    call, before = look()
    act(scheduling.edit_call, cast.hana, wish(call, starts_at=call.starts_at + timedelta(days=1)))
    moved, after = look()
    assert moved.starts_at == call.starts_at + timedelta(days=1)
    assert moved.sequence == call.sequence + 1
    assert after == before
    assert letters()[2:] == [("Ana", "call_moved"), ("Ben", "call_moved"), ("Mori", "call_moved")]


def test_new_words_write_no_letters(cast, act, look, letters):
    call, _ = look()
    act(scheduling.edit_call, cast.owner, wish(call, title="Neck and shoulder circle"))
    renamed, _ = look()
    assert renamed.title == "Neck and shoulder circle"
    assert renamed.sequence == call.sequence
    assert len(letters()) == 2


def test_more_seats_are_offered_to_the_line(cast, act, look, letters):
    call, _ = look()
    act(scheduling.edit_call, cast.hana, wish(call, seats=3))
    grown, roster = look()
    assert grown.taken == 3
    assert roster.who(SeatState.OFFERED) == (cast.mori.id,)
    assert letters()[2:] == [("Mori", "seat_offered")]


@pytest.mark.holds("promise:5", "circle:4")
def test_a_call_is_never_made_smaller_than_what_is_taken(cast, act, look, make):
    call, _ = look()
    act(scheduling.edit_call, cast.hana, wish(call, seats=3))
    act(seating.sign_up, cast.noor)
    assert refusal(lambda: act(scheduling.edit_call, cast.hana, wish(call, seats=2))) == SEATS_TAKEN


def test_a_cancelled_call_is_told_to_everybody_who_signed_up(cast, act, look, letters):
    act(scheduling.cancel_call, cast.hana)
    call, _ = look()
    assert call.state is CallState.CANCELLED
    assert letters()[2:] == [(name, "call_cancelled") for name in ("Ana", "Ben", "Mori")]
    assert refusal(lambda: act(seating.sign_up, cast.noor)) == CANCELLED


def test_a_room_moves_its_call_forward(make, call_id, look, clock):
    def move(state):
        make.done(lambda: scheduling.move_to(call_id, state))

    assert refusal(lambda: move(CallState.LIVE)) == WRONG_STEP
    for state in (CallState.LOBBY, CallState.LIVE, CallState.ENDED):
        move(state)
        assert look()[0].state is state


@pytest.mark.holds("promise:5", "circle:4")
def test_the_database_itself_refuses_one_seat_too_many(app, call_id):
    with app.app_context(), pytest.raises(IntegrityError), transaction():
        db.session.execute(update(Call).where(Call.id == call_id).values(taken=3))


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize(
    ("kind", "berlin"),
    [
        ("seat_confirmed", "1:00 pm"),
        ("seat_offered", "1:00 pm"),
        ("call_moved", "2:00 pm"),
        ("call_cancelled", "2:00 pm"),
    ],
)
def test_letters_have_a_plain_subject_and_say_when_on_the_readers_clocks(
    kind: str, berlin: str, make, cast, act, look
):
    """The call is at noon in UTC, and then an hour later."""
    call, _ = look()
    ella = make.member("Ella", zone="Europe/Berlin")
    make.joined(cast.neck, ella, cast.owner)
    ella = make.actor(ella)
    act(seating.leave_line, cast.mori)
    act(seating.sign_up, ella)
    act(seating.give_up_seat, cast.ana)
    act(seating.take_seat, ella)
    act(scheduling.edit_call, cast.hana, wish(call, starts_at=call.starts_at + timedelta(hours=1)))
    act(scheduling.cancel_call, cast.hana)
    with make.app.app_context():
        row = db.session.scalars(
            select(OutboxLetter).where(
                OutboxLetter.kind == f"calls/{kind}", OutboxLetter.zone == "Europe/Berlin"
            )
        ).one()
        letter = shown(row)
    subject, body = letter.subject, letter.body
    assert "Neck" not in subject
    assert subject.startswith("Circles: ")
    assert "Neck circle" in body
    assert berlin in " ".join(body.split())  # the space in it doesn’t break
    assert "http://localhost/calls" in body
