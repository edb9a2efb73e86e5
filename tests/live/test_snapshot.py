"""What each person sees of the circle, and what nobody sees. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from community.core.ready import plain, write
from community.core.verdict import NOT_FOUND, Reason, Refused
from community.live.rules import reasons as rules
from community.live.rules.events import Back, Lost
from community.live.rules.leading import BeginRound, Hold, Start
from community.live.rules.presses import (
    End,
    Finish,
    Later,
    Leave,
    ListenOnly,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    Sure,
)
from community.live.rules.room import HoldReason, Mode, Part, Phase, Presence, Status, Way
from community.live.rules.view import seen_by
from community.live.rules.wire import EVENTS, TYPED
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    NOW,
    SAM,
    STRANGER,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
    with_sam_removed,
)

ABOUT_SOMEBODY = {
    "admit", "refuse", "offer", "mute", "close-camera", "remove", "nudge", "move-up", "move-down",
    "skip", "ban", "unban", "add-again", "hand-over", "acknowledge", "reply", "accept-captions",
    "ask-interpreter", "stop-interpreter", "show-words",
}  # fmt: skip
OF_ONE_LINE_OR_PAGE = {"opened", "take-device"}


def test_the_page_is_told_about_every_control_there_is() -> None:
    seen = seen_by(a_round().room, ANA, NOW)
    assert set(seen.can) == (set(EVENTS) | set(TYPED)) - ABOUT_SOMEBODY - OF_ONE_LINE_OR_PAGE


@pytest.mark.holds("seed:7")
def test_whose_turn_it_is_and_how_to_listen_to_them() -> None:
    circle = Circle().happen(knock(HANA), knock(ANA, card="My voice breaks. Please wait."))
    circle.happen(knock(BEN), Start(HANA)).press(BeginRound, HANA, "This week")
    seen = seen_by(circle.room, BEN, NOW)
    assert (seen.floor.kind, seen.floor.name) == ("offered", "Ana")
    assert seen.floor.card == "My voice breaks. Please wait."
    assert seen.prompt == "This week"
    assert seen.next == BEN
    circle.accept(ANA).happen(Pause(ANA))
    floor = seen_by(circle.room, BEN, NOW).floor
    assert (floor.kind, floor.mode, floor.paused) == ("holding", Mode.VOICE, True)


def test_the_order_is_known_before_the_round_begins() -> None:
    for start in (lobby, opening):
        seen = seen_by(start().room, BEN, NOW)
        assert [each.name for each in seen.order] == ["Ana", "Ben", "Noor"]
        assert [each.is_me for each in seen.order] == [False, True, False]


@pytest.mark.holds("circle:9", "promise:2")
@pytest.mark.parametrize("decline", [Pass, ListenOnly, Finish])
def test_a_pass_looks_like_a_share_to_everybody_else(decline: type[Pass]) -> None:
    circle = ana_speaks().press(decline, ANA)
    for viewer in (BEN, HANA, LEE):
        entry = next(each for each in seen_by(circle.room, viewer, NOW).order if each.person == ANA)
        assert (entry.status, entry.text_only) == (Status.DONE, False)


@pytest.mark.holds("circle:9")
def test_what_i_chose_is_shown_to_me() -> None:
    circle = a_round().press(Pass, ANA)
    entry = next(each for each in seen_by(circle.room, ANA, NOW).order if each.is_me)
    assert entry.status is Status.PASSED


@pytest.mark.holds("circle:9")
def test_an_owed_turn_looks_like_later_to_everybody_else() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA).press(Later, BEN)
    statuses = {each.name: each.status for each in seen_by(circle.room, NOOR, NOW).order}
    assert statuses == {"Ana": Status.LATER, "Ben": Status.LATER, "Noor": Status.DUE}


@pytest.mark.holds("circle:12", "promise:10")
def test_no_member_is_shown_who_was_removed() -> None:
    circle = with_sam_removed(a_round())
    for viewer in (ANA, LEE, HANA):
        seen = seen_by(circle.room, viewer, NOW)
        assert (seen.sent_out == ()) is (viewer != HANA)
        drawn = write(replace(seen, sent_out=())).decode()
        assert str(SAM) not in drawn
        assert "Sam" not in drawn


@pytest.mark.holds("circle:9", "promise:10")
def test_only_facilitators_see_who_knocks_and_what_they_may_do_about_anybody() -> None:
    circle = ana_speaks().happen(knock(SAM, confirmed=False), MicOn(KENJI, Sure.YES))
    for viewer in (ANA, LEE):
        seen = seen_by(circle.room, viewer, NOW)
        assert seen.knocking == ()
        assert {each.id for each in seen.people if each.can} <= {LEE}  # who may be asked to speak
    seen = seen_by(circle.room, HANA, NOW)
    assert [(each.name, each.can) for each in seen.knocking] == [
        ("Sam", {"admit": None, "refuse": None})
    ]
    can = {each.name: each.can for each in seen.people}
    assert can["Ana"] == {
        "offer": rules.FLOOR_TAKEN,
        "nudge": None,
        "move-up": rules.NOT_WAITING,
        "move-down": rules.NOT_WAITING,
        "skip": rules.NOT_WAITING,
        "add-again": rules.HAS_TURN,
        "hand-over": rules.NOT_A_FACILITATOR,
        "mute": None,
        "close-camera": rules.CAMERA_IS_OFF,
        "remove": None,
        "ban": None,
    }
    assert can["Kenji"]["mute"] is None
    assert can["Kenji"]["remove"] == rules.A_FACILITATOR


@pytest.mark.holds("promise:10")
def test_whoever_waits_outside_sees_only_that() -> None:
    circle = ana_speaks().happen(knock(SAM, confirmed=False))
    seen = seen_by(circle.room, SAM, NOW)
    assert seen.me is not None
    assert seen.me.presence is Presence.KNOCKING
    own = {"leave": None, "sound-off": None, "sound-on": rules.SOUND_IS_SO}
    assert seen.can == {name: own.get(name, rules.WAITING) for name in seen.can}
    assert set(own) <= set(seen.can)
    assert b"Ana" not in write(seen)


@pytest.mark.parametrize(
    ("viewer", "reason"),
    [(STRANGER, NOT_FOUND), (SAM, rules.REMOVED), (NOOR, rules.LEFT)],
)
def test_who_may_not_see_the_circle_is_told_why(viewer: UUID, reason: Reason) -> None:
    circle = with_sam_removed(a_round()).happen(Leave(NOOR))
    with pytest.raises(Refused) as refused:
        seen_by(circle.room, viewer, NOW)
    assert refused.value.reason == reason


def test_once_it_has_ended_everybody_sees_only_that() -> None:
    circle = ana_speaks().happen(End(HANA))
    seen = seen_by(circle.room, ANA, NOW)
    assert (seen.phase, seen.me) == (Phase.ENDED, None)
    assert set(seen.can.values()) == {rules.ENDED}


@pytest.mark.holds("promise:3", "circle:5")
def test_connections_are_kept_to_everybody_inside_and_heard_is_what_may_be_played() -> None:
    circle = ana_speaks().happen(MicOn(HANA, Sure.YES), Lost(BEN), Leave(NOOR))
    seen = seen_by(circle.room, LEE, NOW)
    assert {each.name for each in seen.people} == {"Hana", "Kenji", "Ana", "Ben", "Lee"}
    assert BEN in {each.id for each in seen.people}  # their line may be down, not their place
    assert set(seen.heard) == {ANA, HANA}


@pytest.mark.parametrize(
    ("way", "mode", "text_only"),
    [
        (Way.VOICE, Mode.VOICE, False),
        (Way.TEXT, Mode.TYPED, True),
        (Way.LISTEN, Mode.TYPED, False),
    ],
)
def test_my_turn_begins_in_the_way_i_came(way: Way, mode: Mode, text_only: bool) -> None:
    circle = opening().happen(knock(SAM, way))
    me = seen_by(circle.room, SAM, NOW).me
    assert me is not None
    assert (me.way, me.mode, me.mic, me.part) == (way, mode, False, Part.MEMBER)
    others = {each.name: each.text_only for each in seen_by(circle.room, ANA, NOW).people}
    assert others["Sam"] is text_only


def test_a_paused_room_says_so() -> None:
    assert seen_by(a_round().happen(Hold(HANA)).room, ANA, NOW).hold is HoldReason.FACILITATOR


def test_a_round_with_nobody_left_to_ask_says_so() -> None:
    circle = a_round().press(Pass, ANA).press(Pass, BEN)
    assert not seen_by(circle.room, HANA, NOW).round_is_over
    assert seen_by(circle.press(Pass, NOOR).room, HANA, NOW).round_is_over


@pytest.mark.holds("circle:R1", "circle:R2", "circle:R3")
@pytest.mark.parametrize(("start", "grace"), [(a_round, 30), (ana_speaks, 90)])
def test_the_page_knows_when_to_ask_again_whether_to_move_on(
    start: Callable[[], Circle], grace: int
) -> None:
    circle = start().happen(Leave(KENJI), Lost(ANA), Lost(HANA))
    seen = seen_by(circle.room, BEN, circle.now)
    assert seen.floor.waiting
    assert seen.can["move-on"] == rules.WAIT_FOR_THEM
    assert seen.ask_again_at == circle.now + timedelta(seconds=20)
    later = circle.now + timedelta(seconds=20)
    seen = seen_by(circle.room, BEN, later)
    assert seen.ask_again_at == circle.now + timedelta(seconds=grace)
    seen = seen_by(circle.room, BEN, seen.ask_again_at)
    assert seen.can["move-on"] is None
    assert seen.ask_again_at == circle.now + timedelta(minutes=5)  # how to go on without them
    assert seen_by(circle.room, BEN, seen.ask_again_at).ask_again_at is None
    assert not seen_by(circle.happen(Back(ANA)).room, BEN, later).floor.waiting


def test_the_snapshot_is_json_with_its_reasons() -> None:
    circle = ana_speaks().happen(knock(SAM, confirmed=False))
    drawn = plain(seen_by(circle.room, HANA, NOW))
    assert drawn["can"]["hold"] is None
    assert drawn["can"]["finish"] == {
        "code": "not-your-turn",
        "text": rules.NOT_YOUR_TURN.text,
        "status": 409,
    }
    assert drawn["floor"] == {
        "kind": "holding",
        "person": str(ANA),
        "name": "Ana",
        "card": None,
        "mode": "voice",
        "wish": "just-listen",
        "paused": False,
        "waiting": False,
        "nudged": False,
        "typist": None,
    }
    assert drawn["heard"] == [str(ANA)]
    assert drawn["knocking"] == [
        {"id": str(SAM), "name": "Sam", "stands_by": False, "can": {"admit": None, "refuse": None}}
    ]
    assert drawn["people"][0]["can"]["remove"] == {
        "code": "a-facilitator",
        "text": rules.A_FACILITATOR.text,
        "status": 403,
    }
