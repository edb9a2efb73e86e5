"""A title is words as well: whoever doesn’t meet how a thread began reads its title nowhere."""

from collections.abc import Callable
from uuid import UUID

import pytest

from community.core.db import db
from community.groups.rules import HoldPolicy
from community.threads import actions
from community.threads.bookmarks import actions as bookmarks
from community.threads.following import actions as following
from community.threads.following.rules import Level
from community.threads.models import Post
from community.threads.notes import actions as notes_actions
from community.threads.notes.rules import NoteKind, Notes, Showing
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press
from community.threads.taken_back import actions as taken_back
from community.threads.thrown_away import actions as thrown_away
from tests.pages import plain
from tests.threads.conftest import Cast

TITLE = "Thursday on the ward"
LISTS = ("/home", "/following", "/kept", "/drafts", "/topics/cervical", "/groups/{group}")


@pytest.fixture
def thread_id(make, cast) -> UUID:
    """Ana’s thread. Ben follows it and keeps a reply. One of his he took back, one waits; he has
    a draft there, and threw another one away."""
    thread_id = make.thread(cast.group_id, cast.ana, title=TITLE)
    first, back = make.reply(thread_id, cast.hana), make.reply(thread_id, cast.ben, "Rain.")
    place, at = Place(thread_id), {"now": make.clock.now()}

    def act() -> None:
        taken_back.take_back(cast.ben, back, **at)
        bookmarks.keep(cast.ben, first, **at)
        following.follow_thread(cast.ben, thread_id, Level.MAIL, **at)
        kept = actions.keep_draft(cast.ben, place, Typed("Snow."), press=Press(), **at)
        thrown_away.throw_away(cast.ben, kept.stamp, **at)
        actions.keep_draft(cast.ben, place, Typed("Hail."), press=Press(), **at)

    make.done(act)
    make.reply(thread_id, cast.hana, "And then?")
    make.holds(cast.group_id, HoldPolicy.ALL)
    make.reply(thread_id, cast.ben, "Fog.")
    return thread_id


def hidden(make, cast: Cast, opening: UUID) -> None:
    make.done(lambda: actions.hide(opening, until=None))


def apart(make, cast: Cast, opening: UUID) -> None:
    make.kept_apart(cast.ben, cast.ana)


def out_of_sight(make, cast: Cast, opening: UUID) -> None:
    def choose() -> None:
        db.session.get_one(Post, opening).notes = Notes(frozenset({NoteKind.HOSPITAL}))
        notes_actions.choose(cast.ben, {NoteKind.HOSPITAL: Showing.HIDE})

    make.done(choose)


def test_whoever_meets_it_reads_its_title_in_every_list(cast, client_for, thread_id):
    ben = client_for(cast.ben)
    for page in LISTS:
        assert TITLE in ben.get(page.format(group=cast.group_id)).text, page
    drafts = plain(ben.get("/drafts"))
    for words in ("A reply in", "Something in", "In"):
        assert f"{words} “{TITLE}”" in drafts
    assert drafts.count(f"A reply in “{TITLE}”") == 2


@pytest.mark.holds("promise:8", "moderation:23")
@pytest.mark.parametrize("missed", [hidden, apart, out_of_sight])
def test_whoever_doesn_t_meet_it_reads_its_title_nowhere(
    cast, make, client_for, thread_id, missed: Callable[..., None]
):
    missed(make, cast, make.opening(thread_id))
    ben = client_for(cast.ben)
    for page in (*LISTS, "/threads/{thread}/print"):
        shown = ben.get(page.format(group=cast.group_id, thread=thread_id))
        assert shown.status_code == 200
        assert TITLE not in shown.text, page
    drafts = plain(ben.get("/drafts"))
    assert drafts.count("A reply in “a thread”") == 2
    assert "Something in “a thread”" in drafts
    page = ben.get(f"/threads/{thread_id}")
    assert "Carry on from Ben’s post" in plain(page)
    behind_a_press = 1 if missed is out_of_sight else 0
    assert page.text.count(TITLE) == behind_a_press
