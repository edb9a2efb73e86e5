"""Deciding about a person, and what follows at once, on a real database."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from community.accounts.models import Account
from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.calls.models import Seat
from community.core.actor import Actor, Role, Staff
from community.core.db import db
from community.core.letters import OutboxLetter
from community.core.verdict import Refused
from community.groups import actions as groups_actions
from community.moderation.models import AuditEvent, Decision
from community.moderation.sanctions.models import SanctionProposal
from community.notifications.actions import tell
from community.notifications.rules import News
from community.safety.rules import LIMITED, MUTED
from community.threads.rules.letters import ThreadAnswered
from tests.fakes import FrozenClock
from tests.make import Make
from tests.threads.conftest import Cast

Written = Callable[[], list[tuple[str, str]]]
WARNING, CIRCLES, MUTE, BAN, LIMIT, SUSPEND = SanctionKind
DAY = timedelta(days=1)


@pytest.fixture
def item_id(cast: Cast, make: Make, reply_id: UUID) -> UUID:
    """Ana’s reply, reported so that the group and the site both look after it."""
    item_id = make.report(reply_id, cast.ben, "stop_treatment")
    assert item_id is not None
    return item_id


def rows(make: Make, model: type) -> list:
    return make.done(lambda: list(db.session.execute(select(model.__table__))))


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as no:
        act()
    return no.value.reason.code


def owner_of(make: Make, group_id: UUID) -> Actor:
    name = select(Account.id).where(Account.name == "Owner of Neck, evenings")
    return make.actor(make.done(lambda: db.session.scalars(name).one()))


@pytest.mark.holds("moderation:5", "moderation:6", "moderation:14")
def test_a_mute_is_a_decision_a_sanction_a_record_and_a_letter(
    cast: Cast, make: Make, item_id: UUID, letters: Written, clock: FrozenClock
) -> None:
    assert make.sanction(item_id, cast.mori, MUTE, 7) == cast.ana.id
    (sanction,), (decision,) = rows(make, Sanction), rows(make, Decision)
    assert (sanction.account_id, sanction.group_id) == (cast.ana.id, cast.group_id)
    assert (sanction.decision_id, decision.outcome) == (decision.id, "mute")
    assert (decision.decided_by, decision.automated) == (cast.mori.id, False)
    assert sanction.ends_at == clock.now() + 7 * DAY
    assert [event.action for event in rows(make, AuditEvent)] == ["mute"]
    assert letters()[-1:] == [("Ana", "person_decided")]


@pytest.mark.holds("moderation:14")
def test_it_ends_by_the_clock_and_no_job(
    cast: Cast, make: Make, reply_id: UUID, item_id: UUID, clock: FrozenClock
) -> None:
    thread_id = make.thread_of(reply_id)
    make.sanction(item_id, cast.mori, MUTE, 1)
    with pytest.raises(Refused) as no:
        make.reply(thread_id, cast.ana)
    assert no.value.reason is MUTED
    assert make.actor(cast.ana).belongs_to(cast.group_id)
    clock.pass_by(days=1)
    assert make.reply(thread_id, cast.ana)


def test_limited_writes_nowhere_and_belongs_as_before(
    cast: Cast, make: Make, reply_id: UUID, item_id: UUID
) -> None:
    make.sanction(item_id, cast.pat, LIMIT, 7)
    ana = make.actor(cast.ana)
    assert ana.groups == cast.ana.groups
    with pytest.raises(Refused) as no:
        make.reply(make.thread_of(reply_id), cast.ana)
    assert no.value.reason is LIMITED
    assert make.report(make.opening(make.thread_of(reply_id)), cast.ana) is not None


@pytest.mark.holds("moderation:15", "asvs:5")
def test_whoever_may_not_write_looks_after_nothing_meanwhile(
    cast: Cast, make: Make, clock: FrozenClock
) -> None:
    """Mori writes in the group that Mori moderates; a safety lead decides about staff."""
    lead = make.staff("Lena", Staff.SAFETY_LEAD)
    reply = make.reply(make.thread(cast.group_id, cast.ben), cast.mori)
    item = make.report(reply, cast.ana, "facilitator_conduct")
    assert item is not None
    make.sanction(item, lead, MUTE, 14)
    assert make.actor(cast.mori).roles[cast.group_id] == {Role.MEMBER}
    clock.pass_by(days=14)
    assert make.actor(cast.mori).moderates(cast.group_id)


@pytest.mark.holds("moderation:15", "asvs:5")
def test_a_ban_takes_the_group_away_and_gives_its_seats_back(
    cast: Cast, make: Make, item_id: UUID
) -> None:
    call_id = make.call(cast.group_id, cast.hana, seats=2, seated=[cast.ana, cast.ben])
    make.sanction(item_id, cast.pat, BAN, 90)
    assert not make.actor(cast.ana).belongs_to(cast.group_id)
    held = select(Seat.account_id).where(Seat.call_id == call_id, Seat.state == "confirmed")
    assert make.done(lambda: set(db.session.scalars(held))) == {cast.ben.id}
    (sanction,) = rows(make, Sanction)
    assert sanction.ends_at is None
    assert sanction.review_at is not None
    assert refused(lambda: make.joined(cast.group_id, cast.ana, cast.mori)) == "not-found"
    link = make.invitation(cast.group_id, owner_of(make, cast.group_id))
    come = partial(groups_actions.come_in, make.actor(cast.ana), link, now=make.clock.now())
    assert refused(lambda: make.done(come)) == "not-found"


@pytest.mark.holds("moderation:15", "moderation:16", "asvs:5")
def test_suspended_is_nobody_here_and_letters_that_wait_are_called_back(
    cast: Cast, make: Make, item_id: UUID, letters: Written, clock: FrozenClock
) -> None:
    call_id = make.call(cast.group_id, cast.hana, seated=[cast.ana])

    def answered() -> None:
        at_night = clock.now() + timedelta(hours=11)
        tell(cast.ana.id, ThreadAnswered(uuid4()), about=News.CALLS, now=at_night)

    make.done(answered)
    before = len(letters())
    assert ("Ana", "thread_answered") in letters()
    make.sanction(item_id, cast.pat, SUSPEND, 30)
    ana = make.actor(cast.ana)
    assert (ana.is_active, ana.is_suspended, ana.groups) == (False, True, frozenset())
    assert ("Ana", "thread_answered") not in letters()
    assert ("Ana", "person_decided") in letters()
    make.done(answered)
    assert ("Ana", "thread_answered") not in letters()
    taken = select(Seat.id).where(Seat.call_id == call_id, Seat.state == "confirmed")
    assert make.done(lambda: db.session.scalar(taken)) is None
    assert before > 0
    clock.pass_by(days=30)
    assert make.actor(cast.ana).is_active


@pytest.mark.holds("moderation:10")
def test_a_ban_that_a_moderator_proposes_waits_for_an_owner(
    cast: Cast, make: Make, item_id: UUID, letters: Written
) -> None:
    assert make.sanction(item_id, cast.mori, BAN, 90) is None
    assert rows(make, Sanction) == []
    assert letters()[-1:] == [("Owner of Neck, evenings", "sanction_proposed")]
    assert make.actor(cast.ana).belongs_to(cast.group_id)
    (asked,) = rows(make, SanctionProposal)
    assert refused(lambda: make.answered(asked.id, cast.mori)) == "not-found"
    assert refused(lambda: make.answered(asked.id, cast.marta)) == "not-found"
    assert refused(lambda: make.sanction(item_id, cast.marta, MUTE, 1, version=2)) == "proposed"
    owner = owner_of(make, cast.group_id)
    assert make.answered(asked.id, owner) == cast.ana.id
    assert not make.actor(cast.ana).belongs_to(cast.group_id)
    (decision,) = rows(make, Decision)
    assert (decision.decided_by, decision.outcome) == (owner.id, "ban")
    assert refused(lambda: make.answered(asked.id, cast.pat)) == "answered"


def test_a_proposal_that_is_declined_does_nothing(
    cast: Cast, make: Make, item_id: UUID, letters: Written
) -> None:
    make.sanction(item_id, cast.mori, BAN, 90)
    (asked,) = rows(make, SanctionProposal)
    assert make.answered(asked.id, cast.pat, agree=False) is None
    assert (rows(make, Sanction), rows(make, Decision)) == ([], [])
    assert ("Ana", "person_decided") not in letters()
    assert [event.action for event in rows(make, AuditEvent)] == ["proposed", "declined"]
    assert make.sanction(item_id, cast.mori, MUTE, 3, version=3) == cast.ana.id


def test_a_long_suspension_waits_for_another_of_the_site(
    cast: Cast, make: Make, item_id: UUID
) -> None:
    assert make.sanction(item_id, cast.pat, SUSPEND, 90) is None
    assert make.actor(cast.ana).is_active
    (asked,) = rows(make, SanctionProposal)
    assert refused(lambda: make.answered(asked.id, cast.pat)) == "own-proposal"
    other = make.staff("Petra", Staff.PLATFORM_MODERATOR)
    assert make.answered(asked.id, other) == cast.ana.id
    assert make.actor(cast.ana).is_suspended


@pytest.mark.holds("moderation:3")
def test_a_decision_about_an_older_item_is_not_taken(cast: Cast, make: Make, item_id: UUID) -> None:
    make.sanction(item_id, cast.mori, WARNING, 90)
    assert refused(lambda: make.sanction(item_id, cast.marta, MUTE, 7)) == "stale"
    assert len(rows(make, Sanction)) == 1


def test_what_is_lifted_is_over_and_its_facts_stay(
    cast: Cast, make: Make, item_id: UUID, letters: Written
) -> None:
    make.sanction(item_id, cast.pat, BAN, 90)
    (sanction,) = rows(make, Sanction)
    assert refused(lambda: make.lifted(item_id, sanction.id, cast.mori)) == "for-the-owner"
    make.lifted(item_id, sanction.id, cast.pat)
    assert make.actor(cast.ana).belongs_to(cast.group_id)
    (after,) = rows(make, Sanction)
    assert (after.begins_at, after.review_at) == (sanction.begins_at, sanction.review_at)
    assert [decision.outcome for decision in rows(make, Decision)] == ["ban", "lift"]
    assert letters()[-2:] == [("Ana", "person_decided"), ("Ana", "sanction_lifted")]


@pytest.mark.holds("moderation:12", "moderation:14")
def test_the_database_itself_keeps_what_a_sanction_says(
    cast: Cast, make: Make, item_id: UUID, clock: FrozenClock
) -> None:
    make.sanction(item_id, cast.mori, MUTE, 7)
    sooner = update(Sanction).values(ends_at=clock.now() + DAY)
    with pytest.raises(DatabaseError, match="keeps its facts"):
        make.done(lambda: db.session.execute(sooner))


@pytest.mark.holds("moderation:14")
@pytest.mark.parametrize(
    "wrong",
    [
        {"ends_at": None},
        {"group_id": None},
        {"kind": SUSPEND},
        {"lifted_at": True},
    ],
)
def test_the_database_itself_refuses_what_has_no_end_or_no_place(
    cast: Cast, make: Make, clock: FrozenClock, wrong: dict[str, object]
) -> None:
    now = clock.now()
    right = {
        "account_id": cast.ana.id,
        "kind": MUTE,
        "group_id": cast.group_id,
        "decision_id": uuid4(),
        "begins_at": now,
        "ends_at": now + DAY,
    }
    if "lifted_at" in wrong:
        wrong = {"lifted_at": now}

    def add() -> None:
        db.session.add(Sanction(**right | wrong))
        db.session.flush()

    with pytest.raises(IntegrityError):
        make.done(add)


def test_whoever_is_erased_takes_it_along_and_leaves_the_decision(
    cast: Cast, make: Make, item_id: UUID
) -> None:
    make.sanction(item_id, cast.mori, MUTE, 7)
    make.done(lambda: db.session.delete(db.session.get_one(Account, cast.ana.id)))
    assert rows(make, Sanction) == []
    assert len(rows(make, Decision)) == 1


def test_reading_what_is_in_force_costs_no_page_more(
    cast: Cast, make: Make, item_id: UUID, cost
) -> None:
    cost.statements.clear()
    make.actor(cast.ana)
    free = int(cost)
    make.sanction(item_id, cast.mori, MUTE, 7)
    cost.statements.clear()
    make.actor(cast.ana)
    assert int(cost) == free
    told = [kind for _, _, _, kind, *_ in rows(make, OutboxLetter) if "cant_wait" not in kind]
    assert len(told) == 1
