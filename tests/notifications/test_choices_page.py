"""What we tell you: by e-mail, under What's new, both or neither; and what always comes."""

from datetime import time, timedelta
from functools import partial

import pytest
from sqlalchemy import select

from community.calls.actions import scheduling as calls_scheduling
from community.core.db import db
from community.core.letters import OutboxLetter
from community.notifications.models import NewsChoice, Notice
from community.notifications.queries import clocks_of
from community.notifications.rules import UNCHOSEN, News, Quiet
from community.threads.reading.actions import keep_place
from tests.pages import ALERT, send

PAGE = "/news/choices"
UNTICKED: dict[str, list[str]] = {news: [] for news in News}
USUALLY = 1 + sum(ways.by_mail + ways.by_bell for ways in UNCHOSEN.values())  # and quiet hours
NIGHT = {"is_quiet": "y", "begins": "22:00", "ends": "08:00"}


@pytest.fixture
def cast(make):
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    return make.actor(hana), make.actor(ana), group_id


@pytest.fixture
def rang(app):
    """The kinds of news under What's new of somebody."""

    def kinds(person):
        with app.app_context():
            query = select(Notice.kind).where(Notice.account_id == person.id).order_by(Notice.id)
            return [kind.partition("/")[2] for kind in db.session.scalars(query)]

    return kinds


@pytest.mark.parametrize(
    ("ticked", "by_mail", "by_bell"),
    [(["mail", "bell"], True, True), (["mail"], True, False), (["bell"], False, True),
     ([], False, False)],
)  # fmt: skip
def test_news_comes_in_the_ways_that_were_chosen(
    client_for, make, cast, letters, rang, ticked, by_mail, by_bell
) -> None:
    hana, ana, group_id = cast
    browser = client_for(ana)
    assert send(browser, PAGE, **(UNTICKED | {"calls": ticked})).location == PAGE
    make.call(group_id, hana, seated=[ana])
    assert (("Ana", "seat_confirmed") in letters()) is by_mail
    assert ("seat_confirmed" in rang(ana)) is by_bell


def test_who_has_chosen_nothing_is_told_in_both_ways(make, cast, letters, rang) -> None:
    hana, ana, group_id = cast
    make.call(group_id, hana, seated=[ana])
    assert ("Ana", "seat_confirmed") in letters()
    assert "seat_confirmed" in rang(ana)


@pytest.mark.holds("promise:6")
def test_what_always_comes_comes_to_whoever_ticked_nothing(
    client_for, make, cast, letters, rang, clock
) -> None:
    hana, ana, group_id = cast
    send(client_for(ana), PAGE, **UNTICKED)
    call_id = make.call(group_id, hana, seated=[ana], starts_in=timedelta(days=2))
    make.done(lambda: calls_scheduling.cancel_call(hana, call_id, now=clock.now()))
    assert ("Ana", "call_cancelled") in letters()
    assert rang(ana) == ["call_cancelled"]
    send(client_for(), "/sign-in", email="ana@example.org")
    assert ("Ana", "sign_in_link_asked") in letters()


def test_the_page_shows_what_was_chosen_and_another_persons_choice_is_theirs(
    client_for, cast
) -> None:
    hana, ana, _ = cast
    browser = client_for(ana)
    before = browser.get(PAGE).text.count(" checked")
    send(browser, PAGE, **(UNTICKED | {"groups": ["bell"]}))
    assert browser.get(PAGE).text.count(" checked") == 1
    assert client_for(hana).get(PAGE).text.count(" checked") == before == USUALLY
    send(browser, PAGE, **(UNTICKED | {"groups": ["bell", "mail"]}))
    assert browser.get(PAGE).text.count(" checked") == 2


def test_it_says_what_always_comes_and_is_found_from_comfort_settings(client_for, cast) -> None:
    browser = client_for(cast[1])
    assert "A call of yours is cancelled." in browser.get(PAGE).text
    assert f'href="{PAGE}"' in browser.get("/comfort").text
    assert f'href="{PAGE}"' in browser.get("/news/").text


def test_a_way_that_is_none_is_said_in_words(client_for, cast) -> None:
    answer = send(client_for(cast[1]), PAGE, calls="pigeon")
    assert answer.status_code == 422
    assert ALERT in answer.text


def test_where_devices_are_told_nothing_they_are_not_offered(client_for, cast, app) -> None:
    browser = client_for(cast[1])
    assert "And on my devices" not in browser.get(PAGE).text
    send(browser, PAGE, **(UNTICKED | {"groups": ["bell"]}))
    with app.app_context():
        row = db.session.get_one(NewsChoice, (cast[1].id, News.GROUPS))
        assert (row.by_bell, row.by_push) == (True, True)
    assert send(browser, PAGE, groups="push").status_code == 422


def test_it_takes_three_statements_to_read(client_for, cast, cost) -> None:
    browser = client_for(cast[1])
    cost.statements.clear()
    browser.get(PAGE)
    assert int(cost) == 3


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(PAGE).location == f"/sign-in?next={PAGE}"


def test_replies_are_told_to_whoever_started_the_thread_and_by_letter_only_on_request(
    client_for, make, cast, letters, rang
) -> None:
    hana, ana, group_id = cast
    thread_id = make.thread(group_id, ana)
    make.reply(thread_id, ana)
    assert rang(ana) == []
    make.reply(thread_id, hana)
    assert rang(ana) == ["thread_answered"]
    assert ("Ana", "thread_answered") not in letters()
    send(client_for(ana), PAGE, **(UNTICKED | {"replies": ["mail"]}))
    make.reply(thread_id, hana, "Again, with other words.")
    assert ("Ana", "thread_answered") in letters()
    assert rang(ana) == ["thread_answered"]


# Quiet hours


@pytest.fixture
def quiet_of(app):
    def known(person):
        with app.app_context():
            return clocks_of([person.id])[person.id].quiet

    return known


@pytest.fixture
def goes_at(app):
    """When each letter to somebody goes, by its kind."""

    def known(name):
        with app.app_context():
            address = f"{name.lower()}@example.org"
            query = select(OutboxLetter.kind, OutboxLetter.due_at)
            rows = db.session.execute(query.where(OutboxLetter.address == address))
            return {kind.partition("/")[2]: due_at for kind, due_at in rows}

    return known


def test_everybody_has_quiet_hours_until_they_choose_others_or_none(
    client_for, cast, quiet_of
) -> None:
    ana = cast[1]
    browser = client_for(ana)
    page = browser.get(PAGE).text
    assert 'value="22:00"' in page
    assert 'value="08:00"' in page
    assert quiet_of(ana) == Quiet(time(22), time(8))
    send(browser, PAGE, **UNTICKED, is_quiet="y", begins="20:30", ends="09:15")
    assert quiet_of(ana) == Quiet(time(20, 30), time(9, 15))
    assert 'value="20:30"' in browser.get(PAGE).text
    send(browser, PAGE, **UNTICKED, begins="20:30", ends="09:15")
    assert quiet_of(ana) is None
    assert 'value="22:00"' in browser.get(PAGE).text  # to be switched on again
    assert quiet_of(cast[0]) == Quiet(time(22), time(8))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"begins": ""}, "Enter when your quiet hours begin, like 10:00 pm"),
        ({"ends": "late"}, "Enter when your quiet hours end, like 8:00 am"),
        ({"ends": "21:00"}, "Choose quiet hours of up to 16 hours."),
    ],
)
def test_hours_that_can_not_be_kept_are_said_and_what_was_typed_stays(
    client_for, cast, quiet_of, typed, said
) -> None:
    browser = client_for(cast[1])
    answer = send(browser, PAGE, **(UNTICKED | NIGHT | {"calls": ["mail"]} | typed))
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert said in answer.text
    for value in typed.values():
        assert f'value="{value}"' in answer.text
    assert answer.text.count(" checked") == 2
    assert quiet_of(cast[1]) == Quiet(time(22), time(8))


def test_what_stands_there_does_not_matter_when_they_are_switched_off(
    client_for, cast, quiet_of
) -> None:
    assert send(client_for(cast[1]), PAGE, **UNTICKED, begins="", ends="x").location == PAGE
    assert quiet_of(cast[1]) is None


@pytest.mark.holds("promise:6")
def test_a_letter_of_the_night_waits_for_its_end_and_the_bell_does_not(
    make, cast, clock, rang, goes_at
) -> None:
    hana, ana, group_id = cast
    night = clock.pass_by(hours=15)  # three o'clock
    make.call(group_id, hana, seated=[ana])
    assert goes_at("Ana")["seat_confirmed"] == night.replace(hour=8)
    assert rang(ana) == ["seat_confirmed"]


@pytest.mark.parametrize(("hours", "waits"), [(4, False), (6, True)])
def test_a_letter_about_a_call_before_the_morning_does_not_wait(
    make, cast, clock, goes_at, hours, waits
) -> None:
    hana, ana, group_id = cast
    night = clock.pass_by(hours=15)
    make.call(group_id, hana, seated=[ana], starts_in=timedelta(hours=hours))
    assert (goes_at("Ana")["seat_confirmed"] > night) is waits


def test_without_quiet_hours_a_letter_goes_at_once(client_for, make, cast, clock, goes_at) -> None:
    hana, ana, group_id = cast
    send(client_for(ana), PAGE, **(UNTICKED | {"calls": ["mail"]}))
    night = clock.pass_by(hours=15)
    make.call(group_id, hana, seated=[ana])
    assert goes_at("Ana")["seat_confirmed"] == night


@pytest.mark.holds("promise:6")
def test_what_always_comes_comes_at_night_too(client_for, make, cast, clock, goes_at) -> None:
    hana, ana, group_id = cast
    night = clock.pass_by(hours=15)
    call_id = make.call(group_id, hana, seated=[ana])
    make.done(lambda: calls_scheduling.cancel_call(hana, call_id, now=clock.now()))
    send(client_for(), "/sign-in", email="ana@example.org")
    assert goes_at("Ana")["call_cancelled"] == goes_at("Ana")["sign_in_link_asked"] == night


def test_the_night_is_the_readers_own(make, cast, clock, goes_at) -> None:
    hana, _, group_id = cast
    priya = make.member("Priya", zone="Asia/Kolkata")
    make.joined(group_id, priya, hana)
    clock.instant = clock.now().replace(hour=17)  # half past ten in the evening there
    make.call(group_id, hana, seated=[make.actor(priya)])
    assert goes_at("Priya")["seat_confirmed"] == clock.now().replace(hour=2, minute=30) + timedelta(
        days=1
    )


def test_of_many_replies_whoever_started_the_thread_hears_once_until_they_read_on(
    make, cast, rang
) -> None:
    hana, ana, group_id = cast
    thread_id = make.thread(group_id, ana)
    for _ in range(3):
        make.reply(thread_id, hana)
    assert rang(ana) == ["thread_answered"]
    make.done(partial(keep_place, ana, thread_id, 3))
    for _ in range(2):
        make.reply(thread_id, hana)
    assert rang(ana) == ["thread_answered"] * 2
    make.clock.pass_by(days=1)
    make.reply(thread_id, hana)
    assert rang(ana) == ["thread_answered"] * 3
