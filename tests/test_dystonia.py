"""The vocabulary: slugs that last, and plain words."""

import re

import pytest

from community.dystonia.tags import TAGS, is_gene, tag, tag_at
from community.dystonia.topics import ALIASES, TOPICS, Kind, topic

NAMES = {
    Kind.TYPE: {
        "cervical": "Neck",
        "blepharospasm": "Eyelids",
        "oromandibular": "Jaw, mouth and tongue",
        "meige": "Eyelids and lower face together",
        "laryngeal": "Voice",
        "hand": "Hand and arm",
        "musician-task": "Music and other skilled tasks",
        "foot-leg": "Foot and leg",
        "several-areas": "More than one area",
        "one-side": "One side of the body",
        "generalised": "Most of the body",
        "myoclonus": "With quick jerks",
        "genetic-early": "Genetic and early onset",
        "acquired": "After injury, stroke or illness",
        "tardive": "Linked to medicines",
        "functional": "Functional dystonia",
        "not-sure": "Not sure yet",
        "family": "Family, friends and carers",
    },
    Kind.LIVING: {
        "pain": "Pain",
        "tired-sleep": "Tiredness and sleep",
        "mood": "Mood",
        "being-seen": "Being seen",
        "work-study": "Work and study",
        "treatment-stories": "Treatment stories",
        "everyday-tips": "Everyday tips",
        "calm-corner": "Calm corner",
    },
}


@pytest.mark.parametrize("kind", Kind)
def test_slugs_are_for_ever_and_each_topic_has_its_plain_name(kind: Kind) -> None:
    assert {one.slug: one.name for one in TOPICS if one.kind is kind} == NAMES[kind]


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("torticollis", "cervical"),
        ("spasmodic-dysphonia", "laryngeal"),
        ("writers-cramp", "hand"),
        ("generalized", "generalised"),
        ("hemidystonia", "one-side"),
        ("dyt1", "genetic-early"),
        ("segmental", "several-areas"),
        ("multifocal", "several-areas"),
        ("facial", "meige"),
        ("facial-dystonia", "meige"),
        ("secondary-dystonia", "acquired"),
        ("psychogenic-dystonia", "functional"),
        ("acute-dystonic-reaction", "tardive"),
    ],
)
def test_a_name_that_people_know_is_an_address(name: str, slug: str) -> None:
    assert ALIASES[name] == slug


def test_what_doctors_said_before_is_no_name_of_today() -> None:
    assert {one.slug: one.older for one in TOPICS if one.older} == {
        "acquired": ("secondary dystonia",),
        "functional": ("psychogenic dystonia",),
    }
    assert not any(name in one.synonyms for one in TOPICS for name in one.older)


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


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("meige", "in the same person"),
        ("myoclonus", "mostly neck, trunk and arms, and sometimes legs"),
        ("genetic-early", "Not everyone with the gene change gets symptoms."),
        ("genetic-early", "a treatable form: ask a specialist."),
        ("acquired", "physical injury"),
        ("tardive", "Never stop a medicine without your prescriber."),
        ("tardive", "need urgent help."),
        ("functional", "Real, involuntary symptoms"),
        ("not-sure", "You don’t need a diagnosis to be here."),
        ("treatment-stories", "Talk to your own clinician before changing anything."),
    ],
)
def test_what_must_not_be_lost_from_a_description(slug: str, words: str) -> None:
    found = topic(slug)
    assert found is not None
    assert words in f"{found.words} {found.note}"


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
