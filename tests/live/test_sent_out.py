"""Whoever was removed or banned: what ends, who knows of it, and how somebody comes back."""

from uuid import UUID, uuid4

import pytest

from community.core.verdict import NOT_FOUND
from community.live.rules import reasons as rules
from community.live.rules.effects import Removed
from community.live.rules.leading import Admit, Ban, Refuse, Remove, Unban
from community.live.rules.presses import Leave
from community.live.rules.room import Idle, Offered, Presence
from community.live.rules.view import seen_by
from tests.live.circle import JSON, Circle
from tests.live.lines import Line
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    SAM,
    STRANGER,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
)

WHY = "Gave advice again after two requests."


@pytest.mark.parametrize("start", [lobby, opening, a_round, ana_speaks])
def test_a_facilitator_bans_somebody_from_the_lobby_on(start) -> None:
    circle = start().happen(Ban(HANA, ANA, WHY))
    assert circle.presence(ANA) is Presence.BANNED
    assert Removed(ANA, WHY) in circle.effects
    assert circle.room.entry(ANA) is None
    assert circle.room.floor in (Idle(), Offered(BEN))
    assert circle.refuses(Leave(ANA)) == rules.BANNED
    assert circle.refuses(knock(ANA)) == rules.BANNED


@pytest.mark.parametrize("kind", [Ban, Remove])
@pytest.mark.parametrize("by", [ANA, LEE, STRANGER])
def test_nobody_but_a_facilitator_sends_anybody_out(kind, by: UUID) -> None:
    circle = a_round()
    assert circle.refuses(kind(by, BEN, WHY)) in (rules.FACILITATORS_ONLY, NOT_FOUND)


@pytest.mark.parametrize("kind", [Ban, Remove])
@pytest.mark.parametrize("person", [HANA, KENJI])
def test_nobody_sends_out_themselves_or_another_facilitator(kind, person: UUID) -> None:
    assert a_round().refuses(kind(HANA, person, WHY)) == rules.A_FACILITATOR


@pytest.mark.parametrize("kind", [Ban, Remove])
def test_nobody_is_sent_out_without_a_word_about_why(kind) -> None:
    assert a_round().refuses(kind(HANA, ANA, "  ")) == rules.WHY_FIRST


def test_whoever_was_removed_is_banned_without_being_told_a_second_time() -> None:
    circle = a_round().happen(Remove(HANA, ANA, WHY), Ban(KENJI, ANA))
    assert circle.presence(ANA) is Presence.BANNED
    assert circle.effects == ()
    assert circle.refuses(Ban(HANA, ANA, WHY)) == rules.NOT_HERE


@pytest.mark.parametrize("kind", [Ban, Remove])
def test_whoever_may_come_back_knocks_though_they_have_a_seat(kind) -> None:
    circle = a_round().happen(kind(HANA, ANA, WHY), Unban(HANA, ANA))
    assert circle.refuses(Leave(ANA)) == rules.LEFT
    circle.happen(knock(ANA))
    assert circle.presence(ANA) is Presence.KNOCKING
    circle.happen(Leave(ANA), knock(ANA))
    assert circle.presence(ANA) is Presence.KNOCKING
    circle.happen(Refuse(HANA, ANA), knock(ANA))
    assert circle.presence(ANA) is Presence.KNOCKING
    circle.happen(Admit(HANA, ANA))
    assert circle.presence(ANA) is Presence.CONNECTED
    circle.happen(Leave(ANA), knock(ANA))
    assert circle.presence(ANA) is Presence.CONNECTED


def test_only_whoever_was_sent_out_can_be_let_back() -> None:
    circle = a_round()
    for person in (ANA, HANA, STRANGER):
        assert circle.refuses(Unban(HANA, person)) == rules.NOT_OUT
    circle.happen(Remove(HANA, ANA, WHY))
    assert circle.refuses(Unban(BEN, ANA)) == rules.FACILITATORS_ONLY


@pytest.mark.holds("circle:12")
@pytest.mark.parametrize("kind", [Ban, Remove])
def test_only_facilitators_are_shown_who_was_sent_out(kind) -> None:
    circle = a_round().happen(knock(SAM), kind(HANA, SAM, WHY))
    for person in (HANA, KENJI):
        shown = seen_by(circle.room, person, circle.now).sent_out
        assert [each.name for each in shown] == ["Sam"]
        assert shown[0].can["unban"] is None
    for person in (ANA, BEN, NOOR, LEE):
        assert seen_by(circle.room, person, circle.now).sent_out == ()


def send_out(circle: Circle, lines: dict[str, Line], how: str) -> None:
    assert lines["Hana"].press(how, person=str(circle.ana.id), why="A test of the door.")["ok"]


HOW = pytest.mark.parametrize(("how", "code"), [("remove", "removed"), ("ban", "banned")])


@HOW
@pytest.mark.holds("asvs:34", "promise:3")
def test_every_door_is_closed_to_whoever_was_sent_out(
    circle: Circle, lines: dict[str, Line], how: str, code: str
) -> None:
    send_out(circle, lines, how)
    browser = circle.browsers["Ana"]
    for path in ("state", "ticket"):
        answer = browser.get(f"/circles/{circle.call_id}/{path}", headers=JSON)
        assert answer.get_json()["reason"]["code"] == code, path
        assert "candidate" not in answer.text
    assert browser.get(f"/circles/{circle.call_id}").status_code == 403
    assert circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "voice"}).status_code == 403
    assert lines["Ana"].ask("enter-circle")["reason"]["code"] == code
    for event, fields in (
        ("mic-on", {}),
        ("leave", {}),
        ("help", {}),
        ("tell", {"words": "Let me in."}),
        ("say", {"words": "Still here."}),
        ("take-device", {"page": str(uuid4())}),
        ("unban", {"person": str(circle.ana.id)}),
        ("claim-standby", {}),
    ):
        assert lines["Ana"].press(event, **fields)["reason"]["code"] == code, event
        answer = circle.press("Ana", event, **fields).get_json()
        assert answer["reason"]["code"] == code, event


@HOW
@pytest.mark.holds("asvs:34", "promise:3", "circle:5")
def test_nothing_goes_to_or_from_whoever_was_sent_out_and_every_peer_lets_go(
    circle: Circle, lines: dict[str, Line], how: str, code: str
) -> None:
    ends = {"end": str(uuid4()), "far": None}
    assert lines["Ana"].signal(to=str(circle.ben.id), **ends)["ok"]
    lines["Ben"].received("signal")
    send_out(circle, lines, how)
    told = [each["name"] for each in lines["Ana"].socket.get_received()]
    assert told == ["bell", "removed"]  # and why is on a page of their own
    assert not lines["Ana"].signal(to=str(circle.ben.id), **ends)["ok"]
    assert not lines["Ben"].signal(to=str(circle.ana.id), **ends)["ok"]
    assert lines["Ben"].received("signal") == []
    assert str(circle.ana.id) not in circle.board("Ben")["connected"]
    lines["Hana"].press("hold")
    assert lines["Ana"].socket.get_received() == []


@HOW
@pytest.mark.holds("circle:12")
def test_a_facilitator_decides_whether_they_may_come_back(
    circle: Circle, lines: dict[str, Line], how: str, code: str
) -> None:
    send_out(circle, lines, how)
    row = next(each for each in circle.board("Hana")["desk"] if each["name"] == "Ana")
    texts = [control["text"] for control in row["controls"]]
    assert texts == ["May come back", "Not in this call"][: 2 if how == "remove" else 1]
    assert not row["removable"]
    assert "Ana" not in circle.page("Ben")
    assert lines["Hana"].press("unban", person=str(circle.ana.id))["ok"]
    circle.join("Ana")
    assert not circle.board("Ana")["is_in"]
    assert lines["Hana"].press("admit", person=str(circle.ana.id))["ok"]
    assert circle.board("Ana")["is_in"]
