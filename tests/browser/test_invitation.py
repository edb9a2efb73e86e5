"""Inviting somebody: a link is made, given away, and leads from the door into the group."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.test_journey import (
    ADDRESS,
    NAME,
    come_in_by_letter,
    say_who_they_are,
)

pytestmark = pytest.mark.browser

WHOM = "Wren, from the choir"


def test_somebody_who_is_invited_comes_in_without_being_asked_anything(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    link = make_a_link(hana)

    page = open_window().new_page()
    page.goto(link)
    expect(page.get_by_text("You’re invited to a group.")).to_be_visible()
    expect(page.get_by_text("Neck, evenings")).to_have_count(0)
    page.get_by_label("Your e-mail address").fill(ADDRESS)
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_role("heading", name="Look in your e-mail")).to_be_visible()
    come_in_by_letter(page)
    say_who_they_are(page)
    page.get_by_role("button", name="I consent to this").click()
    page.get_by_role("button", name="I agree to these guidelines").click()
    expect(page.get_by_role("heading", name="You’re invited to “Neck, evenings”")).to_be_visible()
    page.get_by_role("button", name="Join this group").click()
    expect(page.get_by_role("heading", name="Neck, evenings")).to_be_visible()

    expect_it_used_up(hana, link, open_window().new_page())


def make_a_link(hana: Page) -> str:
    hana.get_by_role("link", name="Groups", exact=True).click()
    hana.get_by_role("link", name="Neck, evenings").click()
    hana.get_by_role("link", name="Invite people").click()
    hana.get_by_label("Who is it for?").fill(WHOM)
    hana.get_by_role("button", name="Make this link").click()
    expect(hana.get_by_text("The invitation is ready.")).to_be_visible()
    return hana.get_by_label(f"Link for {WHOM}").input_value()


def expect_it_used_up(hana: Page, link: str, somebody_elses: Page) -> None:
    hana.reload()
    expect(hana.get_by_label(f"Link for {WHOM}")).to_have_count(0)
    hana.get_by_role("link", name="Neck, evenings").click()
    hana.get_by_role("link", name="Who is in this group").click()
    expect(hana.get_by_text(NAME, exact=True)).to_be_visible()
    somebody_elses.goto(link)
    expect(somebody_elses.get_by_text("This invitation isn’t good any more.")).to_be_visible()
