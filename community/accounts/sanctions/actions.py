"""What stays in force although somebody is erased, as long as it would have."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.accounts.sanctions import queries
from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.rules import outlives
from community.core.db import db


def keep_away(account_id: UUID, email: str, *, now: datetime) -> None:
    """Before the account goes: what keeps its person away is kept with a mark of their address."""
    for held in queries.of(account_id, now):
        until = held.ends_at or held.review_at
        assert until is not None  # `ends_or_is_reviewed`
        if outlives(held.kind) and until > now:
            db.session.add(
                KeptAway(
                    email=email,
                    kind=held.kind,
                    group_id=held.group_id,
                    decision_id=held.decision_id,
                    begins_at=held.begins_at,
                    until=until,
                )
            )


def come_back(account_id: UUID, email: str, *, now: datetime) -> None:
    """Somebody new has this address: what was kept with its mark is in force for them."""
    for kept in queries.kept_away(email, now):
        db.session.add(
            Sanction(
                account_id=account_id,
                kind=kept.kind,
                group_id=kept.group_id,
                decision_id=kept.decision_id,
                begins_at=kept.begins_at,
                ends_at=kept.until,
            )
        )
        db.session.delete(kept)
    db.session.flush()


def forget(*, now: datetime) -> None:
    """What would be over by now."""
    db.session.execute(delete(KeptAway).where(KeptAway.until <= now))
