"""P8 and P9: many lines to one process, beside a bare socket server with as many.

Both stand on the same server (gevent; ours on PostgreSQL), and the same pattern goes through both.
Many circles: in each somebody presses, evenly spread, and everybody there is shown what came of it.
One thread: somebody replies, and all who have it open are told.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector
from threading import Thread
from time import perf_counter
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID, uuid4

from websocket import WebSocket

from bench.circle import Served, serving
from bench.measure import ROUNDS, Figure, in_turn, ratio
from bench.store import (
    A_THREAD,
    Store,
    facilitator,
    lose_letters,
    postgresql,
    session_of,
    store_at,
)
from community.accounts import actions as accounts_actions
from community.calls.jobs import remind
from community.core.actor import Actor, Staff
from community.core.clock import SystemClock
from community.core.db import transaction
from community.core.media import MESH
from community.live import actions as live_actions
from community.live.rules.entry import Chosen
from community.live.rules.leading import Start
from community.live.rules.room import Way

A_CIRCLE = 10  # people
WINDOW = 20.0  # seconds
WINDOW_OF_TEN_MINUTES = 30.0  # each minute holds one of ours and one of the bare
P8_CIRCLES, P8_PRESSES, P8_MOST, P8_DRIFT_MOST = 50, 50.0, 2.5, 1.1
P9_CIRCLES, P9_PRESSES, P9_REPLIES, P9_MOST = 100, 10.0, 2.0, 1.5
P9_ROUNDS = 3  # of presses; of replies, forty each, there are as many as everywhere

NUMBER = {"board": re.compile(r'"version":(\d+)'), "said": re.compile(r'"number":(\d+)')}
"""What tells one message from the next. Those that carry nothing of the kind are counted."""


@dataclass(slots=True)
class Line:
    """One open page: its line, whether what it asked for was answered, and when each message was
    first there."""

    socket: WebSocket
    is_answered: bool = False
    came: dict[int, float] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return max(self.came, default=0)


@dataclass(frozen=True, slots=True)
class Room:
    """The pages of one circle, or of one thread. The first of them presses."""

    lines: Sequence[Line]
    press: Callable[[Line, int], None]  # makes this number come to all


@dataclass
class Crowd:
    """Everybody’s pages, read by one loop, in which also the other crowd’s pages say that they
    are there: a server hangs up on a page that is silent for too long."""

    hears: str
    reading: DefaultSelector
    rooms: list[Room] = field(default_factory=list)
    latest: str = ""  # the newest message that any of them was sent

    def open(self, address: str, query: str = "", cookie: str = "") -> Line:
        socket = WebSocket(skip_utf8_validation=True)  # in Python it takes longer than all the rest
        socket.settimeout(60)
        url = address.replace("http", "ws", 1) + f"/socket.io/?EIO=4&transport=websocket{query}"
        socket.connect(url, cookie=cookie, origin=address)  # type: ignore[no-untyped-call]
        socket.recv()
        socket.send("40")
        socket.recv()
        line = Line(socket)
        assert socket.sock
        self.reading.register(socket.sock, EVENT_READ, (self, line))
        return line

    @property
    def everybody(self) -> Sequence[Line]:
        return [line for room in self.rooms for line in room.lines]

    def close(self) -> None:
        for line in self.everybody:
            assert line.socket.sock
            self.reading.unregister(line.socket.sock)
            line.socket.shutdown()  # type: ignore[no-untyped-call]

    def p99(self, seconds: float, a_second: float) -> float:
        """Seconds from a press until the last page of its circle is shown it: all but the
        slowest one in a hundred."""
        begun, waiting = perf_counter(), []
        for count in range(int(seconds * a_second)):
            self._read_until(begun + count / a_second)
            room = self.rooms[count % len(self.rooms)]
            number = max(line.last for line in room.lines) + 1
            waiting.append((room, number, perf_counter()))
            room.press(room.lines[0], number)
        took = [self._wait_for(room, number) - at for room, number, at in waiting]
        for line in self.everybody:
            line.came = {line.last: line.came[line.last]} if line.came else {}
        return sorted(took)[int(len(took) * 0.99) - 1]

    def settle(self, seconds: float) -> None:
        """Read what is still on its way."""
        self._read_until(perf_counter() + seconds)

    def wait_for_answers(self) -> None:
        """Read until each page was answered what it asked for."""
        while not all(line.is_answered for line in self.everybody):
            self.settle(0.05)

    def _wait_for(self, room: Room, number: int) -> float:
        until = perf_counter() + 30
        while any(line.last < number for line in room.lines):
            assert perf_counter() < until, f"{number} never came"
            self._read_until(perf_counter() + 0.05)
        return max(
            min(at for came, at in line.came.items() if came >= number) for line in room.lines
        )

    def _read_until(self, at: float) -> None:
        while (left := at - perf_counter()) > 0:
            for key, _ in self.reading.select(left):
                crowd, line = key.data
                crowd.read(line)

    def read(self, line: Line) -> None:
        packet = str(line.socket.recv())
        if packet == "2":
            line.socket.send("3")
        elif packet.startswith("430"):
            line.is_answered = True
        elif packet.startswith(f'42["{self.hears}"'):
            line.came.setdefault(self._number(packet, line), perf_counter())
            self.latest = packet

    def _number(self, packet: str, line: Line) -> int:
        if self.hears not in NUMBER:
            return line.last + 1
        found = NUMBER[self.hears].search(packet)
        assert found
        return int(found[1])


def p8(folder: Path) -> dict[str, list[Figure]]:
    """Fifty circles of ten, a press a second in each: nine windows of each, in six minutes."""
    return _p8(WINDOW)


def p8_in_ten_minutes(folder: Path) -> dict[str, list[Figure]]:
    """The same for longer."""
    return _p8(WINDOW_OF_TEN_MINUTES)


def _p8(window: float) -> dict[str, list[Figure]]:
    with _both(P8_CIRCLES) as both:
        costs = both.in_turn(P8_PRESSES, window)
    first, *_rest, last = costs["ours"]
    return {
        "P8": [
            ratio("press to last page", costs["ours"], costs["bare"], P8_MOST),
            Figure("last window ÷ first", last / first, P8_DRIFT_MOST, (last / first,) * 2),
        ]
    }


def p9(folder: Path) -> dict[str, list[Figure]]:
    """A thousand lines in one process: what each takes, and how fast everybody is told. A press in
    one of a hundred circles asks what P8 asks, among twice the lines, so it may take as long."""
    with _both(P9_CIRCLES, posts=A_THREAD) as both:
        circles = both.in_turn(P9_PRESSES, rounds=P9_ROUNDS)
        both.read_one_thread()
        thread = both.in_turn(P9_REPLIES)
    return {
        "P9": [
            ratio("memory of a line", [both.memory["ours"]], [both.memory["bare"]], P9_MOST),
            ratio("reply to the last of a thousand", thread["ours"], thread["bare"], P9_MOST),
            ratio("press to last page of a circle", circles["ours"], circles["bare"], P8_MOST),
        ]
    }


@dataclass
class Both:
    """Both servers with everybody’s pages open, and the kilobytes that a line takes in each."""

    made: Store
    served: Served
    ours: Crowd
    bare: Crowd
    memory: Mapping[str, float]

    def in_turn(
        self, a_second: float, window: float = WINDOW, rounds: int = ROUNDS
    ) -> Mapping[str, Sequence[float]]:
        """The slowest but one in a hundred, in each round."""
        return in_turn(
            {
                "ours": lambda: self.ours.p99(window, a_second),
                "bare": lambda: self.bare.p99(window, a_second),
            },
            rounds,
        )

    def read_one_thread(self) -> None:
        """From here on all pages are of one thread."""
        thread_id = self.made.thread_id
        assert thread_id
        self.ours.hears = "new-reply"
        watch = "420" + json.dumps(
            ["watch-thread", {"thread_id": str(thread_id), "last": A_THREAD}]
        )
        for line in self.ours.everybody:
            line.socket.send(watch)
            line.came = {}
        self.ours.wait_for_answers()
        self.ours.rooms = [Room(self.ours.everybody, self._writer(thread_id))]
        self.bare.rooms = [Room(self.bare.everybody, _say_to_all)]

    def _writer(self, thread_id: UUID) -> Callable[[Line, int], None]:
        """Somebody whose words needn’t be read first replies, as their browser would."""
        with self.made.app.app_context():
            writer = self.made.make.staff("Writer", Staff.PLATFORM_MODERATOR)
            with transaction():
                token = accounts_actions.sign_in(writer.id, "bench", now=SystemClock().now())
        address = f"{self.served.address}/threads/{thread_id}"
        cookie = session_of(self.made.app, token)
        with urlopen(Request(address, headers={"Cookie": cookie})) as page:  # noqa: S310
            csrf = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
        assert csrf

        def reply(line: Line, number: int) -> None:
            typed = urlencode({"csrf_token": csrf[1], "words": f"Reply {number}"}).encode()
            headers = {"Cookie": cookie, "Referer": address}
            sent = Request(f"{address}/replies", typed, headers)  # noqa: S310
            Thread(target=urlopen, args=[sent]).start()

        return reply


@contextmanager
def _both(circles: int, posts: int = 0) -> Iterator[Both]:
    with ExitStack() as stack:
        url = stack.enter_context(postgresql())
        made = stack.enter_context(store_at(url, posts, begins=SystemClock().now()))
        people = [_circle(made, number) for number in range(circles)]
        with made.app.app_context():
            remind(SystemClock().now())  # that these calls begin
        lose_letters(made)
        ours = stack.enter_context(serving("ours", url, "gevent"))
        bare = stack.enter_context(serving("bare", url, "gevent"))
        memory = {}
        crowds = []
        reading = DefaultSelector()
        sample = ""
        for name, served in (("ours", ours), ("bare", bare)):
            crowd = Crowd("board" if name == "ours" else "said", reading)
            stack.callback(crowd.close)
            before = 0.0
            for number, (call_id, sessions) in enumerate(people):
                if number == 1:  # what the first lines made it load is there once for all
                    crowd.settle(2)
                    before = resident(served)
                if name == "ours":
                    crowd.rooms.append(_our_room(crowd, served, call_id, sessions))
                else:
                    crowd.rooms.append(_bare_room(crowd, served, number, sample))
                crowd.settle(0.01)
            crowd.settle(2)
            memory[name] = (resident(served) - before) / ((circles - 1) * A_CIRCLE)
            if name == "ours":
                sample = crowd.latest
            crowds.append(crowd)
        for crowd in crowds:
            crowd.p99(circles / 10, 10)  # each has pressed once: nothing is new to anybody
        our_crowd, bare_crowd = crowds
        yield Both(made, ours, our_crowd, bare_crowd, memory)


def _circle(made: Store, number: int) -> tuple[UUID, list[str]]:
    """A circle of ten that has begun; the call, and everybody’s sessions."""
    make = made.make
    host = facilitator(make, made.group_id, f"Host {number}")
    members = [make.member(f"Member {number} {each}") for each in range(A_CIRCLE - 1)]
    call_id = make.call(
        made.group_id, host, seats=10, starts_in=timedelta(minutes=10), seated=members
    )
    now = make.clock.now()
    people: list[Actor] = [host, *members]
    with made.app.app_context():
        for person in people:
            with transaction():
                live_actions.enter(make.actor(person), call_id, Chosen(Way.VOICE), MESH, now=now)
        with transaction():
            live_actions.happen(host, call_id, Start(host.id), uuid4(), now=now)
        with transaction():
            tokens = [accounts_actions.sign_in(each.id, "bench", now=now) for each in people]
    return call_id, [session_of(made.app, token) for token in tokens]


def _our_room(crowd: Crowd, served: Served, call_id: UUID, sessions: Sequence[str]) -> Room:
    lines = [crowd.open(served.address, cookie=session) for session in sessions]
    for line in lines:
        page = {"call_id": str(call_id), "page": str(uuid4())}
        line.socket.send("42" + json.dumps(["enter-circle", page]))
    return Room(lines, _microphone(call_id))


def _microphone(call_id: UUID) -> Callable[[Line, int], None]:
    """The facilitator's microphone on, off, on: each press is a new version for everybody."""
    is_on = False

    def press(line: Line, number: int) -> None:
        nonlocal is_on
        is_on = not is_on
        fields = {"call_id": str(call_id), "event_id": str(uuid4())}
        line.socket.send("42" + json.dumps(["mic-on" if is_on else "mic-off", fields]))

    return press


def _bare_room(crowd: Crowd, served: Served, number: int, sample: str) -> Room:
    lines = [crowd.open(served.address, query=f"&room={number}") for _ in range(A_CIRCLE)]

    def press(line: Line, count: int) -> None:
        line.socket.send(_said("say", {"number": count, "board": sample}))

    return Room(lines, press)


def _say_to_all(line: Line, count: int) -> None:
    line.socket.send(_said("say-to-all", {"number": count}))


def _said(event: str, payload: Mapping[str, object]) -> str:
    return "42" + json.dumps([event, payload], separators=(",", ":"))


def resident(served: Served) -> float:
    """Kilobytes that the process which answers takes."""
    children = Path(f"/proc/{served.process}/task/{served.process}/children").read_text().split()
    worker = children[0] if children else served.process
    found = re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{worker}/status").read_text())
    assert found
    return float(found[1])
