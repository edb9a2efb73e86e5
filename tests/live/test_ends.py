"""How a circle ends, why, and what is written to people afterwards."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from community.calls.models import Call
from community.calls.rules.call import CallState, EndReason
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.wording import Wording, worded
from community.live.jobs import end_circles_that_nobody_leads, end_empty_circles
from tests.live.circle import JSON, Circle
from tests.live.lines import Line

Letters = Callable[[], list[tuple[str, str]]]
OURS = {"turn_still_yours", "facilitator_was_absent"}


def ended(app: Flask, circle: Circle) -> EndReason | None:
    with app.app_context():
        call = db.session.get_one(Call, circle.call_id)
        assert call.state is CallState.ENDED
        return call.ended_reason


def ours(letters: Letters) -> list[tuple[str, str]]:
    return [each for each in letters() if each[1] in OURS]


def worded_for(app: Flask, kind: str) -> Wording:
    with app.test_request_context():
        row = db.session.scalars(select(OutboxLetter).where(OutboxLetter.kind == kind)).first()
        assert row is not None
        return worded(kind, {**row.facts, "zone": row.zone})


@pytest.mark.parametrize("why", ["finished", "safety", "cancelled-live"])
def test_the_call_keeps_why_a_facilitator_ended_it(
    app: Flask, circle: Circle, letters: Letters, why: str
) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", "start")
    assert why in [control["fields"]["why"] for control in circle.board("Hana")["ends"]]
    assert circle.press("Hana", "end", why=why).status_code == 200
    assert ended(app, circle) == why
    assert ours(letters) == []


def test_nobody_ends_it_in_the_name_of_the_system(app: Flask, circle: Circle) -> None:
    circle.join("Hana")
    assert circle.press("Hana", "end", why="empty").status_code == 422
    assert circle.press("Hana", "end", why="boredom").status_code == 422


def test_a_member_ends_nothing_while_a_facilitator_is_here(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    assert circle.press("Ana", "end").status_code == 403
    assert circle.board("Ana")["ends"] == []


def test_an_empty_circle_says_so(app: Flask, circle: Circle) -> None:
    circle.join("Hana")
    circle.press("Hana", "leave")
    now = circle.clock.pass_by(minutes=40)  # half an hour after the start
    with app.app_context():
        end_empty_circles(now)
    assert ended(app, circle) is EndReason.EMPTY


@pytest.mark.holds("circle:R4")
def test_without_a_facilitator_the_members_end_it_and_are_told_that_we_are_sorry(
    app: Flask, circle: Circle, letters: Letters
) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.join("Ben")
    circle.press("Hana", "admit", person=str(circle.ben.id))
    circle.begin()
    circle.press("Hana", "leave")
    circle.clock.pass_by(minutes=5)
    board = circle.board("Ana")
    assert board["cue"] == "We’re waiting for a facilitator"
    assert [control["event"] for control in board["rest"]] == ["wait-more", "end"]
    assert circle.press("Ana", "end").status_code == 200
    assert "You chose to end" in str(circle.board("Ana")["lines"])
    assert "You chose to end" not in str(circle.board("Ben")["lines"])
    answer = circle.press("Ben", "end").get_json()
    assert answer["board"]["goes_to"].endswith("/thanks")
    assert ended(app, circle) is EndReason.FACILITATOR_ABSENT
    assert ours(letters) == [(name, "facilitator_was_absent") for name in ("Ana", "Ben")]
    said = worded_for(app, "live/facilitator_was_absent")
    assert "It had nothing to do with you" in said.news
    assert "Neck" not in said.subject


def test_a_circle_that_no_facilitator_came_to_ends_by_itself_half_an_hour_after_its_start(
    app: Flask, circle: Circle, letters: Letters
) -> None:
    circle.join("Ana")
    line = Line(app, circle, "Ana")
    assert line.ask("enter-circle")["ok"]
    with app.app_context():
        end_circles_that_nobody_leads(circle.clock.pass_by(minutes=39))
    assert circle.board("Ana")["cue"] == "You’re in the lobby"
    with app.app_context():
        end_circles_that_nobody_leads(circle.clock.pass_by(minutes=1))
    assert line.received("ended")
    assert ended(app, circle) is EndReason.FACILITATOR_ABSENT
    assert ours(letters) == [("Ana", "facilitator_was_absent")]


@pytest.mark.holds("circle:3")
def test_whoever_is_owed_a_turn_at_the_end_is_written_to_unless_they_wrote_it(
    app: Flask, circle: Circle, letters: Letters
) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "accept", mode="typed")
    circle.press("Ana", "leave")
    circle.press_as_seen("Hana", "say-goodbye")
    circle.join("Ana")
    board = circle.board("Ana")
    assert board["writes"]
    assert "a turn that you haven’t had" in str(board["lines"])
    assert not circle.board("Hana")["writes"]
    assert circle.press("Ana", "say", words="What I wanted to say.").status_code == 200
    assert "What I wanted to say." in str(circle.board("Hana")["words"])
    circle.press("Hana", "end")
    assert ours(letters) == []


def test_the_letter_about_a_turn_says_where_it_can_be_written(
    app: Flask, circle: Circle, letters: Letters
) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "accept", mode="typed")
    circle.press("Ana", "leave")
    circle.press("Hana", "end")
    assert ours(letters) == [("Ana", "turn_still_yours")]
    said = worded_for(app, "live/turn_still_yours")
    assert "We’re sorry" in said.news
    assert said.place.endswith(f"/groups/{circle.group}")
    assert "Neck" not in said.subject


def test_a_break_stops_the_floor_for_everybody(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    circle.press("Hana", "break")
    assert circle.board("Ana")["cue"] == "We’re taking a break"
    seen = circle.board("Ana")["version"]
    assert circle.press("Ana", "accept", seen=seen, mode="typed").status_code == 409
    circle.press("Hana", "release")
    assert circle.board("Ana")["cue"] == "It’s your turn, Ana"


def test_whoever_steps_away_comes_back_by_the_same_place_on_the_page(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    rare = {control["event"]: control for control in circle.board("Ana")["more"]}
    circle.press("Ana", "step-away", **rare["step-away"]["fields"])
    board = circle.board("Ana")
    assert board["turn"][0]["event"] == "come-back"
    assert circle.board("Hana")["order"][0]["status"] == "taking a break"
    circle.press("Ana", "come-back")
    assert circle.board("Hana")["order"][0]["status"] == "up next"


def test_hands_are_raised_and_given_the_floor_from_the_page(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "pass")
    rest = {control["event"]: control for control in circle.board("Hana")["rest"]}
    circle.press("Hana", "open-floor", **rest["open-floor"]["fields"])
    assert circle.board("Ana")["cue"] == "The floor is open"
    circle.press("Ana", circle.board("Ana")["turn"][0]["event"])
    assert circle.board("Ana")["turn"][0]["event"] == "lower-hand"
    give = circle.board("Hana")["turn"][1]
    assert give["text"] == "First hand: Ana"
    circle.press("Hana", "offer", **give["fields"])
    assert circle.board("Ana")["cue"] == "It’s your turn, Ana"


def test_a_nudge_is_words_for_one_person(circle: Circle) -> None:
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "accept", mode="typed")
    rest = {control["event"]: control for control in circle.board("Hana")["rest"]}
    circle.press("Hana", "nudge", **rest["nudge"]["fields"])
    assert "Only for you, from a facilitator" in str(circle.board("Ana")["lines"])
    assert "Only for you" not in str(circle.board("Hana"))
    assert circle.press("Ana", "nudge", person=str(circle.ana.id)).status_code == 403


def test_somebody_who_takes_part_elsewhere_is_told_by_their_board(circle: Circle) -> None:
    circle.join("Hana")
    state = f"/circles/{circle.call_id}/state"
    pages = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]
    browser = circle.browsers["Hana"]
    boards = [
        browser.get(f"{state}?page={page}", headers=JSON).get_json()["board"] for page in pages
    ]
    assert [board["page"] for board in boards] == [pages[0], pages[0]]
    taken = circle.press("Hana", "take-device", page=pages[1]).get_json()
    assert taken["board"]["page"] == pages[1]
    circle.clock.pass_by(minutes=1)
    assert browser.get(f"{state}?page={pages[0]}", headers=JSON).status_code == 200
    assert circle.board("Hana")["page"] == pages[1]
