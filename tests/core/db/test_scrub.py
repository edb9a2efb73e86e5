"""What was deleted is in no file any more: not in tables, not in logs."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from community.accounts.models import Account
from community.core.db import db, locked, scrub, scrub_again, transaction
from tests.core.db.kept import account, elsewhere, names, only_postgresql, only_sqlite
from tests.core.store import Store, own_app

# What an owner may allow the site's own role (docs/operations.md).
GRANTS = ("GRANT pg_checkpoint TO {}", "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {}")


def written_and_deleted(ana_id: UUID) -> bytes:
    """Words that nobody else has ever written, and that are gone again."""
    words = f"A heron at the weir {uuid4()}"
    with transaction():
        locked(Account, ana_id).access_card = words
    with transaction():
        db.session.delete(locked(Account, ana_id))
    return words.encode()


@pytest.fixture
def words(ana_id: UUID) -> bytes:
    return written_and_deleted(ana_id)


@pytest.mark.holds("promise:10")
def test_what_was_deleted_is_in_no_file_after_a_scrub(words: bytes, store: Store) -> None:
    assert words in store.on_disk()  # the log keeps it: the trap
    assert scrub(Account)
    assert words not in store.on_disk()


@pytest.mark.holds("promise:10")
def test_the_rest_is_still_there_after_a_scrub(app: Flask, words: bytes) -> None:
    with transaction():
        db.session.add(account("ben@example.org"))
    assert scrub(Account)
    assert names() == [""]


def test_there_is_nothing_to_do_where_nothing_was_ever_written(inside: None) -> None:
    assert scrub(Account)


@only_sqlite
def test_a_scrub_does_not_wait_for_ever_for_somebody_who_reads(words: bytes, store: Store) -> None:
    with db.engine.connect() as reader:
        reader.execute(text("SELECT * FROM account"))
        elsewhere("INSERT INTO staff_role SELECT id, 'admin', '2026-11-20' FROM account")
        assert not scrub(Account)
    scrub_again()
    assert words not in store.on_disk()


@only_postgresql
def test_a_scrub_does_not_wait_for_ever_for_somebody_who_has_the_table(
    words: bytes, store: Store
) -> None:
    with db.engine.connect() as reader:
        reader.execute(text("SELECT * FROM account"))
        assert not scrub(Account)
    scrub_again()
    assert words not in store.on_disk()


def alone(sql: str) -> None:
    """What can't be done in a transaction."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(sql))


def in_tables(store: Store, words: bytes) -> bool:
    """Whether it is in a file of a table or an index."""
    files = (store.folder / "base").rglob("*")
    return any(words in path.read_bytes() for path in files if path.is_file())


@only_postgresql
def test_a_plain_vacuum_would_leave_the_words_in_the_page(words: bytes, store: Store) -> None:
    """The trap that the rewrite is for: the row is gone and its bytes are not."""
    with transaction():
        db.session.add(account("ben@example.org"))  # so the page stays
    alone("VACUUM account")
    alone("CHECKPOINT")  # memory is written down
    assert in_tables(store, words)
    assert scrub(Account)
    assert not in_tables(store, words)


def as_an_ordinary_role(store: Store, *grants: str) -> Store:
    """The same database for a role that only owns it, and may do what is granted."""
    role = f"ordinary_{uuid4().hex}"
    engine = create_engine(store.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
    with engine.connect() as owner:
        owner.execute(text(f"CREATE ROLE {role} LOGIN"))
        owner.execute(text(f"ALTER DATABASE {engine.url.database} OWNER TO {role}"))
        for grant in grants:
            owner.execute(text(grant.format(role)))
    return Store(store.url.replace("//circles@", f"//{role}@"), store.folder)


def left_by(role: Store) -> tuple[bool, bool]:
    """Whether words that were deleted and scrubbed are left in tables, and anywhere at all."""
    with own_app(role.url) as app, app.app_context():
        with transaction():
            ana = account()
            db.session.add(ana)
            db.session.flush()
            ana_id = ana.id
        words = written_and_deleted(ana_id)
        assert scrub(Account)
        return in_tables(role, words), words in role.on_disk()


@only_postgresql
def test_an_ordinary_role_cleans_its_tables_and_the_log_is_the_servers(store: Store) -> None:
    assert left_by(as_an_ordinary_role(store)) == (False, True)


@only_postgresql
@pytest.mark.holds("promise:10")
def test_a_role_that_may_end_the_log_leaves_the_words_nowhere(store: Store) -> None:
    assert left_by(as_an_ordinary_role(store, *GRANTS)) == (False, False)
