"""An agreed distance and a word of apology: both are asked, each may say no, and nobody learns who
reported."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.core.actor import Staff
from community.core.db import db
from community.moderation import jobs
from community.moderation.agreements.models import AskedWhether
from community.moderation.agreements.rules import (
    AGREED,
    ANSWER_WITHIN,
    OVER,
    SENTENCES,
    Agreement,
    Answer,
    answers_for,
    may_answer,
    may_say,
)
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import AuditEvent, Decision
from community.moderation.rules.case import BETWEEN_TWO, Outcome, actions_for
from community.moderation.rules.reasons import Severity
from community.safety.blocks.models import Block
from community.threads.answers.models import Answer as AnswerTo
from tests.moderation.test_case_page import DECISION
from tests.moderation.test_rules import NOON, case, moderator, person
from tests.pages import plain, send

# The rules

ANA, BEN = person(), person()


def asked(outcome: Outcome, ana: Answer | None = None, ben: Answer | None = None) -> Agreement:
    return Agreement(outcome, ANA.id, {ANA.id: ana, BEN.id: ben}, NOON + ANSWER_WITHIN)


@given(st.sampled_from(sorted(BETWEEN_TWO)), st.data())
def test_nothing_is_agreed_unless_both_said_yes(outcome: Outcome, data: st.DataObject) -> None:
    about = asked(outcome)
    ana, ben = (
        data.draw(st.none() | st.sampled_from(list(answers_for(each, about))))
        for each in (ANA, BEN)
    )
    found = asked(outcome, ana, ben)
    assert found.is_agreed == (ana not in {None, Answer.NO} and ben is Answer.YES)
    assert (found.sentence is not None) == (found.is_agreed and outcome is Outcome.APOLOGY)
    assert not replace(found, says={BEN.id: ben}).is_agreed  # the other has left


def test_each_may_answer_and_change_it_until_the_time_is_over() -> None:
    about = asked(Outcome.DISTANCE, Answer.NO)
    almost = about.until - timedelta(seconds=1)
    assert may_answer(ANA, about, almost)
    assert may_answer(BEN, about, almost)
    assert may_answer(BEN, about, about.until).reason is OVER
    assert may_answer(ANA, asked(Outcome.DISTANCE, Answer.YES, Answer.YES), NOON).reason is AGREED
    assert may_answer(person(), about, NOON).reason.status == 404
    assert may_say(BEN, asked(Outcome.APOLOGY), Answer.HOW, NOON).reason.status == 404
    assert set(answers_for(ANA, asked(Outcome.APOLOGY))) == {*SENTENCES, Answer.NO}


@pytest.mark.holds("moderation:22")
def test_it_is_offered_for_signed_words_that_speak_to_somebody() -> None:
    mori = moderator()
    item = replace(case(mori.id), named=frozenset({uuid4()}))
    assert actions_for(item, mori, NOON) >= BETWEEN_TWO
    for other in (
        replace(item, named=frozenset()),
        replace(item, pseudonym="Quiet Wren"),
        replace(item, is_held=True),
        replace(item, severity=Severity.CRISIS),
    ):
        assert not actions_for(other, mori, NOON) & BETWEEN_TWO


# The pages


@pytest.fixture
def post_id(cast, make):
    """Ana answers Ben by his name."""
    return make.reply(make.thread(cast.group_id, cast.ben), cast.ana, "@Ben, nobody asked you.")


@pytest.fixture
def item_id(cast, make, post_id):
    return make.report(post_id, cast.hana, "harassment")


@pytest.fixture
def decide(client_for, cast, make, item_id):
    """Mori asks Ana and Ben; the decision's id."""

    def do(outcome: str, **more: str) -> UUID:
        typed = {**DECISION, "outcome": outcome, "other": str(cast.ben.id), **more}
        assert send(client_for(cast.mori), f"/moderation/{item_id}", **typed).status_code == 302
        return make.done(lambda: db.session.scalars(select(Decision.id)).one())

    return do


def blocks(make):
    rows = make.done(lambda: db.session.execute(select(Block.blocker_id, Block.blocked_id)).all())
    return set(map(tuple, rows))


def say(browser, decision_id, answer):
    return send(browser, f"/decisions/{decision_id}/asked", answer=answer)


@pytest.mark.holds("moderation:6", "moderation:7", "moderation:8")
def test_both_say_yes_and_keep_apart(cast, make, client_for, decide, arrived):
    decision_id = decide("distance")
    page = f"/decisions/{decision_id}/asked"
    to_ana, to_ben = arrived("ana@example.org"), arrived("ben@example.org")
    to_hana = arrived("hana@example.org")
    assert "You can say no." in to_ana[-1][1]
    assert "nobody is told which" in to_ben[-1][1]
    assert "Each can say no." in to_hana[-1][1]
    assert not any("Hana" in body for _, body in (*to_ana, *to_ben))
    ana, ben = client_for(cast.ana), client_for(cast.ben)
    assert "keep apart" in plain(ana.get(page))
    assert "Hana" not in ana.get(page).text + ben.get(page).text
    assert say(ana, decision_id, "yes").status_code == 302
    assert blocks(make) == set()
    assert "You said yes." in plain(ana.get(page))
    assert "You said" not in plain(ben.get(page))
    assert say(ben, decision_id, "yes").status_code == 302
    assert blocks(make) == {(cast.ana.id, cast.ben.id), (cast.ben.id, cast.ana.id)}
    for browser in (ana, ben):
        assert "You have both said yes" in plain(browser.get(page))
    assert send(ana, "/threads/new", page, answer="no").status_code == 409
    assert "You have both said yes" in str(arrived("ana@example.org")[-1])
    acts = make.done(lambda: db.session.scalars(select(AuditEvent.action)).all())
    assert acts.count("agreed") == 1


@pytest.mark.holds("moderation:7")
def test_a_no_looks_like_no_answer_and_nothing_follows(cast, make, client_for, decide, clock):
    decision_id = decide("apology")
    page = f"/decisions/{decision_id}/asked"
    ana, ben = client_for(cast.ana), client_for(cast.ben)
    assert say(ana, decision_id, "what").status_code == 302
    ana.get(page)
    before = plain(ana.get(page))
    assert say(ben, decision_id, "no").status_code == 302
    assert "You said no." in plain(ben.get(page))
    assert plain(ana.get(page)) == before
    assert SENTENCES[Answer.WHAT] not in plain(ben.get(page))
    clock.pass_by(days=14)
    for browser in (ana, ben):
        shown = plain(browser.get(page))
        assert "Nothing follows from it." in shown
        assert "said no" not in shown
        assert send(browser, "/threads/new", page, answer="yes").status_code == 409


def test_an_apology_is_read_once_both_have_said_yes(cast, client_for, decide, item_id):
    decision_id = decide("apology")
    page = f"/decisions/{decision_id}/asked"
    ana, ben = client_for(cast.ana), client_for(cast.ben)
    assert say(ana, decision_id, "nonsense").status_code == 422
    say(ben, decision_id, "no")
    say(ben, decision_id, "yes")  # changed their mind
    assert SENTENCES[Answer.HOW] not in plain(ben.get(page))
    say(ana, decision_id, "how")
    for browser in (ana, ben):
        assert SENTENCES[Answer.HOW] in plain(browser.get(page))
    case_page = client_for(cast.mori).get(f"/moderation/{item_id}")
    assert "They have both said yes." in plain(case_page)


def test_for_everybody_else_there_is_no_such_page(cast, client_for, decide):
    page = f"/decisions/{decide('distance')}/asked"
    for person_ in (cast.hana, cast.mori, cast.stranger, cast.pat):
        browser = client_for(person_)
        assert browser.get(page).status_code == 404
        assert send(browser, "/threads/new", page, answer="yes").status_code == 404
    assert "/sign-in" in client_for().get(page).location


def test_whoever_is_asked_is_named_or_answered_there(cast, client_for, item_id, make):
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    assert f'value="{cast.ben.id}"' in browser.get(page).text
    assert f'value="{cast.hana.id}"' not in browser.get(page).text
    typed = {**DECISION, "outcome": "distance"}
    for other in ("", "nobody", str(cast.hana.id), str(cast.ana.id), str(cast.mori.id)):
        assert send(browser, page, other=other, **typed).status_code == 422
    assert make.done(lambda: db.session.scalars(select(Decision)).all()) == []


@pytest.mark.holds("moderation:22")
def test_a_made_up_name_is_not_asked(cast, client_for, make):
    thread_id = make.thread(cast.group_id, cast.ben, unnamed=True)
    post_id = make.reply(thread_id, cast.ana, "Nobody asked you.")
    answer_to = AnswerTo(post_id=post_id, to_id=make.opening(thread_id))
    make.done(lambda: db.session.add(answer_to))
    item_id = make.report(post_id, cast.hana, "harassment")
    page = client_for(cast.mori).get(f"/moderation/{item_id}").text
    assert 'value="remove"' in page
    assert str(cast.ben.id) not in page
    assert 'value="distance"' not in page


@pytest.mark.holds("moderation:9")
def test_another_look_takes_the_question_back_and_leaves_what_was_agreed(
    cast, make, client_for, decide, clock, post_id
):
    decision_id = decide("distance")
    ana = client_for(cast.ana)
    assert "Read what we ask you" in ana.get(f"/posts/{post_id}/statement").text
    send(ana, f"/decisions/{decision_id}/another-look", words="I like Ben.")
    appeal_id = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    marta, now = make.actor(cast.marta), clock.now()
    make.done(lambda: appeals.answer(marta, appeal_id, Result.UPHELD, "Right.", 2, now=now))
    assert make.done(lambda: db.session.scalars(select(AskedWhether)).all()) == []
    assert ana.get(f"/decisions/{decision_id}/asked").status_code == 404
    assert "Read what we ask you" not in ana.get(f"/posts/{post_id}/statement").text


def test_whoever_reported_it_can_ask_for_another_look(cast, client_for, decide):
    page = f"/decisions/{decide('apology')}/another-look"
    assert send(client_for(cast.hana), page, words="It goes on.").status_code == 302


def test_what_was_said_is_forgotten_after_half_a_year_and_what_was_agreed_stays(
    cast, app, make, client_for, decide, clock, post_id
):
    decision_id = decide("distance")
    ana = client_for(cast.ana)
    say(ana, decision_id, "yes")
    say(client_for(cast.ben), decision_id, "yes")
    for days, is_kept in ((183, True), (1, False)):
        clock.pass_by(days=days)
        with app.app_context():
            jobs.erase_reported_words(clock.now())
            assert bool(db.session.scalars(select(AskedWhether)).all()) == is_kept
    assert len(blocks(make)) == 2
    browser = client_for(cast.ana)
    assert browser.get(f"/decisions/{decision_id}/asked").status_code == 404
    assert "Read what we ask you" not in browser.get(f"/posts/{post_id}/statement").text


def test_the_record_says_that_they_agreed_and_not_who(cast, make, client_for, decide):
    decision_id = decide("distance")
    say(client_for(cast.ana), decision_id, "yes")
    say(client_for(cast.ben), decision_id, "yes")
    shown = plain(client_for(make.staff("Ada", Staff.ADMIN)).get("/moderation/record"))
    assert "Both said yes to what they were asked" in shown
    assert "Asked two people whether they’d keep apart" in shown
    assert "Ben" not in shown
