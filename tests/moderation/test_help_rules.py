"""Who sees to somebody who would like a moderator, and when it is closed: what always holds."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.moderation.help.rules import (
    Done,
    HelpStep,
    Press,
    Wanted,
    may_see_to,
    may_take,
    presses,
)
from community.moderation.rules.reasons import Scope
from tests.moderation.test_rules import GROUP, PEOPLE, person

some = st.frozensets(st.sampled_from(PEOPLE))
wanted = st.builds(
    Wanted,
    group_id=st.just(GROUP),
    asked_by=st.sampled_from(PEOPLE),
    scope=st.sampled_from([Scope.GROUP, Scope.PLATFORM]),
    moderators=some,
    site=some,
    leads=some,
    barred=some,
    held_by=some,
    is_up=st.booleans(),
    done=st.lists(
        st.builds(Done, st.sampled_from(HelpStep), st.sampled_from(PEOPLE)), max_size=4
    ).map(tuple),
)


@pytest.mark.holds("moderation:1", "moderation:2")
@given(wanted, st.sampled_from(PEOPLE))
def test_whoever_asked_never_sees_to_it_and_it_waits_for_somebody(one: Wanted, who: UUID) -> None:
    may = may_see_to(person(who), one)
    assert bool(may) is (who in one.able)
    assert one.asked_by not in one.able
    assert one.told <= one.able
    if one.site - {one.asked_by}:
        assert one.able
    if (one.moderators | one.site) - one.barred - {one.asked_by} and one.scope is Scope.GROUP:
        assert not one.able & one.barred
    if one.scope is Scope.PLATFORM:
        assert one.able <= one.site


@pytest.mark.holds("moderation:17")
@given(wanted)
def test_it_is_closed_by_two_names_and_what_was_found_out(one: Wanted) -> None:
    settled = any(each.step.settles for each in one.done)
    alone = len({each.by for each in one.done}) < 2
    assert not (one.is_closed and not settled)
    if settled:
        assert one.is_closed is (not alone or one.able <= one.names)
    only = tuple(each for each in one.done if not each.step.settles)
    assert not replace(one, done=only).is_closed


@given(wanted, st.sampled_from(PEOPLE), st.sampled_from(HelpStep), st.sampled_from(PEOPLE))
def test_what_a_page_offers_is_what_may_be_written_down(
    one: Wanted, who: UUID, step: HelpStep, there: UUID
) -> None:
    actor = person(who)
    offered = presses(actor, one)
    assert len(set(offered)) == len(offered)
    assert all(may_take(actor, one, each.step, each.who) for each in offered)
    if step is not HelpStep.WROTE:
        assert (Press(step) in offered) is bool(may_take(actor, one, step))
    by_name = Press(HelpStep.THERE, there)
    assert (by_name in offered) is bool(may_take(actor, one, HelpStep.THERE, there))
    if by_name in offered:
        assert there not in (who, one.asked_by)


def test_a_press_is_read_or_is_none() -> None:
    who = uuid4()
    assert Press.read("there", str(who)) == Press(HelpStep.THERE, who)
    assert Press.read("all-right", "") == Press(HelpStep.ALL_RIGHT)
    for step, name in (("", ""), ("shouted", ""), ("there", "Hana")):
        assert Press.read(step, name) is None
