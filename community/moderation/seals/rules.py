"""What a seal says. Pure.

Each seal is the SHA-256 (FIPS 180-4) of the one before it and of every row since, so that nothing
under it can be changed, removed or put in between without its showing. Whoever can rewrite all of
it can seal it anew: keep the newest seal somewhere else, too.

An anchor is a seal, too. It is over the last seal whose rows are forgotten and over those of its
rows that are kept, so that from there on all is checked as before.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from hashlib import sha256
from typing import Any

from dateutil.relativedelta import relativedelta

SETTLES = timedelta(minutes=10)
"""How long after it was written a row is sealed: by then every transaction is over that may have
made an earlier one."""

KEPT = relativedelta(years=3)
"""How long the record is kept at least. An anchor that forgets what is younger isn’t right."""

BEGINNING = ""


def digest(before: str, rows: Iterable[Sequence[Any]]) -> str:
    """The seal over these rows, in their order, and over all that was sealed before."""
    found = sha256(before.encode())
    for row in rows:
        found.update(json.dumps([_plain(each) for each in row], ensure_ascii=False).encode())
        found.update(b"\n")
    return found.hexdigest()


def words_digest(why: str, note: str, salt: str) -> str:
    """By which these words are known to be as they were. When they are erased, with their salt, it
    says nothing of them any more."""
    return sha256(json.dumps([salt, why, note], ensure_ascii=False).encode()).hexdigest()


def _plain(value: Any) -> Any:
    """The same words from either database."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, Enum):
        return value.value
    return value if value is None or isinstance(value, bool | int) else str(value)
