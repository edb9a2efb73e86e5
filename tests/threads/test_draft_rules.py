"""What is kept of words that aren't sent: truth tables, and that no window's words are lost."""

from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.threads.rules.drafts import (
    NEW_THREAD,
    OVERTAKEN_MOST,
    Kept,
    Place,
    Typed,
    is_emptied,
    keep,
    let_go,
    put_back,
)

OLD, NEW = uuid4(), uuid4()


def kept(words: str, *overtaken: str) -> Kept:
    return Kept(OLD, Typed(words), overtaken)


@pytest.mark.parametrize(
    ("before", "words", "seen", "after"),
    [
        (None, "", None, None),
        (None, "Rain", None, ("Rain",)),
        (kept("Rain"), "Rain on", OLD, ("Rain on",)),  # the same window writes on
        (kept("Rain"), "Sun", OLD, ("Sun",)),  # and may write something else
        (kept("Rain"), "Sun", None, ("Sun", "Rain")),  # another window: both are kept
        (kept("Rain"), "Rain on", None, ("Rain on",)),  # unless one is in the other
        (kept("Rain on"), "Rain", None, ("Rain on",)),  # the window’s last save has overtaken this
        (kept("Rain on", "Sun"), "Rain", NEW, ("Rain on", "Sun")),
        (kept("Rain on"), "Rain", OLD, ("Rain",)),  # made shorter where it was written
        (kept("Rain", "Sun"), "Rain on", OLD, ("Rain on", "Sun")),
        (kept("Rain", "Sun"), "Sunny", NEW, ("Sunny", "Rain")),
        (kept("Rain"), "", OLD, None),  # emptied where it was written
        (kept("Rain"), "", None, ("Rain",)),  # emptied in a window that never had it
        (kept("Rain", "Sun"), "", OLD, ("Sun",)),  # the other window's comes forward
    ],
)
def test_the_newest_words_are_the_draft_and_other_windows_keep_theirs(
    before: Kept | None, words: str, seen: UUID | None, after: tuple[str, ...] | None
) -> None:
    found = keep(before, Typed(words), seen, NEW)
    assert (found and (found.typed.text, *found.overtaken)) == after


@pytest.mark.parametrize(
    ("before", "sent", "seen", "after"),
    [
        (None, "Rain", None, None),
        (kept("Rain"), "Rain on", OLD, None),
        (kept("Rain"), "Sun", OLD, None),  # changed since it was saved, and sent so
        (kept("Rain"), "Rain on", None, None),  # sent whole from a window that never knew
        (kept("Rain"), "Sun", None, ("Rain",)),  # another window's draft stays
        (kept("Rain", "Sun"), "Sun!", NEW, ("Rain",)),
        (kept("Rain", "Sun"), "Rain", OLD, ("Sun",)),
    ],
)
def test_sending_lets_go_of_what_was_sent_and_of_nothing_else(
    before: Kept | None, sent: str, seen: UUID | None, after: tuple[str, ...] | None
) -> None:
    found = let_go(before, Typed(sent), seen, NEW)
    assert (found and (found.typed.text, *found.overtaken)) == after


def test_each_place_has_one_key() -> None:
    thread, post = uuid4(), uuid4()
    places = [NEW_THREAD, Place(thread), Place(uuid4()), Place(thread, post)]
    assert len({place.key for place in places}) == len(places)
    assert Place(thread) == Place(thread)


@dataclass
class Window:
    """A window as its script is: it knows what it has typed, and the draft its last save made."""

    typed: str = ""
    seen: UUID | None = None


WORDS = st.sampled_from(["", "rain", "rain on", "sun", "snow"])
WHAT = st.sampled_from(["save", "save", "send", "reload"])
STEPS = st.lists(st.tuples(st.integers(0, 2), WHAT, WORDS), min_size=4, max_size=25)


@settings(max_examples=500)
@given(STEPS)
@pytest.mark.holds("F:F83")
def test_what_a_window_saved_stays_until_that_window_changes_or_sends_it(
    steps: list[tuple[int, str, str]],
) -> None:
    windows, draft, sent = [Window(), Window(), Window()], None, ""
    for which, what, words in steps:
        window, typed = windows[which], Typed(words)
        if what == "save":
            draft = keep(draft, typed, window.seen, uuid4())
            for other in windows:  # the same words, or part of them, are one person's same words
                other.typed = "" if other.typed in words else other.typed
            is_part = draft is not None and draft.typed.text != words  # and so are these of others
            windows[which] = Window("" if is_part else words, draft and draft.seen_by(typed))
        elif what == "send" and words:
            sent += words + "|"
            draft = let_go(draft, typed, window.seen, uuid4())
            windows[which] = Window()
        elif what == "reload" and draft and all(draft.typed.text != w.typed for w in windows):
            windows[which] = Window(draft.typed.text, draft.stamp)
        there = "|".join([draft.typed.text, *draft.overtaken]) if draft else ""
        assert all(each.typed in there + "|" + sent for each in windows)


@pytest.mark.parametrize(
    ("before", "words", "seen", "expected"),
    [
        (None, "", None, False),
        (kept("Rain"), "", OLD, True),
        (kept("Rain", "Sun"), "", OLD, True),  # the other window’s comes forward
        (kept("Rain"), "", NEW, False),  # a window that never had it
        (kept("Rain"), "Sun", OLD, False),
    ],
)
def test_a_box_is_emptied_by_the_window_whose_draft_it_was(
    before: Kept | None, words: str, seen: UUID | None, expected: bool
) -> None:
    typed = Typed(words)
    assert is_emptied(before, typed, keep(before, typed, seen, NEW)) is expected


@pytest.mark.parametrize(
    ("now", "thrown", "after"),
    [
        (None, kept("Rain", "Sun"), ("Rain", "Sun")),
        (kept("Snow"), kept("Rain", "Sun"), ("Snow", "Sun", "Rain")),
        (kept("Rain on"), kept("Rain"), ("Rain on",)),
    ],
)
def test_what_was_thrown_away_stands_beside_what_is_written_by_now(
    now: Kept | None, thrown: Kept, after: tuple[str, ...]
) -> None:
    found = put_back(now, thrown, NEW)
    assert (found.typed.text, *found.overtaken) == after
    assert found.stamp == (now.stamp if now else NEW)


def test_what_was_thrown_away_comes_back_however_many_windows_there_are() -> None:
    many = [f"Window {each}" for each in range(OVERTAKEN_MOST)]
    assert put_back(kept("Snow", *many), kept("Rain"), NEW).overtaken[-1] == "Rain"
