"""Hana owns and facilitates a group, Mori moderates, Ana is in it, Ben is not."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from community.core.actor import Actor
from tests.core.scene import Scene
from tests.core.store import EmptyDatabase
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    group_id: UUID
    hana: Actor
    mori: Actor
    ana: Actor
    ben: Actor


def gather(make: Make) -> Cast:
    hana, mori, ana, ben = (make.member(name) for name in ("Hana", "Mori", "Ana", "Ben"))
    group_id = make.group(
        "Quiet evenings",
        owner=hana,
        members=[ana],
        facilitators=[hana],
        moderators=[mori],
        question="What brings you here?",
    )
    return Cast(group_id, *(make.actor(person) for person in (hana, mori, ana, ben)))


@pytest.fixture(scope="session")
def scene(empty_database: EmptyDatabase) -> Scene[Cast]:
    return Scene(gather, empty_database)


@pytest.fixture
def cast(make: Make, scene: Scene[Cast]) -> Cast:
    return scene.on(make)
