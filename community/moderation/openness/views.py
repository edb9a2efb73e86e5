"""What staff can see of me; and the record of what was done, for admins."""

from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from community.core.web import current_actor
from community.moderation.openness import queries
from community.moderation.openness.forms import WantedForm
from community.moderation.openness.rules import ACTS, may_search
from community.moderation.unmasking import queries as unmasking_queries

bp = Blueprint("openness", __name__)


@bp.get("/who-can-see")
def who_can_see() -> ResponseReturnValue:
    """What people with a role can see of me, and each time they opened words of mine."""
    me = current_actor()
    looks, older = queries.looks_at(me, older=request.args.get("older", type=UUID))
    return render_template(
        "moderation/who_can_see.html",
        looks=looks,
        older=older,
        of_their_own=queries.of_their_own(me),
        looked_up=unmasking_queries.looked_up(me),
    )


@bp.get("/moderation/record")
def record() -> ResponseReturnValue:
    """What was done, by whom, when: in codes."""
    me, form = current_actor(), WantedForm(request.args)
    may_search(me).require()
    form.offer()
    if not form.validate():
        return render_template("moderation/record.html", form=form, acts=(), older=None), 422
    acts, older = queries.acts(me, form.wanted, older=request.args.get("older", type=UUID))
    return render_template("moderation/record.html", form=form, acts=acts, older=older, words=ACTS)
