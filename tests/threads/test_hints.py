"""“This isn’t what was asked for”: told to the writer alone, kindly and once."""

from uuid import UUID

import pytest

from community.core.db import db
from community.notifications.models import Notice
from community.threads import actions as threads_actions
from community.threads.hints import actions
from community.threads.hints.models import Hint
from community.threads.notes import actions as notes
from community.threads.notes.rules import NoteKind
from community.threads.rules.posts import Wish
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import plain, send

PRESS = "This isn’t what was asked for. Tell its writer, kindly"
TOLD = "One who read your reply thinks it’s something else."


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def reply_id(make, cast, thread_id) -> UUID:
    return make.reply(thread_id, cast.ben, "You should try the window.")


@pytest.fixture
def hint(make, reply_id):
    """Somebody gives the hint."""

    def give(person, post_id=reply_id):
        now = make.clock.now()
        make.done(lambda: actions.give(make.actor(person), post_id, now=now))

    return give


def thread(browser, thread_id) -> str:
    return plain(browser.get(f"/threads/{thread_id}"))


@pytest.mark.holds("moderation:23")
def test_a_reader_presses_once_and_its_writer_alone_is_told_and_not_by_whom(
    cast, client_for, thread_id, reply_id, app
):
    ana, page = client_for(cast.ana), f"/posts/{reply_id}/report"
    assert PRESS in ana.get(page).text
    assert send(ana, page, f"/posts/{reply_id}/hint").location == f"/posts/{reply_id}"
    ben = client_for(cast.ben)
    assert "isn’t what was asked for" in ben.get("/news").text
    assert "Ana" not in plain(ben.get("/news"))
    assert TOLD in thread(ben, thread_id)
    for person in (cast.ana, cast.mori, cast.hana):
        assert TOLD not in thread(client_for(person), thread_id)
    assert str(reply_id) not in client_for(cast.mori).get("/moderation").text
    with app.app_context():
        assert str(cast.ana.id) not in str(vars(db.session.query(Hint).one()))


def test_once_for_each_reply_and_the_second_reader_can_t_tell(
    cast, client_for, make, hint, reply_id
):
    hint(cast.ana)
    answer = send(client_for(cast.hana), "/comfort", f"/posts/{reply_id}/hint")
    assert answer.location == f"/posts/{reply_id}"
    told = make.done(lambda: db.session.query(Notice).filter_by(account_id=cast.ben.id).count())
    assert told == 1


def test_its_writer_leaves_it_by_one_press_and_isn_t_told_again(
    cast, client_for, thread_id, reply_id, hint
):
    hint(cast.ana)
    ben = client_for(cast.ben)
    send(ben, f"/threads/{thread_id}", f"/posts/{reply_id}/hint/leave")
    assert TOLD not in thread(ben, thread_id)
    hint(cast.hana)
    assert TOLD not in thread(ben, thread_id)


def test_other_words_are_an_answer_and_so_is_another_wish(
    cast, client_for, make, thread_id, reply_id, hint, clock
):
    hint(cast.ana)
    clock.pass_by(hours=1)
    ben = make.actor(cast.ben)
    edit = (ben, reply_id, "I hear you.", 1)
    make.done(lambda: threads_actions.edit(*edit, now=clock.now()))
    assert TOLD not in thread(client_for(cast.ben), thread_id)


def test_where_more_is_welcome_since_nothing_is_said(cast, client_for, thread_id, hint):
    hint(cast.ana)
    send(client_for(cast.ana), f"/threads/{thread_id}/heading", title="The bus", wish="ideas")
    assert TOLD not in thread(client_for(cast.ben), thread_id)


def test_taken_back_it_is_gone(cast, make, reply_id, hint):
    hint(cast.ana)
    now = make.clock.now()
    make.done(lambda: taken_back_actions.take_back(cast.ben, reply_id, now=now))
    assert make.done(lambda: db.session.query(Hint).count()) == 0


@pytest.mark.parametrize("wish", Wish)
def test_only_where_listening_or_the_like_was_asked_for(cast, client_for, make, wish):
    thread_id = make.thread(cast.group_id, cast.ana, wish=wish)
    reply_id = make.reply(thread_id, cast.ben)
    asks = wish in {Wish.JUST_LISTENING, Wish.ME_TOO}
    ana = client_for(cast.ana)
    assert (PRESS in ana.get(f"/posts/{reply_id}/report").text) is asks
    answer = send(ana, "/comfort", f"/posts/{reply_id}/hint")
    assert answer.status_code == (302 if asks else 404)


def test_not_of_what_a_thread_began_with_nor_of_whoever_asked(cast, client_for, make, thread_id):
    opening, own = make.opening(thread_id), make.reply(thread_id, cast.ana)
    for post_id in (opening, own):
        hana = client_for(cast.hana)
        assert PRESS not in hana.get(f"/posts/{post_id}/report").text
        assert send(hana, "/comfort", f"/posts/{post_id}/hint").status_code == 404


def test_that_a_press_is_missing_names_nobody_who_began_without_their_name(cast, client_for, make):
    """Ana began it unnamed and answers with her name: it looks like anybody’s reply."""
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    signed = make.reply(thread_id, cast.ana)
    unnamed = make.reply(thread_id, cast.ana, unnamed=True)
    hana = client_for(cast.hana)
    assert PRESS in hana.get(f"/posts/{signed}/report").text
    assert PRESS not in hana.get(f"/posts/{unnamed}/report").text


def test_strangers_guests_and_its_writer_find_nothing(cast, client_for, make, reply_id, hint):
    page = f"/posts/{reply_id}/hint"
    for person in (cast.stranger, cast.ben):
        assert send(client_for(person), "/comfort", page).status_code == 404
    hint(cast.ana)
    for person in (cast.ana, cast.mori, cast.stranger):
        assert send(client_for(person), "/comfort", f"{page}/leave").status_code == 404
    make.kept_apart(cast.ana, cast.ben)
    assert send(client_for(cast.ana), "/comfort", page).status_code == 404


def test_a_note_and_a_hint_stand_beside_each_other_for_one_statement(
    cast, client_for, make, thread_id, reply_id, hint, cost
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"

    def asked() -> int:
        browser.get(page)
        cost.statements.clear()
        browser.get(page)
        return int(cost)

    plainly = asked()
    hint(cast.ana)
    now = make.clock.now()
    make.done(lambda: notes.suggest(make.actor(cast.ana), reply_id, {NoteKind.PAIN}, now=now))
    for _ in range(19):
        hint(cast.ana, make.reply(thread_id, cast.ben))
    met = browser.get(page)
    assert "This could use a content note:" in met.text
    assert plain(met).count(TOLD) == 20
    assert asked() == plainly
