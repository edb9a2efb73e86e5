"""What lists of calls and calendars find, on each database."""

from datetime import date, timedelta

import pytest

from community.calls import attendance
from community.calls.actions import scheduling, seating
from community.calls.calendars import actions as calendar_actions
from community.calls.calendars import queries as calendar_queries
from community.calls.clashes.queries import in_the_way
from community.calls.listing import actions, queries
from community.calls.rules.call import CallState, EndReason
from community.calls.rules.listing import TimeOfDay, Wish
from community.core.verdict import NOT_FOUND
from tests.refusals import refusal

TUESDAY = date(2026, 11, 24)


@pytest.fixture
def found(make, clock):
    """What a query finds."""

    def at(query, *who, **more):
        with make.app.app_context():
            return query(*who, now=clock.now(), **more)

    return at


def test_a_wish_is_about_topic_time_and_room_at_once(make, cast, found):
    usual = {"topic": "cervical", "starts_in": timedelta(days=4, hours=6)}
    right = make.call(cast.neck, cast.hana, **usual)
    make.call(cast.neck, cast.hana, **usual | {"topic": "blepharospasm"})
    make.call(cast.neck, cast.hana, **usual | {"starts_in": timedelta(days=4)})
    make.call(cast.neck, cast.hana, seats=2, seated=[cast.ben, cast.mori], **usual)
    wish = Wish("cervical", TimeOfDay.EVENING, only_free=True)
    assert [card.id for card in found(queries.calls_like, cast.ana, wish).cards] == [right]
    month = found(queries.month_of, cast.ana, wish, TUESDAY.replace(day=1))
    assert {day: [card.id for card in cards] for day, cards in month.items()} == {TUESDAY: [right]}


def test_of_a_call_that_somebody_holds_they_know_how_many_come_and_what_is_in_the_way(
    make, cast, clock, found, ben
):
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana, cast.mori])
    make.done(lambda: seating.show_card(cast.ana, call_id, shows=True))  # there is none to show
    other = make.call(cast.neck, ben)
    make.done(lambda: actions.take_days_off(cast.hana, TUESDAY, TUESDAY, now=clock.now()))
    cards = found(queries.held_by, cast.hana).cards
    assert [card.id for card in cards] == [call_id]
    with make.app.app_context():
        assert queries.coming_to([call_id]) == {call_id: queries.Coming(2, 0, 0, 0)}
        seen = in_the_way(cast.hana, cards)[call_id]
    assert [each.id for each in seen.others] == [other]
    assert [each.name for each in seen.away] == ["Hana"]


def test_of_a_call_that_is_over_they_know_how_many_came_besides_themselves(
    make, cast, clock, found
):
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana, cast.ben])
    came = frozenset({cast.ana.id, cast.hana.id})
    make.done(lambda: attendance.keep(call_id, came, frozenset(), now=clock.now()))
    make.done(lambda: scheduling.move_to(call_id, CallState.ENDED, EndReason.FINISHED))
    with make.app.app_context():
        [past], more = queries.past_of(cast.hana, now=clock.now())
        assert queries.past_of(cast.hana, before=call_id, now=clock.now()) == ([], None)
    assert (past.id, past.came, more) == (call_id, 1, None)


def test_a_call_that_was_cancelled_is_over_when_its_day_has_come(make, cast, clock):
    call_id = make.call(cast.neck, cast.hana)
    make.done(lambda: scheduling.cancel_call(cast.hana, call_id, now=clock.now()))
    with make.app.app_context():
        assert queries.past_of(cast.hana, now=clock.now()) == ([], None)
        [past], _ = queries.past_of(cast.hana, now=clock.pass_by(days=4))
    assert past.id == call_id


def test_a_calendar_has_one_address_at_a_time(make, cast, found):
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana])
    ids = []
    for _ in range(2):
        make.done(lambda: calendar_actions.give_address(cast.ana))
        with make.app.app_context():
            ids.append(calendar_queries.feed_of(cast.ana))
    with make.app.app_context():
        assert calendar_queries.owner_of(ids[1]) == cast.ana.id
        assert refusal(lambda: calendar_queries.owner_of(ids[0])) == NOT_FOUND
    for person in (cast.ana, cast.hana):
        assert [one.id for one in found(calendar_queries.calendar_of, person)] == [call_id]
    assert found(calendar_queries.calendar_of, cast.noor) == []
