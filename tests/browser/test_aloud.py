"""A thread read aloud: by a voice of this device's own or by none, and stopped where one likes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Request, Route, expect

from community.accounts.rules import PRESS_FILTER
from tests.browser.ears import VOICES, spoken
from tests.browser.site import Site
from tests.browser.test_draft import keeps

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
  window.endSentence = () => { const said = saying; saying = null; said?.onend(); };
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


REFUSING = """
window.speechSynthesis.speak = (said) => setTimeout(() => said.onerror({ type: "error" }));
"""
EYES_CLOSED = """
window.IntersectionObserver = class { observe() {} unobserve() {} };
"""


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def status_of(page: Page) -> Locator:
    return page.locator("#aloud [role=status]")


def hears_on(page: Page, until: str) -> None:
    """Sentence by sentence, until it says this."""
    for _ in range(60):
        if until in (status_of(page).text_content() or ""):
            return
        page.evaluate("endSentence()")
        page.wait_for_timeout(50)
    raise AssertionError(f"never heard: {until}")


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
    status = status_of(page)
    headings = page.locator("article.post .by :is(h2, h3)").all_text_contents()
    press(page, "Read aloud")
    expect(status).to_contain_text("Reading post 1 of")
    page.evaluate("endSentence()")
    page.wait_for_function("spoken.length === 2")
    page.wait_for_timeout(PRESS_FILTER)  # sooner it would be the same press twice
    page.get_by_role("button", name="Pause", exact=True).dblclick()
    expect(status).to_have_text("Paused. It goes on from this sentence.")
    page.wait_for_timeout(PRESS_FILTER)
    press(page, "Read on")
    page.wait_for_function("spoken.length === 3")
    assert spoken(page)[1] == spoken(page)[2]
    page.get_by_role("button", name="Slower").click()
    expect(status).to_have_text("A little slower now.")
    page.wait_for_function("spoken.at(-1).rate === 0.75")
    page.get_by_role("button", name="Next post").dblclick()
    expect(status).to_contain_text("Reading post 2 of")
    assert spoken(page)[-1] == " ".join(headings[1].split())  # who wrote it, when and to whom
    press(page, "Post before")
    expect(status).to_contain_text("Reading post 1 of")
    press(page, "Stop reading")
    expect(status).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()


@pytest.mark.holds("F:F50")
def test_it_begins_at_any_post_and_pauses_there(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES, SLOWLY)
    status = status_of(page)
    press(page, "Read from here post 2")
    expect(status).to_contain_text("Reading post 2 of")
    page.wait_for_timeout(PRESS_FILTER)
    press(page, "Pause post 2")
    expect(status).to_have_text("Paused. It goes on from this sentence.")
    press(page, "Read from here post 1")
    expect(status).to_contain_text("Reading post 1 of")
    expect(page.get_by_role("button", name="Read from here post 2")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.holds("F:F51")
def test_what_was_heard_to_its_end_is_where_they_carry_on_and_not_what_was_skipped(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES, SLOWLY, EYES_CLOSED)
    sent: list[Request] = []
    page.on("request", lambda asked: sent.append(asked) if asked.url.endswith("/place") else None)
    press(page, "Read aloud")
    expect(status_of(page)).to_contain_text("Reading post 1 of")
    press(page, "Next post")
    expect(status_of(page)).to_contain_text("Reading post 2 of")
    with page.expect_request(lambda asked: keeps(asked, "2")):
        hears_on(page, "Reading post 3 of")
    press(page, "Stop reading")
    page.wait_for_timeout(3500)  # longer than the page takes to come to rest
    assert len(sent) == 1


@pytest.mark.holds("F:F50")
def test_at_the_end_of_a_page_the_next_one_is_read_by_a_press(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES)
    first = page.url
    more = '<p><a class="btn" rel="next" href="?after=2">Show later replies</a></p></section>'

    def with_more(route: Route) -> None:
        body = route.fetch().text().replace("</section>", more, 1)
        route.fulfill(body=body, content_type="text/html")

    page.route(first, with_more)
    page.reload()
    press(page, "Read aloud")
    expect(status_of(page)).to_contain_text("There are later replies.")
    press(page, "Read the next page")
    page.wait_for_url("**?after=2")
    expect(status_of(page)).to_have_text("That was the last post on this page.")
    expect(page.get_by_role("button", name="Read aloud")).to_be_focused()
    said = spoken(page)
    assert said[0] == " ".join(
        (page.locator("article.reply h3").first.text_content() or "").split()
    )


def test_where_the_device_reads_only_after_a_press_nothing_is_passed_over(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = thread_of(site, open_window(), VOICES, REFUSING)
    press(page, "Read aloud")
    expect(status_of(page)).to_have_text("Your device hasn’t read it yet. Press Read on.")
    expect(page.get_by_role("button", name="Read on", exact=True)).to_be_visible()


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
