"""Somebody at the real server: their browser without its pages, and their live line."""

import json
import re
from contextlib import ExitStack
from typing import Any

import requests
from websocket import WebSocket

from tests.browser.site import Site

NOBODY = "00000000-0000-7000-8000-000000000000"


class Person:
    """A browser’s cookies, its requests, and as many lines as it likes."""

    def __init__(self, site: Site, opened: ExitStack) -> None:
        self.site, self.opened = site, opened
        self.browser = opened.enter_context(requests.Session())

    def get(self, path: str) -> str:
        answer = self.browser.get(self.site.url + path, timeout=30, headers=self._headers())
        answer.raise_for_status()
        return answer.text

    def post(self, page: str, to: str, **typed: str) -> None:
        form = {"csrf_token": self._token(page), **typed}
        answer = self.browser.post(
            self.site.url + to,
            data=form,
            timeout=30,
            headers=self._headers(),
            allow_redirects=False,  # the cookie that we play the proxy with wouldn’t come along
        )
        answer.raise_for_status()

    def post_json(self, page: str, to: str, payload: object) -> None:
        """As the script of this page does it."""
        headers = {**self._headers(), "Accept": "application/json"}
        headers["X-CSRFToken"] = self._token(page)
        answer = self.browser.post(self.site.url + to, json=payload, timeout=30, headers=headers)
        answer.raise_for_status()

    def _token(self, page: str) -> str:
        token = re.search('name="csrf_token" value="([^"]+)"', self.get(page))
        assert token, page
        return token[1]

    @property
    def cookie(self) -> str:
        return "; ".join(f"{one.name}={one.value}" for one in self.browser.cookies)

    def _headers(self) -> dict[str, str]:
        return {**self.site.headers, "Cookie": self.cookie}

    def line(self, origin: str | None = None) -> "Line":
        return Line(self.site, self.cookie, origin or self.site.origin, self.opened)


def of_cast(site: Site, name: str, opened: ExitStack) -> Person:
    """Somebody of the demo’s cast, signed in."""
    person = Person(site, opened)
    person.post("/demo/cast", f"/demo/look-as/{name}")
    return person


class Line:
    """A WebSocket that speaks as much Socket.IO as it needs, and else whatever it likes."""

    def __init__(self, site: Site, cookie: str, origin: str, opened: ExitStack) -> None:
        self.socket = WebSocket()
        opened.callback(self.socket.shutdown)
        self.socket.settimeout(30)
        address = site.url.replace("http", "ws", 1) + "/socket.io/?EIO=4&transport=websocket"
        offers = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
        headers = {**site.headers, **offers}
        host = headers.pop("Host", None)
        self.socket.connect(address, cookie=cookie, origin=origin, host=host, header=headers)
        self.next("0")
        self.socket.send("40")
        self.next("40")

    def next(self, kind: str) -> str:
        """The rest of the next packet of this kind. A ping is answered on the way."""
        while not (packet := str(self.socket.recv())).startswith(kind):
            assert packet, "the line is closed"
            assert not packet.startswith("44"), "the line is refused"
            if packet == "2":
                self.socket.send("3")
        return packet.removeprefix(kind)

    def tell(self, event: str, **payload: Any) -> None:
        self.socket.send("42" + json.dumps([event, payload]))

    def ask(self, event: str, **payload: Any) -> dict[str, Any]:
        self.socket.send("427" + json.dumps([event, payload]))
        answer: dict[str, Any] = json.loads(self.next("437"))[0]
        return answer

    def hears(self, event: str) -> dict[str, Any]:
        """What comes with the next event of this name."""
        while (told := json.loads(self.next("42")))[0] != event:
            pass
        heard: dict[str, Any] = told[1]
        return heard

    def works(self) -> bool:
        answer = self.ask("enter-circle", call_id=NOBODY, page=NOBODY)
        return bool(answer["reason"]["code"] == "not-found")
