"""A real media server (LiveKit) on this machine, for as long as it is needed: on loopback only."""

import http.client
import json
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from community.core.clock import SystemClock
from community.live.livekit import LiveKit
from tools import programs


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """A port that nobody listens on."""
    with socket.socket(type=kind) as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


# It ends when whoever started it closes the pipe: also by dying.
KEEP = """
"$0" "$@" </dev/null &
read -r _
kill -KILL $!
wait $!
"""


@dataclass
class MediaServer:
    """LiveKit as deploy/livekit.yaml has it, but on loopback."""

    kept_in: Path
    port: int = field(default_factory=free_port)
    udp_port: int = field(default_factory=partial(free_port, socket.SOCK_DGRAM))
    secret: str = field(default_factory=lambda: secrets.token_hex(32))
    key: str = "circles"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    @property
    def media(self) -> LiveKit:
        """The port that leads there."""
        return LiveKit(self.url, self.key, self.secret, SystemClock())

    @property
    def settings(self) -> dict[str, str]:
        """What makes a site use it."""
        return {
            "livekit_url": self.url,
            "livekit_key": self.key,
            "livekit_secret": self.secret,
        }

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {
            "port": self.port,
            "bind_addresses": ["127.0.0.1"],
            "keys": {self.key: self.secret},
            "rtc": {
                "tcp_port": free_port(),
                "udp_port": self.udp_port,
                "node_ip": "127.0.0.1",
                "use_external_ip": False,
                "enable_loopback_candidate": True,
                "ips": {"includes": ["127.0.0.1/32"]},
            },
        }
        path = self.kept_in / "livekit.yaml"
        path.write_text(json.dumps(settings))  # which is YAML, too
        command = [str(programs.LIVEKIT.find()), "--config", str(path)]
        with (self.kept_in / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", KEEP, *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl+C is for pytest, which then stops it
            )
        for _ in range(600):
            if self._answers():
                return
            time.sleep(0.05)  # it refuses at once until it listens
        raise AssertionError((self.kept_in / "log.txt").read_text())

    def stop(self) -> None:
        """As when its machine loses power: it says goodbye to nobody."""
        assert self.process is not None
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()

    def _answers(self) -> bool:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)) as line:
            try:
                line.request("GET", "/")
                return line.getresponse().status == 200
            except OSError:
                return False


@contextmanager
def serving(kept_in: Path) -> Iterator[MediaServer]:
    """A media server, for as long as it is needed."""
    kept_in.mkdir(parents=True)
    server = MediaServer(kept_in)
    server.start()
    try:
        yield server
    finally:
        server.stop()
