"""Holding a call together, handing it over: on a real database, with the letters it writes."""

from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.calls import queries
from community.calls.actions import holding, scheduling, seating
from community.calls.models import Call
from community.calls.rules.call import MOST_SEATS, MOST_SEATS_FOR_TWO, CallState, Plan
from community.calls.rules.holding import (
    ASKED_ALREADY,
    LEADS_ALREADY,
    NO_FACILITATOR,
    NOT_ASKED,
    Ask,
)
from community.calls.rules.seats import TOO_MANY_SEATS, SeatState
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.verdict import NOT_FOUND, NOT_YOURS
from community.core.wording import worded
from tests.refusals import refusal


@pytest.fixture
def held_by(make, call_id):
    """Who holds the call, by id."""

    def ids() -> tuple[UUID | None, UUID | None]:
        with make.app.app_context():
            call = db.session.get_one(Call, call_id)
            return call.facilitator_id, call.co_facilitator_id

    return ids


@pytest.fixture
def told(letters, call_id, ben):
    """The letters since everybody signed up."""
    before = len(letters())
    return lambda: letters()[before:]


def test_whoever_says_yes_holds_it_too_and_their_seat_goes_to_the_line(
    cast, ben, act, held_by, told, call_id, make
):
    act(holding.ask_to_hold, cast.hana, ben.id)
    assert held_by() == (cast.hana.id, None)
    act(holding.accept, ben, Ask.TOGETHER)
    assert held_by() == (cast.hana.id, ben.id)
    assert told() == [
        ("Ben", "asked_to_hold"),
        ("Mori", "seat_offered"),
        ("Hana", "holding_answered"),
    ]
    with make.app.app_context():
        roster = queries.roster_of(db.session.get_one(Call, call_id))
        assert roster.state_of(ben.id) is None
        assert roster.who(SeatState.OFFERED) == (cast.mori.id,)


def test_whoever_says_not_this_time_changes_nothing(cast, ben, act, held_by, told):
    act(holding.ask_to_hold, cast.hana, ben.id)
    act(holding.decline, ben, Ask.TOGETHER)
    assert held_by() == (cast.hana.id, None)
    assert told()[1:] == [("Hana", "holding_answered")]
    assert refusal(lambda: act(holding.accept, ben, Ask.TOGETHER)) == NOT_ASKED


def test_what_is_taken_back_can_not_be_accepted(cast, ben, act, make, call_id):
    act(holding.hand_over, cast.hana, ben.id)
    make.done(lambda: holding.take_back(cast.hana, call_id, Ask.INSTEAD))
    assert refusal(lambda: act(holding.accept, ben, Ask.INSTEAD)) == NOT_ASKED


def test_one_person_is_asked_at_a_time_and_only_another_facilitator(cast, ben, act):
    act(holding.ask_to_hold, cast.hana, ben.id)
    assert refusal(lambda: act(holding.ask_to_hold, cast.hana, ben.id)) == ASKED_ALREADY
    assert refusal(lambda: act(holding.hand_over, cast.hana, cast.ana.id)) == NO_FACILITATOR
    assert refusal(lambda: act(holding.hand_over, cast.hana, cast.hana.id)) == LEADS_ALREADY
    assert refusal(lambda: act(holding.hand_over, cast.hana, cast.stranger.id)) == NOT_FOUND
    assert refusal(lambda: act(holding.hand_over, ben, ben.id)) == NOT_YOURS


def test_a_call_that_is_handed_over_is_held_by_the_other_and_everybody_is_told_neutrally(
    cast, ben, act, held_by, told
):
    assert act(holding.hand_over, cast.hana, ben.id) is False
    assert held_by() == (cast.hana.id, None)
    act(holding.accept, ben, Ask.INSTEAD)
    assert held_by() == (ben.id, None)
    assert told() == [
        ("Ben", "asked_to_hold"),
        ("Mori", "seat_offered"),
        ("Hana", "holding_answered"),
        ("Ana", "facilitator_changed"),
        ("Mori", "facilitator_changed"),
    ]


def test_the_two_change_places_at_once_and_quietly_while_the_circle_is_on(
    cast, ben, act, held_by, told, make, call_id
):
    make.held_together(call_id, cast.hana, ben)
    for state in (CallState.LOBBY, CallState.LIVE):
        make.done(lambda: scheduling.move_to(call_id, state))  # noqa: B023
    so_far = len(told())
    assert act(holding.hand_over, cast.hana, ben.id) is True
    assert held_by() == (ben.id, cast.hana.id)
    assert told()[so_far:] == []


def test_whoever_facilitates_no_more_is_handed_nothing(cast, ben, act, make, call_id):
    make.held_together(call_id, cast.hana, ben)
    make.appointed(cast.neck, cast.owner, ben, frozenset())
    assert refusal(lambda: act(holding.hand_over, cast.hana, ben.id)) == NO_FACILITATOR


def test_either_of_the_two_ends_it_and_the_other_hears(
    cast, ben, act, held_by, told, make, call_id
):
    for who, hears in ((ben, "Hana"), (cast.hana, "Ben"), (cast.owner, "both")):
        make.held_together(call_id, cast.hana, ben)
        so_far = len(told())
        act(holding.part, who)
        assert held_by() == (cast.hana.id, None)
        names = {name for name, kind in told()[so_far:] if kind == "holding_ended"}
        assert names == ({"Hana", "Ben"} if hears == "both" else {hears})


def test_whoever_leaves_the_group_holds_none_of_its_calls_together(
    cast, ben, act, held_by, make, call_id, clock
):
    make.held_together(call_id, cast.hana, ben)
    make.done(lambda: seating.release_seats(ben, cast.neck, now=clock.now()))
    assert held_by() == (cast.hana.id, None)


def test_when_the_facilitator_leaves_the_group_the_other_one_holds_the_call(
    cast, ben, act, held_by, make, call_id, clock
):
    make.held_together(call_id, cast.hana, ben)
    make.done(lambda: seating.release_seats(cast.hana, cast.neck, now=clock.now()))
    assert held_by() == (ben.id, None)


def test_whoever_leaves_the_group_is_asked_no_more(cast, ben, act, make, call_id, clock, app):
    act(holding.ask_to_hold, cast.hana, ben.id)
    make.done(lambda: seating.release_seats(ben, cast.neck, now=clock.now()))
    with app.app_context():
        assert queries.asked_for(call_id) == []


def test_a_call_with_two_has_ten_seats_at_most(cast, ben, make, call_id, clock):
    make.held_together(call_id, cast.hana, ben)

    def one_more() -> None:
        call = db.session.get_one(Call, call_id)
        plan = Plan(call.title, call.starts_at, seats=MOST_SEATS_FOR_TWO + 1)
        scheduling.edit_call(cast.hana, call_id, plan, now=clock.now())

    assert refusal(lambda: make.done(one_more)) == TOO_MANY_SEATS


@pytest.mark.parametrize("broken", [{"seats": MOST_SEATS}, {"facilitator_id": "the second"}])
def test_the_database_keeps_room_for_two_different_people(cast, ben, make, call_id, broken):
    make.held_together(call_id, cast.hana, ben)

    def break_it() -> None:
        call = db.session.get_one(Call, call_id)
        for name, value in broken.items():
            setattr(call, name, ben.id if value == "the second" else value)
        db.session.flush()

    with pytest.raises(IntegrityError):
        make.done(break_it)


def test_a_letter_about_who_holds_it_keeps_its_subject_neutral(cast, ben, act, make, call_id, app):
    kinds = {
        "calls/asked_to_hold",
        "calls/holding_answered",
        "calls/holding_ended",
        "calls/facilitator_changed",
    }
    make.held_together(call_id, cast.hana, ben)
    act(holding.part, cast.hana)
    act(holding.ask_to_hold, cast.hana, ben.id)
    act(holding.decline, ben, Ask.TOGETHER)
    act(holding.hand_over, cast.hana, ben.id)
    act(holding.accept, ben, Ask.INSTEAD)
    with app.test_request_context():
        rows = db.session.scalars(select(OutboxLetter).order_by(OutboxLetter.id)).all()
        said = [(row.kind, worded(row.kind, {**row.facts, "zone": row.zone})) for row in rows]
    about_it = [(kind, words) for kind, words in said if kind in kinds]
    assert {kind for kind, _ in about_it} == kinds
    for _, words in about_it:
        assert not any(word in words.subject for word in ("Neck", "Hana", "Ben"))
        assert "Neck circle" in words.text
        assert f"/calls/{call_id}" in words.text
    news = [words.news for _, words in about_it]
    assert "Ben can’t this time. You can ask somebody else." in news
    assert "Ben said yes, and holds this call together with you." in news
    assert "Ben said yes, and holds this call now." in news
    assert "Hana asks: would you hold this call in their place?" in news
