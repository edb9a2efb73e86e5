"""Two people who keep apart: neither reads the other’s posts, and everything else adds up."""

import re

import pytest

from community.core.sockets import socketio
from community.threads import actions, queries
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import REPLIES_A_PAGE, Press
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import send

BOTH_WAYS = pytest.mark.parametrize(("keeps", "other"), [("ana", "ben"), ("ben", "ana")])
RAIN = "I could hear the rain."


@pytest.fixture
def apart(make, cast):
    """The two of them keep apart, by the choice of the first."""
    return lambda keeps, other: make.kept_apart(getattr(cast, keeps), getattr(cast, other))


@pytest.fixture
def thread_id(make, cast):
    """Mori’s thread, in which Ben, Hana and Ben again have replied."""
    thread_id = make.thread(cast.group_id, cast.mori, title="The bus")
    for author, words in ((cast.ben, RAIN), (cast.hana, "Thank you."), (cast.ben, RAIN)):
        make.reply(thread_id, author, words)
    return thread_id


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_neither_sees_the_other_s_posts_and_others_see_them(
    client_for, cast, apart, thread_id, keeps, other
):
    page = f"/threads/{thread_id}"
    before = client_for(cast.ana).get(page).text
    assert before.count(RAIN) == 2
    apart(keeps, other)
    after = client_for(cast.ana).get(page).text
    assert RAIN not in after
    assert "Ben" not in after
    assert "Thank you." in after
    for person in (cast.ben, cast.hana):
        assert client_for(person).get(page).text.count(RAIN) == 2


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_lists_count_and_name_what_is_there_for_this_person(
    make, client_for, cast, apart, thread_id, keeps, other
):
    apart(keeps, other)
    ana_now = make.actor(cast.ana)
    row = make.done(lambda: queries.thread(ana_now, thread_id))
    assert (row.last, row.replies, row.unread, row.latest_name) == (4, 1, 2, None)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    assert "One reply." in ana.get("/home").text
    send(ana, page, f"{page}/place", number="3")
    row = make.done(lambda: queries.thread(ana_now, thread_id))
    assert (row.unread, row.read_name) == (0, "Hana")
    theirs = make.done(lambda: queries.thread(cast.hana, thread_id))
    assert (theirs.replies, theirs.latest_name) == (3, "Ben")


@pytest.mark.holds("moderation:21", "F:F51")
def test_somebody_carries_on_from_the_furthest_post_that_is_there_for_them(
    make, client_for, cast, apart, thread_id
):
    page = f"/threads/{thread_id}"
    send(client_for(cast.ana), page, f"{page}/place", number="4")
    apart("ana", "ben")
    shown = client_for(cast.ana).get(page).text
    link = re.search(r'href="(/posts/[^"]+)"[^>]*>Carry on from Hana’s post', shown)
    led_to = client_for(cast.ana).get(link[1]).location
    assert led_to.partition("#")[2] in shown


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_threads_that_the_other_started_leave_the_lists_and_nothing_of_them_is_said(
    make, client_for, cast, apart, keeps, other
):
    thread_id = make.thread(cast.group_id, cast.ben, title="The ferry", tags=["neck"])
    make.reply(thread_id, cast.ana, "I was on it too.")
    make.reply(thread_id, cast.hana, "Thank you both.")
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    draft = Typed("One more thing.")
    make.done(
        lambda: actions.keep_draft(
            cast.ana, Place(thread_id), draft, press=Press(), now=make.clock.now()
        )
    )
    lists = ["/home", f"/groups/{cast.group_id}", "/topics/cervical", "/drafts"]
    assert all("The ferry" in ana.get(each).text for each in lists)
    apart(keeps, other)
    assert not any("The ferry" in ana.get(each).text for each in lists)
    assert "A reply in “a thread”" in ana.get("/drafts").text
    shown = ana.get(page)
    assert shown.status_code == 200
    assert "One more thing." in shown.text
    assert "How this thread began isn’t shown here." in shown.text
    assert "I was on it too." in shown.text  # one’s own words can be changed and taken back
    assert "Thank you both." in shown.text
    for theirs in ("The ferry", "Ben", "forty minutes"):
        assert theirs not in shown.text
    for person in (cast.ben, cast.hana):
        assert "The ferry" in client_for(person).get("/topics/cervical").text


@pytest.mark.holds("moderation:21", "asvs:2")
@BOTH_WAYS
def test_a_post_of_the_other_is_not_found_by_its_address(
    make, client_for, cast, apart, thread_id, keeps, other
):
    post_id = make.reply(thread_id, cast.ben)
    ana = client_for(cast.ana)
    assert ana.get(f"/posts/{post_id}").status_code == 302
    apart(keeps, other)
    for page in ("", "/versions", "/report", "/edit", "/take-back"):
        assert ana.get(f"/posts/{post_id}{page}").status_code == 404
    assert client_for(cast.hana).get(f"/posts/{post_id}").status_code == 302
    assert client_for(cast.ben).get(f"/posts/{post_id}/edit").status_code == 200


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_a_reply_of_the_other_rings_no_bell_and_one_of_anybody_else_does(
    make, cast, apart, keeps, other
):
    apart(keeps, other)
    thread_id = make.thread(cast.group_id, cast.ana)
    make.reply(thread_id, cast.ben)
    assert make.actor(cast.ana).news == 0
    make.reply(thread_id, cast.hana)
    assert make.actor(cast.ana).news == 1


@pytest.mark.holds("moderation:21")
@BOTH_WAYS
def test_an_open_page_is_offered_what_is_there_for_its_reader(
    app, make, client_for, cast, apart, thread_id, keeps, other
):
    apart(keeps, other)
    line = socketio.test_client(app, flask_test_client=client_for(cast.ana))

    def missed():
        asked = {"thread_id": str(thread_id), "last": 4}
        return line.emit("watch-thread", asked, callback=True)

    post_id = make.reply(thread_id, cast.ben)
    assert missed() == {"ok": True, "gone": [], "new": 0}
    make.done(lambda: taken_back_actions.take_back(cast.ben, post_id, now=make.clock.now()))
    assert missed() == {"ok": True, "gone": [], "new": 0}
    make.reply(thread_id, cast.hana)
    assert missed()["new"] == 1


@pytest.mark.holds("moderation:21")
def test_pages_repeat_nothing_and_lose_nothing(make, client_for, cast, apart):
    thread_id = make.thread(cast.group_id, cast.mori)
    wanted = []
    for number in range(REPLIES_A_PAGE + 10):
        author = cast.ben if number % 3 == 0 else cast.hana
        make.reply(thread_id, author, f"Words {number}.")
        wanted += [f"Words {number}."] if author is cast.hana else []
    apart("ana", "ben")
    ana, page, found = client_for(cast.ana), f"/threads/{thread_id}", []
    while page:
        shown = ana.get(page).text
        found += re.findall(r"Words \d+\.", shown)
        later = re.search(r'href="([^"]+)"[^>]*>Show later replies', shown)
        page = later and later[1]
    assert found == wanted


@pytest.mark.holds("moderation:21")
def test_the_way_is_where_a_post_would_be_reported_and_leads_back(client_for, cast, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    reports = re.findall(
        r'href="(/posts/[^"]+/report)"[^>]*>Report (\w+)’s post', ana.get(page).text
    )
    assert [name for _, name in reports] == ["Mori", "Ben", "Hana", "Ben"]
    [link] = re.findall(
        r'href="(/apart/[^"]+)"[^>]*>Keep apart from Ben<', ana.get(reports[1][0]).text
    )
    asked = ana.get(link)
    assert "Keep apart from Ben?" in asked.text
    assert send(ana, link, back=page).location == page
    assert RAIN not in ana.get(page).text


def test_a_moderator_who_keeps_apart_leaves_it_to_the_others(make, client_for, cast):
    thread_id = make.thread(cast.group_id, cast.ana)
    item_id = make.report(make.reply(thread_id, cast.ben, RAIN), cast.hana)
    assert RAIN in client_for(cast.mori).get(f"/moderation/{item_id}").text
    make.kept_apart(cast.mori, cast.ben)
    assert RAIN not in client_for(cast.mori).get(f"/threads/{thread_id}").text
    assert client_for(cast.mori).get(f"/moderation/{item_id}").status_code == 404


@pytest.mark.parametrize("others", [1, 40])
def test_it_costs_the_same_however_many_are_kept_apart(
    make, client_for, cast, cost, thread_id, others
):
    for number in range(others):
        person = make.member(f"Member {number}")
        make.kept_apart(*((cast.ana, person) if number % 2 else (person, cast.ana)))
    browser, counts = client_for(cast.ana), []
    for page in (f"/threads/{thread_id}", "/topics/cervical"):
        cost.statements.clear()
        assert browser.get(page).status_code == 200
        counts.append(int(cost))
    assert counts == [3, 8]
