"""A real relay (coturn) on this machine, for as long as it is needed."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.site import free_port
from tools import programs

COTURN = programs.COTURN.find()

# A STUN binding request (RFC 8489): type, no attributes, the magic cookie, any transaction id.
IS_ANYBODY_THERE = bytes.fromhex("000100002112a442") + b"twelve bytes"


@dataclass(frozen=True)
class Relay:
    """Where it listens, and the secret it shares with the site."""

    port: int
    secret: str = "only for this test"

    @property
    def url(self) -> str:
        return f"turn:127.0.0.1:{self.port}?transport=udp"


@contextmanager
def relaying(kept_in: Path) -> Iterator[Relay]:
    """coturn as deploy/turnserver.conf has it, but on loopback and without certificates."""
    relay = Relay(free_port())
    kept_in.mkdir(parents=True)
    command = [
        str(COTURN),
        "-n",  # no file of settings
        "--use-auth-secret",
        f"--static-auth-secret={relay.secret}",
        "--realm=circles.test",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        "--allow-loopback-peers",
        f"--listening-port={relay.port}",
        "--fingerprint",
        "--no-tls",
        "--no-dtls",
        "--no-cli",
        "--log-file=stdout",
        f"--pidfile={kept_in / 'pid'}",
        f"--userdb={kept_in / 'users'}",
    ]
    with (kept_in / "log.txt").open("wb") as log:
        process = subprocess.Popen(command, cwd=kept_in, stdout=log, stderr=log)
        try:
            _wait_for(relay.port)
            yield relay
        finally:
            process.kill()
            process.wait()


def _wait_for(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asks:
        asks.settimeout(0.1)
        asks.connect(("127.0.0.1", port))
        for _ in range(100):
            try:
                asks.send(IS_ANYBODY_THERE)
                asks.recv(1024)
            except OSError:
                time.sleep(0.05)  # it refuses at once until it listens
            else:
                return
    raise AssertionError("the relay didn’t start")
