"""Text only without a line to anybody, and what a page remembers of how it hears and is heard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.seated import Seated, come_in, expect_only, is_answered, take_a_place
from tests.browser.site import Site
from tests.browser.tones import CONNECTIONS, give_voice

pytestmark = pytest.mark.browser

ALL = "(count) => connections.length === count"
OPEN = """
(count) => {
  const open = connections.filter((each) => each.connectionState !== "closed");
  return open.length === count && open.every((each) => each.connectionState === "connected");
}
"""
ASKED = """
window.asked = []
const opens = navigator.mediaDevices?.getUserMedia
if (opens) navigator.mediaDevices.getUserMedia = (wanted) => {
  asked.push(wanted.audio)
  return opens.call(navigator.mediaDevices, wanted)
}
"""
CLEANED = "() => asked.map((each) => [each.noiseSuppression, each.autoGainControl])"
AS_IT_IS, CLEANED_UP = [False, False], [True, True]


@pytest.fixture
def enter(site: Site, open_window: Callable[[], BrowserContext]) -> Callable[..., Seated]:
    def come(name: str, way: str = "Voice") -> Seated:
        context = open_window()
        context.add_init_script(CONNECTIONS)
        return come_in(site, context, name, way)

    return come


@pytest.mark.thorough
@pytest.mark.holds("promise:2", "circle:9", "circle:R10", "asvs:4")
def test_chosen_in_the_lobby_no_browser_learns_anything_and_words_still_come(
    site: Site, open_window: Callable[[], BrowserContext], enter: Callable[..., Seated]
) -> None:
    hana, ben = enter("Hana"), enter("Ben")
    context = open_window()
    context.add_init_script(CONNECTIONS)
    give_voice(context, 880)
    site.sign_in(context, "Ana")
    page = context.new_page()
    page.goto(site.lobby(context))
    page.get_by_role("checkbox", name=re.compile("^Without sound")).check()
    ana = take_a_place(page, "Ana", 880, way="Text only")
    hana.begins_a_round(ana)
    for one in (hana, ben):
        one.page.wait_for_function(OPEN, arg=1)
    expect(page.locator("#weak")).to_contain_text("The others learn nothing about your network")
    hana.opens_who_is_here()
    expect(hana.page.locator("#here")).to_contain_text("here, text only, without sound")

    ana.press("Start my turn")
    page.locator("#all-ways > summary").click()
    ana.press("Read it aloud for me")
    ana.press("Type my share")  # which leads to the words, and leaves the way as it was chosen
    expect(page.get_by_label("Your words", exact=True)).to_be_focused()
    aloud = page.get_by_role("button", name="Read it aloud for me")
    expect(aloud).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Your words", exact=True).fill("I am here by text.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("I am here by text.")
    ana.press("I’ve finished")
    ben.press("Start my turn")
    ana.sees("Ben is speaking")
    ben.press("Type instead")
    ben.page.get_by_label("Your words", exact=True).fill("And I type too.")
    ben.press("Show my words")
    expect(page.locator("#log")).to_contain_text("And I type too.")
    ana.loads_anew()
    expect(page.locator("#weak")).to_contain_text("Text only, on this device")
    page.wait_for_timeout(1000)  # in which a page that connects has begun to
    for one, made in ((hana, 1), (ben, 1), (ana, 0)):
        assert one.page.evaluate(ALL, made), one.name
    assert page.get_by_role("button", name="Speak instead").count() == 0


@pytest.mark.thorough
@pytest.mark.holds("circle:R10", "promise:7", "promise:2")
def test_pressed_in_the_circle_every_line_closes_a_reload_keeps_it_and_a_press_undoes_it(
    enter: Callable[..., Seated],
) -> None:
    hana, ana = enter("Hana"), enter("Ana")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana])
    ana.opens_who_is_here()
    ana.press("Text only on this device")
    hana.sees("Ana is sharing by text")
    expect_only(None, [hana])
    for one in (hana, ana):
        one.page.wait_for_function(OPEN, arg=0)
    ana.loads_anew()
    expect(ana.page.locator("#weak")).to_contain_text("you hear nobody, and nobody hears you")
    ana.page.wait_for_timeout(1000)  # in which a page that connects has begun to
    assert ana.page.evaluate(ALL, 0)
    assert hana.page.evaluate(OPEN, 0)

    ana.chooses("Try sound again")
    expect(ana.page.locator("#weak")).to_be_hidden()
    for one in (hana, ana):
        one.page.wait_for_function(OPEN, arg=1)
    expect_only(None, [hana])  # nothing opens by itself
    ana.press("Speak instead")
    expect_only(ana, [hana])


@pytest.mark.thorough
@pytest.mark.holds("raur:3a", "acceptance:2")
def test_how_somebody_is_heard_here_is_the_same_after_a_reload(
    enter: Callable[..., Seated],
) -> None:
    hana, ana = enter("Hana"), enter("Ana")
    hana.begins_a_round(ana)
    hana.opens_who_is_here()
    row = hana.page.locator("#here > li", has_text="Ana")
    for _ in range(2):
        row.get_by_role("button", name="Louder: Ana").click()
    row.get_by_role("button", name="Mute Ana for me").click()
    hana.page.get_by_label("Let the browser clean up my voice").check()
    hana.loads_anew()
    hana.opens_who_is_here()
    expect(row).to_contain_text("Ana’s voice: 0 %")
    expect(hana.page.get_by_label("Let the browser clean up my voice")).to_be_checked()
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    expect_only(None, [hana])  # still mute for her
    row.get_by_role("button", name="Hear Ana again").click()
    expect(row).to_contain_text("Ana’s voice: 140 %")
    expect_only(ana, [hana])


def test_a_voice_goes_out_as_it_is_unless_its_owner_wants_it_cleaned_up(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_voice(context, 440)
    context.add_init_script(ASKED)
    site.sign_in(context, "Hana")
    page = context.new_page()
    page.goto(site.lobby(context))
    page.get_by_text("Hear how you sound").click()
    for button in ("Try my microphone", "Hear it as it is", "Hear it cleaned up"):
        page.get_by_role("button", name=button).click()
        page.wait_for_function("asked.length === 1")
        wanted = CLEANED_UP if button == "Hear it cleaned up" else AS_IT_IS
        assert take_asked(page) == [wanted], button

    hana = take_a_place(page, "Hana", 440)
    hana.press("Start the circle")
    hana.sees("Welcome")
    hana.press("Microphone is off")
    expect(page.get_by_role("button", name="Microphone is on", exact=True)).to_be_visible()
    assert take_asked(page) == [AS_IT_IS]
    hana.opens_who_is_here()
    page.get_by_label("Let the browser clean up my voice").check()
    page.wait_for_function("asked.length === 1")
    assert take_asked(page) == [CLEANED_UP]
    page.get_by_label("Let the browser clean up my voice").uncheck()
    page.wait_for_function("asked.length === 1")
    assert take_asked(page) == [AS_IT_IS]
    is_answered(page)


def take_asked(page: Page) -> object:
    """What this page has asked of the microphone since the last time."""
    found = page.evaluate(CLEANED)
    page.evaluate("asked.length = 0")
    return found
