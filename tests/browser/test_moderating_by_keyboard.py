"""A moderator’s work by keyboard alone: from the queue to an appeal that is right."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site
from tests.browser.test_keyboard import look_around_as

pytestmark = pytest.mark.browser

WORDS = "just stop the tablets now"
WHY = "Only a clinician may say that."


@pytest.mark.thorough
@pytest.mark.holds("moderation:4", "moderation:9", "F:F89")
def test_an_item_is_decided_and_the_appeal_upheld_by_keyboard(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    window = open_window()
    ruth = look_around_as("Ruth", site, window)
    ruth.press("link", "Injections next week")
    ruth.press("link", "Report Gale’s post, or suggest a note")
    ruth.press("link", "Medical advice, pressure")
    ruth.press("button", "Pressure to stop")
    decide(site, open_window())
    gale = look_around_as("Gale", site, open_window())
    gale.press("link", "Injections next week")
    gale.press("link", "Read why")
    expect(gale.page.get_by_text(WHY)).to_be_visible()
    gale.press("link", "Another look at this")
    gale.write("What should somebody see that was missed?", "I meant my own.")
    gale.press("button", "Ask for another look")
    expect(gale.page.get_by_role("heading", name="You asked for another look")).to_be_visible()
    uphold(site, open_window())
    ruth.page.goto(f"{site.url}/home")
    ruth.press("link", "Injections next week")
    expect(ruth.page.get_by_text(WORDS)).to_be_visible()


def decide(site: Site, window: BrowserContext) -> None:
    mori = look_around_as("Mori", site, window)
    mori.press("link", "Moderation")
    mori.press("link", "Open : Pressure to stop")
    mori.press("button", "I’m looking at this")
    expect(mori.page.get_by_text("You are, until")).to_be_visible()
    mori.choose("Remove it")
    mori.select("Which guideline?", "3. Medicine, injections and surgery")
    mori.write("Why? The writer reads this", WHY)
    mori.press("button", "Send this decision")
    expect(mori.page.get_by_role("heading", name="It has been decided")).to_be_visible()


def uphold(site: Site, window: BrowserContext) -> None:
    hana = look_around_as("Hana", site, window)
    hana.press("link", "Moderation")
    hana.press("link", "Open : Another look")
    hana.press("button", "I’m looking at this")
    hana.choose("They’re right")
    hana.write("Your answer. Whoever asked reads this", "It can stay.")
    hana.press("button", "Send this answer")
    expect(hana.page.get_by_role("heading", name="It has been answered")).to_be_visible()
