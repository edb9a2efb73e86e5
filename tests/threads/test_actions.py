"""Writing, changing and taking back, on a real database."""

from datetime import datetime, timedelta
from functools import partial
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.threads import actions, queries
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from tests.fakes import FrozenClock
from tests.make import Make
from tests.threads.conftest import Cast


def kept(make: Make, post_id: UUID) -> Post:
    def find() -> Post:
        post = db.session.get_one(Post, post_id)
        db.session.expunge(post)
        return post

    return make.done(find)


def test_a_thread_starts_with_its_first_post_as_number_one(cast: Cast, make: Make) -> None:
    thread_id = make.thread(cast.group_id, cast.ana, words="The *rain*.")
    post = kept(make, make.opening(thread_id))
    assert (post.number, post.text) == (1, "The *rain*.")
    assert post.html == "<p>The <em>rain</em>.</p>\n"


def test_replies_are_numbered_and_bring_the_thread_to_the_top(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    first, second = (make.thread(cast.group_id, cast.ana, title=title) for title in ("A", "B"))
    clock.pass_by(minutes=5)
    assert kept(make, make.reply(first, cast.ben)).number == 2
    rows = make.done(
        lambda: queries.new_threads(actor_of(cast.ana.id, now=clock.now()), 5, clock.now())
    )
    assert [row.id for row in rows] == [first, second]
    assert (rows[0].replies, rows[0].latest_name) == (1, "Ben")


def test_changed_words_are_rendered_again_and_say_when(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    post_id = make.opening(make.thread(cast.group_id, cast.ana))
    clock.pass_by(minutes=5)
    make.done(lambda: actions.edit(cast.ana, post_id, "**Rain**", 1, now=clock.now()))
    post = kept(make, post_id)
    assert (post.text, post.html, post.version) == (
        "**Rain**",
        "<p><strong>Rain</strong></p>\n",
        2,
    )
    assert post.edited_at == clock.now()


@pytest.mark.holds("asvs:7")
def test_words_changed_elsewhere_are_not_overwritten(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    post_id = make.opening(make.thread(cast.group_id, cast.ana))
    make.done(lambda: actions.edit(cast.ana, post_id, "First", 1, now=clock.now()))
    with pytest.raises(Refused) as refused:
        make.done(lambda: actions.edit(cast.ana, post_id, "Second", 1, now=clock.now()))
    assert refused.value.reason.code == "stale"
    assert kept(make, post_id).text == "First"


def test_what_is_taken_back_leaves_no_words_behind(cast: Cast, make: Make) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    reply_id = make.reply(thread_id, cast.ben)
    opening_id = make.opening(thread_id)
    make.done(lambda: taken_back_actions.take_back(cast.ana, opening_id, now=make.clock.now()))
    opening = kept(make, opening_id)
    assert (opening.text, opening.html, opening.state) == ("", "", PostState.DELETED)
    assert make.done(lambda: db.session.get_one(Thread, thread_id).title) == ""
    assert kept(make, reply_id).text == "I could see the rain."


def test_what_its_author_took_back_stays_so_whatever_moderation_decides(
    cast: Cast, make: Make
) -> None:
    post_id = make.opening(make.thread(cast.group_id, cast.ana))
    make.done(lambda: taken_back_actions.take_back(cast.ana, post_id, now=make.clock.now()))
    back = partial(actions.bring_back, now=make.clock.now())
    for settle in (actions.remove, back):
        make.done(lambda settle=settle: settle(post_id))
        assert kept(make, post_id).state is PostState.DELETED


def test_lists_leave_out_exactly_the_threads_whose_first_words_are_not_shown(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    ends = [None, *(clock.now() + timedelta(hours=hours) for hours in (-1, 0, 1))]

    def settle(state: PostState, until: datetime | None) -> None:
        post = db.session.scalars(select(Post).where(Post.thread_id == thread_id)).one()
        post.state, post.hidden_until, post.text, post.html = state, until, "", ""

    for state, until in product(PostState, ends):
        make.done(partial(settle, state, until))
        listed = make.done(
            lambda: queries.new_threads(actor_of(cast.ben.id, now=clock.now()), 5, clock.now())
        )
        gone = make.done(lambda: queries.gone(cast.ben, thread_id, clock.now()))
        shown = make.done(lambda: queries.posts(cast.ben, thread_id, 1).opening).is_shown(
            clock.now()
        )
        assert (bool(listed), not gone) == (shown, shown)
