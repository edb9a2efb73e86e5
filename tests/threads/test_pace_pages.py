"""A thread rests or goes slowly: what everybody reads, and what moderators press."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.core.sockets import socketio
from community.moderation.models import AuditEvent
from community.moderation.rules.case import Outcome
from community.threads.acts.rules import Because
from community.threads.pace import actions, queries
from community.threads.pace.actions import Plan
from community.threads.pace.rules import Gap, PaceKind
from tests.pages import again_typed, plain, send

BECAUSE = Because("kindness", "A breath for all of us.")
TYPED = {"rule": "kindness", "why": "A breath for all of us.", "days": "1", "seen": ""}
WORDS = "I had typed this for a while."


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def paced(make, cast, app):
    """Mori lets a thread rest for a day, or go slowly."""

    def pace(thread_id, gap=None, days=1):
        kind = PaceKind.SLOW if gap else PaceKind.PAUSE
        now = make.clock.now()
        with app.app_context():
            in_force = queries.paces_of(cast.mori, thread_id, now).of(kind)
        plan = Plan(kind, days, gap, in_force.id if in_force else None)
        make.done(lambda: actions.set_pace(cast.mori, thread_id, plan, BECAUSE, now=now))

    return pace


def reply(browser, thread_id, words=WORDS):
    page = f"/threads/{thread_id}"
    return send(browser, page, f"{page}/replies", words=words)


# ---- at rest ----


def test_a_moderator_lets_a_thread_rest_and_whoever_began_it_reads_why(
    cast, client_for, thread_id, letters
):
    browser, page = client_for(cast.mori), f"/threads/{thread_id}"
    assert f"{page}/pace/pause" in browser.get(page).text
    assert send(browser, f"{page}/pace/pause", **TYPED).status_code == 302
    assert letters()[-1] == ("Ana", "thread_paced")
    met = plain(client_for(cast.ben).get(page))
    assert "This thread rests. It goes on by itself on Saturday 21 November, 12:00 pm." in met
    assert "A breath for all of us." in met
    assert "Send my reply" not in met
    assert "Mori" not in met


def test_whoever_writes_meanwhile_keeps_what_they_typed_and_reads_when_it_goes_on(
    cast, client_for, thread_id, paced, clock
):
    browser = client_for(cast.ben)
    browser.get(f"/threads/{thread_id}")
    paced(thread_id)
    answer = reply(browser, thread_id)
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "This thread rests." in answer.text
    again = browser.get(f"/threads/{thread_id}").text
    assert WORDS in again
    assert "This is your draft" in again
    clock.pass_by(days=1)
    assert "Send my reply" in browser.get(f"/threads/{thread_id}").text
    assert reply(browser, thread_id).status_code == 302


def test_nobody_writes_in_it_whoever_looks_after_the_group_neither(
    cast, client_for, thread_id, paced
):
    paced(thread_id)
    for person in (cast.ana, cast.hana, cast.mori):
        assert reply(client_for(person), thread_id).status_code == 409


def test_what_was_written_is_not_changed_and_can_be_taken_back(
    cast, client_for, make, thread_id, paced
):
    post_id = make.reply(thread_id, cast.ben)
    browser = client_for(cast.ben)
    change = f'href="/posts/{post_id}/edit"'
    assert change in browser.get(f"/threads/{thread_id}").text
    paced(thread_id)
    assert change not in browser.get(f"/threads/{thread_id}").text
    page = browser.get(f"/posts/{post_id}/edit").text
    assert "This thread rests." in page
    assert "Send my changes" not in page
    answer = send(browser, f"/posts/{post_id}/edit", words=WORDS, version="1")
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert send(browser, f"/posts/{post_id}/take-back").status_code == 302


def test_one_press_lets_it_go_on(cast, client_for, thread_id, paced, letters):
    paced(thread_id)
    browser, page = client_for(cast.marta), f"/threads/{thread_id}"
    seen = again_typed(browser.get(page))["seen"]
    assert send(browser, page, f"{page}/pace/pause/end", seen=seen).status_code == 302
    assert "This thread rests" not in browser.get(page).text
    assert reply(client_for(cast.ben), thread_id).status_code == 302


# ---- slowly ----


def test_in_a_slow_thread_somebody_reads_beforehand_when_they_can_write_again(
    cast, client_for, thread_id, paced, clock
):
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    paced(thread_id, Gap.HOUR)
    before = plain(browser.get(page))
    assert "Each of us writes one post in an hour." in before
    assert "You can write again here" not in before
    assert reply(browser, thread_id, "The first.").status_code == 302
    assert "You can write again here at 1:00 pm." in plain(browser.get(page))
    answer = reply(browser, thread_id)
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert reply(client_for(cast.ana), thread_id).status_code == 409  # she has just begun it
    clock.pass_by(minutes=60)
    assert reply(browser, thread_id).status_code == 302


def test_taking_back_does_not_make_room_for_another(cast, client_for, make, thread_id, paced):
    paced(thread_id, Gap.TEN_MINUTES)
    post_id = make.reply(thread_id, cast.ben)
    browser = client_for(cast.ben)
    send(browser, f"/posts/{post_id}/take-back")
    assert reply(browser, thread_id).status_code == 409


def test_a_second_press_of_what_was_sent_is_no_second_post(cast, client_for, thread_id, paced):
    paced(thread_id, Gap.HOUR)
    browser, page = client_for(cast.ben), f"/threads/{thread_id}"
    event = again_typed(browser.get(page))
    sent = {"words": WORDS, "event_id": re.findall(r'name="event_id"[^>]*value="([^"]+)"',
            browser.get(page).text)[0], "csrf_token": event["csrf_token"]}  # fmt: skip
    for _ in range(2):
        assert browser.post(f"{page}/replies", data=sent).status_code == 302


# ---- moderators ----


def test_a_form_with_something_missing_keeps_the_rest(cast, client_for, thread_id):
    browser = client_for(cast.mori)
    answer = send(browser, f"/threads/{thread_id}/pace/slow", **{**TYPED, "rule": "", "why": WORDS})
    assert answer.status_code == 422
    assert WORDS in answer.text
    assert "There is a problem" in answer.text
    page = f"/threads/{thread_id}/pace/pause"
    assert send(browser, page, **{**TYPED, "days": "30"}).status_code == 422


@pytest.mark.holds("moderation:3")
def test_of_two_moderators_the_second_reads_what_the_first_chose(
    cast, client_for, thread_id, paced, letters
):
    browser, page = client_for(cast.marta), f"/threads/{thread_id}/pace/pause"
    browser.get(page)
    paced(thread_id, days=7)
    answer = send(browser, page, **{**TYPED, "why": WORDS})
    assert answer.status_code == 409
    assert WORDS in answer.text
    assert "A breath for all of us." in answer.text
    seen = again_typed(answer)["seen"]
    assert send(browser, page, **{**TYPED, "why": WORDS, "seen": seen}).status_code == 302
    assert WORDS in client_for(cast.ben).get(f"/threads/{thread_id}").text
    stale = send(browser, page, f"{page}/end", seen=seen)
    assert stale.status_code == 409


@pytest.mark.holds("moderation:3")
@pytest.mark.parametrize("seen", [None, "as it was"])
@pytest.mark.parametrize("kind", ["pause", "slow", "lock"])
@pytest.mark.parametrize("place", ["thread", "item"])
def test_what_stood_on_the_page_is_sent_also_where_nothing_was_in_force(
    cast, client_for, thread_id, item_id, kind, place, seen
):
    browser = client_for({"thread": cast.mori, "item": cast.pat}[place])
    page = {"thread": f"/threads/{thread_id}", "item": f"/moderation/{item_id}"}[place]
    page += f"/pace/{kind}"
    sent = {**TYPED, "gap": "day", "seen": seen}
    sent = {name: value for name, value in sent.items() if value is not None}
    for _ in range(2):  # with nothing in force, then with what was
        answer = send(browser, page, **{**sent, "why": WORDS})
        assert answer.status_code == 422
        assert WORDS in answer.text
        assert send(browser, page, f"{page}/end", **sent).status_code == 422
        send(browser, page, **{**sent, "seen": ""})
    assert again_typed(browser.get(page))["seen"]


@pytest.mark.holds("moderation:1", "moderation:11")
@pytest.mark.parametrize("kind", ["pause", "slow"])
def test_for_whoever_may_not_there_is_no_such_page(cast, client_for, make, thread_id, kind):
    page = f"/threads/{thread_id}/pace/{kind}"
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
        browser = client_for(person)
        assert browser.get(page).status_code == 404
        for to in (page, f"{page}/end"):
            assert send(browser, "/comfort", to, **TYPED).status_code == 404
    assert "For moderators" not in client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "/sign-in" in client_for().get(page).location
    of_mori = make.thread(cast.group_id, cast.mori)
    assert client_for(cast.mori).get(f"/threads/{of_mori}/pace/{kind}").status_code == 404
    assert client_for(cast.marta).get(f"/threads/{of_mori}/pace/{kind}").status_code == 200


def test_an_open_page_is_told(cast, client_for, app, thread_id):
    line = socketio.test_client(app, flask_test_client=client_for(cast.ben))
    line.emit("watch-thread", {"thread_id": str(thread_id), "last": 1}, callback=True)
    send(client_for(cast.mori), f"/threads/{thread_id}/pace/pause", **TYPED)
    told = [one["args"][0] for one in line.get_received() if one["name"] == "pace"]
    assert [each["words"] for each in told] == ["A moderator has changed how this thread goes on."]


def test_other_threads_go_on_as_usual(cast, client_for, make, thread_id, paced):
    paced(thread_id)
    other = make.thread(cast.group_id, cast.ana)
    assert reply(client_for(cast.ben), other).status_code == 302


# ---- through an open item ----


@pytest.fixture
def item_id(make, cast, thread_id) -> UUID:
    """Ana reports what Ben replied, for the site’s moderators."""
    return make.report(make.reply(thread_id, cast.ben), cast.ana, "illegal")


def test_the_sites_moderators_let_a_thread_rest_through_an_open_item(
    cast, client_for, make, thread_id, item_id, letters, app
):
    browser, page = client_for(cast.pat), f"/moderation/{item_id}"
    assert f"{page}/pace/pause" in browser.get(page).text
    answer = send(browser, f"{page}/pace/slow", **TYPED, gap="day")
    assert answer.location == page
    assert letters()[-1] == ("Ana", "thread_paced")
    assert (
        "Each of us writes one post in a day."
        in client_for(cast.ben).get(f"/threads/{thread_id}").text
    )
    with app.app_context():
        written = db.session.execute(select(AuditEvent.action, AuditEvent.acted_for)).all()
    assert ("slow", "platform") in [tuple(row) for row in written]
    assert send(browser, f"{page}/pace/pause", **{**TYPED, "why": " "}).status_code == 422
    other = {**TYPED, "why": WORDS}
    assert send(browser, f"{page}/pace/slow", **other, gap="day").status_code == 409


@pytest.mark.holds("F:F82")
@pytest.mark.parametrize("kind", ["pause", "slow", "lock"])
@pytest.mark.parametrize("place", ["thread", "item"])
def test_a_second_press_is_the_first_again(
    cast, client_for, make, thread_id, item_id, letters, kind, place
):
    who, page = {
        "thread": (cast.mori, f"/threads/{thread_id}"),
        "item": (cast.pat, f"/moderation/{item_id}"),
    }[place]
    browser, page = client_for(who), f"{page}/pace/{kind}"
    typed = {**TYPED, "gap": "day"}
    first, second = (send(browser, page, **typed) for _ in range(2))
    assert (first.status_code, second.location) == (302, first.location)
    assert [each for each in letters() if each == ("Ana", "thread_paced")] == [
        ("Ana", "thread_paced")
    ]
    seen = again_typed(browser.get(page))["seen"]
    gone, again = (send(browser, page, f"{page}/end", seen=seen) for _ in range(2))
    assert (gone.status_code, again.location) == (302, gone.location)
    acts = make.done(lambda: list(db.session.scalars(select(AuditEvent.action))))
    assert (acts.count(kind), acts.count("pace-ended")) == (1, 1)


def test_the_same_words_of_somebody_else_or_for_longer_are_no_second_press(
    cast, client_for, thread_id
):
    page = f"/threads/{thread_id}/pace/pause"
    send(client_for(cast.mori), page, **TYPED)
    assert send(client_for(cast.marta), page, **TYPED).status_code == 409
    assert send(client_for(cast.mori), page, **{**TYPED, "days": "3"}).status_code == 409


def test_they_end_it_there_too_and_not_what_somebody_chose_since(
    cast, client_for, thread_id, item_id
):
    browser, page = client_for(cast.pat), f"/moderation/{item_id}/pace/pause"
    send(browser, page, **TYPED)
    shown = browser.get(page)
    assert "Let it go on now" in shown.text
    seen = again_typed(shown)["seen"]
    assert send(browser, page, f"{page}/end", seen=seen).location == f"/moderation/{item_id}"
    assert "This thread rests" not in client_for(cast.ben).get(f"/threads/{thread_id}").text
    send(client_for(cast.mori), f"/threads/{thread_id}/pace/pause", **TYPED)
    assert send(browser, page, f"{page}/end", seen=seen).status_code == 409
    assert send(client_for(cast.ben), "/comfort", f"{page}/end", seen=seen).status_code == 404


@pytest.mark.holds("moderation:1", "moderation:11")
def test_without_something_to_decide_there_is_no_such_page(
    cast, client_for, make, thread_id, item_id
):
    page = f"/moderation/{item_id}/pace/pause"
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger):
        assert client_for(person).get(page).status_code == 404
        assert send(client_for(person), "/comfort", page, **TYPED).status_code == 404
    make.decision(item_id, cast.pat, Outcome.KEEP)
    assert client_for(cast.pat).get(page).status_code == 404
    assert "/sign-in" in client_for().get(page).location
