"""What the edges must do after a step: tell the media, tell a person, erase."""

from dataclasses import dataclass
from uuid import UUID

from community.calls.rules.call import EndReason


@dataclass(frozen=True, slots=True)
class Heard:
    """Who may be heard has changed: tell the media."""

    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Seen:
    """Whose camera may be looked at has changed: tell the media."""

    people: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class OtherPeople:
    """It is others who may be connected now: they share another key."""


@dataclass(frozen=True, slots=True)
class Cut:
    """Where the voices met until now is closed: for this person first, or at the end for all."""

    media_id: UUID
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class NotAdmitted:
    """Tell this person, who knocked, that they can’t come in this time."""

    person: UUID


@dataclass(frozen=True, slots=True)
class Removed:
    """End this person's access first; then tell them why, and how to ask us to look again."""

    person: UUID
    why: str


@dataclass(frozen=True, slots=True)
class OutOfGroup:
    """End this person's access: they don't belong to the group any more, or to the site."""

    person: UUID


@dataclass(frozen=True, slots=True)
class DeviceLeft:
    """Close what this page of theirs hears and sends, and tell them that they are elsewhere."""

    person: UUID
    page: UUID


@dataclass(frozen=True, slots=True)
class Ended:
    """Thank all of them alike, and erase. A turn that is still owed is offered in writing."""

    people: frozenset[UUID]
    why: EndReason
    owed: frozenset[UUID] = frozenset()


Effect = Heard | Seen | OtherPeople | Cut | NotAdmitted | Removed | OutOfGroup | DeviceLeft | Ended
