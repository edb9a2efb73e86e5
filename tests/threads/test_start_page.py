"""Starting a thread."""

import pytest
from sqlalchemy import select

from community.core.db import db
from community.threads.models import Thread
from tests.pages import send

WORDS = {
    "topic": "cervical",
    "title": "The bus",
    "wish": "ideas",
    "words": "Which seat do you take?",
}


@pytest.mark.holds("promise:10")
def test_a_thread_is_started_from_a_topic_and_no_address_says_which(cast, client_for):
    browser = client_for(cast.ana)
    led_to = send(browser, "/topics/laryngeal", to="/threads/about", topic="laryngeal").location
    assert led_to == "/threads/new"
    assert '<option selected value="laryngeal">Voice</option>' in browser.get(led_to).text
    answer = send(browser, "/threads/new", group=str(cast.group_id), **WORDS)
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "Which seat do you take?" in after
    assert "ideas are welcome." in after


@pytest.mark.holds("promise:10")
def test_the_address_of_a_thread_says_nothing(cast, make, client_for):
    answer = send(client_for(cast.ana), "/threads/new", group=str(cast.group_id), **WORDS)
    thread_id = make.done(lambda: db.session.scalars(select(Thread.id)).one())
    assert answer.location == f"/threads/{thread_id}"


def test_only_one_s_own_groups_are_offered(cast, client_for):
    browser = client_for(cast.stranger)
    page = browser.get("/threads/new").text
    assert "Neck, evenings" not in page
    assert "Everyone" in page
    answer = send(browser, "/threads/new", group=str(cast.group_id), **WORDS)
    assert answer.status_code == 422


def test_what_was_typed_is_still_there_when_something_is_missing(cast, client_for):
    typed = {**WORDS, "title": "", "words": "Forty minutes of rain."}
    answer = send(client_for(cast.ana), "/threads/new", group=str(cast.group_id), **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Write a title" in answer.text
    assert "Forty minutes of rain." in answer.text
    assert 'checked id="wish' in answer.text.replace('checked=""', "checked")


def test_whoever_has_not_agreed_is_shown_the_guidelines_first(cast, client_for):
    page = client_for(cast.noor).get("/threads/new").text
    assert "Please read the guidelines and agree to them first." in page
    assert "Start this thread" not in page


def test_a_guest_is_asked_to_sign_in(client_for):
    assert "/sign-in" in client_for().get("/threads/new").location
