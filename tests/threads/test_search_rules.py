"""What was typed, and what a text says: words, phrases, beginnings, other names."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from community.dystonia.topics import TOPICS
from community.threads.search.rules import (
    EXCERPT,
    PARTS_MOST,
    STRETCHES,
    WORD_MOST,
    Way,
    as_words,
    excerpt,
    kept_as,
    marked,
    read,
    stretches,
    words_in,
)

TEXTS = st.text(max_size=80) | st.lists(
    st.sampled_from(
        ["tea", "Rain", "É", "don’t", "ß", "½", "swim", "swims", " ", "–", "\0", "\u0301"]
    )
).map(" ".join)
HOSTILE = [
    '"', '""', '"a', 'a"b', "*", "**", "a*", "^tea", "NEAR(a b)", "a AND", "OR", "NOT b", "-tea",
    "tea:rain", "words:tea", "(", "))", "'", "';--", "%", "_", "\\", "\0", "a\0b", "🙂", "שלום",
    "\u202etea", "٣", "ﬁ", "a" * 10_000, "a " * 5_000, '"' * 999, "* " * 500, "§", "|", "&", "!a",
]  # fmt: skip


def found(typed: str, text: str) -> bool:
    return read(typed).is_in(kept_as(text))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tea", "A cup of Tea."),
        ("TEA", "tea"),
        ("cafe", "Café"),
        ("café", "cafe"),
        ("cafe\u0301", "café"),
        ("strasse", "Straße"),
        ("rain tea", "Tea, then rain"),
        ('"cup of tea"', "a cup of\ntea"),
        ("“cup of tea”", "a cup of tea"),
        ('"cup of tea', "a cup of tea"),
        ("don’t", "I don't know"),
        ("mum", "my mum’s car"),
        ("swim*", "Swimming is fine"),
        ("swimm*", "Swimming is fine"),
        ("swimming*", "Swimming is fine"),
        ("torticollis", "They called it cervical dystonia"),
        ("spasmodic torticollis", "cervical dystonia"),
        ("spasmodic torticollis", "It is spasmodic, a torticollis."),
        ("dbs", "After deep brain stimulation"),
        ("deep brain stimulation", "My DBS"),
        ("M-D", "myoclonus-dystonia"),
        ("writer's cramp", "graphospasm"),
        ("a" * 100, "a" * 99),
    ],
)
def test_it_is_found(typed, text):
    assert found(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("tea", "teapot"),
        ("tea rain", "tea"),
        ('"tea cup"', "cup of tea"),
        ("don’t", "t, don"),
        ("swim*", "to outswim"),
        ("sw*", "swim"),
        ("swimmi*", "swims and swimmers"),
        ('"torticollis"', "cervical dystonia"),
        ("torticollis", "dystonia that is cervical"),
        ("mixed", "spasmodic dysphonia"),
        ("parents", "carers"),
        ("undiagnosed", "a second opinion"),
    ],
)
def test_it_is_not_found(typed, text):
    assert not found(typed, text)


def test_no_phrase_goes_from_a_title_into_the_text():
    kept = kept_as("A cup", "of tea")
    assert read("cup of").is_in(kept)
    assert not read('"cup of"').is_in(kept)


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("torticollis", ["cervical"]),
        ("my torticollis today", ["cervical"]),
        ('"spasmodic torticollis"', ["cervical"]),
        ("neck", ["cervical"]),
        ("Hand and arm", ["hand"]),
        ("hand", ["hand"]),
        ("my hands today", ["hand"]),
        ("jaw", ["oromandibular"]),
        ("eyelid", ["blepharospasm", "meige"]),
        ("face", ["meige", "blepharospasm", "oromandibular"]),
        ("other tasks", []),
        ("dystonia", []),
        ("anterocollis", ["cervical"]),
        ("cranial dystonia", ["oromandibular", "meige"]),
        ("tort*", ["cervical"]),
        ("torticoll", ["cervical"]),
        ("TORTICOLL today", ["cervical"]),
        ("blephar", ["blepharospasm"]),
        ("cervical", ["cervical"]),
        ("hand*", ["hand"]),
        ("tor*", []),
        ("tor", []),
        ("dyst*", []),
        ('"torticoll"', []),
        ("tea", []),
        ("facial dystonia", ["meige", "blepharospasm", "oromandibular"]),
        ("facial", ["meige", "blepharospasm", "oromandibular"]),
        ("secondary dystonia", ["acquired"]),
        ("psychogenic dystonia", ["functional"]),
        ("acute dystonic reaction", ["tardive"]),
        ("multifocal", ["several-areas"]),
        ("generalized", ["generalised"]),
    ],
)
def test_other_names_lead_to_their_topic(typed, slugs):
    assert [topic.slug for topic in read(typed).topics] == slugs


def test_every_other_name_of_a_topic_leads_there():
    for topic in TOPICS:
        for name in (topic.name, *topic.other_names):
            assert topic in read(name).topics


def test_a_name_is_found_as_it_is_dictated():
    for topic in TOPICS:
        for name in topic.other_names:
            assert topic in read(name.replace("’", "")).topics
    assert any("’" in name for name in read("musicians dystonia").also)


def test_what_is_looked_for_as_well_is_said_in_the_words_that_people_write():
    assert "cervical dystonia" in read("torticollis").also
    assert "torticollis" not in read("torticollis").also
    assert read("“torticollis”").also == ()
    assert [tag.slug for tag in read("dbs").tags] == ["dbs"]
    assert [tag.slug for tag in read("primary dystonia").tags] == ["idiopathic", "genetic"]
    assert read("primary school").tags == ()


@given(st.text(max_size=300) | st.sampled_from(HOSTILE))
@example('"' + "x" * 9_999)
def test_whatever_was_typed_is_words_or_nothing(typed):
    query = read(typed)
    assert len(query.parts) <= 2 * PARTS_MOST * 10
    for option in query.options:
        assert option.words
        for word in option.words:
            assert 0 < len(word) <= WORD_MOST
            assert word.isalnum()
        assert option.way is not Way.BEGINNING or len(option.words) == 1


@given(TEXTS)
def test_a_text_is_found_by_each_of_its_words_and_by_all_of_them_together(text):
    words = as_words(text)
    for word in words:
        assert found(word, text)
        assert found(f"{word[:5]}*", text) or len(word) < 3
    assert not words or found(f'"{" ".join(words[:8])}"', text)


@given(TEXTS)
def test_words_stand_where_they_are_said_to(text):
    at = 0
    for word in words_in(text):
        assert at <= word.start < word.end <= len(text)
        assert as_words(text[word.start : word.end]) == (word.letters,)
        at = word.end


@given(TEXTS)
def test_the_two_ways_of_taking_words_apart_agree(text):
    """With one letter that is three, the slower way is gone."""
    assert as_words(f"{text} ½") == (*as_words(text), "12")


@given(typed=TEXTS, text=TEXTS)
def test_marks_change_no_letter(typed, text):
    assert "".join(piece.text for piece in marked(read(typed), text)) == text


@given(typed=TEXTS, text=st.text(max_size=2000))
def test_an_excerpt_is_short_and_says_where_it_was_cut(typed, text):
    pieces = [piece.text for piece in excerpt(read(typed), text)]
    whole = "".join(pieces).removeprefix("… ").removesuffix(" …")
    assert whole in text or "…" in text
    assert len(whole) <= EXCERPT


def test_an_excerpt_has_the_word_that_was_found_and_marks_only_what_was_found():
    text = (
        "Dystonia, as I know it. " * 40 + "They said cervical dystonia then. " + "And so on. " * 40
    )
    pieces = excerpt(read("torticollis"), text)
    assert [piece.text for piece in pieces if piece.is_found] == ["cervical dystonia"]
    assert (pieces[0].text, pieces[-1].text) == ("… ", " …")


def test_a_beginning_is_marked_as_a_whole_word():
    assert [p.text for p in marked(read("swim*"), "I swam; swimming helps") if p.is_found] == [
        "swimming"
    ]


@given(below=st.integers(0, 2**23), numbers=st.lists(st.integers(0, 2**23), max_size=20))
@example(below=2**14 + 1, numbers=[0, 1, 2**13 - 1, 2**13, 2**14 - 1, 2**14])
def test_stretches_hold_each_number_and_no_newer_one_comes_after_an_older(below, numbers):
    def marks(number: int) -> set[str]:
        return {f"¶{size}.{number >> size}" for size in STRETCHES}

    def place(number: int) -> int:
        return next(
            place
            for place, each in enumerate(stretches(below))
            if number < each.below and (not each.marks or marks(number) & {*each.marks})
        )

    places = [place(number) for number in sorted(numbers) if number < below]
    assert places == sorted(places, reverse=True)
    assert len(list(stretches(below))) <= len(STRETCHES) + 1
