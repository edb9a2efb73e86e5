"""Reports and decisions on a real database."""

from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import delete, event, func, select
from sqlalchemy.exc import IntegrityError

from community.accounts.models import Account
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.db import Base, db
from community.core.letters import OutboxLetter
from community.core.verdict import Refused
from community.groups.claims import actor_of
from community.moderation import actions, queries
from community.moderation.cases import case_of
from community.moderation.models import AuditEvent, Decision, DecisionWords, Report, ReviewItem
from community.moderation.queue.queries import queue
from community.moderation.rules.case import APPEAL, HIDING, Outcome
from community.moderation.rules.reasons import Scope
from community.notifications.models import Notice
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.rules.posts import PostState
from community.threads.taken_back import actions as taken_back_actions
from tests.fakes import FrozenClock
from tests.make import Make
from tests.threads.conftest import Cast

Written = Callable[[], list[tuple[str, str]]]


def count(make: Make, model: type[Base]) -> int:
    return make.done(lambda: db.session.scalar(select(func.count()).select_from(model)) or 0)


def state(make: Make, post_id: UUID) -> PostState:
    return make.done(lambda: threads_queries.reviewed(post_id).state)


def queued(make: Make, person_id: UUID, clock: FrozenClock) -> tuple[list[UUID], int]:
    """The items somebody can decide, and how many wait on others."""

    def look() -> tuple[list[UUID], int]:
        found = queue(actor_of(person_id, now=clock.now()), clock.now())
        assert found.total == len(found.entries)
        return [item.id for item in found.entries], found.waiting_on_others

    return make.done(look)


def again(item_id: UUID, **changes: object) -> None:
    """An item like this one, past every rule."""
    item = db.session.get_one(ReviewItem, item_id)
    columns = {column.key: getattr(item, column.key) for column in ReviewItem.__table__.columns}
    db.session.add(ReviewItem(**{**columns, "id": None, **changes}))
    db.session.flush()


@pytest.mark.holds("moderation:19")
def test_many_reports_make_one_item_that_stands_under_the_gravest(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    first = make.report(reply_id, cast.ben, "spam")
    assert make.report(reply_id, cast.hana, "stop_treatment") == first
    assert make.report(reply_id, cast.hana, "spam") == first  # once for each person
    assert (count(make, ReviewItem), count(make, Report)) == (1, 2)
    page = make.done(
        lambda: queries.case_page(actor_of(cast.mori.id, now=clock.now()), first, clock.now())
    )
    assert page.item.reason.id == "stop_treatment"
    assert page.item.case.version == 2
    assert [report.reason.id for report in page.reports] == ["spam", "stop_treatment"]


@pytest.mark.holds("moderation:19")
def test_the_database_itself_keeps_one_open_item_for_a_post(
    cast: Cast, make: Make, reply_id: UUID
) -> None:
    item_id = make.report(reply_id, cast.ben)
    with pytest.raises(IntegrityError):
        make.done(lambda: again(item_id))


def test_what_was_kept_can_be_reported_again_by_somebody_else(
    cast: Cast, make: Make, reply_id: UUID
) -> None:
    first = make.report(reply_id, cast.ben)
    make.decision(first, cast.mori, Outcome.KEEP)
    assert make.report(reply_id, cast.ben) is None  # the same person, the same words
    second = make.report(reply_id, cast.hana)
    assert second not in {None, first}


def test_what_was_kept_and_then_changed_can_be_reported_by_the_same_person(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    first = make.report(reply_id, cast.ben)
    make.decision(first, cast.mori, Outcome.KEEP)
    edited = (cast.ana, reply_id, "Stop them all.", 1)
    make.done(lambda: threads_actions.edit(*edited, now=clock.now()))
    second = make.report(reply_id, cast.ben)
    assert second not in {None, first}
    items = select(ReviewItem.id, ReviewItem.reported_version, ReviewItem.closed_at)
    rows = make.done(lambda: db.session.execute(items.order_by(ReviewItem.id)).all())
    assert [tuple(row) for row in rows] == [(first, 1, clock.now()), (second, 2, None)]


@pytest.mark.holds("moderation:8", "promise:8")
def test_a_decision_settles_the_post_and_answers_everybody_once(
    cast: Cast, make: Make, reply_id: UUID, letters: Written, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.report(reply_id, cast.hana)
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert state(make, reply_id) is PostState.REMOVED
    assert letters() == [
        ("Ana", "post_decided"),
        ("Ben", "report_answered"),
        ("Hana", "report_answered"),
    ]
    with pytest.raises(Refused) as refused:
        make.decision(item_id, cast.marta, Outcome.KEEP)
    assert refused.value.reason.code == "stale"
    assert (len(letters()), count(make, Decision), count(make, AuditEvent)) == (3, 1, 1)


def test_hiding_tells_the_author_and_leaves_the_answer_for_the_end(
    cast: Cast, make: Make, reply_id: UUID, letters: Written
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.decision(item_id, cast.mori, Outcome.HIDE)
    assert letters() == [("Ana", "post_decided")]
    make.decision(item_id, cast.mori, Outcome.KEEP, version=2)
    assert state(make, reply_id) is PostState.PUBLISHED
    assert letters()[1:] == [("Ana", "post_decided"), ("Ben", "report_answered")]


@pytest.mark.holds("moderation:7")
def test_an_author_whose_words_are_kept_never_hears_of_the_report(
    cast: Cast, make: Make, reply_id: UUID, letters: Written, clock: FrozenClock
) -> None:
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.KEEP)
    assert letters() == [("Ben", "report_answered")]
    with pytest.raises(Refused) as refused:
        make.done(
            lambda: queries.statement(actor_of(cast.ana.id, now=clock.now()), reply_id, clock.now())
        )
    assert refused.value.reason.status == 404


@pytest.mark.parametrize(("reason", "comes_back"), [("graphic", True), ("medical_claim", False)])
def test_after_72_hours_a_broken_rule_comes_back_and_harm_goes_up(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock, reason: str, comes_back: bool
) -> None:
    item_id = make.report(reply_id, cast.ben, reason)
    make.decision(item_id, cast.mori, Outcome.HIDE)
    clock.pass_by(seconds=HIDING.total_seconds())
    shown = make.done(lambda: threads_queries.reviewed(reply_id).is_shown(clock.now()))
    assert shown is comes_back
    group, platform = (queued(make, who.id, clock)[0] for who in (cast.mori, cast.pat))
    assert (group, platform) == (([item_id], []) if comes_back else ([], [item_id]))


@pytest.mark.holds("moderation:1", "moderation:25")
def test_a_moderator_s_own_report_waits_on_others(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.mori)
    assert queued(make, cast.mori.id, clock) == ([], 1)
    assert queued(make, cast.marta.id, clock) == ([item_id], 0)
    with pytest.raises(Refused) as refused:
        make.decision(item_id, cast.mori, Outcome.KEEP)
    assert refused.value.reason.status == 404


@pytest.mark.holds("moderation:2")
def test_when_every_moderator_took_part_the_platform_gets_it_by_itself(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.mori)
    assert queued(make, cast.pat.id, clock) == ([], 0)
    make.report(reply_id, cast.marta)
    assert queued(make, cast.pat.id, clock) == ([], 0)
    make.report(reply_id, make.owner(cast.group_id))
    assert queued(make, cast.pat.id, clock) == ([item_id], 0)
    assert queued(make, cast.marta.id, clock) == ([], 0)


@pytest.mark.holds("moderation:10")
def test_whoever_looks_after_the_group_is_judged_at_the_level_above(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    for somebody in (cast.hana, cast.mori):
        post_id = make.opening(make.thread(cast.group_id, somebody))
        item_id = make.report(post_id, cast.ben)
        assert queued(make, cast.pat.id, clock)[0][-1] == item_id
    assert queued(make, cast.mori.id, clock) == ([], 0)
    assert queued(make, cast.marta.id, clock) == ([], 0)


@pytest.mark.holds("moderation:11", "moderation:25")
def test_moderators_elsewhere_find_an_empty_queue_and_no_item(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    assert queued(make, cast.stranger.id, clock) == ([], 0)
    for look in (
        lambda: queries.case_page(
            actor_of(cast.stranger.id, now=clock.now()), item_id, clock.now()
        ),
        lambda: queue(actor_of(cast.ana.id, now=clock.now()), clock.now()),
    ):
        with pytest.raises(Refused) as refused:
            make.done(look)
        assert refused.value.reason.status == 404


@pytest.mark.holds("moderation:25")
def test_the_queue_holds_what_somebody_can_decide_the_most_urgent_first(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    items = {}
    for reason in ("spam", "graphic", "stop_treatment", "medical_claim", "harassment"):
        post_id = make.reply(thread_id, cast.ana)
        items[reason] = make.report(post_id, cast.ben, reason)
        clock.pass_by(minutes=1)
    urgent = ["stop_treatment", "medical_claim", "harassment", "graphic", "spam"]
    assert queued(make, cast.mori.id, clock) == ([items[reason] for reason in urgent], 0)


@pytest.mark.holds("moderation:5")
def test_a_decision_that_can_not_be_kept_changes_nothing(
    cast: Cast, make: Make, reply_id: UUID, letters: Written
) -> None:
    item_id = make.report(reply_id, cast.ben)
    with pytest.raises(IntegrityError):
        make.decision(item_id, cast.mori, Outcome.REMOVE, why=" ")
    assert state(make, reply_id) is PostState.PUBLISHED
    assert (count(make, Decision), count(make, AuditEvent), letters()) == (0, 0, [])
    assert make.done(lambda: db.session.get_one(ReviewItem, item_id).version) == 1


@pytest.mark.holds("moderation:8")
def test_whoever_reported_is_answered_once_however_often_that_is_tried(
    cast: Cast, make: Make, reply_id: UUID, letters: Written, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.report(reply_id, cast.hana)
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    before = letters()
    assert sorted(before)[1:] == [("Ben", "report_answered"), ("Hana", "report_answered")]

    def again() -> None:
        item = db.session.get_one(ReviewItem, item_id)
        decision = db.session.scalars(select(Decision)).one()
        actions.answer_reporters(item, decision, case_of(item, clock.now()), clock.now())

    make.done(again)
    assert letters() == before


@pytest.mark.holds("moderation:5")
@pytest.mark.parametrize("fails", ["decision", "audit_event", "notice", "outbox_letter"])
@pytest.mark.parametrize("outcome", [Outcome.REMOVE, SanctionKind.MUTE])
def test_whichever_part_of_it_can_not_be_kept_none_is(
    cast: Cast, make: Make, reply_id: UUID, fails: str, outcome: Outcome | SanctionKind
) -> None:
    """Decision, what it is about, what is in force, record, news and letters."""
    item_id = make.report(reply_id, cast.ben)
    tables = (Decision, DecisionWords, Sanction, AuditEvent, Notice, OutboxLetter)

    def refuse(conn: object, cursor: object, statement: str, *rest: object) -> None:
        if statement.startswith(f"INSERT INTO {fails} "):
            raise OSError(fails)

    def kept() -> list[object]:
        item = make.done(lambda: db.session.get_one(ReviewItem, item_id).version)
        return [state(make, reply_id), item, *(count(make, table) for table in tables)]

    def decide() -> None:
        if isinstance(outcome, SanctionKind):
            make.sanction(item_id, cast.mori, outcome, 7)
        else:
            make.decision(item_id, cast.mori, outcome)

    before = kept()
    engine = make.done(lambda: db.engine)
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        with pytest.raises(OSError, match=fails):
            decide()
    finally:
        event.remove(engine, "before_cursor_execute", refuse)
    assert kept() == before
    decide()
    assert kept() != before


@pytest.mark.holds("moderation:6", "promise:8")
def test_the_statement_says_all_that_the_law_asks_for(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.HIDE)
    (decision,) = make.done(
        lambda: queries.statement(actor_of(cast.ana.id, now=clock.now()), reply_id, clock.now())
    )
    assert (decision.outcome, decision.scope) == (Outcome.HIDE, Scope.GROUP)
    assert decision.hidden_until is None
    assert [reason.id for reason in decision.reasons] == ["medical_claim"]
    assert decision.rule_id == "experience"
    assert decision.why
    assert not decision.automated
    assert decision.appealable_until == clock.now() + APPEAL


@pytest.mark.holds("moderation:12")
def test_the_record_points_at_people_without_holding_them() -> None:
    assert not Decision.__table__.foreign_keys
    assert not AuditEvent.__table__.foreign_keys


@pytest.mark.holds("moderation:20")
def test_the_statement_outlives_its_author_s_account(
    cast: Cast, make: Make, reply_id: UUID
) -> None:
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.REMOVE)
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ana.id)))
    assert count(make, Decision) == 1
    assert make.done(lambda: threads_queries.reviewed(reply_id)).author_name is None


def test_reported_words_can_be_judged_although_their_author_took_them_back(
    cast: Cast, make: Make, reply_id: UUID, clock: FrozenClock
) -> None:
    item_id = make.report(reply_id, cast.ben)
    make.done(lambda: taken_back_actions.take_back(cast.ana, reply_id, now=make.clock.now()))
    page = make.done(
        lambda: queries.case_page(actor_of(cast.mori.id, now=clock.now()), item_id, clock.now())
    )
    assert "stop the tablets" in page.item.post.html
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert state(make, reply_id) is PostState.DELETED
