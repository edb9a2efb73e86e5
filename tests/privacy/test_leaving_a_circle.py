"""Whoever goes for good while they are in a circle is out of it at once, and it goes on."""

import pytest
from flask import Flask

from community.live import queries as live_queries
from community.live.rules.room import Presence
from tests.fakes import FrozenClock, PretendMedia
from tests.live.circle import ClientFor
from tests.live.lines import Line, in_a_circle
from tests.make import Make
from tests.moderation.typed import TypedCircle
from tests.pages import send


@pytest.fixture
def circle(make: Make, client_for: ClientFor, clock: FrozenClock) -> TypedCircle:
    return TypedCircle(make, client_for, clock)


@pytest.fixture
def lines(app: Flask, circle: TypedCircle) -> dict[str, Line]:
    """Hana, Ana and Ben in a circle. It is Ana’s turn, by voice."""
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    lines = in_a_circle(app, circle, "Hana", "Ana", "Ben")
    assert lines["Hana"].press("begin-round", seen=seen(circle))["ok"]
    accepted = {"seen": seen(circle), "mode": "voice", "wish": "just-listen"}
    assert lines["Ana"].press("accept", **accepted)["ok"]
    return lines


def seen(circle: TypedCircle) -> int:
    return int(circle.board("Hana")["version"])


@pytest.mark.holds("asvs:19")
@pytest.mark.parametrize("when", ["later", "now"])
def test_their_line_their_floor_and_their_sound_end(
    app: Flask, circle: TypedCircle, lines: dict[str, Line], when: str
) -> None:
    answer = send(circle.browsers["Ana"], "/leave-for-good/sure", words="erased", when=when)
    assert answer.status_code == 302
    assert not lines["Ana"].socket.is_connected()
    assert lines["Ben"].socket.is_connected()
    room = circle.make.done(lambda: live_queries.room_of(circle.hana, circle.call_id))
    assert room is not None
    assert room.floor.person != circle.ana.id
    assert room.person(circle.ana.id).presence not in {Presence.CONNECTED, Presence.IN_LOBBY}
    media = app.extensions["ports"].media
    assert isinstance(media, PretendMedia)
    assert circle.ana.id in {told[2] for told in media.told if told[0] == "remove"}
    ticket = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/ticket")
    assert ticket.status_code in {302, 403}
    assert circle.board("Ben")["version"] == circle.board("Hana")["version"]


@pytest.mark.holds("promise:7")
def test_whoever_holds_it_goes_when_it_is_over(circle: TypedCircle, lines: dict[str, Line]) -> None:
    answer = send(circle.browsers["Hana"], "/leave-for-good/sure", words="erased", when="now")
    assert answer.status_code == 409
    assert lines["Hana"].socket.is_connected()
