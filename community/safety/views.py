"""Guidelines, consent and help: everybody may read them, members agree."""

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import NEXT, always, arriving, current_actor, now, public
from community.safety import actions, queries
from community.safety.crisis import ANYWHERE, COUNTRIES
from community.safety.guidelines import BY_ID, NUMBERS, PARTS, RULES, changes_since
from community.safety.rules import GUIDELINES_VERSION, Purpose

bp = Blueprint("safety", __name__)


@bp.get("/help-now")
@public
def help_now() -> ResponseReturnValue:
    """People to reach today. Works signed out, without script, and on paper."""
    return render_template(
        "safety/help_now.html", countries=COUNTRIES, anywhere=ANYWHERE, checks=queries.checks()
    )


@bp.get("/help-now/card")
@public
def card() -> ResponseReturnValue:
    """A card for hard days. What is written on it never comes here."""
    return render_template("safety/card.html", countries=COUNTRIES)


@bp.get("/guidelines")
@public
def guidelines() -> ResponseReturnValue:
    """What we ask of each other, and the button that agrees to it."""
    me = current_actor()
    agreed = queries.agreements(me.id) if me.is_active else []
    return render_template(
        "safety/guidelines.html",
        parts=PARTS,
        numbers=NUMBERS,
        version=GUIDELINES_VERSION,
        agreed=agreed,
        changes=changes_since(agreed[0].version) if agreed else [],
    )


@bp.get("/guidelines/<rule_id>")
@public
def guideline(rule_id: str) -> ResponseReturnValue:
    """One of them, for whoever is told that a decision is about it."""
    if rule_id not in BY_ID:
        raise Refused(NOT_FOUND)
    number = NUMBERS[rule_id]
    return render_template(
        "safety/guideline.html",
        rule=BY_ID[rule_id],
        number=number,
        last=RULES[number - 2] if number > 1 else None,
        next=RULES[number] if number < len(RULES) else None,
    )


@bp.post("/guidelines/agree")
def agree() -> ResponseReturnValue:
    """I agree to the guidelines that were on the page."""
    with transaction():
        actions.agree(current_actor(), request.form.get("version", 0, type=int), now=now())
    return redirect(session.pop(NEXT, None) or url_for("home.my_place"))


@bp.get("/consent")
@arriving
@always
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
