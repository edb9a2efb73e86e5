"""I’d like to talk this over: a safety lead hears who asks, and nothing about what it was."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.core.actor import GUEST, Actor, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation.models import AuditEvent
from community.moderation.rules.case import Outcome
from community.moderation.talk.rules import NOBODY_ELSE, may_ask_to_talk, who_hears
from community.notifications.models import Notice
from tests.pages import plain, send

QUEUE, ASK, PRESS = "/moderation", "/moderation/talk", "I’d like to talk this over"
people = st.frozensets(st.sampled_from([UUID(int=each) for each in range(1, 7)]))


@given(people, people, people, st.integers(1, 6))
def test_leads_hear_it_or_else_others_of_the_site_and_nobody_who_keeps_apart(
    leads: frozenset[UUID], others: frozenset[UUID], apart: frozenset[UUID], who: int
) -> None:
    me: Actor = replace(GUEST, id=UUID(int=who), apart=apart - {UUID(int=who)})
    found = who_hears(me, leads, leads | others)
    could = (leads | others) - apart - {me.id}
    assert found <= could
    assert found == (leads & could or could)


@pytest.fixture
def hard(make, cast):
    """Something about danger."""
    return make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "threat_other"
    )


def written(app) -> list[str]:
    with app.app_context():
        query = select(OutboxLetter.address).where(OutboxLetter.kind == "moderation/talk_wanted")
        return sorted(db.session.scalars(query))


def test_whoever_was_with_something_hard_is_offered_it_and_a_lead_hears_once_a_day(
    app, make, cast, client_for, hard, clock
) -> None:
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    pat = client_for(cast.pat)
    assert PRESS not in plain(pat.get(QUEUE))
    pat.get(f"{QUEUE}/{hard}")
    assert PRESS in plain(pat.get(QUEUE))
    assert send(pat, QUEUE, ASK, back=QUEUE).location == QUEUE
    assert "They know that you’d like to talk" in plain(pat.get(QUEUE))
    send(pat, QUEUE, ASK, back="https://elsewhere.example.net")
    assert written(app) == ["lea@example.org"]
    page = plain(client_for(lea).get("/news/"))
    assert "Pat looks after this place as you do, and would like to talk something over." in page
    clock.pass_by(days=1)
    send(client_for(cast.pat), QUEUE, ASK)
    assert written(app) == ["lea@example.org"] * 2


def test_nothing_says_what_it_was_and_nothing_is_in_the_record(
    app, make, cast, client_for, hard
) -> None:
    make.staff("Lea", Staff.SAFETY_LEAD)
    pat = client_for(cast.pat)
    pat.get(f"{QUEUE}/{hard}")

    def recorded() -> int:
        with app.app_context():
            return db.session.scalars(select(func.count()).select_from(AuditEvent)).one()

    before = recorded()
    send(pat, QUEUE, ASK)
    assert recorded() == before
    with app.app_context():
        rows = db.session.execute(
            select(Notice.facts, Notice.once).where(Notice.kind == "moderation/talk_wanted")
        ).all()
    assert [row.facts for row in rows] == [{"name": "Pat"}]
    assert not any(str(cast.pat.id) in row.once for row in rows)


def test_it_stands_where_something_hard_was_decided(make, cast, client_for, hard) -> None:
    pat = client_for(cast.pat)
    assert PRESS not in plain(pat.get(f"{QUEUE}/{hard}"))
    make.decision(hard, cast.pat, Outcome.REMOVE)
    assert PRESS in plain(pat.get(f"{QUEUE}/{hard}"))


@pytest.mark.holds("asvs:2")
def test_for_members_there_is_no_such_press_and_where_nobody_else_is_it_is_said(
    make, cast, client_for
) -> None:
    assert send(client_for(cast.ana), "/calls", ASK).status_code == 404
    assert not may_ask_to_talk(cast.ana, {cast.pat.id})
    mori = make.actor(cast.mori)
    assert may_ask_to_talk(mori, {cast.pat.id})
    assert may_ask_to_talk(mori, set()).reason is NOBODY_ELSE
