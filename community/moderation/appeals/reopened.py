"""Items that another look has opened again, and who doesn’t decide about them any more."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from community.core.db import Ids, db
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import Decision


def barred_from(items: Ids) -> Mapping[UUID, frozenset[UUID]]:
    """Whoever decided about these before somebody else opened them again."""
    found: dict[UUID, frozenset[UUID]] = defaultdict(frozenset)
    query = (
        select(Decision.item_id, Decision.decided_by)
        .join(Appeal, Appeal.decision_id == Decision.id)
        .where(Decision.item_id.in_(items), Appeal.result == Result.UPHELD)
    )
    for row in db.session.execute(query):
        found[row.item_id] |= {row.decided_by}
    return found
