"""Adding to what a group asks for, changing it, taking it away."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from community.core.actor import Actor
from community.core.db import db, locked
from community.groups.guidelines import queries
from community.groups.guidelines.models import GroupGuideline
from community.groups.guidelines.rules import may_add, may_write
from community.groups.models import Group


def add(actor: Actor, group_id: UUID, title: str, words: str, *, now: datetime) -> None:
    """From now on the group asks for this too."""
    locked(Group, group_id)  # so that two owners don’t add one too many
    there = queries.own(group_id)
    may_add(actor, group_id, len(there)).require()
    place = max((each.place for each in there), default=0) + 1
    _write(actor, group_id, place, title, words, now)


def change(
    actor: Actor, group_id: UUID, guideline_id: UUID, title: str, words: str, *, now: datetime
) -> None:
    """Say it in other words. What it said before can still be read."""
    locked(Group, group_id)
    may_write(actor, group_id).require()
    before = queries.one(group_id, guideline_id)
    if (title, words) == (before.title, before.words):
        return
    _end(guideline_id, now)
    _write(actor, group_id, before.place, title, words, now)


def take_away(actor: Actor, group_id: UUID, guideline_id: UUID, *, now: datetime) -> None:
    """The group doesn’t ask for it any more."""
    locked(Group, group_id)
    may_write(actor, group_id).require()
    _end(queries.one(group_id, guideline_id).id, now)


def _write(actor: Actor, group_id: UUID, place: int, title: str, words: str, now: datetime) -> None:
    db.session.add(
        GroupGuideline(
            group_id=group_id,
            place=place,
            title=title,
            words=words,
            written_by=actor.id,
            since=now,
        )
    )
    db.session.flush()


def _end(guideline_id: UUID, now: datetime) -> None:
    db.session.execute(
        update(GroupGuideline).where(GroupGuideline.id == guideline_id).values(until=now)
    )
