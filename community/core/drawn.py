"""Pieces of pages that are drawn once.

A piece is what a macro makes of its arguments, and of nothing else: the macro is imported without
context, its arguments are values, and it asks neither who reads nor for their token. Whoever comes
next with the same arguments gets the same piece. Only the language and what day it is where they
are count as well, since instants become words by them.

A form nobody has written in yet is such a value too: all of its kind that offer the same are alike.
What it says of one page alone (its token, the id of its press) is in fields out of sight, and those
are in no piece.

Pieces are in memory alone, and the least lately drawn goes when there are too many.
"""

from collections.abc import Callable, MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Macro
from jinja2.utils import LRUCache

from community.core.forms import Form
from community.core.when import here

PIECES_MOST = 4096  # some kilobytes each


class Templates(Environment):
    """Flask’s, in which all templates share the same names. Jinja looks at each import whether the
    importing one has more, name by name; two sets are compared at once."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


def init_drawn(app: Flask) -> None:
    """Give templates `drawn_once` and `drawn_blank`."""
    pieces: Any = LRUCache(PIECES_MOST)
    app.extensions["drawn"] = pieces

    def piece(key: object, draw: Callable[[], str]) -> str:
        known: str | None = pieces.get((key, here()))
        if known is None:
            known = pieces[key, here()] = draw()
        return known

    def drawn_once(macro: Macro, *values: object) -> str:
        """What this macro makes of these values."""
        return piece((macro, values), lambda: macro(*values))

    def drawn_blank(macro: Macro, form: Form, *values: object) -> str:
        """The same for a form: once for all of its kind that offer the same and are empty."""
        if form.is_blank:
            key = (macro, type(form), form.as_offered, values)
            return piece(key, lambda: macro(form, *values))
        return macro(form, *values)

    app.jinja_env.globals.update(drawn_once=drawn_once, drawn_blank=drawn_blank)
