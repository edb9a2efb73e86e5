"""Statements that are made once ask for whoever asks."""

from datetime import UTC
from uuid import UUID

import pytest
from sqlalchemy import bindparam, event, func, or_, select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.core.actor import Actor, Standing
from community.core.asking import Rows, columns, made_once, some
from community.core.db import db
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


@made_once
def known(actor: Actor) -> Rows:
    here = (Account.standing.in_([Standing.ACTIVE, Standing.LEAVING]), Account.id.in_(some("ids")))
    told = (
        Account.id,
        Account.standing,
        Account.joined_at,
        func.upper(Account.name).label("name"),
    )
    return select(*told).where(*here, Account.name != bindparam("but")).order_by(Account.name)


@pytest.mark.parametrize("many", range(6))
def test_a_list_is_of_however_many(make: Make, many: int) -> None:
    names = ["Ana", "Ben", "Cy", "Di", "Eve"]
    people = [make.member(name) for name in names]
    chosen = [each.id for each in people[:many]]
    for but in ("Ben", "Cy"):
        found = make.done(lambda but=but: known(people[0], ids=chosen, but=but).all())
        assert [row.name for row in found] == [each.upper() for each in names[:many] if each != but]


def test_columns_are_read_as_what_they_are(make: Make) -> None:
    ana = make.member("Ana")
    row = make.done(lambda: known(ana, ids=[ana.id], but="").one())
    assert row._asdict() == {
        "id": ana.id,
        "standing": Standing.ACTIVE,
        "joined_at": make.clock.now(),
        "name": "ANA",
    }
    assert row.joined_at.tzinfo is UTC


def test_what_isnt_there_is_none_and_what_is_there_twice_isnt_one(make: Make) -> None:
    ana, ben = make.member("Ana"), make.member("Ben")
    nobody = make.done(lambda: known(ana, ids=[ana.id], but="Ana"))
    assert (nobody.all(), nobody.scalars(), nobody.scalar(), nobody.one_or_none()) == (
        (),
        [],
        None,
        None,
    )
    both = make.done(lambda: known(ana, ids=[ana.id, ben.id], but=""))
    assert both.scalar() == ana.id
    with pytest.raises(ValueError, match="too many"):
        both.one_or_none()


RENAMED = update(Account).where(Account.id == bindparam("who")).values(name=bindparam("called"))


def test_a_statement_that_only_writes_brings_no_rows_and_comes_after_what_waits(make: Make) -> None:
    ana = make.member("Ana")

    def rename() -> list[str]:
        db.session.get_one(Account, ana.id).name = "Anna"  # waits to be written
        found = list(columns(RENAMED, {"who": ana.id, "called": "Hannah"}))
        db.session.expire_all()
        return [*found, db.session.get_one(Account, ana.id).name]

    assert make.done(rename) == ["Hannah"]


def test_a_fault_of_the_database_is_one_as_everywhere(make: Make) -> None:
    ana = make.member("Ana")
    nameless = {"who": ana.id, "called": None}
    with pytest.raises(IntegrityError) as fault:
        make.done(lambda: columns(RENAMED, nameless))
    assert not fault.value.connection_invalidated
    assert make.done(lambda: known(ana, ids=[ana.id], but="").one().name) == "ANA"


def test_who_listens_is_told_before_and_after(make: Make) -> None:
    ana = make.member("Ana")
    told: list[str] = []

    def ask() -> None:
        engine = db.engine
        listeners = {
            f"{when}_cursor_execute": lambda conn, cursor, words, *rest, when=when: told.append(
                f"{when} {words.split()[0]}"
            )
            for when in ("before", "after")
        }
        for name, listener in listeners.items():
            event.listen(engine, name, listener)
        known(ana, ids=[ana.id], but="").one()
        for name, listener in listeners.items():
            event.remove(engine, name, listener)

    make.done(ask)
    assert [each for each in told if "BEGIN" not in each] == ["before SELECT", "after SELECT"]
