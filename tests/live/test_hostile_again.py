"""Clients that press again what they pressed, or in another’s name, or before they are let in."""

from uuid import uuid4

import pytest
from flask import Flask

from community.core.sockets import HEARD
from tests.live.circle import Circle
from tests.live.lines import Line, greeting, hear_no_more_of_this, with_lines

NAMES = ("Hana", "Ana", "Ben")


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana and Ana are in the lobby of a circle; Ben knocks. All have an open line."""
    return with_lines(app, circle, *NAMES)


@pytest.fixture
def turn(circle: Circle, lines: dict[str, Line]) -> dict[str, Line]:
    """It is Ana’s turn."""
    assert lines["Hana"].press("start")["ok"]
    begun = lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    assert begun["ok"]
    hear_no_more_of_this(lines)
    return lines


@pytest.mark.holds("circle:6", "asvs:35")
def test_a_press_that_is_replayed_later_changes_nothing_more(
    circle: Circle, turn: dict[str, Line]
) -> None:
    once = {"event_id": str(uuid4()), "seen": circle.board("Ana")["version"], "mode": "voice"}
    assert turn["Ana"].ask("accept", **once)["ok"]
    seen = circle.board("Ana")["version"]
    assert turn["Ana"].press("finish", seen=seen)["ok"]
    version = circle.board("Hana")["version"]
    for _ in range(3):
        assert turn["Ana"].ask("accept", **once)["ok"]
        assert circle.press("Ana", "accept", **once).status_code == 200
    assert circle.board("Hana")["version"] == version
    assert circle.board("Hana")["heard"] == []


@pytest.mark.holds("circle:6", "asvs:4")
def test_somebody_who_uses_up_the_id_of_anothers_press_keeps_nobody_from_pressing(
    circle: Circle, turn: dict[str, Line]
) -> None:
    once = str(uuid4())
    assert turn["Ana"].ask("mic-off", event_id=once)["ok"]
    assert turn["Hana"].ask("hold", event_id=once)["ok"]
    assert circle.board("Ana")["cue"] == "The room is paused"


@pytest.mark.holds("asvs:34", "asvs:35")
@pytest.mark.parametrize("forged", ["from", "by", "sender", "person", "account_id", "page"])
def test_nobody_sends_a_signal_in_anothers_name(
    circle: Circle, turn: dict[str, Line], forged: str
) -> None:
    answer = turn["Ana"].signal(**greeting(circle.hana.id), **{forged: str(circle.ben.id)})
    assert answer["reason"]["code"] == "not-a-signal"
    assert turn["Hana"].received("signal") == []


@pytest.mark.holds("asvs:34")
def test_nobody_hears_what_is_meant_for_anothers_page_by_calling_theirs_the_same(
    app: Flask, circle: Circle, turn: dict[str, Line]
) -> None:
    listener = Line(app, circle, "Ana")
    listener.page = turn["Hana"].page
    assert listener.ask("enter-circle")["ok"]
    assert turn["Ana"].signal(**greeting(circle.hana.id))["ok"]
    assert turn["Hana"].received("signal")
    assert listener.received("signal") == []


@pytest.mark.holds("promise:3", "asvs:34")
def test_from_the_lobby_nobody_is_reached(circle: Circle, lines: dict[str, Line]) -> None:
    for name, to in (("Ana", circle.hana), ("Ben", circle.ana), ("Hana", circle.ben)):
        assert not lines[name].signal(**greeting(to.id))["ok"], name
    for name in NAMES:
        assert lines[name].received("signal") == []
        assert circle.board(name)["heard"] == []
    assert lines["Ana"].press("mic-on")["reason"]["code"] == "not-started"


@pytest.mark.holds("promise:3", "circle:5")
def test_whoever_sends_though_their_microphone_was_closed_is_in_nobodys_list_of_the_heard(
    circle: Circle, turn: dict[str, Line]
) -> None:
    seen = circle.board("Ana")["version"]
    assert turn["Ana"].press("accept", seen=seen, mode="voice")["ok"]
    ana = str(circle.ana.id)
    assert circle.board("Hana")["heard"] == [ana]
    assert turn["Hana"].press("mute", person=ana)["ok"]
    for name in ("Hana", "Ana"):
        assert turn[name].received("board")[-1]["heard"] == []


@pytest.mark.holds("promise:3", "circle:10")
def test_nobody_opens_a_microphone_between_turns_or_anothers(
    circle: Circle, turn: dict[str, Line]
) -> None:
    assert turn["Ana"].press("mic-on")["reason"]["code"] == "mic-by-start"
    forged = turn["Hana"].press("mic-on", person=str(circle.ana.id))
    assert forged["reason"]["code"] == "unreadable"
    assert circle.board("Hana")["heard"] == []


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize(
    "event", ["knock", "lost", "back", "became", "restarted", "empty", "nobody-came"]
)
def test_what_only_the_system_may_say_nobody_can_send(
    circle: Circle, turn: dict[str, Line], event: str
) -> None:
    before = circle.board("Hana")["version"]
    assert circle.press("Ana", event, person=str(circle.hana.id)).status_code in {404, 422}
    assert event not in HEARD
    assert circle.board("Hana")["version"] == before
