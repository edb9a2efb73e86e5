"""Asking who wrote something without their name. Only the answer to a press says it."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.web import current_actor, now
from community.moderation.unmasking import actions, queries
from community.moderation.unmasking.forms import NameForm
from community.moderation.unmasking.rules import Because, may_look_up

bp = Blueprint("unmasking", __name__, url_prefix="/moderation")


@bp.get("/<uuid:item_id>/name")
def ask(item_id: UUID) -> ResponseReturnValue:
    """What looking up a name means, and why it would be done."""
    return _page(item_id, NameForm(formdata=None))


@bp.post("/<uuid:item_id>/name")
def look_up(item_id: UUID) -> ResponseReturnValue:
    """Say it once, on this answer."""
    me, form = current_actor(), NameForm()
    item = queries.item_to_ask_about(me, item_id, now())
    form.offer()
    if not form.validate_on_submit():
        return _page(item_id, form), form.status
    because = Because(form.because.data)
    with transaction():
        name = actions.look_up(me, item_id, because, form.why.data, now=now())
    return render_template("moderation/name.html", item=item, name=name, because=because)


def _page(item_id: UUID, form: NameForm) -> str:
    me = current_actor()
    item = queries.item_to_ask_about(me, item_id, now())
    form.offer()
    may = may_look_up(me, item.case, now())
    return render_template("moderation/ask_name.html", item=item, form=form, may=may)
