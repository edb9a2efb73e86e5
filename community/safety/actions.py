"""Consenting, taking consent back, agreeing to the guidelines."""

from datetime import datetime

from sqlalchemy import update

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.core.actor import Actor, Standing
from community.core.db import add_once, db
from community.safety import queries
from community.safety.models import Agreement, Consent
from community.safety.rules import (
    CONSENT_TEXT_VERSION,
    GUIDELINES_VERSION,
    Purpose,
    may_agree,
    may_consent,
)


def consent(actor: Actor, *, now: datetime) -> None:
    """Consent to health-related data being kept here. With it somebody has arrived."""
    person = accounts_queries.person(actor.id)
    may_consent(actor, bool(person.name), person.is_adult).require()
    accounts_actions.set_standing(actor.id, Standing.ACTIVE)  # and so one press at a time
    last = queries.last_consent(actor.id, Purpose.HEALTH)
    if last is None or not last.holds:
        db.session.add(
            Consent(
                account_id=actor.id,
                purpose=Purpose.HEALTH,
                text_version=CONSENT_TEXT_VERSION,
                given_at=now,
            )
        )


def withdraw(actor: Actor, *, now: datetime) -> None:
    """Take the consent back. The person stays signed in, and stands at the door again."""
    db.session.execute(
        update(Consent)
        .where(
            Consent.account_id == actor.id,
            Consent.purpose == Purpose.HEALTH,
            Consent.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now)
    )
    accounts_actions.set_standing(actor.id, Standing.ARRIVING)


def agree(actor: Actor, *, now: datetime) -> None:
    """Agree to the guidelines as they are today. Once is enough."""
    may_agree(actor).require()
    add_once(Agreement, account_id=actor.id, version=GUIDELINES_VERSION, agreed_at=now)
