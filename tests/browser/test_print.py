"""A thread on paper: its words whole, black on white, and nothing that only a screen can use."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.eyes import THEMES
from tests.browser.site import Site
from tests.browser.test_draft import open_thread

pytestmark = pytest.mark.browser

LONG = "https://example.org/" + "a-very-long-way-to-a-leaflet/" * 12
WORDS = f"I gave them [this leaflet]({LONG}), and {LONG}"

CUT = """sheet => [...sheet.querySelectorAll("*")].filter(each => {
    const { overflow, display } = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    const isOver = box.right > document.documentElement.clientWidth + 1 || box.left < 0;
    const isShut = overflow !== "visible" && each.scrollHeight > each.clientHeight + 1;
    return display !== "inline" && (isOver || isShut || each.scrollWidth > each.clientWidth + 1);
}).map(each => each.outerHTML.slice(0, 80))"""
INKS = """main => [...new Set([...main.querySelectorAll("*")]
    .filter(each => each.checkVisibility()).map(each => getComputedStyle(each).color))]"""
PAPER = {"width": 640, "height": 900}  # A4 without its edges


def test_a_thread_is_printed_whole_in_black_on_white(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    ben.get_by_label("Your words").fill(WORDS)
    ben.get_by_role("button", name="Send my reply").click()
    expect(ben.get_by_role("link", name="this leaflet")).to_be_visible()
    ben.goto(ben.url.split("#")[0].split("?")[0] + "/print")
    ben.set_viewport_size(PAPER)
    of_the_screen = ben.locator(".top, .foot, .skip, nav, .unprinted")
    assert of_the_screen.count() > 4
    ben.emulate_media(media="print", color_scheme="dark")
    for each in of_the_screen.all():
        expect(each).to_be_hidden()
    sheet = ben.locator(".sheet")
    assert sheet.locator("article").count() > 1
    for each in sheet.locator("article, article *").all():
        expect(each).to_be_visible()
    link = sheet.get_by_role("link", name="this leaflet")
    expect(link).to_have_css("text-decoration-line", "underline")
    assert sheet.evaluate(CUT) == []
    for theme in (None, *THEMES):
        if theme:
            ben.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
        assert ben.locator("main").evaluate(INKS) == ["rgb(0, 0, 0)"]
        expect(ben.locator("html")).to_have_css("background-color", "rgb(255, 255, 255)")


PRESSES = "main :is(button, input, select, textarea, summary, form, .btn, .crumbs):not([hidden])"
PRINTED = """all => all.filter(each => each.checkVisibility() && each.offsetHeight)
    .map(each => each.outerHTML)"""
LOST = ("Your reply", "Tell me about new replies", "Find your way", "How is today?", "Quiet days")


def test_what_nobody_can_press_on_paper_is_not_printed(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    home = ben.url
    open_thread(ben)
    topic = ben.get_by_role("navigation", name="You are here").get_by_role("link").last
    pages = (home, ben.url, f"{site.url}{topic.get_attribute('href')}")
    for page in pages:
        ben.goto(page)
        ben.emulate_media(media="screen")
        presses = ben.locator(PRESSES)
        assert presses.count() > 4
        ben.emulate_media(media="print")
        assert presses.evaluate_all(PRINTED) == []
        for words in LOST:
            expect(ben.get_by_role("heading", name=words)).to_have_count(0)
        assert ben.locator("main").get_by_role("heading").count() > 1
    ben.goto(f"{site.url}/help-now")
    expect(ben.locator("main a[href^='tel:']").first).to_be_visible()
