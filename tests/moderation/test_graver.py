"""What makes a report weigh more: that it isn’t the first of its kind, or where it was said."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.calls.models import Attendance
from community.calls.rules.seats import Was
from community.core.actor import Actor
from community.core.db import db
from community.moderation.appeals import actions as appeals
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import Result
from community.moderation.models import Decision, ReviewItem
from community.moderation.reports import actions
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import (
    REASONS,
    REPEATED_WITHIN,
    Keeps,
    ReportReason,
    Scope,
    Severity,
    When,
    is_outside,
    opening_scope,
    risen,
    wider,
)
from tests.fakes import FrozenClock
from tests.make import Make
from tests.threads.conftest import Cast

any_reason = st.sampled_from(sorted(REASONS.values(), key=lambda reason: reason.id))
found = st.frozensets(st.sampled_from(When))


# The rule


@given(any_reason, found, found, st.sampled_from(Keeps))
def test_nothing_ever_weighs_less_or_stands_in_a_narrower_queue(
    reason: ReportReason, some: frozenset[When], more: frozenset[When], author: Keeps
) -> None:
    now, then = risen(reason, some), risen(reason, some | more)
    assert then.severity.rank <= now.severity.rank <= reason.severity.rank
    for wide, narrow in ((then, now), (now, reason)):
        scopes = opening_scope(wide, author), opening_scope(narrow, author)
        assert wider(*scopes) is scopes[0]
    assert risen(now, some) == now
    assert (now.id, now.label, now.for_leads) == (reason.id, reason.label, reason.for_leads)


@pytest.mark.parametrize(
    ("reason_id", "when", "severity", "scope"),
    [
        ("harassment", When.REPEATED, Severity.HARM, Scope.BOTH),
        ("disbelief", When.REPEATED, Severity.HARM, Scope.GROUP),
        ("privacy_circle", When.OUTSIDE, Severity.HARM, Scope.BOTH),
    ],
)
def test_the_table(reason_id: str, when: When, severity: Severity, scope: Scope) -> None:
    reason = REASONS[reason_id]
    there = risen(reason, {when})
    assert (there.severity, there.scope) == (severity, scope)
    assert risen(reason, set(When) - {when}) == reason
    assert {each.id for each in REASONS.values() if each.rise} == {
        "harassment", "disbelief", "privacy_circle",
    }  # fmt: skip


@given(st.frozensets(st.integers(0, 3)), st.frozensets(st.integers(0, 3)))
def test_where_they_met_says_more_than_where_the_writer_was(
    met: frozenset[int], elsewhere: frozenset[int]
) -> None:
    groups = [uuid4() for _ in range(4)]
    both, theirs = ({groups[each] for each in some} for some in (met, met | elsewhere))
    for group_id in groups:
        inside = group_id in (both or theirs)
        assert is_outside(group_id, both, theirs) is not inside


# What is kept


def stands(make: Make, item_id: UUID) -> tuple[Severity, Scope]:
    with make.app.app_context():
        item = db.session.get_one(ReviewItem, item_id)
        return item.severity, item.scope


@pytest.fixture
def thread_id(make: Make, cast: Cast) -> UUID:
    return make.thread(cast.group_id, cast.ben)


def reported(make: Make, cast: Cast, thread_id: UUID, reason: str) -> UUID:
    """Another reply of Ana’s, reported."""
    item_id = make.report(make.reply(thread_id, cast.ana, "Oh, please."), cast.ben, reason)
    assert item_id
    return item_id


@pytest.mark.parametrize(
    ("reason", "first", "again"),
    [
        ("harassment", (Severity.HARM, Scope.GROUP), (Severity.HARM, Scope.BOTH)),
        ("disbelief", (Severity.RULE, Scope.GROUP), (Severity.HARM, Scope.GROUP)),
    ],
)
def test_the_second_one_weighs_more(
    make: Make, cast: Cast, thread_id: UUID, reason: str, first: object, again: object
) -> None:
    one = reported(make, cast, thread_id, reason)
    assert stands(make, one) == first
    two = reported(make, cast, thread_id, reason)
    assert stands(make, two) == again
    assert stands(make, one) == first, "by another report only"


def test_of_another_reason_or_another_person_it_is_the_first(
    make: Make, cast: Cast, thread_id: UUID
) -> None:
    reported(make, cast, thread_id, "spam")
    make.report(make.reply(thread_id, cast.hana, "Ha."), cast.ben, "harassment")
    item_id = reported(make, cast, thread_id, "harassment")
    assert stands(make, item_id) == (Severity.HARM, Scope.GROUP)


@pytest.mark.parametrize(
    ("outcome", "days", "scope"),
    [
        (Outcome.REMOVE, 1, Scope.BOTH),
        (Outcome.REMOVE, REPEATED_WITHIN.days + 1, Scope.GROUP),
        (Outcome.KEEP, 1, Scope.GROUP),
    ],
)
def test_what_followed_counts_for_half_a_year(
    make: Make,
    cast: Cast,
    clock: FrozenClock,
    thread_id: UUID,
    outcome: Outcome,
    days: int,
    scope: Scope,
) -> None:
    make.decision(reported(make, cast, thread_id, "harassment"), cast.mori, outcome)
    clock.instant += timedelta(days=days)
    again = reported(make, cast, thread_id, "harassment")
    assert stands(make, again) == (Severity.HARM, scope)


def test_what_another_look_undid_doesnt_count(make: Make, cast: Cast, thread_id: UUID) -> None:
    make.decision(reported(make, cast, thread_id, "harassment"), cast.mori, Outcome.REMOVE)
    ana, marta, now = make.actor(cast.ana), make.actor(cast.marta), make.clock.now()
    decision_id = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    make.done(lambda: appeals.ask(ana, decision_id, "", now=now))
    appeal_id = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    upheld = (marta, appeal_id, Result.UPHELD, "It was a joke.", 2)
    make.done(lambda: appeals.answer(*upheld, now=now))
    again = reported(make, cast, thread_id, "harassment")
    assert stands(make, again) == (Severity.HARM, Scope.GROUP)


def test_a_second_report_of_the_same_words_doesnt_make_it_repeated(
    make: Make, cast: Cast, thread_id: UUID
) -> None:
    reply_id = make.reply(thread_id, cast.ana, "Oh, please.")
    item_id = make.report(reply_id, cast.ben, "harassment")
    make.report(reply_id, cast.hana, "harassment")
    assert item_id
    assert stands(make, item_id) == (Severity.HARM, Scope.GROUP)


@pytest.mark.holds("moderation:1")
def test_it_never_comes_back_down(make: Make, cast: Cast, thread_id: UUID) -> None:
    one = reported(make, cast, thread_id, "harassment")
    reply_id = make.reply(thread_id, cast.ana, "Oh, please.")
    two = make.report(reply_id, cast.ben, "harassment")
    make.report(reply_id, cast.hana, "harassment")
    assert two
    make.decision(one, cast.mori, Outcome.KEEP)
    ben = make.actor(cast.ben)
    make.done(lambda: actions.take_back(ben, reply_id, now=make.clock.now()))
    assert stands(make, two) == (Severity.HARM, Scope.BOTH)


def came(app: Flask, make: Make, group_id: UUID, host: Actor, *people: Actor) -> None:
    """They were in a circle of this group."""
    call_id = make.call(group_id, host)
    with app.app_context():
        for person in people:
            erase_at = make.clock.now() + timedelta(days=90)
            db.session.add(
                Attendance(
                    call_id=call_id, account_id=person.id, was=Was.ATTENDED, erase_at=erase_at
                )
            )
        db.session.commit()


@pytest.mark.parametrize(
    ("here", "elsewhere", "scope"),
    [
        ("", "", Scope.BOTH),
        ("ana ben", "", Scope.GROUP),
        ("ana", "", Scope.GROUP),
        ("", "ana ben", Scope.BOTH),
        ("ana", "ana ben", Scope.BOTH),
        ("ana ben", "ana ben", Scope.GROUP),
        ("ben", "", Scope.BOTH),
    ],
)
def test_what_was_shared_in_a_circle_elsewhere_goes_to_the_site_too(
    app: Flask,
    make: Make,
    cast: Cast,
    thread_id: UUID,
    here: str,
    elsewhere: str,
    scope: Scope,
) -> None:
    other = make.group("Hand", facilitators=[cast.hana], members=[cast.ana, cast.ben])
    hana = make.actor(cast.hana)
    for group_id, who in ((cast.group_id, here), (other, elsewhere)):
        came(app, make, group_id, hana, *(getattr(cast, name) for name in who.split()))
    item_id = reported(make, cast, thread_id, "privacy_circle")
    assert stands(make, item_id) == (Severity.HARM, scope)
