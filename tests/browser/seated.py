"""Somebody in a circle of the demo: the way there, and what they press and see."""

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.site import Site
from tests.browser.tones import expect_to_hear, give_voice, listen

HERTZ = {"Hana": 440, "Ana": 880, "Ben": 1320}


@dataclass
class Seated:
    """Somebody in the circle: their page, and how their voice sounds to the others."""

    name: str
    page: Page
    id: str
    hertz: int

    def press(self, name: str) -> None:
        """Press a button, once it hasn’t just changed (until then a press counts as unmeant)."""
        button = self.page.get_by_role("button", name=name, exact=True)
        self.page.locator("form:not([data-changed]) button").and_(button).click()

    def chooses(self, name: str) -> None:
        """Press a button that is the page's own affair: no board changes it."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def opens_who_is_here(self) -> None:
        """For a member behind "More", for a facilitator below the order."""
        for fold in self.page.locator("details:has(#hearing) > summary, #hearing > summary").all():
            fold.click()

    def sees(self, cue: str) -> None:
        expect(self.page.locator("#cue")).to_have_text(cue)


def to_the_lobby(page: Page) -> None:
    page.get_by_role("link", name="Calls", exact=True).click()
    page.get_by_role("link", name="Neck circle, today").click()
    page.get_by_role("link", name="Go to the lobby").click()
    page.wait_for_load_state()  # until then there is no script, and a press comes to nothing


def take_a_place(page: Page, name: str, hertz: int = 0, way: str = "Voice") -> Seated:
    """From the lobby to the circle."""
    page.get_by_role("radio", name=way).check()
    with page.expect_response(
        "**/ticket"
    ):  # which a page asks for that has been let in by its line
        page.get_by_role("button", name="Join now").click()
    expect(page.locator("#cue, #eyes-big button").locator("visible=true")).to_be_visible()
    me = page.evaluate("JSON.parse(document.getElementById('board').textContent).me")
    return Seated(name, page, me, hertz)


def come_in(site: Site, context: BrowserContext, name: str, way: str = "Voice") -> Seated:
    """From the start page to the circle, the way a member would go."""
    give_voice(context, HERTZ[name])
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    return take_a_place(page, name, HERTZ[name], way)


def expect_only(speaker: Seated | None, others: list[Seated]) -> None:
    """The others hear this person’s tone and nobody else’s, or silence."""
    expected = {} if speaker is None else {speaker.id: speaker.hertz}
    for other in others:
        expect_to_hear(other.page, expected)
    for heard in listen([other.page for other in others]):
        assert set(heard) == set(expected)
