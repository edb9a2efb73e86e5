"""Deciding about a person: the decision, what is in force from now on, the audit record and the
letter, all or none of them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind, is_in_force
from community.calls.actions import seating
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import NOT_FOUND, Refused
from community.groups import queries as groups_queries
from community.groups.claims import actor_of
from community.groups.guidelines.queries import can_be_named, told
from community.moderation.actions import (
    answer_reporters,
    cause_of,
    let_go,
    locked_item,
    write_down,
)
from community.moderation.called_back import actions as called_back
from community.moderation.cases import case_of
from community.moderation.holds.rules import reason_of
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import APPEAL, Case, Outcome, Target
from community.moderation.rules.letters import PersonDecided, SanctionLifted, SanctionProposed
from community.moderation.rules.reasons import Scope, wider
from community.moderation.sanctions import queries as sanction_queries
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import (
    LENGTHS,
    OUTCOME_OF,
    PROPOSED,
    Held,
    Second,
    Step,
    may_answer_so,
    may_decide_so,
    may_go_on,
    may_lift_so,
    second,
)
from community.notifications.actions import call_back, tell


@dataclass(frozen=True, slots=True)
class StepChoice:
    """What somebody chose about a person, and the version of the item on their page."""

    step: Step
    rule_id: str
    why: str
    note: str
    version: int


def decide(actor: Actor, item_id: UUID, choice: StepChoice, *, now: datetime) -> UUID | None:
    """Take one of `steps_for`, or propose it where somebody else has to agree.

    Gives back who it is about, if it is in force from now on.
    """
    item, _ = locked_item(item_id)
    if not can_be_named(choice.rule_id, item.group_id):
        raise Refused(NOT_FOUND)
    case = case_of(item, now)
    subject = sanction_queries.subject_of(case)
    may_decide_so(actor, case, subject, choice.step, choice.version, now).require()
    assert subject is not None
    if sanction_queries.is_proposed(item_id):
        raise Refused(PROPOSED)
    item.version += 1
    needs = second(actor, case, choice.step, now)
    if needs is not None:
        _propose(actor, item, case, subject.id, choice, needs, now)
        return None
    let_go(item_id)
    scope = case.acted_for(actor, now)
    made = _impose(actor, item, subject.id, choice.step, _words_of(choice), scope, now)
    _end_with(made, item, case, now)
    return subject.id


def answer(
    actor: Actor, proposal_id: UUID, words: str, version: int, *, agree: bool, now: datetime
) -> UUID | None:
    """Agree to what somebody proposed, which is when it happens, or say no; about the item as it
    was on their page.

    Gives back who it is about, if it is in force from now on.
    """
    item, _ = locked_item(sanction_queries.item_of(proposal_id))
    row = locked(SanctionProposal, proposal_id)
    case = case_of(item, now)
    subject = sanction_queries.subject_of(case)
    proposed = sanction_queries.what_of(row)
    may_answer_so(actor, case, subject, proposed, version, now, agree=agree).require()
    assert subject is not None
    row.answered_by, row.answered_at, row.agreed, row.answer = actor.id, now, agree, words
    item.version += 1
    is_groups = row.second is Second.OWNER and actor.owns(case.group_id)
    scope = Scope.GROUP if is_groups else Scope.PLATFORM
    if not agree:
        write_down(actor, item, scope, "declined", "proposed", "open", row.rule_id, now)
        return None
    reasons = _Words(row.rule_id, row.why, row.note)
    made = _impose(actor, item, subject.id, proposed.step, reasons, scope, now)
    _end_with(made, item, case, now)
    return subject.id


def end_proposed(actor: Actor, item: ReviewItem, scope: Scope, *, now: datetime) -> None:
    """Somebody looked again and found for whoever it is about: what waits for a yes has a no."""
    waiting = sanction_queries.waiting_in(item.id)
    if waiting is None:
        return
    row = locked(SanctionProposal, waiting)
    row.answered_by, row.answered_at, row.agreed = actor.id, now, False
    write_down(actor, item, scope, "declined", "proposed", "open", row.rule_id, now)


def lift(
    actor: Actor, item_id: UUID, sanction_id: UUID, why: str, version: int, *, now: datetime
) -> UUID:
    """End it before its time, by a decision that supersedes the one that made it."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    subject = sanction_queries.subject_of(case)
    sanction = sanction_queries.locked_sanction(sanction_id, subject)
    may_lift_so(actor, case, subject, _held(sanction, now), version, now).require()
    made = db.session.get_one(Decision, sanction.decision_id)
    scope = case.acted_for(actor, now)
    item.version += 1
    words = _Words(made.rule_id, why, "")
    decision = _decision(actor, item, Outcome.LIFT, words, scope, now)
    lifted_by(sanction, decision.id, now=now)
    write_down(actor, item, scope, "lift", sanction.kind, "lifted", made.rule_id, now)
    return sanction.account_id


def go_on(
    actor: Actor, item_id: UUID, sanction_id: UUID, why: str, version: int, *, now: datetime
) -> UUID:
    """Somebody has looked at it again, and it goes on until the next time. Gives back who it is
    about."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    subject = sanction_queries.subject_of(case)
    sanction = sanction_queries.locked_sanction(sanction_id, subject)
    may_go_on(actor, case, subject, _held(sanction, now), version, now).require()
    made = db.session.get_one(Decision, sanction.decision_id)
    item.version += 1
    step = Step(sanction.kind, LENGTHS[sanction.kind][0])
    words = _Words(made.rule_id, why, "")
    again = _impose(actor, item, sanction.account_id, step, words, case.acted_for(actor, now), now)
    sanction.lifted_at, sanction.lifted_by = now, again
    db.session.flush()
    return sanction.account_id


def lifted_by(sanction: Sanction, decision_id: UUID, *, now: datetime) -> None:
    """It is over, by this decision: the one that it is about hears of it, and what was kept from
    them is theirs again."""
    locked(Sanction, sanction.id)
    if sanction.lifted_at is not None:
        return
    sanction.lifted_at, sanction.lifted_by = now, decision_id
    why = db.session.get_one(Decision, decision_id).why
    group = _group_name(sanction.group_id)
    letter = SanctionLifted(sanction.decision_id, sanction.kind, group, why)
    tell(sanction.account_id, letter, now=now, once=f"lifted:{sanction.id}")
    db.session.flush()


def _held(sanction: Sanction, now: datetime) -> Held:
    return Held(sanction.kind, is_in_force(sanction.ends_at, sanction.lifted_at, now))


def _end_with(decision_id: UUID, item: ReviewItem, case: Case, now: datetime) -> None:
    """Of an item about a person, what is decided about them is the decision."""
    if item.about is Target.PERSON:
        item.closed_at = now
        answer_reporters(item, db.session.get_one(Decision, decision_id), case, now)


@dataclass(frozen=True, slots=True)
class _Words:
    rule_id: str
    why: str
    note: str


def _words_of(choice: StepChoice) -> _Words:
    return _Words(choice.rule_id, choice.why, choice.note)


def _propose(
    actor: Actor,
    item: ReviewItem,
    case: Case,
    account_id: UUID,
    choice: StepChoice,
    needs: Second,
    now: datetime,
) -> None:
    """Nothing happens yet. It stands before those who may agree, and they are written to, so that
    it waits on nobody."""
    row = SanctionProposal(
        item_id=item.id,
        account_id=account_id,
        kind=choice.step.kind,
        days=choice.step.days,
        rule_id=choice.rule_id,
        why=choice.why,
        note=choice.note,
        second=needs,
        proposed_by=actor.id,
        proposed_at=now,
    )
    db.session.add(row)
    scope = case.acted_for(actor, now)
    if needs is Second.OWNER:
        item.scope = wider(item.scope, Scope.BOTH)
    write_down(actor, item, scope, "proposed", "open", choice.step.kind, choice.rule_id, now)
    is_owners = needs is Second.OWNER
    if is_owners:
        asked = case.deciders_at(now).intersection(sanction_queries.owners(item.group_id))
    else:
        asked = case.deciders_at(now) & case.site_deciders
    letter = SanctionProposed(row.id, _group_name(item.group_id) if is_owners else "")
    for each in sorted(asked - {actor.id}):
        tell(each, letter, now=now, once=f"proposal:{row.id}:{each}")


def _impose(
    actor: Actor,
    item: ReviewItem,
    account_id: UUID,
    step: Step,
    words: _Words,
    scope: Scope,
    now: datetime,
) -> UUID:
    """From now on. Whoever may not come any more holds no seat and waits for none. Gives back the
    id of the decision."""
    kept_from = actor_of(account_id, now=now)
    group_id = item.group_id if step.kind.is_of_group else None
    if step.kind is SanctionKind.CIRCLES:
        seating.release_seats_until(kept_from, item.group_id, step.until(now), now=now)
    if step.kind is SanctionKind.BAN:
        seating.release_seats(kept_from, item.group_id, now=now)
        called_back.from_group(account_id, item.group_id)
    if step.kind is SanctionKind.SUSPEND:
        for each in sorted(kept_from.groups):
            seating.release_seats(kept_from, each, now=now)
        call_back(account_id)
        called_back.for_moderators(account_id)
    decision = _decision(actor, item, OUTCOME_OF[step.kind], words, scope, now)
    sanction = Sanction(
        account_id=account_id,
        kind=step.kind,
        group_id=group_id,
        decision_id=decision.id,
        begins_at=now,
        ends_at=step.until(now) if step.ends_by_itself else None,
        review_at=None if step.ends_by_itself else step.until(now),
    )
    db.session.add(sanction)
    write_down(actor, item, scope, decision.outcome, "open", str(step), words.rule_id, now)
    rule = told(words.rule_id)
    letter = PersonDecided(
        decision_id=decision.id,
        kind=step.kind,
        group=_group_name(group_id),
        until=step.until(now),
        ends_by_itself=step.ends_by_itself,
        guideline=rule.title,
        of_group=rule.of_group,
        why=words.why,
        reasons=tuple(reason_of(reason).label for reason in decision.facts.split()),
        by_platform=scope is Scope.PLATFORM,
        appealable_until=decision.appealable_until,
        source=decision.source,
    )
    tell(account_id, letter, now=now, once=f"decision:{decision.id}")
    return decision.id


def _decision(
    actor: Actor, item: ReviewItem, outcome: Outcome, words: _Words, scope: Scope, now: datetime
) -> Decision:
    source, facts = cause_of(item)
    decision = Decision(
        item_id=item.id,
        target_id=item.target_id,
        author_id=case_of(item, now).author_id,
        decided_by=actor.id,
        outcome=outcome,
        rule_id=words.rule_id,
        facts=facts,
        why=words.why,
        note=words.note,
        scope=scope,
        source=source,
        decided_at=now,
        appealable_until=now + APPEAL,
    )
    db.session.add(decision)
    db.session.flush()
    return decision


def _group_name(group_id: UUID | None) -> str:
    return groups_queries.open_group(group_id).name if group_id else ""
