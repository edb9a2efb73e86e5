"""How far somebody has read: kept for them alone, and never moved back."""

import re

import pytest
from sqlalchemy import select

from community.core.db import db
from community.threads import queries
from community.threads.models import ReadMark
from community.threads.reading import actions as reading_actions
from community.threads.rules.posts import REPLIES_A_PAGE
from tests.pages import send

LATER = REPLIES_A_PAGE + 1  # the number after which the second page begins


@pytest.fixture
def thread_id(make, cast):
    thread_id = make.thread(cast.group_id, cast.ana, title="The bus")
    for _ in range(REPLIES_A_PAGE + 5):
        make.reply(thread_id, cast.mori)
    return thread_id


def mark(make, person, thread_id) -> int | None:
    row = ReadMark.account_id == person.id, ReadMark.thread_id == thread_id
    return make.done(lambda: db.session.scalar(select(ReadMark.number).where(*row)))


def test_a_later_page_keeps_the_place_and_an_earlier_one_does_not_move_it_back(
    cast, make, client_for, thread_id
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    browser.get(page)
    assert mark(make, cast.ben, thread_id) is None
    browser.get(f"{page}?after={LATER}")
    assert mark(make, cast.ben, thread_id) == LATER
    browser.get(page)
    browser.get(f"{page}?after=-5")
    assert mark(make, cast.ben, thread_id) == LATER


@pytest.mark.holds("F:F51")
def test_a_press_keeps_it_without_script_and_the_page_offers_to_carry_on(
    cast, make, client_for, thread_id
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    assert "Carry on" not in browser.get(page).text
    send(browser, page, f"{page}/place", number=str(LATER + 2))
    shown = browser.get(page).text
    link = re.search(r'href="(/posts/[^"]+)"[^>]*>Carry on from Mori’s post, today at', shown)
    assert link
    led_to = browser.get(link[1]).location
    assert f"?after={LATER}#post-" in led_to
    assert led_to.partition("#")[2] in browser.get(led_to).text


def test_it_stays_within_the_thread_and_within_what_one_may_read(cast, make, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(browser, page, f"{page}/place", number="999")
    assert mark(make, cast.ben, thread_id) == REPLIES_A_PAGE + 6
    send(browser, page, f"{page}/place", number="x")
    assert mark(make, cast.ben, thread_id) == REPLIES_A_PAGE + 6
    assert send(client_for(cast.stranger), "/comfort", f"{page}/place").status_code == 404


@pytest.mark.holds("promise:10")
def test_nobody_else_sees_how_far_somebody_has_read(cast, make, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(browser, page, f"{page}/place", number="3")
    assert "Carry on" in browser.get(f"/groups/{cast.group_id}").text
    assert "Carry on" not in client_for(cast.hana).get(f"/groups/{cast.group_id}").text


def test_lists_say_in_words_what_is_new(cast, make, client_for):
    thread_id = make.thread(cast.group_id, cast.ana, title="The bus")
    browser = client_for(cast.ben)
    for page in ("/home", f"/groups/{cast.group_id}", "/topics/cervical"):
        assert "New to you" in browser.get(page).text
    send(browser, f"/threads/{thread_id}", f"/threads/{thread_id}/place", number="1")
    assert "New to you" not in browser.get("/home").text
    make.reply(thread_id, cast.mori)
    shown = browser.get("/home").text
    assert "One reply you haven’t read" in shown
    assert "Carry on from Ana’s post" in shown
    assert "New to you" not in client_for(cast.ana).get("/home").text  # she wrote it


def test_writing_moves_one_s_own_place(cast, make, thread_id):
    make.reply(thread_id, cast.ben)
    assert mark(make, cast.ben, thread_id) == REPLIES_A_PAGE + 7


def test_the_place_never_moves_back_in_either_database(cast, make, inside, thread_id):
    for number, kept in ((4, 4), (9, 9), (2, 9), (9, 9), (12, 12)):
        make.done(lambda number=number: reading_actions.keep_place(cast.ben, thread_id, number))
        assert mark(make, cast.ben, thread_id) == kept
    row = make.done(lambda: queries.thread(cast.ben, thread_id))
    assert (row.read_to, row.read_name, row.unread) == (12, "Mori", REPLIES_A_PAGE + 6 - 12)


def new_replies(browser, page: str) -> str:
    """Where the plain link of a page without script leads."""
    link = re.search(
        r'<noscript><a class="btn" href="([^"]+)">Look for new', browser.get(page).text
    )
    assert link
    return link[1].replace("&amp;", "&")


@pytest.mark.holds("F:F51")
def test_a_plain_link_leads_to_the_first_reply_that_has_come_since(
    cast, make, client_for, thread_id
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    link = new_replies(browser, page)
    led_to = browser.get(link)
    assert "#" not in led_to.location
    assert "No new replies yet." in browser.get(led_to.location).text
    new = make.reply(thread_id, cast.mori)
    make.reply(thread_id, cast.hana)
    assert browser.get(link).location == f"{page}?after={LATER}#post-{new}"
    assert client_for(cast.stranger).get(link).status_code == 404


def test_what_the_link_leads_to_is_there_for_this_reader(cast, make, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    link = new_replies(browser, page)
    make.reply(thread_id, cast.mori)
    seen = make.reply(thread_id, cast.hana)
    make.kept_apart(cast.ben, cast.mori)
    assert browser.get(link).location.endswith(f"#post-{seen}")
    for after in ("-1", "x", str(10**30), str(-(10**30))):
        assert browser.get(f"{page}/new?after={after}").status_code == 302
