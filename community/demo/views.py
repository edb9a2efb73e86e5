"""The demo's own pages: who can be looked around as, and the letters that nobody was sent."""

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from community.accounts import actions as accounts_actions
from community.accounts import identity
from community.accounts import queries as accounts_queries
from community.core import post
from community.core.db import transaction
from community.core.web import now, public
from community.demo.cast import CAST, email_of
from community.demo.guard import stay_on_this_machine

bp = Blueprint("demo", __name__, url_prefix="/demo")


def init_demo(app: Flask) -> None:
    """Put the demo's pages and its guard on the app."""
    app.register_blueprint(bp)
    app.before_request(stay_on_this_machine)


@bp.get("/cast")
@public
def cast() -> ResponseReturnValue:
    """Who can be looked around as."""
    return render_template("demo/cast.html", cast=CAST)


@bp.post("/look-as/<name>")
@public
def look_as(name: str) -> ResponseReturnValue:
    """Sign this browser in as somebody of the cast."""
    account_id = accounts_queries.account_id_of(email_of(name))
    if account_id is None:
        return redirect(url_for(".cast"))
    with transaction():
        token = accounts_actions.sign_in(account_id, "The demo", now=now())
    identity.begin(token)
    return redirect(url_for("home.my_place"))


@bp.get("/letters")
@public
def letters() -> ResponseReturnValue:
    """Letters this demo would have sent."""
    return render_template("demo/letters.html", letters=post.newest(30))
