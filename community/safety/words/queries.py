"""Which words are watched for. Every select of them."""

from collections.abc import Mapping

from sqlalchemy import select

from community.core.asking import columns
from community.safety.words.models import WordChoice
from community.safety.words.rules import Kind, WordList
from community.safety.words.seeds import SEEDS

_CHOICES = select(WordChoice.kind, WordChoice.phrase, WordChoice.is_watched)


def lists() -> Mapping[Kind, WordList]:
    """All that are watched for: those that the site comes with, as staff changed them."""
    found = {kind: dict.fromkeys(phrases, True) for kind, phrases in SEEDS.items()}
    for row in columns(_CHOICES, {}):
        found[row.kind][row.phrase] = row.is_watched
    return {
        kind: WordList(tuple(sorted(phrase for phrase, is_watched in each.items() if is_watched)))
        for kind, each in found.items()
    }


def noticed(text: str) -> frozenset[Kind]:
    """What the writer of these words is shown beside them: never anything about adverts."""
    if not text:
        return frozenset()
    watched = lists()
    return frozenset(kind for kind in (Kind.CRISIS, Kind.MEDICINE) if watched[kind].is_in(text))
