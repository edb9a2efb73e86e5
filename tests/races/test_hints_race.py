"""Several readers tell a writer the same thing while the writer answers: real commits."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.notifications.models import Notice
from community.threads.hints import actions, queries
from community.threads.hints.models import Hint
from community.threads.notes import actions as notes
from community.threads.notes.models import NoteSuggestion
from community.threads.notes.rules import NoteKind
from community.threads.taken_back import actions as taken_back_actions
from tests.make import Make
from tests.races.presses import at_once
from tests.threads.conftest import Cast, cast, scene

__all__ = ["cast", "scene"]

PAIN = frozenset({NoteKind.PAIN})


@pytest.fixture
def reply_id(make: Make, cast: Cast) -> UUID:
    """Ben’s, in a thread that asks for listening."""
    return make.reply(make.thread(cast.group_id, cast.ana), cast.ben, "You should try the window.")


def kept(make: Make, cast: Cast) -> list[int]:
    """How many hints there are and suggestions, and how often Ben’s bell rang."""
    rang = select(func.count()).where(Notice.account_id == cast.ben.id)
    each = [select(func.count()).select_from(model) for model in (Hint, NoteSuggestion)]
    return make.done(lambda: [db.session.scalar(query) or 0 for query in (*each, rang)])


def test_a_writer_is_told_once_however_many_tell_them_at_the_same_moment(
    make: Make, cast: Cast, reply_id: UUID
) -> None:
    now, readers = make.clock.now(), (cast.ana, cast.hana, cast.mori)
    tellings = [partial(actions.give, reader, reply_id, now=now) for reader in readers]
    assert at_once(make, tellings * 2) == {"taken": 6}
    assert kept(make, cast) == [1, 0, 1]
    suggestions = [partial(notes.suggest, reader, reply_id, PAIN, now=now) for reader in readers]
    assert at_once(make, suggestions * 2) == {"taken": 6}
    assert kept(make, cast) == [1, 1, 2]


@pytest.mark.parametrize("go", range(3))
def test_whoever_leaves_it_as_it_is_in_two_windows_is_not_told_again(
    make: Make, cast: Cast, reply_id: UUID, go: int
) -> None:
    now = make.clock.now()
    for tell in (actions.give, partial(notes.suggest, kinds=PAIN)):
        make.done(partial(tell, cast.ana, reply_id, now=now))
    left = [partial(leave, cast.ben, reply_id, now=now) for leave in (actions.leave, notes.leave)]
    told = [
        partial(tell, cast.hana, reply_id, now=now)
        for tell in (actions.give, partial(notes.suggest, kinds=PAIN))
    ]
    assert at_once(make, left * 2 + told) == {"taken": 6}
    assert make.done(lambda: queries.told([reply_id])) == {}
    assert kept(make, cast)[2] == 2


@pytest.mark.parametrize("go", range(3))
def test_nothing_is_told_of_words_that_were_taken_back_meanwhile(
    make: Make, cast: Cast, reply_id: UUID, go: int
) -> None:
    now, readers = make.clock.now(), (cast.ana, cast.hana)
    told = at_once(
        make,
        [
            *(partial(actions.give, reader, reply_id, now=now) for reader in readers),
            *(partial(notes.suggest, reader, reply_id, PAIN, now=now) for reader in readers),
            partial(taken_back_actions.take_back, cast.ben, reply_id, now=now),
        ],
    )
    assert set(told) <= {"taken", "not-found"}
    assert kept(make, cast)[:2] == [0, 0]
