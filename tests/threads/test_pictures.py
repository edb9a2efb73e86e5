"""Pictures in posts: taken once, sent with the words, and shown to whoever may read those."""

import re
from datetime import timedelta
from functools import partial
from io import BytesIO
from uuid import UUID

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from community.accounts.models import Account
from community.core.db import db
from community.groups.rules import HoldPolicy
from community.moderation.rules.case import Outcome
from community.safety.blocks import actions as blocks
from community.safety.words import queries as words_queries
from community.safety.words.rules import Kind
from community.threads import actions as threads_actions
from community.threads.gathering import parting
from community.threads.jobs import erase_pictures, erase_taken_back
from community.threads.models import Post, PostVersion
from community.threads.pictures import actions, queries
from community.threads.pictures.models import Picture, PictureFile
from community.threads.pictures.redrawing import redraw
from community.threads.pictures.rules import (
    A_DAY,
    COMES_BACK_FOR,
    KEPT_FOR,
    REQUEST_MOST,
    TOO_HEAVY,
    Size,
)
from community.threads.rules.drafts import NEW_THREAD, Place
from community.threads.taken_back import actions as taken_back
from tests.pages import plain, send, token
from tests.threads.drawn import PLACE, picture, with_everything

WORDS = "A grey cat asleep on a blue chair."
DRAWN = redraw(picture(size=(900, 600)))


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def took(make):
    """Somebody has added a picture where they are writing; its id."""

    def taken(who, place=NEW_THREAD, words=WORDS, drawn=DRAWN):
        now = make.clock.now()
        return make.done(lambda: actions.take(make.actor(who), place, drawn, words, now=now))

    return taken


@pytest.fixture
def replied(make, took, thread_id):
    """A reply with a picture: its id, and the picture’s."""

    def reply(who, words="This is my cat.", **how):
        picture_id = took(who, Place(thread_id))
        what = (make.actor(who), thread_id, words)
        now = make.clock.now()
        sent = make.done(
            lambda: threads_actions.reply(*what, pictures=[picture_id], now=now, **how)
        )
        return sent.post_id, picture_id

    return reply


def sent_file(browser, to, sent=None, words=WORDS, **more):
    """What a browser sends with the form of a picture."""
    typed = {"csrf_token": token(browser, "/comfort"), "words": words, **more}
    if sent is not None:
        typed["picture"] = FileStorage(BytesIO(sent), "cat.jpg")
    return posted(browser, to, typed)


def posted(browser, to, typed):
    boundary, body = encode_multipart(typed)
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(to, data=body, content_type=kind)


def on_page(page):
    """The pictures that stand beside what is being written."""
    return re.findall(r'name="pictures" value="([^"]+)"', page.text)


def rows(make):
    return make.done(lambda: db.session.scalar(select(func.count()).select_from(Picture)))


@pytest.mark.holds("seed:23")
def test_a_press_beside_the_words_keeps_them_and_leads_to_a_picture_and_back(
    cast, client_for, thread_id, make
):
    ana, place = client_for(cast.ana), f"/threads/{thread_id}"
    to = send(ana, place, f"{place}/draft", words="This is my cat.", then="picture").location
    assert to == f"/pictures/new/thread/{thread_id}"
    answer = sent_file(ana, to, with_everything())
    assert answer.location == f"{place}#reply"
    page = ana.get(place)
    assert "This is my cat." in page.text
    assert WORDS in page.text
    assert len(on_page(page)) == 1
    assert PLACE not in page.text
    send(ana, place, f"{place}/replies", words="This is my cat.", pictures=on_page(page))
    again = ana.get(place)
    assert on_page(again) == []
    assert f'alt="{WORDS}"' in again.text
    assert f"A picture: {WORDS}" in plain(again)
    assert f'alt="{WORDS}"' in client_for(cast.ben).get(place).text


@pytest.mark.holds("F:F82")
def test_a_second_press_of_the_same_picture_keeps_one(cast, client_for, make, thread_id, took):
    for _ in range(2):
        took(cast.ana, Place(thread_id))
    ana, to = client_for(cast.ana), f"/pictures/new/thread/{thread_id}"
    (event_id,) = re.findall(r'name="event_id" type="hidden" value="([^"]+)"', ana.get(to).text)
    pressed = partial(sent_file, ana, to, words=WORDS, event_id=event_id)
    first, second = pressed(picture()), pressed(picture())  # there is room for one more only
    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert rows(make) == 3
    assert pressed(picture(size=(30, 20))).status_code == 409  # another one
    *_, picture_id = on_page(ana.get(f"/threads/{thread_id}"))
    make.done(lambda: actions.take_out(cast.ana, UUID(picture_id), now=make.clock.now()))
    assert pressed(picture()).status_code == 302
    assert rows(make) == 4


def test_a_thread_begins_with_pictures(cast, client_for, make, took):
    ana = client_for(cast.ana)
    assert send(ana, "/threads/new", "/threads/new/draft", then="picture").location == (
        "/pictures/new"
    )
    for _ in range(3):
        assert sent_file(ana, "/pictures/new", picture()).location == "/threads/new"
    page = ana.get("/threads/new")
    assert "That’s three." in page.text
    assert ana.get("/pictures/new").status_code == 409
    typed = {
        "group": cast.group_id,
        "topic": "calm-corner",
        "title": "My cats",
        "wish": "me_too",
        "words": "All three.",
        "pictures": on_page(page),
    }
    place = send(ana, "/threads/new", **typed).location
    assert client_for(cast.ben).get(place).text.count(f'alt="{WORDS}"') == 3
    assert on_page(ana.get("/threads/new")) == []


@pytest.mark.holds("seed:23")
def test_one_that_is_not_described_is_kept_and_not_sent(cast, client_for, make, thread_id):
    ana, to = client_for(cast.ana), f"/pictures/new/thread/{thread_id}"
    answer = sent_file(ana, to, picture(), words="My cat")
    assert answer.status_code == 422
    assert "My cat</textarea>" in answer.text
    assert "Say a little more" in answer.text
    page = ana.get(f"/threads/{thread_id}")
    assert "It isn’t sent before you’ve said what it shows." in page.text
    assert on_page(page) == []
    (picture_id,) = re.findall(r'name="then" value="([0-9a-f-]{36})"', page.text)
    send(
        ana,
        f"/threads/{thread_id}",
        f"/threads/{thread_id}/replies",
        words="Look at my cat.",
        pictures=picture_id,
    )
    assert "It isn’t sent before" in ana.get(f"/threads/{thread_id}").text
    own = f"/pictures/{picture_id}/own"
    press = {"words": "More words", "then": picture_id}
    assert send(ana, f"/threads/{thread_id}", f"/threads/{thread_id}/draft", **press).location == (
        own
    )
    assert send(ana, own, words="A cat").status_code == 422
    assert send(ana, own, words=WORDS).location == f"/threads/{thread_id}#reply"
    assert on_page(ana.get(f"/threads/{thread_id}")) == [picture_id]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        (None, "Choose a picture."),
        (b"", "open this as a picture"),
        (b"<html><script>alert(1)</script>", "open this as a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "open this as a picture"),
        (picture() + bytes(9 * 1024 * 1024), TOO_HEAVY.text),
    ],
)
@pytest.mark.holds("asvs:33")
def test_what_cannot_be_taken_gives_back_what_was_typed(
    cast, client_for, make, thread_id, sent, says
):
    answer = sent_file(client_for(cast.ana), f"/pictures/new/thread/{thread_id}", sent)
    assert answer.status_code == 422
    assert says in answer.text
    assert WORDS in answer.text
    assert rows(make) == 0


@pytest.mark.holds("asvs:33")
def test_only_members_may_send_so_much_and_only_there(cast, client_for, thread_id):
    much = {"words": WORDS, "picture": FileStorage(BytesIO(bytes(300 * 1024)), "a.jpg")}
    to = f"/pictures/new/thread/{thread_id}"
    assert posted(client_for(None), to, much).status_code == 413
    ana = client_for(cast.ana)
    more = {"words": WORDS, "picture": FileStorage(BytesIO(bytes(REQUEST_MOST)), "a.jpg")}
    answer = posted(ana, to, more)
    assert answer.status_code == 413
    assert "more than we can take at once" in answer.text
    other = {"words": "a" * 300 * 1024}
    assert ana.post(f"/threads/{thread_id}/replies", data=other).status_code == 413


def test_there_is_an_end_to_one_day_and_to_one_persons_room(
    cast, client_for, make, took, thread_id
):
    at = make.clock.now()

    def have(**values):
        what = {"words": WORDS, "width": 1, "height": 1, "weight": 1, "added_at": at}
        what |= {"account_id": cast.ana.id, "erase_at": at, **values}
        make.done(lambda: db.session.add(Picture(**what)))

    ana, to = client_for(cast.ana), f"/pictures/new/thread/{thread_id}"
    for _ in range(A_DAY):
        have()
    refused = ana.get(to)
    assert refused.status_code == 409
    assert "in a day" in refused.text
    make.clock.pass_by(days=1, minutes=1)
    have(weight=201 * 1024 * 1024)
    assert client_for(cast.ana).get(to).status_code == 409


def test_the_thread_of_a_circle_has_none(cast, make, client_for, thread_id):
    def of_circle():
        db.session.get_one(threads_actions.Thread, thread_id).erase_at = (
            make.clock.now() + timedelta(days=7)
        )

    make.done(of_circle)
    ana = client_for(cast.ana)
    assert ana.get(f"/pictures/new/thread/{thread_id}").status_code == 409
    assert "Add a picture" not in ana.get(f"/threads/{thread_id}").text


# ---- who sees one ----


def paths(picture_id):
    return [f"/pictures/{picture_id}{part}" for part in ("", "/small", "/large")]


def sees(client_for, who, picture_id):
    codes = {client_for(who).get(path).status_code for path in paths(picture_id)}
    assert len(codes) == 1
    return codes == {200}


@pytest.mark.holds("asvs:2", "asvs:33", "moderation:23")
def test_whoever_may_read_the_words_sees_it_and_nobody_else(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    for who in (cast.ana, cast.ben, cast.hana, cast.mori):
        assert sees(client_for, who, picture_id)
    assert not sees(client_for, cast.stranger, picture_id)
    assert client_for(None).get(f"/pictures/{picture_id}").status_code == 302
    make.done(lambda: blocks.keep_apart(cast.ben, cast.ana.id, now=make.clock.now()))
    assert not sees(client_for, cast.ben, picture_id)
    make.done(lambda: threads_actions.hide(post_id, until=None))
    assert sees(client_for, cast.ana, picture_id)
    assert not sees(client_for, cast.hana, picture_id)
    make.done(lambda: threads_actions.remove(post_id))
    assert not sees(client_for, cast.hana, picture_id)


def test_one_that_waits_is_its_senders_alone(cast, client_for, took, thread_id):
    picture_id = took(cast.ana, Place(thread_id))
    for who in (cast.ben, cast.mori, cast.pat, cast.stranger):
        assert not sees(client_for, who, picture_id)
        assert client_for(who).get(f"/pictures/{picture_id}/own").status_code == 404
    assert sees(client_for, cast.ana, picture_id)


@pytest.mark.holds("moderation:23")
def test_one_that_is_held_waits_with_its_words(cast, make, client_for, replied, thread_id):
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    _, picture_id = replied(cast.ana)
    assert sees(client_for, cast.ana, picture_id)
    assert not sees(client_for, cast.ben, picture_id)
    assert f"/pictures/{picture_id}" in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert str(picture_id) not in client_for(cast.ben).get(f"/threads/{thread_id}").text


@pytest.mark.holds("moderation:22")
def test_without_a_name_it_says_nothing_of_who_sent_it(cast, make, client_for, replied, thread_id):
    _, picture_id = replied(cast.ana, unnamed=True)
    ben = client_for(cast.ben)
    for path in (f"/threads/{thread_id}", f"/pictures/{picture_id}"):
        page = ben.get(path).text
        assert str(picture_id) in page
    shown = ben.get(f"/pictures/{picture_id}").text
    assert str(cast.ana.id) not in shown
    assert "Ana" not in shown
    assert ben.get(f"/pictures/{picture_id}/own").status_code == 404


@pytest.mark.holds("asvs:33")
def test_a_file_runs_nothing_and_asks_again_each_time(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    ben, path = client_for(cast.ben), f"/pictures/{picture_id}/small"
    answer = ben.get(path)
    assert answer.data == DRAWN.small
    assert answer.mimetype == "image/webp"
    headers = answer.headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "private, no-cache"
    assert ben.get(f"/pictures/{picture_id}/large").data == DRAWN.large
    seen = {"If-None-Match": headers["ETag"]}
    again = ben.get(path, headers=seen)
    assert again.status_code == 304
    assert again.data == b""
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=make.clock.now()))
    assert ben.get(path, headers=seen).status_code == 404


# ---- what becomes of it ----


def test_it_is_taken_back_put_back_and_erased_with_its_words(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    now = make.clock.now()
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    assert sees(client_for, cast.ana, picture_id)
    assert not sees(client_for, cast.ben, picture_id)
    own = client_for(cast.ana).get(f"/posts/{post_id}/taken-back").text
    assert str(picture_id) in own
    make.done(lambda: taken_back.put_back(make.actor(cast.ana), post_id, now=now))
    assert sees(client_for, cast.ben, picture_id)
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    make.done(lambda: taken_back.erase(make.actor(cast.ana), post_id, now=now))
    assert not sees(client_for, cast.ana, picture_id)


def test_thirty_days_after_it_was_taken_back_it_is_gone(cast, make, replied, app):
    post_id, _ = replied(cast.ana)
    now = make.clock.now()
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    later = now + timedelta(days=31)
    with app.app_context():
        erase_taken_back(later)
        erase_pictures(later)
    assert rows(make) == 0


def test_nobody_erases_what_was_not_taken_back(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    make.done(lambda: taken_back.erase(make.actor(cast.ana), post_id, now=make.clock.now()))
    assert sees(client_for, cast.ben, picture_id)


def test_changing_ones_words_adds_one_and_what_it_said_before_says_so(
    cast, make, client_for, replied, thread_id
):
    post_id, first = replied(cast.ana)
    ana, edit = client_for(cast.ana), f"/posts/{post_id}/edit"
    typed = {"words": "This is my cat.", "version": 1}
    to = send(ana, edit, f"/posts/{post_id}/draft", **typed, then="picture").location
    assert to == f"/pictures/new/post/{post_id}"
    assert sent_file(ana, to, picture(), words="The same cat, awake.").location == edit
    page = ana.get(edit)
    (added,) = on_page(page)
    assert not sees(client_for, cast.ben, added)
    assert send(ana, edit, **typed, pictures=added).status_code == 302
    assert sees(client_for, cast.ben, added)
    assert sees(client_for, cast.ben, first)
    before = plain(ana.get(f"/posts/{post_id}/versions"))
    assert f"A picture: {WORDS}" in before
    assert "awake" not in before
    assert ", changed" in plain(client_for(cast.ben).get(f"/threads/{thread_id}"))
    assert send(ana, edit, **typed, pictures=added).status_code == 302  # pressed twice
    count = select(func.count()).select_from(PostVersion)
    assert make.done(lambda: db.session.scalar(count)) == 1


def test_one_in_a_post_is_described_anew_and_taken_out(cast, make, client_for, replied, app):
    post_id, picture_id = replied(cast.ana)
    ana, own = client_for(cast.ana), f"/pictures/{picture_id}/own"
    assert send(ana, own, words="A grey cat that snores on a chair.").location == (
        f"/posts/{post_id}"
    )
    assert "snores" in client_for(cast.ben).get(f"/pictures/{picture_id}").text
    assert WORDS in ana.get(f"/posts/{post_id}/versions").text
    gone = send(ana, own, f"/pictures/{picture_id}/take-out")
    assert gone.location == f"/posts/{post_id}"
    assert not sees(client_for, cast.ben, picture_id)
    assert "snores" in ana.get(f"/posts/{post_id}/versions").text
    with app.app_context():
        erase_pictures(make.clock.now() + COMES_BACK_FOR)
    files = select(func.count()).select_from(PictureFile)
    assert make.done(lambda: db.session.scalar(files)) == 0


def test_what_a_list_of_words_holds_it_holds_in_a_description_too(
    cast, make, client_for, took, thread_id
):
    advert = "A miracle cure for every cat, and for every dog."
    held = make.done(lambda: words_queries.lists()[Kind.SPAM])
    assert held is not None
    picture_id = took(cast.ana, Place(thread_id), words=advert)
    what = (make.actor(cast.ana), thread_id, "Plain words.")
    now = make.clock.now()
    sent = make.done(lambda: threads_actions.reply(*what, pictures=[picture_id], now=now))
    state = make.done(lambda: db.session.get_one(Post, sent.post_id).state)
    assert (state == "held") is held.is_in(advert)


def test_nobody_sends_what_waits_elsewhere_or_is_another_persons(
    cast, make, client_for, took, thread_id
):
    bens, elsewhere = took(cast.ben, Place(thread_id)), took(cast.ana)
    what = (make.actor(cast.ana), thread_id, "Mine?")
    now = make.clock.now()
    sent = make.done(lambda: threads_actions.reply(*what, pictures=[bens, elsewhere], now=now))
    assert make.done(lambda: queries.of_posts([sent.post_id]).of(sent.post_id)) == ()
    assert sees(client_for, cast.ben, bens)


def test_what_nobody_sends_goes_with_its_draft(cast, make, app, took, thread_id):
    place = Place(thread_id)
    took(cast.ana, place)
    ana, at = make.actor(cast.ana), make.clock.now()
    typed, press = threads_actions.Typed("I begin"), threads_actions.ONCE
    later = at + KEPT_FOR - timedelta(days=1)
    make.done(lambda: threads_actions.keep_draft(ana, place, typed, press=press, now=later))
    with app.app_context():
        erase_pictures(at + KEPT_FOR)
    assert rows(make) == 1
    make.done(lambda: threads_actions.forget_old_drafts(now=later + KEPT_FOR * 2))
    with app.app_context():
        erase_pictures(later + KEPT_FOR * 2)
    assert rows(make) == 0


def test_taking_out_one_that_waits_leaves_the_words(cast, client_for, took, thread_id):
    picture_id = took(cast.ana, Place(thread_id))
    ana = client_for(cast.ana)
    own = f"/pictures/{picture_id}/own"
    back = send(ana, own, f"/pictures/{picture_id}/take-out").location
    assert back == f"/threads/{thread_id}#reply"
    assert on_page(ana.get(f"/threads/{thread_id}")) == []


# ---- taken out, for thirty days ----


@pytest.fixture
def out(make):
    """Somebody takes a picture of theirs out."""

    def take(who, picture_id):
        now = make.clock.now()
        make.done(lambda: actions.take_out(make.actor(who), picture_id, now=now))

    return take


@pytest.mark.holds("F:F84")
def test_one_that_was_in_a_post_is_put_back_and_that_is_a_change_like_any(
    cast, client_for, replied, out, make
):
    post_id, picture_id = replied(cast.ana)
    for _ in range(2):
        out(cast.ana, picture_id)
    assert sees(client_for, cast.ana, picture_id)
    assert not sees(client_for, cast.ben, picture_id)
    assert not sees(client_for, cast.mori, picture_id)
    ana, own = client_for(cast.ana), f"/pictures/{picture_id}/own"
    drafts = ana.get("/drafts")
    assert own in drafts.text
    assert "You can put it back until" in plain(drafts)
    assert send(ana, own, f"/pictures/{picture_id}/put-back").location == f"/posts/{post_id}"
    assert sees(client_for, cast.ben, picture_id)
    assert own not in ana.get("/drafts").text
    count = select(func.count()).select_from(PostVersion)
    assert make.done(lambda: db.session.scalar(count)) == 2
    again = send(ana, "/comfort", f"/pictures/{picture_id}/put-back")
    assert again.location == f"/posts/{post_id}"


@pytest.mark.holds("F:F84")
def test_one_beside_a_draft_is_put_back_there_and_goes_with_the_words(
    cast, client_for, took, out, thread_id
):
    picture_id = took(cast.ana, Place(thread_id))
    out(cast.ana, picture_id)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    back = send(ana, f"/pictures/{picture_id}/own", f"/pictures/{picture_id}/put-back")
    assert back.location == f"{page}#reply"
    assert on_page(ana.get(page)) == [str(picture_id)]
    send(ana, page, f"{page}/replies", words="Look.", pictures=str(picture_id))
    assert sees(client_for, cast.ben, picture_id)


def test_what_is_taken_out_is_not_sent(cast, make, client_for, took, out, thread_id):
    picture_id = took(cast.ana, Place(thread_id))
    out(cast.ana, picture_id)
    what, now = (make.actor(cast.ana), thread_id, "Plain words."), make.clock.now()
    make.done(lambda: threads_actions.reply(*what, pictures=[picture_id], now=now))
    assert not sees(client_for, cast.ben, picture_id)


def test_there_has_to_be_room_for_it(cast, client_for, took, out, thread_id):
    first, *_ = [took(cast.ana, Place(thread_id)) for _ in range(3)]
    out(cast.ana, first)
    took(cast.ana, Place(thread_id))
    ana, own = client_for(cast.ana), f"/pictures/{first}/own"
    answer = send(ana, own, f"/pictures/{first}/put-back")
    assert answer.status_code == 409
    assert "There are three pictures already." in answer.text
    assert "A picture you took out" in ana.get(own).text


def test_it_is_erased_by_a_press_or_after_thirty_days(
    cast, client_for, make, app, took, replied, out
):
    _, first = replied(cast.ana)
    kept = took(cast.ana)
    for each in (first, kept):
        out(cast.ana, each)
    ana = client_for(cast.ana)
    with app.app_context():
        erase_pictures(make.clock.now())
    assert rows(make) == 2
    erase = f"/pictures/{first}/erase"
    assert send(ana, f"/pictures/{first}/own", erase).location == "/drafts"
    assert send(ana, "/comfort", erase).location == "/drafts"  # the second press is the first again
    assert send(client_for(cast.ben), "/comfort", erase).status_code == 404
    assert ana.get(f"/pictures/{first}/own").status_code == 404
    make.clock.pass_by(days=31)
    assert client_for(cast.ana).get(f"/pictures/{kept}/own").status_code == 404
    with app.app_context():
        erase_pictures(make.clock.now())
    assert rows(make) == 0


def test_nobody_else_puts_back_or_erases_and_what_stands_is_not_erased(
    cast, client_for, replied, out
):
    _, picture_id = replied(cast.ana)
    answer = send(client_for(cast.ana), "/comfort", f"/pictures/{picture_id}/erase")
    assert answer.status_code == 404
    out(cast.ana, picture_id)
    for person in (cast.ben, cast.mori, cast.stranger):
        for press in ("put-back", "erase"):
            answer = send(client_for(person), "/comfort", f"/pictures/{picture_id}/{press}")
            assert answer.status_code == 404


def test_words_that_are_erased_take_what_was_taken_out_along(cast, client_for, make, replied, out):
    post_id, picture_id = replied(cast.ana)
    out(cast.ana, picture_id)
    now = make.clock.now()
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    press = f"/pictures/{picture_id}/put-back"
    assert send(client_for(cast.ana), "/comfort", press).status_code == 409
    make.done(lambda: taken_back.erase(make.actor(cast.ana), post_id, now=now))
    assert not sees(client_for, cast.ana, picture_id)


def test_it_moves_with_its_post_and_goes_with_its_sender(cast, make, client_for, replied):
    _, picture_id = replied(cast.ana)
    make.done(lambda: db.session.delete(db.session.get_one(Account, cast.ana.id)))
    assert not sees(client_for, cast.ben, picture_id)
    assert rows(make) == 0


# ---- how it is met ----


@pytest.mark.holds("F:F40", "seed:23")
def test_somebody_who_wants_words_first_gets_words_and_a_press(
    cast, make, client_for, replied, thread_id
):
    _, picture_id = replied(cast.ana)
    ben, place = client_for(cast.ben), f"/threads/{thread_id}"
    send(ben, "/comfort", "/comfort/circles/pictures", pictures="hidden")
    page = ben.get(place)
    assert "<img" not in page.text
    assert f"A picture: {WORDS}" in plain(page)
    assert "Show this picture" in page.text
    assert f"/pictures/{picture_id}/large" in ben.get(f"/pictures/{picture_id}").text
    send(ben, "/comfort", "/comfort/circles/pictures", pictures="40")
    page = ben.get(place)
    assert 'data-pictures="40"' in page.text
    assert "<img" in page.text
    send(ben, "/comfort", "/comfort/circles/pictures", pictures="100")
    send(ben, "/comfort", "/comfort/today", need="low-energy")
    assert "<img" not in ben.get(place).text
    send(ben, "/comfort", "/comfort/today", need="usual")
    assert "<img" in ben.get(place).text


def test_a_page_takes_its_room_before_a_picture_comes(cast, client_for, replied, thread_id):
    replied(cast.ana)
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    image = re.search(r"<img [^>]*>", page)[0]
    assert 'width="640" height="427"' in image
    assert 'loading="lazy"' in image
    assert "900w" in image


def test_on_paper_and_among_what_is_found_it_is_said_or_shown(cast, client_for, replied, thread_id):
    replied(cast.ana)
    ben = client_for(cast.ben)
    paper = ben.get(f"/threads/{thread_id}/print")
    assert f"A picture: {WORDS}" in plain(paper)
    assert "<img" not in paper.text
    found = ben.get(f"/threads/{thread_id}/find?writer={cast.ana.id}&day=")
    assert found.status_code == 200


def test_a_thread_costs_the_same_with_many_pictures_as_with_one(
    cast, make, client_for, replied, thread_id, cost
):
    ben = client_for(cast.ben)

    def statements():
        cost.statements.clear()
        assert ben.get(f"/threads/{thread_id}").status_code == 200
        return int(cost)

    replied(cast.ana)
    statements()
    few = statements()
    for number in range(5):
        replied(cast.ana, words=f"Cat number {number}")
    assert statements() == few
    assert not any("picture_file" in each for each in cost.statements)


def test_the_bytes_are_the_same_on_both_databases(make, cast, took):
    picture_id = took(cast.ana)
    assert make.done(lambda: queries.file(picture_id, Size.SMALL)) == DRAWN.small
    assert make.done(lambda: queries.file(picture_id, Size.LARGE)) == DRAWN.large


# ---- for whoever decides ----


def test_whoever_decides_about_a_post_sees_its_pictures_behind_a_press(
    cast, make, client_for, replied
):
    post_id, picture_id = replied(cast.ana)
    item_id = make.report(post_id, cast.ben)
    path = f"/moderation/{item_id}/pictures/{picture_id}"
    case = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert f"Show picture 1: {WORDS}" in case
    assert path in case
    make.done(lambda: threads_actions.hide(post_id, until=None))
    assert client_for(cast.mori).get(path).data == DRAWN.large
    assert client_for(cast.mori).get(f"/pictures/{picture_id}").status_code == 404
    for who in (cast.ana, cast.ben, cast.hana, cast.stranger):
        assert client_for(who).get(path).status_code == 404


def test_the_copy_of_what_was_reported_says_what_they_showed(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    item_id = make.report(post_id, cast.ben)
    now = make.clock.now()
    make.done(lambda: actions.take_out(make.actor(cast.ana), picture_id, now=now))
    case = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert f"[{WORDS}]" in case
    assert (
        client_for(cast.mori).get(f"/moderation/{item_id}/pictures/{picture_id}").status_code == 404
    )


def test_what_its_writer_took_back_is_in_no_case(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    item_id = make.report(post_id, cast.ben)
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=make.clock.now()))
    path = f"/moderation/{item_id}/pictures/{picture_id}"
    assert client_for(cast.mori).get(path).status_code == 404


def test_whoever_looks_again_sees_them_too(cast, make, client_for, replied):
    post_id, picture_id = replied(cast.ana)
    item_id = make.report(post_id, cast.ben)
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    ana = client_for(cast.ana)
    page = ana.get(f"/posts/{post_id}/statement").text
    ask = re.search(r'href="(/decisions/[^"]+)"', page)[1]
    send(ana, ask, words="It is only a cat.")
    queue = client_for(cast.marta).get("/moderation").text
    appeal = re.search(r'href="(/moderation/appeals/[^"]+)"', queue)[1]
    assert f"Show picture 1: {WORDS}" in client_for(cast.marta).get(appeal).text
    path = f"{appeal}/pictures/{picture_id}"
    assert client_for(cast.marta).get(path).data == DRAWN.large
    for who in (cast.ana, cast.ben, cast.mori, cast.stranger):
        assert client_for(who).get(path).status_code == 404


def test_what_moderators_put_together_takes_pictures_along(cast, make, took, replied, thread_id):
    post_id, _ = replied(cast.ana)
    other, waits = make.thread(cast.group_id, cast.hana), Place(thread_id)
    place = Place(other)
    reply_waits, change_waits = took(cast.ben, waits), took(cast.ana, Place(thread_id, post_id))
    mori, now = make.actor(cast.mori), make.clock.now()
    make.done(lambda: parting.merge(mori, thread_id, other, now=now))
    bens = make.done(lambda: queries.on_page(cast.ben, [post_id], place))
    assert [each.id for each in bens.waiting] == [reply_waits]
    assert len(bens.of(post_id)) == 1
    anas = make.done(lambda: queries.on_page(cast.ana, [], Place(other, post_id)))
    assert [each.id for each in anas.waiting] == [change_waits]
