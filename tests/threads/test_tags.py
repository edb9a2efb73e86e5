"""Tags of threads: who chooses them, who sees them, and what their addresses say."""

import re

import pytest
from sqlalchemy import select

from community.core.db import db
from community.dystonia.tags import TAGS, tag
from community.threads import actions
from community.threads.models import ThreadTag
from community.threads.rules.posts import TAGS_MOST
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import send


def address(slug: str) -> str:
    return f"/tags/{tag(slug).id}"


@pytest.fixture
def thread_id(make, cast):
    return make.thread(cast.group_id, cast.ana, title="The bus", tags=["neck", "dyt-tor1a"])


@pytest.mark.holds("seed:10")
def test_whoever_starts_a_thread_may_tick_a_few(cast, client_for):
    browser = client_for(cast.ana)
    typed = {"group": str(cast.group_id), "topic": "hand", "title": "Pens", "wish": "ideas"}
    page = send(browser, "/threads/new", words="Which?", tags=["hand", "one-task"], **typed)
    shown = browser.get(page.location).text
    assert address("hand") in shown
    assert address("one-task") in shown
    many = [each.slug for each in TAGS[: TAGS_MOST + 1]]
    refused = send(browser, "/threads/new", words="Which?", tags=many, **typed)
    assert refused.status_code == 422
    assert "Choose five tags at most" in refused.text
    assert "Which?" in refused.text
    unknown = send(browser, "/threads/new", words="Which?", tags=["hat"], **typed)
    assert unknown.status_code == 422


def test_the_boxes_stand_by_what_they_are_facts_about(cast, client_for):
    page = client_for(cast.ana).get("/threads/new").text
    assert page.index(">Where in the body</legend>") < page.index(">Gene</legend>")
    assert page.count('name="tags"') == len(TAGS)
    assert "A gene says something of your relatives too." in page


@pytest.mark.holds("F:F121")
def test_a_gene_is_seen_by_its_writer_only_unless_they_say_so(cast, make, client_for, thread_id):
    gene, page = address("dyt-tor1a"), f"/threads/{thread_id}"
    for person, sees in ((cast.ana, True), (cast.ben, False), (cast.mori, False)):
        browser = client_for(person)
        assert (gene in browser.get(page).text) is sees
        assert ("The bus" in browser.get(gene).text) is sees
        assert ("DYT-TOR1A" in browser.get(f"/groups/{cast.group_id}").text) is sees
    send(client_for(cast.ana), f"{page}/tags", tags=["dyt-tor1a"], shows_genes="y")
    assert gene in client_for(cast.ben).get(page).text
    assert address("neck") not in client_for(cast.ben).get(page).text


def test_only_its_writer_changes_the_tags(cast, make, client_for, thread_id):
    page = f"/threads/{thread_id}/tags"
    for person, status in ((cast.ben, 403), (cast.stranger, 404)):
        assert client_for(person).get(page).status_code == status
    shown = client_for(cast.ana).get(page).text
    assert len(re.findall(r"<input checked", shown)) == 2
    assert send(client_for(cast.ana), page, tags=["hat"]).status_code == 422
    assert send(client_for(cast.ana), page).status_code == 302
    assert make.done(lambda: db.session.scalars(select(ThreadTag)).all()) == []


@pytest.mark.holds("promise:10")
def test_a_tag_leads_to_what_this_person_may_read_and_its_address_says_nothing(
    cast, make, client_for, thread_id
):
    make.thread(make.everyone(), cast.ana, title="Elsewhere", topic="hand", tags=["neck"])
    page = address("neck")
    assert re.fullmatch(r"/tags/[0-9a-f-]{36}", page)
    assert "The bus" in client_for(cast.ben).get(page).text
    seen = client_for(cast.stranger).get(page).text
    assert "The bus" not in seen
    assert "Elsewhere" in seen
    opening = make.opening(thread_id)
    make.done(lambda: actions.hide(opening, until=None))
    assert "The bus" not in client_for(cast.ben).get(page).text
    assert "/sign-in" in client_for().get(page).location


def test_taking_a_thread_back_takes_its_tags_too(cast, make, thread_id):
    opening = make.opening(thread_id)
    make.done(lambda: taken_back_actions.take_back(cast.ana, opening, now=make.clock.now()))
    assert make.done(lambda: db.session.scalars(select(ThreadTag)).all()) == []
