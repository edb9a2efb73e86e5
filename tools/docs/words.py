"""What the lists of watched words find and miss in sentences of our own."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from community.safety.words.rules import Kind, WordList
from community.safety.words.seeds import SEEDS
from tools.docs.table import table

SENTENCES = Path(__file__).resolve().parents[2] / "tests/safety/sentences.toml"


def _sentences() -> Sequence[Mapping[str, str]]:
    return list(tomllib.loads(SENTENCES.read_text())["sentence"])


def figures() -> str:
    """For each list, how many sentences it finds, misses, and finds by mistake."""
    rows = []
    for kind in Kind:
        meant, others = _parted(kind)
        found, mistaken = _found(kind, meant), _found(kind, others)
        rows.append(
            (
                kind,
                str(len(SEEDS[kind])),
                _share(len(found), len(meant)),
                _share(len(meant) - len(found), len(meant)),
                _share(len(mistaken), len(others)),
            )
        )
    head = ("List", "Phrases", "Found of those meant", "Missed", "Found by mistake in the others")
    return table(head, rows)


def mistakes() -> str:
    """The sentences themselves, so that whoever changes a list sees what for."""
    rows = []
    for kind in Kind:
        meant, others = _parted(kind)
        found = _found(kind, meant)
        rows += [(kind, "missed", says) for says in meant if says not in found]
        rows += [(kind, "found by mistake", says) for says in _found(kind, others)]
    return table(("List", "", "Sentence"), rows)


def _parted(kind: Kind) -> tuple[list[str], list[str]]:
    all_of_them = _sentences()
    meant = [each["says"] for each in all_of_them if each["is"] == kind]
    return meant, [each["says"] for each in all_of_them if each["is"] != kind]


def _found(kind: Kind, sentences: Sequence[str]) -> list[str]:
    watched = WordList(SEEDS[kind])
    return [says for says in sentences if watched.is_in(says)]


def _share(some: int, of_all: int) -> str:
    return f"{some} of {of_all} ({some / of_all:.0%})"


PARTS: Mapping[str, Callable[[], str]] = {"watched": figures, "watched-mistakes": mistakes}
