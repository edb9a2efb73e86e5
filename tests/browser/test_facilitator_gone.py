"""Whoever leads loses their line: for ten seconds, a while, for good. Nobody’s turn ends by it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, expect

from community.calls.queries import next_call_of
from community.core.actor import Role
from tests.browser.minutes import Minutes
from tests.browser.seated import Seated, come_in, expect_only, is_answered
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

GRACE = timedelta(seconds=21)
FIVE_MINUTES, HALF_AN_HOUR = timedelta(minutes=5), timedelta(minutes=30)


@pytest.fixture
def wire(slow: Minutes) -> Iterator[Wire]:
    """The way on which Hana comes."""
    wire = Wire(to=slow.site.port)
    with wire.strung():
        yield wire


@pytest.fixture
def come(
    slow: Minutes, wire: Wire, open_window: Callable[[], BrowserContext]
) -> Callable[[str], Seated]:
    def come(name: str) -> Seated:
        if name == "Hana":
            return come_in(replace(slow.site, port=wire.port), open_window(), name)
        return come_in(slow.site, slow.follow(open_window()), name)

    return come


@pytest.mark.thorough
@pytest.mark.holds("circle:R1", "circle:R4", "promise:1", "promise:7")
def test_ten_seconds_change_nothing_and_after_twenty_the_other_facilitator_may_lead(
    slow: Minutes, wire: Wire, come: Callable[[str], Seated]
) -> None:
    _holds_it_too(slow, "Lee")
    hana, ana, lee = come("Hana"), come("Ana"), come("Lee")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    lead = lee.page.get_by_role("button", name="Lead the circle")
    away = lee.page.locator("#people > li", has_text="Hana")

    wire.cut()
    expect(away).to_contain_text("connecting again")
    slow.pass_by(timedelta(seconds=10))
    expect(lead).to_have_count(0)
    ana.sees("It’s your turn, Ana. There’s no hurry.")
    expect_only(ana, [lee])
    wire.mend()
    _is_back(hana)
    expect(away).not_to_contain_text("connecting again")
    expect_only(ana, [hana, lee])

    wire.cut()
    expect(away).to_contain_text("connecting again")
    slow.pass_by(GRACE)
    lee.press("Lead the circle")
    expect(lead).to_have_count(0)
    expect_only(ana, [lee])
    wire.mend()
    _is_back(hana)
    expect(away).not_to_contain_text("leads")
    ana.press("I’ve finished")
    lee.sees("Everybody has had their turn")


def _holds_it_too(slow: Minutes, name: str) -> None:
    """Somebody who may hold calls of the group said yes to this one, before its lobby opened."""
    now = slow.clock.now()
    slow.clock.move_to(now - HALF_AN_HOUR)
    make, hana, second = slow.make, slow.cast("Hana"), slow.cast(name)
    group = next(each for each in hana.groups if hana.facilitates(each))
    make.appointed(group, hana, second, frozenset({Role.FACILITATOR}))
    call = make.done(lambda: next_call_of(hana, now=now))
    assert call
    make.held_together(call.id, hana, make.actor(second))
    slow.clock.move_to(now)


def _is_back(hana: Seated) -> None:
    expect(hana.page.locator("#line")).to_be_hidden()
    is_answered(hana.page)


@pytest.mark.thorough
@pytest.mark.holds("circle:R4", "circle:8", "promise:1", "promise:7")
def test_with_nobody_to_lead_the_turn_goes_on_and_then_the_members_choose(
    slow: Minutes, wire: Wire, come: Callable[[str], Seated]
) -> None:
    hana, ana, ben = come("Hana"), come("Ana"), come("Ben")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])

    wire.cut()
    expect(ben.page.locator("#here > li", has_text="Hana")).to_contain_text("connecting again")
    slow.pass_by(GRACE)
    ben.sees("Ana is speaking")
    expect_only(ana, [ben])
    ana.press("I’ve finished")
    for one in (ana, ben):
        one.sees("We’re waiting for a facilitator")
        expect(one.page.locator("#lines")).to_contain_text("You are safe to wait or leave.")
    expect_only(None, [ana, ben])
    wire.mend()
    _is_back(hana)
    hana.press("Carry on, all of us")
    ben.sees("It’s your turn, Ben")

    wire.cut()
    expect(ben.page.locator("#here > li", has_text="Hana")).to_contain_text("connecting again")
    slow.pass_by(GRACE)
    ben.sees("We’re waiting for a facilitator")
    expect(ben.page.get_by_role("button", name="End the circle")).to_have_count(0)
    slow.pass_by(FIVE_MINUTES)
    _choose(ana, ben)
    for one in (ana, ben):
        expect(one.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    letters = ben.page.context.new_page()
    letters.goto(f"{slow.site.url}/demo/letters")
    sorry = letters.get_by_role("listitem").filter(has_text="we’re sorry about today")
    for name in ("ana", "ben"):
        expect(sorry.filter(has_text=f"To {name}@demo.invalid")).to_have_count(1)
    expect(sorry.filter(has_text="hana@demo.invalid")).to_have_count(0)


def _choose(ana: Seated, ben: Seated) -> None:
    """One who would end it is not more than half of two."""
    for one in (ana, ben):
        expect(one.page.locator("#lines")).to_contain_text("No facilitator has been here for five")
    ana.press("Wait 5 more minutes")
    expect(ana.page.locator("#lines")).to_contain_text("You chose to wait.")
    ben.press("End the circle")
    expect(ben.page.locator("#lines")).to_contain_text("You chose to end.")
    expect(ana.page.locator("#lines")).not_to_contain_text("You chose to end.")
    ana.press("End the circle")
