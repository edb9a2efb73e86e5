"""A real relay (coturn) on this machine, for as long as it is needed."""

import base64
import hashlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from community.core.clock import SystemClock
from tests.browser.site import free_port
from tools import programs

COTURN = programs.COTURN.find()

# A STUN binding request (RFC 8489): type, no attributes, the magic cookie, any transaction id.
IS_ANYBODY_THERE = bytes.fromhex("000100002112a442") + b"twelve bytes"


@dataclass
class Relay:
    """coturn as deploy/turnserver.conf has it, but on loopback, with a certificate of its own."""

    kept_in: Path
    port: int = field(default_factory=free_port)
    tls_port: int = field(default_factory=free_port)
    secret: str = "only for this test"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"turn:127.0.0.1:{self.port}?transport=udp"

    @property
    def tls_url(self) -> str:
        return f"turns:127.0.0.1:{self.tls_port}?transport=tcp"

    @property
    def trusted(self) -> str:
        """What makes a Chromium take its certificate for good, and no other."""
        return f"--ignore-certificate-errors-spki-list={_name_of(self.key)}"

    def start(self, *, by_tls_alone: bool = False) -> None:
        """Start it, and wait until it answers. By TLS alone: as where a network lets nothing else
        through."""
        _certify(self.key, self.kept_in)
        command = [
            str(COTURN),
            "-n",  # no file of settings
            "--use-auth-secret",
            f"--static-auth-secret={self.secret}",
            "--realm=circles.test",
            "--listening-ip=127.0.0.1",
            "--relay-ip=127.0.0.1",
            "--allow-loopback-peers",
            f"--listening-port={self.port}",
            f"--tls-listening-port={self.tls_port}",
            f"--cert={self.kept_in / 'cert.pem'}",
            f"--pkey={self.kept_in / 'key.pem'}",
            "--fingerprint",
            "--no-dtls",
            "--no-cli",
            "--log-file=stdout",
            f"--pidfile={self.kept_in / 'pid'}",
            f"--userdb={self.kept_in / 'users'}",
            *(["--no-udp", "--no-tcp"] if by_tls_alone else []),
        ]
        with (self.kept_in / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(command, cwd=self.kept_in, stdout=log, stderr=log)
        _wait_until(self._answers_by_tls if by_tls_alone else self._answers)

    def stop(self) -> None:
        """As when its machine loses power: it says goodbye to nobody."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def _answers(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asks:
            asks.settimeout(0.1)
            asks.connect(("127.0.0.1", self.port))
            asks.send(IS_ANYBODY_THERE)
            asks.recv(1024)

    def _answers_by_tls(self) -> None:
        socket.create_connection(("127.0.0.1", self.tls_port), timeout=0.1).close()


@contextmanager
def relaying(kept_in: Path) -> Iterator[Relay]:
    """A relay, for as long as it is needed."""
    kept_in.mkdir(parents=True)
    relay = Relay(kept_in)
    relay.start()
    try:
        yield relay
    finally:
        relay.stop()


def _wait_until(answers: Callable[[], None]) -> None:
    for _ in range(100):
        try:
            answers()
        except OSError:
            time.sleep(0.05)  # it refuses at once until it listens
        else:
            return
    raise AssertionError("the relay didn’t start")


def _certify(key: ec.EllipticCurvePrivateKey, folder: Path) -> None:
    """Write the key down, and a certificate that it has signed itself."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "circles.test")])
    now = SystemClock().now()
    made = x509.CertificateBuilder(
        issuer_name=name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - timedelta(hours=1),
        not_valid_after=now + timedelta(hours=1),
    )
    certificate = made.sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )


def _name_of(key: ec.EllipticCurvePrivateKey) -> str:
    """By what browsers know a key."""
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return base64.b64encode(hashlib.sha256(public).digest()).decode()
