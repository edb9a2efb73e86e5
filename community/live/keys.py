"""The key of what is said and shown in a circle, where it goes through a media server.

It is the key of exactly those people who may be connected, so it is another one as soon as somebody
comes or goes, and whoever isn’t among them never had it. No row and no file has it: every process
works it out from its own secret and from the room’s, which is gone when the circle is over.
"""

import base64
import hmac
from dataclasses import dataclass

from flask import current_app

from community.live.rules.room import Room
from community.live.rules.signals import may_be_there

BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """`key` is it, in base64, and of the room at this version; `number` tells it apart from the
    one before."""

    version: int
    number: int
    key: str


def key_of(room: Room) -> Key:
    """For whoever may be connected, and for nobody else."""
    people = sorted(map(str, may_be_there(room)))
    of = " ".join(("voices", room.seed, str(room.media_id), *people))
    made = hmac.digest(current_app.config["SECRET_KEY"].encode(), of.encode(), "sha512")
    return Key(room.version, made[-1], base64.b64encode(made[:BYTES]).decode())
