"""A moderator’s work on a phone, by taps alone: take an item, decide it, and hear an appeal."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site, window
from tests.browser.test_one_hand import fits

pytestmark = pytest.mark.browser

WHY = "Only a prescriber can say that."


@pytest.fixture
def somebody(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A small screen that is touched; whose it is, changes."""
    how = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with closing(window(browser, **how)) as phone:
        yield phone


def pressed(page: Page, role: str, name: str) -> None:
    """Reached and large enough for a thumb, on a page that needs no pushing sideways."""
    target = page.get_by_role(role, name=name).first  # type: ignore[arg-type]
    target.scroll_into_view_if_needed()
    assert fits(page), name
    box = target.bounding_box()
    assert box is not None
    assert role == "radio" or box["height"] >= 48, name
    target.tap()


def reported(site: Site, page: Page) -> None:
    pressed(page, "link", "Injections next week")
    pressed(page, "link", "Report Gale’s post")
    pressed(page, "link", "Medical advice, pressure")
    pressed(page, "button", "Pressure to stop")
    expect(page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()


def removed(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/moderation")
    pressed(page, "link", "Open : Pressure to stop")
    pressed(page, "button", "I’m looking at this")
    expect(page.get_by_text("You are, until")).to_be_visible()
    pressed(page, "radio", "Remove it")
    page.get_by_label("Which guideline?").select_option(index=3)
    page.get_by_label("Why? The writer reads this").tap()
    page.keyboard.type(WHY)
    pressed(page, "button", "Send this decision")
    expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()


def asked_again(site: Site, page: Page) -> None:
    pressed(page, "link", "Injections next week")
    pressed(page, "link", "Read why")
    expect(page.get_by_text(WHY)).to_be_visible()
    pressed(page, "link", "Another look at this")
    pressed(page, "button", "Ask for another look")
    expect(page.get_by_role("heading", name="You asked for another look")).to_be_visible()


def answered(site: Site, page: Page) -> None:
    page.goto(f"{site.url}/moderation")
    pressed(page, "link", "Open : Another look")
    pressed(page, "radio", "They’re right")
    page.get_by_label("Your answer. Whoever asked reads this").tap()
    page.keyboard.type("It can stay.")
    pressed(page, "button", "Send this answer")
    expect(page.get_by_role("heading", name="It has been answered")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.holds("moderation:4", "moderation:9")
def test_an_item_is_taken_decided_and_looked_at_again(site: Site, somebody: BrowserContext) -> None:
    for who, does in (
        ("Ruth", reported),
        ("Mori", removed),
        ("Gale", asked_again),
        ("Hana", answered),
    ):
        page = site.look_around_as(somebody, who)
        does(site, page)
        assert fits(page)
        page.close()
