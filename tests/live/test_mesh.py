"""Tickets of the mesh: who learns what, and for how long."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from community.live.mesh import Mesh

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROOM, ANA = UUID(int=1), UUID(int=2)
RELAYED = Mesh(("stun:stun.example.org",), ("turn:turn.example.org", "turns:t.example.org"), "key")


def test_without_a_relay_browsers_connect_directly_and_nothing_runs_out():
    ticket = Mesh(("stun:stun.example.org",)).ticket(ROOM, ANA, NOW)
    assert [server.urls for server in ticket.ice_servers] == [("stun:stun.example.org",)]
    assert not ticket.relay_only
    assert ticket.expires_at is None


def test_with_nothing_set_there_is_no_server_to_ask():
    assert Mesh().ticket(ROOM, ANA, NOW).ice_servers == ()


def test_with_a_relay_it_is_the_only_way():
    ticket = RELAYED.ticket(ROOM, ANA, NOW)
    assert ticket.relay_only
    assert ticket.ice_servers[1].urls == RELAYED.turn_urls


def test_the_credential_is_what_coturn_works_out_from_the_user_name():
    turn = RELAYED.ticket(ROOM, ANA, NOW).ice_servers[1]
    proof = hmac.new(b"key", turn.username.encode(), hashlib.sha1).digest()
    assert base64.b64decode(turn.credential) == proof


@pytest.mark.holds("asvs:35")
def test_a_credential_lasts_fifteen_minutes_and_its_name_says_so():
    ticket = RELAYED.ticket(ROOM, ANA, NOW)
    assert ticket.expires_at == NOW + timedelta(minutes=15)
    expiry, _, chance = ticket.ice_servers[1].username.partition(":")
    assert int(expiry) == ticket.expires_at.timestamp()
    assert len(chance) == 16


@pytest.mark.holds("asvs:35")
def test_the_relay_can_tell_neither_who_somebody_is_nor_that_they_came_twice():
    names = {RELAYED.ticket(ROOM, ANA, NOW).ice_servers[1].username for _ in range(2)}
    assert len(names) == 2
    assert not any(known in name for name in names for known in (str(ANA), ANA.hex, str(ROOM)))


def test_the_secret_is_not_shown_by_accident():
    assert "key" not in repr(RELAYED)
