"""Asking for a link."""

import pytest
from sqlalchemy import select

from community.core import letters, post
from community.core.db import db
from tests.letters import words
from tests.pages import ALERT, send

JOIN = "/sign-in"


def written(app) -> list[letters.OutboxLetter]:
    with app.app_context():
        return list(db.session.scalars(select(letters.OutboxLetter)))


def test_a_guest_gets_a_link_by_letter(client_for, app, mail, clock) -> None:
    answer = send(client_for(), JOIN, email="  Ana@Example.org ")
    assert answer.status_code == 302
    with app.app_context():
        post.post(clock.now())
    (letter,) = mail.kept
    assert letter["To"] == "ana@example.org"
    assert letter["Subject"] == "Circles: your link to sign in"
    assert "http://localhost/come-in/" in words(letter)


def test_the_page_after_it_says_where_to_look(client_for) -> None:
    assert "Look in your e-mail" in client_for().get("/sign-in/sent").text


def test_the_front_page_has_the_same_form(client_for, app) -> None:
    assert send(client_for(), "/", JOIN, email="ana@example.org").status_code == 302
    assert len(written(app)) == 1


@pytest.mark.parametrize("typed", ["", "ana", "ana@", "ana @example.org", "a@b", "@example.org"])
def test_what_is_no_address_is_said_kindly_and_kept(client_for, app, typed: str) -> None:
    answer = send(client_for(), JOIN, email=typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert "Enter an e-mail address, like name@example.com" in answer.text
    assert f'value="{typed}"' in answer.text
    assert written(app) == []


@pytest.mark.holds("asvs:14")
def test_known_and_unknown_addresses_get_the_same_answer_by_the_same_steps(
    client_for, make, cost
) -> None:
    make.member("Ana", email="ana@example.org")
    seen = []
    for address in ("ana@example.org", "unknown@example.org"):
        browser = client_for()
        browser.get(JOIN)
        cost.statements.clear()
        answer = send(browser, JOIN, email=address)
        seen.append(
            (answer.status_code, answer.headers["Location"], answer.text, cost.statements[:])
        )
    assert seen[0] == seen[1]
    assert len(seen[0][3]) == 5


@pytest.mark.holds("asvs:8")
def test_an_address_gets_five_letters_an_hour_and_the_same_answer_after_that(
    client_for, app, clock
) -> None:
    answers = {send(client_for(), JOIN, email="ana@example.org").text for _ in range(7)}
    assert len(answers) == 1
    assert len(written(app)) == 5
    clock.pass_by(hours=1)
    send(client_for(), JOIN, email="ana@example.org")
    assert len(written(app)) == 6
