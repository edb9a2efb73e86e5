"""A content note that a moderator puts before words which somebody has open."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat, and which way I face"
TOLD = "A moderator has changed the content notes here."


def test_it_is_said_where_it_is_and_the_words_stay_until_a_press(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    mori = site.look_around_as(open_window(), "Mori")
    for page in (hana, mori):
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
        page.wait_for_load_state()
    opening = hana.get_by_role("article").first
    words = opening.locator(".body > p").first.text_content() or ""
    mori.get_by_role("link", name="Notes before it").first.click()
    mori.get_by_role("checkbox", name="Surgery or needles").check()
    mori.get_by_label("Which guideline?").select_option(index=3)
    mori.get_by_role("textbox").last.fill("Needles come up.")
    mori.get_by_role("button", name="Send this, and tell the writer").click()
    expect(opening.get_by_text(TOLD)).to_be_visible()
    expect(opening.get_by_text(words)).to_be_visible()
    opening.get_by_role("link", name="Show it as you chose Ruth").click()
    expect(opening.get_by_text("Content note: Surgery or needles")).to_be_visible()
    expect(opening.get_by_text(TOLD)).to_be_hidden()
    expect(opening.get_by_text(words)).to_be_hidden()


def test_on_paper_the_words_stay_behind_it_while_every_helpline_is_there(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ruth = site.look_around_as(open_window(), "Ruth")
    ruth.get_by_role("link", name="Injections next week").first.click()
    opening = ruth.get_by_role("article").first
    expect(opening.get_by_text("Content note: Surgery or needles")).to_be_visible()
    words = opening.get_by_text("I’d like to know what to bring.")
    ruth.emulate_media(media="print")
    expect(words).to_be_hidden()
    opening.get_by_text("Content note: Surgery or needles").click()
    expect(words).to_be_visible()
    ruth.goto(f"{site.url}/help-now")
    expect(ruth.locator("#germany").get_by_role("link", name="112")).to_be_visible()
