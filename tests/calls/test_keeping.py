"""A series is handed over to another facilitator, who says yes first: on a real database."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from community.calls.actions import holding, keeping, scheduling, seating
from community.calls.models import Call, Series, SeriesAsk
from community.calls.rules.call import IS_A_DRAFT, Plan
from community.calls.rules.holding import ASKED_ALREADY, NO_FACILITATOR, NOBODY_ASKED, Ask
from community.calls.rules.keeping import KEEPS_ALREADY, NOT_ASKED
from community.calls.rules.seats import SeatState
from community.calls.rules.series import Every, Scope, rhythm_from
from community.calls.series import actions as series_actions
from community.core.actor import Role
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.verdict import NOT_FOUND, NOT_YOURS
from community.core.wording import worded
from tests.refusals import refusal


@pytest.fixture
def series_id(make, cast, ben) -> UUID:
    """Every Tuesday at seven, held by Hana. Ben facilitates in the group too."""
    return make.series(cast.neck, cast.hana, seats=2)[1]


@pytest.fixture
def keeper(make, series_id):
    def now() -> UUID | None:
        with make.app.app_context():
            return db.session.get_one(Series, series_id).facilitator_id

    return now


@pytest.fixture
def act(make, clock, series_id):
    """Somebody does something to the series."""
    return lambda action, who, *more: make.done(
        lambda: action(who, series_id, *more, now=clock.now())
    )


def test_whoever_says_yes_keeps_it_and_holds_its_calls_to_come(
    make, cast, ben, act, calls, keeper, clock, letters
):
    for call in calls()[1:3]:
        make.signed_up(call.id, cast.ana)
    make.signed_up(calls()[1].id, cast.mori)
    make.signed_up(calls()[2].id, ben)
    clock.instant = calls()[0].starts_at
    clock.pass_by(hours=1)
    before = len(letters())
    assert act(keeping.hand_over, cast.hana, ben.id) is False
    assert keeper() == cast.hana.id
    act(keeping.accept, ben)
    assert keeper() == ben.id
    assert [call.facilitator_id for call in calls()] == [cast.hana.id, *[ben.id] * 7]
    assert letters()[before:] == [
        ("Ben", "asked_to_keep"),
        ("Hana", "keeping_answered"),
        ("Ana", "calls_changed_hands"),
        ("Mori", "facilitator_changed"),
    ]
    with make.app.app_context():
        assert db.session.scalars(select(SeriesAsk)).all() == []
    clock.pass_by(days=7)
    make.done(lambda: series_actions.make_dates(calls()[0].series_id, now=clock.now()))
    assert calls()[-1].facilitator_id == ben.id


def test_a_seat_of_theirs_goes_to_the_line(make, cast, ben, act, calls):
    for who in (ben, cast.ana, cast.mori):
        make.signed_up(calls()[0].id, who)
    act(keeping.hand_over, cast.hana, ben.id)
    act(keeping.accept, ben)
    with make.app.app_context():
        roster = seating.queries.roster_of(db.session.get_one(Call, calls()[0].id))
    assert roster.state_of(ben.id) is None
    assert roster.who(SeatState.OFFERED) == (cast.mori.id,)


def test_a_call_that_somebody_else_holds_stays_with_them_and_of_two_the_other_stays(
    make, cast, ben, act, calls, clock
):
    lee = make.member("Lee")
    make.joined(cast.neck, lee, cast.owner)
    make.appointed(cast.neck, cast.owner, lee, frozenset({Role.FACILITATOR}))
    third, shared = calls()[1].id, calls()[2].id
    now = clock.now()
    make.done(lambda: holding.hand_over(cast.hana, third, lee.id, now=now))
    make.done(lambda: holding.accept(make.actor(lee), third, Ask.INSTEAD, now=now))
    make.held_together(shared, cast.hana, ben)
    act(keeping.hand_over, cast.hana, ben.id)
    act(keeping.accept, ben)
    held = [(call.facilitator_id, call.co_facilitator_id) for call in calls()]
    assert held[:4] == [(ben.id, None), (lee.id, None), (ben.id, cast.hana.id), (ben.id, None)]


def test_not_this_time_changes_nothing_and_what_is_taken_back_can_not_be_accepted(
    make, cast, ben, act, keeper, series_id, letters
):
    act(keeping.hand_over, cast.hana, ben.id)
    before = len(letters())
    act(keeping.decline, ben)
    assert letters()[before:] == [("Hana", "keeping_answered")]
    assert refusal(lambda: act(keeping.accept, ben)) == NOT_ASKED
    act(keeping.hand_over, cast.hana, ben.id)
    make.done(lambda: keeping.take_back(cast.hana, series_id))
    assert refusal(lambda: act(keeping.accept, ben)) == NOT_ASKED
    taken_back = lambda: make.done(lambda: keeping.take_back(cast.hana, series_id))  # noqa: E731
    assert refusal(taken_back) == NOBODY_ASKED
    assert keeper() == cast.hana.id


def test_one_facilitator_is_asked_at_a_time_by_whoever_keeps_it_or_an_owner(
    make, cast, ben, act, clock
):
    asked = lambda who, whom: refusal(lambda: act(keeping.hand_over, who, whom.id))  # noqa: E731
    assert asked(ben, ben) == NOT_YOURS
    assert asked(cast.ana, ben) == NOT_YOURS
    assert asked(cast.stranger, ben) == NOT_FOUND
    assert asked(cast.hana, cast.ana) == NO_FACILITATOR
    assert asked(cast.hana, cast.hana) == KEEPS_ALREADY
    assert asked(cast.hana, cast.stranger) == NOT_FOUND
    act(keeping.hand_over, cast.owner, ben.id)
    assert asked(cast.hana, ben) == ASKED_ALREADY
    make.appointed(cast.neck, cast.owner, ben, frozenset())
    assert refusal(lambda: act(keeping.accept, make.actor(ben))) == NO_FACILITATOR


def test_a_draft_is_handed_to_nobody(make, cast, ben, clock):
    first = date(2026, 11, 24)
    rhythm = rhythm_from(Every.WEEK, first, clock.now().time(), "UTC")
    plan = Plan("Evenings", rhythm.begins(first))
    call_id = make.done(
        lambda: scheduling.schedule_call(
            cast.hana, cast.neck, plan, rhythm, as_draft=True, now=clock.now()
        )
    )
    with make.app.app_context():
        series_id = db.session.get_one(Call, call_id).series_id
    hand_over = lambda: keeping.hand_over(cast.hana, series_id, ben.id, now=clock.now())  # noqa: E731
    assert refusal(lambda: make.done(hand_over)) == IS_A_DRAFT


def test_an_owner_gives_a_series_that_nobody_keeps_to_somebody_or_takes_it_over(
    make, cast, ben, act, calls, keeper, letters
):
    make.signed_up(calls()[0].id, cast.ana)
    make.appointed(cast.neck, cast.owner, cast.hana, frozenset())
    act(keeping.hand_over, cast.owner, ben.id)
    act(keeping.accept, ben)
    assert keeper() == calls()[0].facilitator_id == ben.id
    make.appointed(cast.neck, cast.owner, cast.owner, frozenset({Role.FACILITATOR, Role.OWNER}))
    owner, before = make.actor(cast.owner), len(letters())
    assert act(keeping.hand_over, owner, owner.id) is True
    assert keeper() == calls()[0].facilitator_id == owner.id
    assert letters()[before:] == [("Ben", "keeping_answered"), ("Ana", "facilitator_changed")]


def test_whoever_is_asked_is_asked_about_what_goes_on_when_the_series_changes_meanwhile(
    make, cast, ben, act, calls, clock
):
    act(keeping.hand_over, cast.hana, ben.id)
    later = calls()[3]
    plan = Plan("Evenings", later.starts_at + timedelta(hours=1))
    make.done(
        lambda: scheduling.edit_call(
            cast.hana, later.id, plan, scope=Scope.FOLLOWING, now=clock.now()
        )
    )
    make.done(lambda: keeping.accept(ben, calls()[3].series_id, now=clock.now()))
    assert [call.facilitator_id for call in calls()] == [*[cast.hana.id] * 3, *[ben.id] * 5]


def test_whoever_leaves_the_group_is_asked_no_more(make, cast, ben, act, clock):
    act(keeping.hand_over, cast.hana, ben.id)
    make.done(lambda: seating.release_seats(ben, cast.neck, now=clock.now()))
    assert refusal(lambda: act(keeping.accept, ben)) == NOT_ASKED


def test_letters_about_it_keep_their_subjects_neutral(make, cast, ben, act, calls, app):
    for call in calls()[:2]:
        make.signed_up(call.id, cast.ana)
    act(keeping.hand_over, cast.hana, ben.id)
    act(keeping.decline, ben)
    act(keeping.hand_over, cast.hana, ben.id)
    act(keeping.accept, ben)
    kinds = {"calls/asked_to_keep", "calls/keeping_answered", "calls/calls_changed_hands"}
    with app.test_request_context():
        rows = db.session.scalars(
            select(OutboxLetter).where(OutboxLetter.kind.in_(kinds)).order_by(OutboxLetter.id)
        ).all()
        said = [(row.kind, worded(row.kind, {**row.facts, "zone": row.zone})) for row in rows]
    assert {kind for kind, _ in said} == kinds
    for _, words in said:
        assert not any(word in words.subject for word in ("Neck", "Hana", "Ben"))
        assert "Neck circle" in words.text
    assert [words.news for _, words in said] == [
        "Hana asks: would you hold these calls from now on, in place of whoever held them so far?",
        "Ben can’t this time. You can ask somebody else.",
        "Hana asks: would you hold these calls from now on, in place of whoever held them so far?",
        "Ben holds these calls from now on.",
        "Ben holds these calls now.",
    ]
