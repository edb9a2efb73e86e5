"""How sentences are translated: the catalogue is looked up once for a page, not once a sentence."""

from functools import cache
from gettext import NullTranslations
from typing import Any

from flask import Flask, g
from flask_babel import get_translations
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup


def init_sentences(app: Flask) -> None:
    """Give templates `_` and `ngettext`.

    The catalogue is Flask-Babel's; it is looked up once for a page, not once for each of its
    hundred sentences, which took longer than drawing the page.
    """
    app.jinja_env.globals.update({"_": _gettext, "gettext": _gettext, "ngettext": _ngettext})


def gettext(sentence: str, /, **values: object) -> str:
    """The same for code that says hundreds of sentences at a time. It isn’t HTML yet."""
    found = _sentences()[sentence]
    return found % values if values else found


@pass_eval_context
def _gettext(where: EvalContext, sentence: str, /, **values: object) -> str:
    return _filled(where, _sentences()[sentence], values)


@pass_eval_context
def _ngettext(where: EvalContext, one: str, many: str, number: int, /, **values: object) -> str:
    found = _sentences().catalogue.ngettext(one, many, number)
    return _filled(where, found, {"num": number, **values})


def _filled(where: EvalContext, sentence: str, values: dict[str, Any]) -> str:
    """In HTML a sentence is ours and may hold tags; what is put into it may not."""
    text = Markup(sentence) if where.autoescape else sentence  # noqa: S704
    return text % values if "%" in sentence else text


class Sentences(dict[str, str]):
    """One catalogue, in which each sentence is looked for once while the process runs."""

    def __init__(self, catalogue: NullTranslations) -> None:
        super().__init__()
        self.catalogue = catalogue

    def __missing__(self, sentence: str) -> str:
        found = self[sentence] = self.catalogue.gettext(sentence)
        return found


_of = cache(Sentences)


def _sentences() -> Sentences:
    page: dict[str, Any] = g._get_current_object().__dict__  # the proxy costs more than this
    try:
        known: Sentences = page["sentences"]
    except KeyError:
        known = page["sentences"] = _of(get_translations())
    return known
