"""A group may ask for more than the site does, never for less. Pure.

Each is kept with the day it began and, when it was changed or taken away, the day it ended: so it
can be read afterwards what was asked when.
"""

from datetime import timedelta
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


def may_write(actor: Actor, group_id: UUID) -> Verdict:
    """Owners say what their group asks for. The built-in group has no owner, so it adds nothing."""
    return may_see_inside(actor, group_id) and (YES if actor.owns(group_id) else no(NOT_YOURS))


def may_add(actor: Actor, group_id: UUID, how_many: int) -> Verdict:
    """A few: what is long isn’t read."""
    return may_write(actor, group_id) and (YES if how_many < MOST else no(ENOUGH))
