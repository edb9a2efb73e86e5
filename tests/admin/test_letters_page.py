"""Letters that could not be delivered, where admins look."""

import pytest
from sqlalchemy import select

from community.admin import queries
from community.core.actor import Staff
from community.core.db import db, transaction
from community.core.letters import LetterState, OutboxLetter
from community.core.ports import MailRefused
from community.core.post import post
from community.groups.rules import GroupDeclined
from community.notifications.actions import tell
from tests.fakes import KeptMail
from tests.pages import send

PAGE = "/admin/letters"


class Refusing(KeptMail):
    """A mail server that takes nothing until told."""

    is_full = True

    def send(self, message) -> None:
        if self.is_full:
            raise MailRefused("SMTPDataError 552")
        super().send(message)


@pytest.fixture
def ada(make):
    return make.staff("Ada", Staff.ADMIN)


@pytest.fixture
def server(app, ports) -> Refusing:
    full = Refusing()
    app.extensions["ports"] = type(ports)(ports.clock, full, ports.media)
    return full


@pytest.fixture
def given_up(app, make, clock, server):
    """So many letters to Ana are given up; their ids."""
    ana = make.member("Ana")

    def make_them(count):
        with app.app_context():
            with transaction():
                for _ in range(count):
                    tell(ana.id, GroupDeclined("Neck, evenings", "No."), now=clock.now())
            for _ in range(count):
                post(clock.now())
            failed = OutboxLetter.state == LetterState.FAILED
            return db.session.scalars(select(OutboxLetter.id).where(failed)).all()

    return make_them


def test_an_admin_reads_at_their_place_how_many_there_are_and_nobody_else_does(
    client_for, make, ada, given_up
) -> None:
    admin, member = client_for(ada), client_for(make.member("Ben"))
    assert "Letters that could not be delivered" in admin.get("/home").text
    given_up(1)
    assert "1 letter could not be delivered" in admin.get("/home").text
    given_up(2)
    assert "3 letters could not be delivered" in admin.get("/home").text
    assert "could not be delivered" not in member.get("/home").text


def test_it_says_whose_letter_and_what_came_back_and_not_what_it_says(
    client_for, ada, given_up
) -> None:
    browser = client_for(ada)
    assert "None. Every letter has been delivered" in browser.get(PAGE).text
    given_up(1)
    page = browser.get(PAGE).text
    assert "ana@example.org" in page
    assert "SMTPDataError 552" in page
    assert "Neck, evenings" not in page


@pytest.mark.holds("promise:6")
def test_an_admin_sends_it_again(app, client_for, ada, given_up, server, clock) -> None:
    (letter_id,) = given_up(1)
    server.is_full = False
    browser = client_for(ada)
    assert send(browser, PAGE, f"{PAGE}/{letter_id}/again").location == PAGE
    with app.app_context():
        post(clock.now())
    assert [message["To"] for message in server.kept] == ["ana@example.org"]
    assert "ana@example.org" not in browser.get(PAGE).text
    assert send(browser, "/home", f"{PAGE}/{letter_id}/again").status_code == 409


def test_many_come_page_by_page_in_three_statements(client_for, ada, given_up, cost) -> None:
    given_up(queries.PAGE + 1)
    browser = client_for(ada)
    page = browser.get(PAGE).text
    assert page.count("ana@example.org</strong>") == queries.PAGE
    older = page.partition('href="/admin/letters?older=')[2].partition('"')[0]
    cost.statements.clear()
    assert browser.get(f"{PAGE}?older={older}").text.count("ana@example.org</strong>") == 1
    assert int(cost) == 3


def test_for_everybody_else_it_does_not_exist(client_for, make, given_up) -> None:
    browser = client_for(make.member("Ben"))
    assert browser.get(PAGE).status_code == 404
    assert "Letters that could not" not in browser.get("/home").text
    (letter_id,) = given_up(1)
    assert send(browser, "/home", f"{PAGE}/{letter_id}/again").status_code == 404
    assert client_for().get(PAGE).location == f"/sign-in?next={PAGE}"
