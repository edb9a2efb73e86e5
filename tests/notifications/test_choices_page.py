"""What we tell you: by e-mail, under What's new, both or neither; and what always comes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.calls.actions import scheduling as calls_scheduling
from community.core.db import db
from community.notifications.models import Notice
from tests.pages import ALERT, send

PAGE = "/news/choices"
UNTICKED = {"calls": [], "groups": [], "replies": []}


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
    assert client_for(hana).get(PAGE).text.count(" checked") == before == 5
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
