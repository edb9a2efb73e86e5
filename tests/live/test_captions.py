"""Captions and letters: who may send them, who gets them, and that nothing is kept."""

import json
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from community.calls.models import Call
from community.core.db import db, transaction
from community.core.verdict import Refused
from community.live.rules.captions import (
    LONGEST_CAPTION,
    LONGEST_LETTERS,
    NOT_A_CAPTION,
    read_caption,
    read_letters,
)
from community.live.rules.leading import Remove
from community.live.rules.presses import (
    AcceptCaptions,
    Finish,
    Leave,
    OfferCaptions,
    StopCaptions,
    TakeBack,
)
from community.live.rules.room import Holding, Room
from community.live.rules.view import seen_by
from tests.live.circle import Circle
from tests.live.lines import Line
from tests.live.pretend import ANA, BEN, CALL, HANA, LEE, NOW, STRANGER, a_round, ana_speaks, lobby

ON = {"lines": True, "letters": True}
LINE = {"number": 1, "words": "I took my time.", "how": "typed"}


def typist(room: Room) -> object:
    assert isinstance(room.floor, Holding)
    return room.floor.typist


@pytest.mark.holds("F:F70")
def test_a_listener_offers_and_the_holder_accepts_for_this_turn():
    circle = ana_speaks().happen(OfferCaptions(LEE))
    assert circle.refuses(AcceptCaptions(BEN, LEE)).code == "not-asked"
    assert circle.refuses(AcceptCaptions(ANA, BEN)).code == "no-offer"
    circle.happen(AcceptCaptions(ANA, LEE))
    assert typist(circle.room) == LEE
    circle.press(Finish, ANA).accept(BEN)
    assert typist(circle.room) is None
    assert circle.room.typists == (LEE,)


def test_a_finish_that_is_taken_back_keeps_whom_the_holder_asked():
    circle = ana_speaks().happen(OfferCaptions(LEE), AcceptCaptions(ANA, LEE))
    assert typist(circle.press(Finish, ANA).press(TakeBack, ANA).room) == LEE


def test_the_holder_and_whoever_types_can_each_end_it():
    circle = ana_speaks().happen(OfferCaptions(LEE), AcceptCaptions(ANA, LEE), StopCaptions(ANA))
    assert typist(circle.room) is None
    assert circle.room.typists == (LEE,)
    assert circle.refuses(StopCaptions(ANA)).code == "no-captions"
    circle.happen(AcceptCaptions(ANA, LEE), StopCaptions(LEE))
    assert typist(circle.room) is None
    assert circle.room.typists == ()


@pytest.mark.parametrize("ends", [Leave(LEE), Remove(HANA, LEE, "Why.")], ids=["left", "removed"])
def test_an_offer_ends_when_whoever_made_it_has_gone(ends: Leave | Remove):
    circle = ana_speaks().happen(OfferCaptions(LEE), AcceptCaptions(ANA, LEE), ends)
    assert typist(circle.room) is None
    assert circle.room.typists == ()


def test_nobody_offers_before_it_begins_nor_twice():
    assert lobby().refuses(OfferCaptions(LEE)).code == "not-started"
    assert a_round().happen(OfferCaptions(LEE)).refuses(OfferCaptions(LEE)).code == "offers-already"


@pytest.mark.holds("circle:9", "raur:12c")
def test_offers_are_told_to_the_holder_and_who_types_to_everybody():
    room = ana_speaks().happen(OfferCaptions(LEE)).room
    assert seen_by(room, ANA, NOW).typists == (LEE,)
    for other in (HANA, BEN, LEE):
        assert seen_by(room, other, NOW).typists == ()
    room = ana_speaks().happen(OfferCaptions(LEE), AcceptCaptions(ANA, LEE)).room
    assert {seen_by(room, each, NOW).floor.typist for each in (ANA, BEN, LEE, HANA)} == {LEE}


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"number": 0},
        {"number": True},
        {"number": "1"},
        {"number": 10_000},
        {"words": "x" * (LONGEST_CAPTION + 1)},
        {"words": 5},
        {"words": "\ud800"},
        {"how": "recorded"},
        {"how": []},
        {"by": "nobody"},
        {"name": "Hana"},
        {"speaker": str(STRANGER)},
    ],
)
@pytest.mark.holds("asvs:35")
def test_anything_but_a_line_is_refused(wrong: dict[str, Any]):
    with pytest.raises(Refused) as refused:
        read_caption({**LINE, **wrong} if wrong else {}, ANA)
    assert refused.value.reason is NOT_A_CAPTION


@given(st.dictionaries(st.text(max_size=7), st.none() | st.integers() | st.text(), max_size=4))
def test_nonsense_is_read_or_refused(payload: dict[str, Any]):
    reasons = set()
    for read in (lambda: read_caption(payload, ANA), lambda: read_letters(payload)):
        try:
            read()
        except Refused as refused:
            reasons.add(refused.reason)
    assert reasons <= {NOT_A_CAPTION}


def test_letters_have_a_limit_too():
    assert read_letters({"words": "x" * LONGEST_LETTERS})
    with pytest.raises(Refused):
        read_letters({"words": "x" * (LONGEST_LETTERS + 1)})


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Ana speaks; Hana and Ben are there, and everybody has captions and letters on."""
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name)
    circle.press("Hana", "admit", person=str(circle.ben.id))
    circle.begin()
    opened = {name: Line(app, circle, name) for name in ("Hana", "Ana", "Ben")}
    for line in opened.values():
        assert line.ask("enter-circle")["ok"]
        assert line.ask("watch-captions", page=line.page, **ON)["ok"]
    speak(circle, opened["Ana"])
    for line in opened.values():
        line.socket.get_received()
    return opened


def speak(circle: Circle, line: Line, mode: str = "voice") -> None:
    assert line.press("accept", seen=circle.board("Ana")["version"], mode=mode)["ok"]


@pytest.mark.holds("F:F70", "circle:10")
def test_the_holder_s_lines_reach_those_who_turned_them_on_with_the_server_s_stamp(
    circle: Circle, lines: dict[str, Line]
) -> None:
    assert lines["Ben"].ask("watch-captions", page=lines["Ben"].page)["ok"]
    assert lines["Ana"].ask("caption", **LINE) == {"ok": True}
    ana = str(circle.ana.id)
    stamped = {**LINE, "speaker": ana, "name": "Ana", "by": ana, "typist": ""}
    assert lines["Hana"].received("caption") == [stamped]
    assert lines["Ben"].received("caption") == []
    forged = lines["Ana"].ask("caption", **LINE, speaker=str(circle.hana.id))
    assert forged["reason"]["code"] == "not-a-caption"


@pytest.mark.holds("F:F67", "raur:18a")
def test_letters_reach_those_who_chose_them_as_they_are_typed(
    circle: Circle, lines: dict[str, Line]
) -> None:
    assert lines["Ana"].press("set-mode", mode="typed")["ok"]
    lines["Hana"].ask("watch-captions", page=lines["Hana"].page, lines=True)
    for words in ("S", "Sl", "Slo"):
        assert lines["Ana"].ask("typing", words=words)["ok"]
    assert [each["words"] for each in lines["Ben"].received("typing")] == ["S", "Sl", "Slo"]
    assert lines["Hana"].received("typing") == []
    assert lines["Ana"].ask("caption", **LINE)["reason"]["code"] == "not-spoken"


@pytest.mark.holds("F:F70", "raur:12c")
def test_a_volunteer_types_once_the_holder_accepts_and_the_holder_corrects(
    circle: Circle, lines: dict[str, Line]
) -> None:
    ben, hana = lines["Ben"], lines["Hana"]
    assert ben.ask("caption", **LINE)["reason"]["code"] == "not-asked"
    assert ben.press("offer-captions")["ok"]
    assert "Ben offers to type captions for you." in circle.board("Ana")["captions"]["told"]
    assert circle.board("Hana")["captions"]["told"] == ""
    assert ben.ask("typing", words="x")["reason"]["code"] == "not-asked"
    assert lines["Ana"].press("accept-captions", person=str(circle.ben.id))["ok"]
    assert circle.board("Hana")["captions"]["told"] == "Ben types captions for Ana."
    assert circle.board("Ben")["captions"]["types"]
    assert ben.ask("typing", words="I took")["ok"]
    assert ben.ask("caption", **LINE)["ok"]
    assert ben.ask("caption", **{**LINE, "how": "automatic"})["reason"]["code"] == "not-asked"
    theirs = {**LINE, "by": str(circle.ana.id)}
    assert ben.ask("caption", **theirs)["reason"]["code"] == "not-asked"
    corrected = {**LINE, "words": "I took my tea.", "by": str(circle.ben.id)}
    assert lines["Ana"].ask("caption", **corrected)["ok"]
    heard = hana.received("caption")
    assert [(each["number"], each["by"], each["typist"], each["name"]) for each in heard] == [
        (1, str(circle.ben.id), "Ben", "Ana")
    ] * 2
    assert lines["Ana"].press("stop-captions")["ok"]
    assert ben.ask("caption", **LINE)["reason"]["code"] == "not-asked"


@pytest.mark.holds("asvs:4", "asvs:34", "promise:3")
def test_strangers_knockers_the_removed_and_second_pages_send_and_get_nothing(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    stranger, second = Line(app, circle, "Stranger"), Line(app, circle, "Ana")
    for event, fields in (("caption", LINE), ("typing", {"words": "x"})):
        assert stranger.ask(event, **fields)["reason"]["code"] == "not-found"
        assert second.ask(event, **fields)["reason"]["code"] == "elsewhere"
    assert stranger.ask("watch-captions", page=stranger.page, **ON)["ok"] is False
    taken = second.ask("watch-captions", page=lines["Ana"].page, **ON)
    assert taken["reason"]["code"] == "elsewhere"
    lines["Hana"].press("remove", person=str(circle.ben.id), why="A test of the door.")
    assert lines["Ana"].ask("caption", **LINE)["ok"]
    assert lines["Ben"].received("caption") == []
    assert lines["Ben"].ask("caption", **LINE)["ok"] is False


def test_nothing_goes_through_while_the_room_is_paused_or_after_the_turn(
    circle: Circle, lines: dict[str, Line]
) -> None:
    lines["Hana"].press("hold")
    assert lines["Ana"].ask("caption", **LINE)["reason"]["code"] == "on-hold"
    lines["Hana"].press("release")
    assert lines["Ana"].ask("caption", **LINE)["ok"]
    lines["Ana"].press("finish", seen=circle.board("Ana")["version"])
    assert lines["Ana"].ask("caption", **LINE)["reason"]["code"] == "not-asked"


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize("payload", [None, 7, [], {"call_id": 5}, {"call_id": str(CALL)}])
def test_nonsense_by_socket_kills_nothing(lines: dict[str, Line], payload: Any) -> None:
    for event in ("caption", "typing", "watch-captions"):
        answer = lines["Ana"].socket.emit(event, payload, callback=True)
        assert answer["ok"] is False
        assert answer["reason"]["code"] != "our-fault"
    assert lines["Ana"].ask("caption", **LINE)["ok"]


def test_a_flood_is_slowed_down_and_an_ordinary_pace_is_not(
    circle: Circle, lines: dict[str, Line]
) -> None:
    answers = [lines["Ana"].ask("typing", words="x" * n) for n in range(30)]
    assert answers[-1]["reason"]["code"] == "slow-down"
    for n in range(30):
        circle.clock.pass_by(milliseconds=350)
        assert lines["Ana"].ask("typing", words="x" * n)["ok"]


@pytest.mark.holds("promise:4", "circle:13", "raur:12c", "raur:14b")
def test_no_word_of_captions_or_letters_is_in_the_store_its_files_or_the_log(
    app: Flask, circle: Circle, lines: dict[str, Line], capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "Cloudberries"
    assert lines["Ana"].ask("caption", **{**LINE, "words": secret})["ok"]
    assert lines["Ana"].ask("typing", words=secret)["ok"]
    assert lines["Hana"].received("caption")
    assert secret not in str(circle.board("Hana"))
    with app.app_context():
        tables = db.metadata.sorted_tables
        rows = [str(row) for table in tables for row in db.session.execute(table.select())]
    assert rows
    assert not [row for row in rows if secret in row]
    said = capfd.readouterr()
    assert secret not in said.out + said.err


def test_a_page_is_told_which_language_the_call_is_in(circle: Circle) -> None:
    with circle.make.app.app_context(), transaction():
        db.session.get_one(Call, circle.call_id).language = "de"
    circle.join("Hana")
    page = circle.page("Hana")
    setup = json.loads(page.split('id="setup">')[1].split("</script>")[0])
    assert setup["language"] == "de"
