"""Turns without a voice: read aloud by each listener's device, written before, in silence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.seated import HERTZ, Seated, take_a_place, to_the_lobby
from tests.browser.site import Site
from tests.browser.tones import give_voice

pytestmark = pytest.mark.browser

# Chromium without a screen has no voices, so these stand in for them: what would be said, by whom.
DEVICE = """
(() => {
  const voices = [{ name: "From elsewhere", lang: "en-GB", localService: false }, ...OWN];
  window.spoken = [];
  window.SpeechSynthesisUtterance = class {
    constructor(text) { this.text = text; }
  };
  const speech = new EventTarget();
  speech.getVoices = () => voices;
  speech.speak = (said) => window.spoken.push([said.voice?.name ?? null, said.text]);
  window.silenced = 0;
  speech.cancel = () => { window.silenced += 1; };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
})()
"""
OWN_VOICE = DEVICE.replace("OWN", '[{ name: "Own", lang: "en-GB", localService: true }]')
NO_VOICE = DEVICE.replace("OWN", "[]")

PREPARED = "This week I let somebody else carry the shopping. It was fine."


def has_spoken(page: Page, *sentences: str) -> None:
    """Soon this is all that this device has said of these turns, in a voice of its own."""
    page.wait_for_function(
        """(sentences) => {
          const said = spoken.filter(([, text]) => sentences.includes(text));
          return said.map(([voice, text]) => `${voice}: ${text}`).join("|")
            === sentences.map((text) => `Own: ${text}`).join("|");
        }""",
        arg=list(sentences),
    )


def spoken(page: Page) -> list[str]:
    said: list[list[str]] = page.evaluate("spoken")
    return [text for _, text in said]


def come(
    site: Site, context: BrowserContext, name: str, *, device: str = OWN_VOICE, share: str = ""
) -> Seated:
    """To the circle by text only, after writing a share to be read aloud."""
    give_voice(context, HERTZ[name])
    context.add_init_script(device)
    page = site.look_around_as(context, name)
    if share:
        to_the_lobby(page)
        page.get_by_role("link", name="Prepare a share").click()
        page.get_by_label("What I’d like to share").fill(share)
        page.get_by_role("radio", name="Read it aloud for me").check()
        page.get_by_role("button", name="Keep it for my turn").click()
        expect(page.get_by_text("Your share is kept")).to_be_visible()
    to_the_lobby(page)
    return take_a_place(page, name, way="Text only")


@pytest.fixture
def begin(
    site: Site, open_window: Callable[[], BrowserContext]
) -> Callable[..., tuple[Seated, Seated, Seated]]:
    """Hana, Ana and Ben in a circle in which Ana is asked first."""

    def begun(share: str = "", device: str = OWN_VOICE) -> tuple[Seated, Seated, Seated]:
        hana = come(site, open_window(), "Hana")
        ana = come(site, open_window(), "Ana", share=share)
        ben = come(site, open_window(), "Ben", device=device)
        hana.begins_a_round(ana)
        return hana, ana, ben

    return begun


def open_fold(person: Seated, name: str) -> None:
    person.page.locator("summary:visible").filter(has_text=name).click()


def write(person: Seated, words: str) -> None:
    """Show these words; a press too soon after the last one would count as unmeant."""
    person.page.wait_for_function("() => performance.now() - (window.shownAt ?? -600) > 600")
    person.page.get_by_label("Your words").fill(words)
    person.press("Show my words")
    person.page.evaluate("window.shownAt = performance.now()")


@pytest.mark.thorough
@pytest.mark.holds(
    "acceptance:1",
    "promise:2",
    "F:F60",
    "F:F62",
    "F:F85",
    "circle:9",
    "raur:13a",
    "raur:15a",
    "raur:18a",
)
def test_a_whole_circle_by_text_only(begin: Callable[..., tuple[Seated, Seated, Seated]]) -> None:
    hana, ana, ben = begin(share=PREPARED)
    expect(ana.page.locator("#written")).to_contain_text(PREPARED)
    expect(ben.page.locator("#written")).to_be_hidden()

    ana.press("Send my written share")
    ben.sees("Ana is sharing by text")
    expect(ben.page.locator("#log")).to_contain_text(f"Ana, by text: {PREPARED}")
    first, second = (
        "Ana, by text: This week I let somebody else carry the shopping.",
        "It was fine.",
    )
    for listener in (ben, hana):
        has_spoken(listener.page, first, second)
    assert not {first, second} & {*spoken(ana.page)}  # she knows her own words
    expect(ana.page.locator("#log")).to_contain_text(f"You: {PREPARED}")
    expect(ana.page.locator("#written")).to_be_hidden()
    ana.press("I’ve finished")

    ben.sees("It’s your turn, Ben")
    open_fold(ben, "All ways to take it")
    ben.press("Read it aloud for me")
    ana.sees("Ben is sharing by text")
    write(ben, "My neck was quiet today.")
    expect(ana.page.locator("#log")).to_contain_text("Ben, by text: My neck was quiet today.")
    has_spoken(ana.page, "Ben, by text: My neck was quiet today.")
    ben.press("Share silence")
    ana.sees("Ben is sharing silence")
    ben.press("I’ve finished")
    expect(ana.page.locator("#note")).to_contain_text("Thank you, Ben.")

    open_fold(ana, "After a turn")
    ana.press("With you")
    expect(ana.page.get_by_role("button", name="With you")).to_have_attribute(
        "aria-pressed", "true"
    )
    open_fold(ben, "After a turn")
    expect(ben.page.locator("#for-me")).to_have_text("Ana: With you")
    open_fold(hana, "After a turn")
    expect(hana.page.locator("#for-me li")).to_have_count(0)


@pytest.mark.holds("F:F62", "F:F83")
def test_a_share_is_kept_while_it_is_written(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = site.look_around_as(open_window(), "Ana")
    to_the_lobby(page)
    page.get_by_role("link", name="Prepare a share").click()
    page.get_by_label("What I’d like to share").fill(PREPARED)
    expect(page.locator("#draft-state")).to_contain_text("Your words are safe")
    page.reload()
    expect(page.get_by_label("What I’d like to share")).to_have_value(PREPARED)
    page.get_by_role("button", name="Delete what I wrote").click()
    expect(page.get_by_label("What I’d like to share")).to_have_value("")


@pytest.mark.thorough
@pytest.mark.holds("F:F60")
def test_a_device_without_a_voice_of_its_own_shows_the_words_and_says_so(
    begin: Callable[..., tuple[Seated, Seated, Seated]],
) -> None:
    hana, ana, ben = begin(device=NO_VOICE)
    open_fold(ana, "All ways to take it")
    ana.press("Read it aloud for me")
    write(ana, "I took my time.")
    expect(ben.page.locator("#log")).to_contain_text("Ana, by text: I took my time.")
    expect(ben.page.get_by_text("Your device has no voice of its own")).to_be_visible()
    assert spoken(ben.page) == []
    expect(hana.page.get_by_text("Your device has no voice of its own")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.holds("F:F60", "raur:13a")
def test_a_listener_turns_reading_aloud_off_and_on(
    begin: Callable[..., tuple[Seated, Seated, Seated]],
) -> None:
    _, ana, ben = begin()
    open_fold(ana, "All ways to take it")
    ana.press("Read it aloud for me")
    write(ana, "The first.")
    expect(ben.page.locator("#log")).to_contain_text("The first.")
    has_spoken(ben.page, "Ana, by text: The first.")

    ben.page.get_by_role("button", name="Reading aloud is on").click()
    ben.loads_anew()  # what was chosen holds, and what was read is not read again
    off = ben.page.get_by_role("button", name="Reading aloud is off")
    expect(off).to_be_visible()
    write(ana, "The second.")
    expect(ben.page.locator("#log")).to_contain_text("The second.")
    off.click()
    ben.loads_anew()
    expect(ben.page.get_by_role("button", name="Reading aloud is on")).to_be_visible()
    write(ana, "The third.")
    expect(ben.page.locator("#log")).to_contain_text("The third.")
    has_spoken(ben.page, "Ana, by text: The third.")
    assert not {"Ana, by text: The first.", "Ana, by text: The second."} & {*spoken(ben.page)}


@pytest.mark.thorough
@pytest.mark.holds("circle:9")
def test_what_whoever_holds_it_hides_is_gone_from_every_page_and_read_no_more(
    begin: Callable[..., tuple[Seated, Seated, Seated]],
) -> None:
    hana, ana, ben = begin()
    open_fold(ana, "All ways to take it")
    ana.press("Read it aloud for me")
    write(ana, "Just stop the tablets now.")
    expect(ben.page.locator("#log")).to_contain_text("Ana, by text: Just stop the tablets now.")
    has_spoken(ben.page, "Ana, by text: Just stop the tablets now.")
    silenced = ben.page.evaluate("silenced")
    with hana.page.expect_popup() as opened:
        hana.page.get_by_role("link", name="Hide these words").click()
    beside = opened.value
    expect(beside.get_by_role("heading", level=1)).to_have_text("Hide these words?")
    beside.get_by_role("button", name="Hide these words", exact=True).click()
    expect(beside.get_by_text("These words are hidden.")).to_be_visible()
    beside.close()
    for other in (ben, hana):
        expect(other.page.locator("#log")).to_contain_text("What Ana typed here is hidden for now.")
        assert "tablets" not in (other.page.text_content("body") or "")
    ben.page.wait_for_function("(before) => silenced > before", arg=silenced)
    expect(ana.page.locator("#log")).to_contain_text("You: Just stop the tablets now.")
    expect(ana.page.locator("#log")).to_contain_text("Only you see these words now.")
    write(ana, "I meant only me.")  # the turn is hers as before
    expect(ben.page.locator("#log")).to_contain_text("Ana, by text: I meant only me.")

    again = hana.page.get_by_role("button", name="Show these words again")
    hana.page.locator("form:not([data-changed]) button").and_(again).click()
    expect(ben.page.locator("#log")).to_contain_text("Ana, by text: Just stop the tablets now.")
    expect(ana.page.get_by_text("Only you see these words now.")).to_be_hidden()
    has_spoken(ben.page, "Ana, by text: Just stop the tablets now.")  # once


@pytest.mark.thorough
@pytest.mark.holds("promise:7", "F:F81")
def test_what_is_written_before_ones_turn_can_be_put_away_and_waits_for_it(
    begin: Callable[..., tuple[Seated, Seated, Seated]],
) -> None:
    """By click, and by keyboard."""
    _, ana, ben = begin()
    share = ben.page.get_by_label("Your words")
    away = ben.page.get_by_role("button", name="Close this, and keep my words")
    type_mine = ben.page.get_by_role("button", name="Type my share")
    ben.press("Type my share")
    expect(share).to_be_focused()
    share.fill("It was a slow week.")
    away.click()
    for _ in range(2):
        expect(share).to_be_hidden()
        expect(away).to_be_hidden()
        expect(type_mine).to_be_focused()
        ben.press("Type my share")
        expect(share).to_have_value("It was a slow week.")
        share.press("Tab")
        expect(away).to_be_focused()
        ben.page.keyboard.press("Enter")

    ana.press("Pass this time")
    ben.sees("It’s your turn, Ben")
    ben.press("Type my share")
    expect(away).to_be_hidden()
    ben.press("Show my words")
    expect(ana.page.locator("#log")).to_contain_text("Ben, by text: It was a slow week.")


TEN_MINUTES_AGO = """
() => {
  const name = Object.keys(sessionStorage).find((each) => each.startsWith("circle-"))
  const kept = JSON.parse(sessionStorage.getItem(name))
  kept["turn-began"] -= 600_000
  sessionStorage.setItem(name, JSON.stringify(kept))
}
"""


@pytest.mark.thorough
@pytest.mark.holds("circle:9")
def test_a_cue_for_oneself_is_heard_and_seen_by_nobody_else(
    begin: Callable[..., tuple[Seated, Seated, Seated]],
) -> None:
    hana, ana, ben = begin()
    open_fold(ana, "More")
    lengths = ana.page.get_by_label("A cue only for me")
    lengths.evaluate("(list) => list.append(new Option('At once', '0.01'))")
    lengths.select_option("At once")
    expect(ana.page.locator("#cue-now")).to_be_hidden()
    ana.press("Start my turn")
    expect(ana.page.locator("#cue-now")).to_contain_text("This is the cue you set")
    for other in (hana, ben):
        other.sees("Ana is sharing by text")
        expect(other.page.locator("#cue-now")).to_be_hidden()
    lengths.select_option("10")
    ana.loads_anew()
    expect(ana.page.locator("#cue-now")).to_be_hidden()
    ana.page.evaluate(TEN_MINUTES_AGO)
    ana.loads_anew()
    expect(ana.page.locator("#cue-now")).to_contain_text("This is the cue you set")
    ana.press("I’ve finished")
    expect(ana.page.locator("#cue-now")).to_be_hidden()
