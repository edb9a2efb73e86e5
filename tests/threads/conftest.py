"""A group with the cast in it, for tests of threads and of moderation."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from community.core.actor import Actor, Staff
from tests.core.scene import Scene
from tests.core.store import EmptyDatabase
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    group_id: UUID
    ana: Actor
    ben: Actor
    noor: Actor
    hana: Actor
    mori: Actor
    marta: Actor
    pat: Actor
    stranger: Actor


def gather(make: Make) -> Cast:
    """Ana and Ben are members, Hana facilitates, Mori and Marta moderate. Pat moderates the
    platform, Stranger another group; Noor has not agreed to the guidelines yet."""
    ana, ben, hana, mori, marta, stranger = (
        make.member(name) for name in ("Ana", "Ben", "Hana", "Mori", "Marta", "Stranger")
    )
    noor = make.member("Noor", agreed=False)
    pat = make.staff("Pat", Staff.PLATFORM_MODERATOR)
    group_id = make.group(
        "Neck, evenings",
        members=[ana, ben],
        facilitators=[hana],
        moderators=[mori, marta],
    )
    make.group("Voice", moderators=[stranger])
    people = (ana, ben, noor, hana, mori, marta, pat, stranger)
    return Cast(group_id, *(make.actor(person) for person in people))


@pytest.fixture(scope="session")
def scene(empty_database: EmptyDatabase) -> Scene[Cast]:
    return Scene(gather, empty_database)


@pytest.fixture
def cast(make: Make, scene: Scene[Cast]) -> Cast:
    return scene.on(make)
