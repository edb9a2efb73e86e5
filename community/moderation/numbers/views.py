"""A page for anybody: what was reported and decided, in numbers."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from community.core.verdict import NOT_FOUND, Refused
from community.core.web import now, public
from community.moderation.numbers import queries
from community.moderation.numbers.rules import FEWEST, finished
from community.moderation.rules.reasons import REASON_GROUPS

bp = Blueprint("numbers", __name__)


@bp.get("/in-numbers")
@public
def show() -> ResponseReturnValue:
    """A quarter that is over; the last one, unless another one is asked for."""
    quarters = {str(each): each for each in finished(now())}
    chosen = request.args.get("quarter", next(iter(quarters)))
    if chosen not in quarters:
        raise Refused(NOT_FOUND)
    return render_template(
        "moderation/numbers.html",
        quarters=quarters,
        chosen=chosen,
        numbers=queries.numbers(quarters[chosen], now()),
        groups=REASON_GROUPS,
        fewest=FEWEST,
    )
