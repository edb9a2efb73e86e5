"""What a moderator did in a thread, and the guideline it is about. Pure."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import Reason

WHY_MOST = 2_000

NOT_SEEN = Reason("not-seen", "Open the page again, so that we know what you saw.", 422)


@dataclass(frozen=True, slots=True)
class Because:
    """Why it was done: a guideline of the site or of the group, and words that whoever it is about
    reads."""

    rule_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Restricted:
    """What an act took from somebody, for its statement of reasons: a post (of a thread the first),
    who wrote it, and why."""

    post_id: UUID
    author_id: UUID | None
    why: str


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to which thread or post, in ids and codes."""

    actor: Actor
    action: str
    about: UUID
    group_id: UUID
    before: str
    after: str
    rule_id: str
    at: datetime
    restricted: Restricted | None = None
