"""P2r: how often in a second a real server gives somebody the thread page, beside the yardstick’s
hello on the same kind of server. Lines stay open, and each asks again once it is answered, so that
the server always has something to do."""

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from bench.circle import serving
from bench.measure import Figure, in_turn, ratio
from bench.pages import ORDINARY, paths
from bench.store import lose_letters, store
from community.core.clock import SystemClock

LINES = 8
SECONDS = 4.0  # a round
LEAST = 0.18


class Asker:
    """Somebody’s browser that wants one page again and again, over a few lines."""

    def __init__(self, address: str, path: str, cookie: str = "") -> None:
        self._at = urlsplit(address)
        lines = (f"GET {path} HTTP/1.1", f"Host: {self._at.netloc}", f"Cookie: {cookie}")
        self._request = "\r\n".join((*lines, "", "")).encode()

    def a_second(self) -> float:
        """How many answers came in a second."""
        until = perf_counter() + SECONDS
        with ThreadPoolExecutor(LINES) as lines:
            answered = lines.map(self._until, [until] * LINES)
            return sum(answered) / SECONDS

    def page(self) -> str:
        """What it is answered."""
        with closing(self._line()) as line:
            return self._asked(line)().decode()

    def _until(self, until: float) -> int:
        answered = 0
        with closing(self._line()) as line:
            ask = self._asked(line)
            while perf_counter() < until:
                ask()
                answered += 1
        return answered

    def _line(self) -> socket.socket:
        return socket.create_connection((self._at.hostname, self._at.port), timeout=10)

    def _asked(self, line: socket.socket) -> Callable[[], bytes]:
        heard = line.makefile("rb")

        def ask() -> bytes:
            line.sendall(self._request)
            status, length = heard.readline(), 0
            assert status.split(None, 1)[1].strip() == b"200 OK", status
            while header := heard.readline().strip():
                name, value = header.split(b":", 1)
                if name.lower() == b"content-length":
                    length = int(value)
            return heard.read(length)

        return ask


def p2r(folder: Path) -> dict[str, list[Figure]]:
    """Requests a second, ours ÷ bare."""
    with store(folder / "served.db", ORDINARY, begins=SystemClock().now()) as made:
        lose_letters(made)
        database = made.app.config["SQLALCHEMY_DATABASE_URI"]
        path, has = paths(made)["thread"]
        with serving("ours", database) as ours, serving("bare", database) as bare:
            page, hello = Asker(ours.address, path, made.cookie), Asker(bare.address, "/")
            missing = [words for words in has if words not in page.page()]
            assert not missing, f"{path} has no {missing}"
            rates = in_turn({"page": page.a_second, "hello": hello.a_second})
    what = "thread ÷ hello, a second"
    return {"P2r": [ratio(what, rates["page"], rates["hello"], LEAST, at_most=False)]}
