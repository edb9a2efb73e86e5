"""Who looks after the whole site."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from community.accounts.rules import COME_IN_FIRST
from community.admin.rules import (
    LAST_ADMIN,
    NOT_HERE_YET,
    may_give_role,
    may_see_staff,
    may_take_role,
)
from community.core.actor import FRESH, GUEST, Actor, Staff, Standing
from community.core.verdict import NOT_FOUND
from tests.pages import ALERT, send, token

PAGE = "/admin/staff"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
ADMIN = Actor(
    UUID(int=1), "Ada", Standing.ACTIVE, staff=frozenset({Staff.ADMIN}), signed_in_at=NOON
)
MEMBER = Actor(UUID(int=2), "Ana", Standing.ACTIVE)


@pytest.fixture
def ada(make) -> Actor:
    return make.staff("Ada", Staff.ADMIN)


@pytest.mark.holds("asvs:4")
def test_only_admins_see_it(client_for, make, ada) -> None:
    assert client_for(ada).get(PAGE).status_code == 200
    for other in (make.member("Ana"), make.staff("Lee", Staff.PLATFORM_MODERATOR)):
        assert client_for(other).get(PAGE).status_code == 404
        assert send(client_for(other), "/comfort", PAGE, email="a@b.org").status_code == 404
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")


def test_an_admin_gives_a_role_and_takes_it(client_for, make, ada) -> None:
    ana, browser = make.member("Ana", email="ana@example.org"), client_for(ada)
    answer = send(browser, PAGE, email="Ana@example.org", role="platform_moderator")
    assert answer.headers["Location"] == PAGE
    assert make.actor(ana).moderates_platform
    take = f"{PAGE}/{ana.id}/platform_moderator/take"
    assert take in browser.get(PAGE).text
    send(browser, PAGE, take)
    assert not make.actor(ana).moderates_platform


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"email": "", "role": "admin"}, "Enter an e-mail address"),
        ({"email": "ana@example.org"}, "Choose what they do"),
        ({"email": "ana@example.org", "role": "king"}, ALERT),
        ({"email": "nobody@example.org", "role": "admin"}, "We don’t know a member"),
    ],
)
def test_what_can_not_be_taken_is_said(client_for, make, ada, typed, words: str) -> None:
    make.member("Ana", email="ana@example.org")
    answer = send(client_for(ada), PAGE, **typed)
    assert answer.status_code == 422
    assert words in answer.text


def test_somebody_who_is_still_arriving_looks_after_nothing(client_for, make, ada) -> None:
    noor = make.arriving("noor@example.org")
    answer = send(client_for(ada), PAGE, email="noor@example.org", role="platform_moderator")
    assert answer.status_code == 422
    assert "We don’t know a member" in answer.text
    assert not make.actor(noor).staff


def test_only_members_are_given_a_role() -> None:
    assert may_give_role(ADMIN, True, NOON)
    assert may_give_role(ADMIN, False, NOON).reason is NOT_HERE_YET
    assert may_give_role(GUEST, True, NOON).reason is NOT_FOUND


@pytest.mark.holds("moderation:24")
def test_whoever_gives_or_takes_a_role_has_just_come_in(client_for, make, clock, ada) -> None:
    later = NOON + FRESH + timedelta(seconds=1)
    assert may_give_role(ADMIN, True, later).reason is COME_IN_FIRST
    assert may_take_role(ADMIN, Staff.SAFETY_LEAD, 2, later).reason is COME_IN_FIRST
    assert may_give_role(MEMBER, True, later).reason is NOT_FOUND
    ana, lee = make.member("Ana"), make.staff("Lee", Staff.PLATFORM_MODERATOR)
    browser, take = client_for(ada), f"{PAGE}/{lee.id}/platform_moderator/take"
    carried = token(browser, PAGE)
    clock.pass_by(minutes=16)
    page = browser.get(PAGE)
    assert COME_IN_FIRST.text in page.text
    assert take not in page.text
    role = {"csrf_token": carried, "email": "ana@example.org", "role": "admin"}
    assert browser.post(PAGE, data=role).status_code == 403
    assert browser.post(take, data=role).status_code == 403
    assert not make.actor(ana).is_admin
    assert make.actor(lee).moderates_platform


def test_the_last_admin_stays_one(client_for, make, ada) -> None:
    assert send(client_for(ada), PAGE, f"{PAGE}/{ada.id}/admin/take").status_code == 409
    assert make.actor(ada).is_admin


def test_a_role_that_is_none_is_not_found(client_for, ada) -> None:
    assert send(client_for(ada), PAGE, f"{PAGE}/{ada.id}/king/take").status_code == 404


def test_admins_take_any_role_but_the_last_admins() -> None:
    assert may_see_staff(GUEST).reason is may_see_staff(MEMBER).reason is NOT_FOUND
    assert may_take_role(MEMBER, Staff.ADMIN, 2, NOON).reason is NOT_FOUND
    assert may_take_role(ADMIN, Staff.ADMIN, 1, NOON).reason is LAST_ADMIN
    assert may_take_role(ADMIN, Staff.ADMIN, 2, NOON)
    assert may_take_role(ADMIN, Staff.SAFETY_LEAD, 1, NOON)
