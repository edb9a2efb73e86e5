"""What whoever wrote some words is shown beside them. Nobody else learns of it, and it is kept
nowhere."""

from collections.abc import Iterable

from flask import flash

from community.safety.words.queries import noticed
from community.safety.words.rules import Kind


def show_help(words: str | None) -> None:
    """On the next page they are shown where help is, if it sounds as if they need it."""
    show_found(noticed(words or "") & {Kind.CRISIS})


def show_found(kinds: Iterable[str]) -> None:
    """The same, of what was found already."""
    for kind in sorted(kinds):
        flash("", kind)
