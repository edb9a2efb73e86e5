"""An account that somebody else has got into is locked for a while. It is no sanction."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.accounts import actions as accounts_actions
from community.accounts.locks.models import AccountLock
from community.accounts.locks.rules import (
    DAYS,
    IS_LOCKED,
    IS_OPEN,
    NOT_YOUR_OWN,
    LockReason,
    may_lock,
    may_unlock,
    until,
)
from community.accounts.models import SignedInBrowser
from community.accounts.rules import COME_IN_FIRST
from community.accounts.sanctions.models import Sanction
from community.core.actor import Staff
from community.core.db import db
from community.core.post import post
from community.core.seal import seal
from community.core.verdict import NOT_FOUND
from community.moderation.models import AuditEvent
from community.moderation.rules.case import APPEAL
from tests.letters import words as words_of
from tests.pages import plain, send

PAGE = "/admin/locks"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANA = "ana@example.org"


@pytest.fixture
def ada(make):
    return make.staff("Ada", Staff.ADMIN)


@pytest.fixture
def ana(make):
    return make.member("Ana", email=ANA)


@pytest.fixture
def lock(client_for, ada):
    """Ada locks an account by its address."""

    def press(email: str = ANA, reason: str = "taken-over", days: str = "3"):
        return send(client_for(ada), PAGE, email=email, reason=reason, days=days)

    return press


@pytest.fixture
def link(app, clock):
    """Where a letter would lead that was asked for now."""

    def to(email: str = ANA) -> str:
        with app.app_context():
            link_id = accounts_actions.write_link(email, now=clock.now())
            db.session.commit()
            return "/come-in/" + seal("sign-in", link_id)

    return to


@pytest.mark.holds("moderation:24")
def test_an_admin_who_has_just_come_in_locks_any_account_but_their_own(make, ada, ana) -> None:
    now = make.clock.now()
    fresh = replace(make.actor(ada), signed_in_at=now)
    assert may_lock(fresh, ana.id, False, now)
    assert may_lock(fresh, ana.id, True, now).reason is IS_LOCKED
    assert may_lock(fresh, ada.id, False, now).reason is NOT_YOUR_OWN
    assert may_unlock(fresh, True, now)
    assert may_unlock(fresh, False, now).reason is IS_OPEN
    stale = replace(fresh, signed_in_at=now - timedelta(minutes=16))
    assert may_lock(stale, ana.id, False, now).reason is COME_IN_FIRST
    lead = replace(fresh, staff=frozenset({Staff.SAFETY_LEAD, Staff.PLATFORM_MODERATOR}))
    assert may_lock(lead, ana.id, False, now).reason is NOT_FOUND


@pytest.mark.holds("moderation:16")
@given(st.sampled_from(DAYS))
def test_it_ends_long_before_the_time_for_another_look_does(days: int) -> None:
    assert until(days, NOON) - NOON <= APPEAL / 10


def test_it_signs_out_everywhere_and_the_link_says_why_and_until_when(
    app, client_for, make, clock, mail, ana, lock, link
) -> None:
    browsers = [client_for(ana), client_for(ana)]
    opened = link()
    assert lock().location.endswith(PAGE)
    for each in browsers:
        assert "/sign-in" in each.get("/home").location
    for ask in (lambda: opened, link):
        path = ask()
        page = client_for().get(path)
        assert page.status_code == 403
        seen = plain(page)
        assert "It looks as if somebody else came in by this account." in seen
        assert "Nothing is held against you" in seen
        assert "/help-now" in page.text
        assert "<form" not in page.text.split("<main")[1].split("</main>")[0]
    assert send(client_for(), "/sign-in", path).status_code == 403  # past the page, too
    with app.app_context():
        assert not db.session.scalars(select(SignedInBrowser.account_id).where(
            SignedInBrowser.account_id == ana.id)).all()  # fmt: skip
        assert db.session.scalar(select(func.count()).select_from(Sanction)) == 0
        post(clock.now())
    (letter,) = [one for one in mail.kept if one["To"] == ANA]
    for words in ("Why: It looks as if somebody else came in by this account.", "opens by itself"):
        assert words in words_of(letter)


def test_it_opens_by_itself_or_by_any_admin_who_is_told_if_it_has(
    client_for, make, clock, app, mail, ana, lock, link
) -> None:
    lock(days="1")
    clock.pass_by(hours=23)
    assert client_for().get(link()).status_code == 403
    clock.pass_by(hours=2)
    assert client_for().get(link()).status_code == 200
    lock()
    bea = client_for(make.staff("Bea", Staff.ADMIN))
    assert "Ana" in plain(bea.get(PAGE))
    send(bea, PAGE, f"{PAGE}/{ana.id}/open")
    assert client_for().get(link()).status_code == 200
    assert "Ana" not in plain(bea.get(PAGE)).split("Lock an account")[0]
    assert send(bea, PAGE, f"{PAGE}/{ana.id}/open").status_code == 409
    with app.app_context():
        post(clock.now())
    assert "Your account is open again" in words_of(mail.kept[-1])


def test_who_locked_and_opened_it_is_in_the_record_in_codes(
    app, client_for, make, ada, ana, lock
) -> None:
    lock(reason="mail", days="7")
    assert lock().status_code == 409
    send(client_for(ada), PAGE, f"{PAGE}/{ana.id}/open")
    with app.app_context():
        acts = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
        found = [(one.action, one.item_id, one.before, one.after, one.role_at_time)
            for one in acts]  # fmt: skip
    assert found == [
        ("locked-account", ana.id, "open", "mail 7", "admin"),
        ("unlocked-account", ana.id, "mail", "open", "admin"),
    ]
    seen = plain(client_for(ada).get(f"/moderation/record?item={ana.id}"))
    assert "Locked a taken-over account" in seen
    assert "Ana" not in seen


@pytest.mark.holds("asvs:4")
def test_for_everybody_else_there_is_no_such_page(client_for, make, ana) -> None:
    for role in (Staff.PLATFORM_MODERATOR, Staff.SAFETY_LEAD):
        other = client_for(make.staff(role.value, role))
        assert other.get(PAGE).status_code == 404
        assert send(other, "/comfort", PAGE, email=ANA).status_code == 404
        assert send(other, "/comfort", f"{PAGE}/{ana.id}/open").status_code == 404
    assert "/sign-in" in client_for().get(PAGE).location


def test_what_is_typed_wrong_is_said_and_stays(lock, client_for, clock, ada, make) -> None:
    assert "We don’t know a member with this address" in lock(email="no@example.org").text
    for wrong in ({"reason": "ban"}, {"reason": ""}, {"days": "400"}, {"days": "x"}):
        answer = lock(**wrong)
        assert answer.status_code == 422
        assert f'value="{ANA}"' in answer.text
    browser = client_for(ada)
    clock.pass_by(minutes=20)
    page = browser.get(PAGE)
    assert "within the last quarter of an hour" in plain(page)
    assert "Lock this account" not in page.text


def test_one_statement_says_what_is_locked(client_for, make, ada, cost, clock) -> None:
    browser = client_for(ada)
    spent = []
    for number in (1, 30):
        for each in range(number):
            who = make.member(f"P{number}x{each}", email=f"p{number}x{each}@example.org")
            held = AccountLock(account_id=who.id, reason=LockReason.ASKED, locked_at=clock.now(),
                ends_at=clock.now() + timedelta(days=1))  # fmt: skip
            make.done(partial(db.session.add, held))
        cost.statements.clear()
        assert browser.get(PAGE).status_code == 200
        spent.append(int(cost))
    assert spent[0] == spent[1]


def test_the_address_is_known_to_be_locked_to_nobody_without_the_link(
    client_for, ana, lock, link
) -> None:
    lock()
    answers = [send(client_for(), "/sign-in", email=email) for email in (ANA, "new@example.org")]
    assert answers[0].location == answers[1].location
