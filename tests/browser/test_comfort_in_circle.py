"""What a member likes in circles, as their page of a circle shows, holds and sounds it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from community.accounts.rules import KEYS
from tests.browser.ears import (
    expect_sound,
    expect_spoken,
    expect_told,
    give_ears,
    spoken,
    told,
)
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

HERE = {"me": False, "away": False}
TYPED = {
    "id": "1", "name": "Somebody", "text": "Still here.", "mine": False, "aloud": True,
    "hidden": False, "note": "", "hide_at": "", "which": "", "controls": [],
}  # fmt: skip
A_WISH = {
    "key": "wish-now", "event": "set-wish", "text": "Just listening, please", "icon": "ear",
    "fields": {}, "main": False, "suffix": "", "pressed": True,
}  # fmt: skip
TOLD_SO_OFTEN = """
([words, times]) => heardWords.filter((each) => each.words === words).length === times
"""
KEPT_OFF = """
() => {
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("", "NotAllowedError");
  };
}
"""
COUNT_MICROPHONES = """
() => {
  window.asked = 0;
  const opens = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = (...wanted) => {
    asked += 1;
    return opens.apply(navigator.mediaDevices, wanted);
  };
}
"""
READ = """
() => {
  window.read = ["order", "lines"].flatMap((id) => [...document.getElementById(id).children]);
}
"""
STILL_READ = "read.map((each) => each.isConnected)"
LETTERS = "(each) => getComputedStyle(each).fontSize"
FILTERED = 650  # ms; sooner, a second press counts as a shaking hand’s
SPACED_OUT = 3200  # ms, within which whatever waits to be told is

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


@pytest.mark.holds("raur:14a")
def test_who_is_here_is_said_with_their_place_in_the_order(seat: Callable[..., Page]) -> None:
    page = seat()
    here = [
        {"id": id, "name": id.capitalize(), "status": "here, microphone off", **HERE}
        for id in ("lee", "somebody")
    ]
    page.evaluate(GIVE_BOARD, {"here": here, "order": [SOMEBODY]})
    expect(page.locator("#here > li > p")).to_have_text([
        "Lee · here, microphone off",
        "Somebody · here, microphone off, number 1 in the order",
    ])  # fmt: skip


@pytest.mark.holds("acceptance:5")
def test_whoever_reads_a_line_or_the_order_keeps_their_place_when_others_change(
    seat: Callable[..., Page],
) -> None:
    page = seat()
    first, second = SOMEBODY, {**SOMEBODY, "id": "other", "name": "Other"}
    line, other = {"kind": "say", "text": "A line."}, {"kind": "quiet", "text": "Another."}
    page.evaluate(GIVE_BOARD, {"order": [first, second], "lines": [line, other]})
    page.evaluate(READ)
    changed, said = {**second, "status": "up next"}, {**other, "text": "Another line."}
    page.evaluate(GIVE_BOARD, {"order": [first, changed], "lines": [line, said]})
    expect(page.locator("#order > li")).to_have_text(["Somebodyto come", "Otherup next"])
    expect(page.locator("#lines > *")).to_have_text(["A line.", "Another line."])
    assert page.evaluate(STILL_READ) == [True, False, True, False]
    page.evaluate(GIVE_BOARD, {"order": [second], "lines": []})
    expect(page.locator("#order > li")).to_have_text(["Otherto come"])
    expect(page.locator("#lines > *")).to_have_count(0)


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
@pytest.mark.holds("F:F22")
def test_at_the_level_off_only_what_is_asked_for_is_told_and_what_is_for_safety(
    seat: Callable[..., Page],
) -> None:
    page = seat(**{"read-aloud": "input[name=told][value=off]"})
    page.evaluate(GIVE_BOARD, {"tells": {"turn": "It’s your turn.", "where": "Here we are."}})
    page.evaluate(GIVE_BOARD, {"tells": {"paused": "The room is paused."}})
    expect_told(page, "The room is paused.", "alert")
    page.wait_for_timeout(SPACED_OUT)
    assert told(page) == []
    page.get_by_role("button", name="Not your turn yet").click()
    expect_told(page, "It isn’t your turn yet.")


def test_not_your_turn_yet_says_where_we_are_at_each_press_and_as_long_as_it_is_so(
    seat: Callable[..., Page],
) -> None:
    page = seat(**{"read-aloud": "input[name=spoken][value=full]"})
    words = "It isn’t your turn yet. Nothing to do. You’re in the lobby."
    line = page.locator("#line")
    page.evaluate(COUNT_MICROPHONES)
    for times in (1, 2):
        page.get_by_role("button", name="Not your turn yet").click()
        expect(line).to_contain_text(words)
        page.wait_for_function(TOLD_SO_OFTEN, arg=[words, times])
        page.wait_for_timeout(FILTERED)
    assert spoken(page).count(words) == 2
    assert not any("Microphone" in each for each in spoken(page))
    assert page.evaluate("asked") == 0
    page.evaluate(GIVE_BOARD, {"tells": {"where": "You’re in the lobby."}})
    expect(line).to_be_visible()
    page.evaluate(GIVE_BOARD, {"tells": {"where": "Somebody is speaking."}})
    expect(line).to_be_hidden()


def test_why_a_microphone_stays_off_is_said_until_it_need_not(seat: Callable[..., Page]) -> None:
    page = seat()
    line, microphone = page.locator("#line"), page.get_by_role("button", name="Microphone is off")
    for why, later in (("It waits.", ""), ("It waits again.", "It waits for another reason.")):
        page.evaluate(GIVE_BOARD, {"stays_off": why})
        microphone.click()
        expect(line).to_contain_text(why)
        page.evaluate(GIVE_BOARD, {"stays_off": later})
        expect(line).to_be_hidden()
        page.wait_for_timeout(FILTERED)


@pytest.mark.holds("raur:14a", "F:F21")
def test_that_ones_own_camera_is_on_is_told_with_a_tick(seat: Callable[..., Page]) -> None:
    page = seat()
    assert 740 not in page.evaluate("sounded")
    me = page.evaluate("JSON.parse(document.getElementById('board').textContent).me")
    page.evaluate(GIVE_BOARD, {"seen": [me]})
    expect_told(page, "Your camera is on. Others can see you.")
    expect_sound(page, 740)


@pytest.mark.holds("circle:9")
def test_a_cue_for_oneself_is_not_spoken_while_ones_own_microphone_is_open(
    seat: Callable[..., Page],
) -> None:
    page = seat(**{"read-aloud": "input[name=spoken][value=full]"})
    me = page.evaluate("JSON.parse(document.getElementById('board').textContent).me")
    page.locator("summary", has_text="More").first.click()
    lengths, words = page.get_by_label("A cue only for me"), "This is the cue you set."
    lengths.evaluate("(list) => list.append(new Option('At once', '0.01'))")
    lengths.select_option("At once")
    page.evaluate(GIVE_BOARD, {"mine": True, "wish": [A_WISH], "heard": [me]})
    expect_told(page, words)
    expect_sound(page, 349, 440)
    assert not any(words in each for each in spoken(page))
    page.evaluate(GIVE_BOARD, {"mine": False, "wish": []})
    page.evaluate(GIVE_BOARD, {"mine": True, "wish": [A_WISH], "heard": []})
    expect_spoken(page, words)


@pytest.mark.holds("circle:9")
def test_what_is_told_to_one_person_is_spoken_once_their_microphone_is_closed(
    seat: Callable[..., Page],
) -> None:
    page = seat(**{"read-aloud": "input[name=spoken][value=full]"})
    me = page.evaluate("JSON.parse(document.getElementById('board').textContent).me")
    asks, now = "Ana needs a facilitator.", "Ben is speaking."
    page.evaluate(GIVE_BOARD, {"heard": [me], "tells": {"asks": asks, "now": now}})
    expect_told(page, asks)
    expect_sound(page, 330, 330)
    both = {"asks": f"{asks}\nLee wrote to you.", "now": ""}
    page.evaluate(GIVE_BOARD, {"heard": [me], "tells": both})
    expect_told(page, "Lee wrote to you.")
    assert not any(asks in each or now in each for each in spoken(page))
    page.evaluate(GIVE_BOARD, {"heard": [], "tells": both})
    expect_spoken(page, f"{asks} Lee wrote to you.")
    assert not any(now in each for each in spoken(page)), "it isn’t so any more"


@pytest.mark.holds("F:F20", "F:F60")
def test_with_closed_eyes_a_typed_share_is_heard_though_reading_aloud_is_off(
    seat: Callable[..., Page],
) -> None:
    page = seat(circles="input[name=eyes_closed]")
    page.evaluate("localStorage.setItem('reading-aloud', 'off')")
    page.reload()
    is_answered(page)
    page.evaluate(GIVE_BOARD, {"words": [TYPED]})
    expect_spoken(page, "Somebody, by text: Still here.")
    expect_told(page, "Somebody, by text: Still here.", "log")


@pytest.mark.holds("F:F20")
def test_with_closed_eyes_what_the_page_says_and_offers_is_behind_more(
    seat: Callable[..., Page],
) -> None:
    page = seat(circles="input[name=eyes_closed]")
    more = page.locator("#eyes-more > summary")
    more.click()
    page.locator("#eyes-parts summary", has_text="Who’s here").click()
    page.get_by_role("button", name="Text only on this device").click()
    expect_spoken(page, "Text only, on this device")
    more.click()
    page.get_by_role("button", name="Try sound again").click()
    expect_spoken(page, "Sound is on again")

    page.evaluate(KEPT_OFF)
    page.evaluate(GIVE_BOARD, {"stays_off": ""})
    page.get_by_role("button", name="Microphone is off").click()
    expect_spoken(page, "Your browser is keeping the microphone off.")
    way = page.get_by_role("link", name="See how to turn a microphone on")
    expect(way).to_be_hidden()
    more.click()
    expect(way).to_be_visible()
    page.get_by_role("button", name="Open eyes view").click()
    expect(page.locator(".now-column > #line")).to_be_visible()


def test_what_goes_on_now_is_the_largest_thing_on_the_page(seat: Callable[..., Page]) -> None:
    page = seat()
    for width, size in ((390, "34px"), (1280, "42px")):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("#cue").evaluate(LETTERS) == size, width


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
