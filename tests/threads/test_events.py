"""An open thread page: what it is told, and who may listen."""

import pytest

from community.core.sockets import socketio
from community.groups.rules import HoldPolicy
from community.moderation.rules.case import Outcome
from tests.pages import send


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def line_of(app, client_for):
    """An open line of somebody's browser."""

    def line(person):
        return socketio.test_client(app, flask_test_client=client_for(person))

    return line


def told(line):
    """What the page was told, apart from the bell, which is everywhere."""
    heard = [(one["name"], one["args"][0]) for one in line.get_received()]
    return [each for each in heard if each[0] != "bell"]


def watch(line, thread_id, last=1):
    asked = {"thread_id": str(thread_id), "last": last}
    return line.emit("watch-thread", asked, callback=True)


@pytest.mark.holds("promise:10", "asvs:4")
def test_members_watch_and_others_are_told_that_it_does_not_exist(cast, line_of, thread_id):
    assert watch(line_of(cast.ben), thread_id) == {"ok": True, "gone": [], "new": 0}
    assert watch(line_of(cast.stranger), thread_id)["reason"]["code"] == "not-found"


SOMEWHERE = "00000000-0000-7000-8000-000000000000"
NONSENSE = [
    None, "x", {}, {"thread_id": None}, {"thread_id": [1]}, {"thread_id": SOMEWHERE},
    {"thread_id": SOMEWHERE, "last": "x"}, {"thread_id": SOMEWHERE, "last": 1e300},
]  # fmt: skip


@pytest.mark.parametrize("payload", NONSENSE)
def test_nonsense_is_refused_calmly(cast, line_of, payload):
    answer = line_of(cast.ben).emit("watch-thread", payload, callback=True)
    assert answer["reason"]["code"] == "not-found"


@pytest.mark.holds("promise:8")
@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.HIDE, "A moderator has hidden this for now."),
        (Outcome.REMOVE, "A moderator has removed this."),
    ],
)
def test_what_a_moderator_takes_away_leaves_open_pages_at_once(
    cast, make, client_for, line_of, thread_id, outcome, words
):
    post_id = make.reply(thread_id, cast.ana)
    item_id = make.report(post_id, cast.ben)
    line = line_of(cast.ben)
    watch(line, thread_id)
    typed = {"outcome": outcome.value, "rule": "medicine", "why": "Because.", "version": "1"}
    send(client_for(cast.mori), f"/moderation/{item_id}", **typed)
    gone = {"post_id": str(post_id), "number": 2, "words": words}
    assert told(line) == [("post-gone", gone)]
    assert watch(line_of(cast.ben), thread_id)["gone"] == [gone]  # a page that missed it


@pytest.mark.parametrize("way", ["of themselves", "about a report"])
def test_notes_that_a_moderator_puts_are_told_to_open_pages_and_which_ones_are_not(
    cast, make, client_for, line_of, thread_id, way
):
    post_id, line, mori = make.reply(thread_id, cast.ana), line_of(cast.ben), client_for(cast.mori)
    watch(line, thread_id)
    typed = {"rule": "medicine", "why": "Needles come up."}
    if way == "of themselves":
        send(mori, f"/posts/{post_id}/notes", kinds=["surgery"], seen="", version="1", **typed)
    else:
        item_id = make.report(post_id, cast.ben)
        typed |= {"outcome": "note", "notes": ["surgery"], "version": "1"}
        send(mori, f"/moderation/{item_id}", **typed)
    words = "A moderator has changed the content notes here."
    press = "Show it as you chose"
    place = {"post_id": str(post_id), "url": f"/posts/{post_id}"}
    assert told(line) == [("post-noted", {**place, "words": words, "press": press})]


def test_what_is_kept_stays_and_nobody_is_told(cast, make, client_for, line_of, thread_id):
    item_id = make.report(make.reply(thread_id, cast.ana), cast.ben)
    line = line_of(cast.ben)
    watch(line, thread_id)
    typed = {"outcome": "keep", "rule": "medicine", "why": "It’s fine.", "version": "1"}
    send(client_for(cast.mori), f"/moderation/{item_id}", **typed)
    assert told(line) == []


def test_what_is_taken_back_leaves_and_a_reply_is_offered(
    cast, make, client_for, line_of, thread_id
):
    line = line_of(cast.ben)
    watch(line, thread_id)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    send(ana, page, f"{page}/replies", words="One more thing.")
    opening = make.opening(thread_id)
    send(ana, f"/posts/{opening}/take-back")
    assert told(line) == [
        ("new-reply", {}),
        ("post-gone", {"post_id": str(opening), "number": 1, "words": "{name} took this back."}),
    ]
    assert watch(line, thread_id)["new"] == 1
    for last, new in ((-(10**30), 2), (0, 2), (2, 0), (10**30, 0)):
        assert watch(line, thread_id, last)["new"] == new


@pytest.mark.holds("moderation:22", "promise:8")
@pytest.mark.parametrize("unnamed", [False, True])
@pytest.mark.parametrize("way", ["taken back", "changed, and held"])
def test_nobody_is_told_whose_words_have_left_their_page(
    cast, make, client_for, line_of, unnamed, way
):
    thread_id = make.thread(cast.group_id, cast.hana)
    post_id = make.reply(thread_id, cast.ana, unnamed=unnamed)
    make.kept_apart(cast.ben, cast.ana)
    lines = {person.name: line_of(person) for person in (cast.ben, cast.hana)}
    for line in lines.values():
        watch(line, thread_id)
    if way == "taken back":
        send(client_for(cast.ana), f"/posts/{post_id}/take-back")
        words = "{name} took this back."
    else:
        make.holds(cast.group_id, HoldPolicy.ALL)
        send(client_for(cast.ana), f"/posts/{post_id}/edit", words="Changed.", version="1")
        words = "{name} changed this. A moderator reads it before others see it."
    gone = {"post_id": str(post_id), "number": 2, "words": words}
    for line in lines.values():
        assert told(line) == [("post-gone", gone)]
    assert watch(line_of(cast.hana), thread_id)["gone"] == [gone]
    is_there = [gone] if unnamed else []
    assert watch(line_of(cast.ben), thread_id)["gone"] == is_there


def test_what_is_put_back_is_said_where_it_was(cast, make, client_for, line_of, thread_id):
    post_id, ana, line = make.reply(thread_id, cast.ana), client_for(cast.ana), line_of(cast.ben)
    send(ana, f"/posts/{post_id}/take-back")
    watch(line, thread_id)
    send(ana, "/comfort", f"/posts/{post_id}/put-back")
    back = {"post_id": str(post_id), "words": "This is shown again.", "press": "Read it"}
    assert told(line) == [("post-back", back), ("new-reply", {})]
    assert watch(line, thread_id)["gone"] == []
