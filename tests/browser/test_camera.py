"""What a browser is asked for, from arrival to the end of a turn."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.seated import take_a_place, to_the_lobby
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

LISTEN = """
window.asked = []
const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
navigator.mediaDevices.getUserMedia = (wanted) => { asked.push(wanted); return ask(wanted) }
const replace = RTCRtpSender.prototype.replaceTrack
RTCRtpSender.prototype.replaceTrack = function (track) {
  if (track) asked.push({ [track.kind]: "sent" })
  return replace.call(this, track)
}
window.MediaRecorder = function () { asked.push({ recorder: true }) }
"""


@pytest.mark.thorough
@pytest.mark.holds("promise:4", "F:F10")
def test_a_whole_turn_asks_for_a_voice_and_never_for_a_picture(
    site: Site, browser: Browser
) -> None:
    contexts = {name: window(browser) for name in ("Hana", "Ana")}
    seated = {}
    for name, context in contexts.items():
        context.add_init_script(LISTEN)
        page = site.look_around_as(context, name)
        to_the_lobby(page)
        seated[name] = take_a_place(page, name)
    hana, ana = seated.values()
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    asked = [each for person in (hana, ana) for each in person.page.evaluate("asked")]
    assert {kind for each in asked for kind in each} == {"audio"}
    for person in (hana, ana):
        expect(person.page.locator("video")).to_have_count(0)
        expect(person.page.get_by_role("button", name="camera")).to_have_count(0)
    for context in contexts.values():
        context.close()
