"""A topic: its threads and calls together, and never an empty room."""

import pytest

from community.dystonia.tags import tag


def test_threads_and_calls_stand_together_with_the_way_to_all_calls(cast, make, client_for):
    make.call(cast.group_id, cast.hana, title="Neck circle", topic="cervical")
    make.call(cast.group_id, cast.hana, title="Hand circle", topic="hand")
    make.thread(cast.group_id, cast.ana, title="The bus")
    page = client_for(cast.ben).get("/topics/cervical").text
    for words in ("The bus", "Neck circle", "Start a thread", "See all calls", "Other names"):
        assert words in page
    assert "Hand circle" not in page


@pytest.mark.holds("promise:10")
def test_who_may_not_read_a_thread_meets_no_trace_of_it(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, title="The bus", tags=["neck"])
    for person in (cast.stranger, cast.pat):
        for page in ("/topics/cervical", "/topics/several-areas", "/topics/hand"):
            shown = client_for(person).get(page).text
            assert "The bus" not in shown
            assert "Look for" not in shown


def test_a_quiet_topic_shows_what_is_near_and_says_where_else_to_go(cast, make, client_for):
    browser = client_for(cast.ben)
    make.thread(cast.group_id, cast.ana, title="Far", topic="calm-corner")
    page = browser.get("/topics/several-areas").text
    assert "Quiet here. You could write the first words." in page
    assert "Far" in page  # better than an empty room
    make.thread(cast.group_id, cast.ana, title="Beside", topic="one-side")
    page = browser.get("/topics/several-areas").text
    assert "Beside" in page
    assert "Far" not in page
    assert 'href="/topics/one-side"' in page


def test_what_its_threads_are_tagged_with_can_be_followed(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, tags=["neck", "dyt-tor1a"])
    page = client_for(cast.ben).get("/topics/cervical").text
    assert f"/tags/{tag('neck').id}" in page
    assert f"/tags/{tag('dyt-tor1a').id}" not in page
