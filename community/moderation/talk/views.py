"""I’d like to talk this over: a press and a box, on the queue or after a decision; and its page,
for whoever asked and whoever was."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.rules.case import may_see_queue
from community.moderation.talk import actions, queries
from community.moderation.talk.forms import TalkForm
from community.safety.words.beside import show_help

bp = Blueprint("talk", __name__, url_prefix="/moderation/talk")


@bp.get("")
def show() -> ResponseReturnValue:
    """What I asked, and who would like to talk with me."""
    may_see_queue(current_actor()).require()
    return _page(TalkForm(formdata=None))


@bp.post("")
def ask() -> ResponseReturnValue:
    """They hear who asks, and read these words."""
    may_see_queue(current_actor()).require()
    form = TalkForm()
    if not form.validate_on_submit():
        return _page(form), form.status
    words = form.words.data or ""
    with transaction():
        actions.ask(current_actor(), words, now=now())
    flash(_("They know that you’d like to talk, and nothing about what it was."), "ok")
    show_help(words)
    back = request.form.get("back", "")
    return redirect(back if is_local(back) else url_for("moderation.queue"))


@bp.post("/take-back")
def take_back() -> ResponseReturnValue:
    """I’d rather not."""
    with transaction():
        actions.take_back(current_actor())
    flash(_("That’s taken back, and what you wrote is erased."), "ok")
    return redirect(url_for(".show"))


@bp.post("/<uuid:account_id>/close")
def close(account_id: UUID) -> ResponseReturnValue:
    """We’ve talked."""
    with transaction():
        actions.close(current_actor(), account_id, now=now())
    flash(_("Thank you for being there. What they wrote is erased."), "ok")
    return redirect(url_for(".show"))


def _page(form: TalkForm) -> str:
    me = current_actor()
    mine = queries.asked_by(me, now())
    asking = queries.asked_of(me, now())
    return render_template("moderation/talk.html", form=form, mine=mine, asking=asking)
