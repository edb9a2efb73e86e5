"""Who this browser belongs to. What the cookie carries is a token; the row behind it decides.

`Account` itself doesn't inherit `UserMixin`, which would drag the web under every action. And
`is_active` stays true for everybody signed in: what somebody may do is for the rules to say.
"""

from flask import Flask, session
from flask_login import LoginManager, UserMixin, current_user, login_user

from community.accounts import actions, queries
from community.accounts.rules import Badge, Comfort, is_worth_noting, may_stay
from community.core.db import transaction
from community.core.web import now


class SignedIn(UserMixin):  # type: ignore[misc]
    """A signed-in browser, as Flask-Login sees it."""

    def __init__(self, badge: Badge, token: str) -> None:
        self.badge = badge
        self._token = token

    def get_id(self) -> str:
        return self._token


def init_login(app: Flask) -> None:
    """Put Flask-Login on the app."""
    manager = LoginManager(app)
    # Our rows decide, not an address that changes whenever a phone leaves the house.
    manager.session_protection = None
    manager.user_loader(_known)


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
    visit = queries.visit(token)
    at = now()
    if visit is None:
        return None
    if not may_stay(visit.badge.signed_in_at, visit.seen_at, bool(visit.badge.staff), at):
        return None
    if is_worth_noting(visit.badge.signed_in_at, visit.seen_at, at):
        with transaction():
            actions.note_visit(visit.badge.browser_id, now=at)
    return SignedIn(visit.badge, token)
