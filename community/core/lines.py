"""The lines of several processes, as if one held them all: what one says, the others hear.

A line may end at any time: its browser comes back by itself, is asked who it is, and is shown how
everything is now. That is what happens wherever something may have been missed. A process that
doesn’t hear the others holds no line, so its pages ask now and then instead; and what one could not
say is not said later, but all begin anew.
"""

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import structlog
from engineio import packet as lower
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.client import PubSub
from redis.exceptions import TimeoutError as Silent
from redis.retry import Retry
from socketio import PubSubManager, Server, packet

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = structlog.get_logger()

Rooms = str | Sequence[str]

SILENCE = 10.0  # seconds until it is asked whether it is there, and once more until it is gone
PATIENCE = 5.0  # seconds that somebody’s press may wait for it
REST = 1.0  # second until it is looked for again
BUSY = b"No lines just now. Pages work without.\n"


def end_lines(server: Server, room: str) -> None:
    """End each line in this room that this process holds. Nobody comes back unless they ask to."""
    for line, _ in list(server.manager.get_participants("/", room)):
        server.disconnect(line, ignore_queue=True)


def drop_lines(server: Server) -> None:
    """Let go of each line that this process holds. The browsers come back by themselves."""
    for environ in list(server.environ.values()):
        with suppress(OSError):  # they have gone
            environ["gunicorn.socket"].shutdown(socket.SHUT_RDWR)


class SharedLines(PubSubManager):  # type: ignore[misc]
    """Redis stands between. python-socketio’s own manager of it looks away while it connects
    again, and nobody learns what was missed."""

    def __init__(self, address: str) -> None:
        super().__init__(channel="circles")
        self._redis = Redis.from_url(
            address,
            retry=Retry(NoBackoff(), 0),  # it would find its way back without a word
            socket_timeout=PATIENCE,
            socket_connect_timeout=PATIENCE,
        )
        self._is_heard: bool | None = None
        self._rests_until = 0.0
        self._unsaid: list[dict[str, Any]] = []

    def initialize(self) -> None:
        """Nothing when the first line comes: by then this process has begun to listen."""

    def begin(self) -> None:
        """Listen, from now on and in this process."""
        super().initialize()

    def door(self, site: "WSGIApplication") -> "WSGIApplication":
        """The site, which takes no line while this process doesn’t hear the others."""

        def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
            if self._is_heard or not environ["PATH_INFO"].startswith("/socket.io/"):
                return site(environ, start_response)
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [BUSY]

        return answer

    def emit(
        self, event: str, data: Any, namespace: str, room: Rooms | None = None, **_: object
    ) -> None:
        """Say it here, and have the others say it."""
        words = self.server.packet_class(packet.EVENT, data=[event, data]).encode()
        self._say(room, words)
        self._publish({"method": "emit", "room": room, "words": words, "host_id": self.host_id})

    def end_elsewhere(self, room: str) -> None:
        """Have the others end their lines in this room."""
        self._publish({"method": "disconnect", "room": room, "host_id": self.host_id})

    def _say(self, room: Rooms | None, words: str) -> None:
        said = lower.Packet(lower.MESSAGE, words)
        for _, line in self.get_participants("/", room):
            self.server.eio.send_packet(line, said)

    def _handle_emit(self, message: dict[str, Any]) -> None:
        self._say(message["room"], message["words"])

    def _handle_disconnect(self, message: dict[str, Any]) -> None:
        room = message["room"]
        task: Callable[..., None] = partial(end_lines, room=room) if room else drop_lines
        self.server.start_background_task(task, self.server)  # others may be heard meanwhile

    def _publish(self, *messages: dict[str, Any]) -> None:
        """Nobody who pressed waits for it twice, and what they pressed is kept already."""
        said = monotonic() >= self._rests_until
        if said:
            try:
                for each in (*self._unsaid, *messages):
                    self._redis.publish(self.channel, self.json.dumps(each))
            except RedisError as fault:
                said = False
                self._rests_until = monotonic() + REST
                log.warning("not heard by other processes", why=type(fault).__name__)
        anew = {"method": "disconnect", "room": None, "host_id": self.host_id}
        self._unsaid = [] if said else [anew]

    def _listen(self) -> Iterator[bytes]:
        while True:
            try:
                with self._redis.pubsub() as heard:  # type: ignore[no-untyped-call]
                    heard.subscribe(self.channel)
                    yield from self._words(heard)
            except RedisError as fault:
                self._becomes(is_heard=False, why=type(fault).__name__)
            drop_lines(self.server)
            sleep(REST)

    def _words(self, heard: PubSub) -> Iterator[bytes]:
        is_asked = False
        while True:
            message = heard.get_message(timeout=SILENCE)
            if message is None and is_asked:
                raise Silent
            is_asked = message is None
            if message is None:
                heard.ping()
            elif message["type"] == "subscribe":
                self._becomes(is_heard=True)
                self._rests_until = 0.0
                self._publish()
            elif message["type"] == "message":
                yield message["data"]

    def _becomes(self, *, is_heard: bool, why: str = "") -> None:
        if is_heard is not self._is_heard:
            say = log.info if is_heard else log.warning
            say("other processes are heard" if is_heard else "no other process is heard", why=why)
        self._is_heard = is_heard
