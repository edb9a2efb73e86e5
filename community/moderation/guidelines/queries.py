"""What the group of an item asks for beside the site. Every select of it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from community.groups.guidelines.models import GroupGuideline
from community.groups.guidelines.queries import asked_where
from community.groups.guidelines.rules import OwnRule
from community.moderation.models import ReviewItem


def of_item(item_id: UUID) -> Mapping[str, OwnRule]:
    """What can be named of what is asked there now, by its id."""
    there = select(ReviewItem.group_id).where(ReviewItem.id == item_id).scalar_subquery()
    return asked_where(GroupGuideline.group_id == there, GroupGuideline.until.is_(None))
