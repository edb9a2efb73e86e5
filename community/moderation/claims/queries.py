"""Who is looking at which item. Every select of it."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from community.accounts.models import Account
from community.core.db import Ids, db
from community.moderation.claims.models import ItemClaim
from community.moderation.rules.case import Claim


def claims_of(items: Ids) -> Mapping[UUID, Claim]:
    """Whoever is looking at these, or was."""
    query = (
        select(ItemClaim.item_id, ItemClaim.account_id, Account.name, ItemClaim.until)
        .join(Account, Account.id == ItemClaim.account_id)
        .where(ItemClaim.item_id.in_(items))
    )
    return {row[0]: Claim(*row[1:]) for row in db.session.execute(query)}
