"""What else happens in a circle, in real browsers: two devices, private lines, hands, breaks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.keyboard import Keyboard
from tests.browser.seated import HERTZ, Seated, come_in, expect_only
from tests.browser.site import Site, window
from tests.browser.test_keyboard import MOST_STOPS

pytestmark = pytest.mark.browser

LINE = "Somebody gave advice, and I froze."
KEPT_OFF = """
() => {
  window.opens = navigator.mediaDevices.getUserMedia;
  navigator.mediaDevices.getUserMedia = async () => {
    throw new DOMException("", "NotAllowedError");
  };
}
"""


@pytest.fixture
def contexts(browser: Browser) -> Iterator[dict[str, BrowserContext]]:
    opened = {name: window(browser) for name in ("Hana", "Ana")}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def circle(site: Site, contexts: dict[str, BrowserContext]) -> dict[str, Seated]:
    """Hana and Ana in a circle whose round has begun: Ana is asked."""
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    people["Hana"].begins_a_round(people["Ana"])
    return people


@pytest.mark.thorough
@pytest.mark.holds("circle:R7", "promise:7", "promise:3")
def test_a_second_device_takes_over_and_the_first_one_takes_it_back(
    site: Site, contexts: dict[str, BrowserContext], circle: dict[str, Seated]
) -> None:
    hana, ana = circle["Hana"], circle["Ana"]
    ana.press("Start my turn")
    expect_only(ana, [hana])
    second = contexts["Ana"].new_page()
    second.goto(ana.page.url)
    expect(second.get_by_role("heading", name="on another page or device")).to_be_visible()
    expect(second.locator("#now")).to_be_hidden()
    expect_only(ana, [hana])

    second.get_by_role("button", name="Take over here").click()
    expect(second.locator("#cue")).to_have_text("It’s your turn, Ana. There’s no hurry.")
    expect(ana.page.locator("#elsewhere")).to_be_visible()
    expect(ana.page.locator("audio")).to_have_count(0)
    expect_only(None, [hana])
    there = Seated("Ana", second, ana.id, HERTZ["Ana"])
    there.press("Microphone is off")
    expect_only(there, [hana])

    ana.page.get_by_role("button", name="Take over here").click()
    expect(second.locator("#elsewhere")).to_be_visible()
    ana.press("Microphone is off")
    expect_only(ana, [hana])
    hana.sees("Ana is speaking")


ASKS_FIRST = """
() => {
  const devices = navigator.mediaDevices;
  const opens = devices.getUserMedia.bind(devices);
  devices.getUserMedia = (wanted) => new Promise((give) => {
    window.agree = async () => give((window.given = await opens(wanted)));
  });
}
"""
LET_GO = "() => given.getTracks().every(({ readyState }) => readyState === 'ended')"


@pytest.mark.holds("circle:R7", "promise:3", "promise:4")
@pytest.mark.parametrize("asks", ["Start my turn", "Turn camera on"])
def test_what_a_browser_gives_after_its_owner_went_on_elsewhere_is_let_go_of(
    contexts: dict[str, BrowserContext], circle: dict[str, Seated], asks: str
) -> None:
    ana = circle["Ana"]
    ana.opens_who_is_here()
    ana.page.evaluate(ASKS_FIRST)
    ana.press(asks)
    ana.page.wait_for_function("() => window.agree")
    second = contexts["Ana"].new_page()
    second.goto(ana.page.url)
    second.get_by_role("button", name="Take over here").click()
    expect(ana.page.locator("#elsewhere")).to_be_visible()
    ana.page.evaluate("agree()")
    ana.page.wait_for_function(LET_GO)
    expect(second.locator("#cue")).to_have_text("It’s your turn, Ana")
    expect(second.locator("form[data-control=camera]")).to_contain_text("Turn camera on")


def send_a_line(ana: Seated) -> None:
    ana.page.locator("#rest").get_by_text("More", exact=True).click()
    ana.page.get_by_label("Tell a facilitator").fill(LINE)
    ana.press("Send to the facilitators")


@pytest.mark.holds("circle:9", "raur:16a")
def test_a_private_line_comes_to_the_desk_by_itself(circle: dict[str, Seated]) -> None:
    hana, ana = circle["Hana"], circle["Ana"]
    send_a_line(ana)
    expect(hana.page.locator("#lines-to-us")).to_contain_text(LINE)
    expect(ana.page.get_by_label("Tell a facilitator")).to_have_value("")
    expect(ana.page.locator("#asked-of-us")).to_contain_text("The facilitators have it.")
    hana.page.get_by_role("button", name="Opened Ana").click()
    expect(ana.page.locator("#asked-of-us")).to_contain_text("A facilitator has opened it.")


def test_whoever_leads_alone_calls_for_help_and_changes_the_words_of_a_round_that_is_on(
    circle: dict[str, Seated],
) -> None:
    hana, ana = circle["Hana"], circle["Ana"]
    hana.page.get_by_text("If you need help yourself").click()
    expect(hana.page.get_by_label("Tell the other facilitators")).to_be_hidden()
    hana.press("Ask for help with this circle")
    told = hana.page.locator("#asked-of-us")
    expect(told).to_contain_text("Nobody has opened it yet.")
    expect(told.get_by_role("link", name="Get help now")).to_be_visible()

    hana.page.get_by_text("The rounds to come").click()
    hana.page.get_by_label("What the next round is about").fill("What helps you rest?")
    hana.press("Use these words")
    expect(hana.page.locator("#line")).to_contain_text("Somebody has the floor.")
    sure = hana.page.get_by_label("Show them at once, in the middle of a turn")
    sure.check()
    hana.press("Use these words")
    expect(ana.page.locator("#lines")).to_contain_text("This round: What helps you rest?")
    expect(sure).not_to_be_checked()


@pytest.mark.holds("circle:R5")
def test_a_private_line_comes_by_itself_without_a_socket_too(
    contexts: dict[str, BrowserContext], site: Site
) -> None:
    for context in contexts.values():
        context.add_init_script("window.WebSocket = class { close() {} }")
    people = {}
    for name, context in contexts.items():
        site.sign_in(context, name)
        page = context.new_page()
        page.goto(site.lobby(context))
        page.get_by_role("button", name="Join now").click()
        expect(page.locator("#cue")).to_be_visible()
        people[name] = Seated(name, page, "", 0)
    send_a_line(people["Ana"])
    expect(people["Hana"].page.locator("#lines-to-us")).to_contain_text(LINE)


@pytest.mark.thorough
@pytest.mark.holds("F:F89")
def test_nothing_more_to_press_than_a_hand_can_reach(circle: dict[str, Seated]) -> None:
    ana, keys = circle["Ana"], Keyboard(circle["Ana"].page)
    _is_told_how_to_turn_a_microphone_on(ana)
    keys.has_at_most(MOST_STOPS)
    ana.press("Start my turn")
    ana.sees("It’s your turn, Ana. There’s no hurry.")
    keys.has_at_most(MOST_STOPS)
    ana.press("Type instead")
    expect(ana.page.get_by_label("Your words", exact=True)).to_be_visible()
    expect(ana.page.get_by_role("button", name="Show my words")).to_be_visible()
    keys.has_at_most(MOST_STOPS)
    ana.page.get_by_text("All ways to take it").click()
    expect(ana.page.get_by_role("button", name="Show it")).to_have_attribute("aria-pressed", "true")
    ana.press("I’ve finished")
    expect(ana.page.locator("#typing")).to_be_hidden()
    keys.has_at_most(MOST_STOPS)


def _is_told_how_to_turn_a_microphone_on(ana: Seated) -> None:
    ana.page.evaluate(KEPT_OFF)
    ana.press("Start my turn")
    expect(ana.page.locator("#line")).to_contain_text("Your browser is keeping the microphone off")
    with ana.page.expect_popup() as opened:
        ana.page.get_by_role("link", name="See how to turn a microphone on").click()
    expect(opened.value.locator("#microphone")).to_have_text("How to turn a microphone on")
    opened.value.close()
    ana.page.evaluate("() => { navigator.mediaDevices.getUserMedia = opens; }")
    ana.press("Pass this time")
    ana.sees("Everybody has had their turn")
    ana.press("Take that back")
    ana.sees("It’s your turn, Ana")


@pytest.mark.thorough
def test_hands_a_break_and_rest_go_from_page_to_page(circle: dict[str, Seated]) -> None:
    hana, ana = circle["Hana"], circle["Ana"]
    ana.press("Pass this time")
    hana.sees("Everybody has had their turn")
    hana.press("Open the floor")
    ana.sees("The floor is open")
    ana.press("Raise my hand")
    expect(hana.page.locator("#order")).to_contain_text("hand is up")
    hana.press("First hand: Ana")
    ana.sees("It’s your turn, Ana")
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    expect(hana.page.locator("#table .mine .ring")).to_be_visible()
    hana.press("Nudge Ana, privately")
    expect(ana.page.locator("#lines")).to_contain_text("Only for you, from a facilitator")
    ana.press("I’ve finished")
    hana.press("Start a break")
    ana.sees("We’re taking a break")
    hana.press("Carry on, all of us")
    ana.sees("The floor is open")
    ana.page.locator("#rest").get_by_text("More", exact=True).click()
    ana.press("Take a break")
    expect(hana.page.locator("#people")).to_contain_text("taking a break")
    ana.press("I’m back")
    hana.press("Say goodbye")
    ana.sees("We’re saying goodbye")
