"""A whole circle by one big button: with the eyes closed, by click and by keyboard."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ears import expect_sound, expect_spoken, expect_told, give_ears, spoken
from tests.browser.keyboard import Keyboard
from tests.browser.seated import Seated, come_in, expect_only, is_answered
from tests.browser.site import Site

pytestmark = pytest.mark.browser

NOT_YET = "Not your turn. Press to hear where we are"
START = "Your turn. Press to start"
FINISH = "It’s your turn. Press when you have finished"
SURE = "Finish? Press again to finish"
SIZES = [(320, 640), (390, 844), (1280, 800)]


def close_eyes(somebody: Seated) -> None:
    somebody.page.get_by_role("button", name="Eyes-closed mode").click()


def big(page: Page, name: str) -> None:
    """Press the one big button, once it has this name and hasn’t just changed."""
    button = page.locator("#eyes-big:not([data-changed]) button")
    expect(button).to_have_accessible_name(name)
    button.click()


def behind_more(somebody: Seated, name: str, fold: str = "") -> None:
    """Press what is behind More, or in a part of it that folds open."""
    somebody.page.locator("#eyes-more > summary").click()
    if fold:
        somebody.page.locator("#eyes-parts summary", has_text=fold).click()
    somebody.press(name)


def begin(hana: Seated) -> None:
    hana.press("Start the circle")
    hana.press("Begin the round")


@pytest.fixture
def three(site: Site, open_window: Callable[[], BrowserContext]) -> dict[str, Seated]:
    people = {}
    for name in ("Hana", "Ana", "Ben"):
        context = open_window()
        give_ears(context)
        people[name] = come_in(site, context, name)
    return people


@pytest.mark.thorough
@pytest.mark.holds("acceptance:1", "F:F20", "F:F22")
def test_somebody_with_closed_eyes_takes_a_turn_by_click(three: dict[str, Seated]) -> None:
    hana, ana, ben = three["Hana"], three["Ana"], three["Ben"]
    close_eyes(ana)
    expect_spoken(ana.page, "Eyes-closed mode.")
    big(ana.page, NOT_YET)
    expect_spoken(ana.page, "You’re in the lobby.")
    begin(hana)
    expect_spoken(ana.page, "It’s your turn. Start when you’re ready.")
    expect_sound(ana.page, 440, 659)
    big(ana.page, START)
    expect_spoken(ana.page, "Microphone on.")
    expect_only(ana, [hana, ben])
    expect(ana.page.locator("#eyes-about")).to_contain_text("Microphone is on.")

    big(ana.page, FINISH)
    big(ana.page, SURE)
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana, ben])
    expect_spoken(ana.page, "Microphone off.")
    big(ana.page, NOT_YET)
    expect_spoken(ana.page, "It’s Ben’s turn, when they’re ready.")

    ana.page.get_by_text("More", exact=True).locator("visible=true").click()
    ana.page.get_by_role("button", name="Open eyes view").click()
    expect(ana.page.locator("#cue")).to_be_visible()
    expect(ana.page.locator("#close-eyes")).to_be_focused()


@pytest.mark.thorough
@pytest.mark.holds("F:F20")
def test_somebody_with_closed_eyes_takes_a_turn_by_keyboard(three: dict[str, Seated]) -> None:
    hana, ana, ben = three["Hana"], three["Ana"], three["Ben"]
    keys = Keyboard(ana.page)
    keys.press("button", "Eyes-closed mode")
    expect(ana.page.locator("#eyes-big button")).to_be_focused()
    begin(hana)
    keys.press("button", START)
    expect_only(ana, [hana, ben])
    keys.press("button", FINISH)
    expect(ana.page.locator("#eyes-big button")).to_have_accessible_name(SURE)
    expect(ana.page.locator("#eyes-big")).not_to_have_attribute("data-changed", "")
    ana.page.keyboard.press("Space")
    ben.sees("It’s your turn, Ben")
    expect_told(ana.page, "Ana has finished. Thank you, Ana.")
    keys.has_at_most(12)


@pytest.mark.thorough
@pytest.mark.holds("F:F20")
def test_a_shaking_hand_never_ends_a_turn(three: dict[str, Seated]) -> None:
    hana, ana = three["Hana"], three["Ana"]
    close_eyes(ana)
    begin(hana)
    big(ana.page, START)
    hana.sees("Ana is speaking")
    button = ana.page.locator("#eyes-big:not([data-changed]) button")
    expect(button).to_have_accessible_name(FINISH)
    button.evaluate("(button) => [1, 2, 3, 4].forEach(() => button.click())")
    expect(button).to_have_accessible_name(SURE)
    hana.sees("Ana is speaking")


@pytest.mark.holds("F:F20")
def test_the_button_is_half_of_the_screen_and_the_others_are_big(three: dict[str, Seated]) -> None:
    page = three["Ana"].page
    close_eyes(three["Ana"])
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        box = page.locator("#eyes-big button").bounding_box()
        assert box is not None
        assert box["height"] >= height / 2, (width, box)
        shown = page.locator("main:visible").locator("button, summary, a").locator("visible=true")
        assert [each.split("\n")[0] for each in shown.all_inner_texts()] == [
            "Not your turn.", "More", "Leave quietly", "Get help now",
        ]  # fmt: skip
        for small in shown.all()[1:]:
            place = small.bounding_box()
            assert place is not None
            assert place["height"] >= 64, (width, place)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


PLACES = """
() => ["#eyes-big button", "#eyes-more > summary"].map((each) => {
  const { x, y, height } = document.querySelector(each).getBoundingClientRect();
  return [x, y + scrollY, height];
})
"""


@pytest.mark.holds("F:F20", "F:F80")
def test_what_more_opens_moves_neither_it_nor_the_big_button(three: dict[str, Seated]) -> None:
    page = three["Ana"].page
    close_eyes(three["Ana"])
    more = page.locator("#eyes-more > summary")
    for width, height in (*SIZES, (600, 800), (768, 1024)):
        page.set_viewport_size({"width": width, "height": height})
        before = page.evaluate(PLACES)
        more.click()
        expect(page.get_by_role("button", name="Open eyes view")).to_be_visible()
        assert page.evaluate(PLACES) == before, width
        page.wait_for_timeout(1000)  # a hand that shakes is given as long
        more.click()
        page.wait_for_timeout(1000)


@pytest.mark.thorough
@pytest.mark.holds("acceptance:1", "F:F20", "promise:2")
def test_a_whole_circle_with_closed_eyes(three: dict[str, Seated]) -> None:
    hana, ana, ben = three["Hana"], three["Ana"], three["Ben"]
    for somebody in (ana, ben):
        close_eyes(somebody)
    begin(hana)
    expect_spoken(ana.page, "It’s your turn. Start when you’re ready.")
    behind_more(ana, "Come back to me later")
    expect_spoken(ana.page, "Done: Come back to me later.")
    hana.sees("It’s Ben’s turn, when they’re ready")
    behind_more(ben, "Pass this time")
    expect_spoken(ben.page, "Done: Pass this time.")
    hana.sees("It’s Ana’s turn, when they’re ready")
    _shares_silence(ana, hana)
    _is_answered(ana, ben, hana)
    _closes(hana, ana, ben)
    for somebody in (hana, ana, ben):
        expect(somebody.page.get_by_role("heading", level=1)).to_contain_text("Thank you")


def _shares_silence(ana: Seated, hana: Seated) -> None:
    """With a wish, and with a moment in the middle."""
    behind_more(ana, "Share silence")
    hana.sees("Ana is sharing silence")
    expect_spoken(ana.page, "Done: Share silence.")
    behind_more(ana, "A reflection is welcome")
    expect_spoken(ana.page, "Done: A reflection is welcome.")
    expect(hana.page.locator("#lines")).to_contain_text("A reflection is welcome")
    behind_more(ana, "Take a moment")
    hana.sees("Ana is taking a moment")
    big(ana.page, "You’re taking a moment. Press to carry on")
    hana.sees("Ana is sharing silence")
    big(ana.page, FINISH)
    big(ana.page, SURE)
    expect_spoken(ana.page, "Ana has finished. Thank you, Ana.")


def _is_answered(ana: Seated, ben: Seated, hana: Seated) -> None:
    """By a word and by a line, which Ana hears when she likes; and the facilitator by a press."""
    behind_more(ben, "Thank you", fold="After a turn")
    expect_spoken(ben.page, "Done: Thank you.")
    expect_spoken(ana.page, "There are words for you, under “After a turn”.")
    ben.page.locator("#eyes-more > summary").click()
    ben.page.get_by_label("One line to them").fill("I heard how quiet it was.")
    ben.press("Send my line")
    expect_spoken(ben.page, "Done: Send my line.")
    ana.page.locator("#eyes-more > summary").click()
    ana.chooses("Hear what was said to me")
    expect_spoken(ana.page, "Ben: Thank you. Ben: “I heard how quiet it was.”")
    ana.chooses("Hear what happens now")
    expect_spoken(ana.page, "Everybody has a turn, in the order that you see here.")
    ana.page.locator("#eyes-more > summary").click()
    behind_more(ben, "Slower, please")
    expect_told(hana.page, "Ben would like it slower.")
    ben.page.locator("#eyes-more > summary").click()
    ben.page.get_by_label("Tell a facilitator").fill("My neck tires.")
    ben.press("Send to the facilitators")
    expect(hana.page.locator("#private")).to_contain_text("My neck tires.")


def _closes(hana: Seated, ana: Seated, ben: Seated) -> None:
    hana.press("Begin the closing round")
    for speaker, listener in ((ana, ben), (ben, ana)):
        big(speaker.page, START)
        expect_spoken(speaker.page, "Microphone on.")
        expect_only(speaker, [hana, listener])
        big(speaker.page, FINISH)
        big(speaker.page, SURE)
    hana.sees("Everybody has had their turn")
    hana.press("Say goodbye")
    expect_spoken(ana.page, "We’re saying goodbye.")
    hana.ends_the_circle()


@pytest.mark.thorough
@pytest.mark.holds("F:F20", "F:F60")
def test_typing_opens_the_eyes_view_where_the_words_go(three: dict[str, Seated]) -> None:
    hana, ana = three["Hana"], three["Ana"]
    close_eyes(ana)
    begin(hana)
    big(ana.page, START)
    hana.sees("Ana is speaking")
    ana.page.locator("#eyes-more > summary").click()
    ana.press("Type instead")
    hana.sees("Ana is sharing by text")
    expect(ana.page.get_by_label("Your words")).to_be_focused()
    ana.page.get_by_label("Your words").fill("Still here.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Still here.")
    ana.press("I’ve finished")
    expect(ana.page.locator("#eyes-big button")).to_be_focused()
    expect(ana.page.locator("#cue")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.holds("F:F20", "F:F67", "F:F70", "raur:15a")
def test_what_others_type_is_told_and_spoken(three: dict[str, Seated]) -> None:
    hana, ana, ben = three["Hana"], three["Ana"], three["Ben"]
    close_eyes(ben)
    begin(hana)
    ana.sees("It’s your turn, Ana")
    ana.press("Type my share")
    ana.page.get_by_label("Your words").fill("My neck is quiet today.")
    ana.press("Show my words")
    expect_told(ben.page, "Ana, by text: My neck is quiet today.", "log")
    expect_spoken(ben.page, "Ana, by text: My neck is quiet today.")
    _captions_are_looked_up(ana, ben)


def _captions_are_looked_up(ana: Seated, ben: Seated) -> None:
    """Behind More, by whoever wants them; nothing reads them over the voice that they are of."""
    more, lines = ben.page.locator("#eyes-more > summary"), ben.page.locator("#caption-lines")
    more.click()
    ben.chooses("Captions")
    expect(ben.page.get_by_role("region", name="Captions")).to_be_visible()
    more.click()
    ana.press("Speak instead")
    ana.chooses("Captions")
    ana.page.get_by_label("Type a line of captions").fill("And quieter by the minute.")
    ana.chooses("Send this line")
    expect(lines).to_contain_text("Ana: And quieter by the minute.")
    expect(lines).to_be_hidden()
    expect(lines).to_have_attribute("aria-live", "off")
    more.click()
    expect(lines).to_be_visible()
    assert not [each for each in spoken(ben.page) if "quieter" in each]
    ben.chooses("Open eyes view")
    expect(lines).to_be_visible()
    expect(lines).to_have_attribute("aria-live", "polite")


@pytest.mark.thorough
@pytest.mark.holds("F:F20", "F:F62")
def test_a_share_written_before_is_sent_with_closed_eyes(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    people = {}
    for name, way in (("Hana", "Voice"), ("Ana", "Text only")):
        context = open_window()
        give_ears(context)
        people[name] = come_in(site, context, name, way)
    hana, ana = people["Hana"], people["Ana"]
    circle = ana.page.url
    ana.page.goto(circle.replace("/circles/", "/calls/") + "/share")
    ana.page.locator("textarea").fill("I wrote this on a good day.")
    ana.page.get_by_role("button", name="Keep it for my turn").click()
    expect(ana.page.get_by_text("Your share is kept")).to_be_visible()
    ana.page.goto(circle)
    is_answered(ana.page)
    close_eyes(ana)
    begin(hana)
    big(ana.page, "Your turn. Press to send your written share")
    expect(hana.page.locator("#log")).to_contain_text("I wrote this on a good day.")
    big(ana.page, FINISH)
    big(ana.page, SURE)
    expect_told(ana.page, "Ana has finished. Thank you, Ana.")
