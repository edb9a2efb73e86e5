"""What groups ask for beside the site, as decisions name it. Every select of it.

It is named by the id of its wording, and no wording is ever changed: so a decision says what was
asked when it was made.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, select

from community.core.db import db
from community.groups.guidelines.models import GroupGuideline
from community.groups.models import Group
from community.moderation.models import ReviewItem
from community.safety.guidelines import BY_ID


@dataclass(frozen=True, slots=True)
class OwnRule:
    """One of a group’s own guidelines, where only its name is known."""

    group_name: str
    title: str
    words: str

    def __str__(self) -> str:
        return f"{self.group_name}: {self.title}"


def in_group(group_id: UUID) -> Mapping[str, OwnRule]:
    """What can be named of what is there now, by its id."""
    return _own(GroupGuideline.group_id == group_id, GroupGuideline.until.is_(None))


def of_item(item_id: UUID) -> Mapping[str, OwnRule]:
    """The same in the group of an item."""
    there = select(ReviewItem.group_id).where(ReviewItem.id == item_id).scalar_subquery()
    return _own(GroupGuideline.group_id == there, GroupGuideline.until.is_(None))


def can_be_named(rule_id: str, group_id: UUID) -> bool:
    """A guideline of the site, or one that this group asks for now."""
    return rule_id in BY_ID or rule_id in in_group(group_id)


def named(rule_ids: Iterable[str]) -> Mapping[str, OwnRule]:
    """Those of groups among what decisions named, as they were worded then."""
    own = [UUID(each) for each in set(rule_ids) if each and each not in BY_ID]
    return _own(GroupGuideline.id.in_(own)) if own else {}


class Told(NamedTuple):
    """What a letter says of it. A group’s title is never translated: its owners wrote it."""

    title: str
    of_group: str = ""  # its name; empty where the site asks for it


def told(rule_id: str) -> Told:
    """Of what was decided in this moment."""
    if not rule_id or rule_id in BY_ID:
        return Told(BY_ID[rule_id].title if rule_id else "")
    own = named([rule_id])[rule_id]
    return Told(own.title, own.group_name)


def _own(*where: ColumnElement[bool]) -> Mapping[str, OwnRule]:
    rows = db.session.execute(
        select(GroupGuideline.id, Group.name, GroupGuideline.title, GroupGuideline.words)
        .join(Group, Group.id == GroupGuideline.group_id)
        .where(*where)
        .order_by(GroupGuideline.place, GroupGuideline.id)
    )
    return {str(row[0]): OwnRule(*row[1:]) for row in rows}
