"""While somebody can’t come in, because their account is locked, the time for another look stands
still, and what they would ask about is kept."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.locks import actions as locks
from community.accounts.locks.rules import DAYS, LOCKED, UNLOCKED, LockReason
from community.core.actor import Staff
from community.core.db import db
from community.moderation import jobs
from community.moderation.appeals.locked_out import time_locked
from community.moderation.models import Decision, DecisionWords, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome
from community.threads import actions as threads_actions
from tests.moderation.test_rules import NOON
from tests.pages import plain, send

DAY = timedelta(days=1)


def test_it_counts_from_the_lock_to_its_end_or_until_somebody_opened_it() -> None:
    locked = (LOCKED, NOON + DAY, "taken-over 7")
    opened = (UNLOCKED, NOON + 3 * DAY, "open")
    late = NOON + 100 * DAY
    assert time_locked([], NOON, late) == timedelta()
    assert time_locked([locked], NOON, NOON + 2 * DAY) == DAY
    assert time_locked([locked], NOON, late) == 7 * DAY
    assert time_locked([locked], NOON + 3 * DAY, late) == 5 * DAY  # decided while it was locked
    assert time_locked([locked, opened], NOON, late) == 2 * DAY
    assert time_locked([locked, opened], NOON + 4 * DAY, late) == timedelta()
    again = (LOCKED, NOON + 20 * DAY, "mail 14")
    assert time_locked([locked, opened, again], NOON, late) == 16 * DAY


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from([*DAYS, 0])), max_size=8))
def test_it_is_never_more_than_the_time_there_was(acts: list[tuple[int, int]]) -> None:
    events = [
        (LOCKED if days else UNLOCKED, NOON + at * DAY, f"asked {days}" if days else "open")
        for at, days in sorted(acts)
    ]
    for until in (10, 40, 90):
        told = [each for each in events if each[1] <= NOON + until * DAY]
        found = time_locked(told, NOON + 5 * DAY, NOON + until * DAY)
        assert timedelta() <= found <= (until - 5) * DAY


@pytest.fixture
def shut(make, clock):
    """Ada locks somebody's account."""
    ada = make.staff("Ada", Staff.ADMIN)

    def lock(person, days=14):
        now = clock.now()
        fresh = replace(make.actor(ada), signed_in_at=now)
        make.done(lambda: locks.lock(fresh, person.id, LockReason.MAIL, days, now=now))

    return lock


@pytest.fixture
def decision_id(cast, make, reply_id):
    """Ana's reply is removed, which Ben reported."""
    make.decision(make.report(reply_id, cast.ben), cast.mori, Outcome.REMOVE)
    return make.done(lambda: db.session.scalars(select(Decision.id)).one())


@pytest.mark.holds("moderation:9", "moderation:16")
def test_whoever_was_locked_out_has_as_much_longer_to_ask(
    cast, make, client_for, clock, reply_id, decision_id, shut
):
    ends = clock.now() + APPEAL
    clock.pass_by(days=180)
    shut(cast.ana)
    clock.pass_by(days=16)  # past the half year, and open again for two days
    assert clock.now() > ends
    page, browser = f"/decisions/{decision_id}/another-look", client_for(cast.ana)
    day = (ends + 14 * DAY).strftime("%-d %B")
    assert day in plain(browser.get(page))
    assert day in plain(browser.get(f"/posts/{reply_id}/statement"))
    assert send(browser, page, words="I meant mine.").status_code == 302


@pytest.mark.holds("moderation:9")
def test_whoever_was_not_has_half_a_year(cast, make, client_for, clock, decision_id, shut):
    shut(cast.ben)
    clock.pass_by(days=185)
    browser = client_for(cast.ana)
    page = f"/decisions/{decision_id}/another-look"
    assert send(browser, "/threads/new", page, words="Late.").status_code == 409


@pytest.mark.parametrize("role", ["ana", "ben"])
def test_what_they_would_ask_about_is_kept_for_them(
    cast, app, make, clock, reply_id, decision_id, shut, role
):
    """For whoever wrote it, and for whoever reported it."""
    shut(getattr(cast, role))
    restore(make, reply_id)
    for days, is_kept in ((190, True), (10, False)):
        clock.pass_by(days=days)
        with app.app_context():
            jobs.erase_reported_words(clock.now())
            item = db.session.scalars(select(ReviewItem)).one()
            assert (item.reported_html is not None) == is_kept
            assert bool(db.session.scalars(select(DecisionWords)).all()) == is_kept


def restore(make, post_id):
    """Words about what is kept from others stay for as long as it is."""
    make.done(lambda: threads_actions.bring_back(post_id, now=make.clock.now()))
