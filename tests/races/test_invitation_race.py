"""Many people open one invitation at the same moment: real threads, real commits."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db, transaction
from community.core.verdict import Refused
from community.groups import actions
from community.groups.models import Invitation, Membership
from tests.core.store import Store, own_app
from tests.make import Make

PEOPLE, USES = 24, 5


@pytest.fixture
def make(store: Store) -> Iterator[Make]:
    """A place of its own, where what is kept is kept."""
    with own_app(store.url) as app:
        yield Make(app, app.extensions["ports"].clock)


@pytest.fixture
def hana(make: Make) -> Actor:
    return make.member("Hana")


def come_in_at_once(make: Make, invitation_id: UUID, people: list[Actor]) -> Counter[str]:
    """Everybody in a thread of their own, let go at the same moment; what each was told."""
    start = Barrier(len(people))

    def go(person: Actor) -> str:
        with make.app.app_context():
            start.wait()
            try:
                with transaction():
                    actions.come_in(person, invitation_id, now=make.clock.now())
            except Refused as refused:
                return refused.reason.code
            return "in"

    with ThreadPoolExecutor(len(people)) as everybody:
        return Counter(everybody.map(go, people))


def members(make: Make, group_id: UUID) -> int | None:
    with make.app.app_context():
        here = select(func.count()).select_from(Membership).where(Membership.group_id == group_id)
        return db.session.scalar(here)


def uses_left(make: Make, invitation_id: UUID) -> int:
    with make.app.app_context():
        return db.session.get_one(Invitation, invitation_id).uses_left


def test_an_invitation_for_five_lets_in_five_of_twenty_four(make: Make, hana: Actor) -> None:
    group_id = make.group("Neck, evenings", owner=hana)
    invitation_id = make.invitation(group_id, hana, uses=USES)
    people = [make.member(f"Member {number}") for number in range(PEOPLE)]
    told = come_in_at_once(make, invitation_id, people)
    assert told == {"in": USES, "invitation-over": PEOPLE - USES}
    assert members(make, group_id) == USES + 1
    assert uses_left(make, invitation_id) == 0


def test_a_hand_that_presses_sixteen_times_uses_one_up(make: Make, hana: Actor) -> None:
    group_id = make.group("Neck, evenings", owner=hana)
    invitation_id = make.invitation(group_id, hana, uses=USES)
    told = come_in_at_once(make, invitation_id, [make.member("Ana")] * 16)
    assert told == {"in": 1, "already-in": 15}
    assert uses_left(make, invitation_id) == USES - 1
