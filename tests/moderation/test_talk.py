"""I’d like to talk this over: a safety lead hears who asks, and nothing about what it was."""

from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import LargeBinary, func, select, type_coerce

from community.core.actor import GUEST, Actor, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation import jobs
from community.moderation.models import AuditEvent
from community.moderation.rules.case import Outcome
from community.moderation.talk import queries
from community.moderation.talk.models import TalkAsked, TalkHearer
from community.moderation.talk.rules import NOBODY_ELSE, may_ask_to_talk, who_hears
from community.notifications.models import Notice
from tests.pages import plain, send
from tests.privacy.taken import Taken

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


# ---- the words beside it ----

WORDS = "I can’t get heronwing out of my head."
EMPTY_PAGE = "Nobody at the moment."


@pytest.fixture
def lea(make):
    return make.staff("Lea", Staff.SAFETY_LEAD)


@pytest.fixture
def asked(cast, client_for, lea):
    """Mori, of a group, has written a few words."""
    mori = client_for(cast.mori)
    assert send(mori, QUEUE, ASK, words=WORDS, back=QUEUE).status_code == 302
    return mori


def kept(app) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(TalkAsked.words)))


def test_words_are_read_by_whoever_was_asked_and_by_nobody_else(
    app, make, cast, client_for, lea, asked
) -> None:
    page = plain(client_for(lea).get(ASK))
    assert "Mori" in page
    assert WORDS in page
    late = make.staff("Late", Staff.SAFETY_LEAD)
    for person in (cast.pat, late, cast.marta):
        others = client_for(person)
        assert WORDS not in others.get(ASK).text + others.get(QUEUE).text
    assert EMPTY_PAGE in plain(client_for(cast.pat).get(ASK))
    assert WORDS in plain(asked.get(ASK))
    for person in (cast.ana, cast.hana):
        assert client_for(person).get(ASK).status_code == 404
    with app.app_context():
        (raw,) = db.session.scalars(select(type_coerce(TalkAsked.words, LargeBinary)))
        assert b"heronwing" not in bytes(raw)
        facts = db.session.scalars(
            select(Notice.facts).where(Notice.kind == "moderation/talk_wanted")
        )
        assert list(facts) == [{"name": "Mori"}]


def test_neither_the_letter_nor_its_page_names_what_it_was(
    make, cast, client_for, lea, hard, arrived, app
) -> None:
    pat = client_for(cast.pat)
    pat.get(f"{QUEUE}/{hard}")
    send(pat, QUEUE, ASK, words=WORDS, back=f"{QUEUE}/{hard}")
    letter = arrived("lea@example.org")[-1][1]
    assert WORDS not in letter
    assert str(hard) not in letter
    assert ASK in letter
    assert str(hard) not in client_for(lea).get(ASK).text
    with app.app_context():
        columns = {*TalkAsked.__table__.columns.keys(), *TalkHearer.__table__.columns.keys()}
    assert columns == {"account_id", "hearer_id", "words", "asked_at"}


def test_it_is_erased_once_one_who_was_asked_says_so(app, make, cast, client_for, asked, lea):
    close = f"{ASK}/{cast.mori.id}/close"
    for person in (cast.pat, cast.marta, cast.ana):  # nobody of them was asked
        there = "/calls" if person is cast.ana else QUEUE
        answer = send(client_for(person), there, close)
        assert answer.status_code == (302 if person is cast.pat else 404)
    assert kept(app) == [WORDS]
    browser = client_for(lea)
    for _ in range(2):
        assert send(browser, ASK, close).status_code == 302
    assert kept(app) == []
    assert EMPTY_PAGE in plain(browser.get(ASK))


def test_whoever_wrote_it_takes_it_back_and_newer_words_take_the_place_of_it(app, asked, clock):
    send(asked, QUEUE, ASK, words="")
    assert kept(app) == [WORDS]
    send(asked, QUEUE, ASK, words="It’s better today.")
    assert kept(app) == ["It’s better today."]
    for _ in range(2):
        assert send(asked, ASK, f"{ASK}/take-back").status_code == 302
    assert kept(app) == []
    send(asked, QUEUE, ASK, words=WORDS)
    clock.pass_by(days=30)
    send(asked, QUEUE, ASK, words="")
    assert kept(app) == [""]


def test_after_thirty_days_nobody_reads_it_and_it_is_erased(
    app, cast, client_for, asked, lea, clock
) -> None:
    clock.pass_by(days=29)
    with app.app_context():
        jobs.erase_old_notes(clock.now())
    assert WORDS in plain(client_for(lea).get(ASK))
    clock.pass_by(days=1)
    assert WORDS not in client_for(lea).get(ASK).text
    assert WORDS not in client_for(cast.mori).get(ASK).text
    assert kept(app) == [WORDS]
    with app.app_context():
        jobs.erase_old_notes(clock.now())
    assert kept(app) == []


def test_who_keeps_apart_by_now_or_looks_after_it_no_more_reads_nothing(
    make, cast, client_for, asked, lea, app
) -> None:
    plainly = replace(make.actor(lea), staff=frozenset())
    assert not make.done(lambda: queries.asked_of(plainly, make.clock.now()))
    assert make.done(lambda: queries.asked_of(make.actor(lea), make.clock.now()))
    make.kept_apart(lea, cast.mori)
    assert WORDS not in client_for(lea).get(ASK).text
    send(client_for(lea), ASK, f"{ASK}/{cast.mori.id}/close")
    assert kept(app) == [WORDS]


def test_what_is_too_long_is_said_and_stays_and_who_sounds_in_danger_is_shown_help(
    app, cast, client_for, lea
) -> None:
    mori = client_for(cast.mori)
    answer = send(mori, QUEUE, ASK, words="so " * 400)
    assert answer.status_code == 422
    assert "so so so" in answer.text
    assert kept(app) == []
    send(mori, QUEUE, ASK, words="I want to die.", back=QUEUE)
    assert "You deserve support now, too" in mori.get(QUEUE).text.split("<h1")[0]


@pytest.mark.holds("promise:10")
def test_it_is_in_what_its_writer_takes_out_and_goes_with_them(app, cast, client_for, asked, lea):
    assert Taken(send(asked, "/my-data")).tables["talk_asked"][0]["words"] == WORDS
    assert WORDS not in Taken(send(client_for(lea), "/my-data")).text
