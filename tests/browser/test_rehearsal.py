"""The lobby and the rehearsal in a browser: by keyboard, on a phone, and without a microphone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, ViewportSize, expect

from tests.browser.keyboard import Keyboard
from tests.browser.seated import Seated, come_in, take_a_place, to_the_lobby
from tests.browser.site import Site
from tests.browser.tones import give_voice

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 800}
MOST_STOPS = 12 + 2  # than in a circle: what lets the others go on, and what to try

# From its next page on, a context counts how often it asks for a microphone or a camera.
ASKED = """
() => {
  window.asked = Number(sessionStorage.getItem("asked") ?? 0);
  navigator.mediaDevices.getUserMedia = async () => {
    sessionStorage.setItem("asked", ++window.asked);
    throw new DOMException("not in this test", "NotAllowedError");
  };
}
"""


@pytest.mark.thorough
@pytest.mark.holds("promise:2", "F:F89")
def test_somebody_rehearses_a_whole_circle_by_keyboard_on_a_phone(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_voice(context, 440)
    page = site.look_around_as(context, "Ana")
    page.set_viewport_size(PHONE)
    to_the_lobby(page)
    lobby, sockets, sent = page.url, _sockets(page), _posts(page)
    keys = Keyboard(page)
    page.get_by_text("What happens, in order").click()
    keys.press("link", "Rehearse it alone first")
    cue = page.locator("#cue")
    expect(cue).to_have_text("You’re in the lobby")
    keys.has_at_most(MOST_STOPS)
    _until(keys, "It’s your turn, Ana")
    keys.press("button", "Start my turn")
    expect(cue).to_have_text("It’s your turn, Ana. There’s no hurry.")
    expect(page.locator("#meter")).to_have_text("We can hear you. A quiet or broken voice is fine.")
    keys.press("button", "Take a moment")
    expect(cue).to_have_text("You’re taking a moment, Ana")
    expect(page.locator("#meter")).to_be_hidden()
    keys.press("button", "Carry on")
    expect(cue).to_have_text("It’s your turn, Ana. There’s no hurry.")
    keys.press("button", "Type instead")
    keys.write("Your words", "Nobody reads this.")
    keys.press("button", "Show my words")
    expect(page.locator("#log")).to_contain_text("You: Nobody reads this.")
    keys.press("button", "I’ve finished")
    first = page.locator("#rest > :first-child")
    expect(first).to_have_text("Take that back")  # where it stands without script, too
    _until(keys, "It’s your turn, Ana")
    expect(page.locator("#lines")).to_contain_text("The closing round: a word or two, or none.")
    keys.press("button", "Pass this time")
    expect(cue).not_to_have_text("It’s your turn, Ana")
    _until(keys, "We’re saying goodbye")
    keys.press("button", "Begin again")
    expect(cue).to_have_text("You’re in the lobby")
    expect(page.get_by_role("button", name="Let the others go on")).to_be_visible()
    keys.press("button", "Leave quietly")
    page.wait_for_url(lobby)
    assert sockets == []
    assert {each.partition("?")[0].rsplit("/", 1)[0] for each in sent} == {
        f"{site.url}/circles/rehearsal/events"
    }


@pytest.mark.thorough
def test_somebody_rehearses_leading_a_circle_to_its_end(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = site.look_around_as(open_window(), "Hana")
    to_the_lobby(page)
    lobby = page.url
    page.get_by_text("What happens, in order").click()
    page.get_by_role("link", name="Rehearse leading it, alone").click()
    page.wait_for_load_state()
    cue = page.locator("#cue")

    def press(name: str) -> None:
        button = page.get_by_role("button", name=name, exact=True)
        page.locator("form:not([data-changed]) button").and_(button).click()

    press("Let in Pretend Noor")
    expect(page.locator("#people")).not_to_contain_text("would like to come in")
    for name, said in {
        "Start the circle": "Welcome",
        "Go to the guidelines": "What we ask of each other",
        "Begin the round": "It’s Pretend Ana’s turn, when they’re ready",
        "Let the others go on": "Pretend Ana is speaking",
        "Move on": "It’s Pretend Ben’s turn, when they’re ready",
        "Say that we close soon": "It’s Pretend Ben’s turn, when they’re ready",
    }.items():
        press(name)
        expect(cue).to_have_text(said)
    expect(page.locator("#lines")).to_contain_text("We close soon.")
    page.locator("#rest").get_by_text("End the circle").click()
    press("Yes, end it for everybody")
    page.wait_for_url(lobby)
    expect(page.get_by_text("You’ve led a whole circle.")).to_be_visible()


@pytest.mark.thorough
@pytest.mark.holds("F:F20")
def test_somebody_rehearses_with_their_eyes_closed(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_voice(context, 440)
    page = site.look_around_as(context, "Ana")
    page.set_viewport_size(PHONE)
    page.get_by_role("link", name="Rehearse a circle, alone").click()
    page.wait_for_url("**/circles/rehearsal**")
    page.wait_for_load_state()  # before its script has come, that button does nothing
    page.locator("#close-eyes").click()
    big, state = (
        page.locator("form#eyes-big:not([data-changed]) button"),
        page.locator("#eyes-state"),
    )
    for _ in range(20):
        if state.inner_text() == "Your turn.":
            break
        cue = page.locator("#cue").inner_text()
        meant(page)
        big.click()
        expect(page.locator("#cue")).not_to_have_text(cue)
    expect(page.locator("#eyes-press")).to_have_text("Press to start")
    meant(page)
    big.click()
    expect(page.locator("#eyes-press")).to_have_text("Press when you have finished")
    meant(page)
    big.click()
    expect(state).to_have_text("Finish?")
    meant(page)
    big.click()
    expect(page.locator("#eyes-press")).to_have_text("Let the others go on")


def _until(keys: Keyboard, cue: str) -> None:
    """Let the others go on until this is said."""
    now = keys.page.locator("#now")
    for _ in range(20):
        before = now.inner_text()
        if keys.page.locator("#cue").inner_text() == cue:
            return
        meant(keys.page)
        keys.press("button", "Let the others go on")
        expect(now).not_to_have_text(before, use_inner_text=True)
    raise AssertionError(f"never came to {cue}, but to {now.inner_text()}")


def meant(page: Page) -> None:
    """Sooner than this, a second press on the same button counts as unmeant."""
    last = page.evaluate("performance.now()")
    page.wait_for_function("(last) => performance.now() - last > 650", arg=last)


def _sockets(page: Page) -> list[str]:
    """Every line that the pages of a rehearsal open."""
    opened: list[str] = []
    page.on(
        "websocket",
        lambda line: opened.append(line.url) if "/circles/rehearsal" in page.url else None,
    )
    return opened


def _posts(page: Page) -> list[str]:
    sent: list[str] = []

    def note(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", note)
    return sent


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["phone", "wide"])
def test_more_opens_under_the_finger_and_is_still_there_for_the_next_press(
    site: Site, open_window: Callable[[], BrowserContext], size: ViewportSize
) -> None:
    page = site.look_around_as(open_window(), "Ana")
    page.set_viewport_size(size)
    page.goto(f"{site.url}/circles/rehearsal")
    more = page.locator("#rest").get_by_text("More", exact=True)
    more.scroll_into_view_if_needed()
    before = more.bounding_box()
    more.click()
    expect(page.get_by_label("Tell a facilitator")).to_be_visible()
    # The height of a page is whole pixels, so what sticks to its end may move by part of one.
    assert more.bounding_box() == pytest.approx(before, abs=0.99)
    more.click()
    expect(page.get_by_label("Tell a facilitator")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.holds("F:F34", "F:F35")
def test_by_text_or_by_listening_nothing_is_asked_of_the_microphone(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    others = [
        _come_in_unheard(site, open_window(), name, way)
        for name, way in (("Ana", "Text only"), ("Ben", "Listen only"))
    ]
    hana.press("Start the circle")
    for other in others:
        other.sees("Welcome")
        assert other.page.evaluate("Number(sessionStorage.getItem('asked') ?? 0)") == 0


def _come_in_unheard(site: Site, context: BrowserContext, name: str, way: str) -> Seated:
    context.add_init_script(f"({ASKED})()")
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    page.get_by_role("button", name="Play a sound").click()
    return take_a_place(page, name, way=way)


@pytest.mark.thorough
def test_the_lobby_says_in_words_whether_the_microphone_hears(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    page = site.look_around_as(context, "Ana")
    to_the_lobby(page)
    heard, press = page.locator("#heard"), page.get_by_role("button", name="Try my microphone")
    for refusal, words in {
        "NotAllowedError": "Your browser is keeping the microphone off",
        "NotFoundError": "We found no microphone",
        "NotReadableError": "Another program is using your microphone",
    }.items():
        page.evaluate(
            """(name) => {
              navigator.mediaDevices.getUserMedia = async () => {
                throw new DOMException("not in this test", name);
              };
            }""",
            refusal,
        )
        press.click()
        expect(heard).to_contain_text(words)
    _give_microphone(page, gain=0)
    press.click()
    expect(heard).to_contain_text("We can’t hear anything yet")
    _give_microphone(page, gain=0.5)
    press.click()
    expect(heard).to_have_text("We can hear you. A quiet or broken voice is fine.")


def _give_microphone(page: Page, gain: float) -> None:
    page.evaluate(
        """(gain) => {
          navigator.mediaDevices.getUserMedia = async () => {
            const context = new AudioContext();
            const tone = new OscillatorNode(context, { frequency: 440 });
            const microphone = context.createMediaStreamDestination();
            tone.connect(new GainNode(context, { gain })).connect(microphone);
            tone.start();
            return microphone.stream;
          };
        }""",
        gain,
    )


@pytest.mark.thorough
def test_ones_own_voice_comes_back_once_and_nothing_of_it_is_sent(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_voice(context, 440)
    page = site.look_around_as(context, "Ana")
    to_the_lobby(page)
    sent = _posts(page)
    page.get_by_text("Hear how you sound").click()
    page.get_by_role("button", name="Hear it as it is").click()
    echo = page.locator("#echo")
    expect(echo).to_have_text("Speak now.")
    expect(echo).to_have_text("And this is how it sounds.")
    expect(echo).to_have_text("That was it. Nothing of it is left.")
    assert sent == []
