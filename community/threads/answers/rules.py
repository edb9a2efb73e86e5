"""To whom a reply answers, and the one sentence of theirs that stands above it. Pure.

Nothing of somebody’s words is kept with a reply: only a mark that is made of the sentence. The
sentence itself is found again in what the post says now, each time it is shown; so it is gone with
the post, with the change that took it out, and wherever the post isn’t shown. It is never more than
one sentence, and what is itself quoted in a post can’t be quoted again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from html.parser import HTMLParser
from types import MappingProxyType
from uuid import UUID, uuid5

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Verdict, no
from community.threads.notes.rules import Choices, Notes, Showing
from community.threads.rules.posts import Written

SENTENCES_MOST = 40
SENTENCE_MOST = 300  # letters

_ENDS = re.compile(r"(?<=[.!?…])\s+|(?<=[.!?…][”’»)\"'])\s+|(?<=[。\uff01\uff1f])")
_BLOCKS = frozenset({"p", "li", "br", "ul", "ol", "pre"})
_NOT_THEIRS = frozenset({"blockquote", "header", "dt", "footer"})  # the last three are ours


class _Lines(HTMLParser):
    """The lines of somebody’s own words, without what they quote."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines = [""]
        self._quotes = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._quotes += tag in _NOT_THEIRS
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_endtag(self, tag: str) -> None:
        self._quotes -= tag in _NOT_THEIRS
        if tag in _BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if not self._quotes:
            self.lines[-1] += data


@lru_cache(512)
def sentences(post_id: UUID, html: str) -> Mapping[UUID, str]:
    """What may be quoted of a post, by the marks that a reply keeps, in the order of its words. The
    same words are read once: a page asks for each reply with a sentence above it."""
    found: dict[UUID, str] = {}
    for line in _Lines(html).lines:
        for sentence in _ENDS.split(" ".join(line.split())):
            if sentence and len(sentence) <= SENTENCE_MOST:
                found.setdefault(uuid5(post_id, sentence), sentence)
    return MappingProxyType(dict(list(found.items())[:SENTENCES_MOST]))


@dataclass(frozen=True, slots=True)
class Answered(Written):
    """The post that a reply answers, as its reader has it, and the mark of a sentence of it."""

    id: UUID
    author_name: str | None
    is_unnamed: bool
    html: str
    notes: Notes
    mark: UUID | None

    def quote(self, choices: Choices, now: datetime) -> str:
        """The sentence, if it still stands there and is there for this reader. Empty if not, or if
        there is a note before it."""
        is_open = self.is_shown(now) and self.notes.showing(choices) is Showing.SHOW
        if self.mark is None or not is_open:
            return ""
        return sentences(self.id, self.html).get(self.mark, "")


def may_be_answered(actor: Actor, post: Written, now: datetime) -> Verdict:
    """What somebody else wrote and is shown."""
    return YES if post.is_shown(now) and not post.is_by(actor) else no(NOT_FOUND)


@dataclass(frozen=True, slots=True)
class Chosen:
    """To which post somebody replies, and which sentence of it they chose."""

    to_id: UUID | None = None
    mark: UUID | None = None


NOBODY = Chosen()
