"""Deciding about what others don’t see before somebody has read it."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.verdict import STALE, Refused
from community.groups.claims import actor_of
from community.groups.rules import HoldPolicy
from community.moderation import actions, queries
from community.moderation.actions import Choice
from community.moderation.holds.rules import NOT_IN_IT
from community.moderation.models import AuditEvent, Decision, ReviewItem
from community.moderation.queue.queries import queue
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.rules.case import HELD, Outcome, Source
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.holds import queries as holds_queries
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from tests.make import Make
from tests.pages import plain, send, send_as_seen
from tests.threads.conftest import Cast

ClientFor = Callable[..., FlaskClient]
WORDS = "Just stop the tablets now."
MEANT = "It tells somebody what to do. Say what you tried."


@pytest.fixture
def thread_id(make: Make, cast: Cast) -> UUID:
    thread_id = make.thread(cast.group_id, cast.ben)
    make.holds(cast.group_id, HoldPolicy.FIRST_POSTS)
    return thread_id


@pytest.fixture
def held_id(make: Make, cast: Cast, thread_id: UUID) -> UUID:
    """Ana’s reply, which waits."""
    return make.reply(thread_id, cast.ana, WORDS)


@pytest.fixture
def item_id(make: Make, held_id: UUID) -> UUID:
    return open_item(make, held_id)


def open_item(make: Make, post_id: UUID) -> UUID:
    found = make.done(lambda: report_queries.open_item(post_id))
    assert found is not None
    return found


def decide(
    make: Make,
    item_id: UUID,
    by,
    outcome: Outcome,
    passages: tuple[str, ...] = (),
    version: int = 1,
) -> None:
    words = ("", "") if outcome is Outcome.APPROVE else ("medicine", MEANT)
    choice = Choice(outcome, *words, "", version, passages)
    now = make.clock.now()
    make.done(lambda: actions.decide(actor_of(by.id, now=now), item_id, choice, now=now))


def state(make: Make, post_id: UUID) -> PostState:
    return make.done(lambda: threads_queries.reviewed(post_id).state)


def change(make: Make, cast: Cast, post_id: UUID, words: str, version: int) -> None:
    now = make.clock.now()
    make.done(lambda: threads_actions.edit(cast.ana, post_id, words, version, now=now))


def test_what_is_held_stands_in_the_queue_and_says_why(
    cast: Cast, client_for: ClientFor, item_id: UUID
) -> None:
    page = client_for(cast.mori).get("/moderation").text
    assert "One item you can decide." in page
    assert "One of somebody’s first posts" in page
    assert "Held. Others don’t see it yet." in page
    case = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert WORDS in case
    assert "A program can hold a post. Only a person decides about it." in case
    for action in ("Show it to the others", "Give it back for a change", "Remove it"):
        assert action in case
    assert "Hide it for now" not in case


@pytest.mark.holds("moderation:1", "moderation:11")
@pytest.mark.parametrize("who", ["ana", "ben", "hana", "pat", "stranger"])
def test_others_can_not_tell_that_it_is_there(
    cast: Cast, client_for: ClientFor, item_id: UUID, who: str
) -> None:
    browser = client_for(getattr(cast, who))
    assert browser.get(f"/moderation/{item_id}").status_code == 404


def test_approved_it_is_shown_and_its_author_is_told_without_a_reason(
    cast: Cast, make: Make, client_for: ClientFor, letters, thread_id, held_id, item_id
) -> None:
    browser, told = client_for(cast.mori), len(letters())
    where = f"/moderation/{item_id}"
    answer = send(browser, where, outcome="approve", rule="", why="", version="1")
    assert answer.status_code == 302
    assert state(make, held_id) is PostState.PUBLISHED
    assert WORDS in client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert letters()[told:] == [("Ana", "post_shown")]
    assert browser.get(where).status_code == 200
    assert client_for(cast.ana).get(f"/posts/{held_id}/statement").status_code == 404


def test_given_back_its_author_reads_what_is_marked_and_why_and_it_is_held_again(
    cast: Cast, make: Make, client_for: ClientFor, letters, thread_id, held_id, item_id
) -> None:
    told = len(letters())
    send(
        client_for(cast.mori), f"/moderation/{item_id}", outcome="return", rule="medicine",
        why=MEANT, passages="stop the tablets", version="1",
    )  # fmt: skip
    assert state(make, held_id) is PostState.RETURNED
    assert letters()[told:] == [("Ana", "post_returned")]
    anas = client_for(cast.ana)
    page = anas.get(f"/posts/{held_id}/edit").text
    assert "A moderator asks you to change this before others see it." in page
    assert "<mark>stop the tablets</mark>" in page
    assert MEANT in anas.get(f"/posts/{held_id}/statement").text
    assert "Nothing waits for you" in client_for(cast.mori).get("/moderation").text

    change(make, cast, held_id, "I stopped the tablets with my doctor.", 1)
    assert state(make, held_id) is PostState.HELD
    again = client_for(cast.mori).get(f"/moderation/{open_item(make, held_id)}").text
    assert "What has changed" in again
    assert '<ins><span class="vh">added: </span>' in again
    assert '<del><span class="vh">removed: </span>' in again


def test_what_is_marked_has_to_stand_in_it(
    cast: Cast, make: Make, client_for: ClientFor, held_id, item_id
) -> None:
    with pytest.raises(Refused) as refused:
        decide(make, item_id, cast.mori, Outcome.RETURN, ("take more of them",))
    assert refused.value.reason is NOT_IN_IT
    typed = {"outcome": "return", "rule": "medicine", "why": MEANT, "version": "1"}
    where = f"/moderation/{item_id}"
    answer = send(client_for(cast.mori), where, **typed, passages="take more of them")
    assert answer.status_code == 422
    assert NOT_IN_IT.text in plain(answer)
    assert MEANT in answer.text
    assert state(make, held_id) is PostState.HELD


@pytest.mark.parametrize("outcome", ["return", "remove"])
def test_whatever_is_not_shown_needs_a_guideline_and_words(
    cast: Cast, make: Make, client_for: ClientFor, held_id, item_id, outcome: str
) -> None:
    where = f"/moderation/{item_id}"
    answer = send(client_for(cast.mori), where, outcome=outcome, rule="", why="", version="1")
    assert answer.status_code == 422
    assert state(make, held_id) is PostState.HELD


@pytest.mark.holds("moderation:6")
def test_removed_it_has_a_statement_that_says_nobody_reported_it(
    cast: Cast, make: Make, client_for: ClientFor, letters, held_id, item_id
) -> None:
    decide(make, item_id, cast.mori, Outcome.REMOVE)
    assert ("Ana", "post_decided") in letters()
    page = client_for(cast.ana).get(f"/posts/{held_id}/statement").text
    assert "It was held, to be read before others see it, and somebody read it." in page
    assert "Members reported it" not in page
    decision = make.done(
        lambda: db.session.execute(
            select(Decision.source, Decision.automated, Decision.facts)
        ).one()
    )
    assert tuple(decision) == (Source.HOLD, False, "first_posts")


@pytest.mark.holds("moderation:3", "moderation:18")
def test_changed_while_it_is_read_the_decision_is_not_taken(
    cast: Cast, make: Make, client_for: ClientFor, held_id, item_id
) -> None:
    change(make, cast, held_id, "I stopped mine.", 1)
    assert open_item(make, held_id) == item_id
    with pytest.raises(Refused) as refused:
        decide(make, item_id, cast.mori, Outcome.APPROVE)
    assert refused.value.reason is STALE
    answer = send(
        client_for(cast.mori),
        f"/moderation/{item_id}",
        outcome="approve",
        rule="",
        why="",
        version="1",
    )
    assert answer.status_code == 409
    assert "Its writer has changed it since you opened this page." in answer.text
    decide(make, item_id, cast.mori, Outcome.APPROVE, version=2)
    assert state(make, held_id) is PostState.PUBLISHED


def test_taken_back_it_leaves_the_queue(
    cast: Cast, make: Make, client_for: ClientFor, held_id, item_id
) -> None:
    make.done(lambda: taken_back_actions.take_back(cast.ana, held_id, now=make.clock.now()))
    assert "Nothing waits for you" in client_for(cast.mori).get("/moderation").text
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert "Its writer has taken it back before others saw it." in page


@pytest.mark.holds("moderation:2")
def test_with_nobody_in_the_group_to_read_it_it_goes_to_the_platform(
    cast: Cast, make: Make, client_for: ClientFor
) -> None:
    alone = make.group("Quiet", members=[cast.ana])
    make.holds(alone, HoldPolicy.FIRST_POSTS)
    make.thread(alone, cast.ana, title="Kestrels")
    owner = make.owner(alone)
    assert "Kestrels" in client_for(owner).get("/moderation").text
    make.held_back(owner)
    assert "Kestrels" in client_for(cast.pat).get("/moderation").text


@pytest.mark.holds("moderation:18")
def test_a_change_of_what_was_hidden_waits_in_the_same_item_and_the_reporter_is_told(
    cast: Cast, make: Make, client_for: ClientFor, letters, arrived, thread_id
) -> None:
    make.holds(cast.group_id, HoldPolicy.OPEN)
    reply_id = make.reply(thread_id, cast.ana, WORDS)
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    assert item_id is not None
    make.decision(item_id, cast.mori, Outcome.HIDE)
    change(make, cast, reply_id, "I stopped mine with my doctor.", 1)
    assert open_item(make, reply_id) == item_id

    def actions_now() -> frozenset[Outcome]:
        moris = actor_of(cast.mori.id, now=make.clock.now())
        return queries.case_page(moris, item_id, make.clock.now()).actions

    assert make.done(actions_now) == HELD
    decide(make, item_id, cast.mori, Outcome.APPROVE, version=3)
    assert state(make, reply_id) is PostState.PUBLISHED
    assert ("Ben", "report_answered") in letters()
    anas = plain(client_for(cast.ana).get(f"/posts/{reply_id}/statement"))
    assert "We’ve looked again. What you wrote is shown to the others." in anas
    assert anas.count("We’ve hidden what you wrote for now.") == 1  # as it was then
    ((_, told),) = arrived("ben@example.org")
    assert "Somebody read it and decided to show it to the others." in told
    assert "you can ask for another look" in told
    with make.app.app_context():
        approved = db.session.scalars(
            select(Decision.id).where(Decision.outcome == Outcome.APPROVE)
        ).one()
    bens, page = client_for(cast.ben), f"/decisions/{approved}/another-look"
    assert "somebody decided to show it to the others" in plain(bens.get(page))
    assert client_for(cast.ana).get(page).status_code == 404
    assert send(bens, page, words="It still says the same.").location == page
    martas = client_for(cast.marta)
    [appeal] = {
        part for part in martas.get("/moderation").text.split('"') if "/moderation/appeals/" in part
    }
    assert "Shown to the others" in plain(martas.get(appeal))
    send_as_seen(martas, appeal, result="upheld", answer="It does.")
    assert open_item(make, reply_id) == item_id


def test_whoever_reported_what_goes_back_to_its_writer_reads_that_it_did(
    cast: Cast, make: Make, arrived, thread_id: UUID
) -> None:
    make.holds(cast.group_id, HoldPolicy.OPEN)
    reply_id = make.reply(thread_id, cast.ana, WORDS)
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    make.holds(cast.group_id, HoldPolicy.ALL)
    change(make, cast, reply_id, "Stop yours.", 1)
    decide(make, item_id, cast.mori, Outcome.RETURN, version=2)
    ((_, told),) = arrived("ben@example.org")
    assert "gave it back to whoever wrote it, for a change" in told
    assert "something follows for them" not in told


@pytest.mark.holds("moderation:13")
@pytest.mark.parametrize("words", [WORDS, "Buy now: casino bonus. https://a.example"])
def test_a_program_that_notices_something_holds_it_and_does_nothing_else(
    cast: Cast, make: Make, thread_id: UUID, words: str
) -> None:
    reply_id = make.reply(thread_id, cast.ana, words)
    assert state(make, reply_id) is PostState.HELD
    assert open_item(make, reply_id)
    opening_id = make.opening(make.thread(cast.group_id, cast.ben))
    assert state(make, opening_id) is PostState.HELD
    for model in (Decision, AuditEvent, OutboxLetter):
        count = select(func.count()).select_from(model)
        assert make.done(lambda count=count: db.session.scalar(count)) == 0, model


@pytest.mark.holds("moderation:25")
def test_the_queue_counts_what_is_held_and_can_be_decided(
    cast: Cast, make: Make, thread_id, item_id
) -> None:
    for _ in range(3):
        make.reply(thread_id, cast.ana, WORDS)
    now = make.clock.now()

    def waiting(person) -> int:
        return queue(actor_of(person.id, now=now), now).total

    assert make.done(lambda: waiting(cast.mori)) == 4
    assert make.done(lambda: waiting(cast.pat)) == 0


def test_the_latest_hold_is_the_one_that_counts(cast: Cast, make: Make, held_id, item_id) -> None:
    decide(make, item_id, cast.mori, Outcome.RETURN, ("tablets",))
    change(make, cast, held_id, "Rain.", 1)
    held = make.done(lambda: holds_queries.latest(held_id))
    assert (held.passages, held.since_version) == ([], 1)
    versions = select(ReviewItem.source).where(ReviewItem.post_id == held_id)
    assert set(make.done(lambda: db.session.scalars(versions).all())) == {Source.HOLD}


def test_a_report_taken_back_leaves_what_is_held_to_be_read(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    make.holds(cast.group_id, HoldPolicy.OPEN)
    reply_id = make.reply(thread_id, cast.ana, WORDS)
    make.report(reply_id, cast.ben)
    make.holds(cast.group_id, HoldPolicy.ALL)
    change(make, cast, reply_id, "I stopped mine.", 1)
    now = make.clock.now()
    make.done(lambda: report_actions.take_back(actor_of(cast.ben.id, now=now), reply_id, now=now))
    decide(make, open_item(make, reply_id), cast.mori, Outcome.APPROVE, version=3)
    assert state(make, reply_id) is PostState.PUBLISHED


@pytest.mark.parametrize(
    ("words", "folds"), [("I don’t want to live like this.", True), (WORDS, False)]
)
def test_words_of_a_dark_time_that_wait_open_by_a_press(
    make: Make, cast: Cast, client_for: ClientFor, thread_id: UUID, words: str, folds: bool
) -> None:
    item_id = open_item(make, make.reply(thread_id, cast.ana, words))
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert ("Show the words. They may be hard to read" in page) is folds
    if folds:
        fold = page.split("They may be hard to read")[1]
        assert words in fold.split("</details>")[0]
        assert words not in fold.split("</details>", 1)[1]
