"""JSON that is written once is the JSON that it would be if it were written each time."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.ready import Ready, made_of, write
from community.core.sockets import Text

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
names = st.text("abcdefgh", min_size=1)
fields = st.dictionaries(names, plain, min_size=1)


@given(plain)
def test_what_isnt_ready_is_written_as_ever(value: object) -> None:
    assert json.loads(write(value)) == value


@pytest.mark.thorough
@given(fields, fields)
def test_what_is_ready_says_the_same_as_its_values_wherever_it_stands(
    one: dict[str, object], other: dict[str, object]
) -> None:
    ready = made_of({"I": Ready(one), "II": [Ready(one), Ready(other)], "III": "“Rain.”"})
    for value in (ready, ["board", ready], [{"ok": True, "board": ready}]):
        assert json.loads(write(value)) == value
        assert json.loads(json.dumps(value)) == value


@pytest.mark.thorough
@given(fields)
def test_two_side_by_side_are_one_object(one: dict[str, object]) -> None:
    both = Ready(one).beside(Ready({"Me": "Ana"}))
    assert both == {**one, "Me": "Ana"} == json.loads(write(both))


def test_a_packet_carries_what_is_ready_and_comes_back_as_values() -> None:
    sent = Text(data=["board", Ready({"version": 3, "cue": "Ana’s turn"})]).encode()
    assert Text(encoded_packet=sent).data == ["board", {"version": 3, "cue": "Ana’s turn"}]
