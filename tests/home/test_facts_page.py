"""Plain facts about a kind: for anybody, with their sources, and without a promise."""

import pytest

from community.dystonia.facts import FACTS
from community.dystonia.topics import TOPICS, Kind, topic
from tests.pages import plain


@pytest.mark.parametrize("slug", FACTS)
def test_anybody_reads_them_and_they_ask_the_database_nothing(client_for, cost, slug: str) -> None:
    answer = client_for().get(f"/types/{slug}")
    assert answer.status_code == 200
    assert int(cost) == 0
    words = plain(answer)
    found = topic(slug)
    assert found is not None
    for said in (found.words, found.note, *found.other_names, *FACTS[slug].sources):
        assert said in words
    assert "Sudden strong spasms soon after a new medicine" in words
    assert "A clinician hasn’t read this page yet." in words
    assert 'href="/not-medical-advice"' in answer.text
    assert f'href="/types/{slug}"' in client_for().get(f"/topics/{slug}").text


def test_every_kind_of_dystonia_has_them_and_nothing_else_does(client_for) -> None:
    kinds = {one.slug for one in TOPICS if one.kind is Kind.TYPE} - {"not-sure", "family"}
    assert set(FACTS) == kinds
    for slug in ("not-sure", "family", "pain", "torticollis", "anything"):
        assert client_for().get(f"/types/{slug}").status_code == 404
    for slug in ("not-sure", "pain"):
        assert "plain facts" not in client_for().get(f"/topics/{slug}").text


def test_no_source_is_without_a_name() -> None:
    assert all(facts.reach and facts.sources for facts in FACTS.values())


def test_a_quiet_topic_says_what_its_neighbours_are_about(cast, make, client_for) -> None:
    make.thread(cast.group_id, cast.ana, title="Beside", topic="several-areas")
    page = plain(client_for(cast.ben).get("/topics/generalised"))
    assert "Until somebody writes here, these are threads that you can read already." in page
    assert "About: More than one area" in page
    assert "About:" not in plain(client_for(cast.ben).get("/topics/several-areas"))
