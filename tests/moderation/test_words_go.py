"""The words of a decision go half a year after, by a job, and the decision stays."""

from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.moderation import jobs
from community.moderation.appeals import actions as appeals
from community.moderation.models import Decision, DecisionWords
from community.moderation.rules.case import Outcome
from community.moderation.seals import queries as seals
from community.threads import actions as threads_actions
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
