"""Phones sleep and change networks, and lines are weak: the state first, then media; typing on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import Seated, come_in, expect_only
from tests.browser.site import Site

pytestmark = pytest.mark.browser

# What the page asks of the phone, in order; and a line that is as weak as the test says.
PHONE = """
window.asked = []
window.lost = 0
if (navigator.wakeLock) {
  const request = navigator.wakeLock.request
  navigator.wakeLock.request = async (kind) => {
    asked.push(kind)
    const lock = { released: false, release() { this.released = true; asked.push("let go") } }
    const away = () => { lock.released ||= document.hidden } // as a browser does
    document.addEventListener("visibilitychange", away, { capture: true })
    return lock
  }
}
const get = window.fetch
window.fetch = (address, ...rest) => {
  const part = String(address).split("?")[0].split("/").at(-1)
  asked.push(part)
  return get(address, ...rest)
}
const restart = RTCPeerConnection.prototype.restartIce
RTCPeerConnection.prototype.restartIce = function () {
  asked.push("lines")
  return restart.call(this)
}
const stats = RTCRtpReceiver.prototype.getStats
let packets = 0
RTCRtpReceiver.prototype.getStats = async function () {
  const report = new Map(await stats.call(this))
  packets += 100
  for (const [id, each] of report) {
    if (each.type !== "inbound-rtp") continue
    report.set(id, { ...each, packetsReceived: packets * (1 - lost), packetsLost: packets * lost })
  }
  return report
}
"""


@pytest.fixture
def pair(site: Site, open_window: Callable[[], BrowserContext]) -> tuple[Seated, Seated]:
    """Hana and Ana in a round: Ana speaks."""
    people = []
    for name in ("Hana", "Ana"):
        context = open_window()
        context.add_init_script(PHONE)
        people.append(come_in(site, context, name))
    hana, ana = people
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana])
    return hana, ana


SLEEPS_AND_WAKES = """
for (const hidden of [true, false]) {
  Object.defineProperty(document, "hidden", { value: hidden, configurable: true })
  document.dispatchEvent(new Event("visibilitychange"))
}
"""


def asked_after(person: Seated, happens: str, last: str) -> list[str]:
    """What the page asked for, from this on until it asked for the last."""
    person.page.evaluate("asked.length = 0")
    person.page.evaluate(happens)
    asked = person.page.wait_for_function("(last) => asked.includes(last) && asked", arg=last)
    return list(asked.json_value())


@pytest.mark.holds("circle:R9", "promise:7")
def test_the_screen_stays_awake_and_after_sleep_the_state_comes_before_media(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    assert hana.page.evaluate("asked.filter((each) => each === 'screen')") == ["screen"]
    element = hana.page.locator(f"audio[data-person='{ana.id}']").element_handle()
    asked = asked_after(hana, "dispatchEvent(new Event('online'))", last="lines")
    assert asked.index("state") < asked.index("lines")
    expect_only(ana, [hana])
    assert asked_after(hana, SLEEPS_AND_WAKES, last="state") == ["screen", "state"]
    expect_only(ana, [hana])
    assert element is not None
    assert element.evaluate("(audio) => audio.isConnected")


@pytest.mark.holds("circle:R9")
def test_the_screen_may_sleep_again_when_the_circle_is_left(pair: tuple[Seated, Seated]) -> None:
    hana, _ = pair
    hana.page.evaluate("addEventListener('pagehide', () => (sessionStorage.let = asked.at(-1)))")
    hana.press("Leave quietly")
    hana.page.wait_for_url("**/calls/**")
    assert hana.page.evaluate("sessionStorage.let") == "let go"


@pytest.mark.thorough
@pytest.mark.holds("circle:R10", "promise:7", "promise:2")
def test_a_weak_line_offers_text_only_and_the_way_back_and_typing_goes_on(
    pair: tuple[Seated, Seated],
) -> None:
    hana, ana = pair
    weak = hana.page.locator("#weak")
    expect(weak).to_be_hidden()
    hana.page.evaluate("window.lost = 0.4")
    expect(weak).to_contain_text("typing still works")
    expect_only(ana, [hana])  # nothing changes by itself
    hana.chooses("Leave it as it is")
    expect(weak).to_be_hidden()
    expect(weak).to_contain_text("typing still works")

    hana.chooses("Go on by text only")
    expect(weak).to_contain_text("you hear nobody, and nobody hears you")
    expect_only(None, [hana])
    ana.press("Type instead")
    hana.sees("Ana is sharing by text")
    ana.page.get_by_label("Your words", exact=True).fill("It goes on in words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("It goes on in words.")

    hana.page.evaluate("window.lost = 0")
    hana.chooses("Try sound again")
    expect(weak).to_be_hidden()
    ana.press("Speak instead")
    expect_only(ana, [hana])


@pytest.mark.thorough
@pytest.mark.holds("circle:R10")
def test_with_pictures_on_a_weak_line_audio_only_comes_first(pair: tuple[Seated, Seated]) -> None:
    hana, ana = pair
    for person in (hana, ana):
        person.opens_who_is_here()
        person.press("Turn camera on")
        expect(person.page.get_by_role("button", name="Turn camera off")).to_be_visible()
    hana.chooses("Show video (1)")
    expect(hana.page.locator("video")).to_have_count(1)
    hana.page.evaluate("window.lost = 0.4")
    expect(hana.page.locator("#audio-only")).to_be_visible()
    hana.chooses("Audio only")
    expect(hana.page.locator("video")).to_have_count(0)
    expect(hana.page.get_by_role("button", name="Turn camera on")).to_be_visible()  # hers, too
    expect(ana.page.locator("#show-video")).to_be_hidden()
    expect(hana.page.locator("#show-video")).to_be_hidden()
    expect(hana.page.locator("#weak")).to_contain_text("Audio only")
    expect_only(ana, [hana])
    hana.page.evaluate("window.lost = 0")
    hana.chooses("Try video again")
    hana.chooses("Show video (1)")
    expect(hana.page.locator("video")).to_have_count(1)
