"""The circle by socket: who hears what, who is refused, what happens when a line drops."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import delete

from community.accounts import actions as accounts_actions
from community.accounts.models import SignedInBrowser
from community.core.db import db, transaction
from community.core.sockets import hang_up, socketio
from tests.conftest import Cost
from tests.live.circle import Circle
from tests.live.lines import Line, in_a_circle


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana and Ana in a circle that has started, each with an open line."""
    return in_a_circle(app, circle, "Hana", "Ana")


@pytest.mark.holds("circle:12")
def test_everybody_hears_what_was_committed_each_as_they_may_see_it(
    circle: Circle, lines: dict[str, Line]
) -> None:
    answer = lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    heard = lines["Ana"].received("board")
    assert heard[-1]["version"] == answer["board"]["version"]
    assert heard[-1]["cue"] == "It’s your turn, Ana"
    assert heard[-1]["desk"] is None
    assert answer["board"]["desk"] is not None


@pytest.mark.holds("circle:5", "circle:12")
def test_in_a_circle_its_board_says_who_is_heard_and_nothing_else_does(
    circle: Circle, lines: dict[str, Line]
) -> None:
    lines["Ana"].socket.get_received()
    lines["Hana"].press("mic-on")
    (told,) = lines["Ana"].socket.get_received()
    assert (told["name"], told["args"][0]["heard"]) == ("board", [str(circle.hana.id)])


def test_the_cookie_of_a_line_is_unlocked_once_for_all_presses(
    lines: dict[str, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    unlocked = []
    unlock = SecureCookieSessionInterface.open_session
    monkeypatch.setattr(
        SecureCookieSessionInterface,
        "open_session",
        lambda *asked: (unlocked.append(asked), unlock(*asked))[-1],
    )
    assert [lines["Hana"].press(name)["ok"] for name in ("mic-on", "mic-off")] == [True, True]
    assert unlocked == []


@pytest.mark.holds("circle:12")
def test_a_press_takes_four_statements_and_one_more_where_somebody_has_typed(
    circle: Circle, lines: dict[str, Line], cost: Cost
) -> None:
    def press(name: str) -> int:
        lines["Ana"].received("board")
        cost.statements.clear()
        assert lines["Hana"].press(name)["ok"]
        return int(cost)

    press("hold")
    assert press("release") == 4  # who presses, the room, that it is taken, what came of it
    lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    lines["Ana"].press("accept", seen=circle.board("Ana")["version"], mode="typed")
    assert lines["Ana"].press("say", words="Hello, all of you.")["ok"]
    assert press("hold") == 5
    words = lines["Ana"].received("board")[-1]["words"]
    assert [each["text"] for each in words] == ["Hello, all of you."]


def test_who_presses_is_asked_at_each_press_even_where_a_context_outlives_it(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    with app.app_context():
        assert lines["Ana"].press("slower")["ok"]
        with transaction():
            mine = SignedInBrowser.account_id == circle.ana.id
            db.session.execute(delete(SignedInBrowser).where(mine))
        assert lines["Ana"].press("help")["reason"]["code"] == "sign-in-first"


@pytest.mark.holds("circle:6")
def test_a_refused_press_is_acked_with_words_and_told_to_nobody(
    circle: Circle, lines: dict[str, Line]
) -> None:
    answer = lines["Ana"].press("start")
    assert answer == {
        "ok": False,
        "reason": {"code": "facilitators-only", "text": "Only a facilitator can do that."},
    }
    assert lines["Hana"].received("board") == []


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize("payload", [None, 7, [], {"call_id": 5}, {"call_id": "x" * 9000}])
def test_nonsense_is_refused_and_kills_nothing(lines: dict[str, Line], payload: Any) -> None:
    for event in ("enter-circle", "signals", "pass", "say"):
        answer = lines["Ana"].socket.emit(event, payload, callback=True)
        assert answer["ok"] is False
        assert answer["reason"]["code"] != "our-fault"
    assert lines["Ana"].ask("enter-circle")["ok"]


@pytest.mark.holds("asvs:4", "asvs:34")
def test_a_stranger_cannot_enter(app: Flask, circle: Circle, lines: dict[str, Line]) -> None:
    stranger = Line(app, circle, "Stranger")
    assert stranger.ask("enter-circle")["reason"]["code"] == "not-found"
    lines["Hana"].press("hold")
    assert stranger.received("board") == []


@pytest.mark.holds("asvs:34", "asvs:35")
def test_signals_go_between_connected_people_and_carry_the_servers_stamp(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    ends = {"end": str(uuid4()), "far": None}
    sent = lines["Hana"].signal(to=str(circle.ana.id), **ends)
    assert sent == {"ok": True}
    assert lines["Ana"].received("signal") == [{"from": str(circle.hana.id), "data": ends}]
    for name, to in (("Stranger", circle.ana.id), ("Hana", circle.ben.id)):
        line = lines.get(name) or Line(app, circle, name)
        assert line.signal(to=str(to), **ends)["reason"]["code"] == "not-found"
    forged = lines["Hana"].signal(to=str(circle.ana.id), **{"from": "x"}, **ends)
    assert forged["reason"]["code"] == "not-a-signal"


@pytest.mark.holds("circle:R1", "circle:R2", "promise:7")
def test_the_floor_waits_for_whoever_drops(circle: Circle, lines: dict[str, Line]) -> None:
    lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    lines["Ana"].press("accept", seen=circle.board("Ana")["version"], mode="typed")
    lines["Ana"].socket.disconnect()
    assert circle.board("Hana")["cue"] == "We’re waiting for Ana"
    circle.clock.pass_by(minutes=10)
    assert circle.board("Hana")["cue"] == "We’re waiting for Ana"


@pytest.mark.holds("F:F31")
def test_leaving_is_quiet_and_keeps_the_place(circle: Circle, lines: dict[str, Line]) -> None:
    lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    assert lines["Ana"].press("leave") == {"ok": True}
    assert circle.board("Hana")["order"][0]["status"] == "stepped away"
    circle.join("Ana")
    assert circle.board("Ana")["is_in"]


@pytest.mark.holds("circle:R7", "promise:7")
def test_of_two_pages_only_one_is_active_and_the_other_can_take_over(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    first, second = lines["Ana"], Line(app, circle, "Ana")
    board = second.ask("enter-circle")["board"]
    assert board["page"] == first.page
    ends = {"end": str(uuid4()), "far": None}
    refused = second.signal(to=str(circle.hana.id), **ends)
    assert refused["reason"]["code"] == "elsewhere"
    first.received("board")
    assert second.press("take-device", page=second.page)["board"]["page"] == second.page
    heard = [each["name"] for each in first.socket.get_received()]
    assert heard.index("elsewhere") < heard.index("board")
    assert lines["Hana"].signal(to=str(circle.ana.id), **ends)["ok"]
    assert second.received("signal")
    assert first.received("signal") == []
    assert not first.signal(to=str(circle.hana.id), **ends)["ok"]
    assert first.press("take-device", page=first.page)["ok"]
    assert [each["name"] for each in second.socket.get_received()] == ["elsewhere", "board"]


@pytest.mark.holds("circle:R7")
def test_only_the_active_page_that_goes_is_waited_for(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    second = Line(app, circle, "Ana")
    assert second.ask("enter-circle")["ok"]
    second.socket.disconnect()
    assert "connecting again" not in str(circle.board("Hana")["desk"])
    third = Line(app, circle, "Ana")
    assert third.ask("enter-circle")["ok"]
    lines["Ana"].socket.disconnect()
    assert "connecting again" in str(circle.board("Hana")["desk"])
    assert third.press("take-device", page=third.page)["ok"]
    assert "connecting again" not in str(circle.board("Hana")["desk"])


@pytest.mark.holds("promise:7", "circle:R7")
def test_a_page_that_is_loaded_anew_is_the_same_page(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    again = Line(app, circle, "Ana")
    again.page = lines["Ana"].page
    assert again.ask("enter-circle")["ok"]
    lines["Ana"].socket.disconnect()
    assert "connecting again" not in str(circle.board("Hana")["desk"])
    again.socket.disconnect()
    assert "connecting again" in str(circle.board("Hana")["desk"])


@pytest.mark.holds("circle:R7")
def test_a_page_that_goes_while_it_comes_in_is_waited_for(
    app: Flask, circle: Circle, lines: dict[str, Line], monkeypatch: pytest.MonkeyPatch
) -> None:
    lines["Ana"].socket.disconnect()
    again, now = Line(app, circle, "Ana"), circle.clock.now
    sid = socketio.server.manager.sid_from_eio_sid(again.socket.eio_sid, "/")

    def goes_meanwhile() -> datetime:
        socketio.server.manager.pre_disconnect(sid, "/")
        return now()

    monkeypatch.setattr(circle.clock, "now", goes_meanwhile)
    again.ask("enter-circle")
    monkeypatch.undo()
    assert "connecting again" in str(circle.board("Hana")["desk"])


@pytest.mark.holds("asvs:5", "asvs:19")
def test_a_browser_that_was_signed_out_is_refused_at_its_next_press(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    with app.app_context():
        row = db.session.query(SignedInBrowser).filter_by(account_id=circle.ana.id).one()
        browser_id = row.id
    circle.make.done(lambda: accounts_actions.end_browser(circle.ana, browser_id))
    assert lines["Ana"].press("leave")["reason"]["code"] == "sign-in-first"


@pytest.mark.holds("asvs:19")
def test_signing_out_ends_every_open_line(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    assert lines["Ana"].socket.is_connected()
    with app.app_context():
        hang_up(circle.ana.id)
    assert not lines["Ana"].socket.is_connected()
    assert lines["Hana"].socket.is_connected()


@pytest.mark.holds("circle:12", "promise:3")
def test_whoever_is_removed_is_told_why_and_hears_nothing_more(
    circle: Circle, lines: dict[str, Line]
) -> None:
    lines["Hana"].press("remove", person=str(circle.ana.id), why="A test of the door.")
    told = lines["Ana"].received("removed")
    assert told[0]["why"] == "This is why: A test of the door."
    lines["Hana"].press("hold")
    assert lines["Ana"].received("board") == []
    assert lines["Ana"].press("leave")["reason"]["code"] == "removed"
    ends = {"end": str(uuid4()), "far": None}
    assert not lines["Ana"].signal(to=str(circle.hana.id), **ends)["ok"]
