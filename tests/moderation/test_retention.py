"""What has been kept long enough is forgotten, and only that; the record says so and is whole."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import delete, func, select, text, update
from sqlalchemy.exc import DatabaseError

from community.accounts.sanctions.models import KeptAway, Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.moderation import jobs
from community.moderation.appeals import actions as appeal_actions
from community.moderation.care import actions as care_actions
from community.moderation.care.models import CareTaken
from community.moderation.models import AuditEvent, Decision, Report, ReviewItem
from community.moderation.retention import queries
from community.moderation.rules.care import CareStep
from community.moderation.rules.case import Outcome, Source
from community.moderation.rules.reasons import Scope
from community.moderation.seals import queries as seal_queries
from community.moderation.seals.actions import anchor
from community.moderation.seals.models import RecordSeal
from community.moderation.seals.rules import SETTLES, digest
from community.threads import actions as threads_actions
from tests.moderation.test_seals import stand_aside, verify

LONG = timedelta(days=3 * 366 + 1)


@pytest.fixture
def sealed(app, clock):
    """Time enough goes by that what was written is sealed."""

    def seal() -> None:
        clock.pass_by(minutes=SETTLES.total_seconds() / 60 + 1)
        with app.app_context():
            jobs.seal_the_record(clock.now())

    return seal


@pytest.fixture
def decided(cast, make, sealed):
    """A reply of Ana’s is reported, decided about and sealed."""

    def happen(outcome: Outcome = Outcome.KEEP) -> UUID:
        thread_id = make.thread(cast.group_id, cast.ben)
        item_id = make.report(make.reply(thread_id, cast.ana), cast.ben, "stop_treatment")
        make.decision(item_id, cast.mori, outcome)
        sealed()
        return item_id

    return happen


@pytest.fixture
def forget(app, clock):
    """The job, after this long; how many of each are left."""

    def run(**span: float) -> tuple[int, ...]:
        clock.pass_by(**span)
        with app.app_context():
            jobs.forget_what_is_over(clock.now())
            assert seal_queries.check().broken is None
            return tuple(map(count, (AuditEvent, Decision, ReviewItem)))

    return run


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


@pytest.mark.holds("moderation:12")
def test_after_three_years_it_is_forgotten_behind_an_anchor(app, decided, forget) -> None:
    decided()
    assert forget(days=3 * 365) == (1, 1, 1)
    decided()
    assert forget(days=2) == (1, 1, 1)
    with app.app_context():
        row = seal_queries.anchor()
        assert (row.number, row.forgot) == (3, 1)
        assert count(Report) == 1
    told = verify(app)
    assert told.exit_code == 0
    assert "The record is kept since 2026-11-20" in told.output
    assert "up to seal 1: " in told.output


@pytest.mark.holds("moderation:12")
def test_the_chain_goes_on_after_one_anchor_and_another(app, clock, decided, forget) -> None:
    for _ in range(3):
        decided()
        forget(days=500)
    assert forget(days=1) == (2, 2, 2)
    decided()
    assert forget(days=0) == (3, 3, 3)
    assert forget(days=700) == (1, 1, 1)
    assert verify(app).exit_code == 0


def test_where_all_is_forgotten_the_next_seal_begins_where_the_last_ended(
    app, clock, make, decided, sealed, forget
) -> None:
    stays = decided(Outcome.REMOVE)
    decided()
    assert forget(days=LONG.days) == (0, 1, 1)
    sealed()
    with app.app_context():
        assert count(RecordSeal) == 3
        post_id = db.session.scalars(decisions_of(stays)).one().target_id
    decided()
    make.done(lambda: threads_actions.bring_back(post_id, now=clock.now()))
    assert forget(days=1) == (1, 1, 1)


def test_acts_without_a_decision_go_too(app, cast, make, reply_id, sealed, forget) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.done(lambda: act(item_id, make.clock.now()))
    sealed()
    assert forget(days=LONG.days) == (0, 0, 1)


def test_there_is_at_most_one_anchor_a_day(app, decided, forget) -> None:
    for _ in range(3):
        decided()
    forget(days=1096)
    anchors = select(func.count(RecordSeal.forgot))
    for _ in range(3):
        forget(hours=1)
    with app.app_context():
        assert db.session.scalar(anchors) == 1


def keep_away(decision: Decision, now: datetime) -> None:
    db.session.add(
        KeptAway(
            email="mark",
            kind=SanctionKind.SUSPEND,
            decision_id=decision.id,
            begins_at=now,
            until=now + 2 * LONG,
        )
    )


def hold_back(decision: Decision, now: datetime) -> None:
    db.session.add(
        Sanction(
            account_id=decision.author_id,
            kind=SanctionKind.LIMIT,
            decision_id=decision.id,
            begins_at=now,
            review_at=now + timedelta(days=7),
        )
    )


def open_again(decision: Decision, now: datetime) -> None:
    db.session.get_one(ReviewItem, decision.item_id).closed_at = None


def ask_later(decision: Decision, now: datetime) -> None:
    db.session.add(
        Decision(
            **facts(decision.item_id, now + LONG), supersedes_id=decision.id, author_id=uuid4()
        )
    )


def facts(item_id: UUID, at: datetime) -> dict:
    return {
        "item_id": item_id, "target_id": uuid4(), "decided_by": uuid4(), "outcome": Outcome.KEEP,
        "rule_id": "experience", "facts": "disbelief", "why": "It is fine.", "note": "",
        "scope": Scope.GROUP, "source": Source.REPORT, "decided_at": at,
        "appealable_until": at + timedelta(days=184),
    }  # fmt: skip


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("why", [keep_away, hold_back, open_again, ask_later])
def test_what_is_in_force_or_open_stays_with_its_item(
    app, clock, make, decided, forget, why
) -> None:
    stays = decided()
    decided()
    make.done(lambda: why(db.session.scalars(decisions_of(stays)).one(), clock.now()))
    forget(days=LONG.days)
    with app.app_context():
        assert db.session.scalar(select(ReviewItem.id)) == stays
        assert set(db.session.scalars(select(Decision.item_id))) == {stays}


def decisions_of(item_id: UUID):
    return select(Decision).where(Decision.item_id == item_id)


def test_an_open_appeal_keeps_what_it_is_about(app, cast, clock, make, decided, forget) -> None:
    item_id = decided(Outcome.REMOVE)
    with app.app_context():
        decision = db.session.scalars(decisions_of(item_id)).one()
        post_id, decision_id = decision.target_id, decision.id
    make.done(lambda: appeal_actions.ask(cast.ana, decision_id, "Please.", now=clock.now()))
    make.done(lambda: threads_actions.bring_back(post_id, now=clock.now()))
    assert forget(days=LONG.days)[1:] == (1, 1)


def test_why_words_are_kept_from_others_stays_as_long_as_they_are(
    app, clock, make, decided, forget
) -> None:
    item_id = decided(Outcome.REMOVE)
    assert forget(days=LONG.days) == (0, 1, 1)
    with app.app_context():
        post_id = db.session.scalars(decisions_of(item_id)).one().target_id
    make.done(lambda: threads_actions.bring_back(post_id, now=clock.now()))
    assert forget(days=1) == (0, 0, 0)


def test_a_step_that_is_over_goes_with_its_decision(app, clock, make, decided, forget) -> None:
    item_id = decided()
    make.done(lambda: hold_back(db.session.scalars(decisions_of(item_id)).one(), clock.now()))

    def lift() -> None:
        sanction = db.session.scalars(select(Sanction)).one()
        sanction.lifted_at, sanction.lifted_by = clock.now(), uuid4()

    make.done(lift)
    assert forget(days=LONG.days) == (0, 0, 0)
    with app.app_context():
        assert count(Sanction) == 0


@pytest.mark.holds("moderation:17")
def test_what_was_done_for_somebody_in_danger_is_forgotten_a_year_after(
    app, cast, clock, make, reply_id, forget
) -> None:
    item_id = make.report(reply_id, cast.ben, "crisis_self", "Please look.")
    now = clock.now()
    for who, step in ((cast.mori, CareStep.POINTED), (cast.marta, CareStep.TALKED)):
        make.done(lambda who=who, step=step: care_actions.take_step(who, item_id, step, now=now))
    forget(days=400)  # it is open
    make.decision(item_id, cast.pat, Outcome.CARE, version=3)
    for days, steps, words in ((364, 2, "Please look."), (2, 0, "")):
        forget(days=days)
        with app.app_context():
            assert count(CareTaken) == steps
            assert db.session.scalar(select(Report.words)) == words
            assert db.session.scalar(select(Decision.outcome)) is Outcome.CARE


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("seed", range(6))
def test_whatever_the_ages_nothing_younger_goes_and_the_record_stays_whole(
    app, clock, make, sealed, forget, seed: int
) -> None:
    chance, written = Random(seed), []
    for _ in range(20):
        clock.pass_by(days=chance.choice([0, 1, 200, 500]))
        item_id = chance.choice(written[-2:])[0] if written and chance.random() < 0.2 else uuid4()
        written.append((item_id, clock.now()))
        make.done(lambda item_id=item_id: write(item_id, clock.now()))
        if chance.random() < 0.8:
            sealed()
        if chance.random() < 0.5:
            forget(days=chance.choice([0, 1, 30]))
    sealed()
    forget(days=1)
    until = clock.now() - relativedelta(years=3)
    with app.app_context():
        rows = db.session.execute(select(Decision.item_id, Decision.decided_at))
        kept = {tuple(row) for row in rows}
        acts = set(db.session.scalars(select(AuditEvent.at)))
    young = {each for each in written if each[1] > until}
    assert young <= kept < set(written)
    assert {at for _, at in young} <= acts
    with_young = {item_id for item_id, _ in young}
    assert {each for each in written if each[0] in with_young} <= kept


def write(item_id: UUID, at: datetime) -> None:
    db.session.add(Decision(**facts(item_id, at)))
    act(item_id, at)


def act(item_id: UUID, at: datetime) -> None:
    db.session.add(
        AuditEvent(
            at=at, actor_id=uuid4(), acted_for=Scope.GROUP, action="keep", item_id=item_id,
            group_id=uuid4(), before="open", after="closed", reason="disbelief",
        )
    )  # fmt: skip
    db.session.flush()


# Whoever isn’t the job


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("table", [Decision, AuditEvent])
def test_the_database_lets_nothing_younger_go_and_nothing_be_changed(
    app, decided, forget, table: type[Decision | AuditEvent]
) -> None:
    decided(Outcome.REMOVE)
    forget(days=LONG.days)
    decided()
    with app.app_context():
        newest = db.session.scalar(select(table.id).order_by(table.id.desc()).limit(1))
        which = table.id == newest
        for change in (delete(table), update(table).values(item_id=uuid4())):
            with pytest.raises(DatabaseError, match=f"{table.__tablename__} is append-only"):
                db.session.execute(change.where(which))
            db.session.rollback()


GAPS = {
    "a decision that was kept": "DELETE FROM decision WHERE id = (SELECT last_decision "
    "FROM record_seal WHERE number = 1)",
    "an act since": "DELETE FROM audit_event",
    "what the anchor keeps": "UPDATE record_seal SET kept = 'x' WHERE forgot IS NOT NULL",
    "up to where": "UPDATE record_seal SET forgot = 0 WHERE forgot IS NOT NULL",
    "the last that is forgotten": "UPDATE record_seal SET digest = 'x' WHERE number = 1",
    "the anchor itself": "DELETE FROM record_seal WHERE forgot IS NOT NULL",
}


@pytest.mark.holds("moderation:12")
@pytest.mark.parametrize("gap", GAPS)
def test_a_gap_that_is_no_retention_is_found(app, decided, forget, gap: str) -> None:
    decided(Outcome.REMOVE)
    forget(days=LONG.days)
    decided()
    decided()
    assert verify(app).exit_code == 0
    with app.app_context():
        stand_aside("decision", "audit_event", "record_seal")
        assert db.session.execute(text(GAPS[gap])).rowcount >= 1
        db.session.commit()
    assert verify(app).exit_code == 1


@pytest.mark.holds("moderation:12")
def test_an_anchor_over_what_is_too_young_is_found(app, clock, make, decided) -> None:
    decided()

    def forge() -> None:
        anchor(seal_queries.newest(), select(Decision.id), now=clock.now())
        db.session.execute(text("DELETE FROM audit_event"))
        db.session.execute(text("DELETE FROM decision"))

    make.done(forge)
    assert verify(app).exit_code == 1


@pytest.mark.holds("moderation:12")
def test_an_anchor_that_was_written_by_hand_is_found(app, clock, make, decided) -> None:
    decided()
    clock.pass_by(days=LONG.days)

    def forge() -> None:
        last = seal_queries.newest()
        db.session.add(
            RecordSeal(
                number=2,
                last_event=last.last_event,
                last_decision=last.last_decision,
                digest="made up",
                sealed_at=clock.now(),
                forgot=1,
                kept=digest("", []),
            )
        )
        db.session.flush()
        db.session.execute(text("DELETE FROM audit_event"))
        db.session.execute(text("DELETE FROM decision"))

    make.done(forge)
    assert verify(app).exit_code == 1


def test_where_the_record_is_not_whole_nothing_is_forgotten(app, clock, decided, forget) -> None:
    decided()
    decided()
    with app.app_context():
        stand_aside("decision")
        db.session.execute(text("UPDATE decision SET rule_id = 'else'"))
        db.session.commit()
        clock.pass_by(days=LONG.days)
        jobs.forget_what_is_over(clock.now())
        assert (count(AuditEvent), count(Decision), seal_queries.anchor()) == (2, 2, None)


def test_a_dry_run_says_what_would_go_and_changes_nothing(app, clock, decided) -> None:
    decided()
    decided(Outcome.REMOVE)
    clock.pass_by(days=LONG.days)
    run = app.test_cli_runner().invoke
    assert run(args=["admin", "forget"]).exit_code == 2
    told = run(args=["admin", "forget", "--dry-run"])
    assert told.exit_code == 0
    for line in ("2 acts in the record", "1 decisions", "1 reported items", "0 second opinions"):
        assert line in told.output
    with app.app_context():
        assert (count(AuditEvent), count(Decision)) == (2, 2)
        assert queries.due(clock.now()).decisions == 1
