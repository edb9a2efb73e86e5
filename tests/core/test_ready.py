"""JSON that is written once is the JSON that it would be if it were written each time."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.ready import plain, ready, ready_list, write
from community.core.sockets import Text

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
names = st.text("abcdefgh", min_size=1)
fields = st.dictionaries(names, values, min_size=1)


class Way(StrEnum):
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Seat:
    person: UUID
    since: datetime
    way: Way
    before: tuple["Seat", ...] = ()


@given(values)
def test_what_isnt_ready_is_written_as_ever(value: object) -> None:
    assert json.loads(write(value)) == value == plain(value)


@given(st.text(), fields)
def test_every_letter_is_written_in_ascii_also_beside_what_is_ready(
    words: str, kept: dict[str, object]
) -> None:
    """So that a line which waits with it needs a byte for each letter, and not two or four."""
    text = write({"mine": words, "ours": ready(kept)})
    assert text.isascii()
    assert json.loads(text) == {"mine": words, "ours": kept}
    assert json.loads(write("You’re here 🙂 é")) == "You’re here 🙂 é"


@pytest.mark.thorough
@given(fields, fields)
def test_what_is_ready_says_the_same_as_its_values_wherever_it_stands(
    one: dict[str, object], other: dict[str, object]
) -> None:
    both = {"I": ready(one), "II": [ready(one), ready(other)], "III": "“Rain.”"}
    said = {"I": one, "II": [one, other], "III": "“Rain.”"}
    assert ready(both).fields == said
    for value, same in (
        (ready(both), said),
        (["board", ready(both)], ["board", said]),
        ({"ok": True, "board": both}, {"ok": True, "board": said}),
    ):
        assert json.loads(write(value)) == same


@pytest.mark.thorough
@given(fields)
def test_two_side_by_side_are_one_object(one: dict[str, object]) -> None:
    both = ready(one).beside(ready({"Me": "Ana"}))
    assert both.fields == {**one, "Me": "Ana"} == json.loads(write(both))


@given(st.lists(fields))
def test_a_list_of_what_is_ready_is_the_list_of_its_values(some: list[dict[str, object]]) -> None:
    whole = {"all": ready_list(map(ready, some))}
    assert json.loads(write(whole)) == {"all": some} == plain(whole)


def test_frozen_values_are_their_fields_and_ids_instants_and_enums_are_text() -> None:
    at = datetime(2026, 11, 20, 18, 30, 0, 5, UTC)
    first = Seat(UUID(int=1), at, Way.VOICE)
    written = {
        "person": "00000000-0000-0000-0000-000000000001",
        "since": "2026-11-20T18:30:00.000005+00:00",
        "way": "voice",
        "before": [],
    }
    assert plain(Seat(UUID(int=1), at, Way.VOICE, (first,))) == {**written, "before": [written]}
    assert plain(MappingProxyType({"who": frozenset({UUID(int=1)})})) == {
        "who": [written["person"]]
    }
    assert plain({Way.VOICE: 1}) == {"voice": 1}


def test_what_json_has_no_word_for_is_an_error() -> None:
    with pytest.raises(TypeError):
        write({"what": object()})


def test_a_packet_carries_what_is_ready_and_comes_back_as_values() -> None:
    sent = Text(data=["board", ready({"version": 3, "cue": "Ana’s turn"})]).encode()
    assert Text(encoded_packet=sent).data == ["board", {"version": 3, "cue": "Ana’s turn"}]
