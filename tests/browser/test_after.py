"""After a circle, in real browsers: how it landed, a line that is opened, a thread of its own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.seated import come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

LINE = "It stays with me. May I write to one of you?"


def is_thanked(page: Page) -> None:
    expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    expect(page.get_by_role("link", name="Here’s who you can reach now")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.holds("circle:9", "promise:10")
def test_everybody_is_thanked_and_whoever_it_left_unwell_is_not_alone(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    ana = come_in(site, open_window(), "Ana").page
    hana.press("Start the circle")
    hana.ends_the_circle()
    is_thanked(ana)
    is_thanked(hana.page)

    ana.get_by_role("button", name="Not well").click()
    expect(ana.get_by_role("heading", name="Thank you for saying so to yourself")).to_be_visible()
    ana.get_by_label("A line to the facilitators").fill(LINE)
    ana.get_by_role("button", name="Send to the facilitators").click()
    expect(ana.get_by_text("No facilitator has opened it yet.")).to_be_visible()

    hana.page.reload()
    expect(hana.page.get_by_text(LINE)).to_be_hidden()
    hana.page.get_by_role("button", name="Open this line Ana").click()
    expect(hana.page.get_by_text(LINE)).to_be_visible()
    ana.reload()
    expect(ana.get_by_text("A facilitator has opened it.")).to_be_visible()

    hana.page.get_by_text("Open a thread for those who were there").click()
    hana.page.get_by_label("14 days").check()
    hana.page.get_by_role("button", name="Open the thread").click()
    expect(hana.page.get_by_role("heading", name="After “Neck circle, today”")).to_be_visible()
    ana.reload()
    ana.get_by_role("link", name="The thread of this circle").click()
    expect(ana.get_by_text("Only people who were in this circle can see")).to_be_visible()

    ben = site.look_around_as(open_window(), "Ben")
    answer = ben.goto(ana.url)
    assert answer is not None
    assert answer.status == 404
    ben.goto(f"{site.url}/topics/cervical")
    expect(ben.get_by_text("After “Neck circle, today”")).to_have_count(0)
