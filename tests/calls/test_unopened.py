"""A call that nobody came to, on each database: it is over when it would have been."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from community.calls.jobs import end_unopened
from community.calls.models import Attendance, Call
from community.calls.rules.call import CallState, EndReason
from community.calls.rules.times import is_past
from community.core.db import db
from tests.fakes import FrozenClock
from tests.make import Make


@pytest.fixture
def call_id(make: Make, cast) -> UUID:
    """Of three quarters of an hour. It begins in ten minutes."""
    return make.call(
        cast.neck, cast.hana, minutes=45, starts_in=timedelta(minutes=10), seated=[cast.ana]
    )


@pytest.fixture
def after(make: Make, clock: FrozenClock, call_id: UUID) -> Callable[[int], Call]:
    """The call, so many minutes later."""

    def passed(minutes: int) -> Call:
        with make.app.app_context():
            end_unopened(clock.pass_by(minutes=minutes))
            return db.session.get_one(Call, call_id)

    return passed


def test_it_is_over_at_its_planned_end_and_nobody_is_noted_as_missing(make, after, letters) -> None:
    before = letters()
    assert after(54).state is CallState.OPEN
    call = after(1)
    assert (call.state, call.ended_reason) == (CallState.ENDED, EndReason.EMPTY)
    assert letters() == before
    with make.app.app_context():
        assert db.session.query(Attendance).count() == 0


def test_nobody_comes_into_it_days_later(cast, after, call_id, client_for) -> None:
    after(60 * 24)
    page = client_for(cast.ana).get(f"/calls/{call_id}/lobby").text
    assert "This call is over." in page
    assert "Join now" not in page


def test_what_was_cancelled_or_is_on_is_left_as_it_is(make, after, call_id) -> None:
    for state in (CallState.CANCELLED, CallState.LOBBY):
        make.done(lambda state=state: setattr(db.session.get_one(Call, call_id), "state", state))
        assert after(60).state is state


@pytest.mark.parametrize(("minutes", "over_after"), [(15, 30), (30, 30), (45, 45), (90, 90)])
def test_there_is_half_an_hour_at_least_for_whoever_is_late(minutes: int, over_after: int) -> None:
    now = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
    assert is_past(now - timedelta(minutes=over_after), minutes, now)
    assert not is_past(now - timedelta(minutes=over_after, seconds=-1), minutes, now)
