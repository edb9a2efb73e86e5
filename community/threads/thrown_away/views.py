"""A draft of mine: read it once more, throw it away, and put it back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.text import to_html
from community.core.web import current_actor, now
from community.threads.pictures.queries import on_page
from community.threads.rules.drafts import Kept, Place
from community.threads.thrown_away import actions, keeping, queries

bp = Blueprint("thrown_away", __name__, url_prefix="/drafts/<uuid:stamp>")


@bp.get("")
def show(stamp: UUID) -> ResponseReturnValue:
    """All that goes with it; and once it is thrown away, the way back."""
    me = current_actor()
    if thrown := queries.thrown(me, stamp, now()):
        whole = _whole(thrown.kept, Place(thrown=stamp))
        most = {"thrown_most": keeping.THROWN_MOST}
        return render_template("threads/thrown_away.html", thrown=thrown, **most, **whole)
    draft = queries.own(me, stamp)
    whole = _whole(draft.kept, draft.place)
    return render_template("threads/throw_away.html", draft=draft, **whole)


@bp.post("/throw-away")
def throw_away(stamp: UUID) -> ResponseReturnValue:
    """Out of sight, for thirty days. A second press changes nothing."""
    me = current_actor()
    with transaction():
        actions.throw_away(me, stamp, now=now())
    if queries.thrown(me, stamp, now()):
        flash(_("You threw the draft away. You can put it back for 30 days."), "ok")
        return redirect(url_for(".show", stamp=stamp))
    return _is_not_there()


@bp.post("/put-back")
def put_back(stamp: UUID) -> ResponseReturnValue:
    """Among one’s drafts, as it was."""
    with transaction():
        is_back = actions.put_back(current_actor(), stamp, now=now())
    if not is_back:
        return _is_not_there()
    flash(_("Your draft is back. You can go on with it whenever you like."), "ok")
    return redirect(url_for("threads.drafts"))


@bp.post("/erase")
def erase(stamp: UUID) -> ResponseReturnValue:
    """For good."""
    with transaction():
        keeping.erase(current_actor(), stamp, now=now())
    flash(_("That draft is erased for good."), "ok")
    return redirect(url_for("threads.drafts"))


def _whole(kept: Kept, place: Place) -> dict[str, Any]:
    texts = (kept.typed.words, *kept.overtaken)
    return {
        "texts": [{"html": to_html(each)} for each in texts if each],
        "pictures": on_page(current_actor(), (), place).waiting,
    }


def _is_not_there() -> ResponseReturnValue:
    flash(_("That draft isn’t there any more, or says something else by now."), "info")
    return redirect(url_for("threads.drafts"))
