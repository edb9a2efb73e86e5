"""What browsers may tell each other through us, and who may."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.verdict import Refused
from community.live.rules.room import Part, Person, Phase, Presence, Room, Way
from community.live.rules.signals import (
    LONGEST_CANDIDATE,
    LONGEST_DESCRIPTION,
    NOT_A_SIGNAL,
    RELAY_ONLY,
    checked,
    may_signal,
)

ANA, BEN, STRANGER = UUID(int=1), UUID(int=2), UUID(int=3)
END, FAR = str(UUID(int=4)), str(UUID(int=5))
ENDS = {"to": str(BEN), "end": END, "far": FAR}

HOST = "candidate:1 1 udp 2122260223 192.168.1.7 50000 typ host generation 0"
LEARNT = "candidate:2 1 udp 1686052607 203.0.113.5 50001 typ srflx raddr 192.168.1.7 rport 50000"
RELAYED = "candidate:3 1 udp 41885439 198.51.100.9 60000 typ relay raddr 203.0.113.5 rport 50001"
RELAYED_ALONE = RELAYED.replace("203.0.113.5", "0.0.0.0").replace("50001", "9")
SDP = "".join(
    f"{line}\r\n"
    for line in ("v=0", "m=audio 9 UDP/TLS/RTP/SAVPF 111", *(f"a={c}" for c in (HOST, LEARNT)))
)


def offer(sdp: object = SDP, **more: object) -> dict[str, object]:
    return {**ENDS, "description": {"type": "offer", "sdp": sdp, **more}}


def candidate(line: object, **more: object) -> dict[str, object]:
    return {**ENDS, "candidate": {"candidate": line, **more}}


def test_a_greeting_an_offer_an_answer_a_candidate_and_the_end_of_candidates_get_through():
    offered = {"description": {"type": "offer", "sdp": SDP}}
    answer = {"description": {"type": "answer", "sdp": SDP}}
    found = {"candidate": {"candidate": HOST, "sdpMid": "0", "sdpMLineIndex": 0}}
    for said in ({}, offered, answer, found, {"candidate": None}):
        signal = checked({**ENDS, **said}, relay_only=False)
        assert signal.to == BEN
        assert signal.data == {"end": END, "far": FAR, **said}


def test_whoever_arrives_knows_no_far_end_yet():
    assert checked({**ENDS, "far": None}, relay_only=False).data["far"] is None


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize(
    "payload",
    [
        None,
        [],
        "offer",
        {},
        {**ENDS, "to": "everybody"},
        {**ENDS, "to": 7},
        {**ENDS, "end": None},
        {**ENDS, "far": "x" * 36},
        {**ENDS, "from": str(STRANGER)},
        {"to": str(BEN), "end": END},
        {**offer(), "candidate": None},
        {**ENDS, "description": None},
        {**ENDS, "description": {"type": "offer"}},
        {**ENDS, "description": {"type": "rollback", "sdp": ""}},
        offer(7),
        offer("é" * (LONGEST_DESCRIPTION // 2 + 1)),
        offer(key="value"),
        candidate(None),
        candidate("x" * (LONGEST_CANDIDATE + 1)),
        candidate(HOST, sdpMid=0),
        candidate(HOST, usernameFragment="x" * (LONGEST_CANDIDATE + 1)),
        candidate(HOST, sdpMLineIndex=True),
        candidate(HOST, sdpMLineIndex=-1),
        candidate(HOST, address="192.168.1.7"),
    ],
)
def test_anything_else_is_refused(payload: object):
    with pytest.raises(Refused) as refused:
        checked(payload, relay_only=False)
    assert refused.value.reason == NOT_A_SIGNAL


@pytest.mark.holds("asvs:35")
@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(st.sampled_from(["to", "end", "far", "description"]), inner)
        ),
    )
)
def test_nothing_from_the_wire_is_our_fault(payload: object):
    with pytest.raises(Refused):
        checked(payload, relay_only=True)


@pytest.mark.parametrize("line", [HOST, LEARNT, "candidate:4 1 udp 1 a.local 9 typ host relay"])
def test_with_a_relay_a_candidate_that_tells_an_address_is_refused(line: str):
    with pytest.raises(Refused) as refused:
        checked(candidate(line), relay_only=True)
    assert refused.value.reason == RELAY_ONLY


@pytest.mark.parametrize(("line", "passed_on"), [(RELAYED, RELAYED_ALONE), ("", "")])
def test_with_a_relay_its_own_candidates_pass_without_what_lies_behind_it(
    line: str, passed_on: str
):
    data = checked(candidate(line), relay_only=True).data
    assert data["candidate"] == {"candidate": passed_on}


def test_with_a_relay_addresses_are_taken_out_of_descriptions():
    sdp = checked(offer(f"{SDP}a={RELAYED}\r\na=mid:0\r\n"), relay_only=True).data["description"]
    assert sdp["sdp"].split("\r\n")[1:] == [
        "m=audio 9 UDP/TLS/RTP/SAVPF 111",
        f"a={RELAYED_ALONE}",
        "a=mid:0",
        "",
    ]


def room(ana: Presence, ben: Presence, phase: Phase = Phase.ROUND) -> Room:
    people = tuple(
        Person(id=each, name="", part=Part.MEMBER, way=Way.VOICE, place=1, presence=presence)
        for each, presence in ((ANA, ana), (BEN, ben))
    )
    return Room(call_id=UUID(int=9), phase=phase, people=people)


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize("ana", Presence)
@pytest.mark.parametrize("ben", Presence)
def test_only_two_people_who_are_both_connected_may_signal(ana: Presence, ben: Presence):
    assert bool(may_signal(room(ana, ben), ANA, BEN)) is (
        ana is Presence.CONNECTED and ben is Presence.CONNECTED
    )


def test_nobody_signals_a_stranger_themselves_or_anybody_after_the_end():
    on = room(Presence.CONNECTED, Presence.CONNECTED)
    over = room(Presence.CONNECTED, Presence.CONNECTED, Phase.ENDED)
    assert not may_signal(on, ANA, STRANGER)
    assert not may_signal(on, STRANGER, ANA)
    assert not may_signal(on, ANA, ANA)
    assert not may_signal(over, ANA, BEN)
