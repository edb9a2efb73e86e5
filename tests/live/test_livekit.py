"""A real media server keeps to what the port says, whatever a client asks of it."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from typing import Any
from uuid import UUID, uuid4

import jwt
import pytest
from simple_websocket import Client, ConnectionClosed

from community.core.clock import SystemClock
from community.core.media import NOBODY, Allowed, Path
from community.core.ports import Ticket
from community.live.livekit import TICKETS_LAST, LiveKit
from community.live.mesh import Mesh
from tests.media_server import MediaServer, free_port

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROOM, ANA, BEN = UUID(int=1), UUID(int=2), UUID(int=3)
SECRET = "only for this test, and long enough"
SERVED = LiveKit("wss://media.example.org", "circles", SECRET, SystemClock())

Join = Callable[..., Client]


def claims(token: str) -> dict[str, Any]:
    read: dict[str, Any] = jwt.decode(
        token, SECRET, ["HS256"], options={"verify_exp": False}, issuer="circles"
    )
    return read


def test_a_ticket_names_a_person_and_a_room_and_nobody_s_name() -> None:
    said = claims(SERVED.ticket(ROOM, ANA, NOON).token)
    assert (said["sub"], said["video"]["room"]) == (str(ANA), str(ROOM))
    assert set(said) == {"iss", "sub", "exp", "video"}


@pytest.mark.holds("asvs:35")
def test_a_ticket_lasts_a_minute_at_most() -> None:
    ticket = SERVED.ticket(ROOM, ANA, NOON)
    assert ticket.expires_at == NOON + timedelta(seconds=60)
    assert claims(ticket.token)["exp"] == ticket.expires_at.timestamp()


@pytest.mark.holds("promise:3")
@pytest.mark.parametrize(
    ("allowed", "sources"),
    [
        (Allowed(), []),
        (Allowed(heard={BEN}, seen={BEN}), []),
        (Allowed(heard={ANA}), ["microphone"]),
        (Allowed(seen={ANA}), ["camera"]),
        (Allowed(heard={ANA}, seen={ANA}), ["camera", "microphone"]),
    ],
)
def test_a_ticket_says_what_may_be_sent_now_and_never_data(
    allowed: Allowed, sources: list[str]
) -> None:
    grants = claims(SERVED.ticket(ROOM, ANA, NOON, allowed).token)["video"]
    assert (grants["canPublish"], grants["canPublishSources"]) == (bool(sources), sources)
    assert (grants["canPublishData"], grants["canSubscribe"]) == (False, True)
    assert "roomAdmin" not in grants


def test_where_there_is_a_relay_too_browsers_may_reach_the_server_through_it() -> None:
    relays = Mesh((), ("turn:turn.example.org",), "key")
    ticket = replace(SERVED, relays=relays).ticket(ROOM, ANA, NOON)
    assert [each.urls for each in ticket.ice_servers] == [relays.turn_urls]
    assert not ticket.relay_only
    assert SERVED.path is Path.SERVER


def test_the_secret_is_not_shown_by_accident() -> None:
    assert SECRET not in repr(SERVED)


@pytest.fixture
def room() -> UUID:
    return uuid4()


@pytest.fixture
def join(media_server: MediaServer, room: UUID) -> Iterator[Join]:
    """Come in by a ticket, as a client does that only has it."""
    opened = []

    def come_in(person: UUID, allowed: Allowed = NOBODY, **other: Any) -> Client:
        given = {"room": room, "now": SystemClock().now(), "media": media_server.media, **other}
        ticket = given["media"].ticket(given["room"], person, given["now"], allowed)
        opened.append(Client(f"{ticket.url}/rtc?access_token={ticket.token}&protocol=9&sdk=js"))
        opened[-1].receive(timeout=10)  # its first word is that it has taken us in
        return opened[-1]

    yield come_in
    for line in opened:
        with suppress(ConnectionClosed):
            line.close()


def there(media: LiveKit, room: UUID) -> dict[UUID, set[str]]:
    """Whom the server has, and what it lets each of them send."""
    found = media._ask("ListParticipants", room).get("participants", [])
    return {
        UUID(each["identity"]): set(each["permission"].get("can_publish_sources", ()))
        if each["permission"]["can_publish"]
        else set()
        for each in found
    }


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5")
def test_the_floor_is_held_at_the_server(media_server: MediaServer, room: UUID, join: Join) -> None:
    media = media_server.media
    join(ANA)
    join(BEN, Allowed({ANA, BEN}, heard={BEN}))
    assert there(media, room) == {ANA: set(), BEN: {"MICROPHONE"}}
    media.floor(room, Allowed({ANA, BEN}, heard={ANA}, seen={ANA, BEN}))
    assert there(media, room) == {ANA: {"MICROPHONE", "CAMERA"}, BEN: {"CAMERA"}}
    media.floor(room, Allowed({ANA, BEN}))
    assert there(media, room) == {ANA: set(), BEN: set()}


@pytest.mark.holds("circle:5")
def test_whoever_may_not_be_there_is_let_go_of(
    media_server: MediaServer, room: UUID, join: Join
) -> None:
    media = media_server.media
    join(ANA)
    join(BEN)
    media.floor(room, Allowed({ANA}))
    assert set(there(media, room)) == {ANA}
    media.remove(room, ANA)
    assert there(media, room) == {}


def test_when_a_room_is_closed_everybody_is_out(
    media_server: MediaServer, room: UUID, join: Join
) -> None:
    line = join(ANA)
    media_server.media.close(room)
    assert there(media_server.media, room) == {}
    with suppress(ConnectionClosed):
        while line.receive(timeout=10) is not None:
            pass
    assert not line.connected


@pytest.mark.holds("asvs:35", "asvs:19")
def test_the_server_refuses_expired_and_foreign_tickets(media_server: MediaServer) -> None:
    media, now = media_server.media, SystemClock().now()
    assert asks(media_server, media.ticket(ROOM, ANA, now)) == 200
    long_ago = now - TICKETS_LAST - timedelta(minutes=2)  # it allows for a minute
    assert asks(media_server, media.ticket(ROOM, ANA, long_ago)) == 401
    foreign = replace(media, secret="of another site, as long as the other one")
    assert asks(media_server, foreign.ticket(ROOM, ANA, now)) == 401


def asks(server: MediaServer, ticket: Ticket) -> int:
    """How the server answers whoever would come in by this ticket."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=10)) as line:
        line.request("GET", f"/rtc/validate?access_token={ticket.token}")
        return line.getresponse().status


def test_a_server_that_is_gone_breaks_nothing() -> None:
    gone = LiveKit(f"ws://127.0.0.1:{free_port()}", "circles", SECRET, SystemClock())
    gone.floor(ROOM, Allowed({ANA}))
    gone.remove(ROOM, ANA)
    gone.close(ROOM)


def test_it_is_remembered_whether_it_answers(media_server: MediaServer) -> None:
    media = replace(media_server.media)
    media.look()
    assert media.answers
    foreign = replace(media, secret="of another site, as long as the other one")
    assert foreign.answers, "nobody has asked yet"
    foreign.look()
    assert not foreign.answers
    gone = replace(media, url=f"ws://127.0.0.1:{free_port()}")
    assert media.answers
    gone.floor(ROOM, Allowed())
    assert not gone.answers, "whatever was asked last says so"
    media.look()
    assert media.answers
    assert Mesh().answers
