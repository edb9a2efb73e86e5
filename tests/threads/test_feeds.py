"""A feed by a private address: titles and instants of what its owner may read, and nothing else."""

from datetime import UTC, datetime
from uuid import uuid4
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.sanctions.rules import SanctionKind
from community.groups import actions as groups_actions
from community.safety.blocks import actions as blocks_actions
from community.threads import actions as threads_actions
from community.threads.feeds import actions
from community.threads.feeds.atom import ATOM, Entry, drawn
from community.threads.following import actions as following_actions
from community.threads.following.rules import Level
from tests.pages import send

PAGE = "/following/feed"
TITLE = "The bus and the window seat"


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, title=TITLE)


def address(browser) -> str:
    """The one on the page, as a feed reader asks for it."""
    page = browser.get(PAGE).text
    return page.partition('value="http://localhost')[2].partition('"')[0]


def titles(answer) -> list[str | None]:
    assert answer.status_code == 200
    feed = fromstring(answer.data)  # noqa: S314
    return [each.text for each in feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}title")]


def test_there_is_none_until_somebody_makes_it_and_the_page_says_what_is_in_it(
    cast, client_for, thread_id
):
    ben = client_for(cast.ben)
    page = ben.get(PAGE).text
    assert "may name a type of dystonia or a symptom" in page
    assert "private-address" not in page
    send(ben, PAGE, f"{PAGE}/start")
    assert address(ben).startswith(f"{PAGE}/")
    assert client_for(None).get(PAGE).status_code == 302


def test_it_holds_titles_and_nobody_s_words_or_names(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.hana, "I could see the rain.")
    ben = client_for(cast.ben)
    send(ben, PAGE, f"{PAGE}/start")
    answer = client_for(None).get(address(ben))
    assert titles(answer) == [TITLE]
    assert answer.mimetype == "application/atom+xml"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    said = answer.text.replace(address(ben), "")
    for word in ("Ana", "Hana", "Ben", "rain", "Neck"):
        assert word not in said
    again = client_for(None).get(address(ben), headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("how", ["apart", "left", "hidden", "unfollowed"])
def test_it_holds_what_its_owner_may_read_now_and_wants_to(cast, make, client_for, thread_id, how):
    ben, now = client_for(cast.ben), make.clock.now()
    send(ben, PAGE, f"{PAGE}/start")
    opening = make.opening(thread_id)
    none = (cast.ben, thread_id, Level.NONE)
    make.done(
        {
            "apart": lambda: blocks_actions.keep_apart(cast.ben, cast.ana.id, now=now),
            "left": lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()),
            "hidden": lambda: threads_actions.hide(opening, until=None),
            "unfollowed": lambda: following_actions.follow_thread(*none, now=now),
        }[how]
    )
    assert titles(client_for(None).get(address(ben))) == []


def test_one_press_ends_it_and_a_new_address_ends_the_old_one(cast, client_for, thread_id):
    ben, anybody = client_for(cast.ben), client_for(None)
    send(ben, PAGE, f"{PAGE}/start")
    first = address(ben)
    send(ben, PAGE, f"{PAGE}/start")
    second = address(ben)
    assert anybody.get(first).status_code == 404
    assert anybody.get(second).status_code == 200
    send(ben, PAGE, f"{PAGE}/stop")
    assert anybody.get(second).status_code == 404
    assert anybody.get(f"{PAGE}/{uuid4().hex}.xml").status_code == 404


def test_there_is_nothing_for_whoever_is_suspended(cast, make, client_for, thread_id):
    ben = client_for(cast.ben)
    send(ben, PAGE, f"{PAGE}/start")
    feed = address(ben)
    make.held_back(cast.ben, SanctionKind.SUSPEND)
    assert client_for(None).get(feed).status_code == 404


def test_it_costs_the_same_for_one_as_for_many(cast, make, client_for, cost, thread_id):
    ben = client_for(cast.ben)
    send(ben, PAGE, f"{PAGE}/start")
    feed = address(ben)

    def statements() -> int:
        cost.statements.clear()
        assert client_for(None).get(feed).status_code == 200
        return int(cost)

    statements()
    few = statements()
    for _ in range(8):
        make.thread(cast.group_id, cast.hana)
    assert statements() == few


def test_pressed_twice_there_is_one_address(cast, make):
    for _ in range(2):
        make.done(lambda: actions.give_address(cast.ben))


@given(st.lists(st.text(max_size=40), max_size=4))
def test_whatever_somebody_typed_it_is_xml_that_can_be_read(typed):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    entries = [Entry(uuid4(), words, "http://localhost/threads/1", at) for words in typed]
    feed = fromstring(drawn(uuid4(), "Circles", "http://localhost/feed", entries, at))  # noqa: S314
    assert len(feed.findall(f"{{{ATOM}}}entry")) == len(typed)
