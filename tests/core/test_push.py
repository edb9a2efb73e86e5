"""The pusher against a real push service: what it says, to whom, and where it never goes."""

import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from py_vapid import Vapid02

from community.core.ports import PushFailed, PushGone
from community.core.push import WebPusher, is_public
from tests.browser.site import free_port
from tests.core.push_service import HANGS_UP, OURS, SECRET, PushService, coded, push_service
from tests.fakes import FRIDAY_NOON


@pytest.fixture
def service(tmp_path: Path) -> Iterator[PushService]:
    with push_service(tmp_path) as started:
        yield started


def push(pusher: WebPusher, service: PushService, **changes: str) -> None:
    told = {"endpoint": service.subscription()["endpoint"], "key": service.key}
    pusher.send(**{**told, "secret": coded(SECRET), **changes}, now=FRIDAY_NOON)


def test_only_the_browser_can_open_it_and_it_says_nothing(service: PushService) -> None:
    push(service.pusher(), service)
    push(service.pusher(), service)
    assert service.opened() == [b"new", b"new"]
    (_, _, first), (_, _, second) = service.heard
    assert first != second  # each is locked anew
    assert b"new" not in first


def test_the_push_service_learns_who_we_are_and_that_one_is_enough(service: PushService) -> None:
    push(service.pusher(), service)
    ((path, headers, _),) = service.heard
    assert path == "/push/ana"
    assert Vapid02.verify(headers["Authorization"])
    assert headers["Authorization"].endswith(f"k={service.pusher().public_key}")
    said = {name: headers[name] for name in ("Content-Encoding", "TTL", "Topic", "Urgency")}
    assert said == {
        "Content-Encoding": "aes128gcm",
        "TTL": "86400",
        "Topic": "new",
        "Urgency": "normal",
    }
    assert "Cookie" not in headers
    assert "User-Agent" not in headers


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_has_gone_is_told_apart(service: PushService, status: int) -> None:
    service.answers = status
    with pytest.raises(PushGone, match=str(status)):
        push(service.pusher(), service)


@pytest.mark.parametrize("status", [302, 307, 400, 403, 413, 429, 500, 503])
def test_whatever_is_no_yes_has_failed_and_no_redirect_is_followed(
    service: PushService, status: int
) -> None:
    service.answers = status
    with pytest.raises(PushFailed, match=str(status)) as caught:
        push(service.pusher(), service)
    assert caught.type is PushFailed
    assert len(service.heard) == 1


def test_a_service_that_hangs_up_or_never_answers_has_failed(service: PushService) -> None:
    service.answers = HANGS_UP
    with pytest.raises(PushFailed):
        push(service.pusher(), service)
    service.answers = None
    with pytest.raises(PushFailed, match="Timeout"):
        push(service.pusher(patience=0.2), service)


def test_nobody_there_and_somebody_who_can_not_prove_who_they_are_have_failed(
    service: PushService,
) -> None:
    with pytest.raises(PushFailed):
        push(service.pusher(), service, endpoint=f"https://localhost:{free_port()}/")
    with pytest.raises(PushFailed, match="Cert"):
        push(service.pusher(trust=ssl.create_default_context()), service)
    with pytest.raises(PushFailed):
        push(service.pusher(), service, endpoint="https://nobody.invalid/")
    assert service.heard == []


def test_a_key_that_is_none_leads_nowhere(service: PushService) -> None:
    with pytest.raises(PushGone):
        push(service.pusher(), service, key=coded(b"\x04" + b"\x01" * 64))
    assert service.heard == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_nothing_on_this_machine_or_beside_it_is_ever_asked(
    service: PushService, host: str
) -> None:
    pusher = WebPusher(OURS, "help@example.org", trust=service.trust)
    with pytest.raises(PushGone, match="not a public address"):
        push(pusher, service, endpoint=f"https://{host}:{service.port}/push/ana")
    assert service.heard == []


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "192.168.1.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:a00:1::",
        "fc00::1",
        "fe80::1",
        "ff02::1",
    ],
)
def test_an_address_inside_is_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", ["142.250.1.1", "2a00:1450::1", "::ffff:142.250.1.1"])
def test_an_address_in_the_world_is(address: str) -> None:
    assert is_public(ip_address(address))
