"""What was reported goes back to its writer for a change, with what is meant marked in it."""

import pytest
from sqlalchemy import select

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports import queries as report_queries
from community.moderation.rules.case import Outcome, Source
from community.threads import actions as threads_actions
from community.threads.holds import queries as holds_queries
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from tests.moderation.test_actions import state
from tests.pages import plain, send, send_as_seen

WHY = "Please say it as your own experience."
BACK = {
    "outcome": "return",
    "rule": "experience",
    "why": WHY,
    "passages": "stop the tablets",
    "version": "1",
}


@pytest.fixture
def item_id(make, cast, reply_id):
    return make.report(reply_id, cast.ben, "stop_treatment")


@pytest.mark.holds("moderation:6", "moderation:8")
def test_only_its_writer_reads_it_then_with_why_and_what_is_marked(
    cast, make, client_for, letters, arrived, reply_id, item_id
) -> None:
    mori, ana, ben = (client_for(who) for who in (cast.mori, cast.ana, cast.ben))
    assert 'value="return"' in mori.get(f"/moderation/{item_id}").text
    assert send(mori, f"/moderation/{item_id}", **BACK).status_code == 302
    assert state(make, reply_id) is PostState.RETURNED
    assert letters()[-2:] == [("Ana", "post_returned"), ("Ben", "report_answered")]
    thread = f"/threads/{make.thread_of(reply_id)}"
    assert "tablets" not in ben.get(thread).text
    assert "<mark>stop the tablets</mark>" in ana.get(f"/posts/{reply_id}/edit").text
    ((_, written),) = arrived("ana@example.org")
    words = " ".join(written.split())
    for said in (
        "Only you see it until then.",
        "Which guideline: ",
        WHY,
        "Members reported it, and somebody read it.",
        "Reported as: Pressure to stop or change a medicine or treatment.",
        "not a program",
        "It’s about these words only.",
        f"/posts/{reply_id}/edit",
        f"/posts/{reply_id}/statement",
        "ask for another look on that page until Sunday 23 May 2027",
    ):
        assert said in words
    assert "Ben" not in words
    page = ana.get(f"/posts/{reply_id}/statement")
    assert f'href="/posts/{reply_id}/edit"' in page.text
    assert "Another look at this" in plain(page)
    ((_, told),) = arrived("ben@example.org")
    assert "gave it back to whoever wrote it, for a change" in told


@pytest.mark.holds("moderation:18")
def test_changed_it_is_looked_at_again_with_what_has_changed(
    cast, make, clock, client_for, reply_id, item_id
) -> None:
    make.decision(item_id, cast.mori, Outcome.RETURN)
    new = "I stopped the tablets with my doctor."
    make.done(lambda: threads_actions.edit(cast.ana, reply_id, new, 1, now=clock.now()))
    assert state(make, reply_id) is PostState.HELD
    again = make.done(lambda: report_queries.open_item(reply_id))
    assert again not in (None, item_id)
    page = client_for(cast.marta).get(f"/moderation/{again}").text
    assert "It was changed while it wasn’t shown." in page
    assert '<ins><span class="vh">added: </span>' in page
    make.decision(again, cast.marta, Outcome.APPROVE)
    assert state(make, reply_id) is PostState.PUBLISHED
    with make.app.app_context():
        sources = db.session.scalars(select(Decision.source).order_by(Decision.id)).all()
    assert sources == [Source.REPORT, Source.HOLD]


@pytest.mark.holds("moderation:9")
def test_its_writer_can_ask_for_another_look_and_it_is_shown_again(
    cast, make, client_for, reply_id, item_id
) -> None:
    make.decision(item_id, cast.mori, Outcome.RETURN)
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    send(client_for(cast.ana), f"/decisions/{decision_id}/another-look", words="It is mine.")
    marta = client_for(cast.marta)
    [appeal] = {
        part for part in marta.get("/moderation").text.split('"') if "/moderation/appeals/" in part
    }
    send_as_seen(marta, appeal, result="upheld", answer="It is.")
    assert state(make, reply_id) is PostState.PUBLISHED


def test_also_when_it_is_hidden_already_and_it_doesnt_come_back_by_the_clock(
    cast, make, clock, client_for, reply_id
) -> None:
    item_id = make.report(reply_id, cast.ben, "graphic")
    make.decision(item_id, cast.mori, Outcome.HIDE)
    make.decision(item_id, cast.mori, Outcome.RETURN, version=2)
    clock.pass_by(hours=100)
    assert "tablets" not in client_for(cast.ben).get(f"/threads/{make.thread_of(reply_id)}").text
    assert state(make, reply_id) is PostState.RETURNED


def test_a_thread_whose_first_words_went_back_waits_for_them(cast, make, client_for, clock) -> None:
    thread_id = make.thread(cast.group_id, cast.ana, words="Stop your tablets.")
    first = make.opening(thread_id)
    make.decision(make.report(first, cast.ben, "graphic"), cast.mori, Outcome.RETURN)
    bens = client_for(cast.ben).get(f"/threads/{thread_id}")
    assert "Stop your tablets" not in bens.text
    assert "is changing this" in plain(bens)
    make.done(lambda: threads_actions.edit(cast.ana, first, "Rain.", 1, now=clock.now()))
    again = make.done(lambda: report_queries.open_item(first))
    make.decision(again, cast.mori, Outcome.APPROVE)
    assert "Rain." in client_for(cast.ben).get(f"/threads/{thread_id}").text


def test_what_is_marked_has_to_stand_in_it(cast, make, client_for, reply_id, item_id) -> None:
    typed = {**BACK, "passages": "take more of them"}
    answer = send(client_for(cast.mori), f"/moderation/{item_id}", **typed)
    assert answer.status_code == 422
    assert state(make, reply_id) is PostState.PUBLISHED
    with make.app.app_context():
        assert db.session.get_one(ReviewItem, item_id).closed_at is None


def test_taken_back_meanwhile_it_can_be_put_back_as_it_was_decided(
    cast, make, clock, reply_id, item_id
) -> None:
    make.done(lambda: taken_back_actions.take_back(cast.ana, reply_id, now=clock.now()))
    make.decision(item_id, cast.mori, Outcome.RETURN)
    assert state(make, reply_id) is PostState.DELETED


def test_what_was_held_before_keeps_its_own_marks(cast, make, reply_id, item_id) -> None:
    make.decision(item_id, cast.mori, Outcome.RETURN)
    hold = make.done(lambda: holds_queries.latest(reply_id))
    assert [each.value for each in hold.reasons] == ["returned"]
