"""What a group asks for, and asked for before, and how a moderator names it.

It is named by the id of its wording, and no wording is ever changed: so whatever names it says what
was asked when it was decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select

from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.groups.guidelines.models import GroupGuideline
from community.groups.guidelines.rules import NEW_FOR, OwnRule, Told
from community.groups.models import Group
from community.safety.guidelines import BY_ID

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


def in_group(group_id: UUID) -> Mapping[str, OwnRule]:
    """What can be named of what this group asks for now, by its id."""
    return asked_where(GroupGuideline.group_id == group_id, GroupGuideline.until.is_(None))


def can_be_named(rule_id: str, group_id: UUID) -> bool:
    """A guideline of the site, or one that this group asks for now."""
    return rule_id in BY_ID or rule_id in in_group(group_id)


def named(rule_ids: Iterable[str]) -> Mapping[str, OwnRule]:
    """Those of groups among these, as they were worded then. Nothing is asked where all are the
    site’s."""
    own = [UUID(each) for each in set(rule_ids) if each and each not in BY_ID]
    return asked_where(GroupGuideline.id.in_(own)) if own else {}


def told(rule_id: str) -> Told:
    """Of what was decided in this moment."""
    if not rule_id or rule_id in BY_ID:
        return Told(BY_ID[rule_id].title if rule_id else "")
    own = named([rule_id])[rule_id]
    return Told(own.title, own.group_name)


def asked_where(*where: ColumnElement[bool]) -> Mapping[str, OwnRule]:
    """Those of which this holds, in the order of their group, by their ids."""
    rows = db.session.execute(
        select(GroupGuideline.id, Group.name, GroupGuideline.title, GroupGuideline.words)
        .join(Group, Group.id == GroupGuideline.group_id)
        .where(*where)
        .order_by(GroupGuideline.place, GroupGuideline.id)
    )
    return {str(row[0]): OwnRule(*row[1:]) for row in rows}


_OWN = select(
    GroupGuideline.id,
    GroupGuideline.place,
    GroupGuideline.title,
    GroupGuideline.words,
    GroupGuideline.since,
    GroupGuideline.until,
)
