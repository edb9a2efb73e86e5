"""Which tags can become topics, and what a topic may say of itself. Pure.

    a tag ─▶ much is written under it ─▶ staff make a topic of it, for ever
                                            └▶ staff change its words

A topic is a place that people identify with and could hold a circle for; a tag is a fact that cuts
across places (design/topics.md, 1.3). Nothing that bears the tag is moved or changed. How much is
written under a tag is told to nobody in numbers: few could point at somebody.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.dystonia.claims import claim_in
from community.dystonia.tags import TAGS, Family, Tag
from community.dystonia.topics import (
    ALIASES,
    TOPICS,
    Kind,
    Topic,
    all_topics,
    as_slug,
    topic,
    was_tag,
)

THREADS, AUTHORS, WITHIN = 15, 8, timedelta(days=60)
BEGINS = 5  # threads and authors from which a tag is told to be on its way
NAME_MOST, WORDS_MOST, SYNONYM_MOST, SYNONYMS_MOST, NEAR_MOST = 40, 160, 40, 12, 3

PROMOTED = "promoted"
REWORDED = "reworded"
"""What the audit record says of whoever made a topic of a tag, and of whoever changed its words."""

TOO_LITTLE = Reason("too-little", "There isn’t enough written under this tag yet.", 409)
IS_TOPIC = Reason("is-topic", "Somebody has made a topic of this tag already.", 409)
TAKEN = Reason("taken", "Another topic is called this already.", 422)
CLAIMS_TOO_MUCH = Reason(
    "claims-too-much",
    "This reads like a promise that people get well. Please say it another way.",
    422,
)
NOT_ITS_SHAPE = Reason(
    "not-its-shape", "Please write a name, one line of words, and only a few other names.", 422
)
NO_SIGNS = Reason("no-signs", "Please write it without signs like % or <.", 422)

_SIGNS = re.compile(r"[%<>{}\\\x00-\x1f]")


class Ripe(StrEnum):
    """How far a tag is."""

    YES = "yes"
    NOT_YET = "not-yet"


@dataclass(frozen=True, slots=True)
class Use:
    """What was begun under a tag lately, as everybody sees it."""

    threads: int = 0
    authors: int = 0

    @property
    def ripe(self) -> Ripe | None:
        """None while so few wrote that even “not yet” would say something of them."""
        if self.threads >= THREADS and self.authors >= AUTHORS:
            return Ripe.YES
        return Ripe.NOT_YET if min(self.threads, self.authors) >= BEGINS else None


@dataclass(frozen=True, slots=True)
class Carried:
    """The words that a topic carries."""

    name: str
    words: str
    kind: Kind
    synonyms: tuple[str, ...] = ()
    near: tuple[str, ...] = ()  # slugs of topics

    @property
    def texts(self) -> Sequence[str]:
        return (self.name, self.words, *self.synonyms)


def can_be_topic(tag: Tag) -> bool:
    """A gene says something of a whole family, so it never can. A slug is never used again: of a
    topic, or of another name for one."""
    return tag.family is not Family.GENE and tag.slug not in _USED


_USED = {one.slug for one in TOPICS} | set(ALIASES)


def may_make_topics(actor: Actor) -> Verdict:
    """The site’s moderators and admins."""
    return YES if actor.moderates_platform or actor.is_admin else no(NOT_FOUND)


def may_promote(actor: Actor, tag: Tag, use: Use) -> Verdict:
    """One under which much is written, by many, lately."""
    if not (makes := may_make_topics(actor)):
        return makes
    if not can_be_topic(tag):
        return no(NOT_FOUND)
    if was_tag(tag.slug):
        return no(IS_TOPIC)
    return YES if use.ripe is Ripe.YES else no(TOO_LITTLE)


def may_say(text: str) -> Verdict:
    """One of the words that a topic carries."""
    if _SIGNS.search(text):
        return no(NO_SIGNS)
    return no(CLAIMS_TOO_MUCH) if claim_in(text) else YES


def may_be_called(slug: str, name: str) -> Verdict:
    """No two topics have the same name."""
    others = (one.name.casefold() for one in all_topics() if one.slug != slug)
    return no(TAKEN) if name.casefold() in others else YES


def may_also_be_called(slug: str, name: str) -> Verdict:
    """An address leads to one topic: another name is no other topic’s, nor what leads to one that
    is built in."""
    path = as_slug(name)
    is_anothers = path != slug and (topic(path) is not None or path in ALIASES)
    return no(TAKEN) if is_anothers else may_be_called(slug, name)


def may_carry(slug: str, carried: Carried) -> Verdict:
    """All that a topic says of itself, whatever a form made sure of."""
    fits = (
        0 < len(carried.name) <= NAME_MOST
        and 0 < len(carried.words) <= WORDS_MOST
        and len(carried.synonyms) <= SYNONYMS_MOST
        and all(0 < len(each) <= SYNONYM_MOST for each in carried.synonyms)
        and len(carried.near) <= NEAR_MOST
        and all(topic(each) and each != slug for each in carried.near)
    )
    if not fits:
        return no(NOT_ITS_SHAPE)
    for text in carried.texts:
        if not (said := may_say(text)):
            return said
    for name in carried.synonyms:
        if not (free := may_also_be_called(slug, name)):
            return free
    return may_be_called(slug, carried.name)


def listed(uses: Mapping[str, Use], topics: Collection[str]) -> Mapping[Ripe, Sequence[Tag]]:
    """The tags that can become topics and aren’t, by how far they are; the rest is left out."""
    free = [tag for tag in TAGS if can_be_topic(tag) and tag.slug not in topics]
    return {ripe: [tag for tag in free if uses.get(tag.slug, Use()).ripe is ripe] for ripe in Ripe}


def carried_by(known: Topic) -> Carried:
    """What a topic says of itself now."""
    return Carried(known.name, known.words, known.kind, known.synonyms, known.near)
