"""Starting a thread."""

import re

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


def group_box(page):
    """The groups that there are to choose from, after the one that stands there at first."""
    [box] = re.findall(r'<select[^>]* name="group".*?</select>', page.text, re.DOTALL)
    options = re.findall(r"<option( selected)?[^>]*>([^<]+)", box)
    names = [name for _, name in options]
    return next((name for chosen, name in options if chosen), names[0]), names


def test_of_several_groups_none_is_chosen_for_whoever_came_from_nowhere(cast, client_for):
    browser, page = client_for(cast.ana), "/threads/new"
    nothing = "Choose one", ["Choose one", "Everyone", "Neck, evenings"]
    assert group_box(browser.get(page)) == nothing
    typed = {**WORDS, "tags": ["neck"], "notes": ["pain"], "unnamed": "y"}
    unsent = send(browser, page, group="", **typed)
    assert unsent.status_code == 422
    assert "Choose a group." in unsent.text
    assert group_box(unsent) == nothing
    for kept in ("Which seat do you take?</textarea>", 'value="The bus"'):
        assert kept in unsent.text
    for chosen in ("cervical", "ideas", "neck", "pain", "y"):
        assert re.search(rf'<(input|option)( checked| selected)[^>]* value="{chosen}"', unsent.text)
    assert send(browser, page, group=str(cast.group_id), **typed).status_code == 302


def test_the_only_group_and_one_that_led_here_are_chosen_and_a_topic_asks_for_none(
    cast, make, client_for
):
    in_one = client_for(make.member("Kit")).get("/threads/new")
    assert group_box(in_one) == ("Everyone", ["Everyone"])
    ana = client_for(cast.ana)
    chosen, _ = group_box(ana.get(f"/threads/new?group={cast.group_id}"))
    assert chosen == "Neck, evenings"
    there = send(ana, "/topics/laryngeal", to="/threads/about", topic="laryngeal").location
    assert group_box(ana.get(there)) == ("Everyone", ["Everyone", "Neck, evenings"])


def test_a_draft_says_which_group_was_chosen_and_none_where_none_was(cast, client_for):
    ana, page = client_for(cast.ana), "/threads/new"
    for group, chosen in (("", "Choose one"), (str(cast.group_id), "Neck, evenings")):
        send(ana, page, f"{page}/draft", group=group, **WORDS)
        assert group_box(ana.get(page))[0] == chosen


def test_whoever_has_not_agreed_is_shown_the_guidelines_first(cast, client_for):
    page = client_for(cast.noor).get("/threads/new").text
    assert "Please read the guidelines and agree to them first." in page
    assert "Start this thread" not in page


def test_a_guest_is_asked_to_sign_in(client_for):
    assert "/sign-in" in client_for().get("/threads/new").location
