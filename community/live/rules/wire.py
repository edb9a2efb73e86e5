"""The strict way in from the wire: a name and its fields become an event, or are refused."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from typing import Any
from uuid import UUID

from community.core.verdict import Reason, Refused
from community.live.rules.events import Typed, Wire
from community.live.rules.leading import HideWords
from community.live.rules.presses import Reply, Say, Tell

LONGEST_WORDS = 2000
LONGEST_LINE = 300  # of a reply
UNREADABLE = Reason(
    "unreadable", "We couldn’t read that. Nothing has changed. Please try again.", 422
)
TOO_LONG = Reason(
    "too-long",
    "That’s too long to send in one piece. Your words are safe. You can send them in parts.",
    422,
)
NO_WORDS = Reason("no-words", "There’s nothing to send yet. Write a few words first.", 422)

TYPED: Mapping[str, type[Typed]] = {"say": Say, "reply": Reply, "tell": Tell}
"""What comes with words, which the machine never sees."""


def wire_name(event: type[Any]) -> str:
    """`TakeBack` is `take-back` on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", event.__name__).lower()


EVENTS: Mapping[str, type[Wire]] = {
    wire_name(event): event for event in Wire.__args__ if event is not HideWords
}

NAMES: Mapping[type, str] = {event: name for name, event in {**EVENTS, **TYPED}.items()}
"""The other way round: every board asks for dozens of them."""


def carried(event: type[Any]) -> list[Field[Any]]:
    """What comes over the wire. Who presses, and what the rows say, nobody can send."""
    return [each for each in fields(event) if each.name not in {"by", "kept", "arrives"}]


def parse(name: str, payload: object, *, by: UUID) -> Wire:
    """The event of this name, exactly as described above, or `Refused`. Never trusts `by`."""
    if name not in EVENTS or not isinstance(payload, Mapping):
        raise Refused(UNREADABLE)
    return EVENTS[name](by=by, **_fields(EVENTS[name], payload))


def parse_typed(name: str, payload: object, *, by: UUID) -> tuple[Typed, str]:
    """What comes with words, and the words. A reply is one line."""
    if not isinstance(payload, Mapping) or "words" not in payload:
        raise Refused(UNREADABLE)
    others = {key: value for key, value in payload.items() if key != "words"}
    event = TYPED[name](by=by, **_fields(TYPED[name], others))
    if isinstance(event, Reply):
        return event, " ".join(_words(payload["words"], LONGEST_LINE).split())
    return event, _words(payload["words"], LONGEST_WORDS)


def _words(value: object, longest: int) -> str:
    words = _text(value, longest).strip()
    if not words:
        raise Refused(NO_WORDS)
    return words


def _fields(event: type[Wire | Typed], payload: Mapping[str, object]) -> dict[str, Any]:
    """What an event carries, each exactly as it says."""
    wanted = {each.name: each for each in carried(event)}
    needed = {each.name for each in wanted.values() if each.default is MISSING}
    if not needed <= payload.keys() <= wanted.keys():
        raise Refused(UNREADABLE)
    return {key: _read(wanted[key], payload[key]) for key in payload}


def _read(wanted: Field[Any], value: object) -> object:
    if wanted.type is int:
        if type(value) is int and value >= 0:  # True is an int to everybody but us
            return value
        raise Refused(UNREADABLE)
    text = _text(value, wanted.metadata.get("longest", 40))
    try:
        read = wanted.type(text)  # type: ignore[operator]  # str, UUID or a StrEnum
    except ValueError:
        raise Refused(UNREADABLE) from None
    if str(read) != text:  # one spelling each: no braces round an id
        raise Refused(UNREADABLE)
    return read


def _text(value: object, longest: int) -> str:
    """A string that every store can keep."""
    if not isinstance(value, str):
        raise Refused(UNREADABLE)
    if len(value) > longest:
        raise Refused(TOO_LONG)
    if "\0" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Refused(UNREADABLE)
    return value
