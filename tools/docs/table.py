"""Markdown tables, the one shape of every made part."""

from collections.abc import Iterable, Sequence

from community.core.verdict import Reason


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would break one is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def code(words: Iterable[str]) -> str:
    """Each in code type, one after the other; a dash where there is none."""
    return ", ".join(f"`{word}`" for word in words) or "–"


def first_line(docstring: str | None) -> str:
    """What a docstring promises, in its first sentence or paragraph."""
    return " ".join((docstring or "").split("\n\n")[0].split())


def words(found: Iterable[Reason]) -> str:
    """Reasons in the order of their codes, with the words that people read."""
    rows = sorted((f"`{why.code}`", str(why.status), why.text) for why in found)
    return table(("Reason", "Status", "In words"), rows)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
