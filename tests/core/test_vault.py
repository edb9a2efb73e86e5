"""Words that are locked where they are kept."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.vault import Vault

pytestmark = pytest.mark.holds("asvs:37")

ROW = uuid4()
VAULT = Vault("a key that nobody else has")
lock, unlock = VAULT.lock, VAULT.unlock


@given(st.text())
def test_what_is_locked_opens_again_and_is_never_the_same_twice(words: str) -> None:
    first, second = lock("notes", ROW, words), lock("notes", ROW, words)
    assert unlock("notes", ROW, first) == unlock("notes", ROW, second) == words
    assert first != second


def test_nothing_of_the_words_can_be_read_in_it() -> None:
    assert b"heron" not in lock("notes", ROW, "A heron at the weir. " * 20)


def test_a_lock_opens_for_its_purpose_and_its_row_only() -> None:
    locked = lock("notes", ROW, "A heron.")
    assert unlock("letters", ROW, locked) is None
    assert unlock("notes", uuid4(), locked) is None


def test_one_that_was_changed_does_not_open() -> None:
    locked = bytearray(lock("notes", ROW, "A heron."))
    for place in range(len(locked)):
        changed = bytearray(locked)
        changed[place] ^= 1
        assert unlock("notes", ROW, bytes(changed)) is None


def test_with_another_key_nothing_opens() -> None:
    locked = lock("notes", ROW, "A heron.")
    assert Vault("a key that somebody else has").unlock("notes", ROW, locked) is None
    assert "nobody else" not in repr(VAULT)


def test_a_mark_is_known_again_by_the_same_key_and_purpose_only() -> None:
    mark = Vault("a key").mark("addresses", "ana@example.org")
    assert mark == Vault("a key").mark("addresses", "ana@example.org")
    assert "ana" not in mark
    others = {
        Vault("a key").mark("addresses", "ben@example.org"),
        Vault("a key").mark("names", "ana@example.org"),
        Vault("another").mark("addresses", "ana@example.org"),
    }
    assert len(others | {mark}) == 4
