"""What moderators do of themselves has a statement of reasons, and somebody else looks again."""

import re
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.moderation.models import Decision, ReviewItem
from community.moderation.own.rules import FOR_OTHERS
from community.moderation.rules.case import APPEAL, Outcome, Source
from community.threads.acts.rules import Because
from community.threads.models import Post
from community.threads.notes import actions as notes
from community.threads.notes.rules import NoteKind, Seen
from community.threads.pace import actions as paces
from community.threads.pace import queries as pace_queries
from community.threads.pace.actions import Plan
from community.threads.pace.rules import PaceKind
from tests.pages import plain, send, send_as_seen
from tests.refusals import refusal

NOTED = {"rule": "kindness", "why": "Needles come up.", "kinds": ["surgery"]}
NOTED |= {"seen": "", "version": "1"}
RESTED = {"rule": "kindness", "why": "A breath for all of us.", "days": "3", "seen": ""}
KINDS = ("pause", "slow", "lock")
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


@pytest.mark.holds("moderation:1", "moderation:9")
def test_whoever_the_words_name_does_not_look_again(cast, client_for, thread_id, make):
    named = make.reply(thread_id, cast.ben, "@Marta, listen.")
    send(client_for(cast.mori), f"/posts/{named}/notes", **NOTED)
    asked(client_for(cast.ben), named)
    for nobody in (cast.mori, cast.marta):
        assert "/moderation/appeals/" not in client_for(nobody).get("/moderation").text
    answered(client_for(make.owner(cast.group_id)))


@pytest.mark.holds("moderation:1", "moderation:9")
def test_nor_whoever_reported_it_beside(cast, client_for, reply_id, make):
    send(client_for(cast.mori), f"/posts/{reply_id}/notes", **NOTED)
    make.report(reply_id, cast.marta, "harassment")
    asked(client_for(cast.ben), reply_id)
    for nobody in (cast.mori, cast.marta):
        assert "/moderation/appeals/" not in client_for(nobody).get("/moderation").text
    answered(client_for(make.owner(cast.group_id)))


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


# ---- who has a part in it, and what it rests on ----


def places(thread_id: UUID, post_id: UUID) -> tuple[str, ...]:
    """Where a moderator acts without an item: upon a post, and upon its thread."""
    return (f"/posts/{post_id}/notes", *(f"/threads/{thread_id}/pace/{each}" for each in KINDS))


def sent_everywhere(browser, thread_id: UUID, post_id: UUID) -> set[int]:
    """What is answered to looking there, and to pressing all the same."""
    more = {"gap": "hour", "kinds": ["pain"], "version": "1", "seen": "", **RESTED}
    found = set()
    for page in places(thread_id, post_id):
        found |= {browser.get(page).status_code}
        found |= {send(browser, "/moderation", page, **more).status_code}
    return found


def decided(make) -> list[tuple[Outcome, Source, str]]:
    made = select(Decision.outcome, Decision.source, Decision.facts).order_by(Decision.id)
    return [tuple(each) for each in make.done(lambda: db.session.execute(made).all())]


@pytest.mark.holds("moderation:1")
@pytest.mark.parametrize("is_left", [False, True])
def test_whoever_reported_it_neither_puts_a_note_nor_sets_the_pace(
    cast, client_for, make, thread_id, is_left
):
    first = make.opening(thread_id)
    item_id = make.report(first, cast.mori, "harassment")
    if is_left:
        make.decision(item_id, cast.marta, Outcome.KEEP)
    before = decided(make)
    assert sent_everywhere(client_for(cast.mori), thread_id, first) == {403}
    assert send_as_seen(client_for(cast.mori), f"/posts/{first}/look-after").status_code == 403
    now, because = make.clock.now(), Because("kindness", "A breath.")
    lock = (cast.mori, thread_id, Plan(PaceKind.LOCK, None, None, None), because)
    note = (cast.mori, first, {NoteKind.PAIN}, because, Seen(1, ""))
    for deed in (partial(paces.set_pace, *lock), partial(notes.add, *note)):
        assert refusal(partial(make.done, partial(deed, now=now))) is FOR_OTHERS
    assert decided(make) == before
    assert sent_everywhere(client_for(cast.marta), thread_id, first) == {200, 302}


@pytest.mark.holds("moderation:1")
def test_nor_whom_the_words_name_or_answer(cast, client_for, make):
    thread_id = make.thread(cast.group_id, cast.ana, words="@Mori, that wasn’t kind.")
    assert sent_everywhere(client_for(cast.mori), thread_id, make.opening(thread_id)) == {403}
    assert decided(make) == []


@pytest.mark.holds("moderation:1")
@pytest.mark.parametrize("by_mori", [False, True])
def test_nor_whoever_keeps_apart_from_its_writer_and_without_a_name_nothing_tells(
    cast, client_for, make, by_mori
):
    one, other = (cast.mori, cast.ana) if by_mori else (cast.ana, cast.mori)
    signed, unnamed = (make.thread(cast.group_id, cast.ana, unnamed=each) for each in (False, True))
    make.kept_apart(one, other)
    mori = client_for(cast.mori)
    assert sent_everywhere(mori, signed, make.opening(signed)) <= {403, 404}
    assert decided(make) == []
    assert sent_everywhere(mori, unnamed, make.opening(unnamed)) == {200, 302}


@pytest.mark.holds("moderation:6")
@pytest.mark.parametrize("kind", KINDS)
def test_of_a_thread_whose_beginning_is_reported_it_is_said_that_it_was(
    cast, client_for, make, thread_id, kind
):
    first = make.opening(thread_id)
    item_id = make.report(first, cast.ben, "harassment")
    page = f"/moderation/{item_id}/pace/{kind}"
    send_as_seen(client_for(cast.mori), page, **RESTED, gap="hour")
    assert [each[1:] for each in decided(make)] == [(Source.REPORT, "harassment")]
    read = plain(client_for(cast.ana).get(f"/posts/{first}/statement"))
    assert "Members reported it, and somebody read it." in read
    assert "Reported as: Bullying" in read
    assert "Nobody reported it" not in read


@pytest.mark.holds("moderation:7", "moderation:10")
def test_of_what_others_wrote_and_of_what_is_above_the_moderator_its_writer_learns_nothing(
    cast, client_for, make, thread_id, reply_id
):
    item_id = make.report(reply_id, cast.marta, "harassment")
    page = f"/moderation/{item_id}/pace/pause"
    send_as_seen(client_for(cast.mori), page, **RESTED)
    of_hana = make.thread(cast.group_id, cast.hana)
    make.report(make.opening(of_hana), cast.ben, "harassment")  # it stands with those of the site
    send_as_seen(client_for(cast.mori), f"/threads/{of_hana}/pace/pause", **RESTED)
    assert [each[1] for each in decided(make)] == [Source.OWN, Source.OWN]
    for person, first in ((cast.ana, make.opening(thread_id)), (cast.hana, make.opening(of_hana))):
        read = plain(client_for(person).get(f"/posts/{first}/statement"))
        assert "Bullying" not in read
        assert "Members reported it" not in read
