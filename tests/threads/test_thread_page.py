"""The page of a thread: reading and answering."""

import re
from uuid import UUID

import pytest

from community.threads import actions
from community.threads.resonance.actions import give
from community.threads.resonance.rules import Word
from community.threads.rules.posts import REPLIES_A_PAGE, Wish
from tests.pages import plain, send


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(
        cast.group_id,
        cast.ana,
        title="The bus & the rain",
        words="I looked at the **rain**.\n\n<script>alert(1)</script>",
        wish=Wish.JUST_LISTENING,
    )


def test_it_shows_the_first_words_the_wish_and_the_replies(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.mori, "I could see it.")
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    for words in (
        "<h1 data-title>The bus &amp; the rain</h1>",
        "<strong>rain</strong>",
        "Ana asks:</strong> just listening, please.",
        "I could see it.",
        "Report Mori’s post, or suggest a note",
        "Ana sees your answer. Nobody else sees a count.",
        "Only its members can read it.",
    ):
        assert words in page
    assert "<script>alert" not in page


def test_the_box_says_what_becomes_of_the_words_and_the_page_whom_to_tell_of_a_worry(
    cast, client_for, thread_id
):
    page = plain(client_for(cast.ben).get(f"/threads/{thread_id}"))
    for words in (
        "just listening, please. A few words are plenty.",
        "Send my reply See how it will look Keep it for later",
        "You can change it or take it back after you’ve sent it.",
        "No replies yet. That’s fine too.",
        "Tell me about new replies",
        "On My place only By e-mail, once a day Not for this thread",
        "Worried about someone? You don’t need to find the right words.",
        "Tell a moderator See who can help today",
    ):
        assert words in page, words


def test_what_is_asked_stands_beside_the_box_for_all_but_whoever_asks_it(
    cast, client_for, thread_id
):
    """At the top everybody reads it."""
    for person, times in ((cast.ben, 2), (cast.ana, 1)):
        page = client_for(person).get(f"/threads/{thread_id}").text
        assert page.count("Ana asks:</strong> just listening, please.") == times


@pytest.mark.holds("promise:10")
def test_nobody_outside_the_group_can_tell_that_it_exists(cast, client_for, thread_id):
    nobody_s = "00000000-0000-7000-8000-000000000000"
    for person in (cast.stranger, cast.pat):
        browser = client_for(person)
        known, unknown = (browser.get(f"/threads/{one}") for one in (thread_id, nobody_s))
        assert known.status_code == unknown.status_code == 404
        assert "rain" not in known.text
    assert "/sign-in" in client_for().get(f"/threads/{thread_id}").location


def box_of(browser, place):
    """The box to answer in."""
    return browser.get(place).text.partition('id="reply"')[2].partition("</form>")[0]


def test_a_reply_that_nobody_has_begun_is_sent_with_the_fields_of_one_that_somebody_has(
    cast, make, client_for, thread_id
):
    """Its page makes no form for it."""
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    to = make.reply(thread_id, cast.mori, "I could see it.")
    unbegun, begun = (
        {tuple(re.findall(r'\b(?:id|name|type)="[^"]*"', each)) for each in found}
        for found in (
            re.findall(r"<(?:input|textarea|select)\b[^>]*>", box_of(browser, place))
            for place in (page, f"{page}?to={to}")
        )
    )
    assert ('id="event_id"', 'name="event_id"', 'type="hidden"') in unbegun
    assert unbegun == {field for field in begun if 'name="mark"' not in field}


def test_each_page_has_a_press_of_its_own(cast, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    ids = [
        re.findall(r'name="event_id" type="hidden" value="([\w-]{36})"', box_of(browser, page))
        for _ in range(2)
    ]
    assert [len(each) for each in ids] == [1, 1]
    assert ids[0] != ids[1]


def test_nobody_looks_for_pictures_and_words_where_there_are_none(
    cast, make, clock, client_for, thread_id, cost
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    post_id = make.reply(thread_id, cast.mori, "I could see it.")

    def looked_for():
        cost.statements.clear()
        browser.get(page)
        begins = {each.split(".")[0] for each in cost.statements}
        return begins & {"SELECT picture", "SELECT resonance"}

    assert looked_for() == set()
    make.done(lambda: give(cast.ben, post_id, Word.WITH_YOU, now=clock.now()))
    assert looked_for() == {"SELECT resonance"}


def test_a_reply_is_sent_in_one_press(cast, client_for, thread_id):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    answer = send(browser, page, f"{page}/replies", words="The window seat is best.")
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "The window seat is best." in after
    assert answer.location.partition("#")[2] in re.findall(r'id="(post-[^"]+)"', after)


def test_a_reply_without_words_comes_back_with_what_is_wrong(cast, client_for, thread_id):
    page = f"/threads/{thread_id}"
    answer = send(client_for(cast.ben), page, f"{page}/replies", words="   ")
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Write a few words first." in answer.text


def test_somebody_who_has_not_agreed_is_shown_the_way_to_the_guidelines(make, cast, client_for):
    thread_id = make.thread(make.everyone(), cast.ana)
    page = client_for(cast.noor).get(f"/threads/{thread_id}").text
    assert "Please read the guidelines and agree to them first." in page
    assert "Send my reply" not in page


@pytest.mark.holds("F:F86")
def test_no_two_controls_share_a_name(cast, make, client_for, thread_id):
    for _ in range(2):
        make.reply(thread_id, cast.mori)
        make.reply(thread_id, cast.ben)
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    links = re.findall(r'<a class="btn plain[^>]*>(.*?)</a>', page)
    assert len(links) == 10
    assert len(set(links)) == len(links)


@pytest.mark.holds("promise:8")
def test_what_a_moderator_hid_is_hidden_and_its_author_is_told_where_to_read_why(
    cast, make, client_for, thread_id
):
    post_id = make.reply(thread_id, cast.ben, "Stop the tablets.")
    make.done(lambda: actions.hide(post_id, until=None))
    for person in (cast.ana, cast.ben):
        page = client_for(person).get(f"/threads/{thread_id}").text
        assert "A moderator has hidden this for now." in page
        assert "Stop the tablets." not in page
        assert (f"/posts/{post_id}/statement" in page) is (person is cast.ben)


def test_when_its_beginning_is_hidden_so_are_its_title_and_the_reply_box(
    cast, make, client_for, thread_id
):
    opening = make.opening(thread_id)
    make.done(lambda: actions.hide(opening, until=None))
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "The bus" not in page
    assert "nobody can reply for now" in page


def test_a_long_thread_is_read_in_pages_and_a_reply_leads_to_its_own(
    cast, make, client_for, thread_id
):
    for number in range(REPLIES_A_PAGE + 1):
        make.reply(thread_id, cast.mori, f"Reply {number}.")
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    first = browser.get(page).text
    assert f"Reply {REPLIES_A_PAGE - 1}." in first
    assert f"Reply {REPLIES_A_PAGE}." not in first
    later = re.search(r'href="([^"]+)"[^>]*>Show later replies', first)
    assert later
    second = browser.get(later[1]).text
    assert f"Reply {REPLIES_A_PAGE}." in second
    assert "Show replies from the start" in second
    answer = send(browser, page, f"{page}/replies", words="The last of all.")
    assert "The last of all." in browser.get(answer.location).text
    assert browser.get(f"{page}?after=999999999999999999999").status_code == 200
    assert browser.get(f"{page}?after=-5").status_code == 200
