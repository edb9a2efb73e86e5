"""The words of a decision go half a year after, by a job, and the decision stays."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.moderation import jobs
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result, Side
from community.moderation.models import Decision, DecisionWords, Report, ReviewItem
from community.moderation.opinions.models import SecondOpinion
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Severity
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import Second
from community.moderation.seals import queries as seals
from community.moderation.unmasking.models import Unmasking
from community.moderation.unmasking.rules import Because
from community.threads import actions as threads_actions
from community.threads.holds.models import Hold
from tests.moderation.test_retention import hold_back, keep_away, open_again

WHY = "Only a prescriber can say that safely."


@pytest.fixture
def decided(cast, make):
    """A reply of Ana’s is reported and decided about."""

    def happen(outcome: Outcome = Outcome.KEEP) -> UUID:
        post_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
        make.decision(make.report(post_id, cast.ben, "stop_treatment"), cast.mori, outcome)
        return make.done(
            lambda: db.session.scalars(
                select(Decision.id).where(Decision.target_id == post_id)
            ).one()
        )

    return happen


@pytest.fixture
def kept(app, clock):
    """The decisions that have their words after this long, and the job."""

    def run(**span: float) -> set[UUID]:
        clock.pass_by(**span)
        with app.app_context():
            jobs.erase_reported_words(clock.now())
            assert seals.check().broken is None
            return set(db.session.scalars(select(DecisionWords.decision_id)))

    return run


@pytest.mark.holds("moderation:20")
def test_they_go_half_a_year_after_and_not_a_minute_before(app, clock, decided, kept) -> None:
    first = decided()
    clock.pass_by(days=1)
    second = decided()
    assert kept(days=182, hours=23, minutes=59) == {first, second}
    assert kept(minutes=1) == {second}
    assert kept(days=1) == set()
    with app.app_context():
        assert set(db.session.scalars(select(Decision.id))) == {first, second}
        assert [each.words for each in db.session.scalars(select(Decision))] == [None, None]


@pytest.mark.holds("moderation:20")
@pytest.mark.parametrize("why", [keep_away, hold_back, open_again])
def test_what_is_in_force_or_open_keeps_them(clock, make, decided, kept, why) -> None:
    stays = decided()
    decided()
    make.done(lambda: why(db.session.get_one(Decision, stays), clock.now()))
    assert kept(days=185) == {stays}


@pytest.mark.holds("moderation:20")
def test_why_a_post_is_kept_from_others_stays_for_as_long_as_it_is(
    clock, make, decided, kept
) -> None:
    removed = decided(Outcome.REMOVE)
    assert kept(days=400) == {removed}
    post_id = make.done(lambda: db.session.get_one(Decision, removed).target_id)
    make.done(lambda: threads_actions.bring_back(post_id, now=clock.now()))
    assert kept(minutes=1) == set()


def test_so_does_another_look_and_words_that_others_cannot_read(
    cast, clock, make, decided, kept
) -> None:
    removed = decided(Outcome.REMOVE)
    assert kept(days=183) == {removed}
    make.done(lambda: appeals.ask(cast.ana, removed, "Please.", now=clock.now()))
    post_id = make.done(lambda: db.session.get_one(Decision, removed).target_id)
    assert kept(days=10) == {removed}
    make.done(lambda: threads_actions.bring_back(post_id, now=clock.now()))
    assert kept(days=10) == {removed}  # somebody still looks again


@pytest.fixture
def written(cast, make):
    """All that somebody can write about one item; its words still say it."""

    def happen() -> UUID:
        post_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
        item_id = make.report(
            post_id, cast.ben, "stop_treatment", "Heron said.", law="Heron’s law."
        )
        make.decision(item_id, cast.mori, Outcome.KEEP)
        now, ana, ben = make.clock.now(), cast.ana.id, cast.ben.id
        decision_id = make.done(lambda: decision_of(item_id))
        done = {"item_id": item_id, "answered_by": uuid4(), "answered_at": now}
        every = (
            Appeal(
                **done, decision_id=decision_id, appellant_id=ben, side=Side.REPORTER,
                words="Heron asks.", asked_at=now, result=Result.REJECTED, answer="Heron stays.",
            ),
            SanctionProposal(
                **done, account_id=ana, kind=SanctionKind.BAN, days=90, rule_id="medicine",
                why="Heron again.", note="A heron.", second=Second.OWNER, proposed_by=uuid4(),
                proposed_at=now, agreed=True, answer="Heron indeed.",
            ),
            SecondOpinion(
                item_id=item_id, asked_by=uuid4(), asked_at=now, question="A heron?",
                given_by=uuid4(), given_at=now, opinion="No heron.",
            ),
            Unmasking(
                item_id=item_id, account_id=ana, by_id=uuid4(), because=Because.HARM,
                why="To find a heron.", at=now,
            ),
            Hold(post_id=post_id, reasons="returned", held_at=now, passages="the heron"),
        )  # fmt: skip
        make.done(lambda: db.session.add_all(every))
        return item_id

    return happen


def decision_of(item_id: UUID) -> UUID:
    return db.session.scalars(select(Decision.id).where(Decision.item_id == item_id)).one()


WRITTEN = (
    Report.words, Report.law, Appeal.words, Appeal.answer, SanctionProposal.why,
    SanctionProposal.note, SanctionProposal.answer, SecondOpinion.question, SecondOpinion.opinion,
    Unmasking.why, Hold.passages,
)  # fmt: skip
OF_CRISIS = {Report.words, Report.law, SecondOpinion.question, SecondOpinion.opinion}


@pytest.fixture
def left(app, kept):
    """What is still read of these after this long, in the order of `WRITTEN`."""

    def run(**span: float) -> list[list[str]]:
        kept(**span)
        with app.app_context():
            return [sorted(db.session.scalars(select(each))) for each in WRITTEN]

    return run


@pytest.mark.holds("moderation:20")
def test_all_that_was_written_about_it_goes_with_them(written, left) -> None:
    written()
    before = left(days=183, hours=23, minutes=59)
    assert all(len(one) > 1 for [one] in before)
    after = left(minutes=1)
    assert all(one in {"", "–"} for [one] in after)
    assert left(hours=1) == after


@pytest.mark.parametrize("why", [keep_away, hold_back, open_again])
def test_what_is_in_force_or_open_keeps_that_too(clock, make, written, left, why) -> None:
    item_id = written()
    now = clock.now()
    make.done(lambda: why(db.session.get_one(Decision, decision_of(item_id)), now))
    before = left(days=1)
    assert left(days=190) == before


def test_what_somebody_in_danger_was_reported_for_stays_its_year(make, written, left) -> None:
    item_id, grave = written(), Severity.CRISIS
    make.done(lambda: setattr(db.session.get_one(ReviewItem, item_id), "severity", grave))
    after = left(days=185)
    assert {
        column for column, [one] in zip(WRITTEN, after, strict=True) if one not in {"", "–"}
    } == OF_CRISIS


def test_a_report_that_was_taken_back_goes_as_any_other(app, cast, clock, make, kept) -> None:
    """Nothing was decided about it."""
    post_id = make.reply(make.thread(cast.group_id, cast.ben), cast.ana)
    item_id = make.report(post_id, cast.ben, "stop_treatment", "Heron said.")

    def close() -> None:
        db.session.get_one(ReviewItem, item_id).closed_at = clock.now()

    make.done(close)
    for days, words in ((183, "Heron said."), (1, "")):
        kept(days=days)
        with app.app_context():
            assert db.session.scalar(select(Report.words)) == words
