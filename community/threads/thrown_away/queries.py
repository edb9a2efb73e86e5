"""Which draft it is."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_FOUND, Refused
from community.threads import queries as threads_queries
from community.threads.rules.rows import DraftRow


def own(actor: Actor, stamp: UUID, now: datetime) -> DraftRow:
    """This person’s draft, as long as it says what it said. Raises `Refused(NOT_FOUND)`."""
    drafts = threads_queries.drafts(actor, now)
    found = next((each for each in drafts if each.kept.stamp == stamp), None)
    if found is None:
        raise Refused(NOT_FOUND)
    return found
