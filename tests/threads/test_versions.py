"""What a post said before it was changed: for its writer and for moderators."""

from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select

from community.core.db import db
from community.threads import actions
from community.threads.models import PostVersion
from community.threads.parting import actions as parting
from community.threads.parting.rules import Words
from community.threads.taken_back import actions as own


@pytest.fixture
def thread_id(make, cast):
    return make.thread(cast.group_id, cast.ana, words="I looked at the rain.")


@pytest.fixture
def post_id(make, cast, clock, thread_id):
    """Changed twice, an hour apart."""
    post_id = make.opening(thread_id)
    for version, words in enumerate(("I looked at the **snow**.", "I looked up."), start=1):
        clock.pass_by(hours=1)
        edit = partial(actions.edit, cast.ana, post_id, words, version, now=clock.now())
        make.done(edit)
    return post_id


def test_its_writer_and_moderators_read_what_it_said_and_when(cast, client_for, post_id):
    for person in (cast.ana, cast.mori):
        page = client_for(person).get(f"/posts/{post_id}/versions").text
        assert page.index("<strong>snow</strong>") < page.index("I looked at the rain.")
        assert "I looked up." not in page
        assert page.count("From ") == 2


def test_others_read_only_that_it_was_changed(cast, client_for, thread_id, post_id):
    page = f"/posts/{post_id}/versions"
    for person in (cast.ben, cast.hana, cast.pat, cast.stranger):
        assert client_for(person).get(page).status_code == 404
    for person, sees in ((cast.ana, True), (cast.mori, True), (cast.ben, False)):
        thread = client_for(person).get(f"/threads/{thread_id}").text
        assert "changed today at" in thread
        assert (page in thread) is sees


def test_the_page_of_a_case_shows_it(cast, make, client_for, post_id):
    item_id = make.report(post_id, cast.ben)
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert "Show what it said before" in page
    assert "I looked at the rain." in page


def versions(make) -> int:
    return len(make.done(lambda: db.session.scalars(select(PostVersion)).all()))


@pytest.mark.holds("F:F84")
def test_it_is_out_of_sight_with_words_that_are_taken_back_and_comes_back_with_them(
    cast, make, client_for, post_id
):
    item_id, now = make.report(post_id, cast.ben), make.clock.now()
    page, case = f"/posts/{post_id}/versions", f"/moderation/{item_id}"
    make.done(lambda: own.take_back(cast.ana, post_id, now=now))
    assert client_for(cast.ana).get(page).status_code == 404
    assert "I looked at the rain." not in client_for(cast.mori).get(case).text
    make.done(lambda: own.put_back(cast.ana, post_id, now=now))
    for person in (cast.ana, cast.mori):
        assert "I looked at the rain." in client_for(person).get(page).text


def test_it_is_erased_with_them(cast, make, post_id):
    now = make.clock.now()
    make.done(lambda: own.take_back(cast.ana, post_id, now=now))
    make.done(lambda: own.forget(now=now + timedelta(days=29)))
    assert versions(make) == 2
    make.done(lambda: own.erase(cast.ana, post_id, now=now))
    assert versions(make) == 0


def test_it_is_erased_when_its_days_are_over(cast, make, post_id):
    now = make.clock.now()
    make.done(lambda: own.take_back(cast.ana, post_id, now=now))
    make.done(lambda: own.forget(now=now + timedelta(days=31)))
    assert versions(make) == 0


@pytest.mark.parametrize("words", Words)
def test_it_goes_with_whoever_leaves_after_taking_them_back(cast, make, post_id, words):
    make.done(lambda: own.take_back(cast.ana, post_id, now=make.clock.now()))
    make.done(lambda: parting.part(cast.ana.id, words))
    assert versions(make) == 0


def test_what_a_moderator_hid_is_not_read_here_but_is_not_lost(cast, make, client_for, post_id):
    make.done(lambda: actions.hide(post_id, until=None))
    assert client_for(cast.mori).get(f"/posts/{post_id}/versions").status_code == 404
    make.done(lambda: actions.bring_back(post_id, now=make.clock.now()))
    assert client_for(cast.mori).get(f"/posts/{post_id}/versions").status_code == 200


def test_a_second_press_of_the_same_change_is_no_second_version(cast, make, clock, post_id):
    make.done(lambda: actions.edit(cast.ana, post_id, "I looked up.", 2, now=clock.now()))
    assert versions(make) == 2
