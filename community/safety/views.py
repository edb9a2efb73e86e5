"""Guidelines, consent and help: everybody may read them, members agree."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.sockets import hang_up
from community.core.web import NEXT, arriving, current_actor, now, public
from community.safety import actions, queries
from community.safety.crisis import ANYWHERE, COUNTRIES
from community.safety.guidelines import RULES
from community.safety.rules import Purpose

bp = Blueprint("safety", __name__)


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    """People to reach today. Works signed out, without script, and on paper."""
    return render_template("safety/help_now.html", countries=COUNTRIES, anywhere=ANYWHERE)


@bp.get("/guidelines")
@public
def guidelines() -> ResponseReturnValue:
    """What we ask of each other, and the button that agrees to it."""
    me = current_actor()
    agreed_at = queries.agreed_at(me.id) if me.has_agreed else None
    return render_template("safety/guidelines.html", rules=RULES, agreed_at=agreed_at)


@bp.post("/guidelines/agree")
def agree() -> ResponseReturnValue:
    """I agree to the guidelines as they are today."""
    with transaction():
        actions.agree(current_actor(), now=now())
    return redirect(session.pop(NEXT, None) or url_for("home.my_place"))


@bp.get("/consent")
@arriving
def consent() -> ResponseReturnValue:
    """What we keep, and the separate yes to it; later, the way to take it back."""
    last = queries.last_consent(current_actor().id, Purpose.HEALTH)
    return render_template("safety/consent.html", last=last)


@bp.post("/consent")
@arriving
def give_consent() -> ResponseReturnValue:
    """Yes. With it somebody has arrived."""
    with transaction():
        actions.consent(current_actor(), now=now())
    return redirect(url_for(".guidelines"))


@bp.post("/consent/withdraw")
def withdraw() -> ResponseReturnValue:
    """I take my consent back."""
    me = current_actor()
    with transaction():
        actions.withdraw(me, now=now())
    hang_up(me.id)
    flash(_("You’ve taken your consent back. Here is what that means."), "ok")
    return redirect(url_for(".consent"))
