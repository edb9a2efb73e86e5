"""What somebody tried, as a note at the end of what they wrote. Pure.

The note stands in the text of the post itself, after the words, each part under its own line:

    ::: What I tried
        Injections into my neck
    ::: How long
        About two years

So whatever becomes of the words becomes of the note as well: holds, versions, drafts, reports,
search, taking back and erasing know of no second place. It is never counted, compared or ranked.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from types import MappingProxyType

from community.core.words import said
from community.safety.words.rules import WordList
from community.threads.tried.sudden_stop import DEVICES, MEDICINES

WHAT_MOST = 120
PART_MOST = 1000

# What stands above each part, in a text and on a page. It is kept for ever.
LABELS: Mapping[str, str] = MappingProxyType(
    {
        "what": said("What I tried"),
        "how_long": said("How long"),
        "changed": said("What changed for me"),
        "hard": said("What was hard or unwanted"),
        "advised": said("Who advised it"),
    }
)
ADVISED = (
    said("A doctor or nurse"),
    said("A therapist"),
    said("Somebody with dystonia"),
    said("Myself"),
)

_MEDICINES, _DEVICES = WordList(MEDICINES), WordList(DEVICES)


@dataclass(frozen=True, slots=True)
class Tried:
    """The note, part by part. Empty parts aren’t shown."""

    what: str = ""
    how_long: str = ""
    changed: str = ""
    hard: str = ""
    advised: str = ""

    def __bool__(self) -> bool:
        """Whether anything is in it."""
        return any(astuple(self))

    @property
    def lacks_what(self) -> bool:
        """It says something, but not of what."""
        return bool(self) and not self.what

    @property
    def lacks_more(self) -> bool:
        """It names a thing, and says nothing of it."""
        return bool(self.what) and not any(astuple(self)[1:])

    @property
    def parts(self) -> Iterator[tuple[str, str]]:
        """What is in it, each under its name."""
        return ((name, part) for name in LABELS if (part := getattr(self, name)))

    @property
    def is_risky_to_stop(self) -> bool:
        """Whether it names a medicine or an implant that is dangerous to stop suddenly."""
        return _MEDICINES.is_in(self._text) or self.is_of_a_device

    @property
    def is_of_a_device(self) -> bool:
        return _DEVICES.is_in(self._text)

    @property
    def _text(self) -> str:
        return re.sub(r"[*_~`]", "", "\n".join(astuple(self)))


NOTHING = Tried()

_INDENT = "    "
_PARTS = "".join(
    rf"(?:\n::: {re.escape(label)}(?P<{name}>(?:\n{_INDENT}[^\n]*)+))?"
    for name, label in LABELS.items()
)
_TEXT = re.compile(rf"(?P<words>.*?){_PARTS}\Z", re.DOTALL)


def joined(words: str, tried: Tried) -> str:
    """The text of a post: the words, and after them the note."""
    lines = []
    for name, part in tried.parts:
        lines += [f"::: {LABELS[name]}", *(_INDENT + line for line in part.splitlines())]
    return "\n\n".join(each for each in (words, "\n".join(lines)) if each)


def parted(text: str) -> tuple[str, Tried]:
    """The words of a text, and its note."""
    found = _TEXT.match(f"\n{text}")
    if found is None or not any(found[name] for name in LABELS):
        return text, NOTHING
    parts = {name: (found[name] or "").replace(f"\n{_INDENT}", "\n").strip() for name in LABELS}
    return found["words"].strip(), Tried(**parts)
