"""The doorstep: whom the site believes, which name it answers to, what it doesn't take up."""

import subprocess
import sys
from collections.abc import Iterable
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from community.core.doorstep import doorstep

NAME = "circles.example.org"


def tells(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A site that says how it was asked."""
    start_response("200 OK", [])
    extensions = environ.get("HTTP_SEC_WEBSOCKET_EXTENSIONS", "")
    asked = (environ["wsgi.url_scheme"], environ["REMOTE_ADDR"], environ["HTTP_HOST"], extensions)
    return [" ".join(asked).encode()]


def ask(name: str | None, proxies: int, host: str = NAME, **headers: str) -> TestResponse:
    client = Client(doorstep(tells, name, proxies))
    sent = {each.replace("_", "-"): value for each, value in headers.items()}
    return client.get(
        "/", headers={"Host": host, **sent}, environ_base={"REMOTE_ADDR": "127.0.0.1"}
    )


FORWARDED = {
    "X_Forwarded_For": "198.51.100.1, 203.0.113.7",
    "X_Forwarded_Proto": "https",
    "X_Forwarded_Host": "elsewhere.example.net",
}


@pytest.mark.holds("asvs:39")
def test_nobody_is_believed_where_no_proxy_is_declared() -> None:
    assert ask(NAME, 0, **FORWARDED).text == f"http 127.0.0.1 {NAME} "


@pytest.mark.holds("asvs:39")
def test_a_proxy_is_believed_and_what_came_before_it_is_not() -> None:
    assert ask(NAME, 1, **FORWARDED).text == f"https 203.0.113.7 {NAME} "


@pytest.mark.holds("asvs:39")
def test_two_proxies_are_believed_if_there_are_two() -> None:
    both = {**FORWARDED, "X_Forwarded_Proto": "https, http"}
    assert ask(NAME, 2, **both).text == f"https 198.51.100.1 {NAME} "


@pytest.mark.holds("asvs:39")
def test_fewer_entries_than_proxies_come_from_elsewhere_and_are_not_believed() -> None:
    assert ask(NAME, 3, **FORWARDED).text == f"http 127.0.0.1 {NAME} "


@pytest.mark.parametrize("host", [NAME, f"{NAME}:443"])
def test_it_answers_to_its_name(host: str) -> None:
    assert ask(NAME, 1, host).status_code == 200


@pytest.mark.parametrize(
    "host", ["elsewhere.example.net", f"{NAME}.example.net", f"a.{NAME}", "127.0.0.1", "", "a b"]
)
def test_it_answers_to_no_other(host: str) -> None:
    answer = ask(NAME, 1, host)
    assert answer.status_code == 421
    assert "its own name only" in answer.text


def test_without_a_name_it_answers_to_any() -> None:
    assert ask(None, 0, "localhost:5000").status_code == 200


def test_an_offer_to_compress_a_line_is_not_taken_up() -> None:
    answer = ask(NAME, 0, Sec_WebSocket_Extensions="permessage-deflate")
    assert "permessage-deflate" not in answer.text


SLOW_PAGE = """
from gevent import monkey; monkey.patch_all()
import gevent, socket
from simple_websocket import Server
from websocket import ABNF, WebSocket
from websocket._socket import sock_opt
from community.core.doorstep import doorstep

MESSAGES = [each * 900_000 for each in "abc"]
ours, theirs = socket.socketpair()

def site(environ, start_response):
    line = Server.accept(environ)
    gevent.joinall([gevent.spawn(line.send, each) for each in MESSAGES])
    return []

environ = {
    "gunicorn.socket": ours, "HTTP_HOST": "localhost", "HTTP_CONNECTION": "Upgrade",
    "HTTP_UPGRADE": "websocket", "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13", "REQUEST_METHOD": "GET", "wsgi.url_scheme": "http",
    "REMOTE_ADDR": "127.0.0.1",
}
serving = gevent.spawn(doorstep(site, None, 0), environ, None)
gevent.sleep(0.3)  # nobody reads meanwhile
heard = b""
while b"\\r\\n\\r\\n" not in heard:
    heard += theirs.recv(1)
page = WebSocket(skip_utf8_validation=True)
page.sock, page.sock_opt, page.connected = theirs, sock_opt(None, None), True
theirs.settimeout(10)
assert sorted(page.recv() for _ in MESSAGES) == MESSAGES
print("whole")
"""


def test_a_page_that_reads_slowly_gets_each_message_whole() -> None:
    """In greenlets, whose sockets take a part of it where there is no room for all."""
    said = subprocess.run(
        [sys.executable, "-c", SLOW_PAGE], capture_output=True, text=True, timeout=60, check=False
    )
    assert said.stdout.strip() == "whole", said.stderr
