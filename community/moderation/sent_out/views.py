"""The statement of reasons for whoever was sent out of a circle."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from community.core.web import always, current_actor
from community.moderation.sent_out import queries
from community.threads.acts.forms import guidelines

bp = Blueprint("sent_out", __name__)


@bp.get("/circles/<uuid:call_id>/sent-out")
@always
def statement(call_id: UUID) -> ResponseReturnValue:
    """Why, by what, until when, and how to ask somebody else to look again."""
    found = queries.statement(current_actor(), call_id)
    return render_template("moderation/sent_out.html", found=found, rules=guidelines())
