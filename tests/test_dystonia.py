"""The vocabulary: slugs that last, plain words, and no claims."""

import re

import pytest

from community.dystonia import ALIASES, TOPICS, Kind, topic

CLAIMS = (
    "heal your dystonia",
    "cure",
    "recover from dystonia",
    "root cause",
    "hidden cause",
    "real cause",
    "stop chasing symptoms",
    "trauma causes",
    "caused by trauma",
    "attachment wound",
    "your nervous system chose",
    "proven to",
    "guaranteed",
    "secret weapon",
    "rewire",
    "reprogramme",
    "polyvagal",
    "ventral vagal",
)


def test_there_are_eighteen_types_and_eight_parts_of_living_with_it() -> None:
    assert [sum(one.kind is kind for one in TOPICS) for kind in Kind] == [18, 8]


def test_slugs_are_plain_and_each_belongs_to_one_topic() -> None:
    slugs = [one.slug for one in TOPICS]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9-]{2,32}", slug) for slug in [*slugs, *ALIASES])


def test_other_names_lead_to_topics_and_hide_none() -> None:
    assert all(topic(slug) for slug in ALIASES.values())
    assert not any(topic(alias) for alias in ALIASES)


def test_a_topic_is_found_by_its_slug_alone() -> None:
    found = topic("cervical")
    assert found is not None
    assert found.name == "Neck"
    assert topic("Neck") is None


@pytest.mark.holds("promise:9")
@pytest.mark.parametrize("one", TOPICS, ids=lambda one: one.slug)
def test_a_description_is_short_and_claims_nothing(one) -> None:  # type: ignore[no-untyped-def]
    said = f"{one.words} {one.note}"
    assert not [claim for claim in CLAIMS if re.search(rf"\b{claim}\b", said, re.IGNORECASE)]
    assert all(len(sentence.split()) <= 20 for sentence in re.split(r"(?<=[.!?])\s", said))
