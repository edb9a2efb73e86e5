"""The buttons beside the big box: by press, by keys and by a switch, with undo and with drafts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.site import Site
from tests.browser.test_draft import open_thread

pytestmark = pytest.mark.browser

NAMES = ("Bold", "List", "Quote", "Link")


@pytest.fixture
def ben(site: Site, open_window: Callable[[], BrowserContext]) -> Page:
    page = site.look_around_as(open_window(), "Ben")
    open_thread(page)
    return page


def box(page: Page) -> Locator:
    return page.get_by_label("Your words")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def choose(page: Page, words: str) -> None:
    """As somebody does with the mouse, or by voice: “select …”."""
    box(page).evaluate(
        "(box, words) => { box.focus(); const at = box.value.indexOf(words);"
        " box.setSelectionRange(at, at + words.length); }",
        words,
    )


def test_without_script_the_same_is_explained(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    window = open_window()
    page = site.look_around_as(window, "Ben")
    page.route("**/*.js", lambda route: route.abort())
    open_thread(page)
    expect(page.get_by_role("button", name="Bold")).to_be_hidden()
    page.get_by_text("How to make words bold, or a list").click()
    expect(page.get_by_text("put two stars before and two after")).to_be_visible()


@pytest.mark.holds("F:F80", "F:F86")
def test_its_names_are_its_words_and_it_is_as_large_as_a_hand_needs(ben: Page) -> None:
    for name in NAMES:
        button = ben.get_by_role("button", name=name, exact=True)
        expect(button).to_have_text(name)
        area = button.bounding_box()
        assert area is not None
        assert min(area["width"], area["height"]) >= 48
    expect(ben.get_by_text("How to make words bold, or a list")).to_be_hidden()


def test_bold_is_put_around_what_is_chosen_and_taken_away_by_the_same_press(ben: Page) -> None:
    box(ben).fill("The window seat helps.")
    choose(ben, "window ")
    press(ben, "Bold")
    expect(box(ben)).to_have_value("The **window** seat helps.")
    expect(box(ben)).to_be_focused()
    expect(ben.get_by_text("Bold. Press again to undo.")).to_be_visible()
    ben.wait_for_timeout(700)  # a meant second press comes later than an unmeant one
    press(ben, "Bold")
    expect(box(ben)).to_have_value("The window seat helps.")
    expect(ben.get_by_text("Not bold any more.")).to_be_visible()


def test_what_it_did_is_undone_by_the_browser_s_own_keys(ben: Page) -> None:
    box(ben).press_sequentially("Tea")
    choose(ben, "Tea")
    press(ben, "Bold")
    expect(box(ben)).to_have_value("**Tea**")
    box(ben).press("Control+z")
    expect(box(ben)).to_have_value("Tea")


def test_at_the_cursor_words_are_written_between_the_marks(ben: Page) -> None:
    press(ben, "Bold")
    expect(ben.get_by_text("What you write between the stars is bold.")).to_be_visible()
    ben.keyboard.type("tea")
    expect(box(ben)).to_have_value("**tea**")


@pytest.mark.holds("F:F82")
def test_a_second_unmeant_press_does_nothing(ben: Page) -> None:
    box(ben).fill("Tea")
    choose(ben, "Tea")
    ben.get_by_role("button", name="Bold", exact=True).dblclick()
    expect(box(ben)).to_have_value("**Tea**")


def test_lists_and_quotes_take_whole_lines_and_nothing_beside_them(ben: Page) -> None:
    box(ben).fill("I take:\ntea\nwater\nThat is all.")
    choose(ben, "ea\nwat")
    press(ben, "List")
    expect(box(ben)).to_have_value("I take:\n\n- tea\n- water\n\nThat is all.")
    box(ben).fill("As you said")
    press(ben, "Quote")
    expect(box(ben)).to_have_value("> As you said")
    ben.wait_for_timeout(700)
    press(ben, "Quote")
    expect(box(ben)).to_have_value("As you said")


def test_a_link_asks_for_its_address_on_the_page(ben: Page) -> None:
    box(ben).fill("The bus times are there.")
    choose(ben, "bus times")
    press(ben, "Link")
    address = ben.get_by_label("Address of the page")
    expect(address).to_be_focused()
    for wrong in ("javascript:alert(1)", "", "two words", "ftp://example.org"):
        address.fill(wrong)
        address.press("Enter")
        expect(ben.get_by_text("Enter a whole address")).to_be_visible()
        expect(address).to_be_focused()
    address.fill("example.org/a(b)")
    press(ben, "Put the link in")
    expect(box(ben)).to_have_value("The [bus times](https://example.org/a%28b%29) are there.")
    expect(address).to_be_hidden()
    expect(box(ben)).to_be_focused()
    ben.wait_for_timeout(700)
    press(ben, "Link")
    press(ben, "No link")
    expect(address).to_be_hidden()


@pytest.mark.holds("F:F83")
def test_by_keys_alone_and_it_is_kept_and_looks_as_it_will(ben: Page) -> None:
    box(ben).focus()
    ben.keyboard.type("tea")
    ben.keyboard.press("Shift+Home")
    for _ in NAMES:
        ben.keyboard.press("Shift+Tab")
    expect(ben.get_by_role("button", name="Bold", exact=True)).to_be_focused()
    ben.keyboard.press("Enter")
    expect(box(ben)).to_have_value("**tea**")
    expect(ben.get_by_text(re.compile("Your words are safe. Draft saved at"))).to_be_visible()
    ben.get_by_text("Add what I tried").click()
    ben.get_by_label("What I tried", exact=True).fill("Warm water")
    ben.get_by_label("How long").fill("A week")
    ben.get_by_label("How long").press("Enter")  # sends nothing
    press(ben, "See how it will look")
    expect(ben.get_by_role("heading", name="How it will look")).to_be_visible()
    expect(ben.locator(".body strong").first).to_have_text("tea")
    expect(ben.get_by_text("One person’s experience.")).to_be_visible()
    ben.get_by_role("link", name="Change my words").click()
    expect(box(ben)).to_have_value("**tea**")
    expect(ben.get_by_label("How long")).to_have_value("A week")
    press(ben, "See how it will look")
    press(ben, "Send it")
    expect(ben.locator(".post .tried").last).to_contain_text("Warm water")
