"""The lobby in a browser: who is here by now, and what was chosen meanwhile."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.seated import come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def lobby(site: Site, open_window: Callable[[], BrowserContext]) -> Page:
    context = open_window()
    site.sign_in(context, "Ben")
    page = context.new_page()
    page.goto(site.lobby(context))
    page.wait_for_load_state()
    return page


def test_who_is_here_by_now_is_said_in_its_place(
    lobby: Page, site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    who, again = lobby.locator("#who"), lobby.get_by_role("link", name="Who’s here now?")
    expect(who).not_to_contain_text("Hana")
    come_in(site, open_window(), "Hana")
    lobby.get_by_role("radio", name="Listen only").check()
    again.focus()
    lobby.keyboard.press("Enter")
    expect(who).to_contain_text("Hana, facilitator")
    expect(who).to_have_attribute("aria-live", "polite")
    expect(again).to_be_focused()
    expect(lobby.get_by_role("radio", name="Listen only")).to_be_checked()


@pytest.mark.holds("seed:7")
def test_what_was_chosen_stays_while_somebody_writes_their_card(lobby: Page) -> None:
    address = lobby.url
    lobby.get_by_role("radio", name="Listen only").check()
    lobby.locator("summary", has_text="When you’d like your turn").click()
    lobby.get_by_role("radio", name="Late").check()
    lobby.get_by_role("checkbox", name="Show captions").check()
    lobby.locator("summary", has_text="my card").click()
    lobby.get_by_label("In your own words").fill("Please wait for me.")
    lobby.get_by_role("button", name="Save my card").click()
    lobby.wait_for_url(f"{address}#card")
    expect(lobby.locator("#card")).to_contain_text("Please wait for me.")
    expect(lobby.get_by_role("checkbox", name="Show my card")).to_be_checked()
    for chosen in ("Listen only", "Late"):
        expect(lobby.get_by_role("radio", name=chosen)).to_be_checked()
    expect(lobby.get_by_role("radio", name="Late")).to_be_visible()
    expect(lobby.get_by_role("checkbox", name="Show captions")).to_be_checked()

    lobby.locator("summary", has_text="Change what I need today").click()
    lobby.get_by_role("button", name="Resting voice").click()
    expect(lobby.get_by_role("radio", name="Text only")).to_be_checked()
    lobby.get_by_role("radio", name="Voice").check()
    lobby.get_by_role("button", name="Join now").click()
    expect(lobby.locator("#cue")).to_be_visible()
    assert (
        lobby.evaluate("Object.keys(sessionStorage).filter((each) => each.endsWith('-lobby'))")
        == []
    )
