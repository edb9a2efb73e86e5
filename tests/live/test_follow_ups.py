"""The day after a call, whoever was there is asked how it landed: once, by choice, privately."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from community.calls.follow_ups import queries
from community.calls.jobs import erase_attendance, follow_up
from community.calls.models import Attendance, Call, Series
from community.calls.rules.call import EndReason
from community.calls.rules.follow_ups import HELPS_FOR, LATER, to_follow_up
from community.calls.rules.series import Every
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.post import newest
from community.groups import actions as groups_actions
from community.live.jobs import end_circles_that_nobody_leads
from community.notifications import actions as notifications_actions
from community.notifications.models import Notice
from community.notifications.rules import UNCHOSEN, USUAL_QUIET, News, Ways
from tests.fakes import FrozenClock
from tests.live.circle import Circle

Letters = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def over(circle: Circle) -> Circle:
    """Hana led it and Ana came. Ben had a seat and wasn’t there."""
    circle.make.signed_up(circle.call_id, circle.ben)
    circle.begin("Hana", "Ana")
    assert circle.press("Hana", "end").status_code == 200
    return circle


@pytest.fixture
def asked(app: Flask, clock: FrozenClock, letters: Letters) -> Callable[[], set[tuple[str, str]]]:
    """Who is asked now."""

    def now() -> set[tuple[str, str]]:
        with app.app_context():
            before = letters()
            follow_up(clock.now())
            return set(letters()[len(before) :])

    return now


@pytest.mark.holds("promise:6")
def test_whoever_was_there_is_asked_the_day_after_and_once(over, clock, asked) -> None:
    clock.pass_by(hours=23, minutes=59)
    assert asked() == set()
    clock.pass_by(minutes=1)
    assert asked() == {("Ana", "call_was"), ("Hana", "call_was")}
    clock.pass_by(hours=1)
    assert asked() == set()


@pytest.mark.holds("promise:10")
def test_the_letter_says_where_to_look_back_and_its_subject_nothing(
    app, over, clock, asked
) -> None:
    clock.pass_by(days=1)
    asked()
    with app.app_context():
        sent = {each.address: each for each in newest(2)}
        rang = db.session.scalars(select(Notice.kind).where(Notice.account_id == over.ana.id)).all()
    assert {each.subject for each in sent.values()} == {"Circles: the day after"}
    ana, hana = sent["ana@example.org"].body, sent["hana@example.org"].body
    assert f"/calls/{over.call_id}/thanks" in ana
    assert "You can write its facilitators a line there" in ana
    assert "You held a call on" in hana
    assert "you can open a thread there" in hana
    assert "Stop e-mails like this one" in ana
    assert "calls/call_was" in rang
    page = over.browsers["Ana"].get(f"/calls/{over.call_id}/thanks").text
    assert "How did that land?" in page
    assert "Look back on it" in over.browsers["Ana"].get("/news").text


def test_it_comes_in_the_ways_that_somebody_chose(app, over, clock, asked) -> None:
    nowhere = UNCHOSEN | {News.DAY_AFTER: Ways(by_mail=False, by_bell=False)}
    over.make.done(lambda: notifications_actions.choose(over.ana, nowhere, USUAL_QUIET))
    clock.pass_by(days=1)
    assert asked() == {("Hana", "call_was")}
    with app.app_context():
        kinds = select(Notice.kind).where(Notice.account_id == over.ana.id)
        assert "calls/call_was" not in db.session.scalars(kinds).all()


def test_in_the_night_the_letter_waits_for_the_morning(app, over, clock, asked) -> None:
    clock.instant = clock.now().replace(hour=23)
    with app.app_context():
        was_there = update(Attendance).where(Attendance.follow_up_at.is_not(None))
        db.session.execute(was_there.values(follow_up_at=clock.now()))
        db.session.commit()
    asked()
    with app.app_context():
        due = select(OutboxLetter.due_at).where(OutboxLetter.kind == "calls/call_was")
        morning = clock.now().replace(hour=8) + timedelta(days=1)
        assert set(db.session.scalars(due)) == {morning}


def test_whoever_left_the_group_since_is_not_asked(over, clock, asked) -> None:
    over.make.done(lambda: groups_actions.leave(over.ana, over.group, now=over.make.clock.now()))
    clock.pass_by(days=1)
    assert asked() == {("Hana", "call_was")}


def test_when_the_site_was_down_for_days_nobody_is_asked_any_more(app, over, clock, asked) -> None:
    clock.instant += LATER + HELPS_FOR
    assert asked() == set()
    with app.app_context():
        assert queries.calls_due(clock.now()) == []


def test_what_nobody_needs_to_know_any_more_asks_nobody(app, over, clock, asked) -> None:
    clock.pass_by(days=91)
    with app.app_context():
        erase_attendance(clock.now())
        assert db.session.scalars(select(Attendance)).all() == []
    assert asked() == set()


def test_after_a_circle_that_nobody_led_there_is_the_other_letter_only(
    app, circle, clock, asked
) -> None:
    circle.join("Ana")
    clock.pass_by(hours=1)
    with app.app_context():
        end_circles_that_nobody_leads(clock.now())
        call = db.session.get_one(Call, circle.call_id)
        assert call.ended_reason is EndReason.FACILITATOR_ABSENT
    clock.pass_by(days=1)
    assert asked() == set()


def test_the_next_date_of_the_same_series_is_named(app, make, over, clock, asked) -> None:
    later = make.call(over.group, over.hana, starts_in=timedelta(days=7))
    with app.app_context():
        was, comes = (db.session.get_one(Call, each) for each in (over.call_id, later))
        first, hour = was.starts_at.date(), was.starts_at.time()
        series = Series(group_id=over.group, every=Every.WEEK, first=first, hour=hour, zone="UTC")
        series.title, series.minutes, series.seats = was.title, was.minutes, was.seats
        series.about = series.happens = series.guide = ""
        db.session.add(series)
        db.session.flush()
        for call in (was, comes):
            call.series_id, call.slot = series.id, call.starts_at.date()
        db.session.commit()
        day = f"{comes.starts_at:%A %-d %B}"
    clock.pass_by(days=1)
    asked()
    with app.app_context():
        assert f"The next of these calls is on {day}" in newest(1)[0].body


@pytest.mark.parametrize("why", EndReason)
def test_where_there_was_a_circle_everybody_who_came_is_asked(why: EndReason) -> None:
    came = {UUID(int=1), UUID(int=2)}
    was_none = why in {EndReason.FACILITATOR_ABSENT, EndReason.EMPTY}
    assert to_follow_up(why, came) == (frozenset() if was_none else came)
