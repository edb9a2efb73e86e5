"""Links, idle browsers, access cards and where a sign-in may lead: pure rules."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.accounts.rules import (
    CARD_PRESETS,
    IDLE,
    IDLE_STAFF,
    LIFE,
    LINKS_AN_HOUR,
    LONGEST_VISIT,
    browser_label,
    card,
    card_parts,
    is_local,
    is_worth_noting,
    link_is_due,
    may_be_first_admin,
    may_be_here,
    may_introduce,
    may_stay,
)
from community.core.actor import Actor, Standing

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


@pytest.mark.holds("asvs:23")
@pytest.mark.parametrize(
    ("age", "idle", "is_staff", "stays"),
    [
        (timedelta(0), timedelta(0), False, True),
        (IDLE, IDLE, False, True),
        (IDLE + SECOND, IDLE + SECOND, False, False),
        (IDLE_STAFF, IDLE_STAFF, True, True),
        (IDLE_STAFF + SECOND, IDLE_STAFF + SECOND, True, False),
        (LIFE, IDLE, False, True),
        # Once its life is over, it lasts as long as a call may, and no longer.
        (LIFE + SECOND, SECOND, False, True),
        (LIFE + LONGEST_VISIT, LONGEST_VISIT, True, True),
        (LIFE + HOUR, LONGEST_VISIT + SECOND, False, False),
    ],
)
def test_a_browser_stays_signed_in_until_it_is_idle_or_its_life_is_over(
    age: timedelta, idle: timedelta, is_staff: bool, stays: bool
) -> None:
    assert may_stay(NOON - age, NOON - idle, is_staff, NOON) is stays


@pytest.mark.holds("asvs:23")
@given(st.integers(1, 24 * 200))
def test_however_often_it_is_used_a_browser_ends(hours_between: int) -> None:
    signed_in_at = seen_at = now = NOON
    while may_stay(signed_in_at, seen_at, False, now):
        if is_worth_noting(signed_in_at, seen_at, now):
            seen_at = now
        now += timedelta(hours=hours_between)
    assert now - signed_in_at <= LIFE + LONGEST_VISIT + timedelta(hours=hours_between)


@pytest.mark.parametrize(
    ("idle", "noted"), [(HOUR - SECOND, False), (HOUR, True), (timedelta(days=3), True)]
)
def test_a_visit_is_noted_at_most_once_an_hour(idle: timedelta, noted: bool) -> None:
    assert is_worth_noting(NOON - timedelta(days=5), NOON - idle, NOON) is noted


@pytest.mark.holds("asvs:8")
def test_a_sixth_link_within_the_hour_is_not_due() -> None:
    due = [link_is_due(asked) for asked in range(LINKS_AN_HOUR + 1)]
    assert due == [True] * LINKS_AN_HOUR + [False]


@pytest.mark.holds("F:F120")
def test_only_adults_may_be_here() -> None:
    assert may_be_here(True)
    assert not may_be_here(False)


@pytest.mark.holds("asvs:12")
def test_there_is_a_first_admin_only_once() -> None:
    assert may_be_first_admin(0)
    assert not may_be_first_admin(1)


@pytest.mark.parametrize(
    ("standing", "may"),
    [(Standing.GUEST, False), (Standing.ARRIVING, True), (Standing.ACTIVE, False)],
)
def test_whoever_is_on_the_way_in_introduces_themselves(standing: Standing, may: bool) -> None:
    assert bool(may_introduce(Actor(uuid4(), "", standing))) is may


@pytest.mark.parametrize(
    "path", ["/", "/groups", "/groups?after=1", "/a//b", "/threads/1#post-2", "/über"]
)
def test_a_path_of_ours_is_followed(path: str) -> None:
    assert is_local(path)


@pytest.mark.holds("asvs:40")
@pytest.mark.parametrize(
    "path",
    [
        "",
        "groups",
        "https://elsewhere.example",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "\\\\elsewhere.example",
        "/\t/elsewhere.example",
        "/\n/elsewhere.example",
        "javascript:alert(1)",
    ],
)
def test_a_way_out_of_this_site_is_not(path: str) -> None:
    assert not is_local(path)


LINE = st.text(st.characters(blacklist_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=40)


@given(st.sets(st.sampled_from(CARD_PRESETS)), st.lists(LINE, max_size=3))
def test_a_card_can_be_taken_apart_again(presets: set[str], lines: list[str]) -> None:
    own = "\n".join(line for line in lines if line not in CARD_PRESETS).strip()
    ticked, words = card_parts(card(sorted(presets), own))
    assert set(ticked) == presets
    assert words == own


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0",
            "Firefox on Linux",
        ),
        (
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge on Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
            "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Safari on iPhone",
        ),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/130.0 Mobile Safari/537.36",
            "Chrome on Android",
        ),
        ("", "A browser on an unknown device"),
    ],
)
def test_a_browser_is_named_so_that_its_owner_knows_it(user_agent: str, label: str) -> None:
    assert browser_label(user_agent) == label
