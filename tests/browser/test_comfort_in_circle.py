"""What a member likes in circles, as their page of a circle shows, holds and sounds it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.accounts.rules import KEYS
from tests.browser.ears import expect_sound, expect_spoken, expect_told, give_ears, told
from tests.browser.keyboard import Keyboard
from tests.browser.seated import WITH_SOCKET, come_in, is_answered
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

STANDS = 1490  # ms for which a button has stood as it is, before a press on it is meant for it

WIDE = {"width": 1280, "height": 800}

# A board as the server would send it: the newest one, with these parts of it different, and far
# newer than what the server itself may be sending meanwhile.
GIVE_BOARD = """
async (parts) => {
WITH_SOCKET  const headers = { Accept: "application/json" };
  const answer = await fetch(`${location.pathname}/state`, { headers });
  const { board } = await answer.json();
  window.fakes = (window.fakes ?? 0) + 1;
  const next = { ...board, version: board.version + 1000 * window.fakes, ...parts };
  for (const listener of socket.listeners("board")) listener(next);
}
""".replace("WITH_SOCKET", WITH_SOCKET)

SOMEBODY = {
    "id": "somebody", "name": "Somebody", "initial": "S", "icon": "wait", "status": "to come",
    "shape": "M0 0", "now": False, "me": False, "card": "",
}  # fmt: skip

# The loudest sample of each cue, the loudest of its first 20 ms, how long it sounds, its pitches.
MEASURE = """
async () => {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const { CUES, place } = await import(loaded.find((name) => name.includes("live/device")));
  const measured = {};
  for (const name of Object.keys(CUES)) {
    const context = new OfflineAudioContext(1, 2 * 48000, 48000);
    place(context, name, 100);
    const samples = (await context.startRendering()).getChannelData(0);
    const loud = (part) => part.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    measured[name] = {
      peak: loud(samples),
      begins: loud(samples.subarray(0, 0.02 * 48000)),
      seconds: samples.findLastIndex((sample) => Math.abs(sample) > 0.0001) / 48000,
      notes: CUES[name].map(([hertz]) => hertz).join(),
    };
  }
  return measured;
}
"""

PRESS_TWICE = """
() => {
  const left_out = [];
  addEventListener("submit", (event) => {
    left_out.push(event.defaultPrevented);
    event.preventDefault();
  });
  const button = document.querySelector("#look button[type=submit]");
  button.click();
  button.click();
  return left_out;
}
"""

# What is pressed on this page, by its place; nothing of it goes any further.
PRESSES = """
() => {
  window.presses = [];
  addEventListener("click", (event) => {
    const pressed = event.target.closest("button, a");
    presses.push(pressed.closest("form")?.dataset.control ?? pressed.innerText.split("\\n")[0]);
    event.preventDefault();
  }, true);
}
"""

# When the first press of a turn changed, and when it took presses again.
WATCH_CHANGES = """
() => {
  window.changes = [];
  const form = document.querySelector("form[data-control=turn-1]");
  new MutationObserver((seen) => {
    for (const _ of seen) changes.push(["changed" in form.dataset, performance.now()]);
  }).observe(form, { attributeFilter: ["data-changed"] });
}
"""

NOTHING_MOVES = "document.getAnimations().length === 0"
FITS = "document.documentElement.scrollWidth <= innerWidth"


@pytest.fixture
def seat(site: Site, open_window: Callable[[], BrowserContext]) -> Callable[..., Page]:
    def seated(**likes: str) -> Page:
        context = open_window()
        give_ears(context)
        if likes:
            page = site.look_around_as(context, "Ana")
            for group, what in likes.items():
                page.goto(f"{site.url}/comfort")
                page.locator(what).check()
                page.locator(f"#{group} button", has_text="Save").click()
                expect(page.get_by_text("Saved.")).to_be_visible()
            page.close()
        page = come_in(site, context, "Ana").page
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]
        return page

    return seated


@pytest.mark.holds("F:F01")
def test_the_controls_stand_wholly_in_the_chosen_third(seat: Callable[..., Page]) -> None:
    page = seat(call="input[name=side][value=right]")
    thirds = {"left": (0, 1280 / 3), "centre": (1280 / 3, 2560 / 3), "right": (2560 / 3, 1280)}
    assert page.locator("body").get_attribute("data-side") == "right"
    for side, (start, end) in thirds.items():
        page.evaluate("(side) => (document.body.dataset.side = side)", side)
        buttons = page.locator(".controls button").locator("visible=true")
        for each in buttons.all():
            box = each.bounding_box()
            assert box is not None
            assert start - 10 <= box["x"] <= box["x"] + box["width"] <= end + 10, (side, box)
        assert page.evaluate(FITS)


@pytest.mark.holds("F:F89")
def test_held_updates_wait_until_they_are_asked_for(seat: Callable[..., Page]) -> None:
    page = seat()
    page.locator("summary", has_text="More").first.click()
    _no_key_presses_anything(page)
    button = page.get_by_role("button", name="Hold updates")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    before = page.locator("#order").inner_text()
    page.evaluate(GIVE_BOARD, {"order": [SOMEBODY], "cue": "Something else"})
    expect(page.locator("#cue")).to_have_text("Something else")
    assert page.locator("#order").inner_text() == before
    button.click()
    expect(page.locator("#order > li")).to_have_text(["Somebodyto come"])
    expect(page.locator("#held")).to_be_hidden()


@pytest.mark.holds("F:F20")
def test_a_button_that_changes_twice_takes_no_press_until_it_has_stood_for_a_while(
    seat: Callable[..., Page],
) -> None:
    """A change soon after another isn’t over when the first one is."""
    page = seat()
    first, *rest = page.evaluate("JSON.parse(document.getElementById('board').textContent).turn")
    page.evaluate(WATCH_CHANGES)
    for words in ("One thing", "Another thing"):
        page.evaluate(GIVE_BOARD, {"turn": [{**first, "text": words}, *rest]})
        page.wait_for_timeout(700)
    expect(page.locator("form[data-control=turn-1]:not([data-changed])")).to_have_count(1)
    changes = page.evaluate("changes")
    assert [changed for changed, _ in changes].count(True) == 2
    for (_, changed), (takes_none, again) in pairwise(changes):
        assert takes_none or again - changed >= STANDS


def _no_key_presses_anything(page: Page) -> None:
    """Single keys are off until somebody turns them on."""
    expect(page.locator("#keys, [aria-keyshortcuts]")).to_have_count(0)
    before = page.locator("body").inner_text()
    for key in KEYS:
        page.keyboard.press(key)
    is_answered(page)
    assert page.locator("body").inner_text() == before


@pytest.mark.holds("F:F41", "F:F89")
def test_with_fewer_things_only_what_goes_on_now_is_there_and_chosen_keys_press_it(
    seat: Callable[..., Page],
) -> None:
    page = seat(**{"circles": "input[name=fewer_things]", "circle-keys": "input[name=single_keys]"})
    for hidden in ("#order", "#table svg"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.locator("#cue")).to_be_visible()
    assert page.evaluate(NOTHING_MOVES)
    Keyboard(page).has_at_most(12)
    page.locator("summary", has_text="More").first.click()
    button = page.get_by_role("button", name="Fewer things on screen")
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(page.locator("#table svg")).to_be_visible()
    assert page.evaluate(NOTHING_MOVES)
    _keys_press_the_buttons_that_they_were_given(page)


def _keys_press_the_buttons_that_they_were_given(page: Page) -> None:
    expect(page.locator("#keys li")).to_have_text([
        "T Start my turn, or take a moment",
        "F I’ve finished, or come back to me later",
        "P Pass this time",
        "M Microphone on or off",
        "H Get help now",
    ])  # fmt: skip
    microphone = page.locator(".turn [data-control=mic] button")
    expect(microphone).to_have_attribute("aria-keyshortcuts", "m")
    page.evaluate(PRESSES)
    for key in "tfpmhx":
        page.keyboard.press(key)
    assert page.evaluate("presses") == ["turn-1", "turn-3", "turn-2", "mic", "Get help now"]

    page.evaluate("presses.length = 0")
    for key in ("Control+m", "Alt+m", "Shift+m", "Meta+m"):
        page.keyboard.press(key)
    box = page.get_by_label("Tell a facilitator")
    box.press_sequentially("mph")
    expect(box).to_have_value("mph")
    page.locator("#own-cue-after").press("m")
    assert page.evaluate("presses") == []


def test_a_circle_can_begin_with_closed_eyes(seat: Callable[..., Page]) -> None:
    page = seat(circles="input[name=eyes_closed]")
    expect(page.locator("#eyes-big button")).to_be_visible()
    expect(page.locator("#cue")).to_be_hidden()
    expect_spoken(page, "You’re in. 1 person. You’re in the lobby.")
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    for size in ({"width": 320, "height": 256}, {"width": 320, "height": 640}, WIDE):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert page.evaluate(FITS), size
    page.emulate_media(forced_colors="active")
    edge = "getComputedStyle(document.querySelector('#eyes-big button')).borderTopWidth"
    assert page.evaluate(edge) == "3px"
    assert page.evaluate(NOTHING_MOVES)


@pytest.mark.thorough
@pytest.mark.holds("F:F22")
def test_at_the_short_level_only_what_is_about_oneself_is_told(seat: Callable[..., Page]) -> None:
    short = {"read-aloud": "input[name=told][value=short]"}
    page = seat(**short)
    page.evaluate(GIVE_BOARD, {"tells": {"now": "Somebody is speaking."}})
    page.evaluate(GIVE_BOARD, {"tells": {"now": "", "turn": "It’s your turn."}})
    expect_told(page, "It’s your turn.")
    assert not any("Somebody" in words for words in told(page))


@pytest.mark.thorough
@pytest.mark.holds("F:F23")
def test_no_sound_comes_where_they_are_off(seat: Callable[..., Page], site: Site) -> None:
    page = seat()
    expect_sound(page, 523, 659)
    address = page.url
    page.goto(f"{site.url}/comfort")
    page.locator("input[name=sounds]").uncheck()
    page.get_by_role("button", name="Save Sound cues").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(address)
    is_answered(page)
    page.evaluate(GIVE_BOARD, {"tells": {"turn": "It’s your turn."}})
    expect_told(page, "It’s your turn.")
    assert page.evaluate("sounded") == []


@pytest.fixture
def comfort(site: Site, browser: Browser) -> Iterator[Page]:
    with closing(window(browser)) as context:
        give_ears(context)
        page = site.look_around_as(context, "Ben")
        page.goto(f"{site.url}/comfort")
        yield page


@pytest.mark.holds("F:F21", "F:F23")
def test_each_cue_is_soft_short_and_unlike_the_others(comfort: Page) -> None:
    cues = comfort.evaluate(MEASURE)
    assert len(cues) >= 7
    for name, cue in cues.items():
        assert 0.03 < cue["peak"] <= 0.127, (name, cue)  # at most about -18 dBFS
        assert cue["begins"] < cue["peak"], (name, cue)
        assert cue["seconds"] <= 1, (name, cue)
    assert len({cue["notes"] for cue in cues.values()}) == len(cues)
    buttons = comfort.locator("[data-play]").all()
    assert {button.get_attribute("data-play") for button in buttons} == set(cues)
    for button in buttons:
        button.click()
        notes = cues[button.get_attribute("data-play")]["notes"]
        expect_sound(comfort, *map(int, notes.split(",")))


@pytest.mark.holds("F:F22", "raur:7a")
def test_a_line_is_read_by_a_voice_of_this_device(comfort: Page) -> None:
    comfort.locator("input[name=pace][value='75']").check()
    comfort.locator("input[name=voice_volume][value='50']").check()
    comfort.get_by_role("button", name="Read me a line").click()
    expect_spoken(comfort, "It’s your turn, Ben.")
    assert comfort.evaluate("spoken.at(-1).rate") == 0.75
    assert comfort.evaluate("spoken.at(-1).volume") == 0.5


@pytest.mark.holds("F:F82")
def test_a_second_press_is_left_out_for_as_long_as_somebody_likes(comfort: Page) -> None:
    assert comfort.evaluate(PRESS_TWICE) == [False, True]
    comfort.reload()
    comfort.locator("input[name=press_filter][value='0']").check()
    comfort.get_by_role("button", name="Save Pressing").click()
    expect(comfort.get_by_text("Saved.")).to_be_visible()
    assert comfort.evaluate(PRESS_TWICE) == [False, False]
