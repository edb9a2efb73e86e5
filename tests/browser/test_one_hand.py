"""Somebody writes on a phone with one hand, and is interrupted: every word is there at the end."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

TITLE = "The kettle and my left hand"
BEFORE = "I put the kettle down before it was full,"
AFTER = " and that was enough tea for one."
IN_BETWEEN = " because my hand had other plans,"
SAVED = re.compile(r"Your words are safe\. Draft saved at")
LOST = "We can’t keep your words at the moment. They’re still on this page"

COVER = """
Object.defineProperty(document, "hidden", {value: true});
document.dispatchEvent(new Event("visibilitychange"));
"""
"""A browser without a screen shows every page at once, so none of them says it is covered."""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Somebody’s phone: small, and touched."""
    how = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(window(browser, **how)))


def begin(page: Page, site: Site) -> None:
    """From the topics to the box, by taps alone."""
    page.goto(f"{site.url}/topics/everyday-tips")
    page.get_by_role("button", name="Start a thread").tap()
    expect(page.get_by_role("heading", name="Start a thread")).to_be_visible()
    page.wait_for_load_state()  # until its script is there


def write(page: Page, words: str) -> None:
    """At the end of what is there already."""
    box = page.get_by_label("Your words")
    box.tap()
    box.press("Control+End")
    page.keyboard.type(words)


def on_this_phone(page: Page, site: Site, words: str) -> None:
    """Open the page anew until what left with the page before has arrived."""
    for _ in range(20):
        page.goto(f"{site.url}/threads/new")
        if page.get_by_label("Your words").input_value() == words:
            return
    raise AssertionError("the words didn’t arrive")


def expect_it_all(page: Page, words: str) -> None:
    expect(page.get_by_label("Your words")).to_have_value(words)
    expect(page.get_by_label("Title")).to_have_value(TITLE)
    expect(page.get_by_label("What is it about?")).to_have_value("everyday-tips")
    expect(page.get_by_role("radio", name="Just listening")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Surgery or needles")).to_be_checked()


def fits(page: Page) -> bool:
    """Nothing has to be pushed sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.thorough
@pytest.mark.holds("F:F83")
def test_whatever_comes_in_between_every_word_is_there_and_goes_once(
    site: Site, phone: Callable[[], BrowserContext]
) -> None:
    theirs = phone()
    page = site.look_around_as(theirs, "Ruth")
    begin(page, site)
    assert fits(page)
    page.get_by_label("Title").tap()
    page.keyboard.type(TITLE)
    page.get_by_role("radio", name="Just listening").tap()
    page.get_by_text("Content notes, if it needs any").tap()
    page.get_by_role("checkbox", name="Surgery or needles").tap()
    write(page, BEFORE)

    page.goto("about:blank")  # somebody calls, before the second after the last key is over
    page = theirs.new_page()
    on_this_phone(page, site, BEFORE)
    expect_it_all(page, BEFORE)

    theirs.set_offline(True)  # the train goes through a tunnel
    write(page, IN_BETWEEN)
    expect(page.get_by_text(LOST)).to_be_visible()
    expect(page.get_by_label("Your words")).to_have_value(BEFORE + IN_BETWEEN)
    theirs.set_offline(False)
    expect(page.get_by_text(SAVED)).to_be_visible()  # nobody pressed anything

    other = theirs.new_page()  # the phone is signed out in the middle
    other.goto(f"{site.url}/home")
    other.get_by_role("button", name="Sign out").tap()
    expect(other.get_by_role("link", name="Sign in").first).to_be_visible()
    page.get_by_role("button", name="Start this thread").tap()
    expect(page.get_by_text(BEFORE + IN_BETWEEN)).to_be_visible()  # to be copied; nothing went

    page = site.look_around_as(phone(), "Ruth")  # another device
    page.goto(f"{site.url}/drafts")
    page.get_by_role("link", name=TITLE).tap()
    page.wait_for_load_state()
    expect_it_all(page, BEFORE + IN_BETWEEN)
    assert fits(page)
    write(page, AFTER)
    twice(page, "Start this thread")
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_text(BEFORE + IN_BETWEEN + AFTER)).to_be_visible()
    expect(page.get_by_text("Just listening, please").first).to_be_visible()
    expect(page.get_by_text("Content note: Surgery or needles")).to_be_visible()
    page.goto(f"{site.url}/topics/everyday-tips")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(1)
    page.goto(f"{site.url}/drafts")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)


@pytest.mark.holds("F:F83")
def test_words_are_kept_when_another_window_comes_before_them_and_not_only_after_a_second(
    site: Site, phone: Callable[[], BrowserContext]
) -> None:
    page = site.look_around_as(phone(), "Ruth")
    begin(page, site)
    page.evaluate("window.setTimeout = () => 0")  # the second after the last key never ends
    write(page, BEFORE)
    expect(page.get_by_text(SAVED)).to_be_hidden()
    page.evaluate(COVER)
    expect(page.get_by_text(SAVED)).to_be_visible()


def twice(page: Page, name: str) -> None:
    """A thumb that shakes taps twice."""
    button = page.get_by_role("button", name=name)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    for _ in range(2):
        page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
