"""A device that is told when something is new: where it is, and how long we try. Pure."""

from dataclasses import dataclass
from datetime import timedelta

from community.core.verdict import Reason

TRIES = 8
LEASE = timedelta(minutes=2)  # longer than any push service may take to answer

NOT_A_DEVICE = Reason("not-a-device", "This device can’t be told when something is new.", 422)


@dataclass(frozen=True, slots=True)
class Told:
    """Where a browser’s push service is, and the keys that only that browser can open with."""

    endpoint: str
    key: str
    secret: str


def wait_after(tries: int) -> timedelta:
    """How long until the next try, each time longer."""
    return timedelta(minutes=2**tries)
