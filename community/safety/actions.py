"""Consenting, agreeing to the guidelines, and saying that a helpline is what we say it is."""

from datetime import datetime

from sqlalchemy import delete, update

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.core.actor import Actor, Standing
from community.core.db import add_once, db
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.safety import queries
from community.safety.crisis import BY_SLUG
from community.safety.models import Agreement, Consent, HelplineCheck
from community.safety.rules import (
    CONSENT_TEXT_VERSION,
    Purpose,
    may_agree,
    may_check_lines,
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


def agree(actor: Actor, version: int, *, now: datetime) -> None:
    """Agree to the guidelines as they were on the page, if that’s how they are. Once is enough."""
    may_agree(actor, version).require()
    add_once(Agreement, account_id=actor.id, version=version, agreed_at=now)


def check_lines(actor: Actor, slug: str, facts: str, *, now: datetime) -> None:
    """I’ve looked at this country’s helplines today, and they are as on the page that I saw."""
    may_check_lines(actor).require()
    country = BY_SLUG.get(slug)
    if country is None:
        raise Refused(NOT_FOUND)
    if facts != country.facts:
        raise Refused(STALE)
    seen = {"facts": facts, "verified_on": now, "verified_by": actor.id}
    if not add_once(HelplineCheck, country=slug, **seen):
        db.session.execute(
            update(HelplineCheck).where(HelplineCheck.country == slug).values(**seen)
        )


def doubt_lines(actor: Actor, slug: str) -> None:
    """Something about this country’s helplines isn’t right any more: nobody has checked them."""
    may_check_lines(actor).require()
    db.session.execute(delete(HelplineCheck).where(HelplineCheck.country == slug))
