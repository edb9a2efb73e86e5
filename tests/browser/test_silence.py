"""Half an hour in which nobody says anything, with the floor taken and a microphone open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.browser.ears import give_ears, told
from tests.browser.minutes import Minutes
from tests.browser.seated import THREE, Seated, come_in, expect_only
from tests.browser.test_acceptance import AT_THE_SERVER

pytestmark = pytest.mark.browser

HALF_AN_HOUR = timedelta(minutes=30)
FALLS_SILENT, SPEAKS_AGAIN = "voice.gain.value = 0", "voice.gain.value = 0.5"
IDEAS = {"lines", "rest", "ask_again_in"}  # what a facilitator alone may be given: a break is one


@pytest.mark.thorough
@pytest.mark.holds("acceptance:3", "promise:1", "seed:2")
def test_thirty_minutes_of_silence_in_a_spoken_turn_change_nothing(
    slow: Minutes, open_window: Callable[[], BrowserContext]
) -> None:
    people = {}
    for name in THREE:
        window = slow.follow(open_window())
        give_ears(window)
        people[name] = come_in(slow.site, window, name)
    hana, ana, ben = people.values()
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    ana.page.evaluate(FALLS_SILENT)
    expect_only(None, [hana, ana, ben])
    slow.pass_by(timedelta(seconds=20))  # by then everybody has been told who speaks

    before = [as_it_is(each) for each in (ana, ben)]
    desk = board(hana)
    slow.pass_by(HALF_AN_HOUR)
    assert [as_it_is(each) for each in (ana, ben)] == before
    now = board(hana)
    assert {name for name in now if now[name] != desk[name]} <= IDEAS
    assert now["heard"] == [ana.id]

    ana.page.evaluate(SPEAKS_AGAIN)
    expect_only(ana, [hana, ben])
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")


def board(one: Seated) -> dict[str, Any]:
    """What the server would show them now."""
    found: dict[str, Any] = one.page.evaluate(AT_THE_SERVER)
    return found


def as_it_is(one: Seated) -> list[Any]:
    """What the server would show them, every word on their page, and all that they were told."""
    sounds = one.page.evaluate("sounded")
    return [board(one), one.page.locator("body").inner_text(), told(one.page), sounds]
