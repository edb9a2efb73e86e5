"""Somebody minds how it was decided: it goes above whoever decided. And how soon somebody looks."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.actor import Actor, Staff
from community.core.db import db
from community.moderation.appeals.rules import ANSWER_WITHIN
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Scope, Severity
from tests.live.circle import ClientFor
from tests.make import Make
from tests.pages import plain, send
from tests.threads.conftest import Cast

WORDS = "They laughed about me in their answer."
WHY = "Only a prescriber can say that."


@pytest.fixture
def lea(make: Make) -> Actor:
    return make.staff("Lea", Staff.SAFETY_LEAD)


@pytest.fixture
def page(make: Make, cast: Cast, reply_id: UUID, lea: Actor) -> str:
    """Mori has removed words of Ana’s that Ben reported."""
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.REMOVE, why=WHY)
    with make.app.app_context():
        return f"/decisions/{db.session.scalars(select(Decision.id)).one()}/how"


def opened(make: Make) -> list[ReviewItem]:
    with make.app.app_context():
        return list(db.session.scalars(select(ReviewItem).where(ReviewItem.closed_at.is_(None))))


@pytest.mark.holds("moderation:10")
def test_it_opens_above_whoever_decided_and_safety_leads_read_which_decision(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID, page: str, lea: Actor
) -> None:
    anas = client_for(cast.ana)
    assert page in anas.get(f"/posts/{reply_id}/statement").text
    assert page in anas.get(page.replace("how", "another-look")).text
    assert send(anas, page, words=WORDS).status_code == 302
    [item] = opened(make)
    assert (item.author_id, item.scope, item.for_leads) == (cast.mori.id, Scope.PLATFORM, True)
    at = f"/moderation/{item.id}"
    seen = plain(client_for(lea).get(at))
    for words in (WORDS, "It’s about how this was decided,", "Removed", WHY):
        assert words in seen
    for who in (cast.mori, cast.marta, cast.pat, cast.ana, cast.ben):
        assert client_for(who).get(at).status_code == 404
        assert at not in client_for(who).get("/moderation").text


def test_twice_is_once_and_words_are_needed(
    make: Make, cast: Cast, client_for: ClientFor, page: str
) -> None:
    anas = client_for(cast.ana)
    assert send(anas, page, words=" ").status_code == 422
    assert opened(make) == []
    for _ in range(2):
        assert send(anas, page, words=WORDS).status_code == 302
    assert len(opened(make)) == 1
    with make.app.app_context():
        every = db.session.scalars(select(Report)).all()
        reports = [each for each in every if each.words == WORDS]
        assert [str(each.decision_id) for each in reports] == [page.split("/")[2]]


@pytest.mark.holds("moderation:11")
def test_whoever_couldnt_ask_for_another_look_finds_no_such_page(
    make: Make, cast: Cast, client_for: ClientFor, page: str
) -> None:
    for who in (cast.ben, cast.mori, cast.marta, cast.pat, cast.stranger):
        browser = client_for(who)
        assert browser.get(page).status_code == 404
        assert send(browser, "/groups", page, words=WORDS).status_code == 404
    assert opened(make) == []


def test_of_a_safety_leads_decision_another_lead_reads(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID, lea: Actor
) -> None:
    lou = make.staff("Lou", Staff.SAFETY_LEAD)
    make.decision(make.report(reply_id, cast.ben, "threat_other"), lea, Outcome.REMOVE)
    with make.app.app_context():
        page = f"/decisions/{db.session.scalars(select(Decision.id)).one()}/how"
    send(client_for(cast.ana), page, words=WORDS)
    at = f"/moderation/{opened(make)[0].id}"
    assert client_for(lou).get(at).status_code == 200
    assert client_for(lea).get(at).status_code == 404


@pytest.mark.parametrize("writes", [False, True])
def test_a_statement_says_that_whoever_decided_took_no_part_if_thats_so(
    make: Make, cast: Cast, client_for: ClientFor, writes: bool
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    if writes:
        make.reply(thread_id, cast.mori, "Hello to all.")
    reply_id = make.reply(thread_id, cast.ana, "Just stop the tablets now.")
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.REMOVE)
    seen = plain(client_for(cast.ana).get(f"/posts/{reply_id}/statement"))
    assert "They neither wrote nor reported it" in seen
    assert ("and took no part in this thread" in seen) is not writes


def test_members_read_the_targets_that_the_rules_have(
    cast: Cast, client_for: ClientFor, reply_id: UUID
) -> None:
    hours = {each: each.first_look / timedelta(hours=1) for each in Severity}
    assert set(hours.values()) == {2, 24, 72}
    bens = client_for(cast.ben)
    for page in (f"/posts/{reply_id}/report", "/guidelines/reporting"):
        seen = plain(bens.get(page))
        for words in ("2 hours", "24 hours", "72 hours", f"within {ANSWER_WITHIN.days} days"):
            assert words in seen
        assert "are targets, not promises" in seen.replace("These are", "are")
