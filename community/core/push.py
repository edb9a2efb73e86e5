"""The real pusher: one short message to one browser's push service (RFC 8030), which can't read it
(RFC 8291) and knows that it comes from us (RFC 8292).

Anybody may name a push service, so nothing of ours may be reached by naming it: https only, to
public addresses only, and the address that was looked at is the one that is spoken to.
"""

import socket
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.client import HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

from community.core.ports import PushFailed, PushGone

Address = IPv4Address | IPv6Address

WORDS = b"new"  # all that is ever said; the page behind it asks who is reading
KEPT_FOR = timedelta(days=1)  # by the push service, while the device is off
SIGNED_FOR = timedelta(hours=12)
GONE = {404, 410}

# Ways to write an IPv4 address, perhaps a private one, as a public one of IPv6.
WRAPPED = (IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def is_public(address: Address) -> bool:
    """Out in the world, and no way back into a network of ours."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in WRAPPED):
            return False
    return address.is_global and not address.is_multicast


@dataclass(frozen=True, slots=True)
class WebPusher:
    """Pushes with this key, which says who we are, and an address where we can be asked."""

    private_key: str = field(repr=False)
    contact: str
    may_reach: Callable[[Address], bool] = is_public
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    patience: float = 10  # seconds, for each answer

    @property
    def public_key(self) -> str:
        """What a browser needs to let us, and nobody else, push to it."""
        public = Vapid02.from_string(self.private_key).public_key
        raw = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(raw).rstrip(b"=").decode()

    def send(self, endpoint: str, key: str, secret: str, *, now: datetime) -> None:
        """Hand over, or raise `PushFailed`; the push service's yes is a yes."""
        place = urlsplit(endpoint)
        headers = {
            **self._signature(f"https://{place.netloc}", now),
            "Content-Encoding": "aes128gcm",
            "TTL": str(int(KEPT_FOR.total_seconds())),
            "Topic": "new",  # of several that wait, one is enough
            "Urgency": "normal",
        }
        path = f"{place.path or '/'}{'?' if place.query else ''}{place.query}"
        try:
            with closing(self._line(place.hostname or "", place.port or 443)) as line:
                line.request("POST", path, _locked(key, secret), headers)
                status = line.getresponse().status
        except (OSError, HTTPException, UnicodeError) as error:  # a name may be none
            raise PushFailed(type(error).__name__) from error
        if status in GONE:
            raise PushGone(f"HTTP {status}")
        if not 200 <= status < 300:  # a redirect isn't followed: it could lead anywhere
            raise PushFailed(f"HTTP {status}")

    def _signature(self, audience: str, now: datetime) -> dict[str, str]:
        claims = {
            "aud": audience,
            "sub": f"mailto:{self.contact}",
            "exp": int((now + SIGNED_FOR).timestamp()),
        }
        return dict(Vapid02.from_string(self.private_key).sign(claims))

    def _line(self, host: str, port: int) -> HTTPSConnection:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        places = {str(place[4][0]) for place in found}
        if not all(self.may_reach(ip_address(place)) for place in places):
            raise PushGone("not a public address")
        bare = socket.create_connection((min(places), port), self.patience)
        line = HTTPSConnection(host, port)
        try:
            line.sock = self.trust.wrap_socket(bare, server_hostname=host)
        except OSError:
            bare.close()
            raise
        return line


def _locked(key: str, secret: str) -> bytes:
    """The words, for one browser's eyes only."""
    try:
        locked: bytes = http_ece.encrypt(
            WORDS,
            private_key=ec.generate_private_key(ec.SECP256R1()),
            dh=_raw(key),
            auth_secret=_raw(secret),
            version="aes128gcm",
        )
    except ValueError as no_key:  # no point of the curve
        raise PushGone("no key to lock it with") from no_key
    return locked


def _raw(coded: str) -> bytes:
    return urlsafe_b64decode(coded + "=" * (-len(coded) % 4))
