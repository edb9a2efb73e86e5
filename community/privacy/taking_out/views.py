"""Taking out everything that is kept about me."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.web import always, arriving, current_actor, now, while_leaving
from community.privacy.taking_out import actions, queries
from community.privacy.taking_out.file import NAME, sent, zipped
from community.privacy.taking_out.rules import may_take_out

bp = Blueprint("taking_out", __name__)


@bp.get("/my-data")
@arriving
@always
@while_leaving
def mine() -> ResponseReturnValue:
    """What is in the file, and the button for it."""
    me = current_actor()
    last = queries.taken_at(me.id)
    return render_template("privacy/my_data.html", may=may_take_out(me, last, now()), last=last)


@bp.post("/my-data")
@arriving
@always
@while_leaving
def take() -> ResponseReturnValue:
    """The file itself."""
    me, instant = current_actor(), now()
    with transaction():
        actions.take_out(me, now=instant)
    answer = Response(sent(zipped(me, instant)), mimetype="application/zip")
    answer.headers.set("Content-Disposition", "attachment", filename=NAME)
    return answer
