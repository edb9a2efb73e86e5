"""What a room is told of its media, and what it may ask of them: plain values, and no door."""

from collections.abc import Set
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Path(StrEnum):
    """The way of a voice from one browser to another."""

    DIRECT = "direct"
    RELAY = "relay"  # which can't listen, and hides who is where
    SERVER = "server"  # which passes on what it can’t open


@dataclass(frozen=True, slots=True)
class Ceilings:
    """How many people a room carries, facilitators too: as measured for voices that go from browser
    to browser (live-circle.md, “Media”)."""

    voices: int = 12
    everybody_seen: int = 4
    holder_seen: int = 8
    gathering: int = 0  # where most listen: none while everybody’s browser sends to everybody’s

    def of_a_gathering(self) -> "Ceilings":
        """One person speaks and is seen, and all the others receive that. Where there is no media
        server any more, it is a circle like others."""
        most = self.gathering
        return replace(self, voices=most, holder_seen=most) if most else self


MESH = Ceilings()


@dataclass(frozen=True, slots=True)
class Lack:
    """A call hasn’t what it needs of its media."""

    voices: int | None  # so many come in where there is no media server; None: it doesn’t answer


def lack_of(ceilings: Ceilings, *, gathers: bool, answers: bool) -> Lack | None:
    """What a call lacks now, if anything. Only a gathering can’t do without a media server; where
    there is one, voices go through it in every circle."""
    if gathers and not ceilings.gathering:
        return Lack(ceilings.voices)
    return None if answers else Lack(None)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may be in a room now, and of these who may be heard and seen."""

    people: Set[UUID] = frozenset()
    heard: Set[UUID] = frozenset()
    seen: Set[UUID] = frozenset()


NOBODY = Allowed()
