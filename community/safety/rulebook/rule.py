"""What a guideline is made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One guideline. `asks` says it in a line, for "Which guideline?" and statements of reasons.

    The id never changes and is never used again, because decisions point to it. `since` is the
    version of the guidelines that brought it, or that last changed what it means.
    """

    id: str
    title: str
    asks: str
    paragraphs: tuple[str, ...]
    since: int = 1
