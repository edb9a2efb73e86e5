"""Who is leaving for good, and what would stand in somebody’s way. Every select of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import inspect, select

from community.accounts import queries as accounts_queries
from community.accounts.models import Account, SignInLink
from community.calls.parting import queries as calls_queries
from community.calls.parting.queries import HeldAlone
from community.calls.rules.parting import may_part_from
from community.core.actor import Actor
from community.core.db import Base, db
from community.core.letters import OutboxLetter
from community.core.verdict import NOT_FOUND, Refused, Verdict
from community.groups.parting import queries as groups_queries
from community.groups.parting.queries import Place
from community.groups.rules import may_part
from community.moderation.models import DecisionWords
from community.moderation.opinions.models import SecondOpinion
from community.privacy.leaving.models import Leaving
from community.privacy.leaving.rules import keeps_an_admin
from community.threads.holds.models import Hold
from community.threads.models import PostVersion, ThreadTag
from community.threads.pictures.models import PictureFile
from community.threads.search.models import PostWords


@dataclass(frozen=True, slots=True)
class Ways:
    """What somebody holds, as far as it matters to their going."""

    may_as_admin: Verdict
    may_now: Verdict  # or a circle is on that they hold
    groups: Sequence[Place]  # that need another owner first
    calls: Sequence[HeldAlone]  # that won’t happen

    @property
    def is_free(self) -> bool:
        return bool(self.may_as_admin and self.may_now and not self.groups)


def ways(actor: Actor, now: datetime) -> Ways:
    """For whoever thinks of going."""
    places = groups_queries.places_of(actor.id)
    return Ways(
        may_as_admin=as_admin(actor.id),
        may_now=may_part_from(calls_queries.holds_a_circle(actor.id)),
        groups=[each for each in places if not may_part(each.is_needed, actor.is_active)],
        calls=sorted(calls_queries.holds_alone(actor.id, now), key=lambda each: each.starts_at),
    )


def as_admin(account_id: UUID) -> Verdict:
    """Whether the site has an admin without them."""
    admins = accounts_queries.admins()
    return keeps_an_admin(account_id in admins, len(admins))


def leaving(actor: Actor) -> Leaving:
    """Until when they can stay. Raises `Refused(NOT_FOUND)`."""
    row = db.session.get(Leaving, actor.id)
    if row is None:
        raise Refused(NOT_FOUND)
    return row


def due(now: datetime) -> Sequence[UUID]:
    """Whose fourteen days are over."""
    found = select(Leaving.account_id).where(Leaving.erase_at <= now)
    return db.session.scalars(found.order_by(Leaving.account_id)).all()


def email_and_zone(account_id: UUID) -> tuple[str, str]:
    """Where the letters go that this is told by."""
    query = select(Account.email, Account.zone).where(Account.id == account_id)
    email, zone = db.session.execute(query).one()
    return email, zone


def emptied() -> tuple[type[Base], ...]:
    """The tables that something leaves when somebody is erased: all that refer to an account, and
    what goes with those."""
    account = Account.__table__
    models = [each.class_ for each in Base.registry.mappers]
    theirs = [
        model
        for model in models
        if any(key.column.table is account for key in inspect(model).local_table.foreign_keys)
    ]
    beside = (Account, SignInLink, OutboxLetter, PostVersion, PostWords, ThreadTag, PictureFile)
    written_of_them = (DecisionWords, SecondOpinion, Hold)
    return (*beside, *written_of_them, *theirs)
