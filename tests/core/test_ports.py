"""The fakes keep the promises of the real things, so a test may trust them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from uuid import UUID

import pytest

from community.core.media import Allowed, Ceilings, Path
from community.core.ports import IceServer, Mailer, Media
from community.live.mesh import Mesh
from tests.core.sink import Sink
from tests.fakes import KeptMail, PretendMedia
from tests.letters import page, words

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROOM, ANA, BEN = UUID(int=1), UUID(int=2), UUID(int=3)


@pytest.fixture(params=["kept", "smtp"])
def mail(request: pytest.FixtureRequest, sink: Sink) -> tuple[Mailer, Sequence[EmailMessage]]:
    """A mailer, and what arrives."""
    if request.param == "smtp":
        return request.getfixturevalue("smtp"), sink.kept
    fake = KeptMail()
    return fake, fake.kept


def message(to: str = "ana@example.org") -> EmailMessage:
    letter = EmailMessage()
    letter["From"], letter["To"] = "circles@example.org", to
    letter["Subject"] = "Circles: your seat is confirmed"
    letter.set_content("It’s on Tuesday at 6:30 pm.\n")
    letter.add_alternative("<p>It’s on <b>Tuesday</b> at 6:30 pm.</p>\n", subtype="html")
    return letter


def test_a_message_arrives_once_and_whole(mail):
    mailer, arrived = mail
    mailer.send(message())
    assert [each["To"] for each in arrived] == ["ana@example.org"]
    assert arrived[0]["Subject"] == "Circles: your seat is confirmed"
    assert arrived[0].get_content_type() == "multipart/alternative"
    assert words(arrived[0]).splitlines() == ["It’s on Tuesday at 6:30 pm."]
    assert page(arrived[0]).splitlines() == ["<p>It’s on <b>Tuesday</b> at 6:30 pm.</p>"]


def test_messages_arrive_in_the_order_they_were_sent(mail):
    mailer, arrived = mail
    mailer.send(message("ana@example.org"))
    mailer.send(message("ben@example.org"))
    assert [each["To"] for each in arrived] == ["ana@example.org", "ben@example.org"]


@pytest.fixture(
    params=[
        PretendMedia(),
        PretendMedia(served=True),
        Mesh(),
        Mesh(("stun:stun.example.org",)),
        Mesh((), ("turn:turn.example.org",), "key"),
        "livekit",
    ],
    ids=["pretend", "pretend server", "mesh alone", "mesh with stun", "mesh with turn", "livekit"],
)
def media(request: pytest.FixtureRequest) -> Media:
    if request.param == "livekit":
        return request.getfixturevalue("media_server").media
    return request.param


def test_a_ticket_is_good_for_a_while_or_for_ever(media):
    ticket = media.ticket(ROOM, ANA, NOW)
    assert ticket.expires_at is None or ticket.expires_at > NOW
    assert all(isinstance(server, IceServer) and server.urls for server in ticket.ice_servers)


def test_a_ticket_that_runs_out_is_for_one_person_and_only_then_are_there_credentials(media):
    ana, ben = media.ticket(ROOM, ANA, NOW), media.ticket(ROOM, BEN, NOW)
    credentials = [
        {t.token, *(server.credential for server in t.ice_servers)} - {None} for t in (ana, ben)
    ]
    assert bool(credentials[0]) is (ana.expires_at is not None)
    assert not credentials[0] & credentials[1]


def test_only_a_ticket_with_a_relay_may_ask_for_the_relay_alone(media):
    ticket = media.ticket(ROOM, ANA, NOW)
    urls = [url for server in ticket.ice_servers for url in server.urls]
    assert ticket.relay_only <= any(url.startswith(("turn:", "turns:")) for url in urls)


def test_the_floor_may_move_people_may_be_removed_twice_and_a_room_may_close_twice(media):
    everybody = frozenset({ANA, BEN})
    media.floor(ROOM, Allowed(everybody, heard=frozenset({ANA})))
    media.floor(ROOM, Allowed(everybody))
    for _ in range(2):
        media.remove(ROOM, BEN)
    for _ in range(2):
        media.close(ROOM)


def test_each_says_how_voices_travel_and_how_many_it_carries(media):
    assert media.path in Path
    assert (media.ticket(ROOM, ANA, NOW).url is None) is (media.path is not Path.SERVER)
    least = Ceilings()
    assert media.ceilings.voices >= least.voices
    assert least.everybody_seen <= media.ceilings.everybody_seen <= media.ceilings.holder_seen
