"""Words after a turn, from the page: pressed with a script and without, seen by one person only."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from community.core.db import db
from community.live.models import RoomText
from tests.live.circle import Circle

LINE = "I heard how long that week was."


@pytest.fixture
def shared(circle: Circle) -> Circle:
    """Ana has shared, and would like a reflection; Ben and Hana listened."""
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name, "text")
    circle.begin()
    seen = circle.board("Ana")["version"]
    circle.press("Ana", "accept", seen=seen, mode="typed", wish="reflection")
    circle.press_as_seen("Ana", "finish")
    return circle


def for_me(circle: Circle, name: str) -> list[str]:
    return [said["text"] for said in circle.board(name)["echoes"]["for_me"]]


@pytest.mark.holds("F:F85", "seed:3", "circle:9")
def test_a_word_and_a_line_are_read_by_the_speaker_only(shared: Circle) -> None:
    after = shared.board("Ben")["echoes"]
    assert (after["to"], after["replies"]) == ("To Ana", True)
    assert "A reflection is welcome" in after["hint"]
    assert "I heard…" in after["reply_hint"]
    said = {control["text"]: control for control in after["acks"]}
    assert list(said) == ["Thank you", "I hear you", "With you", "Me too", "Thinking of you"]
    press = said["I hear you"]
    assert shared.press("Ben", press["event"], **press["fields"]).status_code == 200
    assert shared.press("Ben", "reply", person=after["person"], words=LINE).status_code == 200
    assert for_me(shared, "Ana") == ["Ben: I hear you", f"Ben: “{LINE}”"]
    for name in ("Hana", "Ben"):
        assert for_me(shared, name) == []
        assert LINE not in str(shared.board(name))
    assert not shared.board("Ben")["echoes"]["replies"]


@pytest.mark.holds("promise:1")
def test_what_comes_changes_nothing_else_on_the_speakers_board(shared: Circle) -> None:
    before = shared.board("Ana")
    shared.press("Ben", "acknowledge", person=str(shared.ana.id), ack="with-you")
    after = shared.board("Ana")
    changed = {key for key in after if after[key] != before[key]}
    fields_of_presses = {"version", "turn", "rest", "more", "ways"}  # they say what was seen
    assert changed - fields_of_presses == {"echoes", "tells"}
    told = {key for key in after["tells"] if after["tells"][key] != before["tells"][key]}
    assert told == {"echoes"}
    assert after["echoes"]["news"] == "There are words for you"


def test_the_hint_and_the_line_follow_what_the_speaker_chose(shared: Circle) -> None:
    seen = shared.board("Ben")["version"]
    shared.press("Ben", "accept", seen=seen, mode="typed")
    shared.press_as_seen("Ben", "finish")
    after = shared.board("Ana")["echoes"]
    assert (after["to"], after["replies"]) == ("To Ben", False)
    answer = shared.press("Ana", "reply", person=str(shared.ben.id), words=LINE)
    assert answer.get_json()["reason"]["code"] == "just-listening"


def test_it_all_works_without_a_script(shared: Circle) -> None:
    path = f"/circles/{shared.call_id}"
    page = shared.browsers["Ben"].get(path).text
    assert "To Ana" in page
    assert "One line to them" in page
    to = {"person": str(shared.ana.id)}
    for event, fields in (("acknowledge", {"ack": "me-too"}), ("reply", {"words": LINE})):
        form = {"event_id": str(uuid4()), **to, **fields}
        assert shared.post("Ben", f"{path}/events/{event}", form).status_code == 302
    page = shared.browsers["Ana"].get(path).text
    assert "Ben: Me too" in page
    assert LINE in page
    assert LINE not in shared.browsers["Hana"].get(path).text


@pytest.mark.holds("moderation:21")
@pytest.mark.parametrize(("keeps", "from_whom"), [("ana", "ben"), ("ben", "ana")])
def test_between_two_who_keep_apart_short_replies_are_not_delivered_and_nobody_is_told(
    shared: Circle, keeps: str, from_whom: str
) -> None:
    shared.make.kept_apart(getattr(shared, keeps), getattr(shared, from_whom))
    to, ana = str(shared.ana.id), shared.board("Ana")["echoes"]
    assert shared.press("Ben", "acknowledge", person=to, ack="with-you").status_code == 200
    assert shared.press("Ben", "reply", person=to, words=LINE).status_code == 200
    assert shared.board("Ana")["echoes"] == ana
    said = shared.board("Ben")["echoes"]
    assert [each["text"] for each in said["acks"] if each["pressed"]] == ["With you"]
    assert not said["replies"]
    with shared.make.app.app_context():
        assert db.session.scalars(select(RoomText.words)).all() == []  # kept nowhere
    shared.press("Hana", "acknowledge", person=to, ack="thank-you")
    assert for_me(shared, "Ana") == ["Hana: Thank you"]


@pytest.mark.holds("moderation:21")
def test_turns_are_for_all_who_are_there(shared: Circle) -> None:
    shared.make.kept_apart(shared.ana, shared.ben)
    shared.press_as_seen("Ben", "accept", mode="typed")
    shared.press("Ben", "say", words="The rain kept me up.")
    assert [said["name"] for said in shared.board("Ana")["words"]] == ["Ben"]
    assert {here["name"] for here in shared.board("Ana")["here"]} == {"Hana", "You", "Ben"}


@pytest.mark.holds("circle:6")
def test_a_line_that_arrives_twice_is_there_once(shared: Circle) -> None:
    once = {"event_id": str(uuid4()), "person": str(shared.ana.id), "words": LINE}
    for _ in range(2):
        assert shared.press("Ben", "reply", **once).status_code == 200
    assert len(for_me(shared, "Ana")) == 1


def test_the_wish_changes_in_the_middle_of_a_turn_from_the_page(shared: Circle) -> None:
    seen = shared.board("Ben")["version"]
    assert shared.board("Ben")["wish"] == []
    shared.press("Ben", "accept", seen=seen, mode="silence")
    board = shared.board("Ben")
    assert [(each["text"], each["pressed"]) for each in board["wish"]] == [
        ("Just listening, please", True),
        ("A reflection is welcome", False),
        ("Ideas are welcome", False),
        ("No words after my turn, please", False),
    ]
    ideas = board["wish"][2]
    shared.press("Ben", ideas["event"], **ideas["fields"])
    assert "“Ideas are welcome.”" in str(shared.board("Ana")["lines"])
    assert "The others see your wish: “Ideas are welcome.”" in str(shared.board("Ben")["lines"])


@pytest.mark.holds("seed:7")
def test_a_card_is_hidden_and_shown_from_the_page(circle: Circle) -> None:
    circle.post("Ana", "/comfort/card", {"own_words": "Please wait for me."})
    for name in ("Hana", "Ana"):
        circle.join(name)
    shown = "How to listen: “Please wait for me.”"
    for text, cards in (("Hide my card", [""]), ("Show my card", [shown])):
        more = {control["text"]: control for control in circle.board("Ana")["more"]}
        circle.press("Ana", more[text]["event"])
        assert [row["card"] for row in circle.board("Hana")["order"]] == cards
        assert ("Please wait for me." in str(circle.board("Hana"))) is bool(cards[0])
