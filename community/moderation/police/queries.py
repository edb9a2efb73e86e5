"""What the record says of the police. Every select of it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.core.actor import Actor
from community.core.db import db
from community.moderation.models import AuditEvent
from community.moderation.police.rules import THREAT, PoliceStep, left
from community.moderation.rules.case import Case


@dataclass(frozen=True, slots=True)
class Written:
    """An answer, and when it was given."""

    step: PoliceStep
    at: datetime


@dataclass(frozen=True, slots=True)
class Threat:
    """What somebody reads of it beside a case, and what they can write down."""

    written: Sequence[Written]
    left: Sequence[PoliceStep]


def threat_in(actor: Actor, item_id: UUID, case: Case, reasons: Collection[str]) -> Threat | None:
    """None where nobody reported one."""
    if THREAT not in reasons:
        return None
    written = written_about(item_id)
    return Threat(written, left(actor, case, reasons, [each.step for each in written]))


def written_about(item_id: UUID) -> Sequence[Written]:
    """In order."""
    asked = (AuditEvent.item_id == item_id, AuditEvent.action.in_(list(PoliceStep)))
    query = select(AuditEvent.action, AuditEvent.at).where(*asked).order_by(AuditEvent.id)
    return [Written(PoliceStep(row.action), row.at) for row in db.session.execute(query)]
