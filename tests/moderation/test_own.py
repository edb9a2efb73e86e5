"""What moderators do of themselves has a statement of reasons, and somebody else looks again."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome, Source
from community.threads.models import Post
from community.threads.notes.rules import NoteKind
from community.threads.pace import queries as pace_queries
from tests.pages import plain, send, send_as_seen

NOTED = {"rule": "kindness", "why": "Needles come up.", "kinds": ["surgery"]}
NOTED |= {"seen": "", "version": "1"}
RESTED = {"rule": "kindness", "why": "A breath for all of us.", "days": "3", "seen": ""}
ANSWER = {"result": "upheld", "answer": "It can do without."}


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def reply_id(make, cast, thread_id) -> UUID:
    return make.reply(thread_id, cast.ben)


def asked(browser, post_id) -> None:
    """Ask for another look, from the page that the letter leads to."""
    page = browser.get(f"/posts/{post_id}/statement").text
    [way] = re.findall(r'href="(/decisions/[^"]+/another-look)"', page)
    assert send(browser, way, words="I don’t think so.").status_code == 302


def answered(browser) -> None:
    """Answer it, from the queue."""
    [way] = re.findall(r'href="(/moderation/appeals/[^"]+)"', browser.get("/moderation").text)
    assert send_as_seen(browser, way, **ANSWER).status_code == 302


@pytest.mark.holds("moderation:6")
def test_a_note_is_a_decision_with_a_statement_that_nobody_else_reads(
    cast, client_for, reply_id, make, clock
):
    send(client_for(cast.mori), f"/posts/{reply_id}/notes", **NOTED)
    made = select(Decision.outcome, Decision.source, Decision.automated, Decision.appealable_until)
    decided = make.done(lambda: db.session.execute(made).one())
    until = clock.now() + APPEAL
    assert tuple(decided) == (Outcome.NOTE, Source.OWN, False, until)
    item_id = make.done(
        lambda: db.session.scalars(
            select(ReviewItem.id).where(ReviewItem.closed_at.is_not(None))
        ).one()
    )
    page = f"/posts/{reply_id}/statement"
    read = plain(client_for(cast.ben).get(page))
    assert "Needles come up." in read
    assert "A moderator came upon it. Nobody reported it." in read
    assert "Reported as" not in read
    assert client_for(cast.ana).get(page).status_code == 404
    assert str(item_id) not in client_for(cast.mori).get("/moderation").text


@pytest.mark.holds("moderation:9")
def test_somebody_else_looks_again_and_the_note_goes(cast, client_for, reply_id, make, letters):
    send(client_for(cast.mori), f"/posts/{reply_id}/notes", **NOTED)
    notes = select(Post.notes).where(Post.id == reply_id)
    assert make.done(lambda: db.session.scalar(notes)).added == {NoteKind.SURGERY}
    asked(client_for(cast.ben), reply_id)
    assert "/moderation/appeals/" not in client_for(cast.mori).get("/moderation").text
    answered(client_for(cast.marta))
    assert not make.done(lambda: db.session.scalar(notes))
    assert letters()[-1] == ("Ben", "appeal_answered")


@pytest.mark.holds("moderation:9")
@pytest.mark.parametrize("kind", ["pause", "slow", "lock"])
def test_upheld_the_thread_goes_on_and_what_was_chosen_since_stays(
    cast, client_for, thread_id, reply_id, make, app, kind, clock
):
    def in_force():
        with app.app_context():
            found = pace_queries.in_force_in(thread_id, clock.now())
        return {each.kind.value for each in (found.pause, found.slow, found.lock) if each}

    mori, page = client_for(cast.mori), f"/threads/{thread_id}/pace/{kind}"
    gap = {"gap": "hour"} if kind == "slow" else {}
    assert send(mori, page, **RESTED, **gap).status_code == 302
    assert in_force() == {kind}
    first = make.done(lambda: pace_queries.first_of(thread_id))
    ana = client_for(cast.ana)
    assert "To this thread only." in plain(ana.get(f"/posts/{first}/statement"))
    asked(ana, first)
    answered(client_for(cast.marta))
    assert in_force() == set()
    assert send(mori, page, **RESTED, **gap).status_code == 302
    assert in_force() == {kind}


def test_taking_notes_away_or_letting_it_go_on_decides_nothing(
    cast, client_for, thread_id, reply_id, make
):
    mori = client_for(cast.mori)
    send(mori, f"/posts/{reply_id}/notes", **NOTED)
    away = {**NOTED, "kinds": [], "seen": "+surgery"}
    assert send(mori, f"/posts/{reply_id}/notes", **away).status_code == 302
    made = make.done(lambda: db.session.scalars(select(Decision.outcome)).all())
    assert made == [Outcome.NOTE]
