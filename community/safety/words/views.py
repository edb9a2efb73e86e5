"""The page where platform moderators say which words are watched for."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.safety.words import actions, queries
from community.safety.words.forms import PhraseForm
from community.safety.words.rules import Kind, may_choose_words, may_watch

bp = Blueprint("words", __name__)


@bp.route("/moderation/words", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    """All lists, what follows when a word is found, and a box to add one."""
    me = current_actor()
    may_choose_words(me).require()
    form = PhraseForm()
    if form.validate_on_submit():
        if why_not := may_watch(me, form.phrase.data).reason:
            form.phrase.errors = [_(why_not.text)]
        else:
            with transaction():
                actions.watch(me, form.kind.data, form.phrase.data, now=now())
            flash(_("Saved."), "ok")
            return redirect(url_for(".index", _anchor=form.kind.data))
    page = render_template("safety/words.html", form=form, lists=queries.lists())
    return page, form.status


@bp.post("/moderation/words/<kind>/leave-out")
def leave_out(kind: str) -> ResponseReturnValue:
    """Watch for a phrase no more."""
    if kind not in set(Kind):
        raise Refused(NOT_FOUND)
    with transaction():
        phrase = request.form.get("phrase", "")
        actions.leave_out(current_actor(), Kind(kind), phrase, now=now())
    flash(_("Saved."), "ok")
    return redirect(url_for(".index", _anchor=kind))
