"""What the real server does with requests that mean well, with impolite ones, and with nonsense."""

import json
import socket
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from uuid import uuid4

import pytest
import requests
from websocket import WebSocketBadStatusException

from tests.make import Make
from tests.server.place import FAR_AWAY, Place, come_in

HEALTH = "GET /healthz HTTP/1.1"


def answer(place: Place, *lines: str) -> str:
    """The first line of what comes back."""
    with closing(place.ask(*lines)) as asked:
        return asked.recv(4096).decode().partition("\r\n")[0]


def test_whoever_leaves_a_socket_open_holds_up_nobody(place: Place, opened: ExitStack) -> None:
    """gunicorn 27.0.1 waits up to two seconds for such a client, and everybody with it: this took
    it twenty seconds more. A busy machine is as slow with whoever closes it."""

    def ten_times(leave: Callable[[socket.socket], object]) -> float:
        began = time.monotonic()
        for _ in range(10):
            asked = place.ask(HEALTH, "Connection: close")
            assert asked.recv(4096).startswith(b"HTTP/1.1 200")
            leave(asked)
            for _ in range(2):
                assert answer(place, HEALTH) == "HTTP/1.1 200 OK"
        return time.monotonic() - began

    politely = ten_times(lambda asked: asked.close())
    impolitely = ten_times(lambda asked: opened.enter_context(closing(asked)))
    assert impolitely < 2 * politely + 10


def test_it_answers_to_its_own_name_only(place: Place) -> None:
    for name in ("elsewhere.example.net", "127.0.0.1", "circles.example.org.example.net"):
        for path in ("/", "/healthz", "/socket.io/?EIO=4&transport=websocket"):
            asked = requests.get(place.url + path, headers={"Host": name}, timeout=30)
            assert asked.status_code == 421
            assert "answers to its own name only" in asked.text


def test_it_knows_from_its_proxy_that_people_come_by_https(place: Place) -> None:
    asked = requests.get(place.url + "/sign-in", headers=place.headers, timeout=30)
    assert asked.status_code == 200
    assert "__Host-circles" in asked.headers["Set-Cookie"]
    assert "Secure" in asked.headers["Set-Cookie"]


@pytest.mark.holds("promise:10", "asvs:38")
def test_the_log_holds_nobodys_address_and_no_query(
    place: Place, people: Make, opened: ExitStack
) -> None:
    ana = come_in(place, people, people.member(f"Ana {uuid4()}"), opened)
    ana.get("/home?about=tremor")
    assert "400" in answer(place, "GET /?about=tremor HTTP/9.9")
    assert "400" in answer(place, "GET /?about=tremor HTTP/1.1", "Bad header: tremor")
    for query in ("EIO=3&transport=websocket", "EIO=4&transport=polling", "sid=tremor&EIO=4"):
        asked = requests.get(f"{place.url}/socket.io/?{query}", headers=place.headers, timeout=30)
        assert asked.status_code == 400
    with pytest.raises(WebSocketBadStatusException, match="400"):
        ana.line(origin="https://tremor.example.net")
    ready, *lines = place.said().splitlines()
    assert ready.startswith("Ready at")
    told = [json.loads(line) for line in lines]  # nothing else wrote there
    assert {"gunicorn.error", "engineio.server"} <= {line.get("library") for line in told}
    for secret in ("tremor", "127.0.0.1", FAR_AWAY, "EIO", "Ana"):
        assert secret not in place.said()
