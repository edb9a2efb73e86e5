"""Many people open one invitation at the same moment: real threads, real commits."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.actor import Actor
from community.core.db import db
from community.groups import actions
from community.groups.models import Invitation, Membership
from tests.make import Make
from tests.races.presses import at_once

PEOPLE, USES = 24, 5


@pytest.fixture
def hana(make: Make) -> Actor:
    return make.member("Hana")


def come_in(make: Make, person: Actor, invitation_id: UUID) -> Callable[[], object]:
    return partial(actions.come_in, person, invitation_id, now=make.clock.now())


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
    presses = [come_in(make, person, invitation_id) for person in people]
    assert at_once(make, presses) == {"taken": USES, "invitation-over": PEOPLE - USES}
    assert members(make, group_id) == USES + 1
    assert uses_left(make, invitation_id) == 0


def test_a_hand_that_presses_sixteen_times_uses_one_up(make: Make, hana: Actor) -> None:
    group_id = make.group("Neck, evenings", owner=hana)
    invitation_id = make.invitation(group_id, hana, uses=USES)
    presses = [come_in(make, make.member("Ana"), invitation_id)] * 16
    assert at_once(make, presses) == {"taken": 1, "already-in": 15}
    assert uses_left(make, invitation_id) == USES - 1
