"""A series that comes more or less often from some day on: what happens, and its pages."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from community.calls.actions import scheduling
from community.calls.models import Call, Series
from community.calls.rules.call import CallState, Plan
from community.calls.rules.series import NOT_THE_LAST, SAME_RHYTHM, Every
from community.calls.series import actions as series_actions
from community.core.db import db
from community.core.verdict import NOT_YOURS, STALE
from tests.refusals import refusal

FIRST = date(2026, 11, 24)  # a Tuesday; the clock of these tests stands on Friday the 20th


@pytest.fixture
def series_id(make, cast) -> UUID:
    """Every Tuesday at seven, held by Hana."""
    return make.series(cast.neck, cast.hana, seats=2)[1]


@pytest.fixture
def paced(make, cast, clock, series_id):
    """It comes that often from this day on."""

    def at(every, since=FIRST, who=None, which=None) -> UUID:
        return make.done(
            lambda: series_actions.change_pace(
                who or cast.hana, which or series_id, every, since, now=clock.now()
            )
        )

    return at


def weeks(*numbers: int) -> list[date]:
    return [FIRST + timedelta(weeks=number) for number in numbers]


def on(calls: list[Call]) -> list[date]:
    return [call.starts_at.date() for call in calls if call.state is CallState.OPEN]


def test_calls_of_both_rhythms_stay_with_their_seats_and_the_others_are_cancelled_once_told(
    make, cast, calls, paced, letters
):
    before = calls()
    for call in before[:4]:
        make.signed_up(call.id, cast.ana)
    make.signed_up(before[1].id, cast.ben)
    so_far = len(letters())
    paced(Every.TWO_WEEKS)
    assert on(calls()) == weeks(0, 2, 4, 6)
    assert [call.id for call in calls() if call.state is CallState.OPEN] == [
        call.id for call in before[::2]
    ]
    assert [call.taken for call in calls() if call.state is CallState.OPEN] == [1, 1, 0, 0]
    assert letters()[so_far:] == [("Ana", "calls_cancelled"), ("Ben", "call_cancelled")]


def test_the_days_before_that_one_stay_as_they_are_in_a_series_that_ends(
    make, calls, paced, series_id
):
    again_id = paced(Every.TWO_WEEKS, since=weeks(3)[0])
    assert on(calls()) == weeks(0, 1, 2, 3, 5, 7)
    with make.app.app_context():
        old, new = (db.session.get_one(Series, each) for each in (series_id, again_id))
    assert old.last == weeks(3)[0] - timedelta(days=1)
    assert (new.first, new.last, new.every) == (weeks(3)[0], None, Every.TWO_WEEKS)
    assert (new.title, new.facilitator_id, new.hour) == (
        old.title,
        old.facilitator_id,
        old.hour,
    )


def test_what_comes_more_often_gets_the_days_between_and_an_empty_series_is_gone(
    make, cast, calls, paced, series_id, clock
):
    fortnightly = paced(Every.TWO_WEEKS)
    weekly = paced(Every.WEEK, since=weeks(2)[0], which=fortnightly)
    assert on(calls()) == weeks(0, 2, 3, 4, 5, 6, 7)
    with make.app.app_context():
        assert db.session.get(Series, fortnightly) is not None
    _, other = make.series(cast.neck, cast.hana, every=Every.TWO_WEEKS, first=weeks(1)[0])
    paced(Every.WEEK, since=weeks(1)[0], which=other)
    with make.app.app_context():
        assert db.session.get(Series, other) is None
    clock.pass_by(days=7)
    make.done(lambda: series_actions.make_dates(weekly, now=clock.now()))
    assert weeks(8)[0] in on(calls())


def test_a_month_has_its_weekday_once_and_a_date_that_was_cancelled_stays_cancelled(
    make, cast, calls, paced, clock
):
    fourth_of_december = calls()[4]
    make.done(lambda: scheduling.cancel_call(cast.hana, fourth_of_december.id, now=clock.now()))
    paced(Every.MONTH)
    assert on(calls()) == [FIRST]  # January has its fourth Tuesday too far ahead
    clock.pass_by(days=30)
    with make.app.app_context():
        series_id = db.session.scalars(select(Series.id).where(Series.every == Every.MONTH)).one()
    make.done(lambda: series_actions.make_dates(series_id, now=clock.now()))
    assert on(calls()) == [FIRST, date(2027, 1, 26)]


def test_what_was_changed_apart_stays_as_it_is_where_its_day_stays(make, cast, calls, paced, clock):
    moved = calls()[2]
    plan = Plan("Evenings", moved.starts_at + timedelta(hours=1))
    make.done(lambda: scheduling.edit_call(cast.hana, moved.id, plan, now=clock.now()))
    paced(Every.TWO_WEEKS)
    with make.app.app_context():
        call = db.session.get_one(Call, moved.id)
    assert (call.title, call.starts_at, call.state) == ("Evenings", plan.starts_at, CallState.OPEN)


def test_its_last_day_stays(make, cast, calls, paced, series_id, clock):
    with make.app.app_context():
        db.session.get_one(Series, series_id).last = weeks(5)[0]
        db.session.commit()
    again_id = paced(Every.TWO_WEEKS)
    with make.app.app_context():
        assert db.session.get_one(Series, again_id).last == weeks(5)[0]


def test_only_to_another_rhythm_from_a_day_to_come_by_whoever_keeps_it(
    cast, paced, clock, ben, make
):
    assert refusal(lambda: paced(Every.WEEK)) == SAME_RHYTHM
    assert refusal(lambda: paced(Every.MONTH_LAST, since=weeks(1)[0])) == NOT_THE_LAST
    assert refusal(lambda: paced(Every.MONTH, since=FIRST + timedelta(days=1))) == STALE
    assert refusal(lambda: paced(Every.MONTH, who=ben)) == NOT_YOURS
    clock.pass_by(days=5)
    assert refusal(lambda: paced(Every.MONTH)) == STALE
    paced(Every.MONTH, since=weeks(1)[0], who=cast.owner)
