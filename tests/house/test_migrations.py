"""The migrations make exactly the tables that the models describe, and can be undone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import CHAR, Connection, MetaData, Table, Uuid, inspect, select, text

from community.app import create_app
from community.core.db import db, is_described
from community.moderation.models import Decision
from community.moderation.seals import queries as seal_queries
from community.moderation.seals.rules import digest
from community.threads.holds.models import Hold
from community.threads.pace.models import ThreadPace
from config import ROOT, Settings
from tests.core.db.kept import wait_until_somebody_waits
from tests.core.store import Store


@pytest.fixture(autouse=True)
def empty(store: Store) -> Iterator[None]:
    """The app on a database without any table."""
    with create_app(Settings.for_tests(store.url)).app_context():
        yield
        db.engine.dispose()


@pytest.mark.thorough
def test_the_migrations_and_the_models_say_the_same() -> None:
    upgrade()
    assert differences() == []
    downgrade(revision="base")
    assert inspect(db.engine).get_table_names() == ["alembic_version"]


@pytest.mark.thorough
def test_they_say_the_same_about_what_alembic_does_not_look_at() -> None:
    upgrade()
    migrated = unseen()
    downgrade(revision="base")
    db.create_all()
    assert migrated == unseen()


WHEN = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ANA, GROUP, CALL, SEAT, THREAD, POST, LETTER, WORDS = (UUID(int=number) for number in range(1, 9))

# One row of each table that the second migration changes, and of those that they refer to.
ROWS: dict[str, dict[str, object]] = {
    "account": {
        "id": ANA, "email": "ana@example.org", "name": "Ana", "standing": "arriving", "zone": "UTC",
        "text_size": 100, "easier_letters": False, "access_card": "", "joined_at": WHEN,
        "is_demo": False,
    },
    "group": {
        "id": GROUP, "name": "Neck", "about": "", "question": "", "state": "open",
        "is_built_in": True, "asked_at": WHEN, "decision_words": "",
    },
    "call": {
        "id": CALL, "group_id": GROUP, "facilitator_id": ANA, "title": "Neck circle", "about": "",
        "happens": "", "guide": "", "starts_at": WHEN, "zone": "UTC", "minutes": 60, "seats": 8,
        "taken": 1, "line_end": 1, "state": "live", "sequence": 0, "created_at": WHEN,
    },
    "seat": {
        "id": SEAT, "call_id": CALL, "account_id": ANA, "state": "confirmed", "place": 1,
        "changed_at": WHEN,
    },
    "thread": {
        "id": THREAD, "group_id": GROUP, "topic": "neck", "title": "Tea", "wish": "me_too",
        "author_id": ANA, "started_at": WHEN, "last_at": WHEN, "post_count": 1,
    },
    "post": {
        "id": POST, "thread_id": THREAD, "number": 1, "author_id": ANA, "state": "published",
        "text": "Tea", "html": "<p>Tea</p>", "version": 1, "written_at": WHEN,
    },
    "live_room": {"call_id": CALL, "state": {}, "version": 1},
    "room_text": {
        "id": WORDS, "call_id": CALL, "account_id": ANA, "number": 1, "words": "Tea",
        "said_at": WHEN,
    },
    "outbox_letter": {
        "id": LETTER, "address": "ana@example.org", "zone": "UTC", "kind": "calls/seat_confirmed",
        "facts": {}, "state": "sent", "tries": 1, "written_at": WHEN, "due_at": WHEN,
    },
}  # fmt: skip


@pytest.mark.thorough
def test_what_was_there_before_is_there_afterwards_and_after_the_way_back() -> None:
    upgrade(revision="d5ff54b57d7f")
    with db.engine.begin() as connection:
        for name, row in ROWS.items():
            connection.execute(table_now(connection, name).insert().values(row))
    for move in (upgrade, partial(downgrade, revision="d5ff54b57d7f"), upgrade):
        move()
        with db.engine.connect() as connection:
            for name, row in ROWS.items():
                (kept,) = connection.execute(select(table_now(connection, name))).mappings()
                dropped = {"created_at", "said_at"}
                assert {key: plain(kept[key]) for key in row if key not in dropped} == {
                    key: plain(value) for key, value in row.items() if key not in dropped
                }


DECIDED = {
    "id": UUID(int=20), "item_id": UUID(int=21), "target_id": POST, "author_id": ANA,
    "decided_by": UUID(int=22), "outcome": "remove", "rule_id": "medicine", "facts": "disbelief",
    "why": "Only a prescriber can say that.", "note": "As last time.", "scope": "group",
    "source": "report", "automated": False, "decided_at": WHEN, "hidden_until": None,
    "appealable_until": WHEN, "supersedes_id": None,
}  # fmt: skip
DONE = {
    "id": UUID(int=30), "at": WHEN, "actor_id": UUID(int=22), "acted_for": "group",
    "action": "remove", "item_id": UUID(int=21), "group_id": GROUP, "before": "published",
    "after": "removed", "reason": "medicine",
}  # fmt: skip


def before_the_words() -> None:
    """A decision and an act, each under a seal of that time; the second seal isn’t right."""
    decided = ["decision", *DECIDED.values()]
    first = digest("", [["audit_event", *DONE.values()], decided])
    seals = [
        {"number": 1, "digest": first, "last_event": DONE["id"]},
        {"number": 2, "digest": "wrong", "last_event": UUID(int=31)},
    ]
    with db.engine.begin() as connection:
        connection.execute(table_now(connection, "decision").insert().values(DECIDED))
        for event_id in (DONE["id"], UUID(int=31)):
            acts = table_now(connection, "audit_event")
            connection.execute(acts.insert().values(DONE | {"id": event_id}))
        for seal in seals:
            more = {"id": uuid4(), "last_decision": DECIDED["id"], "sealed_at": WHEN}
            connection.execute(table_now(connection, "record_seal").insert().values(seal | more))


@pytest.mark.thorough
@pytest.mark.holds("moderation:12")
def test_words_of_decisions_are_locked_apart_and_seals_that_were_whole_still_are() -> None:
    upgrade(revision="0bc9a866bd7c")
    before_the_words()
    for _ in range(2):
        upgrade()
        decided = db.session.scalars(select(Decision)).one()
        assert (decided.why, decided.note) == (DECIDED["why"], DECIDED["note"])
        checked = seal_queries.check()
        assert checked.broken is not None
        assert checked.broken.number == 2
        db.session.remove()
        downgrade(revision="0bc9a866bd7c")
        with db.engine.connect() as connection:
            (kept,) = connection.execute(select(table_now(connection, "decision"))).mappings()
            assert {key: plain(kept[key]) for key in DECIDED} == {
                key: plain(value) for key, value in DECIDED.items()
            }


TOLD: dict[str, dict[str, object]] = {
    "hold": {
        "id": UUID(int=40), "post_id": POST, "reasons": "returned", "held_at": WHEN,
        "passages": ["the tablets", "now"],
    },
    "thread_pace": {
        "id": UUID(int=41), "thread_id": THREAD, "kind": "lock", "rule_id": "care",
        "why": "Let it rest.", "set_at": WHEN,
    },
}  # fmt: skip


@pytest.mark.thorough
def test_what_was_written_about_somebody_is_locked_and_open_again_after_the_way_back() -> None:
    upgrade(revision="d5ff54b57d7f")
    with db.engine.begin() as connection:
        for name in ("account", "group", "thread", "post"):
            connection.execute(table_now(connection, name).insert().values(ROWS[name]))
    upgrade(revision="0eb010089b99")
    with db.engine.begin() as connection:
        for name, row in TOLD.items():
            connection.execute(table_now(connection, name).insert().values(row))
    upgrade()
    with db.engine.connect() as connection:
        (held,) = connection.execute(select(table_now(connection, "hold"))).mappings()
    assert b"tablets" not in bytes(held["passages"])
    assert db.session.scalars(select(Hold.passages)).one() == "the tablets\nnow"
    assert db.session.scalars(select(ThreadPace.why)).one() == "Let it rest."
    db.session.remove()
    downgrade(revision="0eb010089b99")
    with db.engine.connect() as connection:
        (held,) = connection.execute(select(table_now(connection, "hold"))).mappings()
    assert held["passages"] in (["the tablets", "now"], '["the tablets", "now"]')


@pytest.mark.thorough
def test_a_seat_that_was_offered_before_is_held_as_long_as_any_can_be() -> None:
    upgrade(revision="d5ff54b57d7f")
    with db.engine.begin() as connection:
        for name in ("account", "group", "call", "seat"):
            row = ROWS[name] | ({"state": "offered"} if name == "seat" else {})
            connection.execute(table_now(connection, name).insert().values(row))
    upgrade()
    with db.engine.connect() as connection:
        (seat,) = connection.execute(select(table_now(connection, "seat"))).mappings()
    assert plain(seat["offered_until"]) == plain(WHEN - timedelta(minutes=10))


def table_now(connection: Connection, name: str) -> Table:
    """As the database has it at this revision."""
    found = Table(name, MetaData(), autoload_with=connection)
    for one in found.columns:
        if isinstance(one.type, CHAR):
            one.type = Uuid()
    return found


def plain(value: object) -> object:
    """SQLite keeps instants without their zone; and what a room is, is text by now."""
    if isinstance(value, dict):
        return json.dumps(value)
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


MIGRATE = """
import sys
from flask_migrate import upgrade
from community.app import create_app
from config import Settings
with create_app(Settings.for_tests(sys.argv[1])).app_context():
    upgrade()
"""


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_of_processes_that_start_at_once_one_migrates_and_the_others_wait(store: Store) -> None:
    command = [sys.executable, "-c", MIGRATE, store.url]
    with db.engine.connect() as migrating:
        migrating.execute(text("SELECT pg_advisory_xact_lock(1)"))
        other = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        wait_until_somebody_waits()
        assert inspect(db.engine).get_table_names() == []
    said = other.communicate()[1]
    assert other.returncode == 0, said
    assert inspect(db.engine).has_table("account")


UNSEEN = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": """
        SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL
        SELECT attrelid::regclass || '.' || attname || ' has no statistics' FROM pg_attribute
        WHERE attstattarget = 0 AND attnum > 0 AND NOT attisdropped
    """,
}


def unseen() -> set[str]:
    """Check constraints by name, triggers, and columns of which no samples are taken."""
    found = inspect(db.engine)
    checks = {
        f"{name}: {check['name']} {check['sqltext']}"
        for name in found.get_table_names()
        for check in found.get_check_constraints(name)
    }
    with db.engine.connect() as connection:
        return checks | set(connection.scalars(text(UNSEEN[db.engine.dialect.name])))


OPTIONS = {"render_as_batch": True, "include_name": is_described}


def differences() -> list[object]:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        return compare_metadata(context, db.metadata)
