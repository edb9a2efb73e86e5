"""A facilitator’s desk: what to say, the next part, going on surely, and what everybody is told."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from flask import Flask

from community.calls.models import Call
from community.calls.rules.call import CallState
from community.core.db import db
from community.live.page.board import board_for
from community.live.page.script import Card, card, moments
from community.live.queries import Texts
from community.live.rules.leading import Hold, ReadGuidelines, SayGoodbye
from community.live.rules.presses import Pause
from community.live.rules.room import HoldReason, Mode, Phase
from community.live.rules.snapshot import SeenFloor, Snapshot
from community.live.rules.view import seen_by
from tests.live.circle import Circle
from tests.live.pretend import ANA, HANA, a_round, ana_speaks, everybody_has_shared, opening

# F66, F88: a script never hurries, corrects a voice, or asks anybody to show anything.
NEVER = re.compile(
    r"speak up|louder|repeat|again,? please|can you see|hurry up|minutes? left|show us|"
    r"describe your|symptom|camera on|heal|cure|trauma",
    re.IGNORECASE,
)


@pytest.fixture
def cards(app: Flask) -> Iterator[list[Card]]:
    """Every card there is."""
    floors = [
        SeenFloor("idle"),
        SeenFloor("offered", name="Ana"),
        SeenFloor("holding", name="Ana", mode=Mode.VOICE, waiting=True),
        SeenFloor("holding", name="Ana", mode=Mode.VOICE, paused=True),
        *(SeenFloor("holding", name="Ana", mode=mode) for mode in Mode),
    ]
    with app.test_request_context():
        yield [
            *(
                card(Snapshot(1, phase, None, {}, hold, guide="As long as you like.", floor=floor))
                for phase in Phase
                for hold in (None, *HoldReason)
                for floor in floors
            ),
            *moments(),
        ]


@pytest.mark.holds("F:F66", "F:F88", "promise:9")
def test_no_card_hurries_corrects_or_claims_anything(cards: list[Card]) -> None:
    for each in cards:
        assert each.title
        assert each.say or each.keep
        assert not NEVER.search(" ".join((each.title, *each.say, *each.keep))), each


def words(app: Flask, phase: Phase) -> str:
    with app.test_request_context():
        return " ".join(card(Snapshot(1, phase, None, {}, guide="A line, or less.")).say)


@pytest.mark.holds("F:F14", "F:F88")
def test_the_opening_says_that_movement_and_noise_are_fine(app: Flask) -> None:
    said = words(app, Phase.OPENING)
    assert (
        "Moving, stretching and walking about are fine. So are sounds, and noise at home." in said
    )
    assert "Nobody will ask you to show your dystonia" in said


@pytest.mark.holds("seed:17")
def test_the_opening_says_to_take_what_one_needs(app: Flask) -> None:
    assert "You can take what you need and leave the rest." in words(app, Phase.OPENING)


@pytest.mark.holds("seed:4")
def test_there_are_words_to_reflect_back_with_for_whoever_wished_for_it(app: Flask) -> None:
    with app.test_request_context():
        reflecting = next(each for each in moments() if "I heard…" in each.say)
    assert "What was that like?" in reflecting.say
    assert "Only if they wished for it, and in few words." in reflecting.keep


@pytest.mark.holds("seed:2")
def test_the_guidelines_say_how_long_a_turn_is_in_the_words_of_the_call(app: Flask) -> None:
    assert "A turn is: A line, or less. Nothing counts down." in words(app, Phase.GUIDELINES)


@pytest.mark.holds("F:F66")
def test_in_a_pause_the_script_takes_its_time(app: Flask) -> None:
    seen = seen_by(ana_speaks().happen(Pause(ANA)).room, HANA, a_round().now)
    with app.test_request_context():
        assert card(seen).say == ["Take your time, Ana. We’re here."]


def test_each_part_has_a_card_of_its_own(app: Flask) -> None:
    circles = [
        opening(),
        opening().press(ReadGuidelines, HANA),
        a_round(),
        everybody_has_shared(),
        opening().press(SayGoodbye, HANA),
    ]
    with app.test_request_context():
        titles = [card(seen_by(each.room, HANA, each.now)).title for each in circles]
    assert len(set(titles)) == len(titles)


# On the page

STEPS = ("read-guidelines", "begin-round", "begin-closing-round", "say-goodbye")


def go_on(circle: Circle, step: str, **fields: str) -> int:
    seen = circle.board("Hana")["version"]
    return circle.press("Hana", step, seen=seen, **fields).status_code


def call_state(app: Flask, circle: Circle) -> CallState:
    with app.app_context():
        return db.session.get_one(Call, circle.call_id).state


@pytest.mark.holds("F:F102")
def test_the_desk_leads_from_part_to_part_and_the_call_closes_with_the_last_round(
    app: Flask, circle: Circle
) -> None:
    circle.join("Hana")
    circle.join("Ana", "text")
    circle.press("Hana", "start")
    for step in STEPS:
        assert circle.board("Hana")["turn"][0]["event"] == step
        assert circle.board("Hana")["turn"][0]["main"]
        assert call_state(app, circle) is (
            CallState.CLOSING if step == "say-goodbye" else CallState.LIVE
        )
        assert go_on(circle, step) == 200
        if step in ("begin-round", "begin-closing-round"):
            assert not circle.board("Hana")["turn"][0]["main"]
            circle.press_as_seen("Ana", "pass")
    assert call_state(app, circle) is CallState.CLOSING
    circle.press("Hana", "end")
    assert call_state(app, circle) is CallState.ENDED


def test_whoever_leads_isnt_told_what_the_facilitator_does_but_what_is_theirs_to_do(
    app: Flask,
) -> None:
    begun = opening()
    reading = opening().press(ReadGuidelines, HANA)
    paused = a_round().happen(Hold(HANA))
    theirs, others = [], []
    with app.test_request_context():
        for each in (begun, reading, paused):
            for who, said in ((HANA, theirs), (ANA, others)):
                board = board_for(each.room, Texts(), who, each.now).fields
                said.append(board["lines"][0]["text"])
    assert theirs == [
        "You open the circle. What you could say is on your desk.",
        "You go through it with everybody. Then you begin the first round.",
        "Microphones are closed, and everybody waits until you go on.",
    ]
    assert [text.startswith("The facilitator") for text in others] == [True] * 3


def test_after_a_round_whoever_leads_reads_what_to_do_and_the_others_that_there_is_nothing(
    circle: Circle,
) -> None:
    circle.begin("Hana", Ana="text")
    said = []
    for step in ("begin-closing-round", ""):
        circle.press_as_seen("Ana", "pass")
        said += [circle.board(name)["lines"][0]["text"] for name in ("Hana", "Ana")]
        assert not step or go_on(circle, step) == 200
    assert said == [
        "Begin the closing round when it suits everybody, or open the floor.",
        "The facilitator says how we go on. Nothing to do.",
        "Say goodbye when it suits everybody.",
        "The facilitator closes the circle soon. Nothing to do.",
    ]


def test_nothing_on_the_desk_changes_its_place_while_turns_go_on(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    before = [each["key"] for each in circle.board("Hana")["rest"]]
    circle.press_as_seen("Ana", "pass")
    assert [each["key"] for each in circle.board("Hana")["rest"]] == before


def test_going_on_during_a_turn_takes_a_second_step_in_words(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    circle.press_as_seen("Ana", "accept", mode="typed")
    assert go_on(circle, "say-goodbye") == 409
    leading = circle.board("Hana")["leading"]
    assert leading["sure_words"].startswith("Ana has the floor.")
    assert [each["text"] for each in leading["sure"]] == [
        "Yes: Begin the closing round",
        "Yes: Begin another round",
        "Yes: Open the floor",
        "Yes: Say goodbye",
    ]
    press = next(each for each in leading["sure"] if each["event"] == "say-goodbye")
    assert circle.press("Hana", "say-goodbye", **press["fields"]).status_code == 200
    assert circle.board("Ana")["writes"]
    assert circle.board("Hana")["leading"]["sure"] == []


def test_a_second_step_works_without_a_script(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    page = circle.page("Hana")
    assert "Yes: Begin another round" in page
    version = str(circle.board("Hana")["version"])
    form = {"event_id": "0190a6e0-0000-7000-8000-000000000001", "seen": version, "sure": "yes"}
    circle.post("Hana", f"/circles/{circle.call_id}/events/begin-round", form)
    assert circle.board("Hana")["leading"]["ordering"]
    assert circle.board("Ana")["cue"] == "It’s your turn, Ana"


def test_a_prompt_is_given_on_the_desk_and_seen_by_everybody(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana", "text")
    circle.press("Hana", "start")
    circle.press("Hana", "set-prompt", prompt="What helps you rest?")
    go_on(circle, "begin-round")
    assert "This round: What helps you rest?" in str(circle.board("Ana")["lines"])
    page = circle.page("Hana")
    assert "What helps you rest?</textarea>" in page
    answer = circle.press("Ana", "set-prompt", prompt="Mine")
    assert answer.status_code == 403


def test_the_order_to_come_is_chosen_on_the_desk_and_told_to_everybody(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    assert circle.board("Ana")["coming"] == ""
    circle.press_as_seen("Ana", "pass")
    assert circle.board("Ana")["coming"] == "If there’s another round: You."
    by_sign_up, by_chance = circle.board("Hana")["leading"]["orders"]
    assert by_sign_up["pressed"]
    circle.press("Hana", "set-order", **by_chance["fields"])
    by_sign_up, by_chance = circle.board("Hana")["leading"]["orders"]
    assert by_chance["pressed"]
    assert "by chance" in circle.board("Hana")["leading"]["ordering"]


def test_a_member_says_early_or_late_for_their_turn_under_more(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    early = next(each for each in circle.board("Ana")["more"] if each["key"] == "spot-early")
    assert early["pressed"] is False
    assert circle.press("Ana", "set-spot", **early["fields"]).status_code == 200
    pressed = {each["key"]: each["pressed"] for each in circle.board("Ana")["more"]}
    assert pressed["spot-early"]
    assert not pressed["spot-any"]
    assert "spot" not in str(circle.board("Hana"))


@pytest.mark.holds("F:F101")
def test_what_happens_now_and_what_we_ask_are_there_for_everybody_in_every_part(
    circle: Circle,
) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name, "text")
    told = []
    for step in ("start", *STEPS):
        for name in ("Hana", "Ana"):
            page = circle.page(name)
            assert "What happens now?" in page
            assert "Nobody is asked to show or describe their symptoms." in page
        told.append(tuple(circle.board("Ana")["happens"]))
        fields = {} if step == "start" else {"seen": circle.board("Hana")["version"]}
        circle.press("Hana", step, **fields)
        if "round" in step:
            circle.press_as_seen("Ana", "pass")
    told.append(tuple(circle.board("Ana")["happens"]))
    assert all(told)
    assert len(set(told)) == len(told)


@pytest.mark.holds("circle:R6")
def test_a_circle_that_is_closing_is_still_listed_and_still_lets_people_in(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", "start")
    assert go_on(circle, "begin-closing-round") == 200
    circle.press("Ana", "leave")
    assert f"/calls/{circle.call_id}" in circle.browsers["Ana"].get("/calls").text
    circle.join("Ana")
    assert circle.board("Ana")["is_in"]


def test_the_prompt_is_given_without_a_script_too(circle: Circle) -> None:
    circle.join("Hana")
    form = {"event_id": "0190a6e0-0000-7000-8000-000000000002", "prompt": "One thing\r\nor two"}
    circle.post("Hana", f"/circles/{circle.call_id}/events/set-prompt", form)
    page = circle.page("Hana")
    assert "One thing\r\nor two</textarea>" in page


def test_in_a_turn_the_prompt_is_changed_by_whoever_says_so_twice(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    assert circle.board("Hana")["leading"]["prompt_waits"]
    path = f"/circles/{circle.call_id}/events/set-prompt"
    form = {"prompt": "What helps you rest?"}
    refused = {**form, "event_id": "0190a6e0-0000-7000-8000-000000000003"}
    circle.post("Hana", path, refused)
    assert "What helps you rest?" not in str(circle.board("Ana")["lines"])
    sure = {**form, "event_id": "0190a6e0-0000-7000-8000-000000000004", "sure": "yes"}
    circle.post("Hana", path, sure)
    assert "This round: What helps you rest?" in str(circle.board("Ana")["lines"])


@pytest.mark.holds("circle:10")
def test_a_facilitator_gives_whoever_has_the_floor_a_moment_and_opens_no_microphone(
    circle: Circle,
) -> None:
    circle.begin("Hana", "Ana")

    def moment() -> list[str]:
        return [each["text"] for each in circle.board("Hana")["rest"] if each["key"] == "moment"]

    assert moment() == []
    circle.press_as_seen("Ana", "accept", mode="voice")
    assert moment() == ["Give Ana a moment"]
    assert circle.press("Hana", "pause").status_code == 200
    assert circle.board("Ana")["cue"] == "You’re taking a moment, Ana"
    assert circle.board("Ana")["turn"][0]["event"] == "resume"
    assert moment() == ["Ana carries on"]
    assert circle.press("Hana", "resume").status_code == 200
    assert circle.board("Ana")["mic"]["event"] == "mic-on"
    assert moment() == ["Give Ana a moment"]
    assert "moment" not in str([each["key"] for each in circle.board("Ana")["rest"]])


@pytest.mark.holds("circle:10")
def test_closing_somebodys_microphone_is_asked_about_once_more(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "accept", mode="voice")
    [row] = circle.board("Hana")["desk"]
    assert row["mute"]["text"] == "Yes, close it"
    assert "mute" not in [each["event"] for each in row["controls"]]
    page = circle.page("Hana")
    assert "Close it for them? They can open it again themselves." in page
    form = {"event_id": str(uuid4()), "person": str(circle.ana.id)}
    circle.post("Hana", f"/circles/{circle.call_id}/events/mute", form)
    assert circle.board("Hana")["desk"][0]["mute"] is None
    assert circle.board("Ana")["heard"] == []
