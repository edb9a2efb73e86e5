"""What is decided about somebody is so at once in what they have open: lines, circles, media."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask

from community.accounts.sanctions.rules import SanctionKind
from community.calls import queries as calls_queries
from community.core.sockets import socketio
from community.live import queries as live_queries
from community.live.rules.room import Presence, Room, Way
from tests.fakes import PretendMedia
from tests.live.lines import Line, in_a_circle
from tests.moderation.typed import TypedCircle
from tests.pages import send

WARNING, CIRCLES, MUTE, BAN, LIMIT, SUSPEND = SanctionKind


@pytest.fixture
def item_id(circle: TypedCircle) -> UUID:
    """Something that Ana wrote in a thread of the group, reported."""
    thread_id = circle.make.thread(circle.group, circle.ben)
    reply_id = circle.make.reply(thread_id, circle.ana)
    item_id = circle.make.report(reply_id, circle.ben, "stop_treatment")
    assert item_id is not None
    return item_id


@pytest.fixture
def lines(app: Flask, circle: TypedCircle, item_id: UUID) -> dict[str, Line]:
    """Hana, Ana and Ben in a circle. It is Ana’s turn, by voice, and her microphone is on."""
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    lines = in_a_circle(app, circle, "Hana", "Ana", "Ben")
    assert lines["Hana"].press("begin-round", seen=seen(circle))["ok"]
    accepted = {"seen": seen(circle), "mode": "voice", "wish": "just-listen"}
    assert lines["Ana"].press("accept", **accepted)["ok"]
    return lines


def seen(circle: TypedCircle) -> int:
    return int(circle.board("Hana")["version"])


def room(circle: TypedCircle) -> Room:
    found = circle.make.done(lambda: live_queries.room_of(circle.hana, circle.call_id))
    assert found is not None
    return found


def decide(circle: TypedCircle, by: str, item_id: UUID, step: str) -> None:
    """On the page, as a moderator does it."""
    about = f"/moderation/{item_id}/person"
    choice = {"step": step, "rule": "medicine", "why": "It came again.", "version": "1"}
    assert send(circle.browsers[by], about, **choice).status_code == 302


def comes_back(app: Flask, circle: TypedCircle) -> bool:
    return bool(socketio.test_client(app, flask_test_client=circle.browsers["Ana"]).is_connected())


@pytest.mark.holds("moderation:15", "asvs:5", "asvs:19")
def test_suspending_cuts_lines_and_media_and_frees_the_floor(
    app: Flask, circle: TypedCircle, lines: dict[str, Line], item_id: UUID
) -> None:
    assert room(circle).floor.person == circle.ana.id
    decide(circle, "Pat", item_id, "suspend-7")
    assert not lines["Ana"].socket.is_connected()
    assert not comes_back(app, circle)
    assert lines["Ben"].socket.is_connected()
    after = room(circle)
    assert after.person(circle.ana.id).presence not in {Presence.CONNECTED, Presence.IN_LOBBY}
    assert not after.person(circle.ana.id).mic
    assert after.floor.person != circle.ana.id
    media = app.extensions["ports"].media
    assert isinstance(media, PretendMedia)
    assert circle.ana.id in {told[2] for told in media.told if told[0] == "remove"}
    assert "Ana is speaking" not in lines["Ben"].received("board")[-1]["cue"]


@pytest.mark.holds("moderation:15", "asvs:5", "asvs:19")
def test_a_ban_puts_out_of_the_circle_and_leaves_the_rest_open(
    app: Flask, circle: TypedCircle, lines: dict[str, Line], item_id: UUID
) -> None:
    decide(circle, "Pat", item_id, "ban-90")
    assert not lines["Ana"].socket.is_connected()
    assert room(circle).floor.person != circle.ana.id
    back = Line(app, circle, "Ana")
    assert back.socket.is_connected()
    assert back.ask("enter-circle")["reason"]["code"] == "not-found"
    assert back.press("accept", seen=1, mode="voice")["reason"]["code"] == "not-found"
    assert circle.browsers["Ana"].get(f"/calls/{circle.call_id}/circle").status_code == 404


@pytest.mark.holds("moderation:15", "asvs:5")
@pytest.mark.parametrize("by", ["Mori", "Pat"])
def test_moderators_send_somebody_out_of_a_circle_that_they_are_not_in(
    app: Flask, circle: TypedCircle, lines: dict[str, Line], item_id: UUID, by: str
) -> None:
    decide(circle, by, item_id, "circles-1")
    assert not lines["Ana"].socket.is_connected()
    assert room(circle).floor.person != circle.ana.id
    assert "Ana is speaking" not in lines["Ben"].received("board")[-1]["cue"]
    back = Line(app, circle, "Ana")
    assert not back.ask("enter-circle")["ok"]
    browser = circle.browsers["Ana"]
    lobby = f"/calls/{circle.call_id}/lobby"
    assert "closed to you for now" in browser.get(lobby).text
    assert send(browser, "/comfort", lobby, way="voice").status_code == 403
    assert browser.get(f"/groups/{circle.group}").status_code == 200
    circle.clock.pass_by(days=1)
    assert "closed to you for now" not in browser.get(lobby).text


def test_their_seats_of_that_day_are_free_and_later_ones_stay_theirs(
    circle: TypedCircle, item_id: UUID
) -> None:
    make, there = circle.make, {"seats": 8, "seated": [circle.ana]}
    soon = make.call(circle.group, circle.hana, starts_in=timedelta(hours=20), **there)
    later = make.call(circle.group, circle.hana, starts_in=timedelta(hours=30), **there)
    decide(circle, "Mori", item_id, "circles-1")
    held = make.done(lambda: calls_queries.held_in(circle.ana, circle.group))
    assert soon not in held
    assert later in held


@pytest.mark.holds("moderation:15")
@pytest.mark.parametrize(
    ("by", "step", "code"), [("Mori", "mute-7", "muted"), ("Pat", "limit-7", "limited")]
)
def test_whoever_may_not_write_listens_from_that_moment(
    app: Flask,
    circle: TypedCircle,
    lines: dict[str, Line],
    item_id: UUID,
    by: str,
    step: str,
    code: str,
) -> None:
    decide(circle, by, item_id, step)
    after = room(circle)
    ana = after.person(circle.ana.id)
    assert after.floor.person != circle.ana.id
    assert (ana.mic, ana.way) == (False, Way.LISTEN)
    back = Line(app, circle, "Ana")
    assert back.ask("enter-circle")["ok"]
    for press, fields in (
        ("mic-on", {}),
        ("say", {"words": "And another thing."}),
        ("raise-hand", {}),
        ("take-turns", {"way": "text"}),
        ("take-back", {"seen": after.version}),
        ("reply", {"person": str(circle.ben.id), "words": "Stop."}),
        ("accept", {"seen": after.version, "mode": "voice"}),
    ):
        assert back.press(press, **fields)["reason"]["code"] == code, press
    assert back.press("help")["ok"]
    assert back.press("leave")["ok"]


def test_whoever_is_muted_comes_in_to_listen(circle: TypedCircle, item_id: UUID) -> None:
    decide(circle, "Mori", item_id, "mute-7")
    circle.join("Ana", "voice")
    assert room(circle).person(circle.ana.id).way is Way.LISTEN
    circle.clock.pass_by(days=7)
    event = str(uuid4())
    assert circle.press("Ana", "raise-hand", event_id=event).get_json()["reason"]["code"] != "muted"
