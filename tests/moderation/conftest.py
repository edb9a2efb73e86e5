"""The same group, and a reply of Ana's for people to report."""

from uuid import UUID

import pytest

from tests.fakes import FrozenClock
from tests.live.circle import ClientFor
from tests.make import Make
from tests.moderation.typed import TypedCircle
from tests.threads.conftest import Cast, cast

__all__ = ["cast"]


@pytest.fixture
def reply_id(make: Make, cast: Cast) -> UUID:
    """Ben starts a thread; Ana replies what others will report."""
    thread_id = make.thread(cast.group_id, cast.ben)
    return make.reply(thread_id, cast.ana, "Just stop the tablets now.")


@pytest.fixture
def circle(make: Make, client_for: ClientFor, clock: FrozenClock) -> TypedCircle:
    return TypedCircle(make, client_for, clock)
