"""What is held stands in the queue beside what is reported. How a change of it is shown. Pure."""

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.verdict import YES, Reason, Verdict, no
from community.core.words import said
from community.moderation.rules.case import Source
from community.moderation.rules.reasons import (
    NOTICED,
    REASONS,
    SENT_OUT,
    ReportReason,
    Scope,
    Severity,
)
from community.threads.holds.rules import HoldReason

PASSAGES_MOST = 5
FITS = said("It fits what we ask of each other.")

NOT_IN_IT = Reason(
    "not-in-it",
    "One of these passages isn’t in the post as it is written. Copy it from there.",
    422,
)

_SEVERITIES = {HoldReason.WORDS: Severity.SPAM, HoldReason.LINKS: Severity.SPAM}

HELD_REASONS: Mapping[str, ReportReason] = MappingProxyType(
    {
        why.value: ReportReason(
            why.value, why.label, _SEVERITIES.get(why, Severity.RULE), Scope.GROUP
        )
        for why in HoldReason
    }
)


_NOTICED = {each.id: each for each in (NOTICED, SENT_OUT)}


def reason_of(reason_id: str) -> ReportReason:
    """Why there is an item: somebody reported it for this, it is held for this, a moderator came
    upon it, or whoever held a circle decided it."""
    return REASONS.get(reason_id) or HELD_REASONS.get(reason_id) or _NOTICED[reason_id]


class Went(StrEnum):
    """What a change did to some words."""

    STAYED = "stayed"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A few words of a change."""

    went: Went
    words: str


def plain(rendered: str) -> str:
    """The words of a post without its markup, a line for each of its paragraphs."""
    broken = re.sub(r"</(?:p|li|blockquote|pre|header|dt|footer)>|<br ?/?>", "\n", rendered)
    return html.unescape(re.sub(r"<[^>]+>", "", broken)).strip()


def change(before: str, after: str) -> Iterator[Piece]:
    """How words became others, word by word: what was removed stands before what was added."""
    old, new = _split(before), _split(after)
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece(Went.STAYED, "".join(old[i:j]))
            continue
        if i < j:
            yield Piece(Went.REMOVED, "".join(old[i:j]))
        if k < m:
            yield Piece(Went.ADDED, "".join(new[k:m]))


def _split(text: str) -> list[str]:
    """Words, each with the space after it."""
    return re.findall(r"\S+\s*|\s+", text)


def passages_of(typed: str) -> tuple[str, ...]:
    """The passages somebody marked, one on each line."""
    return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))


def may_mark(text: str, passages: Sequence[str]) -> Verdict:
    """Each passage stands in the words themselves, so that its author finds it."""
    flat = " ".join(text.split())
    is_in = all(" ".join(passage.split()) in flat for passage in passages)
    return YES if is_in and len(passages) <= PASSAGES_MOST else no(NOT_IN_IT)


@dataclass(frozen=True, slots=True)
class PostShown:
    """To its author: what waited is shown to the others now."""

    post_id: UUID


@dataclass(frozen=True, slots=True)
class PostReturned:
    """The statement of reasons for it, to its author: please change this before others see it."""

    post_id: UUID
    guideline: str  # its title
    why: str
    reasons: tuple[str, ...]  # labels, as in every statement
    source: Source
    by_platform: bool
    appealable_until: datetime
    of_group: str = ""  # whose guideline that is; empty for one of the site


@dataclass(frozen=True, slots=True)
class PostWaits:
    """To its author: others have read it, and a person reads it now before they see it again. It
    says nothing of any report."""

    post_id: UUID
