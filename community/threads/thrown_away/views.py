"""A draft of mine: read it once more, and throw it away."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.text import to_html
from community.core.web import current_actor, now
from community.threads.pictures.queries import on_page
from community.threads.thrown_away import actions, queries

bp = Blueprint("thrown_away", __name__, url_prefix="/drafts/<uuid:stamp>")


@bp.get("")
def show(stamp: UUID) -> ResponseReturnValue:
    """All that goes with it."""
    me = current_actor()
    draft = queries.own(me, stamp, now())
    texts = (draft.kept.typed.words, *draft.kept.overtaken)
    page = {"texts": [{"html": to_html(each)} for each in texts if each]}
    pictures = on_page(me, (), draft.place).waiting
    return render_template("threads/throw_away.html", draft=draft, pictures=pictures, **page)


@bp.post("/throw-away")
def throw_away(stamp: UUID) -> ResponseReturnValue:
    """For good. A second press changes nothing."""
    with transaction():
        is_gone = actions.throw_away(current_actor(), stamp, now=now())
    if is_gone:
        flash(_("You threw the draft away. Nothing of it is kept."), "ok")
    else:
        flash(_("That draft isn’t there any more, or says something else by now."), "info")
    return redirect(url_for("threads.drafts"))
