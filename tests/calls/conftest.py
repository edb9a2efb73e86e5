"""The cast of a call: Hana holds it in the neck group, Ana, Ben and Noor may come."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import select

from community.calls.models import Call
from community.core.actor import Actor, Role
from community.core.db import db
from tests.core.scene import Scene
from tests.core.store import EmptyDatabase
from tests.fakes import FrozenClock
from tests.make import Make


@dataclass(frozen=True)
class Cast:
    neck: UUID
    owner: Actor
    hana: Actor
    mori: Actor
    ana: Actor
    ben: Actor
    noor: Actor
    stranger: Actor  # facilitates elsewhere


def gather(make: Make) -> Cast:
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


@pytest.fixture(scope="session")
def scene(empty_database: EmptyDatabase) -> Scene[Cast]:
    return Scene(gather, empty_database)


@pytest.fixture
def cast(make: Make, scene: Scene[Cast]) -> Cast:
    return scene.on(make)


@pytest.fixture
def ben(make: Make, cast: Cast) -> Actor:
    """Ben, who facilitates in the group too."""
    make.appointed(cast.neck, cast.owner, cast.ben, frozenset({Role.FACILITATOR}))
    return make.actor(cast.ben)


@pytest.fixture
def call_id(make: Make, cast: Cast) -> UUID:
    """Two seats: Ana and Ben have them, Mori waits."""
    return make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ana, cast.ben], waiting=[cast.mori]
    )


@pytest.fixture
def calls(make: Make) -> Callable[[], list[Call]]:
    """All calls there are, in order."""

    def there() -> list[Call]:
        with make.app.app_context():
            return list(db.session.scalars(select(Call).order_by(Call.starts_at)))

    return there


@pytest.fixture
def act(make: Make, clock: FrozenClock, call_id: UUID) -> Callable[..., object]:
    """Somebody does something to the call."""
    return lambda action, who, *more: make.done(
        lambda: action(who, call_id, *more, now=clock.now())
    )
