"""Words survive: a sign-out, another browser, a page that is closed in the middle of a sentence."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "What do you tell people at work?"
WORDS = "I say that my neck has its own opinions, and then"


def open_thread(page: Page) -> None:
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.wait_for_load_state()  # until its script is there


def keeps(asked: Request, number: str | None) -> bool:
    """Does it keep this post as the furthest that somebody had before them?"""
    sent = (asked.post_data or "").split()
    return asked.url.endswith("/place") and 'name="number"' in sent and number in sent


@pytest.mark.holds("F:F83")
def test_a_draft_survives_a_sign_out_and_comes_back_in_another_browser(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    ben.get_by_label("Your words").press_sequentially(WORDS)
    expect(ben.get_by_text(re.compile("Your words are safe. Draft saved at"))).to_be_visible()
    ben.get_by_role("button", name="Sign out").click()
    expect(ben.get_by_role("link", name="Sign in").first).to_be_visible()

    elsewhere = site.look_around_as(open_window(), "Ben")
    open_thread(elsewhere)
    expect(elsewhere.get_by_label("Your words")).to_have_value(WORDS)
    expect(elsewhere.get_by_text("even if you sign out")).to_be_visible()
    elsewhere.get_by_label("Your words").press("End")
    elsewhere.get_by_label("Your words").press_sequentially(" we talk about lunch.")
    elsewhere.get_by_role("button", name="Send my reply").click()
    expect(elsewhere.get_by_text(f"{WORDS} we talk about lunch.")).to_be_visible()
    expect(elsewhere.get_by_label("Your words")).to_have_value("")


@pytest.mark.holds("F:F83")
def test_a_page_that_is_closed_in_the_middle_of_a_sentence_keeps_it(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    ben.get_by_label("Your words").press_sequentially("I say")
    draft = ben.get_by_role("link", name=f"A reply in “{TITLE}”")
    for _ in range(20):  # what leaves with a page arrives when it arrives
        ben.goto(f"{site.url}/drafts")  # first: before the second after the last key is over
        if draft.is_visible():
            break
    draft.click()
    expect(ben.get_by_label("Your words")).to_have_value("I say")


@pytest.mark.holds("F:F51")
def test_the_furthest_post_somebody_had_before_them_is_where_they_carry_on(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    last = ben.locator("#news").get_attribute("data-last")
    with ben.expect_response(lambda response: keeps(response.request, last)) as kept:
        ben.get_by_role("heading", name="Your reply").scroll_into_view_if_needed()
    assert kept.value.ok
    sam = site.look_around_as(open_window(), "Sam")
    open_thread(sam)
    sam.get_by_label("Your words").fill("That I’m listening.")
    sam.get_by_role("button", name="Send my reply").click()
    expect(sam.get_by_text("That I’m listening.")).to_be_visible()
    ben.goto(f"{site.url}/home")
    expect(ben.get_by_text("One reply you haven’t read")).to_be_visible()
    ben.get_by_role("link", name="Carry on from Lee’s post").filter(has_text=TITLE).click()
    expect(ben.locator(".post:target")).to_contain_text("Somebody new asked why I hold my chin.")
