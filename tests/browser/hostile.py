"""Somebody whose client ignores every order: it sends its tone, and listens, always (aiortc).

It obeys the server only where it must: it can't be signalled to, or signal, unless let.
"""

import asyncio
import contextlib
import fractions
import math
import threading
import uuid
from array import array
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any, Self, TypeVar

import socketio
from aiortc import (
    MediaStreamTrack,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
    VideoStreamTrack,
)
from aiortc.mediastreams import MediaStreamError
from aiortc.sdp import candidate_from_sdp
from av import AudioFrame, VideoFrame
from playwright.sync_api import expect

from tests.browser.seated import Seated
from tests.browser.site import Site

RATE = 48_000
FRAME = RATE // 50  # 20 ms
NO_SERVERS = RTCConfiguration(iceServers=[])  # else it asks a public one and waits for it

T = TypeVar("T")


class Tone(MediaStreamTrack):
    """A sine in real time."""

    kind = "audio"

    def __init__(self, hertz: int) -> None:
        super().__init__()
        self.step = 2 * math.pi * hertz / RATE
        self.at = 0
        self.began: float | None = None

    async def recv(self) -> AudioFrame:
        clock = asyncio.get_running_loop().time
        if self.began is None:
            self.began = clock()
        await asyncio.sleep(self.began + self.at / RATE - clock())
        wave = (int(16_000 * math.sin(self.step * (self.at + n))) for n in range(FRAME))
        frame = AudioFrame(format="s16", layout="mono", samples=FRAME)
        frame.planes[0].update(array("h", wave).tobytes())
        frame.sample_rate, frame.time_base = RATE, fractions.Fraction(1, RATE)
        frame.pts, self.at = self.at, self.at + FRAME
        return frame


class Picture(VideoStreamTrack):
    """A grey picture, five times a second."""

    async def recv(self) -> VideoFrame:
        await asyncio.sleep(0.2)
        frame = VideoFrame(width=160, height=90, format="yuv420p")
        for plane in frame.planes:
            plane.update(bytes([128]) * plane.buffer_size)
        frame.pts, frame.time_base = await self.next_timestamp()
        return frame


class Hostile:
    """Joins with a session cookie and connects to everybody it is told of, on its own thread.

    `enter` is the event and payload that shows it the circle; `address` goes with each signal.
    """

    def __init__(
        self,
        url: str,
        me: str,
        hertz: int,
        *,
        cookie: str,
        enter: tuple[str, dict[str, Any]],
        address: dict[str, Any],
    ) -> None:
        self.url, self.me, self.hertz = url, me, hertz
        self.cookie, self.enter, self.address = cookie, enter, address
        self.ends: dict[str, str] = {}
        self.far: dict[str, str] = {}
        self.connections: dict[str, RTCPeerConnection] = {}
        self.overheard: set[tuple[str, str]] = set()
        self.listening: list[asyncio.Task[None]] = []
        self.one_at_a_time = asyncio.Lock()
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        self.line = socketio.Client(reconnection=False, handle_sigint=False)
        self.line.on("signal", lambda signal: self._start(self._take(signal)))
        self.line.connect(self.url, headers={"Cookie": self.cookie}, transports=["websocket"])
        self.line.call(*self.enter)
        return self

    def __exit__(self, *_: object) -> None:
        self.line.eio.ws.abort()  # without a word: a polite goodbye waits for an answer
        self.line.wait()
        self._start(self._hang_up()).result(timeout=10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.loop.close()

    def board(self) -> dict[str, Any]:
        """What it is shown now."""
        answer: dict[str, Any] = self.line.call(*self.enter)
        return answer.get("board", {})

    def press(self, event: str, **fields: Any) -> dict[str, Any]:
        """What it is told about a press of its own."""
        sent = {"event_id": str(uuid.uuid4()), **self.address, **fields}
        answer: dict[str, Any] = self.line.call(event, sent)
        return answer

    def greet(self, person: str) -> None:
        """Try to connect to somebody, whether or not that is allowed."""
        self.loop.call_soon_threadsafe(self._send, person)

    def is_connected(self, people: set[str], within: float = 30) -> bool:
        """Have these people’s browsers connected to it, before so many seconds are over?"""
        try:
            self._start(asyncio.wait_for(self._all_connected(people), within)).result()
        except TimeoutError:
            return False
        return True

    async def _all_connected(self, people: set[str]) -> None:
        while not people <= {
            person
            for person, each in self.connections.items()
            if each.connectionState == "connected"
        }:
            await asyncio.sleep(0.02)

    def overhears(self, *people: str) -> bool:
        """Do soon exactly these people send it any sound? What is on the way may still come in."""
        return self._comes_to(set(people), "audio", seconds=0.3)

    def watches(self, *people: str) -> bool:
        """Do soon exactly these people send it any picture?"""
        return self._comes_to(set(people), "video", seconds=1)

    def _comes_to(self, people: set[str], kind: str, seconds: float) -> bool:
        return any(self._start(self._overhear(kind, seconds)).result() == people for _ in range(30))

    async def _overhear(self, kind: str, seconds: float) -> set[str]:
        self.overheard.clear()
        await asyncio.sleep(seconds)
        return {person for person, sent in self.overheard if sent == kind}

    async def _listen(self, person: str, track: MediaStreamTrack) -> None:
        with contextlib.suppress(MediaStreamError):  # how aiortc says that it is over
            while True:
                await track.recv()
                self.overheard.add((person, track.kind))

    def is_cut_off(self, within: float = 30) -> bool:
        """Has everybody hung up on it, before so many seconds are over?"""
        try:
            self._start(asyncio.wait_for(self._alone(), within)).result()
        except TimeoutError:
            return False
        return True

    async def _alone(self) -> None:
        while any(each.connectionState == "connected" for each in self.connections.values()):
            await asyncio.sleep(0.02)

    def _start(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    async def _hang_up(self) -> None:
        for connection in self.connections.values():
            await connection.close()
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*self.listening, return_exceptions=True)

    def _send(self, person: str, **said: Any) -> None:
        mine = self.ends.setdefault(person, str(uuid.uuid4()))
        ends = {"end": mine, "far": self.far.get(person)}
        self.line.emit("signals", {**self.address, "signals": [{"to": person, **ends, **said}]})

    async def _take(self, signal: dict[str, Any]) -> None:
        async with self.one_at_a_time:
            await self._answer(signal["from"], signal["data"])

    async def _answer(self, person: str, said: dict[str, Any]) -> None:
        if said["end"] != self.far.get(person):
            await self._connect(person, said["end"])
        connection = self.connections[person]
        if said["far"] != self.ends.get(person):
            self._send(person)
        elif "description" in said:
            await connection.setRemoteDescription(RTCSessionDescription(**said["description"]))
            if said["description"]["type"] == "offer":
                await connection.setLocalDescription(await connection.createAnswer())
                self._describe(person)
        elif said.get("candidate"):
            _, _, line = said["candidate"]["candidate"].partition(":")
            candidate = candidate_from_sdp(line)
            candidate.sdpMid = said["candidate"]["sdpMid"]
            await connection.addIceCandidate(candidate)

    async def _connect(self, person: str, end: str) -> None:
        if person in self.connections:
            await self.connections[person].close()
        self.far[person] = end
        connection = self.connections[person] = RTCPeerConnection(NO_SERVERS)
        self._give(connection)

        @connection.on("track")
        def listen(track: MediaStreamTrack) -> None:
            self.listening.append(self.loop.create_task(self._listen(person, track)))

        if self.me < person:  # the impolite end offers
            await connection.setLocalDescription(await connection.createOffer())
            self._describe(person)

    def _give(self, connection: RTCPeerConnection) -> None:
        connection.addTrack(Tone(self.hertz))
        connection.addTrack(Picture())

    def _describe(self, person: str) -> None:
        local = self.connections[person].localDescription
        self._send(person, description={"type": local.type, "sdp": local.sdp})


class Listener(Hostile):
    """Somebody who does as they are told and only listens: light enough for a room full of them."""

    def _give(self, connection: RTCPeerConnection) -> None:
        for kind in ("audio", "video"):
            connection.addTransceiver(kind, direction="recvonly")


@contextmanager
def in_place_of(somebody: Seated, hana: Seated, site: Site) -> Iterator[Hostile]:
    """Their page is closed, and this takes part with their cookies."""
    call_id = somebody.page.url.rsplit("/", 1)[1]
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in somebody.page.context.cookies())
    somebody.page.close()
    # Until the server has seen it go, another page would be a second device.
    row = hana.page.locator("#people > li", has_text=somebody.name)
    expect(row).to_contain_text("connecting again")
    with Hostile(
        site.url,
        somebody.id,
        somebody.hertz,
        cookie=cookie,
        enter=("enter-circle", {"call_id": call_id, "page": str(uuid.uuid4())}),
        address={"call_id": call_id},
    ) as hostile:
        yield hostile
