"""The record is sealed: what was changed under a seal shows, whatever it was."""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Uuid, bindparam, func, select, text, update
from sqlalchemy.exc import DatabaseError

from community.core.db import db
from community.core.locked import open_with
from community.moderation import jobs
from community.moderation.models import Decision, DecisionWords
from community.moderation.rules.case import Outcome
from community.moderation.seals import queries
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.rules import BEGINNING, SETTLES, digest

rows = st.lists(
    st.tuples(st.text(max_size=5), st.integers(), st.none() | st.booleans()), max_size=6
)


@given(rows, rows)
def test_other_rows_another_order_or_another_beginning_make_another_seal(
    one: list, other: list
) -> None:
    assert (digest(BEGINNING, one) == digest(BEGINNING, other)) is (one == other)
    assert digest(digest(BEGINNING, one), other) != digest(BEGINNING, other)


def test_an_instant_and_an_id_are_the_same_words_from_either_database() -> None:
    at, who = datetime(2026, 11, 22, 10, tzinfo=UTC), uuid4()
    there = at.astimezone(timezone(timedelta(hours=5)))
    assert digest("", [(at, who)]) == digest("", [(there, who)])
    assert digest("", [(at, who)]) != digest("", [(at + timedelta(microseconds=1), who)])


@pytest.fixture
def decided(cast, make):
    """Somebody’s reply is removed, and it is sealed."""

    def happen() -> UUID:
        thread_id = make.thread(cast.group_id, cast.ben)
        item_id = make.report(make.reply(thread_id, cast.ana), cast.ben, "stop_treatment")
        make.decision(item_id, cast.mori, Outcome.REMOVE)
        return item_id

    return happen


@pytest.fixture
def sealed(app, clock, decided):
    def seal() -> None:
        decided()
        clock.pass_by(minutes=SETTLES.total_seconds() / 60 + 1)
        with app.app_context():
            jobs.seal_the_record(clock.now())

    return seal


def verify(app):
    return app.test_cli_runner().invoke(args=["admin", "verify"])


@pytest.mark.holds("moderation:12")
def test_what_was_sealed_is_whole_and_the_command_says_so(app, sealed) -> None:
    assert verify(app).exit_code == 0
    for count in (1, 2, 3):
        sealed()
        told = verify(app)
        assert told.exit_code == 0
        assert f"All {count} seals are whole" in told.output


def test_without_anything_new_there_is_no_new_seal(app, clock, sealed, decided) -> None:
    sealed()
    decided()  # which hasn’t settled
    with app.app_context():
        jobs.seal_the_record(clock.now())
        assert db.session.scalar(select(func.count()).select_from(RecordSeal)) == 1
        jobs.seal_the_record(clock.now() + SETTLES)
        jobs.seal_the_record(clock.now() + SETTLES)
        assert db.session.scalar(select(func.count()).select_from(RecordSeal)) == 2


TAMPERED = {
    "changed": "UPDATE decision SET rule_id = 'else' WHERE id = :decision",
    "removed": "DELETE FROM audit_event WHERE id = :event",
    "put in": (
        "INSERT INTO audit_event (id, at, actor_id, acted_for, action, item_id, group_id, before, "
        "after, reason) SELECT :other, at, actor_id, acted_for, action, item_id, group_id, "
        "before, after, reason FROM audit_event WHERE id = :event"
    ),
}


def stand_aside(*tables: str) -> None:
    """What refuses change, by whoever has the database itself."""
    for table in tables:
        if db.session.get_bind().dialect.name == "postgresql":
            db.session.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
            continue
        for verb in ("update", "delete"):
            db.session.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("how", TAMPERED)
def test_whoever_goes_past_the_triggers_is_found_out(app, sealed, how: str) -> None:
    for _ in range(3):
        sealed()
    with app.app_context():
        first = db.session.scalars(select(RecordSeal).order_by(RecordSeal.number)).first()
        ids = {
            "decision": first.last_decision,
            "event": first.last_event,
            "other": UUID(int=first.last_event.int - 1),
        }
        stand_aside("decision", "audit_event")
        statement = text(TAMPERED[how]).bindparams(
            *(bindparam(key, ids[key], Uuid()) for key in ids if f":{key}" in TAMPERED[how])
        )
        assert db.session.execute(statement).rowcount == 1
        db.session.commit()
        assert queries.check().broken.number == 1
    told = verify(app)
    assert told.exit_code == 1
    assert "Seal 1 " in told.output


@pytest.mark.holds("moderation:12")
def test_so_are_other_words_in_the_place_of_those_that_were_written(app, sealed) -> None:
    sealed()
    with app.app_context():
        stand_aside("decision_words")
        db.session.execute(update(DecisionWords).values(why="It was something else."))
        db.session.commit()
        assert queries.check().broken.number == 1


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize(
    "change", ["UPDATE record_seal SET digest = ''", "DELETE FROM record_seal"]
)
def test_nobody_changes_a_seal(app, sealed, change: str) -> None:
    sealed()
    with app.app_context(), pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text(change))


@pytest.mark.holds("moderation:12", "moderation:20")
def test_words_can_go_and_never_change_and_the_record_is_whole_without_them(app, sealed) -> None:
    sealed()
    with app.app_context():
        db.session.execute(text("DELETE FROM decision_words"))
        db.session.commit()
        assert queries.check().broken is None
        made = db.session.scalars(select(Decision)).one()
        assert (made.why, made.note) == ("", "")
        db.session.rollback()
    sealed()
    with app.app_context(), pytest.raises(DatabaseError, match="append-only"):
        db.session.execute(text("UPDATE decision_words SET note = why"))


def test_what_another_key_has_locked_can_be_read_no_more_and_is_whole(app, sealed) -> None:
    sealed()
    with app.app_context():
        open_with(db.engine, "a key that somebody else would have to guess")
        assert db.session.scalars(select(Decision)).one().why == ""
        assert queries.check().broken is None
        open_with(db.engine, app.config["CASE_KEY"])


def test_many_rows_are_read_in_parts(app, sealed, decided, monkeypatch) -> None:
    for _ in range(4):
        decided()
    sealed()
    monkeypatch.setattr(queries, "_BATCH", 2)
    with app.app_context():
        assert queries.check().broken is None
