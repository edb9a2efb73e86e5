"""A greeter is asked, says yes, and meets somebody new: by keyboard alone, wide and on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.eyes import PHONE, SCRIPTS, WIDE, measure
from tests.browser.keyboard import Keyboard
from tests.browser.site import Site
from tests.browser.test_keyboard import look_around_as

pytestmark = pytest.mark.browser

WORDS = "I only read for weeks, and nobody minded."


@pytest.mark.thorough
@pytest.mark.holds("F:F39", "F:F89")
def test_somebody_new_is_met_by_name_and_their_first_words_are_found(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    def comes(name: str, size: tuple[int, int]) -> Keyboard:
        window = open_window()
        for script in SCRIPTS:
            window.add_init_script(path=script)
        keyboard = look_around_as(name, site, window)
        keyboard.page.set_viewport_size({"width": size[0], "height": size[1]})
        keyboard.press("link", "Neck, evenings")
        return keyboard

    hana = comes("Hana", WIDE)
    hana.press("link", "Change who does what")
    hana.press("link", "Ruth")
    hana.press("button", "Ask Ruth to greet")
    expect(hana.page.get_by_text("Ruth is asked, and hasn’t answered yet.")).to_be_visible()
    ruth = comes("Ruth", PHONE)
    ruth.press("link", "Read what it is, and say yes or no")
    nothing_is_wrong(ruth.page, "Would you greet new members here?")
    ruth.press("button", "Yes, I’ll greet")
    ruth.write("Your words to new members", WORDS)
    ruth.press("button", "Save it")
    expect(ruth.page.get_by_text(WORDS)).to_be_visible()
    tom = comes("Tom", PHONE)
    expect(tom.page.get_by_text(WORDS)).to_be_visible()
    nothing_is_wrong(tom.page, "Ruth greets new members")
    tom.press("link", "Say hello in a thread of your own")
    expect(tom.page.get_by_role("heading", name="Start a thread", level=1)).to_be_visible()
    ruth.press("link", "First words")
    nothing_is_wrong(ruth.page, "First words")
    ruth.press("link", "What Tom wrote first")
    expect(ruth.page).to_have_url(re.compile(r"/threads/[0-9a-f-]+.*#post-"))


def nothing_is_wrong(page: Page, heading: str) -> None:
    """That a machine can find, in both windows, on the page with this heading."""
    expect(page.get_by_role("heading", name=heading)).to_be_visible()
    size = page.viewport_size
    found = measure(page, page.url, sights=lambda _: (("day", WIDE), ("evening", PHONE)))
    assert not any(found.values()), found
    page.set_viewport_size(size or {"width": WIDE[0], "height": WIDE[1]})
