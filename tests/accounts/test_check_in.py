"""How is today? One press, for nobody else, gone with the day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.check_in.jobs import forget_yesterday
from community.accounts.check_in.rules import CheckIn, HowToday, end_of_day, today
from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from tests.make import Make
from tests.pages import plain, send

HOME, PRESS = "/home", "/home/today"
ClientFor = Callable[..., FlaskClient]

zones = st.sampled_from(
    ["UTC", "Europe/London", "Pacific/Kiritimati", "Pacific/Pago_Pago", "America/Santiago"]
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana", zone="Europe/London")


@pytest.fixture
def anas(client_for: ClientFor, ana: Actor) -> FlaskClient:
    return client_for(ana)


def kept(app: Flask, person: Actor) -> tuple[HowToday | None, datetime | None]:
    with app.app_context():
        row = db.session.execute(
            select(Account.how_today, Account.how_today_until).where(Account.id == person.id)
        ).one()
        return row.how_today, row.how_today_until


@given(instants, zones, st.sampled_from(HowToday))
def test_it_is_so_until_the_day_is_over_where_they_live(
    now: datetime, zone: str, how: HowToday
) -> None:
    until = end_of_day(now, zone)
    there = ZoneInfo(zone)
    assert now < until <= now + timedelta(hours=25)
    last, first = (until - timedelta(seconds=1)).astimezone(there), until.astimezone(there)
    assert last.date() == now.astimezone(there).date() < first.date()
    assert today(CheckIn(how, until), now) is how
    assert today(CheckIn(how, until), until) is None
    assert today(None, now) is None


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("here", "Good that you’re here."),
        ("bad", "Nothing is expected of you today."),
        ("reading", "Reading is taking part."),
    ],
)
def test_one_press_of_three_and_the_page_says_so(anas: FlaskClient, how: str, words: str) -> None:
    page = anas.get(HOME)
    assert 'aria-pressed="true"' not in page.text
    assert words not in plain(page)
    assert "Only if you like. Nobody else sees it." in plain(page)
    assert send(anas, HOME, PRESS, how=how).location == "/home#how"
    page = anas.get(HOME)
    assert f'value="{how}" aria-pressed="true"' in page.text
    assert page.text.count('aria-pressed="true"') == 1
    assert words in plain(page)
    assert "Nobody else sees this. It’s gone tomorrow." in plain(page)


def test_another_press_takes_its_place_and_nothing_is_kept_of_the_first(
    app: Flask, anas: FlaskClient, ana: Actor
) -> None:
    send(anas, HOME, PRESS, how="bad")
    send(anas, HOME, PRESS, how="here")
    assert kept(app, ana)[0] is HowToday.HERE


def test_on_a_bad_day_what_could_help_stands_there(
    anas: FlaskClient, ana: Actor, make: Make
) -> None:
    hana = make.member("Hana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    ways = ("Be quiet for a day", "See who can help today", "My card for hard days")
    page = plain(anas.get(HOME))
    for words in (*ways, "Not today: your next call"):
        assert words not in page
    send(anas, HOME, PRESS, how="bad")
    page = plain(anas.get(HOME))
    assert all(words in page for words in ways)
    assert "Not today: your next call" not in page  # there is none
    call_id = make.call(
        group_id, make.actor(hana), seated=[make.actor(ana)], starts_in=timedelta(days=2)
    )
    page = anas.get(HOME)
    assert "Not today: your next call" in plain(page)
    assert page.text.count(f'href="/calls/{call_id}"') == 2
    send(anas, HOME, "/news/quiet/", days="1", back=HOME)
    assert "Be quiet for a day" not in plain(anas.get(HOME))


def test_whoever_is_just_reading_is_not_asked_to_write(
    anas: FlaskClient, ana: Actor, make: Make
) -> None:
    group_id = make.group("Quiet evenings", members=[ana])
    thread_id = make.thread(group_id, make.actor(make.owner(group_id)))
    page = f"/threads/{thread_id}"
    send(anas, page, f"{page}/draft", words="Half a sentence")
    asked = ("Words you haven’t sent", "to read and write about")
    assert all(words in plain(anas.get(HOME)) for words in asked)
    send(anas, HOME, PRESS, how="reading")
    assert not any(words in plain(anas.get(HOME)) for words in asked)
    send(anas, HOME, PRESS, how="here")
    assert all(words in plain(anas.get(HOME)) for words in asked)


def test_yesterdays_is_gone_from_the_page_and_then_erased(
    app: Flask, anas: FlaskClient, ana: Actor, clock
) -> None:
    send(anas, HOME, PRESS, how="bad")
    clock.pass_by(hours=11, minutes=59)
    assert "Nothing is expected of you today." in plain(anas.get(HOME))
    with app.app_context():
        forget_yesterday(clock.now())
    assert kept(app, ana)[0] is HowToday.BAD
    clock.pass_by(minutes=1)
    assert "Nothing is expected of you today." not in plain(anas.get(HOME))
    with app.app_context():
        forget_yesterday(clock.now())
    assert kept(app, ana) == (None, None)


def test_nobody_else_reads_it(
    anas: FlaskClient, ana: Actor, client_for: ClientFor, make: Make
) -> None:
    ben = make.member("Ben")
    group_id = make.group("Quiet evenings", owner=ben, members=[ana])
    send(anas, HOME, PRESS, how="bad")
    bens = client_for(ben)
    for path in (HOME, f"/groups/{group_id}", f"/groups/{group_id}/members"):
        page = plain(bens.get(path))
        assert "A bad day. " not in page
        assert "Nothing is expected" not in page
        assert 'aria-pressed="true"' not in bens.get(path).text


def test_anything_else_is_refused_in_words(anas: FlaskClient) -> None:
    for how in ("", "wonderful"):
        answer = send(anas, HOME, PRESS, how=how)
        assert answer.status_code == 422
        assert "Choose one of the three." in answer.text


def test_it_costs_my_place_no_statement(anas: FlaskClient, cost) -> None:
    def asked() -> int:
        anas.get(HOME)
        cost.statements.clear()
        anas.get(HOME)
        return int(cost)

    before = asked()
    for how in HowToday:
        send(anas, HOME, PRESS, how=how)
        assert asked() == before
