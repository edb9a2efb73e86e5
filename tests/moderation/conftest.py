"""The same group, and a reply of Ana's for people to report."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.models import Account
from community.core.db import db
from community.core.letters import OutboxLetter
from tests.make import Make
from tests.threads.conftest import Cast, cast, send

__all__ = ["cast", "send"]

Written = Callable[[], list[tuple[str, str]]]


@pytest.fixture
def reply_id(make: Make, cast: Cast) -> UUID:
    """Ben starts a thread; Ana replies what others will report."""
    thread_id = make.thread(cast.group_id, cast.ben)
    return make.reply(thread_id, cast.ana, "Just stop the tablets now.")


@pytest.fixture
def letters(make: Make) -> Written:
    """The letters written so far: (name of the person, kind), in order."""

    def written() -> list[tuple[str, str]]:
        rows = db.session.execute(
            select(Account.name, OutboxLetter.kind)
            .join(Account, Account.email == OutboxLetter.address)
            .order_by(OutboxLetter.id)
        )
        return [(name, kind.removeprefix("moderation/")) for name, kind in rows]

    return lambda: make.done(written)
