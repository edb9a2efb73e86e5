"""The title of one’s own thread, and what one would like from others, changed later."""

import re
from functools import partial
from uuid import UUID

import pytest

from community.core.db import db
from community.core.sockets import socketio
from community.core.verdict import Refused
from community.groups.rules import HoldPolicy
from community.safety.words import queries as words_queries
from community.safety.words.rules import Kind
from community.threads.acts.rules import Because
from community.threads.heading import actions
from community.threads.models import Post, PostVersion, Thread
from community.threads.pace import actions as pace
from community.threads.pace.actions import Plan
from community.threads.pace.rules import LOCKED, PaceKind
from community.threads.rules.posts import PostState, Wish
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import plain, send

BEFORE, AFTER = "The bos", "The bus"


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, title=BEFORE, words="I looked at the rain.")


@pytest.fixture
def change(make, cast, thread_id, clock):
    """Ana changes the heading of her thread."""

    def changed(title=AFTER, wish=Wish.JUST_LISTENING):
        ana = make.actor(cast.ana)
        make.done(lambda: actions.change(ana, thread_id, title, wish, now=clock.now()))

    return changed


def first(make, thread_id, what) -> object:
    opening = make.opening(thread_id)
    return make.done(lambda: getattr(db.session.get_one(Post, opening), what))


def test_what_is_asked_for_and_the_title_change_and_everything_follows_at_once(
    cast, client_for, make, thread_id
):
    page, ana = f"/threads/{thread_id}/heading", client_for(cast.ana)
    make.reply(thread_id, cast.ben)
    assert page in ana.get(f"/threads/{thread_id}").text
    before = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "I hear you." in before
    assert 'id="question"' in before
    assert send(ana, page, title=AFTER, wish="ideas").location == f"/threads/{thread_id}"
    after = client_for(cast.ben).get(f"/threads/{thread_id}")
    assert "Something I tried:" in after.text
    assert 'id="question"' not in after.text
    assert f"<h1 data-title>{AFTER}</h1>" in after.text
    assert "ideas are welcome." in plain(after)
    assert ", changed today" in plain(after)
    assert "I could see the rain." in after.text
    topic = client_for(cast.ben).get("/topics/cervical").text
    assert AFTER in topic
    assert BEFORE not in topic


def test_the_words_offered_and_a_draft_stay_with_whoever_answers(
    cast, client_for, thread_id, change
):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(ben, page, f"{page}/draft", words="You should open it.")
    change(BEFORE, Wish.FACTS)
    assert "You should open it." in ben.get(page).text
    assert send(ben, page, f"{page}/replies", words="You should open it.").status_code == 302


def test_it_is_found_by_its_new_title_and_by_no_other(cast, client_for, make, thread_id, change):
    ben, post = client_for(cast.ben), f"/posts/{make.opening(thread_id)}"
    change("Kingfishers")
    assert post in _found(ben, "kingfishers")
    assert post not in _found(ben, "bos")


def _found(browser, words) -> str:
    return browser.get(send(browser, "/search", words=words).location).text


def test_its_writer_and_moderators_read_what_it_was_called(
    cast, client_for, make, thread_id, change
):
    change()
    page = f"/posts/{make.opening(thread_id)}/versions"
    for person in (cast.ana, cast.mori):
        assert f"It was called “{BEFORE}”." in client_for(person).get(page).text
    assert client_for(cast.ben).get(page).status_code == 404
    item_id = make.report(make.opening(thread_id), cast.ben)
    assert f"It was called “{BEFORE}”." in client_for(cast.mori).get(f"/moderation/{item_id}").text


def test_nothing_but_a_new_title_is_another_version(make, thread_id, change):
    change(BEFORE, Wish.IDEAS)
    assert first(make, thread_id, "edited_at") is None
    change()
    change()
    assert make.done(lambda: db.session.query(PostVersion).count()) == 1
    assert first(make, thread_id, "version") == 2


def test_a_page_that_was_opened_before_changes_no_words_over_it(
    cast, client_for, make, thread_id, change
):
    ana, edit = client_for(cast.ana), f"/posts/{make.opening(thread_id)}/edit"
    ana.get(edit)
    change()
    assert send(ana, edit, words="I looked up.", version="1").status_code == 409


def test_listed_words_in_a_title_wait_to_be_read(cast, client_for, make, thread_id, change):
    advert = "A miracle cure"
    listed = make.done(lambda: words_queries.lists()[Kind.SPAM])
    assert listed.is_in(advert)
    change(advert)
    assert first(make, thread_id, "state") is PostState.HELD
    for page in (f"/threads/{thread_id}", "/topics/cervical", f"/groups/{cast.group_id}"):
        assert advert not in client_for(cast.ben).get(page).text
    assert advert in client_for(cast.ana).get(f"/threads/{thread_id}").text


def test_whoever_reads_it_first_sees_what_has_changed(cast, client_for, make, thread_id):
    make.holds(cast.group_id, HoldPolicy.ALL)
    send(client_for(cast.ana), f"/threads/{thread_id}/heading", title=AFTER, wish="ideas")
    queue = client_for(cast.mori).get("/moderation").text
    (item,) = set(re.findall(r'href="(/moderation/[0-9a-f-]{36})"', queue))
    page = client_for(cast.mori).get(item)
    assert "What has changed" in page.text
    assert f"removed: {BEFORE}" in plain(page) or f"removed: {BEFORE.split()[1]}" in plain(page)


def test_nobody_else_changes_it_and_nobody_changes_what_is_gone(cast, client_for, make, thread_id):
    page = f"/threads/{thread_id}/heading"
    for person, status in ((cast.ben, 403), (cast.mori, 403), (cast.stranger, 404)):
        assert client_for(person).get(page).status_code == status
        sent = send(client_for(person), "/comfort", page, title=AFTER, wish="ideas")
        assert sent.status_code == status
    assert "/sign-in" in client_for().get(page).location
    opening, now = make.opening(thread_id), make.clock.now()
    make.done(lambda: taken_back_actions.take_back(cast.ana, opening, now=now))
    assert client_for(cast.ana).get(page).status_code == 409
    assert page not in client_for(cast.ana).get(f"/threads/{thread_id}").text


def test_what_can_t_be_taken_is_said_beside_it(cast, client_for, thread_id):
    page = f"/threads/{thread_id}/heading"
    answer = send(client_for(cast.ana), page, title="", wish="hats")
    assert answer.status_code == 422
    assert "Write a title, as plain as you like." in answer.text


def test_in_a_locked_thread_it_stays_and_what_was_typed_is_there(
    cast, client_for, make, thread_id, change
):
    ana, page, now = client_for(cast.ana), f"/threads/{thread_id}/heading", make.clock.now()
    token = re.search(r'name="csrf_token" value="([^"]+)"', ana.get(page).text)[1]
    plan, because = Plan(PaceKind.LOCK, None, None, None), Because("kindness", "It was said.")
    make.done(partial(pace.set_pace, cast.mori, thread_id, plan, because, now=now))
    answer = ana.post(page, data={"csrf_token": token, "title": AFTER, "wish": "ideas"})
    assert answer.status_code == 409
    assert AFTER in answer.text
    with pytest.raises(Refused) as refused:
        change()
    assert refused.value.reason is LOCKED
    assert make.done(lambda: db.session.get_one(Thread, thread_id).title) == BEFORE


@pytest.mark.holds("promise:8")
def test_open_pages_are_told(cast, client_for, app, thread_id):
    line = socketio.test_client(app, flask_test_client=client_for(cast.ben))
    line.emit("watch-thread", {"thread_id": str(thread_id), "last": 1}, callback=True)
    send(client_for(cast.ana), f"/threads/{thread_id}/heading", title=AFTER, wish="ideas")
    told = [one["args"][0] for one in line.get_received() if one["name"] == "arranged"]
    assert [each["words"] for each in told] == [
        "What this thread is called or asks for has changed."
    ]
    assert AFTER not in str(told)
