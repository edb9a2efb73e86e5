"""A card for hard days: kept in this browser, printed, and erased when its writer signs out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

HELPS = "The quiet room, and tea.\nNobody needs an answer."
KEPT = "localStorage.getItem('card')"


def write(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/help-now/card")
    page.get_by_label("What helps me, even a little").fill(HELPS)
    expect(page.get_by_role("status").filter(has_text="Kept on this device.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


@pytest.mark.holds("promise:10")
def test_it_stays_in_the_browser_is_printed_and_goes_with_a_sign_out(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    window = open_window()
    ben = site.look_around_as(window, "Ben")
    asked: list[Request] = []
    window.on("request", lambda one: asked.append(one))  # noqa: PLW0108 - it is marked by Playwright
    write(site, ben)
    ben.get_by_label("Country", exact=True).select_option("Ireland")
    ben.get_by_role("button", name="Add these lines").click()
    lines = ben.get_by_label("Lines that answer")
    expect(lines).to_have_value("Ireland, emergency number: 112\nCall 116 123")
    ben.reload()
    helps = ben.get_by_label("What helps me, even a little")
    expect(helps).to_have_value(HELPS)
    expect(lines).to_have_value("Ireland, emergency number: 112\nCall 116 123")
    assert not any("quiet room" in (one.post_data or "") + one.url for one in asked)

    paper = ben.locator("#card-helps-paper")
    expect(paper).to_be_hidden()
    ben.emulate_media(media="print")
    expect(paper).to_be_visible()
    expect(paper).to_have_text(HELPS)
    expect(helps).to_be_hidden()
    expect(ben.get_by_role("button", name="Print the card")).to_be_hidden()
    ben.emulate_media(media="screen")

    sign_out(ben)
    assert ben.evaluate(KEPT) is None
    ben.goto(f"{site.url}/help-now/card")
    expect(ben.get_by_label("What helps me, even a little")).to_have_value("")


def test_it_stays_after_a_sign_out_if_its_writer_chose_so_until_they_erase_it(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    write(site, ben)
    ben.get_by_label("Keep it on this device after I sign out").check()
    sign_out(ben)
    ben.goto(f"{site.url}/help-now/card")
    helps = ben.get_by_label("What helps me, even a little")
    expect(helps).to_have_value(HELPS)
    ben.get_by_text("Erase this card").click()
    ben.get_by_role("button", name="Yes, erase it for good").click()
    expect(ben.get_by_role("status").filter(has_text="The card is erased.")).to_be_visible()
    expect(helps).to_have_value("")
    assert ben.evaluate(KEPT) is None
