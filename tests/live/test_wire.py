"""What comes from a page becomes a press of whoever sent it, or is refused in words. Pure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.verdict import Reason, Refused
from community.live.rules.events import Event
from community.live.rules.leading import (
    LONGEST_PROMPT,
    LONGEST_WHY,
    BeginRound,
    Mute,
    Offer,
    Remove,
    ShowWords,
)
from community.live.rules.presses import (
    Accept,
    Leave,
    Pass,
)
from community.live.rules.room import (
    Mode,
    Wish,
)
from community.live.rules.wire import (
    EVENTS,
    LONGEST_WORDS,
    NO_WORDS,
    TOO_LONG,
    UNREADABLE,
    parse,
    parse_typed,
)
from tests.live.pretend import (
    ANA,
    BEN,
    CALL,
)

LONG = "x" * LONGEST_WHY


@pytest.mark.parametrize(
    ("name", "payload", "event"),
    [
        ("leave", {}, Leave(ANA)),
        ("pass", {"seen": 3}, Pass(ANA, 3)),
        ("accept", {"seen": 3, "mode": "voice"}, Accept(ANA, 3, Mode.VOICE)),
        (
            "accept",
            {"seen": 3, "mode": "silence", "wish": "ideas"},
            Accept(ANA, 3, Mode.SILENCE, Wish.IDEAS),
        ),
        ("mute", {"person": str(BEN)}, Mute(ANA, BEN)),
        ("offer", {"seen": 0, "person": str(BEN)}, Offer(ANA, 0, BEN)),
        ("remove", {"person": str(BEN), "why": LONG}, Remove(ANA, BEN, LONG)),
        ("begin-round", {"seen": 1}, BeginRound(ANA, 1)),
        ("show-words", {"seen": 3, "number": 2}, ShowWords(ANA, 3, 2)),
    ],
)
def test_a_well_formed_press_is_read(name: str, payload: object, event: Event) -> None:
    assert parse(name, payload, by=ANA) == event


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("knock", {}),
        ("say", {"text_id": str(CALL)}),
        ("restarted", {}),
        ("lost", {"person": str(BEN)}),
        ("unmute", {"person": str(BEN)}),
        ("hide-words", {"seen": 3, "number": 2}),  # it comes with an item for the moderators
        ("show-words", {"seen": 3}),
        ("pass", None),
        ("pass", [3]),
        ("pass", {}),
        ("pass", {"seen": True}),
        ("pass", {"seen": -1}),
        ("pass", {"seen": "3"}),
        ("pass", {"seen": 3.0}),
        ("pass", {"seen": 3, "by": str(BEN)}),
        ("leave", {"by": str(BEN)}),
        ("accept", {"seen": 3, "mode": "loud"}),
        ("mute", {"person": f"{{{BEN}}}"}),
        ("mute", {"person": "Ben"}),
        ("mute", {"person": 3}),
        ("begin-round", {"seen": 1, "prompt": "a\0b"}),
        ("begin-round", {"seen": 1, "prompt": "\ud800"}),
    ],
)
def test_anything_else_is_refused_in_words(name: str, payload: object) -> None:
    with pytest.raises(Refused) as refused:
        parse(name, payload, by=ANA)
    assert refused.value.reason == UNREADABLE
    assert refused.value.reason.status == 422


def test_too_long_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        parse("begin-round", {"seen": 1, "prompt": "x" * (LONGEST_PROMPT + 1)}, by=ANA)
    assert refused.value.reason == TOO_LONG


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"words": " \n"}, NO_WORDS),
        ({"words": "x" * (LONGEST_WORDS + 1)}, TOO_LONG),
        ({"words": "x", "by": str(BEN)}, UNREADABLE),
        ({"words": 3}, UNREADABLE),
        ("words", UNREADABLE),
    ],
)
def test_words_that_cannot_be_taken_are_refused_in_words(payload: object, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        parse_typed("say", payload, by=ANA)
    assert refused.value.reason == reason


def test_words_are_read_without_the_space_around_them() -> None:
    _, words = parse_typed("say", {"words": " I just said yes, please.\n"}, by=ANA)
    assert words == "I just said yes, please."


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.uuids().map(str),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
keys = st.sampled_from(["seen", "person", "mode", "wish", "prompt", "why", "by"]) | st.text()


@given(st.sampled_from(sorted(EVENTS)) | st.text(), st.dictionaries(keys, values) | values)
def test_whatever_is_sent_becomes_an_event_of_the_sender_or_is_refused(
    name: str, payload: object
) -> None:
    assert answer(name, payload) in {422, EVENTS.get(name)}


def answer(name: str, payload: object) -> object:
    """The status of the refusal, or what kind of event of Ana's it is."""
    try:
        event = parse(name, payload, by=ANA)
    except Refused as refused:
        return refused.reason.status
    return type(event) if event.by == ANA else None
