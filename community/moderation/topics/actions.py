"""Making a topic of a tag. Everything that bears the tag stays where and as it is."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.db import add_once, db, locked_all
from community.core.verdict import NOT_FOUND, STALE, Refused
from community.dystonia.tags import Tag, tag_at
from community.groups import queries as groups_queries
from community.groups.topics.models import PromotedTopic
from community.moderation.record import actions as record
from community.moderation.rules.reasons import Scope
from community.moderation.topics import queries
from community.moderation.topics.rules import (
    IS_TOPIC,
    PROMOTED,
    REWORDED,
    Carried,
    Use,
    may_carry,
    may_make_topics,
    may_promote,
)


def promote(actor: Actor, tag_id: UUID, carried: Carried, *, now: datetime) -> None:
    """From now on it is a topic, with these words. Of two who press at once, one makes it; a second
    press with the same words leaves it so."""
    tag = _tag(tag_id)
    may_make_topics(actor).require()
    if _carries(db.session.get(PromotedTopic, tag.slug), carried):
        return
    may_promote(actor, tag, queries.uses(now).get(tag.slug, Use())).require()
    may_carry(tag.slug, carried).require()
    if add_once(PromotedTopic, slug=tag.slug, since=now, **_columns(carried)):
        _write_down(actor, tag, PROMOTED, "tag", "topic", now)
    elif not _carries(db.session.get(PromotedTopic, tag.slug), carried):
        raise Refused(IS_TOPIC)


def reword(actor: Actor, tag_id: UUID, carried: Carried, seen: int, *, now: datetime) -> None:
    """It carries other words, unless somebody else has changed them since the page was opened. What
    it carries already isn’t written down again."""
    tag = _tag(tag_id)
    may_make_topics(actor).require()
    rows = locked_all(PromotedTopic, PromotedTopic.slug == tag.slug)
    if not rows:
        raise Refused(NOT_FOUND)
    row = rows[0]
    if _carries(row, carried):
        return
    if row.version != seen:
        raise Refused(STALE)
    may_carry(tag.slug, carried).require()
    for column, value in _columns(carried).items():
        setattr(row, column, value)
    row.version = seen + 1
    _write_down(actor, tag, REWORDED, str(seen), str(row.version), now)


def _tag(tag_id: UUID) -> Tag:
    tag = tag_at(tag_id)
    if tag is None:
        raise Refused(NOT_FOUND)
    return tag


def _carries(row: PromotedTopic | None, carried: Carried) -> bool:
    return row is not None and all(
        getattr(row, column) == value for column, value in _columns(carried).items()
    )


def _columns(carried: Carried) -> dict[str, object]:
    return {
        "name": carried.name,
        "words": carried.words,
        "kind": carried.kind,
        "synonyms": list(carried.synonyms),
        "near": list(carried.near),
    }


def _write_down(
    actor: Actor, tag: Tag, action: str, before: str, after: str, now: datetime
) -> None:
    record.write(
        actor,
        action,
        tag.id,
        group_id=groups_queries.everyone(),
        scope=Scope.PLATFORM,
        before=before,
        after=after,
        reason="",
        now=now,
    )
