"""The presses that give a word and take it back."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now, wants_json
from community.threads.resonance import actions
from community.threads.resonance.rules import Word
from community.threads.rules.rows import PostRow

bp = Blueprint("resonance", __name__, url_prefix="/posts/<uuid:post_id>/words/<word>")


@bp.post("/give")
def give(post_id: UUID, word: str) -> ResponseReturnValue:
    """Say it to whoever wrote this."""
    said = _word(word)
    with transaction():
        post = actions.give(current_actor(), post_id, said, now=now())
    name = post.author_name or _("whoever wrote this")
    words = _(
        "“%(word)s” is given. Only %(name)s reads it, and not that it’s from you.",
        word=_(said.words),
        name=name,
    )
    return _answer(post, words)


@bp.post("/take-back")
def take_back(post_id: UUID, word: str) -> ResponseReturnValue:
    """Not any more."""
    said = _word(word)
    with transaction():
        post = actions.take_back(current_actor(), post_id, said)
    return _answer(post, _("“%(word)s” is taken back.", word=_(said.words)))


def _word(word: str) -> Word:
    try:
        return Word(word)
    except ValueError:
        raise Refused(NOT_FOUND) from None


def _answer(post: PostRow, words: str) -> ResponseReturnValue:
    if wants_json():
        return {"ok": True, "words": words}
    flash(words, "ok")
    return redirect(url_for("threads.post", post_id=post.id))
