"""Letters about a seat carry the call for a calendar, as it was when they were written."""

from datetime import UTC, datetime, time, timedelta

import pytest
import vobject
from sqlalchemy import select

from community.calls.actions import scheduling
from community.calls.models import Call
from community.calls.rules.call import Plan
from community.calls.rules.series import Every, Rhythm, Scope
from community.core.db import db
from community.core.post import post


@pytest.fixture
def arrived(app, make, cast, clock, mail):
    """What calendars make of the letters so far: (to whom, method, sequence, when), in order."""

    def posted() -> list[tuple[str, str, str, object]]:
        with app.app_context():
            post(clock.now())
        mail.kept, letters = [], mail.kept
        parts = ((letter, part) for letter in letters for part in letter.iter_attachments())
        return [each for letter, part in parts for each in read(letter, part)]

    def read(letter, part) -> list[tuple[str, str, str, object]]:
        assert part.get_content_type() == "text/calendar"
        assert part.get_filename() == "call.ics"
        calendar = vobject.readOne(part.get_content())
        assert calendar.method.value == part.get_param("method")
        who, method = letter["To"].partition("@")[0], calendar.method.value
        told = [
            (who, method, one.sequence.value, one.dtstart.value) for one in calendar.vevent_list
        ]
        assert len(told) == 1 or method == "PUBLISH"  # RFC 5546, 3.2.5
        return told

    return posted


@pytest.fixture
def call_id(make, cast):
    return make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ana, cast.ben], waiting=[cast.mori]
    )


def test_whoever_gets_a_seat_gets_the_call(arrived, clock, call_id):
    at = clock.now() + timedelta(days=4)
    assert arrived() == [("ana", "PUBLISH", "0", at), ("ben", "PUBLISH", "0", at)]


def test_when_it_moves_whoever_has_a_seat_gets_the_newer_time(make, cast, clock, arrived, call_id):
    arrived()
    at = clock.now() + timedelta(days=9)
    plan = Plan(title="Neck circle", starts_at=at, seats=2)
    make.done(lambda: scheduling.edit_call(cast.hana, call_id, plan, now=clock.now()))
    assert arrived() == [("ana", "PUBLISH", "1", at), ("ben", "PUBLISH", "1", at)]


def test_when_it_is_cancelled_their_calendars_are_told(make, cast, clock, arrived, call_id):
    arrived()
    at = clock.now() + timedelta(days=4)
    make.done(lambda: scheduling.cancel_call(cast.hana, call_id, now=clock.now()))
    assert arrived() == [("ana", "CANCEL", "1", at), ("ben", "CANCEL", "1", at)]


def test_several_calls_of_a_series_are_told_by_one_letter(make, cast, clock, arrived):
    starts_at = datetime(2026, 11, 24, 19, tzinfo=UTC)
    plan = Plan("Neck circle", starts_at, seats=2)
    rhythm = Rhythm(Every.WEEK, starts_at.date(), time(19), "UTC")
    first = make.done(
        lambda: scheduling.schedule_call(cast.hana, cast.neck, plan, rhythm, now=clock.now())
    )
    with make.app.app_context():
        ids = db.session.scalars(select(Call.id).order_by(Call.starts_at)).all()
    for call_id in ids[:2]:
        make.signed_up(call_id, cast.ana)
    arrived()
    moved = Plan("Neck circle", starts_at - timedelta(hours=1), seats=2)
    make.done(
        lambda: scheduling.edit_call(cast.hana, first, moved, scope=Scope.ALL, now=clock.now())
    )
    both = [starts_at + timedelta(days=days, hours=-1) for days in (0, 7)]
    assert arrived() == [("ana", "PUBLISH", "1", at) for at in both]
    make.done(lambda: scheduling.cancel_call(cast.hana, first, scope=Scope.ALL, now=clock.now()))
    assert arrived() == [("ana", "CANCEL", "2", at) for at in both]
