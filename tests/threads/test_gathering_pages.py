"""The pages on which a thread is put in order, and what everybody else meets."""

import re
from uuid import UUID

import pytest

from community.core.sockets import socketio
from community.threads.acts.rules import Because
from community.threads.pace import actions as pace_actions
from community.threads.pace.rules import PaceKind
from community.threads.rules.posts import THREADS_A_PAGE
from tests.pages import again_typed, plain, send

WORDS = "I have been writing this for ten minutes."
LOCKED = {"rule": "wishes", "why": "It was said what was to be said.", "seen": ""}


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana, title="The bus")


@pytest.fixture
def other_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ben, title="Windows")


def pages(thread_id: UUID) -> list[str]:
    return [f"/threads/{thread_id}/{each}" for each in ("arrange", "topic", "split", "merge")]


def test_moderators_come_to_it_from_the_thread(cast, client_for, thread_id, other_id):
    browser = client_for(cast.mori)
    assert f"/threads/{thread_id}/arrange" in browser.get(f"/threads/{thread_id}").text
    for page in pages(thread_id):
        assert browser.get(page).status_code == 200
    words = plain(browser.get(f"/threads/{thread_id}/arrange"))
    assert "In another group other people could read it" in words


@pytest.mark.holds("moderation:1", "moderation:11")
def test_for_whoever_may_not_there_is_no_such_page(cast, client_for, thread_id, other_id):
    for person in (cast.ben, cast.hana, cast.stranger, cast.pat):
        browser = client_for(person)
        inside = person in (cast.ben, cast.hana)
        assert "Arrange this thread" not in browser.get(f"/threads/{thread_id}").text
        for page in pages(thread_id):
            status = 403 if inside and page.endswith("topic") else 404
            assert browser.get(page).status_code == status
        for to in ("pin/topic", "unpin/group"):
            assert send(browser, "/comfort", f"/threads/{thread_id}/{to}").status_code == 404
    for page in pages(thread_id):
        assert "/sign-in" in client_for().get(page).location


def test_a_pin_is_said_in_words_on_the_first_page_only(cast, client_for, make, thread_id):
    browser = client_for(cast.mori)
    page = f"/threads/{thread_id}/arrange"
    assert send(browser, page, f"/threads/{thread_id}/pin/topic").location == page
    assert send(browser, page, f"/threads/{thread_id}/pin/group").location == page
    for there in ("/topics/cervical", f"/groups/{cast.group_id}"):
        shown = client_for(cast.ben).get(there).text
        assert shown.count("Pinned by a moderator") == 1
        assert shown.count("The bus") == 1
    send(browser, page, f"/threads/{thread_id}/unpin/topic")
    assert "Pinned by" not in client_for(cast.ben).get("/topics/cervical").text


def test_lists_cost_the_same_with_pins_and_without(cast, client_for, make, thread_id, cost):
    browser, counts = client_for(cast.ben), []
    for _ in range(2):
        browser.get("/topics/cervical")
        cost.statements.clear()
        browser.get("/topics/cervical")
        counts.append(int(cost))
        send(client_for(cast.mori), "/comfort", f"/threads/{thread_id}/pin/topic")
    assert counts[0] == counts[1]


def test_whoever_began_it_changes_its_topic_from_its_tags(cast, client_for, thread_id):
    browser, page = client_for(cast.ana), f"/threads/{thread_id}/topic"
    assert page in browser.get(f"/threads/{thread_id}/tags").text
    assert "Whoever began it is told." not in browser.get(page).text
    assert send(browser, page, topic="hand").location == f"/threads/{thread_id}"
    assert "The bus" in client_for(cast.ben).get("/topics/hand").text
    assert send(browser, page, topic="no-such").status_code == 422


def test_chosen_replies_become_a_thread(cast, client_for, make, thread_id):
    ids = [make.reply(thread_id, cast.ben, f"Reply {number}.") for number in range(3)]
    browser, page = client_for(cast.mori), f"/threads/{thread_id}/split"
    assert "Reply 1." in browser.get(page).text
    nothing = send(browser, page, title="Windows")
    assert (nothing.status_code, "Choose at least one reply." in nothing.text) == (422, True)
    chosen = {"title": "Windows", "replies": [str(each) for each in ids[1:]]}
    answer = send(browser, page, **chosen)
    assert answer.status_code == 302
    again = send(browser, page, **chosen)  # a second press
    assert (again.status_code, again.location) == (302, answer.location)
    assert send(browser, page, **{**chosen, "title": "Doors"}).status_code == 422
    assert send(browser, page, title="Windows", replies="no-id").status_code == 422
    there = client_for(cast.ana).get(answer.location).text
    assert "Windows" in there
    assert "Reply 2." in there
    assert "Reply 2." not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    assert client_for(cast.ana).get(f"/posts/{ids[1]}").location.startswith(answer.location)


def test_replies_are_ticked_on_several_pages(cast, client_for, make, thread_id):
    ids = [make.reply(thread_id, cast.ben, f"Reply {number}.") for number in range(30)]
    mori, page = client_for(cast.mori), f"/threads/{thread_id}/split"
    first, last = str(ids[0]), str(ids[-1])
    assert "Reply 29." not in mori.get(page).text
    later = re.search(r'name="onward" value="(\d+)"', mori.get(page).text)[1]
    second = send(mori, page, title="Windows", replies=first, onward=later)
    assert second.status_code == 200
    assert again_typed(second)["kept"] == first
    assert "Windows" in second.text
    assert "Reply 29." in second.text
    assert "One reply on another page is ticked too." in second.text
    back = send(mori, page, f"{page}?after={later}", title="Windows", replies=last, kept=first,
                onward="1")  # fmt: skip
    assert again_typed(back)["kept"] == last
    assert re.search(rf'checked[^>]*value="{first}"|value="{first}"[^>]*checked', back.text)
    answer = send(mori, page, title="Windows", replies=first, kept=last)
    there = client_for(cast.ana).get(answer.location).text
    assert "Reply 0." in there
    assert "Reply 29." in there
    assert "Reply 5." not in there


def test_nothing_of_another_thread_goes_along(cast, client_for, make, thread_id, other_id):
    mine, theirs = make.reply(thread_id, cast.ben), make.reply(other_id, cast.ben)
    send(
        client_for(cast.mori), f"/threads/{thread_id}/split",
        title="Windows", replies=str(mine), kept=[str(theirs), "no-id"],
    )  # fmt: skip
    assert make.thread_of(theirs) == other_id
    assert make.thread_of(mine) != thread_id


def test_an_older_thread_is_found_page_by_page(cast, client_for, make, thread_id):
    oldest = make.thread(cast.group_id, cast.ana, title="The oldest")
    for number in range(THREADS_A_PAGE):
        make.clock.pass_by(minutes=1)
        make.thread(cast.group_id, cast.ana, title=f"Another {number}")
    mori, page = client_for(cast.mori), f"/threads/{thread_id}/merge"
    assert "The oldest" not in mori.get(page).text
    older = re.search(rf'href="({page}\?older=[^"]+)"', mori.get(page).text)[1]
    assert "The oldest" in mori.get(older).text
    assert send(mori, older, into=str(oldest)).location == f"/threads/{oldest}"


def test_what_cannot_begin_a_thread_is_said_and_what_was_typed_stays(
    cast, client_for, make, thread_id
):
    hidden = make.reply(thread_id, cast.ben)
    send(client_for(cast.ben), f"/posts/{hidden}/take-back")
    answer = send(
        client_for(cast.mori), f"/threads/{thread_id}/split", title=WORDS, replies=str(hidden)
    )
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "isn’t shown now" in answer.text


def test_two_threads_come_together_and_the_old_address_leads_there(
    cast, client_for, make, thread_id, other_id
):
    browser, page = client_for(cast.mori), f"/threads/{thread_id}/merge"
    assert "Windows" in browser.get(page).text
    ben = client_for(cast.ben)
    event = again_typed(ben.get(f"/threads/{thread_id}"))
    assert send(browser, page, into=str(other_id)).location == f"/threads/{other_id}"
    assert ben.get(f"/threads/{thread_id}").location == f"/threads/{other_id}"
    for to in ("replies", "draft"):
        sent = {"words": WORDS, "csrf_token": event["csrf_token"]}
        answer = ben.post(f"/threads/{thread_id}/{to}", data=sent)
        assert (answer.status_code, answer.location) == (308, f"/threads/{other_id}/{to}")
    assert client_for(cast.stranger).get(f"/threads/{thread_id}").status_code == 404
    together = client_for(cast.hana).get(f"/threads/{other_id}").text
    assert "The bus" in together
    again = send(browser, "/comfort", page, into=str(other_id))  # a second press
    assert (again.status_code, again.location) == (302, f"/threads/{other_id}")
    assert browser.get(page).status_code == 404
    assert send(client_for(cast.ben), "/comfort", page, into=str(other_id)).status_code == 404


def test_open_pages_are_told(cast, client_for, app, make, thread_id):
    reply_id = make.reply(thread_id, cast.ben)
    line = socketio.test_client(app, flask_test_client=client_for(cast.ben))
    line.emit("watch-thread", {"thread_id": str(thread_id), "last": 2}, callback=True)
    page = f"/threads/{thread_id}/split"
    send(client_for(cast.mori), page, title="Windows", replies=str(reply_id))
    told = [one["args"][0] for one in line.get_received() if one["name"] == "arranged"]
    assert [each["words"] for each in told] == ["A moderator has moved some of these posts."]


# ---- locked ----


def test_a_locked_thread_says_so_with_its_reason_until_it_is_opened(
    cast, client_for, thread_id, letters, clock
):
    browser, page = client_for(cast.mori), f"/threads/{thread_id}"
    assert f"{page}/pace/lock" in browser.get(page).text
    assert send(browser, f"{page}/pace/lock", **LOCKED).status_code == 302
    assert letters()[-1] == ("Ana", "thread_paced")
    clock.pass_by(days=400)
    met = plain(client_for(cast.ben).get(page))
    assert "This thread is locked." in met
    assert "It was said what was to be said." in met
    assert "Send my reply" not in met
    answer = send(client_for(cast.ben), page, f"{page}/replies", words=WORDS)
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert WORDS in client_for(cast.ben).get(page).text
    browser = client_for(cast.mori)
    seen = again_typed(browser.get(page))["seen"]
    assert send(browser, page, f"{page}/pace/lock/end", seen=seen).status_code == 302
    assert "locked" not in client_for(cast.ben).get(page).text
    assert send(client_for(cast.ben), page, f"{page}/replies", words=WORDS).status_code == 302


def test_upheld_on_another_look_it_is_open_again(cast, client_for, make, thread_id, clock):
    plan = pace_actions.Plan(PaceKind.LOCK, None, None, None)
    because, now = Because("wishes", "Enough."), clock.now()
    make.done(lambda: pace_actions.set_pace(cast.mori, thread_id, plan, because, now=now))
    first = make.opening(thread_id)
    statement = plain(client_for(cast.ana).get(f"/posts/{first}/statement"))
    assert "nobody writes until a moderator opens it again" in statement
    make.done(lambda: pace_actions.undo(first, now, now=now))
    assert "locked" not in client_for(cast.ben).get(f"/threads/{thread_id}").text
