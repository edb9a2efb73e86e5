"""One press in a letter stops letters like it (RFC 8058): without signing in, and by nothing but a
press.
"""

import json
import re
from base64 import urlsafe_b64decode
from email.message import EmailMessage

import pytest
from sqlalchemy import delete

from community.accounts.models import Account
from community.core.db import db, transaction
from community.core.post import post
from community.notifications.actions import choose
from community.notifications.queries import choices
from community.notifications.rules import UNCHOSEN, News, Ways
from tests.letters import page, words
from tests.pages import send

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def cast(make):
    hana, ana = make.member("Hana"), make.member("Ana")
    group_id = make.group("Quiet evenings", owner=hana, members=[ana], facilitators=[hana])
    return make.actor(hana), make.actor(ana), group_id


@pytest.fixture
def sent(app, clock, mail):
    """What went to somebody."""

    def to(name) -> list[EmailMessage]:
        with app.app_context():
            post(clock.now())
        return [each for each in mail.kept if each["To"] == f"{name.lower()}@example.org"]

    return to


@pytest.fixture
def address(make, cast, sent) -> str:
    """Where a letter about her seat says that letters like it are stopped."""
    hana, ana, group_id = cast
    make.call(group_id, hana, seated=[ana])
    return path_in(sent("Ana")[0])


def path_in(message: EmailMessage) -> str:
    found = re.fullmatch(r"<http://localhost(/news/stop/[\w.-]+)>", message["List-Unsubscribe"])
    assert found
    return found[1]


def mailed(make, cast, sent) -> bool:
    """Whether Ana gets a letter about another seat."""
    hana, ana, group_id = cast
    before = len(sent("Ana"))
    make.call(group_id, hana, title="Another circle", seated=[ana])
    return len(sent("Ana")) > before


def test_a_letter_about_chosen_news_says_where_it_is_stopped_and_its_foot_leads_there(
    address, sent
) -> None:
    (message,) = sent("Ana")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f'href="http://localhost{address}"' in page(message)
    assert address in words(message)


def test_a_letter_that_always_comes_can_not_be_stopped(client_for, cast, sent) -> None:
    send(client_for(), "/sign-in", email="ana@example.org")
    for message in sent("Ana"):
        assert message["List-Unsubscribe"] is None
        assert "Stop e-mails" not in page(message)


@pytest.mark.holds("promise:6")
def test_looking_changes_nothing_however_often_programs_look(
    client_for, make, cast, sent, address
) -> None:
    browser = client_for()
    for look in (browser.get, browser.head, browser.get):
        assert look(address).status_code == 200
    assert "Stop these e-mails?" in browser.get(address).text
    assert "Your calls" in browser.get(address).text
    assert mailed(make, cast, sent)


@pytest.mark.holds("seed:43")
def test_a_mail_program_stops_them_in_one_press(client_for, make, cast, sent, address) -> None:
    """As RFC 8058 has it: no cookie, no page before it, no redirect after it."""
    answer = client_for().post(address, data=ONE_CLICK)
    assert answer.status_code == 200
    assert not mailed(make, cast, sent)
    assert client_for().post(address, data=ONE_CLICK).status_code == 200  # twice is once


def test_the_page_stops_them_says_so_and_sends_them_again(
    client_for, make, cast, sent, address
) -> None:
    browser = client_for()
    page = browser.post(address).text
    assert "These e-mails have stopped" in page
    assert 'href="/news/choices"' in page
    assert not mailed(make, cast, sent)
    assert "Stop these e-mails?" in browser.post(address, data={"again": "1"}).text
    assert mailed(make, cast, sent)


def test_only_e_mail_of_that_kind_stops(app, client_for, cast, address) -> None:
    client_for().post(address, data=ONE_CLICK)
    with app.app_context():
        assert choices(cast[1]) == UNCHOSEN | {
            News.CALLS: Ways(by_mail=False, by_bell=True, by_push=True)
        }
        assert choices(cast[0]) == UNCHOSEN


def test_what_was_chosen_about_the_bell_stays(app, client_for, make, cast, address) -> None:
    quiet = dict.fromkeys(News, Ways(by_mail=True, by_bell=False))
    make.done(lambda: choose(cast[1], quiet, None))
    client_for().post(address, data=ONE_CLICK)
    with app.app_context():
        assert choices(cast[1]) == quiet | {News.CALLS: Ways(by_mail=False, by_bell=False)}


def test_it_is_about_whom_the_letter_was_for_whoever_is_signed_in(
    app, client_for, cast, address
) -> None:
    hana, ana, _ = cast
    client_for(hana).post(address)
    with app.app_context():
        assert choices(hana) == UNCHOSEN
        assert not choices(ana)[News.CALLS].by_mail


@pytest.mark.holds("promise:10")
def test_the_address_is_told_to_nobody_and_names_no_illness(client_for, address) -> None:
    answer = client_for().get(address)
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    sealed = address.rpartition("/")[2].partition(".")[0]
    inside = urlsafe_b64decode(sealed + "=" * (-len(sealed) % 4)).decode()
    assert set(json.loads(inside)) == {"account", "news"}


def test_an_address_that_is_not_ours_is_not_found(client_for, address) -> None:
    for broken in (address + "x", address[:-1]):
        for answer in (client_for().get(broken), client_for().post(broken)):
            assert answer.status_code == 404


def test_whoever_is_gone_is_not_found(app, client_for, cast, address) -> None:
    with app.app_context(), transaction():
        db.session.execute(delete(Account).where(Account.id == cast[1].id))
    for answer in (client_for().get(address), client_for().post(address)):
        assert answer.status_code == 404


def test_it_costs_one_statement_to_look(client_for, address, cost) -> None:
    browser = client_for()
    cost.statements.clear()
    browser.get(address)
    assert int(cost) == 1
