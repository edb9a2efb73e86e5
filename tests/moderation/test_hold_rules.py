"""How a change is shown, what can be marked, and what can be decided about something held. Pure."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.moderation.holds.rules import (
    HELD_REASONS,
    PASSAGES_MOST,
    Piece,
    Went,
    change,
    may_mark,
    passages_of,
    plain,
    reason_of,
)
from community.moderation.rules.reasons import REASONS, Severity
from community.threads.holds.rules import READ_WITHIN, HoldReason

WORDS = st.text(st.characters(categories=("L", "Nd", "Zs")), max_size=60)


@given(WORDS, WORDS)
def test_a_change_holds_both_what_it_was_and_what_it_is(before: str, after: str) -> None:
    pieces = list(change(before, after))
    was = "".join(each.words for each in pieces if each.went is not Went.ADDED)
    now = "".join(each.words for each in pieces if each.went is not Went.REMOVED)
    assert (was, now) == (before, after)


def test_it_is_told_word_by_word() -> None:
    assert list(change("You stop the tablets.", "I stopped the tablets.")) == [
        Piece(Went.REMOVED, "You stop "),
        Piece(Went.ADDED, "I stopped "),
        Piece(Went.STAYED, "the tablets."),
    ]


@pytest.mark.parametrize(
    ("rendered", "words"),
    [
        ("<p>Rain &amp; wind.</p><p>Sun.</p>", "Rain & wind.\nSun."),
        ('<p>See <a href="https://a.example">this</a><br>now</p>', "See this\nnow"),
        ("", ""),
    ],
)
def test_words_are_read_without_their_markup(rendered: str, words: str) -> None:
    assert plain(rendered) == words


def test_what_is_marked_stands_in_the_words() -> None:
    text = "Just stop the\ntablets now."
    assert may_mark(text, ["stop the tablets"])
    assert may_mark(text, [])
    assert not may_mark(text, ["take more tablets"])
    assert not may_mark(text, ["stop"] * (PASSAGES_MOST + 1))
    assert passages_of(" stop the \n\nnow\nnow ") == ("stop the", "now")


def test_every_reason_of_a_hold_has_a_place_in_the_queue_and_no_other_s_name() -> None:
    assert set(HELD_REASONS) == set(HoldReason)
    assert not set(HELD_REASONS) & set(REASONS)
    for reason_id in (*HELD_REASONS, *REASONS):
        assert reason_of(reason_id).id == reason_id


def test_the_writer_is_told_the_time_that_the_queue_aims_at() -> None:
    for reason, severity in product(HELD_REASONS.values(), Severity):
        if reason.severity is severity:
            assert severity.first_look == READ_WITHIN
