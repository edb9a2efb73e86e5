"""The pages that anybody may read."""

import re

import pytest

from community.dystonia.topics import ALIASES, TOPICS
from tests.pages import plain

PAGES = ("/", "/topics", "/not-medical-advice", "/privacy", "/accessibility")


@pytest.mark.parametrize("page", [*PAGES, *(f"/topics/{topic.slug}" for topic in TOPICS)])
def test_a_guest_reads_it_and_it_asks_the_database_nothing(client_for, cost, page: str) -> None:
    answer = client_for().get(page)
    assert answer.status_code == 200
    assert len(re.findall("<h1", answer.text)) == 1
    assert int(cost) == 0


@pytest.mark.parametrize("page", PAGES[1:])
def test_a_member_reads_it_too(client_for, make, page: str) -> None:
    assert client_for(make.member("Ana")).get(page).status_code == 200


def test_members_go_through_the_front_door_to_their_place(client_for, make) -> None:
    assert client_for(make.member("Ana")).get("/").headers["Location"] == "/home"


def test_who_is_arriving_is_shown_the_way_on(client_for, make) -> None:
    page = client_for(make.arriving("noor@example.org")).get("/").text
    assert "Go on with joining" in page
    assert "Send me a link" not in page


def test_all_topics_are_listed(client_for) -> None:
    page = client_for().get("/topics").text
    assert all(f'href="/topics/{topic.slug}"' in page for topic in TOPICS)


def test_other_names_are_there_to_be_found_from_a_to_z(client_for) -> None:
    page = client_for().get("/topics").text
    names = [name for topic in TOPICS for name in topic.other_names]
    found = re.findall(r'<a class="alone" href="/topics/[\w-]+">([^<]+): see ', page)
    assert found == sorted(names, key=str.casefold)
    assert '<a class="alone" href="/topics/cervical">torticollis: see Neck</a>' in page


@pytest.mark.parametrize("page", ["/topics/functional", "/types/functional"])
def test_what_doctors_said_before_is_told_apart_from_what_they_say_now(client_for, page) -> None:
    words = plain(client_for().get(page))
    assert "functional movement disorder, FND." in words
    assert "Older names you may still meet: psychogenic dystonia." in words


@pytest.mark.parametrize(("other", "slug"), ALIASES.items())
def test_other_names_of_a_topic_lead_to_it(client_for, other: str, slug: str) -> None:
    answer = client_for().get(f"/topics/{other}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/topics/{slug}")


def test_a_topic_that_is_not_is_not_found(client_for) -> None:
    assert client_for().get("/topics/anything").status_code == 404
