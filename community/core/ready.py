"""JSON that is written once, however many it is for.

What several people are shown alike is made into text a single time, and each of them is sent that
text with what is theirs alone beside it. orjson writes it: it knows frozen values, ids, instants
and enums by itself, and puts what is written already where it belongs.
"""

import codecs
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson


class Ready:
    """A JSON object, or a list of some, that is written already. Nobody changes it from then on."""

    __slots__ = ("text",)  # no dataclass, of which orjson would write the fields

    def __init__(self, text: bytes) -> None:
        self.text = text

    def beside(self, other: "Ready") -> "Ready":
        """The fields of both, which share none, and of which neither is empty."""
        return Ready(b"%b,%b" % (self.text[:-1], other.text[1:]))

    @property
    def fields(self) -> dict[str, Any]:
        """The same as values."""
        fields: dict[str, Any] = orjson.loads(self.text)
        return fields


def ready_list(each: Iterable[Ready]) -> Ready:
    """All of them, in their order, as one."""
    return Ready(b"[%b]" % b",".join([one.text for one in each]))


def ready(value: object) -> Ready:
    """This frozen value, or these fields, of which some may be ready."""
    return Ready(write(value))


def write(value: object) -> bytes:
    """Any value of ours as JSON (RFC 8259), in ASCII: fields by name, ids, instants and enums as
    text. `TypeError` for what isn’t one.

    A text with one curly apostrophe in it takes twice the memory, and each open line keeps the last
    one that it was sent.
    """
    text = orjson.dumps(value, _other, orjson.OPT_NON_STR_KEYS)
    return text if text.isascii() else text.decode().encode("ascii", _ESCAPED)


def plain(value: object) -> Any:
    """The same as values: what JSON has, and nothing else."""
    return orjson.loads(write(value))


_ESCAPED = "escaped in JSON"


def _escape(found: UnicodeError) -> tuple[str, int]:
    assert isinstance(found, UnicodeEncodeError)
    return _in_ascii(found.object[found.start : found.end]), found.end


@lru_cache(1024)
def _in_ascii(letters: str) -> str:
    """A few come again and again: apostrophes, quotation marks, dashes."""
    return json.dumps(letters)[1:-1]


codecs.register_error(_ESCAPED, _escape)


def _other(value: object) -> object:
    match value:
        case Ready():
            return orjson.Fragment(value.text)
        case Mapping():
            return dict(value)
        case frozenset():
            return tuple(value)
    raise TypeError(type(value).__name__)
