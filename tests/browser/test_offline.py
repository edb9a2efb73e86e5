"""A tunnel in the middle of a turn: a minute without any line, and back to the same place."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import come_in
from tests.browser.site import Site
from tests.browser.wire import Wire

pytestmark = pytest.mark.browser

A_MINUTE_MS = 60_000


@pytest.mark.thorough
@pytest.mark.holds(
    "acceptance:2", "circle:R1", "circle:R2", "circle:R5", "promise:7", "raur:11b", "F:F52"
)
def test_a_minute_without_a_line_costs_neither_the_floor_nor_a_word(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    wire = Wire(to=site.port)
    with wire.strung():
        ana = come_in(replace(site, port=wire.port), open_window(), "Ana", way="Text only")
        hana.press("Start the circle")
        ana.sees("Welcome")
        hana.press("Begin the round")
        ana.sees("It’s your turn, Ana")
        ana.press("Start my turn")
        words = ana.page.get_by_label("Your words", exact=True)
        words.fill("I am in the middle of a")

        wire.cut()
        hana.sees("We’re waiting for Ana")
        expect(ana.page.locator("#line")).to_contain_text("Your place is kept")
        words.press_sequentially(" sentence.")
        ana.press("Show my words")
        expect(ana.page.locator("#line")).to_contain_text("We couldn’t send that yet.")
        ana.page.locator("#rest").get_by_text("More", exact=True).click()
        ana.press("Ask a facilitator for help")
        expect(ana.page.locator("#line")).to_contain_text("We keep trying.")
        ana.page.wait_for_timeout(
            A_MINUTE_MS
        )  # what this is about is that a minute changes nothing
        hana.sees("We’re waiting for Ana")
        expect(ana.page.locator("#line")).to_contain_text("We keep trying.")
        expect(words).to_have_value("I am in the middle of a sentence.")

        wire.mend()
        hana.sees("Ana is sharing by text")
        expect(hana.page.locator("#lines-to-us > li")).to_have_text(
            re.compile("Ana needs a facilitator")
        )
        expect(ana.page.locator("#line")).to_contain_text("Press it again.")
        ana.press("Show my words")
        expect(ana.page.locator("#line")).to_be_hidden()
        expect(hana.page.locator("#log")).to_contain_text(
            "Ana, by text: I am in the middle of a sentence."
        )
        ana.press("I’ve finished")
        expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")


@pytest.mark.holds("circle:R5", "promise:7")
def test_whoever_has_lost_the_line_may_try_at_once(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    wire = Wire(to=site.port)
    with wire.strung():
        hana = come_in(replace(site, port=wire.port), open_window(), "Hana")
        try_now = hana.page.get_by_role("button", name="Try now")
        expect(try_now).to_be_hidden()
        wire.cut()
        expect(hana.page.locator("#line")).to_contain_text("Your place is kept")
        try_now.click()
        expect(hana.page.locator("#line")).to_contain_text("The call dropped.")
        wire.mend()
        try_now.click()
        expect(hana.page.locator("#line")).to_be_hidden()
        hana.press("Start the circle")
        hana.sees("Welcome")
