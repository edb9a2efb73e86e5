"""The vocabulary: slugs that last, and plain words."""

import re

import pytest

from community.dystonia.tags import TAGS, is_gene, tag, tag_at
from community.dystonia.topics import ALIASES, TOPICS, Kind, topic


def test_there_are_eighteen_types_and_eight_parts_of_living_with_it() -> None:
    assert [sum(one.kind is kind for one in TOPICS) for kind in Kind] == [18, 8]


def test_slugs_are_plain_and_each_belongs_to_one_topic() -> None:
    slugs = [one.slug for one in TOPICS]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]{2,32}", slug) for slug in [*slugs, *ALIASES])


def test_other_names_lead_to_topics_and_hide_none() -> None:
    assert all(topic(slug) for slug in ALIASES.values())
    assert not any(topic(alias) for alias in ALIASES)


def test_the_names_on_a_topic_s_page_are_addresses_of_it_too() -> None:
    assert ALIASES["spasmodic-torticollis"] == "cervical"
    assert ALIASES["writers-cramp"] == "hand"  # “writer’s cramp”
    assert ALIASES["cranial-dystonia"] == "oromandibular"  # which says that Meige is near


def test_every_topic_has_others_near_it() -> None:
    for one in TOPICS:
        assert one.near
        assert one.slug not in one.near
        assert all(topic(slug) for slug in one.near)


def test_tags_are_plain_and_their_addresses_say_nothing_and_stay() -> None:
    assert len({one.slug for one in TAGS}) == len({one.id for one in TAGS}) == len(TAGS) == 44
    assert all(re.fullmatch(r"[a-z0-9-]{2,32}", one.slug) for one in TAGS)
    assert all(tag_at(one.id) is one is tag(one.slug) for one in TAGS)
    assert str(TAGS[0].id) == "094d1fbf-9f56-587b-8d3d-6592497aeb0f"
    assert [one.slug for one in TAGS if is_gene(one.slug)] == [
        "dyt-tor1a",
        "dyt-thap1",
        "dyt-sgce",
        "dyt-gch1",
    ]
    assert not is_gene("nothing")


def test_a_topic_is_found_by_its_slug_alone() -> None:
    found = topic("cervical")
    assert found is not None
    assert found.name == "Neck"
    assert topic("Neck") is None


@pytest.mark.parametrize("one", TOPICS, ids=lambda one: one.slug)
def test_a_description_is_in_short_sentences(one) -> None:  # type: ignore[no-untyped-def]
    said = f"{one.words} {one.note}"
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"(?<=[.!?])\s", said))
