"""Columns whose words are locked where they are kept (core/vault.py), and read as any other; or
of which only a mark is kept."""

from typing import Any
from uuid import UUID

from sqlalchemy import Dialect, Engine, LargeBinary, String
from sqlalchemy.types import TypeDecorator

from community.core.vault import Vault

EMPTY = 28
"""Bytes of a lock around no words (AES-GCM’s nonce and tag): one around some is longer."""

NO_ROW = UUID(int=0)
"""What such a lock is for: a column doesn’t know its row, so of one table it opens anywhere."""


def open_with(engine: Engine, key: str) -> None:
    """What is read and written through this engine is locked with this key."""
    dialect: Any = engine.dialect
    dialect.vault = Vault(key)


class Locked(TypeDecorator[str]):
    """Words that a copy of the database gives nobody without the site’s `CASE_KEY`. They can’t be
    searched for. What another key has locked reads as None."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else _vault(dialect).lock(self.purpose, NO_ROW, value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else _vault(dialect).unlock(self.purpose, NO_ROW, value)


class Marked(TypeDecorator[str]):
    """Words of which only a mark is kept: they are found by it, and read by nobody, with the key or
    without. What comes back is the mark."""

    impl = String
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _vault(dialect).mark(self.purpose, value)


def _vault(dialect: Any) -> Vault:
    vault: Vault = dialect.vault
    return vault
