"""Get help now for somebody who isn’t signed in, without script, on a phone and on paper."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from community.safety.crisis import COUNTRIES
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser


@pytest.fixture
def page(site: Site, browser: Browser) -> Iterator[Page]:
    how = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with closing(window(browser, java_script_enabled=False, **how)) as phone:
        page = phone.new_page()
        page.goto(site.url)
        yield page


@pytest.mark.holds("F:F113")
def test_two_taps_lead_from_the_front_page_to_a_line_that_needs_no_speaking(page: Page) -> None:
    page.get_by_role("link", name="Get help now").first.tap()
    expect(
        page.get_by_text("If you might act on it now, call your emergency number.")
    ).to_be_visible()
    text = page.get_by_role("link", name="Start a text (Text SHOUT to 85258, United Kingdom)")
    expect(text).to_be_hidden()
    page.get_by_text("United Kingdom", exact=True).tap()
    expect(text).to_be_visible()
    expect(text).to_have_attribute("href", "sms:85258")
    box = text.bounding_box()
    assert box
    assert box["height"] >= 48


def test_on_paper_every_country_stands_with_its_number_and_its_lines(
    page: Page, site: Site
) -> None:
    page.goto(f"{site.url}/help-now")
    page.emulate_media(media="print")
    for country in COUNTRIES:
        here = page.locator(f"#{country.slug}")
        expect(here.get_by_text(country.emergency, exact=True)).to_be_visible()
        for line in country.lines:
            expect(here.get_by_role("heading", name=line.ways, exact=True)).to_be_visible()
