"""Statements that are made once ask for whoever asks."""

from uuid import UUID

from sqlalchemy import bindparam, or_, select

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.asking import Rows, made_once
from community.groups.models import Group
from community.safety.blocks.queries import meets
from tests.make import Make


@made_once
def own_groups(actor: Actor) -> Rows:
    return select(Group.id).where(Group.id.in_(actor.groups))


def test_each_shape_is_made_once(make: Make) -> None:
    made: list[tuple[bool, str]] = []

    @made_once
    def people(actor: Actor, order: str) -> Rows:
        made.append((actor.is_kept_apart, order))
        named = or_(Account.name == bindparam("one"), Account.name == bindparam("other"))
        by = Account.name if order == "up" else Account.name.desc()
        return select(Account.name).where(named, meets(actor, Account.id)).order_by(by)

    ana, ben, cy = (make.member(name) for name in ("Ana", "Ben", "Cy"))
    make.kept_apart(ana, ben)
    ana, ben = make.actor(ana), make.actor(ben)

    def met(who: Actor, order: str) -> list[str]:
        return make.done(lambda: list(people(who, order, one="Ana", other="Ben").scalars()))

    for _ in range(2):
        assert met(ana, "up") == ["Ana"]
        assert met(ben, "up") == ["Ben"]
        assert met(cy, "up") == ["Ana", "Ben"]
        assert met(cy, "down") == ["Ben", "Ana"]
    assert sorted(made) == [(False, "down"), (False, "up"), (True, "up")]


def test_the_groups_are_those_of_whoever_asks(make: Make) -> None:
    owners = [make.actor(make.owner(make.group(name))) for name in ("First", "Second")]
    for who in (*owners, make.member("Ana")):
        found: set[UUID] = make.done(lambda who=who: set(own_groups(who).scalars()))
        assert found == who.groups
    assert owners[0].groups != owners[1].groups
