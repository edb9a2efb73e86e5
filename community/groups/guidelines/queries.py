"""What a group asks for, and asked for before."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.guidelines.models import GroupGuideline
from community.groups.guidelines.rules import NEW_FOR

LATEST = 20  # of those that aren't asked for any more


@dataclass(frozen=True, slots=True)
class OwnGuideline:
    """One of a group’s own guidelines."""

    id: UUID
    place: int
    title: str
    words: str
    since: datetime
    until: datetime | None

    def is_new(self, now: datetime) -> bool:
        return now < self.since + NEW_FOR


def own(group_id: UUID) -> list[OwnGuideline]:
    """What this group asks for today, in order."""
    rows = db.session.execute(
        _OWN.where(GroupGuideline.group_id == group_id, GroupGuideline.until.is_(None)).order_by(
            GroupGuideline.place, GroupGuideline.id
        )
    )
    return [OwnGuideline(*row) for row in rows]


def one(group_id: UUID, guideline_id: UUID) -> OwnGuideline:
    """One of them. Raises `Refused(NOT_FOUND)` when it isn’t asked for any more."""
    for each in own(group_id):
        if each.id == guideline_id:
            return each
    raise Refused(NOT_FOUND)


def earlier(group_id: UUID) -> list[OwnGuideline]:
    """What it asked for before, the latest first."""
    rows = db.session.execute(
        _OWN.where(GroupGuideline.group_id == group_id, GroupGuideline.until.is_not(None))
        .order_by(GroupGuideline.until.desc(), GroupGuideline.id.desc())
        .limit(LATEST)
    )
    return [OwnGuideline(*row) for row in rows]


_OWN = select(
    GroupGuideline.id,
    GroupGuideline.place,
    GroupGuideline.title,
    GroupGuideline.words,
    GroupGuideline.since,
    GroupGuideline.until,
)
