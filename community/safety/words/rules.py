"""Watched words and how they are found. Pure. Whatever is found, nothing is refused for it.

A phrase is written as people write it. `*` at its end stands for any ending, `#` for a number.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, YES, Reason, Verdict, no
from community.core.words import said

PHRASE_LEAST, PHRASE_MOST = 3, 60

TOO_SHORT = Reason(
    "too-short", "Write three letters or more: shorter ones are found everywhere.", 422
)


class Kind(StrEnum):
    """What finding one of these words is good for."""

    CRISIS = "crisis"
    MEDICINE = "medicine"
    SPAM = "spam"

    @property
    def words(self) -> str:
        return _KINDS[self][0]

    @property
    def follows(self) -> str:
        """What happens when one is found."""
        return _KINDS[self][1]


_KINDS: Mapping[Kind, tuple[str, str]] = MappingProxyType(
    {
        Kind.CRISIS: (
            said("When somebody may be in a dark place"),
            said(
                "The writer sees where help is. Nobody else learns of it, and nothing is held back."
            ),
        ),
        Kind.MEDICINE: (
            said("Doses and medicines"),
            said("The writer sees a calm reminder. Nothing is held back."),
        ),
        Kind.SPAM: (
            said("Adverts"),
            said("A moderator reads the post before others see it."),
        ),
    }
)


# Apostrophes of every kind, which are typed or not, and what takes no room at all.
_LEFT_AWAY = dict.fromkeys(
    map(ord, "'`\u2018\u2019\u02bc\u00b4\u200b\u200c\u200d\ufeff\u00ad"), None
)


@dataclass(frozen=True, slots=True)
class WordList:
    """The phrases of one kind."""

    phrases: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether one of them is in these words."""
        return bool(self.phrases) and _finder(self.phrases).search(folded(text)) is not None


def folded(text: str) -> str:
    """Words as they are compared: case, apostrophes and spacing don’t tell them apart."""
    plain = unicodedata.normalize("NFKC", text.translate(_LEFT_AWAY)).casefold()
    return " ".join(plain.split())


def may_choose_words(actor: Actor) -> Verdict:
    """Platform moderators say which words are watched for."""
    return YES if actor.moderates_platform else no(NOT_FOUND)


def may_watch(actor: Actor, phrase: str) -> Verdict:
    """A phrase long enough to mean something."""
    plain = folded(phrase)
    letters = sum(each.isalnum() for each in plain)
    fits = letters >= PHRASE_LEAST and len(plain) <= PHRASE_MOST
    return may_choose_words(actor) and (YES if fits else no(TOO_SHORT))


@lru_cache(maxsize=16)
def _finder(phrases: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, phrases))})")


def _pattern(phrase: str) -> str:
    """One phrase, between the edges of words."""
    plain = folded(phrase)
    stem, ending = (plain[:-1], "") if plain.endswith("*") else (plain, r"(?!\w)")
    return re.escape(stem).replace(r"\#\ ", r"\#\ ?").replace(r"\#", r"\d+(?:[.,]\d+)?") + ending
