"""The handbook, for whoever looks after somebody's words."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.core.web import current_actor
from community.moderation.handbook.about_holds import HELD_GROUP
from community.moderation.handbook.book import AS_IT_IS, GUIDANCE
from community.moderation.handbook.general import PASSAGES
from community.moderation.rules.case import may_see_queue
from community.moderation.rules.reasons import REASON_GROUPS

bp = Blueprint("handbook", __name__)


@bp.get("/moderation/handbook")
def show() -> ResponseReturnValue:
    """How we decide, how we talk, and how we look after ourselves."""
    may_see_queue(current_actor()).require()
    return render_template(
        "moderation/handbook.html",
        passages=PASSAGES,
        groups=(*REASON_GROUPS, HELD_GROUP),
        guidance=GUIDANCE,
        as_it_is=AS_IT_IS,
    )
