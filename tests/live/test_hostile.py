"""People and programs that press what they were not given."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask

from community.calls.actions import seating as calls_seating
from community.core.sockets import PRESSES, SIGNALS
from community.groups import actions as groups_actions
from community.live import actions
from community.safety import actions as safety_actions
from tests.live.circle import JSON, Circle
from tests.live.lines import Line, greeting, in_a_circle


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana and Ana are in a circle that has started; Ben knocks. All have an open line."""
    return in_a_circle(app, circle, "Hana", "Ana", "Ben")


def left_the_group(circle: Circle) -> None:
    circle.make.done(
        lambda: groups_actions.leave(
            circle.make.actor(circle.ana), circle.group, now=circle.make.clock.now()
        )
    )


def took_consent_back(circle: Circle) -> None:
    now = circle.clock.now()
    circle.make.done(lambda: safety_actions.withdraw(circle.make.actor(circle.ana), now=now))


@pytest.mark.parametrize("gone", [left_the_group, took_consent_back])
@pytest.mark.holds("asvs:5", "asvs:34")
def test_whoever_is_not_a_member_any_more_can_do_nothing_in_a_circle_that_is_on(
    circle: Circle, lines: dict[str, Line], gone: Callable[[Circle], None]
) -> None:
    before = circle.board("Hana")
    gone(circle)
    ana = lines["Ana"]
    for event, fields in (
        ("mic-on", {}),
        ("mic-off", {}),
        ("leave", {}),
        ("say", {"words": "Still here."}),
        ("pass", {"seen": before["version"]}),
    ):
        assert not ana.press(event, **fields)["ok"], event
        assert circle.press("Ana", event, **fields).status_code in {302, 404}, event
    assert not ana.ask("enter-circle")["ok"]
    assert not ana.signal(**greeting(circle.hana.id))["ok"]
    for path in ("state", "ticket"):
        answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/{path}", headers=JSON)
        assert answer.status_code in {302, 404}
    after = circle.board("Hana")
    assert [after[what] for what in ("cue", "words", "heard")] == [before["cue"], [], []]
    assert lines["Hana"].received("signal") == []


@pytest.mark.holds("asvs:5", "asvs:19")
def test_leaving_a_group_closes_the_line_to_its_circle(
    circle: Circle, lines: dict[str, Line]
) -> None:
    circle.post("Ana", f"/groups/{circle.group}/leave", {})
    assert not lines["Ana"].socket.is_connected()
    assert lines["Hana"].socket.is_connected()


@pytest.mark.holds("asvs:4")
def test_whoever_only_knocks_gets_no_way_to_reach_the_others(
    circle: Circle, lines: dict[str, Line]
) -> None:
    answer = circle.browsers["Ben"].get(f"/circles/{circle.call_id}/ticket", headers=JSON)
    assert answer.status_code == 409
    assert not lines["Ben"].signal(**greeting(circle.ana.id))["ok"]
    circle.press("Hana", "admit", person=str(circle.ben.id))
    answer = circle.browsers["Ben"].get(f"/circles/{circle.call_id}/ticket", headers=JSON)
    assert answer.status_code == 200


def test_whoever_is_not_let_in_is_told(circle: Circle, lines: dict[str, Line]) -> None:
    lines["Hana"].press("refuse", person=str(circle.ben.id))
    assert lines["Ben"].received("removed")[0]["cue"] == "You can’t come in this time"
    lines["Hana"].press("hold")
    assert lines["Ben"].received("board") == []


def test_whoever_still_knocks_is_told_that_it_is_over(
    circle: Circle, lines: dict[str, Line]
) -> None:
    lines["Hana"].press("end")
    for name in ("Hana", "Ana", "Ben"):
        assert lines[name].received("ended") == [{"call_id": str(circle.call_id)}], name


@pytest.mark.holds("circle:6")
def test_an_end_whose_answer_was_lost_gets_the_same_answer_again(
    circle: Circle, lines: dict[str, Line]
) -> None:
    once = str(uuid4())
    first = lines["Hana"].ask("end", event_id=once)
    assert first["ok"]
    assert lines["Hana"].ask("end", event_id=once) == first
    assert circle.press("Hana", "end", event_id=once).get_json() == first
    assert circle.press("Stranger", "end", event_id=once).status_code == 404


def test_a_press_after_the_end_hears_that_it_is_over(
    circle: Circle, lines: dict[str, Line]
) -> None:
    assert lines["Hana"].press("end")["ok"]
    assert lines["Hana"].press("leave")["reason"]["code"] == "ended"
    assert lines["Ana"].ask("enter-circle")["reason"]["code"] == "ended"
    assert not lines["Ana"].signal(**greeting(circle.hana.id))["ok"]


@pytest.mark.holds("circle:11", "circle:R8")
def test_whoever_takes_part_by_plain_http_is_back_when_they_ask_for_the_state(
    circle: Circle,
) -> None:
    circle.begin("Hana", Ana="text")
    circle.make.done(lambda: actions.after_restart(now=circle.clock.now()))
    assert circle.board("Hana")["cue"] == "We’re waiting for Ana"
    circle.board("Ana")
    assert circle.board("Hana")["cue"] == "It’s Ana’s turn, when they’re ready"


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize("seen", ["9" * 5000, "-1", "1.5", "", "٣", "NaN"])
def test_nonsense_in_a_form_is_refused_calmly(circle: Circle, seen: str) -> None:
    circle.join("Hana")
    answer = circle.post(
        "Hana",
        f"/circles/{circle.call_id}/events/move-on",
        {"event_id": str(uuid4()), "seen": seen},
    )
    assert answer.status_code == 302


def test_a_press_for_one_circle_cannot_be_sent_to_the_address_of_another(circle: Circle) -> None:
    circle.join("Hana")
    other = circle.make.call(circle.group, circle.hana, starts_in=timedelta(minutes=5))
    answer = circle.press("Hana", "start", call_id=str(other))
    assert answer.status_code == 422
    assert circle.board("Hana")["cue"] != "Welcome"


@pytest.mark.holds("asvs:4")
def test_words_that_somebody_sends_as_a_name_of_another_are_their_own(
    circle: Circle, lines: dict[str, Line]
) -> None:
    for forged in ("by", "person", "account_id", "text_id", "part"):
        answer = lines["Ana"].press("mic-off", **{forged: str(circle.hana.id)})
        assert answer["reason"]["code"] == "unreadable", forged


@pytest.mark.holds("asvs:35")
def test_a_flood_of_presses_is_slowed_down_and_stops_nobody_else(
    circle: Circle, lines: dict[str, Line]
) -> None:
    answers = [lines["Ana"].press("mic-off") for _ in range(PRESSES.burst)]
    assert answers[0]["ok"]
    assert answers[-1]["reason"]["code"] == "slow-down"  # entering counted too
    assert circle.press("Ana", "mic-off").status_code == 429
    assert lines["Hana"].press("hold")["ok"]
    circle.clock.pass_by(seconds=1)
    assert lines["Ana"].press("mic-off")["ok"]


@pytest.mark.holds("asvs:35")
def test_a_flood_of_signals_is_slowed_down(circle: Circle, lines: dict[str, Line]) -> None:
    most = SIGNALS.burst
    answers = [lines["Ana"].signal(**greeting(circle.hana.id)) for _ in range(most + 9)]
    assert [answer["ok"] for answer in answers] == [True] * most + [False] * 9
    assert len(lines["Hana"].received("signal")) == most
    assert lines["Ana"].press("mic-off")["ok"]


def test_a_seat_that_was_given_up_is_no_key_to_the_room(circle: Circle) -> None:
    circle.join("Hana")
    now = circle.clock.now()
    circle.make.done(lambda: calls_seating.give_up_seat(circle.ana, circle.call_id, now=now))
    circle.join("Ana")
    assert not circle.board("Ana")["is_in"]
