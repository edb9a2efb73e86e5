"""What readers told the writers of posts, and nobody else. Every select of hints."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import CompoundSelect, func, null, select, union_all

from community.core.asking import some
from community.core.db import db
from community.threads.hints.models import Hint
from community.threads.models import Post
from community.threads.notes.queries import SUGGESTED
from community.threads.notes.rules import NoteKind


@dataclass(frozen=True, slots=True)
class Told:
    """Which notes one of their posts could use, and whether something else was asked for."""

    kinds: Sequence[NoteKind]
    is_hinted: bool


def told(posts: Iterable[UUID]) -> Mapping[UUID, Told]:
    """What their writer was told of these posts and hasn’t answered, in one statement. Words that
    were changed since are an answer. Ask first whose they are."""
    asked = list(posts)
    if not asked:
        return {}
    found: dict[UUID, set[NoteKind | None]] = defaultdict(set)
    for row in db.session.execute(_TOLD, {"posts": asked}):
        found[row.post_id].add(row.kind)
    return {
        post_id: Told([each for each in NoteKind if each in kinds], None in kinds)
        for post_id, kinds in found.items()
    }


_HINTED = (
    select(Hint.post_id, null())
    .join(Post, Post.id == Hint.post_id)
    .where(
        Hint.post_id.in_(some("posts")),
        Hint.left_at.is_(None),
        Hint.hinted_at >= func.coalesce(Post.edited_at, Post.written_at),
    )
)
_TOLD: CompoundSelect[*tuple[Any, ...]] = union_all(SUGGESTED, _HINTED)
