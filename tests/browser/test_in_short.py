"""A long thread in short: written by keyboard, read and heard above the replies."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.ears import VOICES, spoken
from tests.browser.eyes import PHONE, SCRIPTS, WIDE, measure
from tests.browser.route_in_short import TITLE, WRITE, lengthen
from tests.browser.site import Site
from tests.browser.test_keyboard import look_around_as

pytestmark = [pytest.mark.browser, pytest.mark.holds("F:F33")]

WORDS = "Most of us sit at the window, and a scarf helps."
MORE = " Some wear a cap."


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_it_is_written_changed_and_taken_away_by_keyboard(
    site: Site, open_window: Callable[[], BrowserContext], size: tuple[int, int]
) -> None:
    lengthen(site)
    width, height = size
    ruth = look_around_as("Ruth", site, open_window())
    ruth.page.set_viewport_size({"width": width, "height": height})
    ruth.press("link", TITLE)
    ruth.press("link", WRITE)
    ruth.write("The thread in short", WORDS)
    ruth.press("button", "Show it above the replies")
    box = ruth.page.get_by_role("article", name="In short Written by Ruth, up to reply 21")
    expect(box.get_by_text(WORDS)).to_be_visible()
    ruth.press("link", "Change it in short")
    ruth.go_to("textbox", "The thread in short")
    ruth.page.keyboard.press("Control+End")
    ruth.page.keyboard.type(MORE)
    ruth.press("button", "Show it above the replies")
    expect(box.get_by_text(WORDS + MORE)).to_be_visible()
    ruth.press("link", "Take it away in short")
    ruth.press("button", "Take it away")
    expect(ruth.page.get_by_role("link", name=WRITE)).to_be_visible()
    expect(box).to_have_count(0)


def test_nothing_is_wrong_with_its_pages_in_any_theme_wide_or_on_a_phone(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    lengthen(site)
    context = open_window()
    for script in SCRIPTS:
        context.add_init_script(path=script)
    page = site.look_around_as(context, "Ruth")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name=WRITE).click()
    page.get_by_label("The thread in short").fill("So. " * 200)
    page.get_by_role("button", name="Show it above the replies").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    found = {"too long": measure(page, "too long")}
    page.get_by_label("The thread in short").fill(WORDS)
    page.get_by_role("button", name="Show it above the replies").click()
    expect(page.locator("#in-short").get_by_text(WORDS)).to_be_visible()
    found["above the replies"] = measure(page, "above the replies")
    page.get_by_role("link", name="Take it away in short").click()
    expect(page.get_by_role("heading", name="Take this summary away?")).to_be_visible()
    found["taken away"] = measure(page, "taken away")
    faults = [(what, kind, each) for what in found for kind, each in found[what].items() if each]
    assert faults == []


@pytest.mark.holds("F:F50")
def test_a_voice_reads_it_before_the_replies(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    lengthen(site)
    context = open_window()
    context.add_init_script(VOICES)
    page = site.look_around_as(context, "Ruth")
    page.get_by_role("link", name=TITLE).first.click()
    page.get_by_role("link", name=WRITE).click()
    page.get_by_label("The thread in short").fill(WORDS)
    page.get_by_role("button", name="Show it above the replies").click()
    expect(page.locator("#in-short")).to_be_visible()
    last = page.locator("article.reply .by b").first.text_content() or ""
    page.get_by_role("button", name="Read aloud").click()
    expect(page.locator("#aloud [role=status]")).to_have_text(
        "That was the last post on this page."
    )
    said = spoken(page)
    first = next(at for at, each in enumerate(said) if "In short" in each)
    assert WORDS in said[first + 1 :]
    assert any(last in each for each in said[first + 1 :])
