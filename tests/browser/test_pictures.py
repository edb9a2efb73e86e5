"""A picture with a post: by keys alone, without script, and read aloud."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.browser.site import Site
from tests.threads.drawn import picture

pytestmark = pytest.mark.browser

TITLE = "A good morning, for once"
SHOWS = "A flag whose left half is red and whose right half is white."
FLAG: FilePayload = {
    "name": "flag.png",
    "mimeType": "image/png",
    "buffer": picture("PNG", (900, 500)),
}


def open_thread(page: Page) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()


def is_drawn(page: Page, name: str) -> bool:
    image = page.get_by_role("img", name=name)
    image.scroll_into_view_if_needed()
    expect(image).to_have_js_property("complete", value=True)
    return bool(image.evaluate("(image) => image.naturalWidth > 0"))


@pytest.mark.holds("seed:23")
def test_by_keys_alone(site: Site, open_window: Callable[[], BrowserContext]) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    ben.on("filechooser", lambda chooser: None)  # asked for only at the press, it may come too late
    open_thread(ben)
    ben.wait_for_load_state()
    ben.get_by_label("Your words").press_sequentially("Mine is red.")
    add = ben.get_by_role("button", name="Add a picture")
    add.focus()
    with ben.expect_navigation():
        ben.keyboard.press("Enter")
    file = ben.get_by_label("Choose a picture")
    file.focus()
    with ben.expect_file_chooser() as chooser:
        ben.keyboard.press("Enter")
    heavy = FilePayload(FLAG, buffer=bytes(9 * 1024 * 1024))
    chooser.value.set_files([heavy])
    expect(ben.get_by_text("This picture has more than 8 MB.")).to_be_visible()
    file.set_input_files([FLAG])
    expect(ben.get_by_text("This picture has more than 8 MB.")).not_to_be_attached()
    file.focus()
    ben.keyboard.press("Tab")
    expect(ben.get_by_label("What the picture shows")).to_be_focused()
    ben.keyboard.type(SHOWS)
    ben.keyboard.press("Tab")
    expect(ben.get_by_role("button", name="Add this picture")).to_be_focused()
    with ben.expect_navigation():
        ben.keyboard.press("Enter")
    expect(ben.get_by_label("Your words")).to_have_value("Mine is red.")
    expect(ben.get_by_text(f"Picture 1: {SHOWS}")).to_be_visible()
    ben.get_by_role("button", name="Send my reply").focus()
    with ben.expect_navigation():
        ben.keyboard.press("Enter")
    assert is_drawn(ben, SHOWS)
    summary = ben.locator("summary", has_text="Read what it shows").last
    summary.focus()
    ben.keyboard.press("Enter")
    expect(ben.get_by_text(f"A picture: {SHOWS}").last).to_be_visible()


@pytest.mark.holds("seed:23")
def test_without_script(site: Site, browser: Browser) -> None:
    with browser.new_context(java_script_enabled=False) as window:
        sam = site.look_around_as(window, "Sam")
        open_thread(sam)
        sam.get_by_label("Your words").fill("Another one.")
        sam.get_by_role("button", name="Add a picture").click()
        sam.get_by_role("button", name="Add this picture").click()
        expect(sam.get_by_text("There is a problem")).to_be_visible()
        sam.get_by_label("Choose a picture").set_input_files([FLAG])
        sam.get_by_role("button", name="Add this picture").click()
        sam.get_by_label("What the picture shows").fill(f"{SHOWS} Once more.")
        sam.get_by_role("button", name="Save").click()
        expect(sam.get_by_label("Your words")).to_have_value("Another one.")
        sam.get_by_role("button", name="Send my reply").click()
        expect(sam.get_by_role("img", name=f"{SHOWS} Once more.")).to_be_visible()


@pytest.mark.holds("F:F40", "seed:23")
def test_it_is_as_bright_as_its_reader_chose_and_darker_in_low_light(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    thread = ben.url
    ben.get_by_role("button", name="Add a picture").click()
    ben.get_by_label("Choose a picture").set_input_files([FLAG])
    ben.get_by_label("What the picture shows").fill(SHOWS)
    ben.get_by_role("button", name="Add this picture").click()
    ben.get_by_label("Your words").fill("Mine is red.")
    ben.get_by_role("button", name="Send my reply").click()
    for choice, bright, in_low_light in (
        ("As they are", 1, 0.6),
        ("A little darker", 0.7, 0.6),
        ("Much darker", 0.4, 0.4),
    ):
        ben.goto(f"{site.url}/comfort")
        ben.get_by_role("radio", name=choice).check()
        ben.get_by_role("button", name="Save Pictures and video").click()
        ben.goto(thread)
        image = ben.get_by_role("img", name=SHOWS)
        expect(image).to_have_css("filter", f"brightness({bright})")
        ben.evaluate("document.documentElement.dataset.theme = 'low'")
        expect(image).to_have_css("filter", f"brightness({in_low_light})")
