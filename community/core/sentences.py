"""How sentences are translated: the catalogue is looked up once for a page, not once a sentence."""

from gettext import NullTranslations
from typing import Any, cast

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
    found = _catalogue().gettext(sentence)
    return found % values if values else found


@pass_eval_context
def _gettext(where: EvalContext, sentence: str, /, **values: object) -> str:
    return _filled(where, _catalogue().gettext(sentence), values)


@pass_eval_context
def _ngettext(where: EvalContext, one: str, many: str, number: int, /, **values: object) -> str:
    found = _catalogue().ngettext(one, many, number)
    return _filled(where, found, {"num": number, **values})


def _filled(where: EvalContext, sentence: str, values: dict[str, Any]) -> str:
    """In HTML a sentence is ours and may hold tags; what is put into it may not."""
    text = Markup(sentence) if where.autoescape else sentence  # noqa: S704
    return text % values if "%" in sentence else text


def _catalogue() -> NullTranslations:
    page = g._get_current_object()  # the proxy costs more than the sentence
    known = page.get("catalogue")
    if known is None:
        known = page.catalogue = get_translations()
    return cast(NullTranslations, known)
