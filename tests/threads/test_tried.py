"""“What I tried”, beside the words of a reply, of a new thread and of a change."""

from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.groups.rules import HoldPolicy
from community.moderation.holds.rules import may_mark
from community.threads.models import Post, PostVersion
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from community.threads.taken_back.models import TakenBack
from community.threads.tried.card import ASK_FIRST, ONE_PERSON
from community.threads.tried.rules import Tried, joined
from tests.pages import again_typed, plain, send

NOTE = {
    "tried_what": "Injections into my neck",
    "tried_how_long": "Two years",
    "tried_changed": "I can look left again.",
    "tried_advised": "A doctor or nurse",
}
TRIED = Tried("Injections into my neck", "Two years", "I can look left again.")
JSON = {"Accept": "application/json"}


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, title="The bus")


@pytest.fixture
def reply(client_for, thread_id):
    def send_it(person, **typed):
        page = f"/threads/{thread_id}"
        return send(client_for(person), page, f"{page}/replies", **typed)

    return send_it


@pytest.fixture
def noted_id(make, cast, thread_id) -> UUID:
    """A reply of Ben’s, with a note."""
    return make.reply(thread_id, cast.ben, joined("Here is mine.", TRIED))


def text_of(make, post_id) -> str:
    return make.done(lambda: db.session.get_one(Post, post_id).text)


def test_it_stands_in_the_reply_as_one_persons_experience(cast, client_for, reply, thread_id):
    assert reply(cast.ben, words="Here is mine.", **NOTE).status_code == 302
    page = plain(client_for(cast.ana).get(f"/threads/{thread_id}"))
    assert f"Here is mine. What I tried. {ONE_PERSON} Injections into my neck" in page
    assert "How long Two years What changed for me I can look left again." in page
    assert "Who advised it A doctor or nurse" in page
    assert "What was hard or unwanted" not in page.partition("Your reply")[0]
    assert ASK_FIRST not in page


def test_it_may_stand_alone(cast, client_for, reply, thread_id):
    assert reply(cast.ben, words="", **NOTE).status_code == 302
    assert ONE_PERSON in client_for(cast.ana).get(f"/threads/{thread_id}").text


def test_of_what_is_dangerous_to_stop_it_says_to_talk_first(cast, client_for, reply, thread_id):
    reply(cast.ben, words="", tried_what="Baclofen", tried_how_long="A year")
    assert ASK_FIRST in client_for(cast.ana).get(f"/threads/{thread_id}").text


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"tried_what": "Injections"}, "Add one thing more"),
        ({"tried_hard": "A sore week"}, "Write in a few words what you tried."),
        ({"tried_advised": "Myself"}, "Write in a few words what you tried."),
        ({**NOTE, "tried_what": "a" * 121}, "Use up to 120 characters"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_lost(cast, reply, typed, says):
    answer = reply(cast.ben, words="Here is mine.", **typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert "Here is mine." in answer.text
    for each in typed.values():
        assert each in answer.text
    box = answer.text.partition('id="tried_what"')[0]
    assert box.rpartition("<details")[2].startswith(' class="fold" open')


def test_without_any_of_it_the_words_are_asked_for_as_before(cast, reply):
    answer = reply(cast.ben, words=" ", tried_what=" ", tried_advised="")
    assert answer.status_code == 422
    assert "Write a few words first." in answer.text


def test_a_thread_can_begin_with_it_and_where_it_is_asked_for_the_box_is_open(cast, client_for):
    ana = client_for(cast.ana)
    for topic, is_open in (("hand", False), ("treatment-stories", True)):
        send(ana, "/threads/new", "/threads/about", topic=topic)
        before = ana.get("/threads/new").text.partition("Add what I tried")[0]
        assert (" open" in before.rpartition("<details")[2]) is is_open
    what = {"group": str(cast.group_id), "topic": "hand", "title": "Pens", "wish": "ideas"}
    answer = send(ana, "/threads/new", words="Mine.", **what, **NOTE)
    assert answer.status_code == 302
    assert ONE_PERSON in client_for(cast.ben).get(answer.location).text


def test_it_is_changed_with_the_words_and_what_it_said_is_a_version(
    cast, make, client_for, noted_id
):
    ben, page = client_for(cast.ben), f"/posts/{noted_id}/edit"
    form = ben.get(page).text
    assert "Here is mine.</textarea>" in form.replace("\r\n", "")
    assert 'value="Injections into my neck"' in form
    change = {**NOTE, "tried_how_long": "Three years", "version": "1"}
    assert send(ben, page, words="Here is mine.", **change).status_code == 302
    assert "Three years" in text_of(make, noted_id)
    before = make.done(lambda: db.session.scalars(select(PostVersion.html)).one())
    assert "Two years" in before
    emptied = {**dict.fromkeys(NOTE, ""), "version": "2"}
    send(ben, page, words="Here is mine.", **emptied)
    assert text_of(make, noted_id) == "Here is mine."


def test_it_is_taken_back_and_put_back_with_the_words(cast, make, client_for, thread_id, noted_id):
    ben, said = client_for(cast.ben), text_of(make, noted_id)
    send(ben, f"/posts/{noted_id}/take-back")
    assert text_of(make, noted_id) == ""
    assert "look left" not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert make.done(lambda: db.session.scalars(select(TakenBack.text)).one()) == said
    assert ONE_PERSON in ben.get(f"/posts/{noted_id}/taken-back").text
    send(ben, "/comfort", f"/posts/{noted_id}/put-back")
    assert text_of(make, noted_id) == said
    assert "look left" in client_for(cast.ana).get(f"/threads/{thread_id}").text


def test_it_is_kept_with_the_draft_also_while_it_is_unfinished(cast, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    assert send(ben, page, f"{page}/draft", words="", tried_hard="A sore week").status_code == 302
    form = client_for(cast.ben).get(page).text
    assert "A sore week</textarea>" in form.replace("\r\n", "")
    assert "A sore week" not in client_for(cast.ana).get(page).text


def test_its_words_are_read_first_like_all_others(cast, make, client_for, reply, thread_id):
    advert = {"tried_what": "A cure", "tried_hard": "Buy now with 50 % off"}
    reply(cast.ben, words="Hello.", **advert)
    state = make.done(
        lambda: db.session.scalars(select(Post.state).order_by(Post.id.desc()).limit(1)).one()
    )
    assert state is PostState.HELD
    assert "A cure" not in client_for(cast.ana).get(f"/threads/{thread_id}").text


def test_of_a_dose_in_it_only_the_writer_is_reminded(cast, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    kept = {"words": "", "tried_what": "10 mg of something", "tried_how_long": "A week"}
    answer = ben.post(f"{page}/draft", data={**again_typed(ben.get(page)), **kept}, headers=JSON)
    assert answer.json["noticed"] == ["medicine"]


def test_what_reads_like_advice_in_it_is_asked_about(cast, reply):
    asked = reply(cast.ben, words="", **{**NOTE, "tried_hard": "You should try it too."})
    assert "One question before it goes" in asked.text
    again = again_typed(asked)
    assert again["tried_what"] == NOTE["tried_what"]
    assert again["tried_advised"] == NOTE["tried_advised"]


def test_it_is_found_by_its_words(cast, client_for, noted_id):
    ana = client_for(cast.ana)
    found = ana.get(send(ana, "/search", words="injections left").location)
    assert "look left" in plain(found)


def test_it_is_locked_with_a_report_and_a_moderator_reads_it(cast, make, client_for, noted_id):
    item_id = make.report(noted_id, cast.ana)
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert "I can look left again." in page
    assert ONE_PERSON in page


def test_a_moderator_can_mark_a_passage_of_it(cast, make, thread_id):
    make.holds(cast.group_id, HoldPolicy.ALL)
    post_id = make.reply(thread_id, cast.ben, joined("Hello.", TRIED))
    assert may_mark(text_of(make, post_id), ["I can look left again."])


@pytest.mark.holds("promise:10")
def test_the_page_asks_the_database_no_more_for_it(cast, make, client_for, cost, thread_id):
    ben, page = client_for(cast.ana), f"/threads/{thread_id}"

    def asked() -> int:
        before = int(cost)
        ben.get(page)
        return int(cost) - before

    make.reply(thread_id, cast.ben)
    ben.get(page)
    without = asked()
    for _ in range(3):
        make.reply(thread_id, cast.ben, joined("Mine.", TRIED))
    ben.get(page)
    assert asked() == without


def test_taking_it_all_back_leaves_nothing(cast, make, noted_id):
    make.done(lambda: taken_back_actions.take_back(cast.ben, noted_id, now=make.clock.now()))
    assert make.done(lambda: db.session.get_one(Post, noted_id).html) == ""
