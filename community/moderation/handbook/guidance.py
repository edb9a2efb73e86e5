"""What the handbook says for one reason of a report, and words to begin an answer with.

The words go into “Why?”, where a person reads them, changes them and sends them. What was decided
stands in the letter beside them, so they say what was seen and what can be done next.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reply:
    """Words to begin with, and the guideline they are about."""

    id: str
    title: str
    rule_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Guidance:
    """How one reason is decided. The reason is an id of moderation.rules.reasons.REASONS,
    or of moderation.holds.rules.HELD_REASONS."""

    reason_id: str
    first: str
    weigh: str
    replies: tuple[Reply, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of the handbook that isn’t about one reason."""

    slug: str
    title: str
    paragraphs: tuple[str, ...]
