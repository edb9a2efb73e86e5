"""Words that aren't sent yet: kept at the server, offered back, seen by nobody else."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, select

from community.accounts.models import Account
from community.core.db import db
from community.threads import actions
from community.threads.jobs import erase_old_drafts
from community.threads.models import Draft, Post
from community.threads.rules.drafts import DRAFT_MOST, KEPT_FOR, NEW_THREAD, Place, Typed
from community.threads.rules.posts import Press
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import send, token

JSON = {"Accept": "application/json"}


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def saves(client_for):
    """A page of somebody's, whose script saves what stands in its box."""

    def page(person, address, keep):
        browser, seen = client_for(person), {"draft": ""}
        fields = {"csrf_token": token(browser, address), "event_id": str(uuid4())}

        def save(**typed):
            answer = browser.post(keep, data={**fields, **seen, **typed}, headers=JSON)
            seen["draft"] = answer.json.get("draft", seen["draft"])
            return answer

        return save

    return page


def there(make) -> list[str]:
    return make.done(lambda: list(db.session.scalars(select(Draft.words))))


def reply_to(thread_id) -> tuple[str, str]:
    return f"/threads/{thread_id}", f"/threads/{thread_id}/draft"


@pytest.mark.holds("F:F83")
def test_a_reply_is_kept_while_it_is_written_and_offered_in_another_browser(
    cast, client_for, saves, thread_id
):
    save = saves(cast.ben, *reply_to(thread_id))
    assert save(words="The window").json["ok"]
    answer = save(words="The window seat")
    assert "Your words are safe. Draft saved at" in answer.json["words"]
    elsewhere = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "The window seat</textarea>" in elsewhere.replace("\r\n", "")
    assert "even if you sign out." in elsewhere


def test_without_script_a_press_keeps_it_and_says_so(cast, client_for, thread_id):
    browser, (page, keep) = client_for(cast.ben), reply_to(thread_id)
    answer = send(browser, page, keep, words="The window seat")
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "Your words are safe." in after
    assert "The window seat</textarea>" in after.replace("\r\n", "")


@pytest.mark.holds("promise:10")
def test_nobody_else_sees_a_draft_or_can_keep_one_where_they_may_not_read(
    cast, client_for, saves, thread_id
):
    saves(cast.ben, *reply_to(thread_id))(words="Only mine yet.")
    for person in (cast.ana, cast.mori):
        browser = client_for(person)
        assert "Only mine yet." not in browser.get(f"/threads/{thread_id}").text
        assert "Only mine yet." not in browser.get("/drafts").text
    outside = saves(cast.stranger, "/comfort", f"/threads/{thread_id}/draft")
    assert outside(words="Hello?").status_code == 404
    theirs = saves(cast.ben, "/comfort", f"/posts/{uuid4()}/draft")
    assert theirs(words="Hello?").status_code == 404


def test_sending_lets_the_draft_go_and_a_late_save_brings_nothing_back(
    cast, make, client_for, thread_id
):
    browser, (page, keep) = client_for(cast.ben), reply_to(thread_id)
    fields = {"csrf_token": token(browser, page), "event_id": str(uuid4())}
    typed = {**fields, "words": "The window seat"}
    kept = browser.post(keep, data=typed, headers=JSON).json["draft"]
    assert browser.post(f"{page}/replies", data={**typed, "draft": kept}).status_code == 302
    assert there(make) == []
    browser.post(keep, data={**typed, "draft": kept}, headers=JSON)
    assert there(make) == []


def test_a_refused_reply_keeps_its_draft_and_what_was_typed(
    cast, make, client_for, saves, thread_id
):
    save = saves(cast.ben, *reply_to(thread_id))
    save(words="The window seat")
    page = f"/threads/{thread_id}"
    browser = client_for(cast.ben)
    answer = send(browser, page, f"{page}/replies", words="Too long. " * 2000)
    assert answer.status_code == 422
    assert "Too long." in answer.text
    fields = {"csrf_token": token(browser, page), "words": "The window seat, always."}
    opening = make.opening(thread_id)
    make.done(lambda: actions.hide(opening, until=None))
    refused = browser.post(f"{page}/replies", data=fields)
    assert refused.status_code == 409
    assert "The window seat, always." in refused.text
    assert there(make) == ["The window seat"]


def test_two_windows_lose_nothing_and_say_so(cast, client_for, saves, thread_id):
    one, two = (saves(cast.ben, *reply_to(thread_id)) for _ in range(2))
    one(words="From the desk.")
    answer = two(words="From the sofa.")
    assert "What you wrote in another window is kept too." in answer.json["words"]
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "From the sofa.</textarea>" in page.replace("\r\n", "")
    assert '<p class="typed">From the desk.</p>' in page
    one(words="From the desk, on.")
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "From the desk, on.</textarea>" in page.replace("\r\n", "")
    assert '<p class="typed">From the sofa.</p>' in page


def test_emptying_the_box_throws_the_draft_away(cast, make, saves, thread_id):
    save = saves(cast.ben, *reply_to(thread_id))
    save(words="Hm.")
    said = save(words=" ").json["words"]
    assert said == "There’s nothing left to keep here. For 30 days “My drafts” has what stood here."
    assert there(make) == []
    assert save(words=" ").json["words"] == "There’s nothing left to keep here."


def test_a_draft_too_long_to_keep_is_refused_in_words(cast, make, saves, thread_id):
    save = saves(cast.ben, *reply_to(thread_id))
    save(words="Hm.")
    answer = save(words="a" * (DRAFT_MOST + 1))
    assert answer.status_code == 422
    assert "copy it to a safe place" in answer.json["reason"]["text"]
    assert there(make) == ["Hm."]


def test_a_new_thread_is_kept_whole_and_the_door_one_came_by_comes_first(
    cast, client_for, saves, make
):
    save = saves(cast.ana, "/threads/new", "/threads/new/draft")
    save(group=str(cast.group_id), topic="hand", title="Pens", wish="ideas", tags="hand", words="")
    browser = client_for(cast.ana)
    page = browser.get("/threads/new").text
    assert 'value="Pens"' in page
    assert '<option selected value="hand">' in page
    assert f'<option selected value="{cast.group_id}">' in page
    for box in ("ideas", "hand"):
        assert re.search(rf'<input checked [^>]*value="{box}"', page)
    assert (
        f'selected value="{make.everyone()}"'
        in browser.get(f"/threads/new?group={make.everyone()}").text
    )
    typed = {"group": str(cast.group_id), "topic": "hand", "title": "Pens", "wish": "ideas"}
    assert send(browser, "/threads/new", words="Which?", **typed).status_code == 302
    assert there(make) == []


def test_a_change_is_kept_until_it_is_sent_and_knows_what_it_changes(
    cast, make, client_for, saves, clock, thread_id
):
    post_id = make.opening(thread_id)
    page, keep = f"/posts/{post_id}/edit", f"/posts/{post_id}/draft"
    saves(cast.ana, page, keep)(words="I looked at the snow.", version="1")
    browser = client_for(cast.ana)
    assert "I looked at the snow.</textarea>" in browser.get(page).text.replace("\r\n", "")
    assert saves(cast.ben, "/comfort", keep)(words="Mine now.").status_code == 403
    make.done(lambda: actions.edit(cast.ana, post_id, "From my phone.", 1, now=clock.now()))
    shown = browser.get(page).text
    assert 'name="version" value="1"' in shown  # so sending it shows first what changed meanwhile
    send(browser, page, words="From my phone.", version="2")
    opening = make.opening(thread_id)
    make.done(lambda: taken_back_actions.take_back(cast.ana, opening, now=make.clock.now()))
    assert there(make) == []


def test_my_drafts_lead_back_to_where_they_were_written(cast, make, client_for, saves, thread_id):
    post_id = make.opening(thread_id)
    assert "There’s nothing you haven’t sent." in client_for(cast.ana).get("/drafts").text
    assert "Words you haven’t sent" not in client_for(cast.ana).get("/home").text
    saves(cast.ana, *reply_to(thread_id))(words="One")
    saves(cast.ana, "/threads/new", "/threads/new/draft")(title="Pens", words="")
    saves(cast.ana, f"/posts/{post_id}/edit", f"/posts/{post_id}/draft")(words="Two", version="1")
    browser = client_for(cast.ana)
    page = browser.get("/drafts").text
    assert "We keep each for 90 days after you last wrote in it." in page
    for words in (
        f'href="/threads/{thread_id}#reply">A reply in “The bus and the window seat”',
        'href="/threads/new">A new thread: “Pens”',
        f'href="/posts/{post_id}/edit">A change to what you wrote in “The bus',
    ):
        assert words in page
    assert 'href="/drafts"' in browser.get("/home").text
    make.done(lambda: actions.hide(post_id, until=None))
    assert "The bus" not in browser.get("/drafts").text


def test_a_draft_is_read_once_more_and_thrown_away(cast, make, client_for, saves, thread_id):
    saves(cast.ana, *reply_to(thread_id))(words="Rain, *all* day.")
    saves(cast.ana, "/threads/new", "/threads/new/draft")(title="Pens", words="Two of them.")
    ana = client_for(cast.ana)
    path = thrown(make, "Rain, *all* day.")
    assert f'href="{path}"' in ana.get("/drafts").text
    page = ana.get(path).text
    assert "Throw this draft away?" in page
    assert "Rain, <em>all</em> day." in page
    assert there(make) == ["Rain, *all* day.", "Two of them."]
    for _ in range(2):
        assert send(ana, "/drafts", f"{path}/throw-away").location == path
        assert "You can put it back for 30 days." in ana.get(path).text
        assert there(make) == ["Two of them."]


def test_nobody_reads_or_throws_away_another_s_and_no_newer_words_go(
    cast, make, client_for, saves, thread_id
):
    save = saves(cast.ana, *reply_to(thread_id))
    save(words="Rain.")
    path = thrown(make, "Rain.")
    ben = client_for(cast.ben)
    assert ben.get(path).status_code == 404
    assert send(ben, "/drafts", f"{path}/throw-away").location == "/drafts"
    assert client_for(None).get(path).status_code == 302
    assert there(make) == ["Rain."]
    ana = client_for(cast.ana)
    save(words="Rain, and then none.")
    assert ana.get(path).status_code == 404
    send(ana, "/drafts", f"{path}/throw-away")
    assert there(make) != []


def thrown(make, words: str) -> str:
    """The page that asks whether this draft goes."""
    stamp = make.done(lambda: db.session.scalar(select(Draft.stamp).where(Draft.words == words)))
    return f"/drafts/{stamp}"


@pytest.mark.holds("F:F83")
def test_a_draft_is_kept_for_ninety_days_and_then_erased(cast, make, clock, inside, thread_id):
    kept = Typed("Rain.")
    make.done(
        lambda: actions.keep_draft(cast.ben, Place(thread_id), kept, press=Press(), now=clock.now())
    )
    erase_old_drafts(clock.now() + KEPT_FOR)
    assert there(make) == ["Rain."]
    erase_old_drafts(clock.now() + KEPT_FOR + timedelta(seconds=1))
    assert there(make) == []


def test_a_draft_goes_with_its_writer(cast, make, clock, inside):
    kept = Typed("Rain.")
    make.done(
        lambda: actions.keep_draft(cast.ben, NEW_THREAD, kept, press=Press(), now=clock.now())
    )
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ben.id)))
    assert there(make) == []


@pytest.mark.holds("F:F82")
def test_a_second_press_sends_nothing_twice_and_other_words_are_another_post(
    cast, make, client_for, thread_id
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    fields = {"csrf_token": token(browser, page), "event_id": str(uuid4())}
    answers = [
        browser.post(f"{page}/replies", data={**fields, "words": words}).location
        for words in ("Once.", "Once.", "Something else.")
    ]
    assert answers[0] == answers[1] != answers[2]
    written = make.done(
        lambda: list(db.session.scalars(select(Post.text).order_by(Post.number).offset(1)))
    )
    assert written == ["Once.", "Something else."]


@pytest.mark.holds("F:F82")
def test_a_second_press_starts_one_thread(cast, client_for):
    browser = client_for(cast.ana)
    typed = {
        "csrf_token": token(browser, "/threads/new"),
        "event_id": str(uuid4()),
        "group": str(cast.group_id),
        "topic": "cervical",
        "title": "The bus",
        "wish": "ideas",
        "words": "Which seat?",
    }
    first, second = (browser.post("/threads/new", data=typed).location for _ in range(2))
    assert first == second
