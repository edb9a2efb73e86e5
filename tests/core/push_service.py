"""A push service in a thread, and a browser that it would wake: it can open what comes."""

import ssl
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from community.core.push import WebPusher
from tests.core.certificate import certificate_in

HANGS_UP = 0  # in place of an answer
SECRET = b"sixteen bytes it"


def coded(raw: bytes) -> str:
    """As browsers write bytes."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


@dataclass
class PushService:
    """What it was asked, and what it answers."""

    port: int
    trust: ssl.SSLContext
    private_key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    answers: int | None = 201  # None: it never does
    heard: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)

    @property
    def key(self) -> str:
        """What the browser gives away."""
        public = self.private_key.public_key()
        return coded(public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def subscription(self, browser: str = "ana") -> dict[str, Any]:
        """A PushSubscription as JSON."""
        keys = {"p256dh": self.key, "auth": coded(SECRET)}
        endpoint = f"https://localhost:{self.port}/push/{browser}"
        return {"endpoint": endpoint, "expirationTime": None, "keys": keys}

    def opened(self) -> list[bytes]:
        """What the browser reads."""
        return [
            http_ece.decrypt(
                body, private_key=self.private_key, auth_secret=SECRET, version="aes128gcm"
            )
            for _, _, body in self.heard
        ]

    def pusher(self, **changes: Any) -> WebPusher:
        """Ours, which may reach it though it is on this machine."""
        loopback = {"may_reach": lambda address: address.is_loopback, "trust": self.trust}
        return WebPusher(OURS, "help@example.org", **{**loopback, **changes})


OURS = coded(
    ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )
)


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """One that listens, for as long as it is needed."""
    certificate, key = certificate_in(folder)
    trust = ssl.create_default_context(cafile=str(certificate))
    server = _Server(("127.0.0.1", 0), _Handler)
    speaks = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    speaks.load_cert_chain(certificate, key)
    server.socket = speaks.wrap_socket(server.socket, server_side=True)
    service = server.service = PushService(server.server_port, trust)  # type: ignore[attr-defined]
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield service
    finally:
        service.is_over.set()
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, *args: object) -> None:
        """Some hang up in the middle, on purpose."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        service: PushService = self.server.service  # type: ignore[attr-defined]
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) < length:  # whoever sent it is gone
            return
        service.heard.append((self.path, dict(self.headers), body))
        if service.answers is None:
            service.is_over.wait()
        elif service.answers != HANGS_UP:
            self.send_response(service.answers)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *args: object) -> None:
        """It keeps quiet."""
