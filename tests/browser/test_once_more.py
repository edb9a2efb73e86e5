"""Erasing for good asks once more: without script, by keyboard, and keeping it is as large."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site
from tests.browser.test_draft import open_thread

pytestmark = pytest.mark.browser

PRESS = 48  # px, the least that a press measures here


def erase_after_all(page: Page) -> None:
    """First it is kept, by the keyboard; then it is erased."""
    here = page.url
    asked = page.locator("summary", has_text="Erase it now for good")
    kept = page.get_by_role("link", name="No, keep it")
    erased = page.get_by_role("button", name="Yes, erase it for good")
    expect(erased).to_be_hidden()
    asked.focus()
    page.keyboard.press("Enter")
    one, other = kept.bounding_box(), erased.bounding_box()
    assert one
    assert other
    assert one["height"] == other["height"] >= PRESS
    page.keyboard.press("Tab")
    expect(kept).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == here
    expect(erased).to_be_hidden()
    asked.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(erased).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.goto(here)


@pytest.mark.holds("F:F84")
def test_erasing_for_good_asks_once_more_without_script_and_by_keyboard(
    site: Site, browser: Browser
) -> None:
    with browser.new_context(java_script_enabled=False) as window:
        ben = site.look_around_as(window, "Ben")
        open_thread(ben)
        ben.get_by_label("Your words").fill("Words for a while.")
        ben.get_by_role("button", name="Send my reply").click()
        ben.get_by_role("link", name="Take it back").last.click()
        ben.get_by_role("button", name="Take it back").click()
        ben.get_by_role("link", name="Read your words, or put them back").click()
        erase_after_all(ben)
        expect(ben.get_by_text("Words for a while.")).to_have_count(0)

        ana = site.look_around_as(window, "Ana")
        ana.goto(f"{site.url}/drafts")
        ana.get_by_role("link", name="Throw it away").first.click()
        ana.get_by_role("button", name="Throw it away").click()
        expect(ana.get_by_role("heading", name="A draft you threw away")).to_be_visible()
        erase_after_all(ana)
        expect(ana.get_by_role("heading", name="A draft you threw away")).to_have_count(0)
