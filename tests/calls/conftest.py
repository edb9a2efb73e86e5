"""The cast of a call: Hana holds it in the neck group, Ana, Ben and Noor may come."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from community.core.actor import Actor
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    neck: UUID
    owner: Actor
    hana: Actor
    mori: Actor
    ana: Actor
    ben: Actor
    noor: Actor  # has not agreed to the guidelines yet
    stranger: Actor  # facilitates elsewhere


@pytest.fixture
def cast(make: Make) -> Cast:
    owner, hana, mori, ana, ben = map(make.member, ("Olga", "Hana", "Mori", "Ana", "Ben"))
    noor = make.member("Noor")
    stranger = make.member("Stranger")
    neck = make.group(
        "Neck, evenings",
        owner=owner,
        members=[ana, ben, noor],
        facilitators=[hana],
        moderators=[mori],
    )
    make.group("Voice", facilitators=[stranger])
    return Cast(neck, *map(make.actor, (owner, hana, mori, ana, ben, noor, stranger)))
