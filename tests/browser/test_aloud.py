"""A thread read aloud: by a voice of this device's own or by none, and stopped where one likes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ears import VOICES, spoken
from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat"

# A sentence lasts until the test says that it is over, or it is cut short.
SLOWLY = """
(() => {
  const { speechSynthesis } = window;
  const keep = speechSynthesis.speak;
  let saying = null;
  speechSynthesis.speak = (said) => {
    keep.call(speechSynthesis, { text: said.text, voice: said.voice, rate: said.rate });
    saying = said;
  };
  speechSynthesis.cancel = () => { saying?.onerror?.(); saying = null; };
  window.endSentence = () => { const said = saying; saying = null; said.onend(); };
})()
"""
FAR_ONLY = """
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ name: "Far", lang: "en-GB", localService: false }],
  speak() { throw new Error("words went to a voice from elsewhere"); },
  cancel() {},
  addEventListener() {},
} });
"""


def thread_of(site: Site, context: BrowserContext, *scripts: str) -> Page:
    for script in scripts:
        context.add_init_script(script)
    page = site.look_around_as(context, "Ruth")
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    return page


@pytest.mark.holds("F:F50")
def test_a_thread_is_read_to_its_end_by_a_voice_of_this_device(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES)
    page.get_by_role("button", name="Read aloud").click()
    expect(page.locator("#aloud [role=status]")).to_have_text(
        "That was the last post on this page."
    )
    said = " ".join(spoken(page))
    for post in page.locator("article.post").all():
        name = post.locator(".by b").text_content() or ""
        assert name in said
    for words in page.locator("article.post .body > p").all_text_contents():
        assert words.split(".")[0] in said
    expect(page.get_by_role("button", name="Read aloud")).to_be_visible()
    expect(page.get_by_role("button", name="Next post")).to_be_hidden()


@pytest.mark.holds("F:F50")
def test_it_pauses_goes_on_goes_slower_and_goes_to_another_post(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES, SLOWLY)
    status = page.locator("#aloud [role=status]")
    names = page.locator("article.post .by b").all_text_contents()
    page.get_by_role("button", name="Read aloud").click()
    expect(status).to_contain_text("Reading post 1 of")
    page.evaluate("endSentence()")
    page.wait_for_function("spoken.length === 2")
    page.get_by_role("button", name="Pause").click()
    expect(status).to_have_text("Paused. It goes on from this sentence.")
    page.get_by_role("button", name="Read on").click()
    page.wait_for_function("spoken.length === 3")
    assert spoken(page)[1] == spoken(page)[2]
    page.get_by_role("button", name="Slower").click()
    expect(status).to_have_text("A little slower now.")
    page.wait_for_function("spoken.at(-1).rate === 0.75")
    page.get_by_role("button", name="Next post").click()
    expect(status).to_contain_text("Reading post 2 of")
    assert spoken(page)[-1] == names[1]
    page.get_by_role("button", name="Post before").click()
    expect(status).to_contain_text("Reading post 1 of")
    page.get_by_role("button", name="Stop reading").click()
    expect(status).to_have_text("Stopped.")


@pytest.mark.holds("F:F50")
def test_without_a_voice_of_its_own_nothing_is_read_and_that_is_said(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), FAR_ONLY)
    page.get_by_role("button", name="Read aloud").click()
    expect(page.get_by_text("This device has no voice of its own that we can use.")).to_be_visible()


def test_without_script_there_is_no_button_that_does_nothing(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window())
    page.route("**/aloud.js", lambda route: route.abort())
    page.reload()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(page.get_by_role("button", name="Read aloud")).to_be_hidden()
