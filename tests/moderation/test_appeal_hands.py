"""Who is looking at an appeal; and a reporter who minds that little was done."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from community.core.actor import Actor, Staff
from community.core.db import db
from community.moderation.actions import Choice, decide
from community.moderation.appeals.models import Appeal, AppealClaim
from community.moderation.appeals.rules import (
    ANSWERED,
    Hearing,
    Result,
    Side,
    may_answer,
    may_answer_so,
    may_claim,
    may_leave,
)
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import IN_OTHER_HANDS, Claim, Outcome
from community.moderation.rules.claims import LEASE
from community.moderation.rules.reasons import Scope
from community.threads.notes.rules import NoteKind
from tests.fakes import FrozenClock
from tests.live.circle import ClientFor
from tests.make import Make
from tests.moderation.test_rules import NOON, case, moderator
from tests.pages import plain, send, send_as_seen
from tests.threads.conftest import Cast

ANSWER = {"result": "rejected", "answer": "It tells others what to take."}


@pytest.mark.holds("moderation:4", "moderation:9")
def test_what_another_is_looking_at_can_be_taken_over_and_is_answered_by_one() -> None:
    mine, theirs = moderator(), moderator()
    about = case(mine.id, theirs.id, is_open=False)
    free = Hearing(uuid4(), Side.AUTHOR, Scope.GROUP, about, frozenset(), False)
    held = replace(free, case=replace(about, claim=Claim(theirs.id, "Marta", NOON + LEASE)))
    assert may_answer_so(mine, free, Result.REJECTED, 3, NOON)
    assert may_answer_so(theirs, held, Result.REJECTED, 3, NOON)
    assert may_answer_so(mine, held, Result.REJECTED, 3, NOON).reason is IN_OTHER_HANDS
    assert may_answer_so(mine, held, Result.REJECTED, 3, NOON + LEASE)
    assert may_answer(mine, held), "they may read it"
    assert may_claim(mine, held)
    assert may_leave(theirs, held, NOON)
    assert not may_leave(mine, held, NOON)
    done = replace(held, is_answered=True)
    assert may_answer_so(mine, done, Result.REJECTED, 3, NOON).reason is ANSWERED
    assert may_claim(mine, done).reason is ANSWERED
    for stranger in (moderator(group=uuid4()), moderator(about.author_id)):
        for may in (may_claim(stranger, held), may_leave(stranger, held, NOON)):
            assert may.reason is None or may.reason.status == 404
        assert not may_leave(stranger, held, NOON)


@pytest.fixture
def lea(make: Make) -> Actor:
    return make.staff("Lea", Staff.SAFETY_LEAD)


@pytest.fixture
def lou(make: Make) -> Actor:
    return make.staff("Lou", Staff.PLATFORM_MODERATOR)


@pytest.fixture
def page(make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID) -> str:
    """Pat has removed Ana’s words, and she asks for another look. Lea and Lou can hear it."""
    make.decision(make.report(reply_id, cast.ben, "threat_other"), cast.pat, Outcome.REMOVE)
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    send(client_for(cast.ana), f"/decisions/{decision_id}/another-look", words="It was mine.")
    with make.app.app_context():
        return f"/moderation/appeals/{db.session.scalars(select(Appeal.id)).one()}"


@pytest.mark.holds("moderation:4")
def test_others_see_who_is_looking_and_nothing_that_is_sent_meanwhile_counts(
    make: Make, client_for: ClientFor, page: str, lea: Actor, lou: Actor
) -> None:
    leas, lous = client_for(lea), client_for(lou)
    assert "I’m looking at this" in lous.get(page).text
    assert send(leas, page, f"{page}/claim").location == page
    assert "You are, until 12:30 pm." in plain(leas.get(page))
    assert "You’re looking at it." in plain(leas.get("/moderation"))
    seen = plain(lous.get(page))
    assert "Lea is, until" in seen
    assert "Send this answer" not in seen
    assert "Lea is looking at it." in plain(lous.get("/moderation"))
    refused = send(lous, page, **ANSWER, version="2")
    assert refused.status_code == 409
    assert "Lea is looking at this now, so nothing was sent." in plain(refused)
    assert ANSWER["answer"] in refused.text
    assert send(lous, page, f"{page}/leave").status_code == 409
    send(lous, page, f"{page}/claim")
    assert send_as_seen(lous, page, **ANSWER).status_code == 302
    with make.app.app_context():
        assert db.session.scalars(select(AppealClaim)).all() == []


def test_it_is_left_by_a_press_or_by_the_clock(
    client_for: ClientFor, clock: FrozenClock, page: str, lea: Actor
) -> None:
    leas = client_for(lea)
    send(leas, page, f"{page}/claim")
    assert send(leas, page, f"{page}/leave").location == "/moderation"
    assert "I’m looking at this" in leas.get(page).text
    send(leas, page, f"{page}/claim")
    clock.instant += LEASE
    assert "I’m looking at this" in leas.get(page).text


@pytest.mark.holds("moderation:9", "moderation:24")
def test_for_everybody_else_there_is_no_such_press(
    cast: Cast, client_for: ClientFor, page: str, lea: Actor
) -> None:
    for who in (cast.ana, cast.ben, cast.mori, cast.marta, cast.stranger, cast.pat):
        browser = client_for(who)
        for press in ("claim", "leave"):
            assert send(browser, "/groups", f"{page}/{press}").status_code == 404
    assert client_for(lea).get(f"{page}/claim").status_code == 405


IN_CONTEXT = re.compile(r'<article class="(?:card )?post".+?</article>', re.S)


def test_whoever_looks_again_reads_the_words_as_whoever_decided(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID
) -> None:
    item_id = make.report(reply_id, cast.ben, "graphic")
    decided = IN_CONTEXT.findall(client_for(cast.mori).get(f"/moderation/{item_id}").text)
    make.decision(item_id, cast.mori, Outcome.KEEP)
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    send(client_for(cast.ben), f"/decisions/{decision_id}/another-look")
    with make.app.app_context():
        page = f"/moderation/appeals/{db.session.scalars(select(Appeal.id)).one()}"
    again = IN_CONTEXT.findall(client_for(cast.marta).get(page).text)
    assert str(reply_id) in "".join(decided)
    assert again == [each.replace("What was reported", "What it’s about") for each in decided]


# A reporter


def noted(make: Make, cast: Cast, item_id: UUID, why: str = "Many find it hard.") -> None:
    """Mori puts a content note before what was reported."""
    choice = Choice(Outcome.NOTE, "experience", why, "", 1, notes=frozenset({NoteKind.PAIN}))
    mori, now = make.actor(cast.mori), make.clock.now()
    make.done(lambda: decide(mori, item_id, choice, now=now))


@pytest.mark.holds("moderation:8", "moderation:9")
def test_a_reporter_of_words_that_only_got_a_note_can_ask_and_somebody_else_decides(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID, arrived
) -> None:
    item_id = make.report(reply_id, cast.ben, "graphic")
    why = "It is hard to read for many."
    noted(make, cast, item_id, why)
    ((_, letter),) = arrived("ben@example.org")
    assert "put a content note before it" in letter
    assert "If you think we got it wrong, you can ask for another look." in " ".join(letter.split())
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    ask, bens = f"/decisions/{decision_id}/another-look", client_for(cast.ben)
    seen = plain(bens.get(ask))
    assert "A content note put before it" in seen
    assert why not in seen, "that was written to somebody else"
    assert why in plain(client_for(cast.ana).get(ask))
    assert send(bens, ask, words="It still frightens.").status_code == 302
    with make.app.app_context():
        page = f"/moderation/appeals/{db.session.scalars(select(Appeal.id)).one()}"
    marta = client_for(cast.marta)
    assert "asks whether that was enough" in plain(marta.get(page))
    send_as_seen(marta, page, result="upheld", answer="You’re right, it needs more.")
    with make.app.app_context():
        assert db.session.get_one(ReviewItem, item_id).closed_at is None
    assert client_for(cast.mori).get(f"/moderation/{item_id}").status_code == 404
    assert "Send this decision" in marta.get(f"/moderation/{item_id}").text


def test_both_can_ask_about_the_same(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID
) -> None:
    noted(make, cast, make.report(reply_id, cast.ben, "graphic"))
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    for who in (cast.ana, cast.ben):
        ask = f"/decisions/{decision_id}/another-look"
        assert send(client_for(who), ask).status_code == 302
    with make.app.app_context():
        found = db.session.scalars(select(Appeal).order_by(Appeal.id)).all()
        assert [each.side for each in found] == [Side.AUTHOR, Side.REPORTER]
        pages = [f"/moderation/appeals/{each.id}" for each in found]
    marta = client_for(cast.marta)
    for page in pages:
        done = send_as_seen(marta, page, result="upheld", answer="Yes.")
        assert done.status_code == 302
