"""Somebody in a circle of the demo: the way there, and what they press and see."""

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.tones import expect_to_hear, give_voice, listen

# On a machine with two cores, of which several browsers and a server want one each.
PATIENCE = 30_000  # ms

FILTERED = 0.6  # s; a press on the same button within it counts as a shaking hand’s second

# Those who have a seat, and who leads, first.
HERTZ = {
    "Hana": 440,
    "Ana": 880,
    "Ben": 1320,
    "Sam": 660,
    "Lee": 1100,
    "Priya": 1540,
    "Tom": 1760,
    "Gale": 1980,
}
THREE = tuple(HERTZ)[:3]

# In an async function: `socket` is the page’s own line to the server.
WITH_SOCKET = """
  const ours = document.querySelector("script[src*='/js/']").src;
  const { socket } = await import(new URL("../core/socket.js", ours));
"""
IS_ANSWERED = f"""
async () => {{
  {WITH_SOCKET}
  return socket.connected && Object.keys(socket.acks).length === 0;
}}
"""


def until(page: Page, predicate: str, given: object = None) -> Any:
    """Wait until this async function gives back something, and give that back.

    (`wait_for_function` takes the promise of an answer for a yes.)
    """
    waiting = f"""
    async (given) => {{
      for (const end = performance.now() + {PATIENCE}; performance.now() < end; ) {{
        const answer = await ({predicate})(given);
        if (answer) return answer;
        await new Promise((next) => setTimeout(next, 50));
      }}
      throw new Error("it never came");
    }}"""
    return page.evaluate(waiting, given)


def is_answered(page: Page) -> None:
    """Wait until the server has answered everything that this page has sent by its line."""
    until(page, IS_ANSWERED)


@dataclass
class Seated:
    """Somebody in the circle: their page, and how their voice sounds to the others."""

    name: str
    page: Page
    id: str
    hertz: int
    pressed: dict[str, float] = field(default_factory=dict)

    def press(self, name: str) -> None:
        """Press a button, once it hasn’t just changed or been pressed (until then a press counts
        as unmeant)."""
        again = self.pressed.get(name, 0) + FILTERED - monotonic()
        if again > 0:
            self.page.wait_for_timeout(again * 1000)
        button = self.page.get_by_role("button", name=name, exact=True)
        self.page.locator("form:not([data-changed]) button").and_(button).click()
        self.pressed[name] = monotonic()

    def chooses(self, name: str) -> None:
        """Press a button that is the page's own affair: no board changes it."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def opens_who_is_here(self) -> None:
        """For a member behind "More", for a facilitator below the order."""
        for fold in self.page.locator("details:has(#hearing) > summary, #hearing > summary").all():
            fold.click()

    def begins_a_round(self, first: "Seated") -> None:
        """As a facilitator, from the lobby on: this person is asked first."""
        self.press("Start the circle")
        first.sees("Welcome")
        self.press("Begin the round")
        first.sees(f"It’s your turn, {first.name}")

    def removes(self, name: str, why: str) -> None:
        row = self.page.locator("#people > li", has_text=name)
        row.locator("[data-way-out] summary").click()
        row.get_by_label(f"Why? They will read this: {name}").fill(why)
        row.get_by_role("button", name=f"Yes, remove {name}").click()

    def closes_the_microphone_of(self, name: str) -> None:
        row = self.page.locator("#people > li", has_text=name)
        row.locator("[data-quiet] summary").click()
        self.press(f"Yes, close it {name}")

    def ends_the_circle(self) -> None:
        self.page.get_by_text("End the circle", exact=True).click()
        self.press("Yes, end it for everybody")

    def loads_anew(self) -> None:
        """And is back in the circle."""
        self.page.reload()
        is_answered(self.page)

    def sees(self, cue: str) -> None:
        expect(self.page.locator("#cue")).to_have_text(cue)


def to_the_lobby(page: Page) -> None:
    """By the links that lead there."""
    page.get_by_role("link", name="Calls", exact=True).click()
    page.get_by_role("link", name="Neck circle, today").click()
    page.get_by_role("link", name="Go to the lobby").click()
    page.wait_for_load_state()  # until then there is no script, and a press comes to nothing


def take_a_place(page: Page, name: str, hertz: int = 0, way: str = "Voice") -> Seated:
    """From the lobby to the circle."""
    page.get_by_role("radio", name=way).check()
    page.get_by_role("button", name="Join now").click()
    expect(page.locator("#cue, #eyes-big button").locator("visible=true").first).to_be_visible()
    page.wait_for_load_state()
    is_answered(page)  # whoever comes in is in the circle by their line
    me = page.evaluate("JSON.parse(document.getElementById('board').textContent).me")
    return Seated(name, page, me, hertz)


def come_in(site: Site, context: BrowserContext, name: str, way: str = "Voice") -> Seated:
    """To the circle, by the shortest way."""
    give_voice(context, HERTZ[name])
    site.sign_in(context, name)
    page = context.new_page()
    page.goto(site.lobby(context))
    return take_a_place(page, name, HERTZ[name], way)


def expect_only(speaker: Seated | None, others: list[Seated]) -> None:
    """The others hear this person’s tone, and for a while nobody else’s; or silence."""
    expected = {} if speaker is None else {speaker.id: speaker.hertz}
    for other in others:
        expect_to_hear(other.page, expected)
    for heard in listen([other.page for other in others]):
        assert set(heard) <= set(expected)
