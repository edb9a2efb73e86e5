"""Posts that somebody keeps for themselves: theirs alone, and never more than is shown to them."""

import pytest

from community.groups import actions as groups_actions
from community.safety.blocks import actions as blocks_actions
from community.threads import actions as threads_actions
from community.threads.bookmarks import actions, queries
from tests.pages import send

LIST = "/kept"
TITLE = "The bus and the window seat"
GONE = "This isn’t shown to you any more."


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, title=TITLE)


@pytest.fixture
def reply_id(cast, make, thread_id):
    return make.reply(thread_id, cast.hana, "I could see the rain.")


def kept(make, who, post_id) -> None:
    make.done(lambda: actions.keep(who, post_id, now=make.clock.now()))


def test_one_press_keeps_a_post_and_another_lets_it_go(cast, make, client_for, thread_id, reply_id):
    ben, place = client_for(cast.ben), f"/threads/{thread_id}"
    assert ben.get(place).text.count("Keep this for me") == 2
    assert send(ben, place, LIST, post=str(reply_id)).location == f"/posts/{reply_id}"
    page = ben.get(place).text
    assert page.count("Keep this for me") == 1
    assert page.count("Kept for you. Let it go") == 1
    listed = ben.get(LIST).text
    assert f"What Hana wrote in “{TITLE}”" in listed
    assert "I could see the rain." not in listed
    for other in (cast.hana, cast.ana, cast.mori):
        assert "Kept for you" not in client_for(other).get(place).text
        assert f"What Hana wrote in “{TITLE}”" not in client_for(other).get(LIST).text
    assert make.actor(cast.hana).news == 0
    assert send(ben, LIST, f"{LIST}/let-go", post=str(reply_id), list="1").location == LIST
    assert "What Hana wrote" not in ben.get(LIST).text


def test_pressed_twice_it_is_kept_once(cast, make, reply_id):
    kept(make, cast.ben, reply_id)
    kept(make, cast.ben, reply_id)
    found = make.done(lambda: queries.kept_by(cast.ben, make.clock.now(), None))
    assert [each.post_id for each in found.rows] == [reply_id]


def test_nobody_keeps_what_is_not_shown_to_them(cast, make, client_for, thread_id, reply_id):
    stranger = client_for(cast.stranger)
    assert send(stranger, LIST, LIST, post=str(reply_id)).status_code == 404
    make.done(lambda: threads_actions.hide(reply_id, until=None))
    ben = client_for(cast.ben)
    assert send(ben, LIST, LIST, post=str(reply_id)).status_code == 404
    assert send(ben, LIST, LIST, post="nothing").status_code == 404
    assert client_for(None).get(LIST).status_code == 302


@pytest.mark.parametrize("how", ["apart", "left", "hidden", "taken back"])
def test_of_what_is_not_shown_any_more_no_word_and_no_name_is_left(
    cast, make, client_for, thread_id, reply_id, how
):
    kept(make, cast.ben, reply_id)
    now = make.clock.now()
    make.done(
        {
            "apart": lambda: blocks_actions.keep_apart(cast.ben, cast.hana.id, now=now),
            "left": lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()),
            "hidden": lambda: threads_actions.hide(reply_id, until=None),
            "taken back": lambda: threads_actions.remove(reply_id),
        }[how]
    )
    ben = client_for(cast.ben)
    listed = ben.get(LIST).text
    assert GONE in listed
    for words in ("Hana", TITLE, f"/posts/{reply_id}"):
        assert words not in listed
    send(ben, LIST, f"{LIST}/let-go", post=str(reply_id), list="1")
    assert GONE not in ben.get(LIST).text


def test_what_is_written_without_a_name_stays_so(cast, make, client_for, thread_id):
    reply_id = make.reply(thread_id, cast.hana, unnamed=True)
    kept(make, cast.ben, reply_id)
    make.done(lambda: blocks_actions.keep_apart(cast.ben, cast.hana.id, now=make.clock.now()))
    listed = client_for(cast.ben).get(LIST).text
    assert "Hana" not in listed
    assert GONE not in listed


def test_a_page_of_it_and_then_the_next_and_each_costs_the_same(
    cast, make, client_for, cost, thread_id, reply_id
):
    ben = client_for(cast.ben)

    def statements() -> int:
        cost.statements.clear()
        assert ben.get(LIST).status_code == 200
        return int(cost)

    kept(make, cast.ben, reply_id)
    statements()
    few = statements()
    for number in range(queries.A_PAGE):
        kept(make, cast.ben, make.reply(thread_id, cast.mori, f"Number {number}."))
    assert statements() == few
    first = make.done(lambda: queries.kept_by(cast.ben, make.clock.now(), None))
    rest = make.done(lambda: queries.kept_by(cast.ben, make.clock.now(), first.older))
    assert len(first.rows) == queries.A_PAGE
    assert [each.post_id for each in rest.rows] == [reply_id]
    assert rest.older is None
    assert "What Hana wrote" in ben.get(f"{LIST}?older={first.older}").text
