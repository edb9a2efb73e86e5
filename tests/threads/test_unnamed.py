"""Writing without one’s name: the made-up name, the box, and what keeping apart doesn’t change."""

import re
from itertools import product
from uuid import uuid4

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.core.db import db
from community.core.verdict import Refused
from community.threads import actions, queries
from community.threads.anonymous.models import Pseudonym
from community.threads.anonymous.rules import (
    FIRST,
    NUMBERS,
    SECOND,
    TOO_FEW_HERE,
    TWO_WORDS,
    made_up,
)
from community.threads.models import Post, Thread
from tests.pages import plain, send

WORDS = "I haven’t told anybody at work."
TICKED = re.compile(r'<input checked[^>]*name="unnamed"|<input[^>]*name="unnamed"[^>]* checked')
BOTH_WAYS = pytest.mark.parametrize(("keeps", "other"), [("ben", "ana"), ("ana", "ben")])


@pytest.fixture
def thread_id(make, cast):
    return make.thread(cast.group_id, cast.hana, title="At work")


def name_of(make, post_id) -> str:
    return make.done(
        lambda: db.session.scalars(select(Post.pseudonym).where(Post.id == post_id)).one()
    )


def is_ticked(page) -> bool:
    return TICKED.search(page.text) is not None


# The name


def test_a_name_is_two_words_and_gets_a_number_when_they_are_taken():
    def first(several):
        return several[0]

    assert made_up(first, 0) == f"{FIRST[0]} {SECOND[0]}"
    assert made_up(first, TWO_WORDS) == f"{FIRST[0]} {SECOND[0]} {NUMBERS[0]}"
    assert len(set(FIRST)) * len(set(SECOND)) == len(FIRST) * len(SECOND) > 4000


@pytest.mark.holds("moderation:22")
def test_it_is_the_same_in_a_thread_and_another_in_the_next(make, cast, thread_id):
    here = [make.reply(thread_id, cast.ana, WORDS, unnamed=True) for _ in range(3)]
    other = make.thread(cast.group_id, cast.ana, unnamed=True)
    there = [make.opening(other), make.reply(other, cast.ana, unnamed=True)]
    ben = make.reply(thread_id, cast.ben, unnamed=True)
    names = [{name_of(make, each) for each in posts} for posts in (here, there, [ben])]
    assert [len(each) for each in names] == [1, 1, 1]
    assert len(set.union(*names)) == 3


@pytest.mark.holds("moderation:22")
def test_a_name_that_was_given_out_is_never_given_again(make, cast, thread_id):
    def take_all():
        names = [{"name": f"{one} {two}"} for one, two in product(FIRST, SECOND)]
        db.session.execute(insert(Pseudonym), names)

    make.done(take_all)
    name = name_of(make, make.reply(thread_id, cast.ana, unnamed=True))
    assert re.fullmatch(r"\w+ \w+ \d+", name)


@pytest.mark.holds("moderation:22")
def test_the_database_itself_refuses_a_name_twice(make, cast, thread_id):
    post_id = make.reply(thread_id, cast.ana, unnamed=True)
    name = name_of(make, post_id)
    elsewhere = make.thread(cast.group_id, cast.ben)
    wrong = [
        insert(Pseudonym).values(name=name, thread_id=elsewhere, account_id=cast.ben.id),
        insert(Pseudonym).values(name="Plain Hat", thread_id=thread_id, account_id=cast.ana.id),
        update(Post).where(Post.thread_id == elsewhere).values(pseudonym=name),
        update(Post).where(Post.id == post_id).values(pseudonym="Nobody’s Hat"),
        delete(Pseudonym).where(Pseudonym.name == name),
    ]
    for statement in wrong:
        with pytest.raises(IntegrityError):
            make.done(lambda statement=statement: db.session.execute(statement))


@pytest.mark.holds("moderation:22")
def test_it_stays_taken_when_its_thread_is_gone(make, cast):
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    name = name_of(make, make.opening(thread_id))
    make.done(lambda: db.session.execute(delete(Thread).where(Thread.id == thread_id)))
    left = select(Pseudonym.thread_id).where(Pseudonym.name == name)
    assert make.done(lambda: db.session.scalars(left).all()) == [None]


@pytest.mark.holds("moderation:22")
def test_whoever_leaves_leaves_the_made_up_name_and_nothing_says_that_they_left(
    make, cast, client_for
):
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    page = f"/threads/{thread_id}"
    before = re.sub(r'value="[^"]{40,}"', "", client_for(cast.ben).get(page).text)
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ana.id)))
    after = re.sub(r'value="[^"]{40,}"', "", client_for(cast.ben).get(page).text)
    assert name_of(make, make.opening(thread_id)) in after
    assert "has left" not in after
    assert re.sub(ids(), "", before) == re.sub(ids(), "", after)


def ids() -> str:
    """What differs each time a page is drawn."""
    return r'value="[0-9a-f-]{36}"'


# The box


def test_a_thread_and_a_reply_are_written_without_a_name(make, cast, client_for, thread_id):
    ana = client_for(cast.ana)
    new = {
        "group": str(cast.group_id),
        "topic": "cervical",
        "title": "Nobody knows",
        "wish": "me_too",
        "words": WORDS,
    }
    started = send(ana, "/threads/new", unnamed="y", **new)
    answered = send(
        ana, f"/threads/{thread_id}", f"/threads/{thread_id}/replies", words=WORDS, unnamed="y"
    )
    for answer in (started, answered):
        read = client_for(cast.ben).get(answer.location)
        assert WORDS in read.text
        assert "Ana" not in read.text
        assert "(not their own name)." in plain(read)
        assert "(you, without your name)." in plain(ana.get(answer.location))
    assert "Ana" not in client_for(cast.ben).get("/home").text


def test_the_box_says_what_it_means_and_who_can_find_out(cast, client_for, thread_id):
    for page in ("/threads/new", f"/threads/{thread_id}"):
        shown = client_for(cast.ana).get(page)
        assert "Only the site’s moderators and its safety lead can look up who it was" in plain(
            shown
        )
        assert not is_ticked(shown)


def test_it_is_kept_when_the_form_comes_back_and_in_a_draft(cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    for form, to in (("/threads/new", None), (page, f"{page}/replies")):
        assert is_ticked(send(ana, form, to, words="", unnamed="y"))
        assert not is_ticked(send(ana, form, to, words=""))
    for form, keep in (("/threads/new", "/threads/new/draft"), (page, f"{page}/draft")):
        assert send(ana, form, keep, words=WORDS, unnamed="y").status_code == 302
        assert is_ticked(ana.get(form))
    assert "Without your name." in ana.get("/drafts").text


def test_whoever_writes_there_without_a_name_goes_on_so_if_they_say_nothing_else(
    make, cast, client_for, thread_id
):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    name = name_of(make, make.reply(thread_id, cast.ana, unnamed=True))
    shown = ana.get(page)
    assert is_ticked(shown)
    assert f"Without your name you’re “{name}” in this thread." in plain(shown)
    make.reply(thread_id, cast.ana)
    shown = ana.get(page)
    assert not is_ticked(shown)
    assert "readers may recognise you without it" in plain(shown)


def test_a_second_press_makes_no_second_name_and_no_second_post(make, cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    typed = {"words": WORDS, "unnamed": "y", "event_id": str(uuid4())}
    places = {send(ana, page, f"{page}/replies", **typed).location for _ in range(2)}
    assert len(places) == 1
    assert client_for(cast.ben).get(page).text.count(WORDS) == 1


def test_what_is_changed_or_taken_back_keeps_the_made_up_name(make, cast, client_for, thread_id):
    post_id = make.reply(thread_id, cast.ana, WORDS, unnamed=True)
    name, ana, ben = name_of(make, post_id), client_for(cast.ana), client_for(cast.ben)
    send(ana, f"/posts/{post_id}/edit", words="Nobody knows.", version="1")
    assert "Ana" not in ben.get(f"/threads/{thread_id}").text
    mori = client_for(cast.mori).get(f"/posts/{post_id}/versions")
    assert WORDS in mori.text
    assert "Ana" not in mori.text
    asked = plain(ana.get(f"/posts/{post_id}/take-back"))
    assert f"“{name} took this back.”" in asked
    send(ana, f"/posts/{post_id}/take-back")
    assert f"{name} took this back." in plain(ben.get(f"/threads/{thread_id}"))


def test_in_a_circle_s_own_thread_there_is_no_box_and_no_way(make, cast, client_for, clock):
    thread_id = make.thread(cast.group_id, cast.hana)
    call_id = make.call(cast.group_id, cast.hana)
    make.done(lambda: of_circle(thread_id, call_id, cast.ana, clock))
    assert 'name="unnamed"' not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    with pytest.raises(Refused) as refused:
        make.reply(thread_id, cast.ana, unnamed=True)
    assert refused.value.reason is TOO_FEW_HERE


def of_circle(thread_id, call_id, reader, clock) -> None:
    thread = db.session.get_one(Thread, thread_id)
    thread.circle_id, thread.erase_at = call_id, clock.now()
    db.session.add(actions.ThreadReader(thread_id=thread_id, account_id=reader.id))


# Keeping apart


@pytest.mark.holds("moderation:21", "moderation:22")
@BOTH_WAYS
def test_keeping_apart_changes_nothing_about_how_it_looks(make, cast, client_for, keeps, other):
    signed = make.thread(cast.group_id, cast.hana, title="Signed by somebody else")
    unnamed = make.thread(cast.group_id, cast.ana, title="The ferry", tags=["neck"], unnamed=True)
    for number in range(3):
        for thread_id in (signed, unnamed):
            make.reply(thread_id, cast.ana, f"Words {number}.", unnamed=True)
            make.reply(thread_id, cast.mori, "Thank you.")
    post_id = make.reply(unnamed, cast.ana, "The last word.", unnamed=True)
    send(client_for(cast.ben), f"/threads/{signed}", f"/threads/{signed}/place", number="4")
    pages = [
        "/home",
        "/drafts",
        "/topics/cervical",
        f"/groups/{cast.group_id}",
        f"/threads/{signed}",
        f"/threads/{unnamed}",
        f"/threads/{unnamed}?after=4",
        f"/posts/{post_id}/report",
    ]
    ben = client_for(cast.ben)
    _, before = ([drawn(ben, page) for page in pages] for _ in range(2))  # his place is kept
    make.kept_apart(getattr(cast, keeps), getattr(cast, other))
    assert [drawn(ben, page) for page in pages] == before
    found = make.done(lambda: queries.thread(make.actor(cast.ben), unnamed))
    assert (found.title, found.is_apart, found.replies, found.author_id) == (
        "The ferry",
        False,
        7,
        None,
    )


def drawn(browser, page) -> str:
    """A page without what differs each time it is drawn."""
    return re.sub(r'(value|data-\w+)="[\w.-]{30,}"', "", browser.get(page).text)


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_nobody_can_be_kept_apart_from_by_what_they_wrote_without_a_name(
    make, cast, client_for, thread_id, keeps, other
):
    post_id = make.reply(thread_id, cast.ana, unnamed=True)
    asked = client_for(cast.ben).get(f"/posts/{post_id}/report").text
    assert "Keep apart from" not in asked
    assert "/apart/" not in asked.partition("<main")[2]


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_the_bell_says_nothing_about_who_wrote(make, cast, keeps, other):
    make.kept_apart(getattr(cast, keeps), getattr(cast, other))
    of_ana = make.thread(cast.group_id, cast.ana, unnamed=True)
    make.reply(of_ana, cast.ben, "Signed, and not there for Ana.")
    assert make.actor(cast.ana).news == 0
    of_ben = make.thread(cast.group_id, cast.ben)
    make.reply(of_ben, cast.ana, "There for Ben, as for everybody.", unnamed=True)
    assert make.actor(cast.ben).news == 1


def test_one_s_own_words_ring_no_bell_under_either_name(make, cast):
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    make.reply(thread_id, cast.ana)
    make.reply(make.thread(cast.group_id, cast.ana), cast.ana, unnamed=True)
    assert make.actor(cast.ana).news == 0


def test_the_row_of_a_post_has_no_author_for_anybody_else(make, cast, thread_id):
    post_id = make.reply(thread_id, cast.ana, unnamed=True)
    for person, author_id in ((cast.ana, cast.ana.id), (cast.ben, None), (cast.mori, None)):
        found = make.done(lambda person=person: queries.post(person, post_id))
        assert found.author_id == author_id
    assert make.done(lambda: queries.reviewed(post_id)).author_id is None
