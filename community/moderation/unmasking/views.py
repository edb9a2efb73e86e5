"""Asking who wrote something without their name, or who reported it. Only the answer to a press
says it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.unmasking import actions, queries
from community.moderation.unmasking.forms import NameForm
from community.moderation.unmasking.rules import Because, Whose, may_look_up

bp = Blueprint("unmasking", __name__, url_prefix="/moderation")


@bp.get("/<uuid:item_id>/name")
def ask(item_id: UUID) -> ResponseReturnValue:
    """What looking up a name means, and why it would be done."""
    return _page(item_id, Whose.WRITER, NameForm(formdata=None))


@bp.post("/<uuid:item_id>/name")
def look_up(item_id: UUID) -> ResponseReturnValue:
    """Say it once, on this answer."""
    return _answer(item_id, Whose.WRITER)


@bp.get("/<uuid:item_id>/reporters")
def ask_reporters(item_id: UUID) -> ResponseReturnValue:
    """The same of those who reported it."""
    return _page(item_id, Whose.REPORTERS, NameForm(formdata=None))


@bp.post("/<uuid:item_id>/reporters")
def look_up_reporters(item_id: UUID) -> ResponseReturnValue:
    """Say them once, on this answer."""
    return _answer(item_id, Whose.REPORTERS)


def _answer(item_id: UUID, whose: Whose) -> ResponseReturnValue:
    me, form = current_actor(), NameForm()
    item = queries.item_to_ask_about(me, item_id, whose, now())
    form.offer(whose)
    if not form.validate_on_submit():
        return _page(item_id, whose, form), form.status
    because = Because(form.because.data)
    with transaction():
        named = actions.look_up(me, item_id, whose, because, form.why.data, now=now())
    page = "moderation/name.html" if whose is Whose.WRITER else "moderation/reporters.html"
    return render_template(page, item=item, named=named, because=because)


def _page(item_id: UUID, whose: Whose, form: NameForm) -> str:
    me = current_actor()
    item = queries.item_to_ask_about(me, item_id, whose, now())
    form.offer(whose)
    may = may_look_up(me, item.case, whose, now())
    return render_template("moderation/ask_name.html", item=item, whose=whose, form=form, may=may)
