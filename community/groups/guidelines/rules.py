"""A group may ask for more than the site does, never for less. Pure.

Each is kept with the day it began and, when it was changed or taken away, the day it ended: so it
can be read afterwards what was asked when.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from community.core.actor import Actor
from community.core.verdict import NOT_YOURS, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside

MOST = 5
TITLE_MOST, WORDS_MOST = 80, 500
NEW_FOR = timedelta(days=30)

ENOUGH = Reason(
    "enough", "A group has up to five of its own. You can change one, or take one away.", 409
)


@dataclass(frozen=True, slots=True)
class OwnRule:
    """One of a group’s own guidelines, where only its name is known."""

    group_name: str  # empty once the group is closed
    title: str
    words: str

    def __str__(self) -> str:
        return f"{self.group_name}: {self.title}" if self.group_name else self.title


class Told(NamedTuple):
    """What a letter says of a guideline. A group’s title is never translated: its owners wrote
    it."""

    title: str
    of_group: str = ""  # its name; empty where the site asks for it


def may_write(actor: Actor, group_id: UUID) -> Verdict:
    """Owners say what their group asks for. The built-in group has no owner, so it adds nothing."""
    return may_see_inside(actor, group_id) and (YES if actor.owns(group_id) else no(NOT_YOURS))


def may_add(actor: Actor, group_id: UUID, how_many: int) -> Verdict:
    """A few: what is long isn’t read."""
    return may_write(actor, group_id) and (YES if how_many < MOST else no(ENOUGH))
