"""Who is asking, as a frozen value. Built once per request or socket event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

FRESH = timedelta(minutes=15)  # ASVS 7.5.3


class Role(StrEnum):
    """What somebody is in one group. Roles are held side by side and never ranked."""

    MEMBER = "member"
    FACILITATOR = "facilitator"
    MODERATOR = "moderator"
    OWNER = "owner"


class Staff(StrEnum):
    """What somebody does for the whole site."""

    PLATFORM_MODERATOR = "platform_moderator"
    SAFETY_LEAD = "safety_lead"
    ADMIN = "admin"


class Standing(StrEnum):
    """Where somebody is on the way in or out: a guest, arriving, here, or leaving for good."""

    GUEST = "guest"
    ARRIVING = "arriving"
    ACTIVE = "active"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What somebody is kept from for now, by what moderators decided about them."""

    is_suspended: bool = False  # from everything but what was decided, and help
    is_limited: bool = False  # from writing, everywhere
    out_of_circles: frozenset[UUID] = frozenset()  # from those of these groups
    muted: frozenset[UUID] = frozenset()  # from writing, in these groups
    barred: frozenset[UUID] = frozenset()  # from these groups


FREE = Bounds()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody and their claims. Rules ask the claims and never compare roles."""

    id: UUID
    name: str
    standing: Standing
    zone: str = "UTC"
    staff: frozenset[Staff] = frozenset()
    roles: Mapping[UUID, frozenset[Role]] = field(default_factory=lambda: MappingProxyType({}))
    has_agreed: bool = False  # to the guidelines as they are today
    news: int = 0  # how much they were told and haven't seen
    apart: frozenset[UUID] = frozenset()  # whoever keeps apart from them, or they from
    bounds: Bounds = FREE
    signed_in_at: datetime | None = None  # in the browser that asks, if one does

    def came_in_lately(self, now: datetime) -> bool:
        """Whether it was not long ago that they showed who they are."""
        return self.signed_in_at is not None and now - self.signed_in_at <= FRESH

    @property
    def is_guest(self) -> bool:
        return self.standing is Standing.GUEST

    @property
    def is_active(self) -> bool:
        return self.standing is Standing.ACTIVE and not self.bounds.is_suspended

    @property
    def is_suspended(self) -> bool:
        """They can read what was decided, and answer it. For every other rule they aren’t here."""
        return self.bounds.is_suspended

    @property
    def is_admin(self) -> bool:
        return Staff.ADMIN in self.staff

    @property
    def moderates_platform(self) -> bool:
        return bool(self.staff & {Staff.PLATFORM_MODERATOR, Staff.SAFETY_LEAD})

    @property
    def groups(self) -> frozenset[UUID]:
        """Every group this person belongs to."""
        return frozenset(self.roles)

    @property
    def is_kept_apart(self) -> bool:
        """Whether there is anybody whose signed words and names aren’t there for them."""
        return bool(self.apart)

    def meets(self, account_id: UUID | None) -> bool:
        """Whether these two see each other’s signed words and names, whoever chose it."""
        return account_id not in self.apart

    def writes_in(self, group_id: UUID) -> bool:
        """Whether they are free to write there, as far as moderators decided."""
        return not self.bounds.is_limited and group_id not in self.bounds.muted

    def may_be_in_circles(self, group_id: UUID) -> bool:
        """Whether the circles of this group are open to them, as far as moderators decided."""
        return group_id not in self.bounds.out_of_circles

    def is_barred(self, group_id: UUID) -> bool:
        """Whether this group is gone for them."""
        return group_id in self.bounds.barred

    def belongs_to(self, group_id: UUID) -> bool:
        return group_id in self.roles

    def facilitates(self, group_id: UUID) -> bool:
        return Role.FACILITATOR in self.roles.get(group_id, ())

    def moderates(self, group_id: UUID) -> bool:
        """Whether they look after the words in it: its moderators do, and its owners."""
        return bool(self.roles.get(group_id, frozenset()) & {Role.MODERATOR, Role.OWNER})

    def owns(self, group_id: UUID) -> bool:
        return Role.OWNER in self.roles.get(group_id, ())


GUEST = Actor(id=UUID(int=0), name="", standing=Standing.GUEST)
