"""Somebody asks to talk while another says that they have: real threads, real commits."""

from functools import partial

import pytest
from sqlalchemy import select

from community.core.actor import Staff
from community.core.db import db, locked_all
from community.moderation.talk import actions
from community.moderation.talk.models import TalkAsked
from tests.make import Make
from tests.races.presses import one_waits_for


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_whoever_asks_to_talk_while_what_they_asked_is_closed_is_heard(make: Make) -> None:
    now = make.clock.now()
    pat = make.actor(make.staff("Pat", Staff.PLATFORM_MODERATOR))
    lea = make.actor(make.staff("Lea", Staff.SAFETY_LEAD))
    make.done(lambda: actions.ask(pat, "About today.", now=now))
    one_waits_for(
        make,
        partial(actions.close, lea, pat.id, now=now),
        partial(actions.ask, pat, "And yesterday.", now=now),
        having=lambda: locked_all(TalkAsked),
    )
    assert make.done(lambda: db.session.scalars(select(TalkAsked.words)).all()) == [
        "And yesterday."
    ]
