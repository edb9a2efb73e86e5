"""Words that were taken back: gone for everybody else at once, and back by a press for 30 days."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.moderation.models import ReviewItem
from community.threads import actions, jobs
from community.threads.models import Post, Thread, ThreadTag
from community.threads.rules.posts import PostState
from community.threads.search.models import PostWords
from community.threads.taken_back import actions as own
from community.threads.taken_back.models import TakenBack
from tests.pages import plain, send

WORDS = "I looked at the rain."


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, title="The bus", words=WORDS, tags=["neck"])


@pytest.fixture
def reply_id(make, cast, thread_id) -> UUID:
    return make.reply(thread_id, cast.ben, "It was on **my** window too.")


def take_back(client_for, person, post_id):
    return send(client_for(person), f"/posts/{post_id}/take-back")


def kept(make) -> list[str]:
    return list(make.done(lambda: db.session.scalars(select(TakenBack.text)).all()))


def post_of(make, post_id):
    facts = select(Post.text, Post.html, Post.number, Post.state).where(Post.id == post_id)
    return make.done(lambda: db.session.execute(facts).one())


@pytest.mark.holds("F:F84")
def test_others_read_at_once_that_it_was_taken_back_and_its_writer_reads_the_words(
    cast, client_for, thread_id, reply_id
):
    take_back(client_for, cast.ben, reply_id)
    for person in (cast.ana, cast.mori, cast.ben):
        page = client_for(person).get(f"/threads/{thread_id}").text
        assert "Ben took this back." in page
        assert "window too" not in page
        assert (f"/posts/{reply_id}/taken-back" in page) is (person is cast.ben)
    own_page = plain(client_for(cast.ben).get(f"/posts/{reply_id}/taken-back"))
    assert "It was on my window too." in own_page
    assert "Put it back" in own_page
    assert "until Sunday 20 December" in own_page


@pytest.mark.holds("F:F84")
def test_it_is_put_back_as_it_was_by_one_press_and_a_second_changes_nothing(
    cast, client_for, make, thread_id, reply_id
):
    before = post_of(make, reply_id)
    take_back(client_for, cast.ben, reply_id)
    browser, page = client_for(cast.ben), f"/posts/{reply_id}/taken-back"
    browser.get(page)
    for _ in range(2):
        assert send(browser, "/comfort", f"/posts/{reply_id}/put-back").status_code == 302
    assert post_of(make, reply_id) == before
    assert kept(make) == []
    assert "window too" in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert browser.get(page).status_code == 404


def test_it_is_found_by_its_words_again_and_not_before(cast, client_for, make, clock, thread_id):
    first = make.opening(thread_id)

    def words() -> set[str]:
        query = select(PostWords.words).where(PostWords.post_id == first)
        return set((make.done(lambda: db.session.scalar(query)) or "").split())

    before = words()
    make.done(lambda: own.take_back(cast.ana, first, now=clock.now()))
    assert words() == set()
    make.done(lambda: own.put_back(cast.ana, first, now=clock.now()))
    assert words() == before != set()


def test_a_thread_that_began_with_it_has_its_title_and_tags_again(
    cast, client_for, make, thread_id
):
    first = make.opening(thread_id)
    take_back(client_for, cast.ana, first)
    assert "The bus" not in client_for(cast.ben).get("/topics/cervical").text
    send(client_for(cast.ana), f"/posts/{first}/taken-back", f"/posts/{first}/put-back")
    assert "The bus" in client_for(cast.ben).get("/topics/cervical").text
    assert make.done(lambda: db.session.scalars(select(ThreadTag.tag)).all()) == ["neck"]


@pytest.mark.parametrize("who", ["ana", "mori", "pat", "hana"])
def test_nobody_else_reads_puts_back_or_erases_it(cast, client_for, make, reply_id, who):
    take_back(client_for, cast.ben, reply_id)
    browser = client_for(getattr(cast, who))
    status = 404 if who == "pat" else 403
    assert browser.get(f"/posts/{reply_id}/taken-back").status_code == status
    for press in ("put-back", "erase"):
        assert send(browser, "/comfort", f"/posts/{reply_id}/{press}").status_code == status
    assert len(kept(make)) == 1
    assert "/sign-in" in client_for().get(f"/posts/{reply_id}/taken-back").location


def test_erased_by_a_press_the_words_are_gone_for_its_writer_too(cast, client_for, make, reply_id):
    take_back(client_for, cast.ben, reply_id)
    browser = client_for(cast.ben)
    send(browser, f"/posts/{reply_id}/taken-back", f"/posts/{reply_id}/erase")
    assert kept(make) == [""]
    assert browser.get(f"/posts/{reply_id}/taken-back").status_code == 404
    assert send(browser, "/comfort", f"/posts/{reply_id}/put-back").status_code == 409
    assert make.done(lambda: own.forget(now=make.clock.now()))
    assert kept(make) == []


def test_after_thirty_days_it_is_erased(cast, client_for, make, clock, reply_id):
    make.done(lambda: own.take_back(cast.ben, reply_id, now=clock.now()))
    clock.pass_by(days=29)
    assert not make.done(lambda: own.forget(now=clock.now()))
    clock.pass_by(days=1)
    assert client_for(cast.ben).get(f"/posts/{reply_id}/taken-back").status_code == 404
    assert make.done(lambda: own.forget(now=clock.now()))
    assert post_of(make, reply_id).state is PostState.DELETED


def test_a_job_erases_it(app):
    assert jobs.erase_taken_back in [each.run for each in jobs.JOBS]


def test_it_stands_with_ones_drafts(cast, client_for, make, reply_id, cost):
    assert "Words you took back" not in client_for(cast.ben).get("/drafts").text
    take_back(client_for, cast.ben, reply_id)
    page = client_for(cast.ben).get("/drafts").text
    assert "Words you took back" in page
    assert f"/posts/{reply_id}/taken-back" in page
    assert f"/posts/{reply_id}/taken-back" not in client_for(cast.ana).get("/drafts").text


# ---- moderation ----


def test_what_was_hidden_is_read_first_when_it_comes_back(
    cast, client_for, make, clock, thread_id, reply_id
):
    make.done(lambda: actions.hide(reply_id, until=None))
    take_back(client_for, cast.ben, reply_id)
    page = client_for(cast.ben).get(f"/posts/{reply_id}/taken-back").text
    assert "a moderator reads them before others do" in page
    make.done(lambda: own.put_back(cast.ben, reply_id, now=clock.now()))
    post = post_of(make, reply_id)
    assert (post.state, post.text) == (PostState.HELD, "It was on **my** window too.")
    assert "window too" not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    items = make.done(lambda: db.session.scalars(select(ReviewItem.post_id)).all())
    assert items == [reply_id]


@pytest.mark.parametrize(
    ("decided", "state"),
    [(actions.remove, None), (actions.bring_back, PostState.PUBLISHED)],
)
def test_what_a_moderator_decides_meanwhile_holds(
    cast, client_for, make, clock, reply_id, decided, state
):
    take_back(client_for, cast.ben, reply_id)
    when = {} if state is None else {"now": clock.now()}
    make.done(lambda: decided(reply_id, **when))
    assert post_of(make, reply_id).state is PostState.DELETED
    browser = client_for(cast.ben)
    answer = send(browser, "/comfort", f"/posts/{reply_id}/put-back")
    assert answer.status_code == (409 if state is None else 302)
    if state is None:
        page = browser.get(f"/posts/{reply_id}/taken-back").text
        assert "A moderator has removed this meanwhile" in page
        assert "Put it back</button>" not in page


def test_whoever_is_muted_in_the_group_puts_nothing_back(cast, client_for, make, clock, reply_id):
    take_back(client_for, cast.ben, reply_id)
    make.held_back(cast.ben, SanctionKind.MUTE, cast.group_id)
    assert send(client_for(cast.ben), "/comfort", f"/posts/{reply_id}/put-back").status_code == 403


def test_the_thread_page_asks_no_more_for_it(cast, client_for, make, thread_id, cost):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    make.reply(thread_id, cast.ben)
    browser.get(page)
    cost.statements.clear()
    browser.get(page)
    before = int(cost)
    for number in range(5):
        post_id = make.reply(thread_id, cast.ben, f"Words {number}.")
        make.done(lambda post_id=post_id: own.take_back(cast.ben, post_id, now=make.clock.now()))
    browser.get(page)
    cost.statements.clear()
    browser.get(page)
    assert int(cost) == before


def test_taken_back_twice_it_can_come_back_twice(cast, client_for, make, clock, reply_id):
    for _ in range(2):
        make.done(lambda: own.take_back(cast.ben, reply_id, now=clock.now()))
        make.done(lambda: own.put_back(cast.ben, reply_id, now=clock.now() + timedelta(days=1)))
    assert "window too" in post_of(make, reply_id).text
    assert make.done(lambda: db.session.scalars(select(Thread.title)).all())
