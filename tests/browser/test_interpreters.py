"""Somebody who interprets, with real sound: heard in the turns of whoever asked them only."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import (
    HERTZ,
    Seated,
    come_in,
    expect_only,
    take_a_place,
    to_the_lobby,
)
from tests.browser.site import Site
from tests.browser.tones import expect_to_hear, give_voice

pytestmark = [pytest.mark.browser, pytest.mark.holds("raur:12c")]


def comes_to_interpret(site: Site, context: BrowserContext, name: str) -> Seated:
    give_voice(context, HERTZ[name])
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    page.get_by_text("When you’d like your turn, or if you interpret").click()
    page.get_by_role("checkbox", name="I’m here to interpret for somebody").check()
    return take_a_place(page, name, HERTZ[name])


@pytest.mark.thorough
def test_an_interpreter_is_heard_in_the_turns_of_whoever_asked_them_and_in_no_other(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    ana = come_in(site, open_window(), "Ana")
    ben = come_in(site, open_window(), "Ben")
    sam = comes_to_interpret(site, open_window(), "Sam")
    hana.begins_a_round(ana)

    ana.page.locator("#rest").get_by_text("More", exact=True).click()
    ana.press("Sam interprets for me")
    expect(sam.page.get_by_text("You interpret for Ana")).to_be_visible()
    ana.press("Start my turn")
    expect(sam.page.get_by_text("Your microphone can be on now")).to_be_visible()
    sam.press("Microphone is off")
    expect(sam.page.get_by_role("button", name="Microphone is on")).to_be_visible()
    for listener in (ben, hana):
        expect_to_hear(listener.page, {ana.id: ana.hertz, sam.id: sam.hertz})

    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana])
    ben.press("Start my turn")
    expect_only(ben, [hana, ana, sam])
    expect(sam.page.get_by_role("button", name="Microphone is off")).to_be_visible()
