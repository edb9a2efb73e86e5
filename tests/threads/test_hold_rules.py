"""Why something waits for a moderator: truth tables, and what always holds."""

import ast
import inspect
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.groups.rules import HoldPolicy
from community.safety.words.rules import Kind, WordList
from community.safety.words.seeds import SEEDS
from community.threads.holds import actions
from community.threads.holds.rules import (
    FIRST_POSTS,
    HoldReason,
    Writer,
    links_in,
    reasons_to_hold,
)

ADVERTS = WordList(SEEDS[Kind.SPAM])
RAIN = "Today I looked at the rain."
NEW, KNOWN = Writer(0, looks_after=False), Writer(FIRST_POSTS, looks_after=False)
LINKS = "https://a.example https://b.example www.c.example"


@pytest.mark.parametrize(
    ("text", "writer", "policy", "why"),
    [
        (RAIN, NEW, HoldPolicy.OPEN, []),
        (RAIN, NEW, HoldPolicy.FIRST_POSTS, [HoldReason.FIRST_POSTS]),
        (RAIN, NEW, HoldPolicy.ALL, [HoldReason.GROUP]),
        (RAIN, KNOWN, HoldPolicy.FIRST_POSTS, []),
        (RAIN, KNOWN, HoldPolicy.ALL, [HoldReason.GROUP]),
        ("Click here!", KNOWN, HoldPolicy.OPEN, [HoldReason.WORDS]),
        ("Click here!", NEW, HoldPolicy.FIRST_POSTS, [HoldReason.WORDS, HoldReason.FIRST_POSTS]),
        (LINKS, NEW, HoldPolicy.OPEN, [HoldReason.LINKS]),
        (LINKS, KNOWN, HoldPolicy.OPEN, []),
    ],
)
def test_why_something_waits(
    text: str, writer: Writer, policy: HoldPolicy, why: list[HoldReason]
) -> None:
    assert list(reasons_to_hold(text, writer, policy, ADVERTS)) == why


@pytest.mark.parametrize("shown", range(FIRST_POSTS + 1))
def test_the_first_three_are_read_and_the_fourth_is_not(shown: int) -> None:
    waits = reasons_to_hold(RAIN, Writer(shown, False), HoldPolicy.FIRST_POSTS, ADVERTS)
    assert bool(waits) is (shown < 3)


@given(st.text(), st.sampled_from(HoldPolicy), st.integers(0, 3))
def test_whoever_looks_after_the_group_never_waits(
    text: str, policy: HoldPolicy, shown: int
) -> None:
    assert reasons_to_hold(text, Writer(shown, looks_after=True), policy, ADVERTS) == ()


@given(st.text())
def test_somebody_known_in_an_open_group_waits_for_adverts_only(text: str) -> None:
    why = reasons_to_hold(text, KNOWN, HoldPolicy.OPEN, ADVERTS)
    assert why == ((HoldReason.WORDS,) if ADVERTS.is_in(text) else ())


@pytest.mark.parametrize(
    ("text", "links"),
    [
        (RAIN, 0),
        ("See https://a.example/x and www.b.example", 2),
        ("neckpillow.com, really", 1),
        ("I came. In time.", 0),
    ],
)
def test_addresses_are_counted_with_or_without_https(text: str, links: int) -> None:
    assert links_in(text) == links


def test_every_reason_has_words_for_both() -> None:
    for reason, words in product(HoldReason, ("label", "told")):
        assert getattr(reason, words)


@pytest.mark.holds("moderation:13")
def test_a_program_can_hold_and_nothing_else() -> None:
    """What holds something sets that state and no other."""
    written = {
        node.attr
        for function in (actions.hold, actions.hold_new)
        for node in ast.walk(ast.parse(inspect.getsource(function)))
        if isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "PostState"
    }
    assert written == {"HELD"}
