"""What waits for a moderator is its author’s alone, wherever somebody looks."""

from collections.abc import Callable
from functools import partial
from itertools import product
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.groups.rules import HoldPolicy
from community.notifications.models import Notice
from community.threads import actions, queries
from community.threads.holds import actions as holds
from community.threads.holds import queries as holds_queries
from community.threads.holds.rules import FIRST_POSTS, HoldReason
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState
from community.threads.rules.rows import PostRow
from community.threads.taken_back import actions as taken_back_actions
from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import send
from tests.threads.conftest import Cast

ClientFor = Callable[..., FlaskClient]
SECRET = "Kestrels over the motorway"
ADDRESSES = (
    "/home",
    "/topics/cervical",
    "/threads/{thread}",
    "/posts/{post}",
    "/posts/{post}/versions",
    "/posts/{post}/report",
    "/posts/{post}/edit",
    "/posts/{post}/take-back",
    "/groups/{group}",
    "/notifications",
    "/drafts",
)


@pytest.fixture
def thread_id(make: Make, cast: Cast) -> UUID:
    """Ben’s thread, from before the group read anything first."""
    thread_id = make.thread(cast.group_id, cast.ben)
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    return thread_id


@pytest.fixture
def held_id(make: Make, cast: Cast, thread_id: UUID) -> UUID:
    """Ana’s reply, which waits."""
    return make.reply(thread_id, cast.ana, SECRET)


def stored(make: Make, post_id: UUID) -> PostRow:
    return make.done(lambda: queries.reviewed(post_id))


def is_held(make: Make, thread_id: UUID) -> bool:
    return make.done(lambda: db.session.get_one(Thread, thread_id).is_held)


def told_by_bell(make: Make) -> list[tuple[UUID, str]]:
    rows = make.done(lambda: db.session.execute(select(Notice.account_id, Notice.kind)).all())
    return [(row[0], row[1]) for row in rows]


def test_a_newcomer_s_reply_waits_and_says_so_to_them_alone(
    cast: Cast, client_for: ClientFor, thread_id: UUID, held_id: UUID
) -> None:
    page = client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert SECRET in page
    assert "A moderator reads this before others see it." in page
    assert "We aim to read it by" in page
    assert f"/posts/{held_id}/edit" in page
    assert f"/posts/{held_id}/take-back" in page
    assert "It can take longer" in page


@pytest.mark.holds("moderation:23")
@pytest.mark.parametrize("which", ["ben", "hana", "mori", "pat", "noor", "stranger"])
@pytest.mark.parametrize("state", [PostState.HELD, PostState.RETURNED])
def test_nobody_else_finds_it_on_any_page(
    cast: Cast,
    make: Make,
    client_for: ClientFor,
    thread_id: UUID,
    held_id: UUID,
    which: str,
    state: PostState,
) -> None:
    if state is PostState.RETURNED:
        make.done(lambda: holds.give_back(held_id, ["motorway"], now=make.clock.now()))
    own = make.thread(cast.group_id, cast.ana, title=f"{SECRET}, the title", words=SECRET)
    person: Actor = getattr(cast, which)
    browser = client_for(person)
    for thread, post in ((thread_id, held_id), (own, make.opening(own))):
        for address in ADDRESSES:
            where = address.format(thread=thread, post=post, group=cast.group_id)
            answer = browser.get(where)
            assert SECRET not in answer.text, where
            assert "motorway" not in answer.text, where
            if str(post) in where or (thread == own and "/threads/" in where):
                assert answer.status_code == 404, where


def test_it_changes_no_count_no_mark_and_nobody_is_told(
    cast: Cast, make: Make, letters, thread_id: UUID
) -> None:
    def seen() -> tuple[object, ...]:
        row = queries.thread(cast.ben, thread_id)
        return row.replies, row.unread, row.last, row.last_at, row.latest_name

    before, told = make.done(seen), (letters(), told_by_bell(make))
    make.clock.pass_by(hours=1)
    make.reply(thread_id, cast.ana, SECRET)
    assert make.done(seen) == before
    assert (letters(), told_by_bell(make)) == told
    assert make.done(lambda: queries.how_many_after(cast.ben, thread_id, 0)) == 1
    assert make.done(lambda: queries.gone(cast.ben, thread_id, make.clock.now())) == []


def test_shown_it_takes_the_next_place_and_then_its_thread_s_author_is_told(
    cast: Cast, make: Make, thread_id: UUID, held_id: UUID
) -> None:
    make.reply(thread_id, cast.hana, "I was quicker.")
    make.done(lambda: db.session.execute(delete(Notice)))
    assert told_by_bell(make) == []
    make.done(lambda: holds.show(held_id, now=make.clock.now()))
    post = stored(make, held_id)
    assert (post.state, post.number) == (PostState.PUBLISHED, 3)
    assert told_by_bell(make) == [(cast.ben.id, "threads/thread_answered")]
    row = make.done(lambda: queries.thread(cast.ben, thread_id))
    assert (row.replies, row.last, row.latest_name) == (2, 3, "Ana")


def test_a_thread_whose_first_post_waits_is_its_author_s_until_it_is_shown(
    cast: Cast, make: Make, client_for: ClientFor
) -> None:
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    own = make.thread(cast.group_id, cast.ana, title=SECRET)
    assert is_held(make, own)
    anas, bens = client_for(cast.ana), client_for(cast.ben)
    assert SECRET in anas.get(f"/threads/{own}").text
    assert "You can reply when a moderator has read" in anas.get(f"/threads/{own}").text
    assert SECRET in anas.get("/drafts").text
    assert "Words that wait to be read" in anas.get("/home").text
    assert bens.get(f"/threads/{own}").status_code == 404
    opening = make.opening(own)
    make.done(lambda: holds.show(opening, now=make.clock.now()))
    assert SECRET in bens.get(f"/threads/{own}").text
    assert SECRET in bens.get("/topics/cervical").text


def test_after_three_that_were_shown_nothing_waits_any_more(cast: Cast, make: Make) -> None:
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    thread_id = make.thread(cast.group_id, cast.mori)
    for _ in range(FIRST_POSTS):
        waiting = make.reply(thread_id, cast.ana)
        assert stored(make, waiting).state is PostState.HELD
        make.done(partial(holds.show, waiting, now=make.clock.now()))
    assert stored(make, make.reply(thread_id, cast.ana)).state is PostState.PUBLISHED


def test_what_waits_or_was_taken_back_counts_for_nothing(cast: Cast, make: Make) -> None:
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    thread_id = make.thread(cast.group_id, cast.mori)
    for _ in range(FIRST_POSTS):
        waiting = make.reply(thread_id, cast.ana)
    make.done(lambda: taken_back_actions.take_back(cast.ana, waiting, now=make.clock.now()))
    assert stored(make, make.reply(thread_id, cast.ana)).state is PostState.HELD


def test_whoever_looks_after_the_group_is_read_at_once(cast: Cast, make: Make) -> None:
    make.holds(cast.group_id, HoldPolicy.ALL)
    for person in (cast.mori, cast.hana):
        assert not is_held(make, make.thread(cast.group_id, person))


@pytest.mark.holds("moderation:18")
def test_a_change_of_what_others_read_waits_where_everything_is_read(
    cast: Cast, make: Make, client_for: ClientFor, thread_id: UUID
) -> None:
    opening = make.opening(thread_id)
    make.holds(cast.group_id, HoldPolicy.ALL)
    bens, anas = client_for(cast.ben), client_for(cast.ana)
    send(bens, f"/posts/{opening}/edit", words=SECRET, version="1")
    assert stored(make, opening).state is PostState.HELD
    page = anas.get(f"/threads/{thread_id}").text
    assert SECRET not in page
    assert "rain for forty minutes" not in page
    assert "Ben changed this. A moderator reads it before others see it." in page
    assert SECRET in bens.get(f"/threads/{thread_id}").text
    held = make.done(lambda: holds_queries.latest(opening))
    assert (held.reasons, held.since_version) == ([HoldReason.GROUP], 1)
    now = make.clock.now()
    gone = make.done(lambda: queries.gone(cast.ana, thread_id, now))
    assert [(each.id, each.html) for each in gone] == [(opening, "")]
    assert make.done(lambda: queries.gone(cast.ben, thread_id, now)) == []


@pytest.mark.holds("moderation:18")
@pytest.mark.parametrize("state", [PostState.HELD, PostState.RETURNED, PostState.HIDDEN])
def test_a_change_of_what_is_not_shown_waits_to_be_read(
    cast: Cast, make: Make, thread_id: UUID, state: PostState, clock: FrozenClock
) -> None:
    opening = make.opening(thread_id)
    make.holds(cast.group_id, HoldPolicy.OPEN)

    def settle() -> None:
        post = db.session.get_one(Post, opening)
        if state is PostState.HIDDEN:
            actions.hide(opening, until=clock.now())
            post.hidden_until = None
        else:
            holds.hold_new(post, cast.group_id, [HoldReason.LINKS], now=clock.now())
            post.state = state

    make.done(settle)
    make.done(lambda: actions.edit(cast.ben, opening, SECRET, 1, now=clock.now()))
    post, held = stored(make, opening), make.done(lambda: holds_queries.latest(opening))
    assert (post.state, post.hidden_until) == (PostState.HELD, None)
    assert held.reasons == [HoldReason.CHANGED]
    assert held.since_version == (None if state is PostState.HELD else 1)


def test_taken_back_it_leaves_nothing_marked_in_it(
    cast: Cast, make: Make, client_for: ClientFor, thread_id: UUID, held_id: UUID
) -> None:
    make.done(lambda: holds.give_back(held_id, ["motorway"], now=make.clock.now()))
    answer = send(client_for(cast.ana), f"/posts/{held_id}/take-back")
    assert answer.status_code == 302
    post = stored(make, held_id)
    assert (post.state, post.text, post.number) == (PostState.DELETED, "", None)
    assert make.done(lambda: holds_queries.all_waiting(cast.ana)) == []
    assert "took this back" not in client_for(cast.ben).get(f"/threads/{thread_id}").text


def test_what_is_written_in_a_circle_s_own_thread_never_waits(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    def reasons(circle_id: UUID | None) -> tuple[HoldReason, ...]:
        thread = Thread(group_id=cast.group_id, circle_id=circle_id)
        return holds_queries.reasons(cast.ana, thread, "Click here!")

    assert make.done(lambda: reasons(thread_id)) == ()
    assert HoldReason.WORDS in make.done(lambda: reasons(None))


def test_a_thread_costs_the_same_however_much_waits_in_it(
    cast: Cast, make: Make, client_for: ClientFor, cost, thread_id: UUID
) -> None:
    anas, counts = client_for(cast.ana), []
    for more in (1, 4):
        for _ in range(more):
            make.reply(thread_id, cast.ana, SECRET)
        cost.statements.clear()
        anas.get(f"/threads/{thread_id}")
        counts.append(int(cost))
    assert counts[0] == counts[1]


@pytest.mark.holds("moderation:23")
def test_no_query_gives_anybody_else_what_waits_whatever_became_of_the_rest(
    cast: Cast, make: Make, thread_id: UUID, held_id: UUID
) -> None:
    """Every state of the first post with every state of a reply, seen and never seen."""
    seen_id = make.reply(thread_id, cast.mori, SECRET)
    opening_id, now = make.opening(thread_id), make.clock.now()

    def settle(opening: PostState, seen: PostState, unseen: PostState) -> None:
        for post_id, state in ((opening_id, opening), (seen_id, seen), (held_id, unseen)):
            db.session.get_one(Post, post_id).state = state

    def found(person: Actor) -> list[str]:
        """All that any query of threads gives this person."""
        me = actor_of(person.id, now=now)
        page = queries.posts(me, thread_id, 0)
        texts = [each.html for each in (page.opening, *page.replies) if each.is_waiting]
        texts += [each.html for each in queries.gone(me, thread_id, now) if each.is_waiting]
        texts += [own.post.html for own in holds_queries.waiting(me, thread_id)]
        for post_id in (seen_id, held_id):
            try:
                post = queries.post(me, post_id)
            except Refused:
                continue
            texts += [post.html] if post.is_waiting or post.number is None else []
        return [text for text in texts if SECRET in text]

    for opening, seen in product(PostState, PostState):
        if PostState.DELETED in (opening, seen):
            continue  # those have no words
        for unseen in (PostState.HELD, PostState.RETURNED, PostState.REMOVED):
            make.done(partial(settle, opening, seen, unseen))
            for person in (cast.hana, cast.marta):
                assert make.done(partial(found, person)) == [], (opening, seen, unseen)
            assert make.done(partial(queries.how_many_after, cast.ben, thread_id, 1)) == 1
