"""What somebody may be kept from for a while, and what it does. Pure.

    warning ─▶ out of a group’s circles ─▶ mute in a group ─▶ ban from a group
            ─▶ limited ─▶ suspended

Each has an end, or a day when somebody looks at it again. Whether one is in force is worked out
from the clock whenever it is read, so no job can fail to end it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from community.core.actor import FREE, Bounds
from community.core.words import said


class SanctionKind(StrEnum):
    """The ladder, from its lowest step."""

    WARNING = "warning"
    CIRCLES = "circles"
    MUTE = "mute"
    BAN = "ban"
    LIMIT = "limit"
    SUSPEND = "suspend"

    @property
    def is_of_group(self) -> bool:
        """It holds in one group. The others hold everywhere."""
        return self in {SanctionKind.CIRCLES, SanctionKind.MUTE, SanctionKind.BAN}

    @property
    def is_of_site(self) -> bool:
        return self in {SanctionKind.LIMIT, SanctionKind.SUSPEND}

    @property
    def words(self) -> str:
        return _NAMES[self]

    @property
    def effect(self) -> str:
        """What it does, to the one it is about."""
        return _EFFECTS[self]


_NAMES: Mapping[SanctionKind, str] = MappingProxyType(
    {
        SanctionKind.WARNING: said("A warning"),
        SanctionKind.CIRCLES: said("Out of the circles of one group"),
        SanctionKind.MUTE: said("Reading, not writing, in one group"),
        SanctionKind.BAN: said("Away from one group"),
        SanctionKind.LIMIT: said("Reading, not writing, everywhere"),
        SanctionKind.SUSPEND: said("Away from this place"),
    }
)
_EFFECTS: Mapping[SanctionKind, str] = MappingProxyType(
    {
        SanctionKind.WARNING: said("You can take part as before. Please read why we wrote to you."),
        SanctionKind.CIRCLES: said(
            "You can’t come into a circle of this group for now. You can read and write in the "
            "group as before."
        ),
        SanctionKind.MUTE: said(
            "You can read in this group, and not write. In its circles you can listen, pass, "
            "and call for help."
        ),
        SanctionKind.BAN: said(
            "You can’t come into this group or its circles. Your other groups stay as they are."
        ),
        SanctionKind.LIMIT: said(
            "You can read everywhere, and not write. In circles you can listen, pass, and call "
            "for help. You can still report something."
        ),
        SanctionKind.SUSPEND: said(
            "You can sign in and read what we decided. The rest of this place is closed to you "
            "for now."
        ),
    }
)


def is_in_force(ends_at: datetime | None, lifted_at: datetime | None, now: datetime) -> bool:
    """Not lifted, and not over."""
    return lifted_at is None and (ends_at is None or now < ends_at)


def outlives(kind: SanctionKind) -> bool:
    """Whether being erased doesn’t end it. A warning is words, and goes with the account."""
    return kind is not SanctionKind.WARNING


def bounds(in_force: Iterable[tuple[SanctionKind, UUID | None]]) -> Bounds:
    """What somebody is kept from by these, all of them together."""
    kinds: dict[SanctionKind, set[UUID | None]] = {}
    for kind, group_id in in_force:
        kinds.setdefault(kind, set()).add(group_id)

    def groups(kind: SanctionKind) -> frozenset[UUID]:
        return frozenset(each for each in kinds.get(kind, ()) if each is not None)

    if not kinds.keys() - {SanctionKind.WARNING}:
        return FREE
    return Bounds(
        is_suspended=SanctionKind.SUSPEND in kinds,
        is_limited=SanctionKind.LIMIT in kinds,
        out_of_circles=groups(SanctionKind.CIRCLES),
        muted=groups(SanctionKind.MUTE),
        barred=groups(SanctionKind.BAN),
    )
