"""JSON that is written once, however many it is for.

What several people are shown alike is made into text a single time, and each of them is sent that
text with what is theirs alone beside it. `write` is what goes out; as values, all stays as it was.
"""

from json import JSONEncoder
from typing import Any

_written = JSONEncoder(separators=(",", ":"), check_circular=False).encode


class Ready(dict[str, Any]):
    """A JSON object that is written already. Nobody changes it from then on."""

    __slots__ = ("_text",)

    def __init__(self, fields: dict[str, Any], text: str = "") -> None:
        super().__init__(fields)
        self._text = text or _written(fields)

    def beside(self, other: "Ready") -> "Ready":
        """The fields of both, which share none."""
        return Ready({**self, **other}, f"{self._text[:-1]},{other._text[1:]}")


def made_of(fields: dict[str, Any]) -> Ready:
    """An object some of whose fields are ready, or lists of what is."""
    text = ",".join(f'"{name}":{write(each)}' for name, each in fields.items())
    return Ready(fields, f"{{{text}}}")


def write(value: Any) -> str:
    """This value as JSON. What is ready in a list, or as a field, isn’t written again."""
    if isinstance(value, Ready):
        return value._text
    if isinstance(value, list):
        return f"[{','.join([e._text if type(e) is Ready else write(e) for e in value])}]"
    if isinstance(value, dict) and any(isinstance(each, Ready) for each in value.values()):
        return made_of(value)._text
    return _written(value)
