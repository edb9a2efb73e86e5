"""Who is looking, for this actor. Every select of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import db
from community.groups.models import Membership
from community.moderation import deciders
from community.moderation.duty.models import Duty
from community.moderation.duty.rules import Watch, Watches, watches


def on_duty(actor: Actor, now: datetime) -> Watches:
    """Who of those with whom this person shares a queue has said so: who looks after a group of
    theirs, and those of the site. Whoever looks after nothing meanwhile isn’t there."""
    looks_after = or_(Membership.moderates, Membership.owns)
    rows = db.session.execute(
        select(Duty.account_id, Account.name, Duty.begins_at, Duty.until, Membership.group_id)
        .join(Account, Account.id == Duty.account_id)
        .outerjoin(Membership, and_(Membership.account_id == Duty.account_id, looks_after))
        .where(Duty.until > now)
    ).all()
    groups: Mapping[UUID, set[UUID]] = defaultdict(set)
    found: dict[UUID, Watch] = {}
    for account_id, name, begins_at, until, group_id in rows:
        meets = actor.meets(account_id)
        found[account_id] = Watch(account_id, name if meets else None, begins_at, until)
        groups[account_id].update({group_id} - {None})
    return watches(_beside(actor, found, groups, now), actor, now)


def _beside(
    actor: Actor, found: Mapping[UUID, Watch], groups: Mapping[UUID, set[UUID]], now: datetime
) -> Sequence[Watch]:
    able = deciders.of_groups(set().union(*groups.values()), now)
    shared = {
        account_id
        for account_id, theirs in groups.items()
        for group_id in theirs
        if account_id in able.groups.get(group_id, ())
        and (actor.moderates_platform or actor.moderates(group_id))
    }
    return [each for who, each in found.items() if who in shared | able.site]
