"""Words that are taken away while somebody has them open: also where they stand a second time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ears import VOICES, spoken
from tests.browser.site import Site
from tests.browser.test_aloud import SLOWLY, press, status_of

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat, and which way I face"
WORDS = "looked at the rain for forty minutes"
SORRY = "used to say sorry every time"
QUOTE = "That’s the whole story."
NAMES = ("Hana", "Ruth", "Ana")


@pytest.mark.holds("promise:8")
def test_the_title_what_is_quoted_and_the_voice_go_with_the_words(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    window = open_window()
    for script in (VOICES, SLOWLY):
        window.add_init_script(script)
    hana, ruth = site.look_around_as(window, "Hana"), site.look_around_as(open_window(), "Ruth")
    for page in (hana, ruth):
        page.get_by_role("link", name=TITLE).first.click()
        expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    hana.get_by_role("link", name="Reply to Ruth").click()
    hana.get_by_text("Quote a sentence of Ruth’s post").click()
    expect(hana.get_by_role("radio", name=QUOTE)).to_have_count(1)
    expect(hana.locator("blockquote", has_text=QUOTE)).to_be_visible()
    hana.get_by_label("Write to Ruth").fill("I can see it.")
    press(hana, "Read aloud")
    expect(status_of(hana)).to_contain_text("Reading post 1 of")
    thread = hana.url.split("?")[0]
    found, sheet = window.new_page(), window.new_page()
    found.goto(f"{thread}/find")
    found.get_by_label("Written by").select_option(label="Ruth")
    press(found, "Show these posts")
    sheet.goto(f"{thread}/print")
    for page in (found, sheet):
        expect(page.get_by_text(WORDS)).to_be_visible()
        expect(page.get_by_text(TITLE).first).to_be_visible()

    ruth.get_by_role("link", name="Take it back").first.click()
    ruth.get_by_role("button", name="Take it back").click()
    expect(hana.get_by_role("heading", level=1)).to_have_text("A thread")
    expect(hana).to_have_title(re.compile("^A thread – "))
    for page in (hana, found, sheet):
        expect(page.get_by_role("article").first).to_contain_text("Ruth took this back.")
        for words in (WORDS, TITLE, QUOTE):
            expect(page.get_by_text(words)).to_have_count(0)
    expect(hana.get_by_label("Write to Ruth")).to_have_value("I can see it.")
    hana.evaluate("endSentence()")
    expect(status_of(hana)).to_contain_text("Reading post 1 of")
    hana.wait_for_function("spoken.some(({ words }) => words === 'Ruth took this back.')")
    assert not any(WORDS in words for words in spoken(hana))


def brought_to(page: Page) -> list[str]:
    """What comes by the page’s line from now on."""
    said: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda what: said.append(str(what))))
    return said


def wait_for(page: Page, said: list[str], words: str) -> None:
    """Until its line has brought this."""
    for _ in range(200):
        if any(words in each for each in said):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no {words} came")


@pytest.mark.holds("promise:8")
def test_a_page_says_the_name_that_it_has_and_whoever_keeps_apart_is_told_none(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana, ruth, ana = (site.look_around_as(open_window(), name) for name in NAMES)
    hana.get_by_role("link", name=TITLE).first.click()
    expect(hana.get_by_role("heading", name=TITLE)).to_be_visible()
    thread = hana.url.split("?")[0]
    hana.get_by_label("Your words").fill("I sit there too.")
    hana.get_by_role("button", name="Send my reply").click()
    expect(hana.get_by_text("I sit there too.")).to_be_visible()
    ana.goto(thread)
    ana.get_by_role("link", name="Report Hana’s post").last.click()
    ana.get_by_role("link", name="Keep apart from Hana").click()
    ana.get_by_role("button", name="Keep apart").click()
    expect(ana.get_by_text("You keep apart from Hana now.")).to_be_visible()
    told = {page: brought_to(page) for page in (ruth, ana)}
    for page, said in told.items():
        page.goto(thread)
        wait_for(page, said, '"gone"')  # it follows its thread
    expect(ana.get_by_text("I sit there too.")).to_have_count(0)

    hana.get_by_role("link", name="Take it back").last.click()
    hana.get_by_role("button", name="Take it back").click()
    expect(ruth.get_by_text("Hana took this back.")).to_be_visible()
    wait_for(ana, told[ana], "post-gone")
    assert not any("Hana" in each for each in told[ana])
    expect(ana.get_by_text("Hana")).to_have_count(0)


@pytest.mark.holds("promise:8")
def test_what_was_found_leaves_an_open_page_of_results_when_it_is_looked_at_again(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana, ruth = (site.look_around_as(open_window(), name) for name in ("Hana", "Ruth"))
    hana.goto(f"{site.url}/search")
    hana.get_by_label("What are you looking for?").fill("say")
    hana.get_by_role("button", name="Search", exact=True).click()
    found = hana.locator("[aria-labelledby=found] li")
    expect(found.filter(has_text=SORRY)).to_have_count(1)
    [other] = found.filter(has_not_text=SORRY).all_inner_texts()
    hana.get_by_role("link", name=TITLE).focus()

    ruth.get_by_role("link", name=TITLE).first.click()
    ruth.get_by_role("link", name="Take it back").first.click()
    ruth.get_by_role("button", name="Take it back").click()
    expect(ruth.get_by_text(SORRY)).to_have_count(0)
    hana.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # she comes back to it
    gone = found.filter(has_text="This isn’t shown any more.")
    expect(gone).to_be_focused()
    expect(gone.get_by_role("link")).to_have_count(0)
    for words in (SORRY, TITLE):
        expect(hana.get_by_text(words)).to_have_count(0)
    assert other in found.all_inner_texts()
