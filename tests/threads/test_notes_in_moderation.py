"""A content note instead of taking words away: a moderator’s decision like any other."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.actor import Staff
from community.core.db import db
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision
from community.threads.acts.rules import Because
from community.threads.models import Post
from community.threads.notes import actions
from community.threads.notes.rules import NoteKind, Notes, Seen
from community.threads.pace import actions as pace
from community.threads.pace.actions import Plan
from community.threads.pace.rules import PaceKind
from tests.pages import plain, send

WORDS = "They put the needle in here."
TYPED = {"rule": "wishes", "why": "Some read this in bed.", "version": "1"}
SURGERY = NoteKind.SURGERY


@pytest.fixture
def reply_id(make, cast) -> UUID:
    return make.reply(make.thread(cast.group_id, cast.ben), cast.ana, WORDS)


@pytest.fixture
def item_id(make, cast, reply_id) -> UUID:
    return make.report(reply_id, cast.ben, "graphic")


@pytest.fixture
def notes_of(app):
    def read(post_id) -> Notes:
        with app.app_context():
            return db.session.get_one(Post, post_id).notes

    return read


def test_of_distressing_detail_a_note_is_proposed_and_not_taking_it_away(
    cast, client_for, make, item_id, reply_id
):
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert re.findall(r'<input checked[^>]*name="outcome"[^>]*value="(\w+)"', page) == ["note"]
    other = make.report(make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben)
    page = client_for(cast.mori).get(f"/moderation/{other}").text
    assert not re.findall(r'<input checked[^>]*name="outcome"', page)
    assert 'value="note"' in page


def test_the_words_stay_with_the_note_before_them_and_everybody_is_told(
    cast, client_for, item_id, reply_id, notes_of, letters
):
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    assert send(browser, page, **TYPED, outcome="note", notes=["surgery"]).status_code == 302
    assert notes_of(reply_id) == Notes(added=frozenset({SURGERY}))
    assert letters()[-2:] == [("Ana", "post_decided"), ("Ben", "report_answered")]
    assert "A content note put before it" in browser.get(page).text
    statement = plain(client_for(cast.ana).get(f"/posts/{reply_id}/statement"))
    assert "We’ve put a content note before what you wrote" in statement
    assert "Some read this in bed." in statement


def test_a_note_decided_without_saying_which_is_asked_for_and_nothing_is_lost(
    cast, client_for, item_id, reply_id, notes_of
):
    answer = send(client_for(cast.mori), f"/moderation/{item_id}", **TYPED, outcome="note")
    assert answer.status_code == 422
    assert "Tick which notes stand before it." in answer.text
    assert "Some read this in bed." in answer.text
    assert not notes_of(reply_id)


def test_the_sites_moderators_decide_it_through_an_open_item(
    cast, client_for, make, reply_id, notes_of
):
    item_id = make.report(reply_id, cast.ben, "illegal")
    page = f"/moderation/{item_id}"
    send(client_for(cast.pat), page, **TYPED, outcome="note", notes=["surgery", "pain"])
    assert notes_of(reply_id).added == {SURGERY, NoteKind.PAIN}


def test_ticked_notes_do_nothing_with_another_decision(
    cast, client_for, item_id, reply_id, notes_of
):
    send(client_for(cast.mori), f"/moderation/{item_id}", **TYPED, outcome="keep", notes=["loss"])
    assert not notes_of(reply_id)


@pytest.mark.holds("moderation:17")
def test_somebody_in_danger_is_not_answered_by_a_note(cast, client_for, make, reply_id):
    item_id = make.report(reply_id, cast.ben, "crisis_self")
    assert 'value="note"' not in client_for(cast.mori).get(f"/moderation/{item_id}").text


@pytest.mark.holds("moderation:9")
def test_another_look_takes_it_away_again(cast, client_for, make, item_id, reply_id, notes_of, app):
    send(
        client_for(cast.mori), f"/moderation/{item_id}", **TYPED, outcome="note", notes=["surgery"]
    )
    now = make.clock.now()
    with app.app_context():
        decision = db.session.scalars(select(Decision.id)).one()
    make.done(lambda: appeals.ask(cast.ana, decision, "It’s a hairdresser’s needle.", now=now))
    with app.app_context():
        appeal = db.session.scalars(select(Appeal.id)).one()
    upheld = (cast.marta, appeal, Result.UPHELD, "You’re right.", 2)
    make.done(lambda: appeals.answer(*upheld, now=now))
    assert not notes_of(reply_id)


def test_what_moderators_do_without_a_report_is_in_the_record(
    cast, client_for, make, reply_id, app
):
    now, because = make.clock.now(), Because("wishes", "A breath.")
    thread_id = make.thread_of(reply_id)
    make.done(lambda: actions.add(cast.mori, reply_id, {SURGERY}, because, Seen(1, ""), now=now))
    plan = Plan(PaceKind.PAUSE, 1, None, None)
    make.done(lambda: pace.set_pace(cast.mori, thread_id, plan, because, now=now))
    with app.app_context():
        rows = db.session.execute(
            select(AuditEvent.action, AuditEvent.item_id, AuditEvent.reason, AuditEvent.acted_for)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("noted", reply_id, "wishes", "group"),
        ("pause", thread_id, "wishes", "group"),
    ]
    ellen = make.staff("Ellen", Staff.ADMIN)
    record = plain(client_for(ellen).get("/moderation/record"))
    assert "Let a thread rest" in record
    assert "Changed the content notes before a post" in record
