"""What whoever types in a circle is shown beside it: help, where they are, in nobody’s way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ears import expect_spoken, expect_told, give_ears
from tests.browser.seated import to_the_lobby
from tests.browser.site import Site
from tests.browser.test_rehearsal import meant
from tests.browser.tones import give_voice

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DARK = "I don’t want to live like this."
HARD = "Some of what you wrote sounds very hard."
FOCUS = "document.activeElement.closest('#noticed') === null"


def _rehearsing(site: Site, context: BrowserContext) -> Page:
    """Ana types in her turn; everybody else there is pretend."""
    give_voice(context, 440)
    give_ears(context)
    page = site.look_around_as(context, "Ana")
    page.set_viewport_size(PHONE)
    to_the_lobby(page)
    page.get_by_text("What happens, in order").click()
    page.get_by_role("link", name="Rehearse it alone first").click()
    page.wait_for_url("**/circles/rehearsal**")
    go_on = page.get_by_role("button", name="Let the others go on")
    now = page.locator("#now")
    for _ in range(20):
        before = now.inner_text()
        if "It’s your turn" in before:
            return page
        meant(page)
        page.locator("form:not([data-changed]) button").and_(go_on).click()
        expect(now).not_to_have_text(before, use_inner_text=True)
    raise AssertionError(f"it was never Ana’s turn, but {now.inner_text()}")


@pytest.mark.thorough
@pytest.mark.holds("promise:10")
def test_it_stands_beside_what_was_typed_and_is_told_politely(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = _rehearsing(site, open_window())
    page.get_by_role("button", name="Type instead").or_(
        page.get_by_role("button", name="Type my share")
    ).first.click()
    note, box = page.locator("#noticed"), page.get_by_label("Your words")
    expect(box).to_be_visible()
    expect(note).to_be_hidden()
    box.fill(DARK)
    page.get_by_role("button", name="Show my words").click()
    expect(page.locator("#log")).to_contain_text(DARK)
    expect(note).to_contain_text(HARD)
    expect(page.locator("#typing + #noticed")).to_be_visible()
    expect(box).to_have_value("")
    assert page.evaluate(FOCUS)
    expect_told(page, HARD)
    opens = note.get_by_role("link", name="See who can help today")
    expect(opens).to_have_attribute("target", "_blank")
    box.fill("And I take 20 mg.")
    page.get_by_role("button", name="Show my words").click()
    expect(note).to_contain_text("There’s a dose or a medicine in your words.")
    expect(note).to_contain_text(HARD)


@pytest.mark.thorough
@pytest.mark.holds("F:F20")
def test_ones_eyes_closed_it_is_said(site: Site, open_window: Callable[[], BrowserContext]) -> None:
    page = _rehearsing(site, open_window())
    page.locator("#close-eyes").click()
    page.locator("#eyes-more > summary").click()
    page.get_by_label("Tell a facilitator").fill(DARK)
    page.get_by_role("button", name="Send to the facilitators").click()
    expect_spoken(page, HARD)
    page.locator("#eyes-more > summary").click()
    expect(page.locator("#tell + #noticed")).to_contain_text(HARD)
    assert page.evaluate(FOCUS)
