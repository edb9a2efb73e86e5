"""What is told of a circle beside its page, and what the one big button means."""

import json

import pytest
from flask import Flask

from community.accounts import actions as accounts_actions
from community.accounts.rules import Need
from community.core.db import transaction
from tests.live.circle import Circle
from tests.pages import send


@pytest.fixture
def begun(circle: Circle) -> Circle:
    """Ana is asked first; then comes Ben."""
    circle.make.signed_up(circle.call_id, circle.ben)
    circle.begin("Hana", "Ana", "Ben")
    return circle


def tells(circle: Circle, name: str) -> dict[str, str]:
    """The places that have something to tell."""
    return {place: words for place, words in circle.board(name)["tells"].items() if words}


def seen(circle: Circle, name: str) -> dict[str, int]:
    return {"seen": circle.board(name)["version"]}


def big(circle: Circle, name: str) -> tuple[str, str, str]:
    button = circle.board(name)["eyes"]["big"]
    return button["state"], button["press"], button["key"]


def test_each_is_told_what_the_table_says(begun: Circle) -> None:
    ana, ben = tells(begun, "Ana"), tells(begun, "Ben")
    assert ana["turn"] == "It’s your turn. Start when you’re ready."
    assert (ana["in"], ana["mic"]) == ("You’re in. 3 people.", "Microphone off.")
    assert "turn" not in ben
    assert ben["next"] == "You’re next, after Ana."
    begun.press("Ana", "accept", mode="voice", wish="just-listen", **seen(begun, "Ana"))
    assert tells(begun, "Ana")["mic"] == "Microphone on."
    assert tells(begun, "Ben")["now"] == "Ana is speaking."
    assert tells(begun, "Ben")["where"] == "Ana is speaking. You’re next, after Ana."
    begun.press("Ana", "finish", **seen(begun, "Ana"))
    assert tells(begun, "Ben")["finished"] == "Ana has finished. Thank you, Ana."
    begun.press("Hana", "hold")
    told = tells(begun, "Ben")
    assert told["paused"] == "The facilitator has paused the room. You are safe to wait or leave."
    assert not {"turn", "next", "now"} & told.keys()
    begun.press("Hana", "release")
    begun.press("Hana", "break")
    assert tells(begun, "Ben")["break"] == "Break for five minutes. You can stay or step away."


def test_nobody_is_told_that_a_turn_was_passed(begun: Circle) -> None:
    begun.press("Ana", "pass", **seen(begun, "Ana"))
    assert tells(begun, "Ben")["finished"] == "Ana has finished. Thank you, Ana."


def test_a_title_says_the_state_first(begun: Circle) -> None:
    assert [tells(begun, name)["title"] for name in ("Hana", "Ana", "Ben")] == [
        "It’s Ana’s turn, when they’re ready",
        "Your turn",
        "You’re next",
    ]
    page = begun.page("Ana")
    assert "<title>Your turn – " in page


def test_what_is_private_is_told_to_nobody_else(begun: Circle) -> None:
    begun.press("Ben", "help")
    assert tells(begun, "Hana")["asks"] == "Ben needs a facilitator."
    assert "asked" in tells(begun, "Ben")
    assert not {"asks", "asked"} & tells(begun, "Ana").keys()


@pytest.mark.holds("raur:4b")
def test_facilitators_are_told_who_knocks_and_nobody_else_is(circle: Circle) -> None:
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name)
    knocks = "Ben would like to come in."
    told = tells(circle, "Hana")
    assert told["door"] == knocks
    assert told["where"].endswith(knocks)
    assert knocks in circle.board("Hana")["note"]
    assert "Ben" not in str(circle.board("Ana"))
    circle.press("Hana", "admit", person=str(circle.ben.id))
    assert "door" not in tells(circle, "Hana")


@pytest.mark.holds("raur:4b")
def test_facilitators_are_told_whose_hand_is_up_a_line_each(begun: Circle) -> None:
    begun.press("Hana", "open-floor", sure="yes", **seen(begun, "Hana"))
    for name in ("Ben", "Ana"):
        begun.press(name, "raise-hand")
    assert tells(begun, "Hana")["hands"] == "Ben has raised a hand.\nAna has raised a hand."
    assert "Ben has raised a hand. Ana has raised a hand." in begun.board("Hana")["note"]
    assert not any("hands" in tells(begun, name) for name in ("Ana", "Ben"))
    begun.press("Hana", "offer", person=str(begun.ben.id), **seen(begun, "Hana"))
    assert tells(begun, "Hana")["hands"] == "Ana has raised a hand."


@pytest.mark.holds("raur:4b")
def test_that_there_are_words_for_me_is_told_after_my_turn_and_not_in_it(begun: Circle) -> None:
    begun.press("Ana", "accept", mode="voice", wish="just-listen", **seen(begun, "Ana"))
    begun.press("Ana", "finish", **seen(begun, "Ana"))
    assert "echoes" not in tells(begun, "Ana")
    begun.press("Ben", "acknowledge", person=str(begun.ana.id), ack="thank-you")
    assert tells(begun, "Ana")["echoes"] == "There are words for you, under “After a turn”."
    assert not any("echoes" in tells(begun, name) for name in ("Hana", "Ben"))
    begun.press("Ana", "take-back", **seen(begun, "Ana"))
    assert "echoes" not in tells(begun, "Ana"), "Ana has the floor again"


@pytest.mark.holds("F:F20")
def test_the_big_button_says_what_it_does_now(begun: Circle) -> None:
    not_yet = ("Not your turn.", "Press to hear where we are", "")
    assert big(begun, "Ben") == big(begun, "Hana") == not_yet
    assert big(begun, "Ana") == ("Your turn.", "Press to start", "turn-1")
    begun.press("Ana", "accept", mode="voice", wish="just-listen", **seen(begun, "Ana"))
    assert big(begun, "Ana") == ("It’s your turn.", "Press when you have finished", "turn-3")
    assert begun.board("Ana")["eyes"]["big"]["asks"]
    begun.press("Ana", "pause")
    assert big(begun, "Ana") == ("You’re taking a moment.", "Press to carry on", "turn-1")
    begun.press("Ana", "resume")
    begun.press("Ana", "finish", **seen(begun, "Ana"))
    assert big(begun, "Ana") == not_yet


@pytest.mark.holds("F:F20", "F:F62")
def test_whoever_types_sends_what_they_wrote_before_by_the_big_button(circle: Circle) -> None:
    share = f"/calls/{circle.call_id}/share"
    send(circle.browsers["Ana"], share, words="I wrote this on a good day.", how="show")
    circle.begin("Hana", Ana="text")
    assert big(circle, "Ana") == (
        "Your turn.",
        "Press to send your written share",
        "send-prepared",
    )


@pytest.mark.holds("F:F20")
def test_behind_more_is_whatever_else_can_be_pressed_and_nothing_that_can_not(
    begun: Circle,
) -> None:
    begun.press("Ana", "accept", mode="voice", wish="just-listen", **seen(begun, "Ana"))
    board = begun.board("Ana")
    assert {"turn-1", "turn-2", "turn-4", "mic", "step-away", "help"} <= {*board["eyes"]["more"]}
    assert board["eyes"]["big"]["key"] not in board["eyes"]["more"]
    assert {"way-silence", "way-aloud", "wish-reflection", "slower"} <= {*board["eyes"]["more"]}
    assert "way-typed" not in board["eyes"]["more"], "the same press as turn-4"
    not_mine = begun.board("Ben")["eyes"]["more"]
    assert not {"turn-4", "way-silence"} & {*not_mine}, "it isn’t Ben’s turn yet"
    begun.press("Ben", "step-away", **seen(begun, "Ben"))
    assert big(begun, "Ben") == ("You’ve stepped away.", "Press to come back", "turn-1")


@pytest.mark.holds("F:F90")
def test_a_circle_is_given_what_its_viewer_likes_and_nobody_else_is(
    begun: Circle, app: Flask
) -> None:
    with app.app_context(), transaction():
        accounts_actions.today_i_need(begun.ana, Need.ENERGY)
    for name, likes_fewer in (("Ana", True), ("Ben", False)):
        page = begun.page(name)
        setup = json.loads(page.split('id="setup">')[1].split("</script>")[0])
        assert setup["likes"]["fewer_things"] is likes_fewer
        assert (" data-fewer>" in page) is likes_fewer


def test_somebody_comes_in_with_the_place_in_the_order_that_they_usually_like(
    circle: Circle, app: Flask
) -> None:
    with app.app_context(), transaction():
        accounts_actions.like_in_circles(circle.ana, {"speaks": "late"})
    circle.join("Hana")
    circle.join("Ana")
    pressed = [it["key"] for it in circle.board("Ana")["more"] if it["pressed"]]
    assert pressed == ["spot-late"]


def test_whoever_is_given_their_turn_back_is_told_that_it_is_theirs(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "accept", mode="voice")
    assert circle.board("Ana")["tells"]["mic"] == "Microphone on."
    circle.press_as_seen("Hana", "move-on")
    assert circle.board("Ana")["tells"]["mic"] == "Microphone off."
    circle.press_as_seen("Hana", "go-back")
    assert circle.board("Ana")["tells"]["mic"] == "Microphone off.\nIt’s your turn."
    circle.press("Hana", "pause")
    assert circle.board("Ana")["tells"]["mic"] == "Microphone off."
