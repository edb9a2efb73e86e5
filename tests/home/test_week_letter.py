"""A letter about the week: by choice, on Monday morning where somebody lives, once, not empty."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.post import newest
from community.home.jobs import tell_the_week
from community.notifications.actions import choose
from community.notifications.models import Notice
from community.notifications.rules import (
    UNCHOSEN,
    USUAL_QUIET,
    News,
    Quiet,
    Ways,
)

SUNDAY_NIGHT = datetime(2026, 11, 22, 23, 0, tzinfo=UTC)
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def cast(make):
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    return make.actor(hana), make.actor(ana), group_id


@pytest.fixture
def week(app, clock, letters):
    """Let a whole week pass from Sunday night, the job running as it does; who was written to,
    and when."""

    def written():
        with app.app_context():
            for _ in range(7 * 24):
                tell_the_week(clock.now())
                clock.pass_by(hours=1)
            of_week = select(OutboxLetter.address, OutboxLetter.due_at).where(
                OutboxLetter.kind == "home/week_ahead"
            )
            return [(to.partition("@")[0], at) for to, at in db.session.execute(of_week)]

    clock.instant = SUNDAY_NIGHT
    return written


def wishes(make, person, quiet=USUAL_QUIET, *, by_mail=True, by_bell=False):
    ways = UNCHOSEN | {News.WEEKLY: Ways(by_mail, by_bell)}
    make.done(lambda: choose(person, ways, quiet))


@pytest.mark.holds("seed:43")
def test_it_comes_to_whoever_wishes_it_once_a_week_on_monday_morning(make, cast, week) -> None:
    hana, ana, group_id = cast
    wishes(make, ana)
    make.call(group_id, hana)
    assert week() == [("ana", MONDAY)]
    make.call(group_id, hana)
    assert week() == [("ana", MONDAY), ("ana", MONDAY + timedelta(days=7))]


def test_monday_morning_is_the_readers_own_and_after_their_night(make, cast, week) -> None:
    hana, _, group_id = cast
    for name, zone in (("Priya", "Asia/Kolkata"), ("Sam", "America/New_York")):
        person = make.member(name, zone=zone)
        make.joined(group_id, person, hana)
        wishes(make, make.actor(person), Quiet(time(1), time(10, 30)))
    make.call(group_id, hana, starts_in=timedelta(days=3))
    # Half past ten, and the first full hour after it in which the job runs here.
    assert sorted(week()) == [
        ("priya", MONDAY.replace(hour=5)),
        ("sam", MONDAY.replace(hour=16)),
    ]


def test_it_names_calls_with_a_free_seat_that_are_not_theirs_already(
    app, make, cast, clock, week
) -> None:
    hana, ana, group_id = cast
    ben, zoe = (make.member(name) for name in ("Ben", "Zoe"))
    for one in (ben, zoe):
        make.joined(group_id, one, hana)
    full = [make.actor(ben), make.actor(zoe)]
    make.call(group_id, hana, title="Free on Wednesday", starts_in=timedelta(days=3))
    make.call(group_id, hana, title="Mine already", starts_in=timedelta(days=2), seated=[ana])
    make.call(group_id, hana, title="Full", seats=2, starts_in=timedelta(days=2), seated=full)
    make.call(group_id, hana, title="In a month", starts_in=timedelta(days=30))
    wishes(make, ana)
    week()
    with app.app_context():
        (body,) = {each.body for each in newest(20) if each.subject == "Circles: this week"}
    assert "Wednesday 25 November, 11:00\N{NO-BREAK SPACE}pm: Free on Wednesday" in body
    for title in ("Mine already", "Full", "In a month"):
        assert title not in body


def test_it_says_that_there_is_news_and_nothing_when_there_is_nothing(
    app, make, cast, week
) -> None:
    hana, ana, group_id = cast
    wishes(make, ana)
    assert week() == []
    thread_id = make.thread(group_id, ana)
    make.reply(thread_id, hana)
    assert len(week()) == 1
    with app.app_context():
        body = newest(1)[0].body
    assert "one thing waits under What’s new" in body
    assert len(week()) == 1  # it is older than a week by then


def test_it_waits_under_whats_new_for_whoever_wishes_that(app, make, cast, week) -> None:
    hana, ana, group_id = cast
    wishes(make, ana, by_mail=False, by_bell=True)
    make.call(group_id, hana)
    assert week() == []
    with app.app_context():
        rang = db.session.scalars(select(Notice.kind).where(Notice.account_id == ana.id)).all()
    assert rang == ["home/week_ahead"]


def test_a_week_in_which_the_site_was_down_on_monday_has_none(make, cast, clock, app, week) -> None:
    hana, ana, group_id = cast
    wishes(make, ana)
    make.call(group_id, hana)
    clock.instant = MONDAY + timedelta(hours=6)
    assert week() == []
