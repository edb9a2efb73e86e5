"""A topic: its threads and calls together, and never an empty room."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from community.core.db import db
from community.dystonia.tags import tag
from community.dystonia.topics import TOPICS, catalogue, larger, topic
from community.threads import queries
from community.threads.gathering import actions as gathering
from community.threads.gathering.rules import PinPlace
from community.threads.models import Thread
from tests.pages import plain, send


@pytest.mark.holds("seed:10")
def test_threads_and_calls_stand_together_with_the_way_to_all_calls(cast, make, client_for):
    make.call(cast.group_id, cast.hana, title="Neck circle", topic="cervical")
    make.call(cast.group_id, cast.hana, title="Hand circle", topic="hand")
    make.thread(cast.group_id, cast.ana, title="The bus")
    page = client_for(cast.ben).get("/topics/cervical").text
    for words in (
        "Neck muscles pull, turn, tilt or shake the head.",
        "Other names you may hear: cervical dystonia, spasmodic torticollis",
        "Read plain facts about this type",
        "The bus",
        "Just listening, please",
        "No replies yet. That’s fine too.",
        "Start a thread",
        "Calls for this topic",
        "Neck circle",
        "See all calls",
        "Tell me about new threads and replies",
        "How we write here",
        "Look at what the writer asked for before you reply.",
    ):
        assert words in page, words
    assert "Hand circle" not in page


@pytest.mark.holds("promise:10")
def test_who_may_not_read_a_thread_meets_no_trace_of_it(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, title="The bus", tags=["neck"])
    for person in (cast.stranger, cast.pat):
        for page in ("/topics/cervical", "/topics/several-areas", "/topics/hand"):
            shown = client_for(person).get(page).text
            assert "The bus" not in shown
            assert "Look for" not in shown


@pytest.mark.holds("promise:10")
def test_words_are_looked_for_in_a_topic_from_its_own_page_and_no_address_says_which(
    cast, make, client_for
):
    make.thread(cast.group_id, cast.ana, title="The bus", topic="laryngeal", words="Rain and tea.")
    make.thread(cast.group_id, cast.ana, title="A pen", topic="hand", words="Tea as well.")
    ben = client_for(cast.ben)
    page = ben.get("/topics/laryngeal")
    assert "Search in “Voice”" in plain(page)
    fields = looking_in(page)
    assert fields.keys() == {"csrf_token", "topic", "words"}
    place = ben.post("/search", data={**fields, "words": "tea"}).location
    assert re.fullmatch(r"/search/[0-9a-f-]{36}", place)
    found = ben.get(place)
    assert '<option selected value="laryngeal">Voice</option>' in found.text
    assert "The bus" in found.text
    assert "A pen" not in found.text
    nothing = ben.post("/search", data=fields)
    assert nothing.status_code == 422
    assert '<option selected value="laryngeal">Voice</option>' in nothing.text
    for person, slug in ((None, "laryngeal"), (cast.ben, "calm-corner")):  # nothing to look for
        assert 'role="search"' not in client_for(person).get(f"/topics/{slug}").text


def test_a_quiet_topic_shows_what_is_near_and_says_where_else_to_go(cast, make, client_for):
    browser = client_for(cast.ben)
    make.thread(cast.group_id, cast.ana, title="Far", topic="calm-corner")
    page = browser.get("/topics/foot-leg").text
    assert "Quiet here. You could write the first words." in page
    assert "Far" in page  # better than an empty room
    make.thread(cast.group_id, cast.ana, title="Beside", topic="one-side")
    page = browser.get("/topics/foot-leg").text
    assert "Beside" in page
    assert "Far" not in page
    assert 'href="/topics/one-side"' in page


def test_what_its_threads_are_tagged_with_can_be_followed(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, tags=["neck", "dyt-tor1a"])
    page = client_for(cast.ben).get("/topics/cervical").text
    assert f"/tags/{tag('neck').id}" in page
    assert f"/tags/{tag('dyt-tor1a').id}" not in page


def looking_in(page):
    """What the box to search in a topic sends: each name with what stands in it."""
    [form] = [each for each in page.text.split("</form>") if 'role="search"' in each]
    box = form.partition('role="search"')[2]
    return dict(re.findall(r'name="(\w+)"[^>]* value="([^"]*)"', box))


# ---- a small topic, listed in a larger one as well ----

SMALL, LARGE = "one-side", "several-areas"


def test_what_is_written_in_a_small_topic_appears_in_the_larger_one_and_says_what_it_is_about(
    cast, make, client_for
):
    make.thread(cast.group_id, cast.ana, title="One arm", topic=SMALL)
    make.thread(cast.group_id, cast.ana, title="Two arms", topic=LARGE)
    ben = client_for(cast.ben)
    small, large = (ben.get(f"/topics/{slug}") for slug in (SMALL, LARGE))
    assert "Two arms" not in small.text.split('id="near-h"')[0]
    assert plain(large).index("Two arms") < plain(large).index("One arm")
    assert plain(large).count("About: One side of the body") == 1
    assert large.text.count("One arm") == 1  # and not once more under what is near
    assert "One arm" not in client_for(cast.stranger).get(f"/topics/{LARGE}").text


def test_a_writer_is_told_where_others_meet_their_words(cast, make, client_for):
    ben, also = client_for(cast.ben), "What is written here also appears in “More than one area”"
    assert f"Quiet here. {also}" in plain(ben.get(f"/topics/{SMALL}"))
    thread_id = make.thread(cast.group_id, cast.ana, title="One arm", topic=SMALL)
    assert also in plain(ben.get(f"/topics/{SMALL}"))
    assert "also appears" not in plain(ben.get(f"/topics/{LARGE}"))
    begun = ben.get(send(ben, "/topics/one-side", "/threads/about", topic=SMALL).location)
    assert "It also appears in “More than one area”" in plain(begun)
    assert "It also appears in “More than one area”" in plain(ben.get(f"/threads/{thread_id}"))


def test_what_is_pinned_in_the_small_one_is_among_the_others_in_the_large_one(
    cast, make, client_for, clock
):
    thread_id = make.thread(cast.group_id, cast.ana, title="One arm", topic=SMALL)
    place, at = PinPlace.TOPIC, clock.now()
    make.done(lambda: gathering.pin(cast.mori, thread_id, place, now=at))
    ana = client_for(cast.ana)
    assert "Pinned by a moderator" in plain(ana.get(f"/topics/{SMALL}"))
    page = plain(ana.get(f"/topics/{LARGE}"))
    assert "One arm" in page
    assert "Pinned by a moderator" not in page


def test_its_pages_follow_one_order_and_cost_the_same(cast, make, client_for, clock, cost):
    threads = [make.thread(cast.group_id, cast.ana, topic=SMALL if n % 3 else LARGE) for n in (1,)]
    ben = client_for(cast.ben)

    def asked() -> int:
        ben.get(f"/topics/{LARGE}")
        cost.statements.clear()
        ben.get(f"/topics/{LARGE}")
        return int(cost)

    one = asked()
    slugs = [SMALL] * 30 + [LARGE] * 3 + [SMALL, LARGE] * 6
    threads += [make.thread(cast.group_id, cast.ana, topic=slug) for slug in slugs]

    def spread() -> None:
        for number, thread_id in enumerate(threads):
            at = {"last_at": clock.now() + timedelta(minutes=number)}
            db.session.execute(update(Thread).where(Thread.id == thread_id).values(**at))

    make.done(spread)
    assert asked() == one
    found, older = [], None
    for _ in range(4):
        page = make.done(
            lambda at=older: queries.threads_of_topic(cast.ben, LARGE, clock.now(), older_than=at)
        )
        found += [row.id for row in page.rows]
        older = page.older
        if older is None:
            break
    assert found == threads[::-1]


def test_a_larger_topic_has_one_below_it_and_stands_below_none() -> None:
    assert len(catalogue().below) == sum(1 for one in TOPICS if one.under)
    for one in TOPICS:
        if above := larger(one):
            assert not above.under
            assert one.slug not in (above.slug, "")
            assert topic(one.under) is above
