"""Telling somebody something, by letter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from community.accounts.models import Account
from community.core import letters
from community.core.db import db


def tell(account_id: UUID, letter: Any, *, now: datetime, once: str | None = None) -> None:
    """Write this letter to this person, in the transaction around it.

    With `once`, a second letter under the same key is not written.
    """
    account = db.session.get_one(Account, account_id)
    letters.write(account.email, letter, zone=account.zone, now=now, once=once)
