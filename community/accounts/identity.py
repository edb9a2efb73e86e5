"""Who this browser belongs to. What the cookie carries is a token; the row behind it decides.

`Account` itself doesn't inherit `UserMixin`, which would drag the web under every action. And
`is_active` stays true for everybody signed in: what somebody may do is for the rules to say.
"""

from collections.abc import Callable
from typing import cast

from flask import Flask, current_app, session
from flask_login import LoginManager, UserMixin, current_user, login_user

from community.accounts import actions
from community.accounts.queries import Visit
from community.accounts.rules import Badge, Comfort, is_worth_noting, may_stay
from community.core.actor import GUEST, Actor
from community.core.db import transaction
from community.core.web import now


class SignedIn(UserMixin):  # type: ignore[misc]
    """A signed-in browser, as Flask-Login sees it, and who is asking with it."""

    def __init__(self, badge: Badge, actor: Actor, token: str) -> None:
        self.badge = badge
        self.actor = actor
        self._token = token

    def get_id(self) -> str:
        return self._token


Visits = Callable[..., tuple[Visit, Actor] | None]


def init_login(app: Flask, visit: Visits) -> None:
    """Put Flask-Login on the app. `visit` finds the browser that carries a token, and whose it is:
    what they may do is for higher layers to know."""
    app.extensions["visit"] = visit
    manager = LoginManager(app)
    # Our rows decide, not an address that changes whenever a phone leaves the house.
    manager.session_protection = None
    manager.user_loader(_known)


def who_asks() -> Actor:
    """Whoever the browser that asks belongs to; a guest, if to nobody."""
    is_known = current_user and current_user.is_authenticated
    return cast(Actor, current_user.actor) if is_known else GUEST


def badge() -> Badge | None:
    """Whose browser is asking. None for a guest, and for a job, where no browser is."""
    return current_user.badge if current_user and current_user.is_authenticated else None


def comfort() -> Comfort:
    """How whoever asks has settled their pages."""
    known = badge()
    return known.comfort if known else Comfort()


def begin(token: str) -> None:
    """From here on this browser is signed in. Whatever its session held before is gone."""
    session.clear()
    session.permanent = True
    login_user(_known(token))


def _known(token: str) -> SignedIn | None:
    at = now()
    found: tuple[Visit, Actor] | None = current_app.extensions["visit"](token, now=at)
    if found is None:
        return None
    visit, actor = found
    if not may_stay(visit.badge.signed_in_at, visit.seen_at, bool(visit.badge.staff), at):
        return None
    if is_worth_noting(visit.badge.signed_in_at, visit.seen_at, at):
        with transaction():
            actions.note_visit(visit.badge.browser_id, now=at)
        session.modified = True  # its cookie goes out again, and lasts as long from here on
    return SignedIn(visit.badge, actor, token)
