"""Another look: by author and reporter, once, heard by somebody else, and what follows."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.moderation.appeals import actions
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import (
    ANSWERED,
    ASKED,
    NOTHING_LESS,
    TOO_LATE,
    Decided,
    Hearing,
    Result,
    Side,
    may_answer,
    may_answer_so,
    may_ask,
    may_hear,
)
from community.moderation.jobs import erase_reported_words
from community.moderation.models import READ, AuditEvent, Decision, ReportedWords
from community.moderation.rules.case import APPEAL, BETWEEN_TWO, Outcome
from community.moderation.rules.reasons import Scope
from community.moderation.sanctions.models import SanctionProposal
from community.threads import queries as threads_queries
from tests.moderation.test_case_page import DECISION
from tests.moderation.test_rules import NOON, case, moderator, person, platform_moderator
from tests.pages import plain, send, send_as_seen

WORDS = "I meant my own tablets, not yours."
ANSWER = {"result": "upheld", "answer": "Read again: it is their own story."}


# The rules


def decided(outcome: Outcome, author: UUID, reporter: UUID) -> Decided:
    return Decided(
        id=uuid4(),
        item_id=uuid4(),
        author_id=author,
        reporters=frozenset({reporter}),
        outcome=outcome,
        scope=Scope.GROUP,
        appealable_until=NOON + APPEAL,
        stands=True,
    )


@pytest.mark.parametrize("outcome", Outcome)
def test_authors_mind_what_was_done_and_reporters_that_it_was_little(outcome: Outcome) -> None:
    author, reporter, other = person(), person(), person()
    made = decided(outcome, author.id, reporter.id)
    can = {
        name
        for name, each in (("author", author), ("reporter", reporter), ("other", other))
        if may_ask(each, made, has_asked=False, now=NOON)
    }
    if outcome in {Outcome.KEEP, Outcome.APPROVE}:
        assert can == {"reporter"}
    elif outcome in {Outcome.NOTE, Outcome.WARN, *BETWEEN_TWO}:
        assert can == {"author", "reporter"}
    else:
        assert can == (set() if outcome in {Outcome.LIFT, Outcome.CARE} else {"author"})


def test_it_is_asked_once_and_for_half_a_year_and_as_long_as_it_stands() -> None:
    author = person()
    made = decided(Outcome.REMOVE, author.id, uuid4())
    almost = NOON + APPEAL - timedelta(seconds=1)
    assert may_ask(author, made, has_asked=False, now=almost)
    assert may_ask(author, made, has_asked=False, now=NOON + APPEAL).reason is TOO_LATE
    assert may_ask(author, made, has_asked=True, now=NOON).reason is ASKED
    older = replace(made, stands=False)
    assert may_ask(author, older, has_asked=False, now=NOON).reason is TOO_LATE


@pytest.mark.holds("moderation:1", "moderation:9")
def test_nobody_hears_it_who_decided_or_had_a_part_and_with_nobody_left_it_goes_up() -> None:
    author, reporter, decider, other = (moderator() for _ in range(4))
    pat, lead = platform_moderator(), platform_moderator()
    about = case(
        author.id, reporter.id, decider.id, other.id,
        author=author.id, reporters=frozenset({reporter.id}), is_open=False,
    )  # fmt: skip
    hearing = Hearing(uuid4(), Side.AUTHOR, Scope.GROUP, about, frozenset({decider.id}), False)
    everybody = (author, reporter, decider, other, pat, lead)
    assert [each for each in everybody if may_hear(each, hearing)] == [other]
    alone = replace(hearing, case=replace(about, moderators=frozenset({author.id, decider.id})))
    assert [each for each in everybody if may_hear(each, alone)] == [pat, lead]
    by_platform = replace(hearing, scope=Scope.PLATFORM, deciders=frozenset({pat.id}))
    assert [each for each in everybody if may_hear(each, by_platform)] == [lead]
    assert may_answer(other, replace(hearing, is_answered=True)).reason is ANSWERED
    for each in everybody:
        reason = may_hear(each, hearing).reason
        assert reason is None or reason.status == 404


# The pages


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim")


@pytest.fixture
def decision(make, cast, item_id):
    """Mori decides, and this is the decision."""

    def made(outcome: Outcome) -> UUID:
        make.decision(item_id, cast.mori, outcome, why="It tells others what to do.")
        with make.app.app_context():
            newest = select(Decision.id).order_by(Decision.id.desc()).limit(1)
            return db.session.scalars(newest).one()

    return made


@pytest.fixture
def asked(client_for, make):
    """Somebody asks for another look; the page where it can be answered."""

    def ask(who, decision_id: UUID, words: str = WORDS) -> str:
        page = f"/decisions/{decision_id}/another-look"
        assert send(client_for(who), page, words=words).location == page
        with make.app.app_context():
            newest = select(Appeal.id).order_by(Appeal.id.desc()).limit(1)
            return f"/moderation/appeals/{db.session.scalars(newest).one()}"

    return ask


@pytest.mark.holds("moderation:9", "promise:8")
def test_upheld_for_the_author_it_is_all_as_before_and_the_old_decision_stays(
    cast, make, client_for, reply_id, decision, asked, letters, clock
) -> None:
    removed = decision(Outcome.REMOVE)
    ana, marta, mori = client_for(cast.ana), client_for(cast.marta), client_for(cast.mori)
    statement = ana.get(f"/posts/{reply_id}/statement").text
    assert f"/decisions/{removed}/another-look" in statement
    page = asked(cast.ana, removed)
    assert mori.get(page).status_code == 404
    assert page not in mori.get("/moderation").text
    assert page in marta.get("/moderation").text
    seen = plain(marta.get(page))
    for words in (WORDS, "Just stop the tablets now.", "It tells others what to do."):
        assert words in seen
    assert send_as_seen(marta, page, **ANSWER).status_code == 302
    with make.app.app_context():
        assert threads_queries.reviewed(reply_id).is_shown(clock.now())
        old, new = db.session.scalars(select(Decision).order_by(Decision.id)).all()
        assert (old.id, old.outcome, old.why) == (
            removed,
            Outcome.REMOVE,
            "It tells others what to do.",
        )
        assert (new.supersedes_id, new.outcome, new.decided_by) == (
            removed,
            Outcome.KEEP,
            cast.marta.id,
        )
        actions_written = list(db.session.scalars(select(AuditEvent.action)))
        assert [each for each in actions_written if each != READ] == [
            "remove",
            "asked-again",
            "upheld",
        ]
    assert letters()[-1] == ("Ana", "appeal_answered")
    assert "It has been answered" in marta.get(page).text
    after = plain(ana.get(f"/decisions/{removed}/another-look"))
    assert "Somebody else looked, and you were right." in after
    assert ANSWER["answer"] in after
    assert "Marta" not in after
    assert "You asked for another look, and somebody else looked." in plain(
        ana.get(f"/posts/{reply_id}/statement")
    )
    assert page not in marta.get("/moderation").text


@pytest.mark.holds("moderation:9")
def test_rejected_nothing_changes_but_that_it_was_answered(
    cast, make, client_for, reply_id, decision, asked, letters, clock
) -> None:
    page = asked(cast.ana, decision(Outcome.REMOVE))
    send_as_seen(client_for(cast.marta), page, result="rejected", answer="It still says “stop”.")
    with make.app.app_context():
        assert not threads_queries.reviewed(reply_id).is_shown(clock.now())
        assert len(db.session.scalars(select(Decision)).all()) == 1
    assert letters()[-1] == ("Ana", "appeal_answered")


@pytest.mark.holds("moderation:9", "moderation:8")
def test_upheld_for_a_reporter_it_is_open_again_for_whoever_has_not_decided(
    cast, make, client_for, item_id, reply_id, decision, asked, letters
) -> None:
    kept = decision(Outcome.KEEP)
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    page = asked(cast.ben, kept, words="")
    assert "Without words. Nobody has to give any." in plain(marta.get(page))
    send_as_seen(marta, page, **ANSWER)
    case_page = f"/moderation/{item_id}"
    assert case_page in marta.get("/moderation").text
    assert case_page not in mori.get("/moderation").text
    assert mori.get(case_page).status_code == 404
    before = letters()
    assert send(marta, case_page, **(DECISION | {"version": "3"})).status_code == 302
    told = [each for each in letters() if each not in before or each[1] == "report_answered"]
    assert told.count(("Ben", "report_answered")) == 2  # each outcome, once
    assert ("Ana", "post_decided") in told


def test_whoever_wrote_or_reported_finds_it_and_nobody_else(
    cast, client_for, decision, asked, make
) -> None:
    removed = decision(Outcome.REMOVE)
    path = f"/decisions/{removed}/another-look"
    assert client_for(cast.ana).get(path).status_code == 200
    for who in (cast.ben, cast.mori, cast.marta, cast.hana, cast.stranger, cast.pat):
        assert client_for(who).get(path).status_code == 404
        assert send(client_for(who), "/calls", path, words="x").status_code == 404
    assert "/sign-in" in client_for(None).get(path).location
    page = asked(cast.ana, removed)
    for who in (cast.ana, cast.ben, cast.mori, cast.hana, cast.stranger, cast.pat):
        assert client_for(who).get(page).status_code == 404
        assert send(client_for(who), "/calls", page, **ANSWER).status_code == 404
    assert send(client_for(cast.ana), "/calls", path, words="again").status_code == 409


@pytest.mark.parametrize("missing", ["result", "answer", "version"])
def test_an_answer_that_lacks_something_is_not_taken_and_not_lost(
    cast, client_for, decision, asked, make, missing
) -> None:
    page = asked(cast.ana, decision(Outcome.HIDE))
    whole = {**ANSWER, "version": "2"}
    typed = {name: value for name, value in whole.items() if name != missing}
    answer = send(client_for(cast.marta), page, **typed)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert all(value in answer.text for value in typed.values())
    too_long = send(client_for(cast.marta), page, result="upheld", answer="x" * 2001)
    assert too_long.status_code == 422


def test_whoever_comes_second_sees_that_it_was_answered(cast, client_for, decision, asked) -> None:
    page = asked(cast.ana, decision(Outcome.REMOVE))
    first, second = client_for(cast.marta), client_for(cast.marta)  # on two devices
    send_as_seen(first, page, result="rejected", answer="It stands.")
    answer = send(second, page, **ANSWER, version="2")
    assert answer.status_code == 409
    assert "Somebody answered this before you, so nothing was sent." in plain(answer)
    assert "It stands." in answer.text
    assert ANSWER["answer"] in answer.text


@pytest.mark.holds("moderation:9", "moderation:12")
def test_the_database_knows_no_answer_by_whoever_asked_and_none_without_words(
    cast, make, decision, asked
) -> None:
    asked(cast.ana, decision(Outcome.REMOVE))
    for by, words in product((cast.ana.id, cast.marta.id), ("Right.", "")):
        if (by, words) == (cast.marta.id, "Right."):
            continue
        wrong = update(Appeal).values(
            result=Result.UPHELD, answer=words, answered_by=by, answered_at=NOON
        )
        with make.app.app_context(), pytest.raises(IntegrityError):
            db.session.execute(wrong)


def test_many_cost_no_more_than_one(cast, make, client_for, cost, clock) -> None:
    browser = client_for(cast.marta)
    spent = []
    for more in (1, 5):
        for _ in range(more):
            reply = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
            make.decision(make.report(reply, cast.ben, "spam"), cast.mori, Outcome.REMOVE)
            with make.app.app_context():
                newest = select(Decision.id).order_by(Decision.id.desc()).limit(1)
                decision_id = db.session.scalars(newest).one()
            make.done(lambda made=decision_id: actions.ask(cast.ana, made, "", now=clock.now()))
        cost.statements.clear()
        browser.get("/moderation")
        spent.append(int(cost))
    assert spent[0] == spent[1]


@pytest.mark.holds("moderation:9", "moderation:20")
def test_the_locked_copy_of_a_share_stays_until_it_is_answered_and_whoever_looks_is_written_down(
    circle, make, asked, clock, client_for
) -> None:
    circle.gathered()
    words = "It is all in your head."
    item_id = circle.report(circle.typed(words), circle.ben)
    circle.end()
    make.decision(item_id, circle.mori, Outcome.WARN)
    with make.app.app_context():
        warned = db.session.scalars(select(Decision.id)).one()
    clock.instant += APPEAL - timedelta(hours=1)
    page = asked(circle.ana, warned, words="I meant myself.")
    clock.pass_by(days=2)
    with make.app.app_context():
        erase_reported_words(clock.now())
    marta = client_for(circle.marta)
    seen = plain(marta.get(page))
    assert words in seen
    assert "I meant myself." in seen
    with make.app.app_context():
        looked = select(AuditEvent).where(AuditEvent.actor_id == circle.marta.id)
        assert [each.action for each in db.session.scalars(looked)] == ["looked"]
    send_as_seen(marta, page, result="rejected", answer="It was said to somebody else.")
    with make.app.app_context():
        erase_reported_words(clock.now())
        assert db.session.scalars(select(ReportedWords)).all() == []
    assert words not in marta.get(page).text


@pytest.mark.holds("moderation:9", "moderation:16")
def test_somebody_suspended_can_ask_and_upheld_they_are_back_at_once(
    cast, make, client_for, reply_id, asked, letters
) -> None:
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    make.sanction(item_id, cast.pat, SanctionKind.SUSPEND, 7)
    lea = make.staff("Lea", Staff.SAFETY_LEAD)
    with make.app.app_context():
        suspended = db.session.scalars(select(Decision.id)).one()
    ana = client_for(cast.ana)
    assert ana.get("/calls").status_code != 200
    page = asked(cast.ana, suspended)
    assert client_for(cast.pat).get(page).status_code == 404  # who decided it
    send_as_seen(client_for(lea), page, **ANSWER)
    assert ana.get("/calls").status_code == 200
    with make.app.app_context():
        lifted = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
        assert (lifted.outcome, lifted.supersedes_id) == (Outcome.LIFT, suspended)
    assert {kind for who, kind in letters() if who == "Ana"} >= {
        "sanction_lifted",
        "appeal_answered",
    }


@pytest.mark.holds("moderation:9")
@pytest.mark.parametrize("kind", [SanctionKind.BAN, SanctionKind.SUSPEND])
def test_whoever_proposed_or_answered_it_does_not_hear_it(
    cast, make, client_for, reply_id, asked, kind
) -> None:
    """Petra says no, Pat proposes it again, and somebody else agrees: none of them hears it."""
    petra, lea, other = (
        make.staff("Petra", Staff.PLATFORM_MODERATOR),
        make.staff("Lea", Staff.SAFETY_LEAD),
        make.staff("Otto", Staff.PLATFORM_MODERATOR),
    )
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    proposer = cast.mori if kind is SanctionKind.BAN else cast.pat
    for version, (by, agree) in enumerate(((petra, False), (lea, True))):
        make.sanction(item_id, proposer, kind, 90, version=2 * version + 1)
        with make.app.app_context():
            newest = select(SanctionProposal.id).order_by(SanctionProposal.id.desc()).limit(1)
            proposal_id = db.session.scalars(newest).one()
        make.answered(proposal_id, by, agree=agree)
    with make.app.app_context():
        decided = db.session.scalars(select(Decision.id)).one()
    page = asked(cast.ana, decided)
    for who in (proposer, petra, lea):
        assert client_for(who).get(page).status_code == 404
        assert page not in client_for(who).get("/moderation").text
    assert client_for(other).get(page).status_code == 200


@pytest.mark.holds("moderation:9")
@pytest.mark.parametrize(("question", "hears"), [("I’d take it away. You?", False), ("", True)])
def test_whoever_said_in_a_question_what_they_think_does_not_hear_it(
    cast, make, client_for, reply_id, item_id, decision, asked, question, hears
) -> None:
    send(client_for(cast.marta), f"/moderation/{item_id}/ask-others", words=question)
    page = asked(cast.ana, decision(Outcome.REMOVE))
    assert (client_for(cast.marta).get(page).status_code == 200) is hears
    assert client_for(make.owner(cast.group_id)).get(page).status_code == 200


def test_what_was_decided_about_words_and_about_a_person_is_asked_apart(
    cast, make, client_for, reply_id, decision, asked, clock
) -> None:
    removed = decision(Outcome.REMOVE)
    other = make.report(
        make.reply(make.thread(cast.group_id, cast.ben), cast.ana), cast.ben, "spam"
    )
    make.sanction(other, cast.mori, SanctionKind.MUTE, 7)
    with make.app.app_context():
        muted = db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first()
    page = asked(cast.ana, removed)
    send_as_seen(client_for(cast.marta), page, **ANSWER)
    with make.app.app_context():
        assert threads_queries.reviewed(reply_id).is_shown(clock.now())
    about = f"/decisions/{muted}/another-look"
    assert "Ask for another look" in client_for(cast.ana).get(about).text


# In part


def muted(make, cast, item_id: UUID, days: int = 7) -> UUID:
    """Mori mutes Ana; the decision."""
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, days)
    with make.app.app_context():
        return db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first()


def test_in_part_there_is_only_where_something_is_in_force_for_the_author() -> None:
    other = moderator()
    hearing = Hearing(uuid4(), Side.AUTHOR, Scope.GROUP, case(other.id), frozenset(), False)
    assert may_answer_so(other, hearing, Result.PARTLY, 3, NOON).reason is NOTHING_LESS
    assert may_answer_so(other, replace(hearing, has_less=True), Result.PARTLY, 3, NOON)
    for result in (Result.UPHELD, Result.REJECTED):
        assert may_answer_so(other, hearing, result, 3, NOON)
    assert may_answer_so(person(), hearing, Result.PARTLY, 3, NOON).reason.status == 404


@pytest.mark.holds("moderation:9", "moderation:14")
@pytest.mark.parametrize(("after_days", "is_over"), [(1, False), (5, True)])
def test_in_part_what_is_in_force_is_half_as_long(
    cast, make, client_for, clock, item_id, asked, letters, after_days, is_over
) -> None:
    made, begun = muted(make, cast, item_id, 7), clock.now()
    page = asked(cast.ana, made)
    clock.pass_by(days=after_days)
    marta = client_for(cast.marta)
    less = send_as_seen(marta, page, result="partly_upheld", answer="A few days do.")
    assert less.status_code == 302
    with make.app.app_context():
        old, *newer = db.session.scalars(select(Sanction).order_by(Sanction.id)).all()
        assert old.lifted_at == clock.now()
        assert [each.ends_at for each in newer] == (
            [] if is_over else [begun + timedelta(days=3, hours=12)]
        )
        decisions = db.session.scalars(select(Decision).order_by(Decision.id)).all()
        assert decisions[-1].supersedes_id == made
        assert decisions[-1].outcome is (Outcome.LIFT if is_over else Outcome.MUTE)
    assert letters()[-1] == ("Ana", "appeal_answered")
    assert "sanction_lifted" not in {kind for _, kind in letters()}
    in_force = plain(client_for(cast.ana).get("/in-force"))
    assert ("Nothing. You can read, write" in in_force) is is_over
    assert "Another look at this" not in in_force  # it was the other look
    assert "you were right in part" in plain(
        client_for(cast.ana).get(f"/decisions/{made}/another-look")
    )


@pytest.mark.holds("moderation:9")
@pytest.mark.parametrize(("result", "stays"), [("partly_upheld", True), ("upheld", False)])
def test_words_are_shown_again_and_what_else_was_decided_stays_or_ends_with_it(
    cast, make, client_for, clock, reply_id, item_id, asked, letters, result, stays
) -> None:
    muted(make, cast, item_id)
    make.decision(item_id, cast.mori, Outcome.REMOVE, version=2)
    with make.app.app_context():
        removed = db.session.scalars(select(Decision.id).order_by(Decision.id.desc())).first()
    page = asked(cast.ana, removed)
    send_as_seen(client_for(cast.marta), page, result=result, answer="It is their own story.")
    with make.app.app_context():
        assert threads_queries.reviewed(reply_id).is_shown(clock.now())
        held = db.session.scalars(select(Sanction)).one()
        assert (held.lifted_at is None) is stays
    assert (("Ana", "sanction_lifted") in letters()) is not stays
    assert client_for(cast.ana).get(f"/posts/{reply_id}/statement").status_code == 200


def test_in_part_is_not_offered_where_it_stands_or_it_does_not(
    cast, make, client_for, decision, asked
) -> None:
    page = asked(cast.ana, decision(Outcome.REMOVE))
    marta = client_for(cast.marta)
    assert 'value="partly_upheld"' not in marta.get(page).text
    answer = send_as_seen(marta, page, result="partly_upheld", answer="A little.")
    assert answer.status_code == 409
    assert "A little." in answer.text
    with make.app.app_context():
        assert db.session.scalars(select(Appeal.result)).all() == [None]
