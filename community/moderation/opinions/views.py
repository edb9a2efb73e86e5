"""The page on which a moderator asks what others think, and another says it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation import queries
from community.moderation.opinions import actions
from community.moderation.opinions import queries as opinion_queries
from community.moderation.opinions.forms import AskForm, OpinionForm
from community.moderation.opinions.rules import goes_further, may_ask, may_give

bp = Blueprint("opinions", __name__, url_prefix="/moderation")


@bp.route("/<uuid:item_id>/ask-others", methods=["GET", "POST"])
def ask(item_id: UUID) -> ResponseReturnValue:
    """What do others think?"""
    me, form = current_actor(), AskForm()
    item, asked = _item(item_id), opinion_queries.waiting(item_id)
    may_ask(me, item.case, asked.asked_by if asked else None, now()).require()
    if not form.validate_on_submit():
        page = render_template(
            "moderation/ask_others.html",
            form=form,
            item=item,
            goes_further=goes_further(me, item.case),
        )
        return page, form.status
    with transaction():
        actions.ask(me, item_id, form.words.data or "", now=now())
    flash(_("Everybody else who may decide sees that you ask. Thank you for not rushing it."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))


@bp.route("/<uuid:item_id>/opinion", methods=["GET", "POST"])
def give(item_id: UUID) -> ResponseReturnValue:
    """What I think."""
    me, form = current_actor(), OpinionForm()
    item, asked = _item(item_id), opinion_queries.waiting(item_id)
    may_give(me, item.case, asked.asked_by if asked else None, now()).require()
    if not form.validate_on_submit():
        opinions = opinion_queries.opinions_on(item_id)
        page = render_template(
            "moderation/opinion.html", form=form, item=item, question=opinions[-1]
        )
        return page, form.status
    with transaction():
        actions.give(me, item_id, form.words.data, now=now())
    flash(_("It’s written down, with your name. Thank you."), "ok")
    return redirect(url_for("moderation.case", item_id=item_id))


def _item(item_id: UUID) -> queries.ItemRow:
    return queries.case_page(current_actor(), item_id, now()).item
