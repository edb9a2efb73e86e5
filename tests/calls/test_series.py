"""What happens to calls that come again, on a real database, with the letters it writes."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from community.calls import jobs, queries
from community.calls.actions import scheduling, seating
from community.calls.models import Call, Series
from community.calls.rules.call import CallState, Plan
from community.calls.rules.seats import SEATS_TAKEN, SeatState
from community.calls.rules.series import NEXT_IN_THE_PAST, NO_SUCH_DATE, Every, Rhythm, Scope
from community.calls.rules.times import IN_THE_PAST
from community.calls.series import actions as series_actions
from community.calls.series import queries as series_queries
from community.core.actor import Role
from community.core.db import db
from community.core.verdict import NOT_FOUND, NOT_YOURS
from tests.refusals import refusal

FIRST = date(2026, 11, 24)  # a Tuesday; the clock of these tests stands on Friday the 20th
RHYTHM = Rhythm(Every.WEEK, FIRST, time(19), "UTC")
PLAN = Plan("Neck circle", RHYTHM.begins(FIRST), seats=2)


@pytest.fixture
def first(make, cast, clock):
    """Every Tuesday at seven, from the 24th on, held by Hana: the first of the calls."""
    return make.done(
        lambda: scheduling.schedule_call(cast.hana, cast.neck, PLAN, RHYTHM, now=clock.now())
    )


@pytest.fixture
def look(make):
    """All calls by the day they begin."""

    def at() -> dict[date, Call]:
        with make.app.app_context():
            calls = db.session.scalars(select(Call).order_by(Call.starts_at)).all()
            return {call.starts_at.date(): call for call in calls}

    return at


@pytest.fixture
def edit(make, cast, clock):
    def at(call_id, scope, who=None, **changes):
        plan = replace(PLAN, **changes)
        make.done(
            lambda: scheduling.edit_call(
                who or cast.hana, call_id, plan, scope=scope, now=clock.now()
            )
        )

    return at


def tuesdays(count: int, since: date = FIRST) -> list[date]:
    return [since + timedelta(weeks=number) for number in range(count)]


def run_job(make, clock) -> None:
    with make.app.app_context():
        jobs.make_dates(clock.now())


def test_the_calls_of_eight_weeks_are_there_at_once_and_the_others_in_time(
    first, look, make, clock
):
    assert list(look()) == tuesdays(8)
    assert look()[FIRST].id == first
    run_job(make, clock)
    assert list(look()) == tuesdays(8)
    clock.pass_by(days=15)
    run_job(make, clock)
    run_job(make, clock)
    assert list(look()) == tuesdays(10)


def test_the_first_is_there_however_far_ahead_it_is(make, cast, clock, look):
    far = Rhythm(Every.WEEK, date(2027, 6, 1), time(19), "UTC")
    plan = replace(PLAN, starts_at=far.begins(far.first))
    make.done(lambda: scheduling.schedule_call(cast.hana, cast.neck, plan, far, now=clock.now()))
    assert list(look()) == [far.first]


def test_a_slot_is_never_taken_twice(first, make, look):
    second = look()[FIRST + timedelta(weeks=1)]

    def twice() -> None:
        db.session.get_one(Call, second.id).slot = FIRST
        db.session.flush()

    with pytest.raises(IntegrityError):
        make.done(twice)


@pytest.mark.parametrize("roles", [frozenset(), frozenset({Role.MODERATOR})])
def test_no_dates_are_made_for_somebody_who_does_not_facilitate_any_more(
    roles, first, make, cast, clock, look
):
    make.appointed(cast.neck, cast.owner, cast.hana, roles)
    clock.pass_by(days=30)
    run_job(make, clock)
    assert list(look()) == tuesdays(8)


def test_an_owner_who_changes_a_series_that_nobody_keeps_goes_on_with_it(
    first, make, cast, clock, look, edit
):
    make.appointed(cast.neck, cast.owner, cast.hana, frozenset())
    edit(first, Scope.ALL, who=cast.owner, title="Evenings")
    clock.pass_by(days=7)
    run_job(make, clock)
    assert list(look()) == tuesdays(9)
    assert look()[FIRST + timedelta(weeks=8)].facilitator_id == cast.owner.id


def test_a_date_that_was_cancelled_or_moved_is_not_made_again(first, make, cast, clock, look, edit):
    _, second, third, *_ = look().values()
    make.done(lambda: scheduling.cancel_call(cast.hana, second.id, now=clock.now()))
    edit(third.id, Scope.ONE, starts_at=third.starts_at + timedelta(days=1))
    run_job(make, clock)
    days = list(look())
    assert len(days) == 8
    assert date(2026, 12, 8) not in days
    assert date(2026, 12, 9) in days
    assert look()[date(2026, 12, 1)].state is CallState.CANCELLED


def test_one_that_is_changed_alone_stays_as_it_is_when_all_change(first, look, edit):
    second = look()[FIRST + timedelta(weeks=1)]
    edit(second.id, Scope.ONE, title="A guest comes", starts_at=second.starts_at)
    edit(first, Scope.ALL, title="Evenings")
    assert [call.title for call in look().values()] == [
        "Evenings",
        "A guest comes",
        *["Evenings"] * 6,
    ]


@pytest.mark.holds("promise:5")
def test_this_and_those_that_follow_move_with_their_seats_and_one_letter_for_each_person(
    first, make, cast, clock, look, edit, letters
):
    calls = list(look().values())
    for call in calls[1:4]:
        make.signed_up(call.id, cast.ana)
    for person in (cast.ben, cast.mori):
        make.signed_up(calls[3].id, person)
    make.signed_up(calls[0].id, cast.noor)
    told = len(letters())
    clock.pass_by(minutes=1)
    edit(calls[2].id, Scope.FOLLOWING, starts_at=datetime(2026, 12, 9, 18, tzinfo=UTC))
    now_on = list(look().values())
    assert [call.id for call in now_on] == [call.id for call in calls]
    assert [call.starts_at.isoformat()[5:16] for call in now_on[:5]] == [
        "11-24T19:00",
        "12-01T19:00",
        "12-09T18:00",
        "12-16T18:00",
        "12-23T18:00",
    ]
    assert [call.sequence for call in now_on] == [0, 0, 1, 1, 1, 1, 1, 1]
    assert letters()[told:] == [
        ("Ana", "calls_moved"),
        ("Ben", "call_moved"),
        ("Mori", "call_moved"),
    ]
    with make.app.app_context():
        roster = queries.roster_of(now_on[3])
    assert roster.who(SeatState.CONFIRMED) == (cast.ana.id, cast.ben.id)
    assert roster.who(SeatState.WAITING) == (cast.mori.id,)
    run_job(make, clock)
    assert len(look()) == 8
    with make.app.app_context():
        before, after = db.session.scalars(select(Series).order_by(Series.first)).all()
    assert (before.first, before.last) == (FIRST, date(2026, 12, 7))
    assert (after.first, after.last, after.hour) == (date(2026, 12, 9), None, time(18))


def test_all_change_from_the_next_one_on_and_what_is_over_stays(first, clock, look, edit):
    clock.pass_by(days=8)
    third = look()[FIRST + timedelta(weeks=2)]
    edit(third.id, Scope.ALL, starts_at=third.starts_at + timedelta(hours=1), title="Evenings")
    over, *to_come = look().values()
    assert (over.title, over.starts_at.hour) == ("Neck circle", 19)
    assert {(call.title, call.starts_at.hour) for call in to_come} == {("Evenings", 20)}


def test_a_series_that_nothing_is_left_of_is_gone(first, make, look, edit):
    edit(first, Scope.ALL, starts_at=PLAN.starts_at + timedelta(days=1))
    with make.app.app_context():
        (series,) = db.session.scalars(select(Series)).all()
    assert series.first == FIRST + timedelta(days=1)
    assert {call.series_id for call in look().values()} == {series.id}


def test_words_that_change_are_told_to_nobody(first, make, cast, look, edit, letters):
    make.signed_up(first, cast.ana)
    told = len(letters())
    edit(first, Scope.ALL, about="The week")
    assert letters()[told:] == []
    assert {call.sequence for call in look().values()} == {0}


def test_where_more_seats_are_taken_than_planned_that_many_stay(first, make, cast, look, edit):
    second = look()[FIRST + timedelta(weeks=1)]
    edit(first, Scope.ALL, seats=3)
    for person in (cast.ana, cast.ben, cast.mori):
        make.signed_up(second.id, person)
    edit(first, Scope.ALL, seats=2)
    assert [call.seats for call in look().values()] == [2, 3, *[2] * 6]
    assert refusal(lambda: edit(second.id, Scope.ALL, seats=2)) == SEATS_TAKEN


def test_nothing_moves_into_the_past(first, clock, look, edit):
    clock.pass_by(days=3)  # Monday
    last = list(look().values())[-1]
    moved = last.starts_at - timedelta(days=2)
    assert refusal(lambda: edit(last.id, Scope.ALL, starts_at=moved)) == NEXT_IN_THE_PAST
    edit(last.id, Scope.FOLLOWING, starts_at=moved)
    assert refusal(lambda: edit(first, Scope.ALL, starts_at=clock.now())) == IN_THE_PAST


@pytest.mark.holds("promise:6")
def test_all_that_are_cancelled_are_told_in_one_letter_and_none_comes_after(
    first, make, cast, clock, look, letters
):
    calls = list(look().values())
    for call in calls[:3]:
        make.signed_up(call.id, cast.ana)
    make.signed_up(calls[2].id, cast.ben)
    told = len(letters())
    make.done(
        lambda: scheduling.cancel_call(
            cast.hana, calls[1].id, scope=Scope.FOLLOWING, now=clock.now()
        )
    )
    assert [call.state for call in look().values()] == [CallState.OPEN, *[CallState.CANCELLED] * 7]
    assert letters()[told:] == [("Ana", "calls_cancelled"), ("Ben", "call_cancelled")]
    clock.pass_by(days=20)
    run_job(make, clock)
    assert len(look()) == 8


def test_a_date_that_is_far_ahead_is_skipped_before_it_is_there(first, make, cast, clock, look):
    series_id, far = look()[FIRST].series_id, FIRST + timedelta(weeks=9)

    def skip(day):
        make.done(lambda: series_actions.skip(cast.hana, series_id, day, now=clock.now()))

    skip(far)
    clock.pass_by(days=21)
    run_job(make, clock)
    assert look()[far].state is CallState.CANCELLED
    assert len(look()) == 11
    for day in (far, FIRST, far + timedelta(days=1)):
        assert refusal(lambda day=day: skip(day)) == NO_SUCH_DATE


def test_a_series_that_ends_keeps_the_dates_that_are_there(first, make, cast, clock, look):
    series_id = look()[FIRST].series_id
    make.done(lambda: series_actions.end(cast.hana, series_id, now=clock.now()))
    clock.pass_by(days=30)
    run_job(make, clock)
    assert list(look()) == tuesdays(8)
    assert {call.state for call in look().values()} == {CallState.OPEN}


def test_a_series_that_ends_after_some_times_has_as_many_when_it_moves(
    make, cast, clock, look, edit
):
    rhythm = replace(RHYTHM, last=FIRST + timedelta(weeks=3))
    make.done(lambda: scheduling.schedule_call(cast.hana, cast.neck, PLAN, rhythm, now=clock.now()))
    assert list(look()) == tuesdays(4)
    second = look()[FIRST + timedelta(weeks=1)]
    edit(second.id, Scope.FOLLOWING, starts_at=second.starts_at + timedelta(days=2))
    run_job(make, clock)
    assert list(look()) == [FIRST, *tuesdays(3, since=date(2026, 12, 3))]


def test_a_draft_has_no_further_dates_until_it_is_published(make, cast, clock, look, edit):
    draft = make.done(
        lambda: scheduling.schedule_call(
            cast.hana, cast.neck, PLAN, RHYTHM, as_draft=True, now=clock.now()
        )
    )
    run_job(make, clock)
    assert list(look()) == [FIRST]
    edit(draft, Scope.ALL, title="Evenings", starts_at=PLAN.starts_at + timedelta(days=1))
    make.done(lambda: scheduling.publish_call(cast.hana, draft, now=clock.now()))
    assert list(look()) == tuesdays(8, since=FIRST + timedelta(days=1))
    assert {call.title for call in look().values()} == {"Evenings"}


def test_a_draft_that_is_thrown_away_leaves_no_series(make, cast, clock, look):
    draft = make.done(
        lambda: scheduling.schedule_call(
            cast.hana, cast.neck, PLAN, RHYTHM, as_draft=True, now=clock.now()
        )
    )
    make.done(lambda: scheduling.throw_draft_away(cast.hana, draft))
    assert look() == {}
    with make.app.app_context():
        assert db.session.scalars(select(Series)).all() == []


def test_only_whoever_keeps_a_series_and_owners_change_it(
    first, make, cast, clock, edit, ben, look
):
    assert refusal(lambda: edit(first, Scope.ALL, who=cast.ana)) == NOT_YOURS
    assert refusal(lambda: edit(first, Scope.ALL, who=ben)) == NOT_YOURS
    assert refusal(lambda: edit(first, Scope.ALL, who=cast.stranger)) == NOT_FOUND
    edit(first, Scope.ALL, who=cast.owner, title="Evenings")
    series_id = look()[FIRST].series_id

    def end() -> None:
        make.done(lambda: series_actions.end(ben, series_id, now=clock.now()))

    assert refusal(end) == NOT_YOURS


def test_a_call_that_does_not_come_again_has_no_others(make, cast, edit):
    alone = make.call(cast.neck, cast.hana)
    assert refusal(lambda: edit(alone, Scope.ALL)) == NOT_FOUND


@pytest.mark.holds("promise:5")
def test_whoever_has_a_seat_in_a_moved_call_is_asked_and_keeps_it_meanwhile(
    first, make, cast, clock, look, edit
):
    def asked(who) -> bool:
        with make.app.app_context():
            return queries.call_for(who, first).has_moved

    for person in (cast.ana, cast.ben):
        make.signed_up(first, person)
    assert not asked(cast.ana)
    clock.pass_by(minutes=1)
    edit(first, Scope.ONE, starts_at=PLAN.starts_at + timedelta(hours=1))
    assert asked(cast.ana)
    clock.pass_by(minutes=1)
    make.done(lambda: seating.still_come(cast.ana, first, now=clock.now()))
    make.gave_up(first, cast.ben)
    make.signed_up(first, cast.mori)
    assert [asked(who) for who in (cast.ana, cast.ben, cast.mori)] == [False, False, False]
    with make.app.app_context():
        roster = queries.roster_of(look()[FIRST])
    assert roster.who(SeatState.CONFIRMED) == (cast.ana.id, cast.mori.id)


def test_who_is_affected_is_counted_once_for_each_person(first, make, cast, clock, look):
    calls = list(look().values())
    for call in calls[:3]:
        make.signed_up(call.id, cast.ana)
    for person in (cast.ben, cast.mori):
        make.signed_up(calls[2].id, person)
    with make.app.app_context():
        call = queries.call_for(cast.hana, calls[1].id)
        found = {scope: series_queries.reach(call, scope, now=clock.now()) for scope in Scope}
    assert {scope: (len(r.calls), r.people) for scope, r in found.items()} == {
        Scope.ONE: (0, 1),
        Scope.FOLLOWING: (7, 3),
        Scope.ALL: (8, 3),
    }
