"""Words that are taken away while somebody has them open: also where they stand a second time."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.ears import VOICES, spoken
from tests.browser.site import Site
from tests.browser.test_aloud import SLOWLY, press, status_of

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat, and which way I face"
WORDS = "looked at the rain for forty minutes"
QUOTE = "That’s the whole story."


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
    expect(hana.get_by_role("article").first).to_contain_text("Ruth took this back.")
    expect(hana.get_by_role("heading", level=1)).to_have_text("A thread")
    expect(hana).to_have_title(re.compile("^A thread – "))
    for page in (hana, found, sheet):
        for words in (WORDS, TITLE, QUOTE):
            expect(page.get_by_text(words)).to_have_count(0)
    expect(hana.get_by_label("Write to Ruth")).to_have_value("I can see it.")
    hana.evaluate("endSentence()")
    expect(status_of(hana)).to_contain_text("Reading post 1 of")
    hana.wait_for_function("spoken.some(({ words }) => words === 'Ruth took this back.')")
    assert not any(WORDS in words for words in spoken(hana))
