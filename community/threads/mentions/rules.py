"""Whom a post speaks to. Pure.

“@Name” is for whoever has that name here: a member of the group, or a name made up for this thread.
They are told, and nobody else is; whoever writes learns nothing by it, neither whether there is
somebody of that name nor whether they were told. No list of names is offered.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from uuid import UUID

NAMED_MOST = 5  # in one post: more would be a call to everybody
WORDS_MOST = 4  # of one name

_AT = re.compile(rf"(?<![\w.@])@(?=(\S+(?: \S+){{0,{WORDS_MOST - 1}}}))")
_AROUND = "*_~.,:;!?…()[]{}<>“”‘’'\""


@dataclass(frozen=True, slots=True)
class SpokenTo:
    """To somebody whom a post answers or names. Who wrote it, the post itself says."""

    post_id: UUID


def may_be_names(text: str) -> Sequence[Sequence[str]]:
    """For each @ of the first few, what may be the name after it, the longest first."""
    found = (tuple(_beginnings(match[1].split(" "))) for match in _AT.finditer(text))
    return tuple(names for names, _ in zip(found, range(NAMED_MOST), strict=False) if names)


def _beginnings(words: Sequence[str]) -> Iterator[str]:
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count]).rstrip(_AROUND)
        yield from (each for each in (name, re.sub(r"[’']s$", "", name)) if each)


def named(text: str, known: Collection[str]) -> frozenset[str]:
    """Which of the names that there are stand in it, folded as `str.casefold` does."""
    folded = {name.casefold() for name in known}
    firsts = (
        next((name.casefold() for name in names if name.casefold() in folded), None)
        for names in may_be_names(text)
    )
    return frozenset(name for name in firsts if name)


def in_bold(html: str, names: Collection[str]) -> str:
    """The words of a post, with these names in bold where they follow an @."""
    if not names:
        return html
    longest_first = sorted((escape(name, quote=False) for name in names), key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    at_name = re.compile(rf"(<[^>]*>)|(?<![\w.@])@(?:{either})(?!\w)", re.IGNORECASE)
    return at_name.sub(lambda hit: hit[1] or f"<strong>{hit[0]}</strong>", html)
