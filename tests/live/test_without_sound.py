"""Text only without a line to anybody: nobody else’s browser learns anything of theirs."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from community.live.rules import reasons as rules
from community.live.rules.presses import (
    CameraOn,
    Finish,
    MicOn,
    Say,
    SetMode,
    SoundOff,
    SoundOn,
    Sure,
    TakeBack,
)
from community.live.rules.questions import heard
from community.live.rules.room import Holding, Mode, Room
from community.live.rules.signals import may_connect, may_signal
from community.live.rules.stored import from_json, to_json
from community.live.rules.view import seen_by
from tests.live.circle import JSON, Circle
from tests.live.lines import greeting, in_a_circle
from tests.live.pretend import ANA, BEN, HANA, STRANGER, a_round, ana_speaks, knock, opening


def mode_of(room: Room) -> Mode:
    assert isinstance(room.floor, Holding)
    return room.floor.mode


@pytest.mark.holds("asvs:4", "circle:9")
def test_no_signal_goes_to_or_from_whoever_is_without_sound() -> None:
    circle = opening().happen(SoundOff(ANA))
    assert not may_signal(circle.room, ANA, BEN)
    assert not may_signal(circle.room, BEN, ANA)
    assert may_signal(circle.room, BEN, HANA)
    assert may_connect(circle.room, ANA).reason == rules.WITHOUT_SOUND
    circle.happen(SoundOn(ANA))
    assert may_signal(circle.room, ANA, BEN)
    assert may_connect(circle.room, ANA)


def test_it_is_pressed_once_and_undone_once() -> None:
    circle = opening()
    assert circle.refuses(SoundOn(ANA)) == rules.SOUND_IS_SO
    circle.happen(SoundOff(ANA))
    assert circle.refuses(SoundOff(ANA)) == rules.SOUND_IS_SO
    assert from_json(to_json(circle.room)) == circle.room


def test_whoever_waits_at_the_door_can_say_so_too() -> None:
    circle = opening().happen(knock(STRANGER, confirmed=False), SoundOff(STRANGER))
    assert circle.room.person(STRANGER).without_sound


def test_a_room_that_an_older_release_kept_has_everybody_with_sound() -> None:
    kept = to_json(opening().room)
    for person in kept["people"]:
        del person["without_sound"]
    assert from_json(kept) == opening().room


@pytest.mark.holds("promise:2", "promise:7")
def test_a_spoken_turn_goes_on_in_writing_and_comes_back_by_ones_own_press() -> None:
    circle = ana_speaks()
    assert ANA in heard(circle.room)
    circle.happen(SoundOff(ANA))
    assert heard(circle.room) == frozenset()
    assert mode_of(circle.room) is Mode.TYPED
    circle.happen(Say(ANA))
    assert circle.refuses(MicOn(ANA)) == rules.WITHOUT_SOUND
    assert circle.refuses(CameraOn(ANA)) == rules.NO_PICTURE
    circle.happen(SetMode(ANA, Mode.VOICE))
    assert mode_of(circle.room) is Mode.TYPED
    circle.happen(SoundOn(ANA))
    assert heard(circle.room) == frozenset()  # nothing opens by itself
    circle.happen(SetMode(ANA, Mode.VOICE))
    assert heard(circle.room) == {ANA}


def test_a_turn_that_is_begun_or_taken_back_without_sound_is_in_writing() -> None:
    circle = a_round().happen(SoundOff(ANA)).accept(ANA)
    assert mode_of(circle.room) is Mode.TYPED
    assert seen_by(circle.room, ANA, circle.now).me.mode is Mode.TYPED
    spoken = ana_speaks()
    spoken.press(Finish, ANA).happen(SoundOff(ANA)).press(TakeBack, ANA)
    assert mode_of(spoken.room) is Mode.TYPED
    assert heard(spoken.room) == frozenset()


def test_whoever_leads_is_not_heard_without_sound_and_a_camera_closes() -> None:
    circle = opening().happen(MicOn(HANA, Sure.YES), SoundOff(HANA))
    assert heard(circle.room) == frozenset()
    assert circle.refuses(MicOn(HANA, Sure.YES)) == rules.WITHOUT_SOUND


# By the pages


def choose(circle: Circle, name: str, **form: str) -> None:
    answer = circle.post(name, f"/calls/{circle.call_id}/lobby", {"way": "text", **form})
    assert answer.status_code == 302, answer.text


@pytest.mark.holds("circle:9")
def test_it_is_chosen_in_the_lobby_and_stays_chosen(circle: Circle) -> None:
    circle.join("Hana")
    choose(circle, "Ana", without_sound="y")
    circle.press("Hana", "start")
    ana = circle.board("Ana")
    assert ana["sound"]["event"] == "sound-on"
    for name in ("Hana", "Ana"):
        assert ana["me"] not in circle.board(name)["connected"]
    (row,) = (each for each in circle.board("Hana")["here"] if each["name"] == "Ana")
    assert row["status"] == "here, text only, without sound"
    ticket = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/ticket", headers=JSON)
    assert (ticket.status_code, ticket.get_json()["reason"]["code"]) == (409, "without-sound")

    circle.press("Ana", "leave")
    lobby = circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text
    assert is_checked(lobby)
    choose(circle, "Ana")
    assert circle.board("Ana")["sound"]["event"] == "sound-off"
    assert ana["me"] in circle.board("Hana")["connected"]


def is_checked(lobby: str) -> bool:
    before, _, after = lobby.partition('name="without_sound"')
    return "checked" in before[before.rindex("<input") :] + after[: after.index(">")]


def test_it_is_usual_in_the_next_circle(circle: Circle) -> None:
    assert not is_checked(circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text)
    choose(circle, "Ana", without_sound="y")
    circle.call_id = circle.make.call(circle.group, circle.hana, seated=[circle.ana])
    assert is_checked(circle.browsers["Ana"].get(f"/calls/{circle.call_id}/lobby").text)


def test_whoever_is_in_already_and_comes_again_without_sound_is_without_it(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    choose(circle, "Ana", without_sound="y")
    assert circle.board("Ana")["sound"]["event"] == "sound-on"


def test_words_and_captions_still_come(application: Flask, circle: Circle) -> None:
    lines = in_a_circle(application, circle, "Hana", "Ana")
    assert lines["Hana"].press("sound-off")["ok"]
    wants: dict[str, Any] = {"page": lines["Hana"].page, "lines": True, "letters": True}
    assert lines["Hana"].ask("watch-captions", **wants)["ok"]
    circle.press_as_seen("Hana", "begin-round")
    seen = circle.board("Ana")["version"]
    assert lines["Ana"].press("accept", seen=seen, mode="voice")["ok"]
    assert lines["Ana"].ask("caption", number=1, words="I speak.", how="typed")["ok"]
    assert [each["words"] for each in lines["Hana"].received("caption")] == ["I speak."]
    refused = lines["Ana"].signal(**greeting(UUID(circle.board("Hana")["me"])))
    assert not refused["ok"]
    assert lines["Ana"].press("set-mode", mode="typed")["ok"]
    assert lines["Ana"].press("say", words="I type.")["ok"]
    assert [each["text"] for each in circle.board("Hana")["words"]] == ["I type."]


def test_the_rehearsal_has_it_too(circle: Circle) -> None:
    assert "Text only on this device" in circle.browsers["Ana"].get("/circles/rehearsal").text
