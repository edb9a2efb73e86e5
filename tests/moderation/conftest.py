"""The same group, and a reply of Ana's for people to report."""

from uuid import UUID

import pytest

from tests.make import Make
from tests.threads.conftest import Cast, cast

__all__ = ["cast"]


@pytest.fixture
def reply_id(make: Make, cast: Cast) -> UUID:
    """Ben starts a thread; Ana replies what others will report."""
    thread_id = make.thread(cast.group_id, cast.ben)
    return make.reply(thread_id, cast.ana, "Just stop the tablets now.")
