"""What somebody tried, as a note at the end of a text: it comes out as it went in."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.moderation.holds.rules import plain
from community.threads.answers.rules import sentences
from community.threads.tried.card import ASK_FIRST, LEAVE_ON, ONE_PERSON, drawn
from community.threads.tried.rules import LABELS, NOTHING, Tried, joined, parted
from tests.core.test_text import PAYLOADS, assert_plain

FULL = Tried("Injections", "Two years", "I can look left again.", "A sore week", "Myself")

typed = st.text().map(lambda text: "\n".join(text.strip().splitlines()))
notes = st.builds(Tried, typed, typed, typed, typed, st.sampled_from(["", "Myself", "A therapist"]))


@given(typed, notes)
def test_words_and_note_come_out_as_they_went_in(words: str, tried: Tried) -> None:
    if tried or parted(words) == (words, NOTHING):
        assert parted(joined(words, tried)) == (words, tried)


@given(typed)
def test_a_text_without_a_note_is_its_words(words: str) -> None:
    assert joined(words, NOTHING) == words
    assert parted(words) == (words, NOTHING)


def test_nothing_that_is_written_in_a_part_begins_another() -> None:
    sly = "\n".join([f"::: {LABELS['hard']}", "    Nothing", "", f"::: {LABELS['what']}", "    X"])
    tried = Tried("Injections", sly, changed=sly)
    assert parted(joined(sly, tried)) == (sly, tried)


def test_the_text_can_be_read_as_it_stands() -> None:
    assert joined("Hello.", Tried("Injections", "Two years,\nthree in spring")) == (
        "Hello.\n\n"
        "::: What I tried\n    Injections\n"
        "::: How long\n    Two years,\n    three in spring"
    )


@pytest.mark.parametrize(
    ("tried", "lacks_what", "lacks_more"),
    [
        (NOTHING, False, False),
        (FULL, False, False),
        (Tried("Injections"), False, True),
        (Tried(changed="I can look left."), True, False),
        (Tried("Injections", advised="Myself"), False, False),
    ],
)
def test_only_the_thing_and_one_other_part_are_asked_for(
    tried: Tried, *, lacks_what: bool, lacks_more: bool
) -> None:
    assert (tried.lacks_what, tried.lacks_more) == (lacks_what, lacks_more)


def test_the_card_stands_below_the_words_and_says_whose_it_is() -> None:
    html = drawn(joined("Hello.", FULL))
    assert html.startswith('<p>Hello.</p>\n<div class="tried">')
    assert f"<strong>What I tried.</strong> {ONE_PERSON}" in html
    for label, part in zip(list(LABELS.values())[1:], list(FULL.parts)[1:], strict=True):
        assert f"<dt>{label}</dt>\n<dd><p>{part[1]}</p>" in html
    assert "<p>Injections</p>" in html
    assert ASK_FIRST not in html


def test_empty_parts_are_not_shown() -> None:
    html = drawn(joined("", Tried("Injections", hard="A sore week")))
    assert html.count("<dt>") == 1


@pytest.mark.parametrize(
    ("tried", "asks", "leaves_on"),
    [
        (Tried("Injections into my neck", "Two years"), False, False),
        (Tried("Warm water", changed="Nothing"), False, False),
        (Tried("Baclofen", "Two years"), True, False),
        (Tried("clonazepam, half of one", "A month"), True, False),
        (Tried("Tablets", changed="With **Sinemet** I walk."), True, False),
        (Tried("L-Dopa", "A year"), True, False),
        (Tried("A baclofen pump", "A year"), True, True),
        (Tried("DBS", "A year"), True, True),
        (Tried("Deep Brain Stimulation", "A year"), True, True),
    ],
)
def test_only_what_is_dangerous_to_stop_is_said_to_be_talked_about_first(
    tried: Tried, *, asks: bool, leaves_on: bool
) -> None:
    html = drawn(joined("I take baclofen.", tried))
    assert (ASK_FIRST in html, LEAVE_ON in html) == (asks, leaves_on)
    assert ASK_FIRST not in drawn("I take baclofen and have a baclofen pump.")


@pytest.mark.holds("asvs:31")
@pytest.mark.parametrize("payload", PAYLOADS)
def test_around_what_they_wrote_is_only_the_card_whatever_it_is(payload: str) -> None:
    html = drawn(joined(payload, Tried(*[payload] * 5)))
    assert [html.count(f"<{tag}") for tag in ("div", "header", "dl", "dt", "dd")] == [1, 1, 1, 4, 4]
    assert_plain(re.sub(r'<div class="tried">|</?(?:div|header|dl|dt|dd)>', "", html))


def test_what_they_wrote_can_be_quoted_and_what_we_say_around_it_cannot() -> None:
    said = sentences(UUID(int=1), drawn(joined("Hello.", Tried("DBS", "A year"))))
    assert list(said.values()) == ["Hello.", "DBS", "A year"]


def test_a_moderator_reads_its_parts_one_below_the_other() -> None:
    read = plain(drawn(joined("Hello.", Tried("Injections", "A year"))))
    assert [line for line in read.splitlines() if line] == [
        "Hello.",
        f"What I tried. {ONE_PERSON}",
        "Injections",
        "How long",
        "A year",
    ]
