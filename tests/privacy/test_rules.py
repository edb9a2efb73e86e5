"""Who may take out what is theirs, and go, as rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import GUEST, Actor, Standing
from community.groups.rules import HAND_OVER_FIRST, leaves_alone, may_part
from community.privacy.leaving.rules import LAST_ADMIN, keeps_an_admin, may_ask, may_erase_now
from community.privacy.rules import JUST_COME_IN
from community.privacy.taking_out.rules import TAKEN_TODAY, may_take_out
from community.threads.parting.rules import Words, stays
from community.threads.rules.posts import PostState

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ANA = Actor(UUID(int=1), "Ana", Standing.ACTIVE, signed_in_at=NOW)

spans = st.timedeltas(timedelta(), timedelta(days=60))


@pytest.mark.holds("asvs:22")
@given(st.sampled_from([Standing.ARRIVING, Standing.ACTIVE, Standing.LEAVING]), spans)
def test_taking_out_asks_of_everybody_that_they_have_just_come_in(
    standing: Standing, since: timedelta
) -> None:
    actor = replace(ANA, standing=standing, signed_in_at=NOW - since)
    reason = None if since <= timedelta(minutes=15) else JUST_COME_IN
    assert may_take_out(actor, None, NOW).reason is reason


@given(spans)
def test_once_a_day(since: timedelta) -> None:
    reason = TAKEN_TODAY if since < timedelta(days=1) else None
    assert may_take_out(ANA, NOW - since, NOW).reason is reason


@pytest.mark.parametrize("may", [may_ask, may_erase_now])
def test_a_guest_takes_nothing_out_and_goes_nowhere(may) -> None:
    assert not may(GUEST, NOW)
    assert not may_take_out(GUEST, None, NOW)


def test_whoever_is_leaving_does_not_ask_again_and_whoever_isnt_has_nothing_to_hurry() -> None:
    leaving = replace(ANA, standing=Standing.LEAVING)
    assert may_ask(ANA, NOW)
    assert not may_ask(leaving, NOW)
    assert may_erase_now(leaving, NOW)
    assert not may_erase_now(ANA, NOW)


@given(st.booleans(), st.integers(0, 4))
def test_the_site_keeps_an_admin(is_admin: bool, admins: int) -> None:
    reason = LAST_ADMIN if is_admin and admins < 2 else None
    assert keeps_an_admin(is_admin, admins).reason is reason


@given(st.booleans(), st.booleans(), st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_a_group_with_others_in_it_keeps_an_owner(
    is_built_in: bool, owns: bool, owners: int, others: int, can_hand_over: bool
) -> None:
    needed = leaves_alone(is_built_in, owns, owners, others)
    assert needed == (owns and owners < 2 and others > 0 and not is_built_in)
    reason = HAND_OVER_FIRST if needed and can_hand_over else None
    assert may_part(needed, can_hand_over).reason is reason


@given(st.sampled_from(PostState), st.sampled_from(Words))
def test_only_what_others_read_stays_and_only_by_choice(state: PostState, words: Words) -> None:
    assert stays(state, words) == (state == "published" and words == "stay")
