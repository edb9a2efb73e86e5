"""Pieces of pages that are drawn once.

A piece is what a macro makes of its arguments, and of nothing else: the macro is imported without
context, its arguments are values, and it asks neither who reads nor for their token. Whoever comes
next with the same arguments gets the same piece. Only the language and what day it is where they
are count as well, since instants become words by them.

A form nobody has written in yet is such a value too: all of its kind that offer the same are alike.
What it says of one page alone (its token, the id of its press) is in fields out of sight, and those
are in no piece. A page that begins one with nothing names its kind (`Unbegun`): it is made only for
a piece that isn’t there yet.

Pieces are in memory alone, and the least lately drawn goes when there are too many.
"""

from collections.abc import Hashable, MutableMapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from weakref import ref

from flask import Flask
from flask.templating import Environment
from jinja2.runtime import Macro

from community.core.forms import Form, Unbegun
from community.core.when import Here, here

PIECES_MOST = 4096  # some kilobytes each


class Templates(Environment):
    """Flask’s, in which all templates share the same names. Jinja looks at each import whether the
    importing one has more, name by name; two sets are compared at once."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return {**self.globals, **(d or {})}


@dataclass(frozen=True, slots=True)
class _Blank:
    """A form that nobody has written in: equal to all of its kind that offer the same. It keeps no
    page’s form alive, since that knows a token and whose it is."""

    kind: type[Form]
    offered: Hashable
    form: ref[Form] = field(compare=False)


_FORMS = (_Blank, Unbegun)


def init_drawn(app: Flask) -> None:
    """Give templates `drawn_once` and `drawn_blank`."""

    # Finding one takes as long among thousands as among few: a page asks for some seventy.
    @lru_cache(PIECES_MOST)
    def piece(where: Here, macro: Macro, *values: object) -> str:
        return macro(*(each.form() if isinstance(each, _FORMS) else each for each in values))

    def drawn_once(macro: Macro, *values: object) -> str:
        """What this macro makes of these values."""
        return piece(here(), macro, *values)

    def drawn_blank(macro: Macro, form: Form | Unbegun, *values: object) -> str:
        """The same for a form: once for all of its kind that offer the same and are empty."""
        if isinstance(form, Unbegun):
            return piece(here(), macro, form, *values)
        if form.is_blank:
            blank = _Blank(type(form), form.as_offered, ref(form))
            return piece(here(), macro, blank, *values)
        return macro(form, *values)

    app.extensions["drawn"] = piece
    app.jinja_env.globals.update(drawn_once=drawn_once, drawn_blank=drawn_blank)
