"""Which of somebody’s waiting letters are about a group. Every select of it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from community.calls.models import Call
from community.core.db import db
from community.groups.models import Group
from community.moderation.models import ReviewItem
from community.threads.models import Post, Thread


def name_of(group_id: UUID) -> str:
    """As letters name it."""
    return db.session.scalars(select(Group.name).where(Group.id == group_id)).one()


def things_of(group_id: UUID, facts: Collection[Mapping[str, Any]]) -> frozenset[str]:
    """Of what these letters state, what is in this group: threads, posts, calls and items."""
    found = set()
    for fact, query in _QUERIES.items():
        stated = {UUID(each[fact]) for each in facts if each.get(fact)}
        if stated:
            is_there = query.where(query.selected_columns[0].in_(stated))
            found |= set(db.session.scalars(is_there.where(_GROUPS[fact] == group_id)))
    return frozenset(map(str, found))


_QUERIES = {
    "thread_id": select(Thread.id),
    "post_id": select(Post.id).join(Thread, Thread.id == Post.thread_id),
    "call_id": select(Call.id),
    "item_id": select(ReviewItem.id),
}
_GROUPS = {
    "thread_id": Thread.group_id,
    "post_id": Thread.group_id,
    "call_id": Call.group_id,
    "item_id": ReviewItem.group_id,
}
