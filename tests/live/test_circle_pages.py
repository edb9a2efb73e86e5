"""The lobby and the circle by plain HTTP: every event works without a socket or a script."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from community.accounts import actions as accounts_actions
from community.core.actor import Role, Staff
from community.core.db import transaction
from tests.conftest import Cost
from tests.live.circle import JSON, Circle, ClientFor
from tests.make import Make
from tests.pages import token


def test_the_lobby_opens_fifteen_minutes_before(circle: Circle) -> None:
    later = circle.make.call(circle.group, circle.hana, starts_in=timedelta(minutes=20))
    page = circle.browsers["Ana"].get(f"/calls/{later}/lobby")
    assert "The lobby isn’t open yet" in page.text
    assert "Join now" not in page.text
    answer = circle.post("Ana", f"/calls/{later}/lobby", {"way": "voice"})
    assert answer.status_code == 409
    circle.clock.pass_by(minutes=6)
    assert "Join now" in circle.browsers["Ana"].get(f"/calls/{later}/lobby").text


def test_somebody_with_a_seat_comes_in_at_once_and_others_knock(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.join("Ben", "text")
    assert circle.board("Ana")["is_in"]
    assert not circle.board("Ben")["is_in"]
    assert circle.board("Ben")["cue"] == "A facilitator will let you in"
    row = circle.board("Hana")["desk"][0]
    assert row["name"] == "Ben"
    circle.press("Hana", "admit", person=row["id"])
    assert circle.board("Ben")["is_in"]


@pytest.mark.holds("promise:10", "asvs:2")
def test_the_door_to_a_room_is_not_found_by_strangers(circle: Circle) -> None:
    circle.join("Hana")
    browser = circle.browsers["Stranger"]
    for path in (f"/calls/{circle.call_id}/lobby", f"/circles/{circle.call_id}"):
        assert browser.get(path).status_code == 404
    for path in ("state", "ticket"):
        answer = browser.get(f"/circles/{circle.call_id}/{path}", headers=JSON)
        assert answer.status_code == 404
    assert circle.press("Stranger", "leave").status_code == 404


@pytest.mark.holds("circle:R5")
def test_a_whole_circle_without_a_socket(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    board = circle.board("Ana")
    assert board["cue"] == "It’s your turn, Ana"
    circle.press("Ana", "accept", seen=board["version"], mode="typed", wish="reflection")
    assert circle.board("Hana")["cue"] == "Ana is sharing by text"
    assert circle.press("Ana", "say", words="A few words.").status_code == 200
    assert circle.board("Hana")["words"][0]["text"] == "A few words."
    circle.press_as_seen("Ana", "finish")
    assert "Thank you, Ana." in circle.board("Hana")["note"]
    circle.press("Hana", "end")
    ended = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/state", headers=JSON)
    assert ended.get_json()["reason"]["code"] == "ended"


@pytest.mark.holds("raur:13a")
def test_what_was_typed_is_said_to_have_come_by_text(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    circle.press_as_seen("Ana", "accept", mode="typed")
    circle.press("Ana", "say", words="A few words.")
    assert ">Ana, by text: A few words.</p>" in circle.page("Hana")
    assert ">You: A few words.</p>" in circle.page("Ana")


@pytest.mark.holds("promise:2")
def test_the_four_places_of_a_turn_never_move(circle: Circle) -> None:
    """Only what they say changes, and each way to decline keeps its place."""
    circle.make.signed_up(circle.call_id, circle.ben)
    circle.begin("Hana", "Ana", "Ben")
    said = {"": [_four_places(circle, "Ben"), _four_places(circle, "Ana")]}
    circle.press_as_seen("Ana", "accept", mode="voice")
    said["accept"] = [_four_places(circle, "Ana")]
    for event in ("pause", "resume"):
        circle.press("Ana", event)
        said[event] = [_four_places(circle, "Ana")]
    holding = ["Take a moment", "Pass this time", "I’ve finished", "Type instead"]
    assert said == {
        "": [
            ["Not your turn yet", "Pass this time", "Come back to me later", "Type my share"],
            ["Start my turn", "Pass this time", "Come back to me later", "Type my share"],
        ],
        "accept": [holding],
        "pause": [["Carry on", *holding[1:]]],
        "resume": [holding],
    }


def _four_places(circle: Circle, name: str) -> list[str]:
    turn = circle.board(name)["turn"]
    assert [it["key"] for it in turn] == ["turn-1", "turn-2", "turn-3", "turn-4"]
    return [it["text"] for it in turn]


@pytest.mark.holds("circle:6")
def test_the_same_press_again_counts_once(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    version = circle.board("Ana")["version"]
    once = str(uuid4())
    first = circle.press("Ana", "accept", seen=version, mode="typed", event_id=once)
    again = circle.press("Ana", "accept", seen=version, mode="typed", event_id=once)
    assert first.status_code == again.status_code == 200
    assert first.get_json()["board"]["version"] == again.get_json()["board"]["version"]


@pytest.mark.holds("circle:6")
def test_a_press_that_saw_an_old_room_is_stale(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    old = circle.board("Ana")["version"]
    circle.press("Ana", "accept", seen=old, mode="typed")
    circle.press_as_seen("Ana", "finish")
    answer = circle.press("Ana", "take-back", seen=old)
    assert answer.status_code == 409
    assert answer.get_json()["reason"]["code"] == "stale"


@pytest.mark.holds("circle:6", "asvs:35")
@pytest.mark.parametrize(
    "payload", [{}, {"call_id": "x"}, {"call_id": str(UUID(int=1)), "event_id": "y"}]
)
def test_nonsense_changes_nothing(circle: Circle, payload: dict[str, str]) -> None:
    circle.join("Hana")
    before = circle.board("Hana")["version"]
    browser = circle.browsers["Hana"]
    answer = browser.post(
        f"/circles/{circle.call_id}/events/start",
        json=payload,
        headers={**JSON, "X-CSRFToken": token(browser)},
    )
    assert answer.status_code == 422
    assert circle.board("Hana")["version"] == before


@pytest.mark.holds("circle:R5")
def test_every_control_is_a_form_that_works_without_script(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana", "text")
    page = circle.page("Hana")
    assert "Start the circle" in page
    answer = circle.post(
        "Hana", f"/circles/{circle.call_id}/events/start", {"event_id": str(uuid4())}
    )
    assert answer.status_code == 302
    assert circle.board("Ana")["cue"] == "Welcome"
    refused = circle.post(
        "Ana",
        f"/circles/{circle.call_id}/events/pass",
        {"event_id": str(uuid4()), "seen": str(circle.board("Ana")["version"])},
    )
    assert refused.status_code == 302
    assert "No round is on right now" in circle.browsers["Ana"].get("/guidelines").text


@pytest.mark.holds("acceptance:3", "promise:1")
def test_thirty_minutes_of_silence_change_nothing(circle: Circle) -> None:
    circle.begin("Hana", Ana="text")
    circle.press_as_seen("Ana", "accept", mode="typed")
    before, version = circle.board("Ana"), circle.board("Hana")["version"]
    circle.clock.pass_by(minutes=30)
    assert circle.board("Ana") == before
    assert circle.board("Hana")["version"] == version


@pytest.mark.holds("asvs:27")
def test_the_microphone_is_asked_for_in_the_lobby_and_the_circle_only(circle: Circle) -> None:
    circle.join("Hana")
    browser = circle.browsers["Hana"]
    for path, allowed in (
        (f"/calls/{circle.call_id}/lobby", True),
        (f"/circles/{circle.call_id}", True),
        (f"/calls/{circle.call_id}", False),
    ):
        policy = browser.get(path).headers["Permissions-Policy"]
        assert ("microphone=(self)" in policy) is allowed, path


def test_an_actor_without_a_place_is_taken_to_the_lobby(circle: Circle) -> None:
    answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}")
    assert answer.status_code == 302
    assert answer.headers["Location"].endswith(f"/calls/{circle.call_id}/lobby")


def test_whoever_left_finds_the_lobby_again(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Ana", "leave")
    answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}")
    assert answer.headers["Location"].endswith(f"/calls/{circle.call_id}/lobby")


def test_whoever_looks_again_after_its_end_is_thanked(circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", "start")
    circle.press("Hana", "end")
    answer = circle.browsers["Ana"].get(f"/circles/{circle.call_id}")
    assert answer.headers["Location"].endswith(f"/calls/{circle.call_id}/thanks")


def test_a_way_that_does_not_exist_is_said_beside_the_form(circle: Circle) -> None:
    answer = circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "by pigeon"})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text


def test_agreement_comes_before_a_circle(make: Make, client_for: ClientFor) -> None:
    hana = make.member("Hana")
    noor = make.member("Noor", agreed=False)
    group = make.everyone()
    assert group in noor.groups
    admin = make.staff("Ellen", Staff.ADMIN)
    make.appointed(group, admin, hana, frozenset({Role.FACILITATOR}))
    call_id = make.call(group, make.actor(hana), starts_in=timedelta(minutes=5))
    page = client_for(noor).get(f"/calls/{call_id}/lobby").text
    assert "Please read the guidelines" in page


def test_a_press_in_vain_takes_the_lock_of_the_circle_once(circle: Circle, cost: Cost) -> None:
    """However many come, they keep nobody from pressing what they may."""
    circle.join("Hana")
    circle.join("Ana")
    cost.statements.clear()
    assert circle.press("Ana", "start").status_code == 403
    assert len([each for each in cost.statements if "live_room.state AS room" in each]) == 1


def test_what_can_be_pressed_now_stands_before_what_is_always_there(circle: Circle) -> None:
    """The script puts it there too (browser/test_rehearsal)."""
    circle.begin("Hana", "Ana")
    circle.press_as_seen("Ana", "pass")
    page = circle.page("Ana")
    rest = page[page.index('id="rest"') :]
    assert 0 < rest.index('data-control="take-back"') < rest.index('id="captions-button"')


def test_keys_are_listed_as_somebody_chose_them_and_a_facilitator_leads_by_none(
    app: Flask, circle: Circle
) -> None:
    chosen = {"single_keys": True, "key_turn": "9", "key_passing": ""}
    with app.app_context(), transaction():
        for person in (circle.hana, circle.ana):
            accounts_actions.like_in_circles(person, chosen)
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name)
    pages = {name: circle.page(name) for name in ("Hana", "Ana", "Ben")}
    listed = {name: re.findall(r'data-key="(.)"', page) for name, page in pages.items()}
    assert listed == {"Hana": ["m", "h"], "Ana": ["9", "f", "m", "h"], "Ben": []}
