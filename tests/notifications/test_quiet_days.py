"""Quiet days: nothing rings but what must reach somebody, and nothing is lost."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.models import Account, SignedInBrowser
from community.calls.actions import scheduling as calls_scheduling
from community.core.actor import Actor, Staff
from community.core.db import db, transaction
from community.core.letters import OutboxLetter
from community.core.sockets import socketio
from community.groups.rules import GroupDeclined
from community.notifications.actions import RUNG, tell
from community.notifications.jobs import forget_old_news
from community.notifications.models import Notice
from community.notifications.push.models import PushSubscription
from community.notifications.rules import (
    MUST_REACH,
    NO_WAY,
    QUIET_DAYS,
    REMEMBERED,
    News,
    Ways,
    is_put_down,
    is_quiet,
    may_be_quiet_for,
    put_down,
    was_quiet,
)
from tests.fakes import FrozenClock
from tests.house.test_letters import KINDS, classes, of_every_shape
from tests.make import Make
from tests.pages import plain, send

HOME, CHOICES, BEGIN, END = "/home", "/news/choices", "/news/quiet/", "/news/quiet/end"
ClientFor = Callable[..., FlaskClient]

instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ways = st.builds(Ways, st.booleans(), st.booleans(), st.booleans())


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


@pytest.fixture
def anas(client_for: ClientFor, ana: Actor) -> FlaskClient:
    return client_for(ana)


@pytest.fixture
def quiet(anas: FlaskClient) -> FlaskClient:
    """Ana’s browser, in three quiet days."""
    assert send(anas, HOME, BEGIN, days="3", back=HOME).location == HOME
    return anas


@pytest.fixture
def news(app: Flask, ana: Actor, clock: FrozenClock) -> Callable[..., None]:
    """Somebody tells Ana something that isn’t urgent."""

    def tell_her(about: News | None = None, name: str = "Evenings", **how: Any) -> None:
        with app.app_context(), transaction():
            tell(ana.id, GroupDeclined(name, "No."), about=about, now=clock.now(), **how)

    return tell_her


# ---- rules ----


@given(st.sampled_from(KINDS), st.none() | instants, instants)
def test_what_must_reach_is_never_put_down_and_the_rest_only_until_they_end(
    kind: str, until: datetime | None, now: datetime
) -> None:
    goes_on = until is not None and now < until
    assert is_quiet(until, now) is goes_on
    assert is_put_down(kind, until, now) is (goes_on and kind not in MUST_REACH)
    assert not (is_quiet(until, now) and was_quiet(until, now))
    assert was_quiet(until, now) is (until is not None and now - REMEMBERED < until <= now)


@given(ways)
def test_what_would_have_come_in_any_way_stands_under_whats_new_and_rings_nowhere(
    usual: Ways,
) -> None:
    assert put_down(usual) == (Ways(False, True) if usual.by_mail or usual.by_bell else NO_WAY)
    assert not put_down(usual).on_devices


def test_what_must_reach_are_letters_that_there_are() -> None:
    assert set(KINDS) >= MUST_REACH
    assert {kind for kind in KINDS if "decided" in kind} <= MUST_REACH


def test_one_may_be_quiet_for_some_days_and_not_for_any_number() -> None:
    assert [days for days in range(-1, 400) if may_be_quiet_for(days)] == list(QUIET_DAYS)


# ---- the one gate ----


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_leaves_but_what_must_reach(
    app: Flask, ana: Actor, quiet: FlaskClient, clock: FrozenClock, kind: str
) -> None:
    letter = next(of_every_shape(classes()[kind]))
    with app.app_context():
        with transaction():
            assert tell(ana.id, letter, now=clock.now())
            rung = db.session.info.pop(RUNG, [])
        written = db.session.scalars(select(OutboxLetter.kind)).all()
        [notice] = db.session.scalars(select(Notice))
        must_reach = kind in MUST_REACH
        assert (notice.kind, notice.put_down) == (kind, not must_reach)
        assert written.count(kind) == (1 if must_reach else 0)
        assert rung == ([ana.id] if must_reach else [])
    assert ("(1 new)" in quiet.get("/comfort").text) is must_reach


def test_no_line_is_rung_in_quiet_days(
    app: Flask, make: Make, quiet: FlaskClient, ana: Actor, client_for: ClientFor, news
) -> None:
    line = socketio.test_client(app, flask_test_client=client_for(ana))
    news()
    assert [one for one in line.get_received() if one["name"] == "bell"] == []


def test_devices_say_nothing_not_even_what_they_would_have_said_in_the_morning(
    app: Flask, anas: FlaskClient, ana: Actor, clock: FrozenClock, news
) -> None:
    with app.app_context(), transaction():
        browser_id = db.session.scalars(_browsers(ana)).first()
        db.session.add(
            PushSubscription(browser_id=browser_id, endpoint="https://x", key="k", secret="s")
        )
    clock.pass_by(hours=11)  # it is night
    news(News.GROUPS)
    with app.app_context():
        assert db.session.scalars(select(PushSubscription.due_at)).one() is not None
    send(anas, HOME, BEGIN, days="1")
    news()
    with app.app_context():
        assert db.session.scalars(select(PushSubscription.due_at)).one() is None


def _browsers(person: Actor) -> Any:
    return select(SignedInBrowser.id).where(SignedInBrowser.account_id == person.id)


def test_what_would_have_come_by_letter_only_is_not_lost(
    app: Flask, quiet: FlaskClient, ana: Actor, letters, news
) -> None:
    before = len(letters())
    news(News.FOLLOWED, once="a")
    assert len(letters()) == before
    assert "Evenings" in plain(quiet.get("/news/"))


def test_a_letter_that_waits_for_the_morning_is_put_down_once_and_one_that_must_reach_goes(
    app: Flask, anas: FlaskClient, ana: Actor, make: Make, clock: FrozenClock, letters, news
) -> None:
    hana = make.member("Hana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    clock.pass_by(hours=11)  # it is night
    news(News.GROUPS, "Both ways")
    news(News.FOLLOWED, "By letter only")
    with app.app_context():
        waiting = db.session.scalars(select(OutboxLetter.kind)).all()
    assert waiting.count("groups/group_declined") == 2
    send(anas, HOME, BEGIN, days="7")
    assert ("Ana", "group_declined") not in letters()
    page = plain(anas.get("/news/"))
    assert page.count("“Both ways”") == page.count("“By letter only”") == 1
    call_id = make.call(
        group_id, make.actor(hana), seated=[make.actor(ana)], starts_in=timedelta(days=2)
    )
    assert ("Ana", "seat_confirmed") not in letters()
    make.done(lambda: calls_scheduling.cancel_call(make.actor(hana), call_id, now=clock.now()))
    assert ("Ana", "call_cancelled") in letters()


def test_nothing_follows_later_as_letters(app: Flask, quiet, letters, news, clock) -> None:
    for number in range(5):
        news(name=f"Group {number}")
    clock.pass_by(days=4)
    assert ("Ana", "group_declined") not in letters()
    news(name="After")
    assert letters().count(("Ana", "group_declined")) == 1


# ---- pages ----


def test_one_press_begins_them_it_says_until_when_and_one_press_ends_them(
    anas: FlaskClient, news, clock: FrozenClock
) -> None:
    assert "Be quiet for:" in plain(anas.get(HOME))
    assert send(anas, HOME, BEGIN, days="3", back=HOME).location == HOME
    page = plain(anas.get(HOME))
    assert "It’s quiet from now on. Nobody else can tell." in page
    assert "It’s quiet here until Monday 23 November, 12:00 pm." in page
    assert "Be quiet for:" not in page
    news()
    assert "new)" not in plain(anas.get(HOME))
    assert send(anas, HOME, END, back=HOME).location == HOME
    page = plain(anas.get(HOME))
    assert "Your quiet days are over. 1 thing is new under What’s new." in page
    assert "(1 new)" in page
    send(anas, "/news/", "/news/seen", newest=_newest(anas))
    assert "Your quiet days are over" not in plain(anas.get(HOME))


def _newest(browser: FlaskClient) -> str:
    return browser.get("/news/").text.partition('name="newest" value="')[2].partition('"')[0]


def test_they_end_by_themselves_and_my_place_says_what_came(
    quiet: FlaskClient, news, clock: FrozenClock
) -> None:
    news()
    news(name="Mornings")
    clock.pass_by(days=3)
    page = plain(quiet.get(HOME))
    assert "It’s quiet here until" not in page
    assert "Your quiet days are over. 2 things are new under What’s new." in page
    clock.pass_by(days=7)
    assert "Your quiet days are over" not in plain(quiet.get(HOME))


def test_where_nothing_came_nothing_is_said(quiet: FlaskClient, clock: FrozenClock) -> None:
    clock.pass_by(days=3)
    assert "Your quiet days are over" not in plain(quiet.get(HOME))


def test_they_begin_and_end_beside_what_we_tell_and_settings_say_so(anas: FlaskClient) -> None:
    assert send(anas, CHOICES, BEGIN, days="14", back=CHOICES).location == CHOICES
    page = plain(anas.get(CHOICES))
    assert "It’s quiet until Friday 4 December, 12:00 pm." in page
    assert "A call you signed up for is cancelled or changed." in page
    assert "It’s quiet Until Friday 4 December, 12:00 pm" in plain(anas.get("/settings"))
    assert send(anas, CHOICES, END, back="https://elsewhere.example.net/").location == CHOICES
    assert "Be quiet for:" in plain(anas.get(CHOICES))
    assert "It’s quiet No" in plain(anas.get("/settings"))


def test_whoever_looks_after_others_is_told_that_they_may_still_be_needed(
    client_for: ClientFor, make: Make, anas: FlaskClient
) -> None:
    words = "Somebody in what you look after may need you now."
    assert words in client_for(make.staff("Lee", Staff.SAFETY_LEAD)).get(CHOICES).text
    assert words not in anas.get(CHOICES).text


def test_another_number_of_days_is_refused_in_words(anas: FlaskClient) -> None:
    for days in ("365", "none", "-1"):
        answer = send(anas, HOME, BEGIN, days=days)
        assert answer.status_code == 422
        assert "Choose a day, three days, a week or two weeks." in answer.text


def test_nobody_else_can_tell(
    client_for: ClientFor, make: Make, quiet: FlaskClient, ana: Actor
) -> None:
    ben = make.member("Ben")
    group_id = make.group("Quiet evenings", owner=ben, members=[ana])
    page = client_for(ben).get(f"/groups/{group_id}/members")
    assert "Ana" in page.text
    assert "uiet until" not in page.text


def test_it_costs_the_pages_no_statement(
    anas: FlaskClient, ana: Actor, app: Flask, cost, news, clock: FrozenClock
) -> None:
    def asked(path: str) -> int:
        anas.get(path)
        cost.statements.clear()
        anas.get(path)
        return int(cost)

    before = [asked(path) for path in (HOME, CHOICES, "/settings")]
    send(anas, HOME, BEGIN, days="1")
    news()
    assert [asked(path) for path in (HOME, CHOICES, "/settings")] == before
    clock.pass_by(hours=25)
    assert [asked(path) for path in (HOME, CHOICES, "/settings")] == before


def test_that_there_were_some_is_forgotten(app: Flask, quiet, ana: Actor, clock) -> None:
    def kept() -> datetime | None:
        with app.app_context():
            return db.session.scalars(select(Account.quiet_until).where(Account.id == ana.id)).one()

    for days, is_kept in ((3, True), (6, True), (1, False)):
        clock.pass_by(days=days)
        with app.app_context():
            forget_old_news(clock.now())
        assert (kept() is not None) is is_kept
