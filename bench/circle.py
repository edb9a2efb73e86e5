"""P7: from a press in a circle until the last of eleven people has the new board.

Beside it, on the same server with the same options: a bare socket server that sends the same
bytes to eleven pages. Ours locks the row, asks the rules, steps, saves, commits, and draws a
board for each person.
"""

import json
import os
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any
from uuid import UUID, uuid4

import socketio
from flask.testing import FlaskClient

from bench.measure import Figure, in_turn, ratio
from bench.store import Store, lose_letters, session_of, store
from community.core.clock import SystemClock
from config import ROOT
from tests.browser.site import free_port
from tests.pages import token

PEOPLE = 11  # ten seats and who holds the call
PRESSES = 30  # a round
PACE = 0.15  # seconds from one press to the next: well below what the server takes from a person
MOST = 2.5


@dataclass
class Page:
    """An open page of one person, which notes when each message came."""

    url: str
    hears: str
    number_of: Callable[[Any], int]
    cookie: str = ""
    came: dict[int, float] = field(default_factory=dict)
    newer: threading.Condition = field(default_factory=threading.Condition)
    latest: Any = None

    def __post_init__(self) -> None:
        self.line = socketio.Client(reconnection=False)
        self.line.on(self.hears, self._note)
        self.line.connect(self.url, headers={"Cookie": self.cookie}, transports=["websocket"])

    def _note(self, payload: Any) -> None:
        at = perf_counter()
        with self.newer:
            self.came[self.number_of(payload)] = at
            self.latest = payload
            self.newer.notify_all()

    def when(self, number: int) -> float:
        """When this message (or a newer one) was here."""
        with self.newer:
            is_here = self.newer.wait_for(lambda: max(self.came, default=-1) >= number, timeout=10)
        assert is_here, f"{number} never came"
        return min(at for came, at in self.came.items() if came >= number)


def p7(folder: Path) -> dict[str, list[Figure]]:
    """The 99th percentile of each round, ours ÷ bare."""
    with ExitStack() as stack:
        made = stack.enter_context(store(folder / "circle.db", 0, begins=SystemClock().now()))
        people, call_id = _circle(made)
        lose_letters(made)
        database = made.app.config["SQLALCHEMY_DATABASE_URI"]
        ours = stack.enter_context(serving("ours", database))
        bare = stack.enter_context(serving("bare", database))
        boards = [
            stack.enter_context(_open(ours.address, "board", _version, session_of(made.app, each)))
            for each in people
        ]
        for page in boards:
            page.line.call("enter-circle", {"call_id": str(call_id), "page": str(call_id)})
        press = _presser(boards[0], call_id)
        _latency(boards, press, 3)
        sample = json.dumps(boards[1].latest)
        bares = [stack.enter_context(_open(bare.address, "said", _number)) for _ in range(PEOPLE)]
        say = _sayer(bares[0], sample)
        costs = in_turn(
            {
                "ours": lambda: _latency(boards, press, PRESSES),
                "bare": lambda: _latency(bares, say, PRESSES),
            }
        )
    return {"P7": [ratio("press to last board", costs["ours"], costs["bare"], MOST)]}


def _circle(made: Store) -> tuple[list[str], UUID]:
    """Eleven people in a circle that has begun; their sessions and the call."""
    make = made.make
    members = [make.member(f"Seated {number}") for number in range(PEOPLE - 1)]
    call_id = make.call(
        made.group_id, made.host, seats=10, starts_in=timedelta(minutes=10), seated=members
    )
    people = [made.host, *members]
    sessions = []
    for person in people:
        browser = made.app.test_client()
        sessions.append(make.sign_in(person, browser))
        _post(browser, f"/calls/{call_id}/lobby", way="voice")
        if person is made.host:
            host = browser
    payload = {"call_id": str(call_id), "event_id": str(uuid4())}
    begun = host.post(
        f"/circles/{call_id}/events/start",
        json=payload,
        headers={"Accept": "application/json", "X-CSRFToken": token(host)},
    )
    assert begun.status_code == 200, begun.text
    return sessions, call_id


def _post(browser: FlaskClient, path: str, **typed: str) -> None:
    answer = browser.post(path, data={"csrf_token": token(browser), **typed})
    assert answer.status_code == 302, answer.text


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers: where, and which process it is."""

    address: str
    process: int


@contextmanager
def serving(which: str, database: str, mode: str = "threading") -> Iterator[Served]:
    """One of the two servers, until it is no longer needed."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.serve", which, str(port), database, mode],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{address}/healthz" if which == "ours" else address)
        yield Served(address, process.pid)
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310
                return
        except OSError:
            sleep(0.1)  # nothing else tells when a process begins to listen
    raise AssertionError("the server didn’t start")


@contextmanager
def _open(
    url: str, hears: str, number_of: Callable[[Any], int], cookie: str = ""
) -> Iterator[Page]:
    page = Page(url, hears, number_of, cookie)
    yield page
    page.line.disconnect()


def _version(board: Any) -> int:
    return int(board["version"])


def _number(payload: Any) -> int:
    return int(payload["number"])


def _presser(page: Page, call_id: UUID) -> Callable[[], int]:
    """The facilitator's microphone on, off, on: each press is a new version for everybody."""
    names = {True: "mic-on", False: "mic-off"}
    is_on = False

    def press() -> int:
        nonlocal is_on
        is_on = not is_on
        fields = {"call_id": str(call_id), "event_id": str(uuid4())}
        number = max(page.came, default=0) + 1
        page.line.emit(names[is_on], fields)
        return number

    return press


def _sayer(page: Page, sample: str) -> Callable[[], int]:
    number = 0

    def say() -> int:
        nonlocal number
        number += 1
        page.line.emit("say", {"number": number, "board": sample})
        return number

    return say


def _latency(pages: Sequence[Page], press: Callable[[], int], presses: int) -> float:
    """The slowest but one in a hundred of the times from a press to the last page's message."""
    took = []
    for _ in range(presses):
        begun = perf_counter()
        number = press()
        took.append(max(page.when(number) for page in pages) - begun)
        sleep(PACE)  # as people press; the server refuses a flood
    return sorted(took)[int(len(took) * 0.99) - 1]
