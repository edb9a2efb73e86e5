"""The bell on a page that has a line to the server: words change, and nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.seated import is_answered
from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat, and which way I face"


def open_the_thread(page: Page) -> None:
    page.get_by_role("link", name=TITLE, exact=True).click()


@pytest.mark.holds("raur:4a")
def test_a_reply_rings_in_words_on_the_open_thread_and_leads_there_from_whats_new(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ruth = site.look_around_as(open_window(), "Ruth")
    before = int(ruth.locator("#bell").get_attribute("data-count") or 0)
    open_the_thread(ruth)
    ruth.wait_for_load_state()
    is_answered(ruth)
    typing = ruth.get_by_label("Your words")
    typing.focus()
    ana = site.look_around_as(open_window(), "Ana")
    open_the_thread(ana)
    ana.get_by_label("Your words").fill("I could see the rain.")
    ana.get_by_role("button", name="Send my reply").click()
    expect(ruth.locator("#bell")).to_have_text(f"({before + 1} new)")
    expect(typing).to_be_focused()
    ruth.get_by_role("link", name="What’s new").click()
    ruth.get_by_role("button", name="See the thread").first.click()
    expect(ruth.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    expect(ruth.locator("#bell")).to_have_text(f"({before} new)" if before else "")
