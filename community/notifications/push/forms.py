"""What a browser says of itself when it wants to be told. Shape only."""

from base64 import urlsafe_b64decode
from urllib.parse import urlsplit

from community.core.verdict import Refused
from community.notifications.push.rules import NOT_A_DEVICE, Told

LONGEST_ENDPOINT = 2000
KEY, SECRET = 65, 16  # bytes: a point of the curve, and what it is mixed with (RFC 8291)


def told_by(sent: object) -> Told:
    """A PushSubscription as a browser writes it. Raises `Refused(NOT_A_DEVICE)`."""
    match sent:
        case {"endpoint": str(endpoint), "keys": {"p256dh": str(key), "auth": str(secret)}}:
            if _is_place(endpoint) and _is_long(key, KEY) and _is_long(secret, SECRET):
                return Told(endpoint, key, secret)
    raise Refused(NOT_A_DEVICE)


def _is_place(endpoint: str) -> bool:
    try:
        place = urlsplit(endpoint)
        _ = place.port
    except ValueError:
        return False
    return (
        endpoint.isascii()
        and endpoint.isprintable()
        and " " not in endpoint
        and len(endpoint) <= LONGEST_ENDPOINT
        and place.scheme == "https"
        and bool(place.hostname)
        and place.username is None
    )


def _is_long(coded: str, length: int) -> bool:
    try:
        return len(urlsafe_b64decode(coded + "=" * (-len(coded) % 4))) == length
    except ValueError:
        return False
