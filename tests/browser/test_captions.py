"""Captions in real browsers: each reader’s own choice, typed by the speaker or a volunteer, or
made on the speaker’s device and nowhere else."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.seated import WITH_SOCKET, Seated, come_in, is_answered
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

# Headless Chromium recognises nothing: this stands for the one call of the browser.
PRETEND_EARS = """
window.asked = [];
window.SpeechRecognition = class extends EventTarget {
  processLocally = false;
  static async available(wanted) { window.asked.push(wanted); return "available"; }
  start() { window.ears = this; }
  abort() {
    window.ears = null;
    this.dispatchEvent(Object.assign(new Event("error"), { error: "aborted" }));
    this.dispatchEvent(new Event("end"));
  }
};
window.hear = (transcript) => {
  if (!window.ears) return false;
  const result = Object.assign([{ transcript }], { isFinal: true });
  const event = Object.assign(new Event("result"), { resultIndex: 0, results: [result] });
  window.ears.dispatchEvent(event);
  return true;
};
"""
# Three times the size that captions have, by the style sheet of the page they came from.
LARGE = "(line) => parseFloat(getComputedStyle(line).fontSize) > 60"

LINE = f"async (what) => {{ {WITH_SOCKET} socket[what](); }}"
NO_MODEL = """
window.SpeechRecognition = class extends EventTarget {
  processLocally = false;
  static async available() { return "downloadable"; }
  start() { window.started = true; }
};
"""


@pytest.fixture
def circle(site: Site, browser: Browser) -> Iterator[dict[str, Seated]]:
    """Ana speaks; Hana and Ben listen. Ana’s device could make captions, Ben’s couldn’t."""
    contexts = {name: window(browser) for name in ("Hana", "Ana", "Ben")}
    contexts["Ana"].add_init_script(PRETEND_EARS)
    contexts["Ben"].add_init_script(NO_MODEL)
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    people["Hana"].begins_a_round(people["Ana"])
    people["Ana"].press("Start my turn")
    people["Ben"].sees("Ana is speaking")
    yield people
    for context in contexts.values():
        context.close()


def turn_on(page: Page) -> None:
    page.get_by_role("button", name="Captions", exact=True).click()
    expect(page.get_by_role("region", name="Captions")).to_be_visible()
    is_answered(page)  # from now on they come


def show_letters(page: Page) -> None:
    page.get_by_text("How captions look").click()
    button = page.get_by_role("button", name="Letters as they are typed")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    is_answered(page)


def write_line(page: Page, words: str) -> None:
    page.get_by_label("Type a line of captions").fill(words)
    page.get_by_role("button", name="Send this line").click()
    expect(page.get_by_label("Type a line of captions")).to_have_value("")


def hears(page: Page, words: str) -> None:
    """This device recognises these words, as soon as it listens."""
    page.wait_for_function("(words) => hear(words)", arg=words)


def hears_nothing(page: Page) -> None:
    """Soon this device doesn’t listen any more."""
    page.wait_for_function("() => !window.ears")


@pytest.mark.holds("F:F70", "raur:1c", "raur:13a")
def test_each_reader_turns_captions_on_alone_and_the_speaker_types_and_corrects(
    circle: dict[str, Seated],
) -> None:
    hana, ana, ben = (circle[name].page for name in ("Hana", "Ana", "Ben"))
    turn_on(ben)
    turn_on(ana)
    write_line(ana, "I went to the marked.")
    line = ben.locator(".caption-line", has_text="Ana: I went to the marked.")
    expect(line).to_contain_text("(typed by Ana)")
    expect(ana.locator("#caption-lines")).to_contain_text("You: I went to the marked.")
    ana.get_by_role("button", name="Correct I went to the marked.").click()
    expect(ana.get_by_label("Type a line of captions")).to_be_focused()
    write_line(ana, "I went to the market.")
    expect(ben.locator("#caption-lines > p")).to_have_count(1)
    expect(ben.locator("#caption-lines")).to_contain_text("Ana: I went to the market.")
    expect(hana.locator("#caption-lines > p")).to_have_count(0)
    ben.get_by_role("button", name="Captions", exact=True).click()
    expect(ben.locator("#captions")).to_be_hidden()
    is_answered(ben)
    write_line(ana, "Then home.")
    circle["Ben"].loads_anew()
    turn_on(ben)
    write_line(ana, "And tea.")
    expect(ben.locator("#caption-lines > p")).to_have_count(1)


@pytest.mark.holds("F:F70", "F:F67", "raur:1c", "raur:10a", "raur:12c", "raur:18a")
def test_letters_come_one_by_one_to_whoever_chose_that(circle: dict[str, Seated]) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    turn_on(hana.page)
    show_letters(hana.page)
    turn_on(ben.page)
    ben.press("Offer to type captions")
    expect(ana.page.locator("#captions-told")).to_contain_text("Ben offers to type captions")
    ana.press("Yes, Ben types them")
    expect(hana.page.locator("#captions-told")).to_have_text("Ben types captions for Ana.")
    box = ben.page.get_by_label("Type a line of captions")
    box.press_sequentially("So I took", delay=200)  # none is kept: the next brings what was lost
    expect(hana.page.locator("#caption-letters")).to_have_text("Ana: So I took")
    expect(hana.page.locator("#caption-letters")).to_have_attribute("aria-live", "off")
    write_line(ben.page, "So I took my time.")
    expect(hana.page.get_by_role("log", name="Captions")).to_contain_text(
        "Ana: So I took my time. (typed by Ben)"
    )
    expect(hana.page.locator("#caption-letters")).to_be_hidden()
    ana.press("No more typed captions")
    expect(box).to_be_hidden()
    _see_letters_of_a_share_too(ana, hana)


def _see_letters_of_a_share_too(ana: Seated, reader: Seated) -> None:
    """When both its writer and the reader chose it."""
    ana.press("Type instead")
    reader.sees("Ana is sharing by text")
    box = ana.page.get_by_label("Your words", exact=True)
    box.press_sequentially("One quiet")
    ana.page.get_by_text("All ways to take it").click()
    ana.page.get_by_label("Show my letters as I type").check()
    expect(reader.page.locator("#caption-letters")).to_have_text("Ana: One quiet")
    box.press_sequentially(" word.")
    expect(reader.page.locator("#caption-letters")).to_have_text("Ana: One quiet word.")
    ana.press("Show my words")
    expect(reader.page.locator("#log")).to_contain_text("Ana, by text: One quiet word.")
    expect(reader.page.locator("#caption-letters")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.holds("F:F70", "promise:4", "raur:1c", "raur:9a")
def test_automatic_captions_are_made_on_the_speaker_s_device_and_only_while_they_are_heard(
    circle: dict[str, Seated],
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    turn_on(hana.page)
    turn_on(ana.page)
    assert ana.page.evaluate("window.asked") == []
    make = ana.page.get_by_role("button", name="Make captions on this device")
    make.click()
    expect(make).to_have_attribute("aria-pressed", "true")
    ana.page.wait_for_function("window.ears?.processLocally")
    assert [each["processLocally"] for each in ana.page.evaluate("window.asked")] == [True]
    hears(ana.page, "so I went to the market")
    expect(hana.page.locator("#caption-lines")).to_contain_text(
        "Ana: so I went to the market (automatic, may be wrong)"
    )
    expect(hana.page.get_by_role("region", name="Captions")).to_contain_text(
        "They may be wrong, more so with voice or jaw symptoms."
    )
    _go_on_after_an_outage(ana.page, hana.page)
    ana.press("Take a moment")
    ana.sees("You’re taking a moment, Ana")
    hears_nothing(ana.page)
    ana.press("Carry on")
    ana.sees("It’s your turn, Ana. There’s no hurry.")
    hears(ana.page, "and here I am again")
    ana.press("I’ve finished")
    ana.sees("It’s Ben’s turn, when they’re ready")
    hears_nothing(ana.page)
    ben.press("Start my turn")
    turn_on(ben.page)
    ben.page.get_by_role("button", name="Make captions on this device").click()
    expect(ben.page.locator("#captions-why")).to_contain_text(
        "we never send your voice anywhere else"
    )
    assert ben.page.evaluate("window.started") is None


def _go_on_after_an_outage(speaker: Page, reader: Page) -> None:
    """What was heard meanwhile comes later; a reader who was away is told where some may miss."""
    speaker.evaluate(LINE, "disconnect")
    hears(speaker, "while nobody could hear")
    speaker.evaluate(LINE, "connect")
    expect(reader.locator("#caption-lines > p")).to_have_text([
        re.compile("^Ana: so I went to the market"), re.compile("^Ana: while nobody could hear")
    ])  # fmt: skip
    reader.evaluate(LINE, "disconnect")
    reader.evaluate(LINE, "connect")
    expect(reader.locator("#caption-lines > p").last).to_have_text(
        "Your line dropped here. Some captions may be missing."
    )
    expect(reader.locator("#caption-lines > p")).to_have_count(3)


@pytest.mark.holds("F:F70", "raur:1b", "raur:1d", "raur:1f")
def test_size_and_place_are_the_reader_s_own_and_are_remembered(circle: dict[str, Seated]) -> None:
    ben = circle["Ben"].page
    turn_on(ben)
    ben.get_by_text("How captions look").click()
    for _ in range(9):
        ben.get_by_role("button", name="Larger captions").click()
    expect(ben.locator("#captions-size")).to_have_text("Captions are 300 percent large.")
    top = ben.get_by_role("button", name="Captions at the top")
    top.click()
    expect(top).to_be_focused()
    above = "document.querySelector('#now').firstElementChild.id === 'captions'"
    assert ben.evaluate(above)
    circle["Ben"].loads_anew()
    expect(ben.locator("#caption-words")).to_have_attribute("data-size", "300")
    assert ben.evaluate(above)
    _read_at_the_side(circle["Ben"])
    assert ben.evaluate(above)
    _read_in_a_window_of_their_own(circle)


def _read_at_the_side(ben: Seated) -> None:
    """Above the order, where that stands beside what goes on; on a phone there is no such place."""
    beside = "document.querySelector('#order-part').firstElementChild.id === 'captions'"
    page = ben.page
    page.set_viewport_size({"width": 390, "height": 800})
    ben.loads_anew()
    page.get_by_text("How captions look").click()
    side = page.get_by_role("button", name="Captions at the side")
    expect(side).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    ben.loads_anew()
    page.get_by_text("How captions look").click()
    side.click()
    expect(side).to_be_focused()
    top = page.get_by_role("button", name="Captions at the top")
    expect(top).to_have_attribute("aria-pressed", "false")
    assert page.evaluate(beside)
    ben.loads_anew()
    assert page.evaluate(beside)
    page.get_by_text("How captions look").click()
    top.click()
    expect(side).to_have_attribute("aria-pressed", "false")
    ben.loads_anew()


@pytest.mark.holds("F:F70", "raur:1f")
def test_captions_at_the_side_are_there_whenever_the_window_is_wide_enough(
    circle: dict[str, Seated],
) -> None:
    """As soon as it is turned, and whoever is in them stays there; also after eyes-closed mode."""
    ben = circle["Ben"].page
    wide, narrow = ({"width": width, "height": 800} for width in (1280, 390))
    side = ben.get_by_role("button", name="Captions at the side")
    larger = ben.get_by_role("button", name="Larger captions")
    beside, below = ben.locator("#order-part > #captions"), ben.locator("#now > #captions")
    turn_on(ben)
    ben.get_by_text("How captions look").click()
    ben.set_viewport_size(narrow)
    expect(side).to_be_hidden()
    ben.set_viewport_size(wide)
    side.click()
    larger.focus()
    for size, where in ((narrow, below), (wide, beside)):
        ben.set_viewport_size(size)
        expect(where).to_be_visible()
        expect(side).to_be_visible(visible=where is beside)
        expect(larger).to_be_focused()

    ben.set_viewport_size(narrow)
    ben.locator("#rest").get_by_text("More", exact=True).click()
    ben.get_by_role("button", name="Eyes-closed mode").click()
    ben.locator("#eyes-more > summary").click()
    expect(ben.locator("#eyes-parts > #captions")).to_be_visible()
    ben.set_viewport_size(wide)
    expect(ben.locator("#eyes-parts > #captions")).to_be_visible()
    ben.get_by_role("button", name="Open eyes view").click()
    expect(beside).to_be_visible()


def _read_in_a_window_of_their_own(circle: dict[str, Seated]) -> None:
    ana, ben = circle["Ana"].page, circle["Ben"].page
    turn_on(ana)
    ben.get_by_text("How captions look").click()
    apart = ben.get_by_role("button", name="Captions in a window of their own")
    with ben.expect_popup() as opened:
        apart.click()
    expect(apart).to_have_attribute("aria-pressed", "true")
    write_line(ana, "Beside my own window.")
    line = opened.value.locator(".caption-line", has_text="Beside my own window.")
    expect(line).to_be_visible()
    assert opened.value.title() == "Captions"
    assert line.evaluate(LARGE)
    write_line(ana, "It is long enough to fill the window, however small that is. " * 4)
    expect(opened.value.get_by_text("Ana is speaking")).to_be_in_viewport()
    circle["Ana"].press("Type instead")
    ana.get_by_label("Your words", exact=True).fill("Now by hand.")
    circle["Ana"].press("Show my words")
    expect(opened.value.get_by_text("Ana is sharing by text")).to_be_visible()
    expect(opened.value.get_by_text("Ana, by text: Now by hand.")).to_be_visible()
    expect(ben.locator("#caption-lines")).to_have_count(0)
    opened.value.close()
    expect(ben.locator("#caption-lines")).to_contain_text("Beside my own window.")
    expect(apart).to_have_attribute("aria-pressed", "false")
