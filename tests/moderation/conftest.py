"""The same group, and a reply of Ana's for people to report."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from community.core.post import post
from tests.fakes import FrozenClock, KeptMail
from tests.letters import words as words_of
from tests.live.circle import ClientFor
from tests.make import Make
from tests.moderation.typed import TypedCircle
from tests.threads.conftest import Cast, cast, scene

__all__ = ["cast", "scene"]


@pytest.fixture
def reply_id(make: Make, cast: Cast) -> UUID:
    """Ben starts a thread; Ana replies what others will report."""
    thread_id = make.thread(cast.group_id, cast.ben)
    return make.reply(thread_id, cast.ana, "Just stop the tablets now.")


@pytest.fixture
def arrived(
    app: Flask, clock: FrozenClock, mail: KeptMail
) -> Callable[[str], list[tuple[str, str]]]:
    """The letters to one address, posted: (subject, body)."""

    def to(address: str) -> list[tuple[str, str]]:
        with app.app_context():
            post(clock.now())
        kept = [one for one in mail.kept if one["To"] == address]
        return [(one["Subject"], words_of(one)) for one in kept]

    return to


@pytest.fixture
def circle(make: Make, client_for: ClientFor, clock: FrozenClock) -> TypedCircle:
    return TypedCircle(make, client_for, clock)
