"""The rehearsal by plain HTTP: the real machine, pretend people, and nothing of it kept."""

import json
import re
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer
from werkzeug.test import TestResponse

from community.core.actor import Actor
from community.core.db import db
from tests.live.circle import JSON, Circle, ClientFor
from tests.make import Make
from tests.pages import token

PAGE = "/circles/rehearsal"


class Alone:
    """Somebody in a rehearsal, as their page's script does it."""

    def __init__(self, browser: FlaskClient, how: str = "way=voice") -> None:
        self.browser = browser
        page = browser.get(f"{PAGE}?{how}").text
        self.board = _read(page, "board")
        self.sealed = _read(page, "setup")["sealed"]

    def post(self, event: str, **fields: object) -> TestResponse:
        payload = {
            "call_id": "00000000-0000-8000-8000-000000000000",
            "event_id": str(uuid4()),
            "sealed": self.sealed,
            **fields,
        }
        headers = {**JSON, "X-CSRFToken": token(self.browser)}
        return self.browser.post(f"{PAGE}/events/{event}", json=payload, headers=headers)

    def press(self, event: str, **fields: object) -> dict[str, Any]:
        answer = self.post(event, **fields)
        assert answer.status_code == 200, answer.text
        self.sealed, self.board = answer.get_json()["sealed"], answer.get_json()["board"]
        return self.board

    def floor(self, event: str, **fields: object) -> dict[str, Any]:
        return self.press(event, seen=self.board["version"], **fields)

    @property
    def others_can_go_on(self) -> bool:
        return self.board["go_on"]["text"] == "Let the others go on"

    def until_my_turn(self) -> None:
        while self.others_can_go_on and not self.board["mine"]:
            self.press("go-on")


def _read(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}">(.*?)</script>', page, re.S)
    assert found
    return json.loads(found[1])


@pytest.fixture
def ana(make: Make) -> Actor:
    return make.member("Ana")


@pytest.fixture
def alone(ana: Actor, client_for: ClientFor) -> Alone:
    return Alone(client_for(ana))


def _rows(app: Flask) -> dict[str, int]:
    """How many rows each table has."""
    with app.app_context():
        return {name: db.session.query(table).count() for name, table in db.metadata.tables.items()}


def test_it_says_that_everybody_else_is_pretend(ana: Actor, client_for: ClientFor) -> None:
    page = client_for(ana).get(PAGE)
    assert page.status_code == 200
    assert "Rehearsal: everybody else here is pretend" in page.text
    assert "With Pretend Hana, facilitator" in page.text
    assert "microphone=(self)" in page.headers["Permissions-Policy"]


def test_the_others_wait_until_one_lets_them_go_on(alone: Alone) -> None:
    cues = [alone.board["cue"]]
    while alone.others_can_go_on and not alone.board["mine"]:
        cues.append(alone.press("go-on")["cue"])
    assert cues == [
        "You’re in the lobby",
        "Welcome",
        "What we ask of each other",
        "It’s Pretend Ana’s turn, when they’re ready",
        "Pretend Ana is speaking",
        "It’s your turn, Ana",
    ]
    assert not alone.others_can_go_on
    assert alone.press("go-on")["cue"] == "It’s your turn, Ana"


def test_a_whole_circle_can_be_rehearsed_to_its_goodbye(alone: Alone) -> None:
    alone.until_my_turn()
    alone.floor("accept", mode="voice", wish="just-listen")
    assert "Your microphone is on" in alone.board["lines"][0]["text"]
    alone.press("pause")
    assert alone.board["cue"] == "You’re taking a moment, Ana"
    alone.press("resume")
    alone.press("set-mode", mode="typed")
    alone.press("say", words="Only this page has read it.")
    assert alone.board["words"][-1]["text"] == "Only this page has read it."
    alone.press("set-mode", mode="silence")
    alone.floor("finish")
    told, parts = [], []
    while alone.others_can_go_on or alone.board["mine"]:
        alone.floor("pass") if alone.board["mine"] else alone.press("go-on")
        told.append(alone.board["tells"]["closing"])
        parts.append(alone.board["lines"][-1]["text"])
    assert "We close in about five minutes." in told
    assert "The closing round: a word or two, or none." in parts
    assert alone.board["cue"] == "We’re saying goodbye"
    assert [each["name"] for each in alone.board["words"]] == ["You", "Pretend Ben"]


@pytest.mark.parametrize("press", ["pass", "later", "listen-only", "step-away"])
def test_declining_is_rehearsed_and_taken_back(alone: Alone, press: str) -> None:
    alone.until_my_turn()
    alone.floor(press)
    assert not alone.board["mine"]
    alone.floor("take-back")
    assert alone.board["mine"]


def test_a_share_that_waits_is_sent_by_one_press(alone: Alone) -> None:
    alone.until_my_turn()
    alone.floor("send-prepared", mode="aloud")
    said = alone.board["words"][-1]
    assert said["text"].startswith("This is a share that waits")
    assert said["mine"]
    again = alone.post("send-prepared", seen=alone.board["version"])
    assert again.status_code == 409


def test_with_eyes_closed_the_one_button_lets_the_others_go_on(alone: Alone) -> None:
    assert alone.board["eyes"]["big"]["press"] == "Let the others go on"
    assert alone.board["eyes"]["big"]["key"] == "go-on"
    alone.until_my_turn()
    assert alone.board["eyes"]["big"]["key"] == "turn-1"


def test_after_ones_turn_somebody_pretend_says_a_word(alone: Alone) -> None:
    alone.until_my_turn()
    alone.floor("accept", mode="silence")
    alone.floor("finish")
    alone.press("go-on")
    assert [each["text"] for each in alone.board["echoes"]["for_me"]] == ["Pretend Ana: I hear you"]


def test_a_hand_is_raised_when_the_floor_is_open(alone: Alone) -> None:
    while alone.others_can_go_on or alone.board["mine"]:
        if alone.board["mine"]:
            alone.floor("pass")
        elif alone.board["cue"] == "The floor is open":
            break
        else:
            alone.press("go-on")
    alone.press("raise-hand")
    alone.press("go-on")
    assert alone.board["cue"] == "It’s your turn, Ana"


def test_the_pretend_facilitator_opens_what_she_is_asked(alone: Alone) -> None:
    alone.press("help")
    assert alone.board["asked"]["text"].startswith("The facilitators have it")
    alone.press("go-on")
    assert alone.board["asked"]["text"] == "A facilitator has opened it."


def test_by_text_only_ones_turn_begins_typed(ana: Actor, client_for: ClientFor) -> None:
    alone = Alone(client_for(ana), "way=text")
    alone.until_my_turn()
    assert alone.board["turn"][0]["fields"]["mode"] == "typed"


def test_what_travels_in_the_page_stays_small_however_much_is_typed(alone: Alone) -> None:
    alone.until_my_turn()
    alone.floor("accept", mode="typed")
    for number in range(12):
        words = "".join(chr(0x4E00 + (number * 2000 + n) * 7 % 20000) for n in range(2000))
        alone.press("say", words=words)
    assert alone.board["words"][-1]["text"] == words
    assert len(alone.sealed) < 80_000  # of the 256 kB that a press may bring along


@pytest.mark.holds("circle:13")
def test_nothing_of_it_is_stored(app: Flask, alone: Alone) -> None:
    before = _rows(app)
    alone.until_my_turn()
    alone.floor("accept", mode="typed")
    alone.press("say", words="Nobody keeps this.")
    alone.press("tell", words="Nor this.")
    assert _rows(app) == before


def desk_says(alone: Alone, event: str) -> dict[str, Any]:
    """The press of this name, wherever it stands on the desk."""
    rows = [control for row in alone.board["desk"] or [] for control in row["controls"]]
    own = [*alone.board["turn"], *alone.board["rest"], *alone.board["ends"]]
    lines = [control for line in alone.board["private"] for control in line["controls"]]
    return next(each for each in (*own, *rows, *lines) if each["event"] == event)


def test_a_facilitator_rehearses_leading_from_the_lobby_to_the_end(
    app: Flask, ana: Actor, client_for: ClientFor
) -> None:
    alone = Alone(client_for(ana), "part=facilitator")
    before = _rows(app)

    def lead(event: str) -> None:
        alone.press(event, **desk_says(alone, event)["fields"])
        while alone.others_can_go_on:
            alone.press("go-on")

    assert alone.board["desk"][0]["status"] == "would like to come in"
    for event in ("admit", "start", "read-guidelines", "begin-round"):
        lead(event)
    assert alone.board["cue"] == "Everybody has had their turn"
    assert [line["text"] for line in alone.board["private"]] == ["needs a facilitator"]
    for event in ("opened", "open-floor", "offer", "say-closing", "begin-closing-round"):
        lead(event)
    lead("say-goodbye")
    assert alone.board["go_on"]["text"] == "Begin again"
    lead("end")
    assert alone.board["goes_to"] == "/calls"
    assert _rows(app) == before
    assert "You’ve led a whole circle" in alone.browser.get("/calls").text


def test_leading_is_rehearsed_without_script_too(ana: Actor, client_for: ClientFor) -> None:
    browser, call_id = client_for(ana), uuid4()
    page = browser.get(f"{PAGE}?part=facilitator&lobby={call_id}").text
    assert "With Ana, facilitator" in page
    assert "Pretend Noor has no seat" in page
    for event, cue in (("start", "Welcome"), ("read-guidelines", "What we ask of each other")):
        page = _press_a_form(browser, page, event).text
        assert cue in page
    over = _press_a_form(browser, page, "end")
    assert over.headers["Location"] == f"/calls/{call_id}/lobby"


def test_the_call_and_the_lobby_lead_a_facilitator_to_it(circle: Circle) -> None:
    call, lobby = f"/calls/{circle.call_id}", f"/calls/{circle.call_id}/lobby"
    for page in (call, lobby, "/calls/new"):
        assert "part=facilitator" in circle.browsers["Hana"].get(page).text
    for page in (call, lobby):
        assert "part=facilitator" not in circle.browsers["Ana"].get(page).text


def test_a_press_that_saw_an_old_room_is_stale(alone: Alone) -> None:
    old = alone.board["version"]
    alone.until_my_turn()
    answer = alone.post("pass", seen=old)
    assert (answer.status_code, answer.get_json()["reason"]["code"]) == (409, "stale")


def test_a_member_leads_nothing(alone: Alone) -> None:
    answer = alone.post("start")
    assert (answer.status_code, answer.get_json()["reason"]["code"]) == (403, "facilitators-only")


def test_what_we_did_not_seal_is_refused_and_says_what_to_do(
    alone: Alone, make: Make, client_for: ClientFor
) -> None:
    theirs = Alone(client_for(make.member("Ben"))).sealed
    older = _sealed_by(alone, {"room": {"phase": "lobby"}, "said": [], "lobby": None})
    for sealed in ("", "nonsense", alone.sealed[:-2] + "xx", theirs, older):
        answer = alone.post("go-on", sealed=sealed)
        assert answer.status_code == 422
        assert "Begin a new one" in answer.get_json()["reason"]["text"]


def _sealed_by(alone: Alone, facts: dict[str, Any]) -> str:
    app = alone.browser.application
    key = app.config["SECRET_KEY"]
    me = alone.board["me"]
    return str(URLSafeSerializer(key, salt=f"seal:rehearsal:{me}").dumps(facts))


def test_it_works_without_script(ana: Actor, client_for: ClientFor) -> None:
    browser = client_for(ana)
    page = browser.get(PAGE).text
    for cue in ("Welcome", "What we ask of each other", "Pretend Ana’s turn"):
        page = _press_a_form(browser, page, "go-on").text
        assert cue in page.replace("&#39;", "’")
    refused = _press_a_form(browser, page, "accept")
    assert refused.status_code == 200
    assert "It isn’t your turn" in refused.text
    left = _press_a_form(browser, page, "leave")
    assert left.headers["Location"] == "/calls"
    lost = browser.post(
        f"{PAGE}/events/go-on",
        data={"csrf_token": token(browser), "event_id": str(uuid4()), "sealed": "x"},
        follow_redirects=True,
    )
    assert "Begin a new one" in lost.text
    assert "You’re in the lobby" in lost.text


def test_leaving_goes_back_to_the_lobby_one_came_from(ana: Actor, client_for: ClientFor) -> None:
    browser, call_id = client_for(ana), uuid4()
    page = browser.get(f"{PAGE}?lobby={call_id}").text
    assert _read(page, "setup")["call"] == f"/calls/{call_id}/lobby"
    left = _press_a_form(browser, page, "leave")
    assert left.headers["Location"] == f"/calls/{call_id}/lobby"


def _press_a_form(browser: FlaskClient, page: str, event: str) -> TestResponse:
    form = re.search(rf'action="{PAGE}/events/{event}".*?</form>', page, re.S)
    assert form, event
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', form[0]))
    return browser.post(f"{PAGE}/events/{event}", data=fields)
