"""Why words wait for a moderator before others see them. Pure.

    written ──▶ shown
       └──▶ held ──▶ shown, returned or removed
               ▲         │
               └─ edited ┘

Automation may only hold: nothing here removes, hides or refuses a word, and only a person decides
what becomes of it. Who looks after a group is never held in it, and what is written in a circle’s
own thread isn’t either: only those who were there may read it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.verdict import YES, Reason, Verdict, no
from community.core.words import said
from community.groups.rules import HoldPolicy
from community.safety.words.rules import WordList

FIRST_POSTS = 3
LINKS_MOST = 2
READ_WITHIN = timedelta(hours=72)  # a target, not a promise


class HoldReason(StrEnum):
    """Why something waits. The value is kept for ever; the words may be worded better."""

    WORDS = "words"
    LINKS = "links"
    FIRST_POSTS = "first_posts"
    GROUP = "group"
    CHANGED = "changed"
    PRIVACY = "privacy"  # others have seen it, as with those below
    ASIDE = "aside"
    RETURNED = "returned"  # to its author, for a change

    @property
    def label(self) -> str:
        """For the moderator."""
        return _REASONS[self][0]

    @property
    def told(self) -> str:
        """For whoever wrote it."""
        return _REASONS[self][1]


_REASONS: Mapping[HoldReason, tuple[str, str]] = MappingProxyType(
    {
        HoldReason.WORDS: (
            said("It may be an advert"),
            said("Some of its words are often in adverts. A program noticed, and a person reads."),
        ),
        HoldReason.LINKS: (
            said("Many links, by somebody new"),
            said("There are several links in it. A program noticed, and a person reads."),
        ),
        HoldReason.FIRST_POSTS: (
            said("One of somebody’s first posts"),
            said("Everybody’s first three posts are read first. It’s nothing you did."),
        ),
        HoldReason.GROUP: (
            said("Everything in this group is read first"),
            said("In this group everything is read first."),
        ),
        HoldReason.CHANGED: (
            said("It was changed while it wasn’t shown"),
            said("You’ve changed it, so it’s read again."),
        ),
        HoldReason.PRIVACY: (
            said("It may say who somebody is"),
            said("It may say who somebody is, or how to reach them. So a person reads it first."),
        ),
        HoldReason.ASIDE: (
            said("Set aside for another moderator"),
            said("A moderator would like another one to read it first. Nothing is decided yet."),
        ),
        HoldReason.RETURNED: (
            said("It was given back for a change"),
            said("You were asked to change it, so it’s read again."),
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Who is writing in a group: how many of their posts were shown on this site, up to
    `FIRST_POSTS`, and whether they look after the group or the site."""

    shown: int
    looks_after: bool

    @property
    def is_new(self) -> bool:
        return self.shown < FIRST_POSTS


@dataclass(frozen=True, slots=True)
class Held:
    """Something is held: what whoever decides about it has to know."""

    post_id: UUID
    group_id: UUID
    author_id: UUID | None
    reasons: tuple[HoldReason, ...]
    version: int
    html: str
    held_at: datetime


def reasons_to_hold(
    text: str, writer: Writer, policy: HoldPolicy, adverts: WordList
) -> tuple[HoldReason, ...]:
    """Why these words wait, the gravest reason first; nothing if they don’t."""
    found = {
        HoldReason.WORDS: adverts.is_in(text),
        HoldReason.LINKS: writer.is_new and links_in(text) > LINKS_MOST,
        HoldReason.FIRST_POSTS: writer.is_new and policy is HoldPolicy.FIRST_POSTS,
        HoldReason.GROUP: policy is HoldPolicy.ALL,
    }
    return () if writer.looks_after else tuple(why for why, is_so in found.items() if is_so)


def not_read_first(waits: bool, here: Reason) -> Verdict:
    """Where words have no place to wait, those that a moderator would read first aren’t taken: why,
    each such place says in words of its own."""
    return no(here) if waits else YES


def links_in(text: str) -> int:
    """How many addresses stand in these words, with or without their https."""
    return len(re.findall(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|info|net|org|shop)\b", text))
