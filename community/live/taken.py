"""A press is taken once: the same press again gets the same answer.

Called with the room’s row locked, so that what is told of it is how it is now.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, or_

from community.core.asking import columns
from community.core.db import unless_there
from community.live.models import PreparedShare, RoomEvent, RoomText


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether it is none that was taken already, and whether nobody has typed anything so far."""

    is_new: bool
    wordless: bool


def take(event_id: UUID, call_id: UUID, by: UUID) -> Taken:
    """From now on this press is taken. One statement says too whether there is anything to read:
    in most circles there isn’t, and then nobody has to look."""
    statement = unless_there(RoomEvent, _HAS_WORDS, "event_id", "call_id", "account_id")
    new = {"new_event_id": event_id, "new_call_id": call_id, "new_account_id": by}
    has_words = columns(statement, new).scalar()
    return Taken(has_words is not None, wordless=not has_words)


_HAS_WORDS = or_(
    *(
        exists().where(words.call_id == bindparam("new_call_id", type_=Uuid()))
        for words in (RoomText, PreparedShare)
    )
)
