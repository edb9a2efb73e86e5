"""A camera in a circle: never asked for, opened by its owner only, shown to who looks only."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import Seated, come_in, is_answered, until
from tests.browser.site import Site

pytestmark = pytest.mark.browser

ASKED = """
window.cameras = []
const asks = navigator.mediaDevices?.getUserMedia
if (asks) navigator.mediaDevices.getUserMedia = async (wanted) => {
  const stream = await asks.call(navigator.mediaDevices, wanted)
  if (wanted.video) cameras.push(stream.getVideoTracks()[0])
  return stream
}
"""
CAMERAS = "(states) => cameras.map((track) => track.readyState).join() === states"
PLAYS_ON = "(id) => document.querySelector('#voices audio').sinkId === id"
LISTEN = """
() => {
  window.unplug = async () => {
    const [track] = (await latest).getAudioTracks()
    track.stop()
    track.dispatchEvent(new Event("ended")) // as a browser says it of what it has lost
  }
  window.microphones = []
  const opens = navigator.mediaDevices.getUserMedia
  navigator.mediaDevices.getUserMedia = (wanted) => {
    microphones.push(wanted.audio.deviceId?.exact ?? "the usual one")
    window.latest = opens(wanted)
    if (window.isLoose) latest.then(() => setTimeout(unplug)) // before the server has answered
    return latest
  }
}
"""
CAME_FROM = "(ids) => microphones.join() === ids.join()"
PRESS_FILTER = 700  # ms; sooner, a press is taken for the second one of a hand that shakes
STATE = """
async () => {
  const { state } = JSON.parse(document.getElementById("setup").textContent)
  const { board } = await (await fetch(state, { headers: { Accept: "application/json" } })).json()
  return board
}
"""
UNPLUG_CAMERA = """
() => {
  cameras.at(-1).stop()
  cameras.at(-1).dispatchEvent(new Event("ended"))
}
"""
TILES = "[...document.querySelectorAll('#tiles figure')].map(({ dataset }) => dataset.person)"
SIZE = "(each) => each.getBoundingClientRect().toJSON()"
PLAYS = "(video) => new Promise((plays) => video.requestVideoFrameCallback(() => plays(true)))"
MOVES = "(who) => document.querySelector(`#tiles [data-person='${who}'] video`)?.currentTime > 0"


@pytest.fixture
def pair(site: Site, open_window: Callable[[], BrowserContext]) -> tuple[Seated, Seated]:
    """Hana and Ana in a circle that has begun."""
    people = []
    for name in ("Hana", "Ana"):
        context = open_window()
        context.add_init_script(ASKED)
        people.append(come_in(site, context, name))
    hana, ana = people
    hana.press("Start the circle")
    ana.sees("Welcome")
    return hana, ana


def cameras_of(person: Seated, *states: str) -> None:
    """All that this page has opened so far are soon as these say."""
    person.page.wait_for_function(CAMERAS, arg=",".join(states))


def turn_camera_on(person: Seated) -> None:
    person.press("Turn camera on")
    expect(person.page.locator("#told")).to_have_text("Your camera is on. Others can see you.")


@pytest.mark.thorough
@pytest.mark.holds("acceptance:4", "promise:4", "F:F10", "F:F11", "F:F15", "circle:10", "raur:14a")
def test_a_camera_is_opened_by_its_owner_and_closed_by_owner_or_facilitator(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    for person in pair:
        cameras_of(person)
        expect(person.page.locator("video")).to_have_count(0)
        person.opens_who_is_here()
    expect(ana.page.locator("#here > li > p")).to_have_text([
        "Hana · facilitator, leads, microphone off",
        "You · here, microphone off, number 1 in the order",
    ])  # fmt: skip
    turn_camera_on(ana)
    cameras_of(ana, "live")
    expect(ana.page.locator("video")).to_have_count(0)
    expect(hana.page.locator("video")).to_have_count(0)

    hana.chooses("Show video (1)")
    hana.page.wait_for_function(MOVES, arg=ana.id)
    hana.chooses("Hide Ana’s video")
    expect(hana.page.locator("video")).to_have_count(0)
    hana.chooses("Show Ana’s video again")
    hana.page.wait_for_function(MOVES, arg=ana.id)
    hana.chooses("Hide all video")
    expect(hana.page.locator("video")).to_have_count(0)

    ana.chooses("Show me my own picture")
    expect(ana.page.locator("video[data-self]")).to_have_count(1)
    ana.chooses("Hide my own picture")
    expect(ana.page.locator("video[data-self]")).to_have_count(0)

    hana.press("Close the camera Ana")
    expect(ana.page.locator("#told")).to_have_text("Your camera is off. Nobody can see you.")
    cameras_of(ana, "ended")
    expect(hana.page.locator("#pictures")).to_be_hidden()
    expect(hana.page.get_by_role("button", name="Turn camera on")).to_have_count(1)  # her own

    turn_camera_on(ana)
    ana.press("Turn camera off")
    expect(hana.page.locator("#pictures")).to_be_hidden()
    cameras_of(ana, "ended", "ended")

    turn_camera_on(ana)
    cameras_of(ana, "ended", "ended", "live")
    expect(ana.page.get_by_role("button", name="Turn camera off")).to_be_visible()
    ana.page.evaluate(UNPLUG_CAMERA)
    expect(ana.page.locator("#told")).to_have_text("Your camera is off. Nobody can see you.")
    expect(ana.page.get_by_role("button", name="Turn camera on")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.holds("raur:1a", "raur:1d", "raur:1f", "raur:10a")
def test_a_picture_is_kept_in_front_and_in_a_window_of_its_own_whoever_has_the_floor(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    for person in pair:
        person.opens_who_is_here()
        turn_camera_on(person)
    hana.chooses("Show me my own picture")
    hana.chooses("Show video (1)")
    hana.page.wait_for_function(MOVES, arg=ana.id)
    ana.chooses("Show me my own picture")
    ana.chooses("Show video (1)")
    ana.page.wait_for_function(MOVES, arg=hana.id)
    for person in pair:  # everybody has everybody in the same place
        assert person.page.evaluate(TILES) == [hana.id, ana.id]
    mine, anas = (hana.page.locator(f"#tiles [data-person='{who}']") for who in (hana.id, ana.id))
    hana.chooses("Keep Ana’s picture in front")
    before, after = anas.evaluate(SIZE), mine.evaluate(SIZE)
    assert before["bottom"] <= after["top"]
    assert before["width"] > after["width"]

    hana.press("Begin the round")
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    expect(anas).to_have_class("in-front")
    with hana.page.expect_popup() as opened:
        hana.chooses("Ana’s picture in a window of its own")
    apart = opened.value
    assert apart.title() == "Ana’s picture"
    expect(anas).to_have_count(0)
    assert apart.locator("video").evaluate(PLAYS)
    expect(apart.get_by_text("Ana is speaking")).to_be_visible()
    small = apart.locator("video").evaluate(SIZE)
    apart.set_viewport_size({"width": 1200, "height": 800})
    assert apart.locator("video").evaluate(SIZE)["width"] > small["width"]
    ana.press("I’ve finished")
    expect(apart.get_by_text("Ana is speaking")).to_have_count(0)  # as on the page
    ana.press("Turn camera off")
    expect(apart.locator("video")).to_have_count(0)
    turn_camera_on(ana)
    assert apart.locator("video").evaluate(PLAYS)
    hana.chooses("Bring Ana’s picture back to this page")
    hana.page.wait_for_function(MOVES, arg=ana.id)
    hana.chooses("Let Ana’s picture go back")
    expect(anas).not_to_have_class("in-front")
    with hana.page.expect_popup() as opened:
        hana.chooses("Ana’s picture in a window of its own")
    with opened.value.expect_event("close"):
        hana.press("Leave quietly")
    hana.page.wait_for_url(re.compile("/calls/"))  # a window that is on its way closes badly


@pytest.mark.holds("promise:7", "circle:R7")
def test_a_camera_closes_when_its_owner_goes_on_on_another_device(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    ana.opens_who_is_here()
    turn_camera_on(ana)
    second = ana.page.context.new_page()
    second.goto(ana.page.url)
    second.get_by_role("button", name="Take over here").click()
    expect(ana.page.locator("#elsewhere")).to_be_visible()
    cameras_of(ana, "ended")
    expect(hana.page.locator("#pictures")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.holds("F:F64", "raur:5a", "raur:7a")
def test_voices_are_made_louder_and_mute_by_buttons_with_words(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    ana.opens_who_is_here()
    row = ana.page.locator("#here > li", has_text="Hana")
    for _ in range(12):
        row.get_by_role("button", name="Louder: Hana").click()
    expect(row).to_contain_text("Hana’s voice: 300 %")
    row.get_by_role("button", name="Softer: Hana").click()
    expect(row).to_contain_text("Hana’s voice: 280 %")
    row.get_by_role("button", name="Mute Hana for me").click()
    expect(row).to_contain_text("Hana’s voice: 0 %")
    row.get_by_role("button", name="Hear Hana again").click()
    expect(row).to_contain_text("Hana’s voice: 280 %")
    for name in ("Softer: Hana", "Louder: Hana"):
        box = row.get_by_role("button", name=name).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 64
    hana.opens_who_is_here()
    number = row.locator("[data-code]")
    expect(number).to_have_text(re.compile(r"Your number with Hana: (\d{3} ){3}\d{3}"))
    digits = number.inner_text().partition(": ")[2]
    theirs = hana.page.locator("#here > li", has_text="Ana").locator("[data-code]")
    expect(theirs).to_contain_text(digits)
    _choose_devices_and_lose_one(hana)


def _choose_devices_and_lose_one(hana: Seated) -> None:
    hana.page.evaluate(LISTEN)
    hana.press("Microphone is off")
    hana.page.wait_for_function(CAME_FROM, arg=["the usual one"])
    on = hana.page.get_by_role("button", name="Microphone is on", exact=True)
    expect(on).to_be_visible()
    loudspeaker = _another(hana, "Where you hear the others")
    hana.page.wait_for_function(PLAYS_ON, arg=loudspeaker)
    microphone = _another(hana, "Your microphone")
    hana.page.wait_for_function(CAME_FROM, arg=["the usual one", microphone])
    hana.page.evaluate("unplug()")
    expect(hana.page.locator("#line")).to_contain_text("Your microphone has stopped")
    hana.press("Microphone is off")
    hana.page.wait_for_function(CAME_FROM, arg=["the usual one", microphone, "the usual one"])
    expect(on).to_be_visible()
    hana.page.evaluate("unplug()")
    expect(on).to_be_hidden()
    is_answered(hana.page)
    before = hana.page.evaluate(STATE)["version"]
    hana.page.evaluate("window.isLoose = true")
    hana.page.wait_for_timeout(PRESS_FILTER)
    hana.press("Microphone is off")
    was_open = f"async (before) => (await ({STATE})()).version === before + 2"  # and is closed
    until(hana.page, was_open, before)
    assert hana.page.evaluate(STATE)["mic"]["event"] == "mic-on"
    expect(on).to_be_hidden()
    expect(hana.page.locator("#line")).to_contain_text("Your microphone has stopped")


def _another(person: Seated, label: str) -> str:
    """Choose another device than the usual one, by its id."""
    devices = person.page.get_by_label(label, exact=True)
    other = devices.locator("option").nth(1).get_attribute("value")
    assert other
    devices.select_option(other)
    return other
