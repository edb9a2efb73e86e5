"""How it will look: drawn as it will be, before anybody else has it."""

import re
from uuid import UUID

import pytest
from sqlalchemy import func, select

from community.core.db import db
from community.threads import actions, queries
from community.threads.models import Draft, Post
from community.threads.rules.posts import Wish
from tests.core.test_text import PAYLOADS
from tests.pages import again_typed, plain, send

WORDS = "I looked at the **rain**, @Ana."
NOTE = {"tried_what": "Warm water", "tried_how_long": "A week"}


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, title="The bus", wish=Wish.IDEAS)


def stored(make, post_id=None) -> str:
    """The HTML of a post, or of the latest one."""
    which = (
        Post.id == post_id if post_id else Post.id == select(func.max(Post.id)).scalar_subquery()
    )
    return make.done(lambda: db.session.scalars(select(Post.html).where(which)).one())


def count(make) -> int:
    return make.done(lambda: db.session.scalar(select(func.count()).select_from(Post)))


def look(browser, page, to=None, **typed):
    return send(browser, page, to, look="1", **typed)


@pytest.mark.holds("asvs:31")
def test_whatever_is_written_looks_as_it_will(cast, make, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    for payload in PAYLOADS:
        typed = {"words": payload, "tried_what": payload, "tried_hard": payload}
        seen = look(ben, page, f"{page}/replies", **typed)
        assert seen.status_code == 200
        assert send(ben, page, f"{page}/replies", **typed).status_code == 302
        assert stored(make).strip() in seen.text


def test_nothing_is_sent_by_looking_and_everything_by_the_next_press(
    cast, make, client_for, thread_id
):
    ben, page, before = client_for(cast.ben), f"/threads/{thread_id}", count(make)
    seen = look(ben, page, f"{page}/replies", words=WORDS, notes=["pain"], **NOTE)
    assert "Nobody else has seen this yet." in seen.text
    assert "<strong>@Ana</strong>" in seen.text
    assert "Content note: Pain" in seen.text
    assert count(make) == before
    typed = again_typed(seen)
    sends = [ben.post(f"{page}/replies", data=typed) for _ in range(2)]
    assert [answer.status_code for answer in sends] == [302, 302]
    assert count(make) == before + 1
    assert stored(make).strip() in seen.text
    assert "<strong>@Ana</strong>" in client_for(cast.ana).get(page).text
    assert make.done(lambda: db.session.scalars(select(Draft)).all()) == []


def test_whoever_goes_back_finds_everything_in_the_box(cast, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    seen = look(ben, page, f"{page}/replies", words=WORDS, unnamed="y", **NOTE)
    assert f'href="{page}#reply"' in seen.text
    form = ben.get(page).text
    assert WORDS in form
    assert 'value="Warm water"' in form
    assert re.search(r'<input checked [^>]*name="unnamed"', form)


def test_what_cannot_be_sent_is_said_at_once(cast, client_for, thread_id):
    page = f"/threads/{thread_id}"
    answer = look(client_for(cast.ben), page, f"{page}/replies", words=" ")
    assert answer.status_code == 422
    assert "Write a few words first." in answer.text


def test_without_a_name_it_shows_the_one_that_others_will_read(cast, make, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    first = plain(look(ben, page, f"{page}/replies", words=WORDS, unnamed="y"))
    assert "A made-up name (you, without your name)." in first
    make.reply(thread_id, cast.ben, unnamed=True)
    own = make.done(lambda: queries.thread(make.actor(cast.ben), thread_id).own_name)
    assert f"{own} (you, without your name)." in plain(
        look(ben, page, f"{page}/replies", words=WORDS, unnamed="y")
    )


def test_the_sentence_that_it_answers_stands_above_it(cast, make, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    to = make.opening(thread_id)
    form = ben.get(f"{page}?to={to}").text
    mark = form.partition('name="mark"')[2].partition('name="mark"')[2].partition('value="')[2][:36]
    seen = look(ben, page, f"{page}/replies", words=WORDS, answers=str(to), mark=mark)
    assert "“Today I looked at the rain for forty minutes.”" in seen.text
    assert "to Ana" in plain(seen)


def test_a_new_thread_is_seen_whole_and_begins_so(cast, make, client_for):
    ana = client_for(cast.ana)
    send(ana, "/threads/new", "/threads/about", topic="cervical")
    what = {"group": str(cast.group_id), "topic": "hand", "title": "Pens & ink", "wish": "ideas"}
    seen = look(ana, "/threads/new", words=WORDS, tags=["hand"], **what, **NOTE)
    assert "<h2>Pens &amp; ink</h2>" in seen.text
    for words in ("For the group Neck, evenings.", "Ana asks: ideas are welcome."):
        assert words in plain(seen)
    assert count(make) == 0
    form = ana.get("/threads/new").text
    assert '<option selected value="hand">' in form
    assert 'value="Warm water"' in form
    typed = again_typed(seen)
    sends = [ana.post("/threads/new", data=typed) for _ in range(2)]
    assert {answer.location for answer in sends} == {sends[0].location}
    assert count(make) == 1
    assert stored(make).strip() in seen.text


def test_a_change_is_seen_before_it_is_made(cast, make, client_for, thread_id):
    post_id = make.reply(thread_id, cast.ben)
    ben, page = client_for(cast.ben), f"/posts/{post_id}/edit"
    before = stored(make, post_id)
    seen = look(ben, page, words=WORDS, version="1", **NOTE)
    assert seen.status_code == 200
    assert stored(make, post_id) == before
    assert WORDS in ben.get(page).text
    assert ben.post(page, data=again_typed(seen)).status_code == 302
    assert stored(make, post_id).strip() in seen.text


@pytest.mark.holds("promise:10")
def test_nobody_looks_where_they_may_not_write(cast, make, client_for, thread_id):
    page, post = f"/threads/{thread_id}/replies", f"/posts/{make.opening(thread_id)}/edit"
    typed = {"words": WORDS, "version": "1"}
    assert look(client_for(cast.stranger), "/home", page, **typed).status_code == 404
    assert look(client_for(cast.stranger), "/home", post, **typed).status_code == 404
    assert look(client_for(cast.ben), "/home", post, **typed).status_code == 403


def test_where_just_listening_is_asked_for_the_question_comes_with_sending(cast, client_for, make):
    page = f"/threads/{make.thread(cast.group_id, cast.ana)}"
    ben = client_for(cast.ben)
    seen = look(ben, page, f"{page}/replies", words="You should rest.")
    assert "One question before it goes" not in seen.text
    asked = ben.post(f"{page}/replies", data=again_typed(seen))
    assert "One question before it goes" in asked.text


def test_what_was_closed_meanwhile_keeps_the_words(cast, client_for, make, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    seen = look(ben, page, f"{page}/replies", words=WORDS)
    opening = make.opening(thread_id)
    make.done(lambda: actions.hide(opening, until=None))
    refused = ben.post(f"{page}/replies", data=again_typed(seen))
    assert refused.status_code == 409
    assert "rain" in refused.text
