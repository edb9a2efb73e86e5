"""Who is asking, and what they may do: one statement, whether a browser of theirs asks or not."""

from dataclasses import replace
from uuid import UUID

from flask import Flask

from community.accounts import actions as accounts_actions
from community.core.actor import GUEST, Actor, Staff
from community.core.db import transaction
from community.groups.claims import actor_of, visit
from community.safety.blocks import actions as blocks_actions
from tests.conftest import Cost
from tests.fakes import FrozenClock
from tests.make import Make


def asked(app: Flask, person: Actor, clock: FrozenClock, cost: Cost) -> tuple[Actor, Actor]:
    """Who they are by their browser, and without one; each in one statement."""
    with app.app_context(), transaction():
        token = accounts_actions.sign_in(person.id, "A browser in a test", now=clock.now())
    with app.app_context():
        cost.statements.clear()
        found = visit(token, now=clock.now())
        assert int(cost) == 1
        known = actor_of(person.id, now=clock.now())
        assert int(cost) == 2
    assert found is not None
    badge = found[0].badge
    assert (badge.account_id, badge.name) == (person.id, person.name)
    assert found[1].signed_in_at == clock.now()
    return replace(found[1], signed_in_at=None), known


def test_whoever_has_roles_here_and_there_has_each_of_them_where_they_have_it(
    app: Flask, make: Make, clock: FrozenClock, cost: Cost
) -> None:
    ana, ben = make.staff("Ana", Staff.SAFETY_LEAD), make.member("Ben")
    now = clock.now()
    make.done(lambda: accounts_actions.give_role(ana.id, Staff.PLATFORM_MODERATOR, now=now))
    one, other = make.group("One", moderators=[ana]), make.group("Other", facilitators=[ana, ben])
    third = make.group("Third", owner=ben)
    make.done(lambda: blocks_actions.keep_apart(ana, ben.id, now=now))
    asking, known = asked(app, ana, clock, cost)
    assert asking == known
    assert known.staff == {Staff.SAFETY_LEAD, Staff.PLATFORM_MODERATOR}
    assert known.groups == {make.everyone(), one, other}
    assert [known.moderates(each) for each in (one, other, third)] == [True, False, False]
    assert [known.facilitates(each) for each in (one, other, third)] == [False, True, False]
    assert known.apart == {ben.id}
    assert known.has_agreed


def test_a_member_has_nobody_elses_roles(
    app: Flask, make: Make, clock: FrozenClock, cost: Cost
) -> None:
    ana, ben = make.member("Ana"), make.staff("Ben", Staff.ADMIN)
    group_id = make.group("One", owner=ben, members=[ana])
    asking, known = asked(app, ana, clock, cost)
    assert asking == known
    assert (known.staff, known.apart) == (frozenset(), frozenset())
    assert known.groups == {make.everyone(), group_id}
    assert not known.owns(group_id)


def test_nobody_comes_with_a_token_of_nobody(app: Flask, make: Make, clock: FrozenClock) -> None:
    make.member("Ana")
    with app.app_context():
        assert visit("nobody’s", now=clock.now()) is None
    assert UUID(int=0) == GUEST.id
