"""What the database itself holds, whoever writes to it: types, names, rules, what is kept."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask_migrate import upgrade
from sqlalchemy import (
    Executable,
    column,
    create_engine,
    delete,
    inspect,
    select,
    table,
    text,
    update,
)
from sqlalchemy.exc import DatabaseError, IntegrityError, StatementError
from sqlalchemy.pool import NullPool

from community.accounts.models import Account
from community.app import create_app
from community.core.actor import Standing
from community.core.db import db, locked, transaction
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules.case import Outcome, Source
from community.moderation.rules.reasons import Scope
from config import Settings
from tests.core.db.kept import account, elsewhere
from tests.core.store import Store
from tests.fakes import FRIDAY_NOON


def test_an_instant_without_a_zone_is_refused(inside: None) -> None:
    naive = datetime(2026, 11, 20, 12, 0)  # noqa: DTZ001
    with pytest.raises(StatementError, match="an instant needs its zone"), transaction():
        db.session.add(Account(email="ana@example.org", joined_at=naive))


def test_an_instant_of_any_zone_comes_back_in_utc(ana_id: UUID) -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    with transaction():
        locked(Account, ana_id).joined_at = FRIDAY_NOON.astimezone(kolkata)
    db.session.remove()
    kept = db.session.get_one(Account, ana_id).joined_at
    assert kept == FRIDAY_NOON
    assert kept.tzinfo is UTC


# What the database itself refuses


def broken(**changes: object) -> None:
    """Ana’s row with a value that no action would write, sent past the models."""
    row = table("account", *map(column, changes))  # of no type, so that nobody checks first
    with db.engine.connect() as other:
        other.execute(update(row).values(changes))


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"standing": "sanctioned"}, "ck_account_standing"),
        ({"standing": "active"}, "ck_account_active_has_name"),
        ({"theme": "neon"}, "ck_account_theme"),
        ({"email": "Ana@Example.org"}, "ck_account_email_lower"),
        ({"text_size": 999}, "ck_account_text_size"),
    ],
)
def test_the_database_refuses_by_name_what_no_rule_allows(
    ana_id: UUID, changes: dict[str, object], name: str
) -> None:
    with pytest.raises(IntegrityError, match=name):
        broken(**changes)


def test_every_rule_that_the_database_holds_has_a_name(inside: None) -> None:
    for each in db.metadata.sorted_tables:
        for constraint in each.constraints:
            assert constraint.name, (each.name, constraint)
    found = inspect(db.engine)
    for name in found.get_table_names():
        checks = found.get_check_constraints(name)
        assert all(check["name"] for check in checks), name
        assert all(key["name"] for key in found.get_foreign_keys(name)), name


def test_every_foreign_key_says_what_happens_when_the_row_goes(inside: None) -> None:
    for each in db.metadata.sorted_tables:
        for key in each.foreign_keys:
            assert key.ondelete, (each.name, key.parent.name)


def test_every_enum_is_checked_by_the_database(inside: None) -> None:
    found = inspect(db.engine)
    for each in db.metadata.sorted_tables:
        checks = {check["name"] for check in found.get_check_constraints(each.name)}
        for one in each.columns:
            if hasattr(one.type, "enum_class"):
                kind = one.type.enum_class.__name__.lower()
                assert f"ck_{each.name}_{kind}" in checks, (each.name, one.name)


def test_a_row_of_nobody_is_refused(inside: None) -> None:
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"):
        elsewhere(
            "INSERT INTO staff_role (account_id, role, since) VALUES (:who, 'admin', :now)",
            who=uuid4().hex,
            now=FRIDAY_NOON,
        )


def test_keys_are_in_the_order_in_which_rows_were_made(inside: None) -> None:
    with transaction():
        made = [account(f"person{number:03}@example.org") for number in range(200)]
        for one in made:
            db.session.add(one)
            db.session.flush()
    ids = [one.id for one in made]
    assert ids == sorted(ids)
    assert {one.version for one in ids} == {7}


def test_an_enum_is_kept_by_its_value(ana_id: UUID) -> None:
    assert db.session.execute(text("SELECT standing FROM account")).scalar() == "arriving"
    assert db.session.get_one(Account, ana_id).standing is Standing.ARRIVING


# What is only ever added to


def a_decision(**more: Any) -> Decision:
    facts = {
        "item_id": uuid4(),
        "target_id": uuid4(),
        "author_id": uuid4(),
        "decided_by": uuid4(),
        "outcome": Outcome.REMOVE,
        "rule_id": "medicine",
        "facts": "disbelief",
        "why": "Only a prescriber can say that.",
        "note": "",
        "scope": Scope.GROUP,
        "source": Source.REPORT,
        "decided_at": FRIDAY_NOON,
        "appealable_until": FRIDAY_NOON,
    }
    return Decision(**(facts | more))


def an_event() -> AuditEvent:
    return AuditEvent(
        at=FRIDAY_NOON, actor_id=uuid4(), acted_for=Scope.GROUP, action="remove", item_id=uuid4(),
        group_id=uuid4(), before="shown", after="removed", reason="medicine",
    )  # fmt: skip


@pytest.mark.thorough
@pytest.mark.holds("promise:8", "moderation:12")
@pytest.mark.parametrize("tables", [db.create_all, upgrade], ids=["create_all", "migrated"])
@pytest.mark.parametrize("make", [a_decision, an_event])
def test_what_was_decided_can_be_neither_changed_nor_removed(
    store: Store, tables: Callable[[], object], make: Callable[[], Decision | AuditEvent]
) -> None:
    with create_app(Settings.for_tests(store.url)).app_context():
        tables()
        with transaction():
            db.session.add(make())
        db.engine.dispose()
    name, words = make().__tablename__, "facts" if make is a_decision else "reason"
    rows = table(name, column(words))
    changes: list[Executable] = [update(rows).values({words: "Something else"}), delete(rows)]
    if store.kind == "postgresql":
        changes.append(text(f"TRUNCATE {name} CASCADE"))
    past_the_house = create_engine(store.url, poolclass=NullPool)
    with past_the_house.connect() as anybody:
        before = anybody.execute(select(rows)).all()
        assert len(before) == 1
        for change in changes:
            with pytest.raises(DatabaseError, match=f"{name} is append-only"):
                anybody.execute(change)
            anybody.rollback()
        assert anybody.execute(select(rows)).all() == before


@pytest.mark.holds("promise:8", "moderation:6", "moderation:12")
@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"why": "  "}, "words_has_why"),
        ({"facts": ""}, "has_facts"),
        ({"automated": True}, "by_a_person"),
    ],
)
def test_the_database_refuses_a_decision_that_carries_no_reason(
    inside: None, wrong: dict[str, object], name: str
) -> None:
    with pytest.raises(IntegrityError, match=f"ck_decision_{name}"), transaction():
        db.session.add(a_decision(**wrong))


@pytest.mark.holds("promise:8", "moderation:1")
def test_the_database_refuses_a_decision_of_somebody_about_themselves(inside: None) -> None:
    me = uuid4()
    with pytest.raises(IntegrityError, match="not_by_its_author"), transaction():
        db.session.add(a_decision(author_id=me, decided_by=me))
