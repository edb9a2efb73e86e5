"""Words survive: a sign-out, another browser, a page that is closed in the middle of a sentence."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "What do you tell people at work?"
SAVED = re.compile("Your words are safe. Draft saved at")
WORDS = "I say that my neck has its own opinions, and then"


def open_thread(page: Page) -> None:
    page.get_by_role("link", name=TITLE, exact=True).click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.wait_for_load_state()  # until its script is there


def sign_out(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/comfort")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()


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
    expect(ben.get_by_text(SAVED)).to_be_visible()
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
def test_it_is_kept_a_second_after_the_last_key_and_not_before(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    ben.clock.install()
    open_thread(ben)
    saves: list[Request] = []
    ben.on("request", lambda one: saves.append(one) if one.url.endswith("/draft") else None)
    ben.clock.pause_at(ben.evaluate("Date.now() + 60_000") / 1000)
    box = ben.get_by_label("Your words")
    for words in ("I say", " that it helps"):
        box.press_sequentially(words)
        ben.clock.run_for(999)
        assert saves == []
    with ben.expect_request("**/draft") as asked:
        ben.clock.run_for(1)
    assert "I say that it helps" in (asked.value.post_data or "")
    expect(ben.get_by_text(SAVED)).to_be_visible()
    assert len(saves) == 1


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


@pytest.mark.thorough
@pytest.mark.holds("F:F83")
def test_what_is_typed_after_a_sign_out_elsewhere_is_kept_once_they_are_in_again(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    window = open_window()
    ben = site.look_around_as(window, "Ben")
    open_thread(ben)
    box = ben.get_by_label("Your words")
    box.press_sequentially("First,")
    expect(ben.get_by_text(SAVED)).to_be_visible()

    sign_out(window.new_page(), site)
    box.press_sequentially(" then")
    expect(ben.get_by_text("You’re signed out, so we can’t keep your words")).to_be_visible()
    again = ben.get_by_role("link", name="Sign in in a new window")
    expect(again).to_have_attribute("target", "_blank")
    ben.get_by_role("button", name="Send my reply").click()
    expect(ben.locator("#draft-state .saved")).to_be_focused()  # nothing went, and it is said why
    expect(box).to_have_value("First, then")

    site.sign_in(window, "Sam")
    expect(ben.get_by_text("Somebody else is signed in here now")).to_be_visible()
    expect(again).to_be_hidden()
    page = window.new_page()
    page.goto(f"{site.url}/drafts")
    expect(page.get_by_text("First,")).to_have_count(0)
    sign_out(page, site)

    site.sign_in(window, "Ben")
    ben.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # they come back to it
    expect(ben.get_by_text(SAVED)).to_be_visible()
    expect(again).to_be_hidden()
    ben.get_by_role("button", name="Send my reply").click()
    expect(ben.locator("article").get_by_text("First, then")).to_be_visible()


def test_what_the_server_says_is_said(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    gone = {"ok": False, "reason": {"code": "not-found", "text": "It isn’t here any more."}}
    ben.route("**/draft*", lambda route: route.fulfill(status=404, json=gone))
    ben.get_by_label("Your words").press_sequentially("First,")
    expect(ben.get_by_text("It isn’t here any more.")).to_be_visible()


@pytest.mark.thorough
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
    expect(ben.locator(".post:target")).to_be_focused()
