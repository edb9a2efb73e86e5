"""What is typed in a circle and not sent yet: it outlives its page, and nothing else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.seated import Seated, come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

KEPT = "Object.entries(sessionStorage).filter(([name]) => name.startsWith('circle-')).join()"
HALF = "I am in the middle of a"


def words(page: Page) -> object:
    return page.evaluate(KEPT)


@pytest.mark.thorough
@pytest.mark.holds("acceptance:2", "circle:R9", "promise:7")
def test_a_page_that_is_loaded_anew_has_what_was_being_typed_until_it_is_sent(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    ana = come_in(site, open_window(), "Ana", way="Text only")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    share, line = _share_of(ana), ana.page.locator("#tell-box")
    share.fill(HALF)
    ana.page.locator("#rest").get_by_text("More", exact=True).click()
    line.fill("It is loud here")

    ana.loads_anew()
    expect(share).to_have_value(HALF)
    expect(line).to_be_visible()
    expect(line).to_have_value("It is loud here")
    share.press_sequentially(" sentence.")
    ana.press("Send to the facilitators")
    expect(hana.page.locator("#lines-to-us > li")).to_contain_text("It is loud here")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text(f"{HALF} sentence.")

    ana.loads_anew()
    expect(share).to_have_value("")
    expect(line).to_have_value("")
    assert HALF not in str(words(ana.page))
    share.fill("Not sent.")
    ana.press("I’ve finished")
    expect(share).to_be_hidden()
    ana.loads_anew()
    expect(share).to_have_value("Not sent.")
    hana.removes("Ana", "A test.")
    why = "A facilitator has ended your place in this circle"
    ana.sees(why)
    expect(ana.page).to_have_title(f"{why} – Neck circle, today – Dystonia Circles")
    assert words(ana.page) == ""


@pytest.mark.thorough
@pytest.mark.holds("promise:4", "circle:13")
def test_nothing_of_it_stays_when_the_circle_is_over_or_somebody_has_signed_out(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    people = [come_in(site, open_window(), name, way="Text only") for name in ("Ana", "Ben")]
    ana, ben = people
    hana.begins_a_round(ana)
    for person in people:
        person.press("Type my share" if person is ben else "Start my turn")
        _share_of(person).fill(HALF)
        assert HALF in str(words(person.page))
    ben.press("Leave quietly")
    ben.page.wait_for_url("**/calls/**")
    assert HALF in str(words(ben.page))  # their place is kept, and so are their words
    ben.page.get_by_role("button", name="Sign out").click()
    expect(ben.page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert words(ben.page) == ""
    hana.ends_the_circle()
    expect(ana.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    assert words(ana.page) == ""


def _share_of(person: Seated) -> Locator:
    return person.page.get_by_label("Your words", exact=True)
