"""Somebody reads with their eyes closed: by landmarks, roles and names, and the Tab key alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.ears import VOICES, spoken
from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "What do you tell people at work?"
FIRST, SECOND, THIRD = "That it comes and goes.", "Or that I listen best so.", "Lunch helps, too."
ANSWER = "I say that my neck is having a day."
FARTHEST = 150  # stops of the Tab key

HAS_FOCUS = "(element) => element === document.activeElement"
IS_KEPT = re.compile(r"/threads/[^/]+/place$")


@dataclass
class Reader:
    """A page that nobody looks at, and the keys."""

    page: Page

    def find(self, role: str, name: str | re.Pattern[str]) -> Locator:
        """What is there by this role and name: one thing, and never two of the same name."""
        is_exact = isinstance(name, str)
        found = self.page.get_by_role(role, name=name, exact=is_exact)  # type: ignore[arg-type]
        expect(found).to_have_count(1)
        return found

    def go_to(self, role: str, name: str | re.Pattern[str]) -> Locator:
        """From wherever the focus is, by the Tab key."""
        found = self.find(role, name)
        for _ in range(FARTHEST):
            if found.evaluate(HAS_FOCUS):
                return found
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {name} with the Tab key")

    def press(self, role: str, name: str | re.Pattern[str]) -> None:
        self.go_to(role, name)
        self.page.keyboard.press("Enter")

    def arrives(self, heading: str) -> None:
        """The page says where they are: one main part, and one heading that begins it."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.page.get_by_role("main")).to_have_count(1)
        for landmark in ("banner", "contentinfo"):
            expect(self.page.get_by_role(landmark)).to_have_count(1)  # type: ignore[arg-type]
        self.page.wait_for_load_state()

    def hears(self, words: str | re.Pattern[str]) -> None:
        """One of the places that are read out says this."""
        told = self.page.get_by_role("status").filter(has_text=words)
        expect(told.first).to_be_visible()

    def to_the_thread(self) -> None:
        self.press("link", "Topics")
        self.arrives("Topics")
        self.press("link", "Being seen")
        self.arrives("Being seen")
        self.press("link", TITLE)
        self.arrives(TITLE)


def answers(page: Page, words: str) -> None:
    """Somebody else writes meanwhile."""
    page.get_by_label("Your words").fill(words)
    page.get_by_role("button", name="Send my reply").click()
    expect(page.get_by_role("article").filter(has_text=words)).to_be_visible()
    page.wait_for_timeout(1000)  # sooner it would be the same press twice


@pytest.mark.thorough
@pytest.mark.holds("F:F50", "F:F51", "F:F81")
def test_a_thread_is_found_gone_on_with_heard_and_answered(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ben = site.look_around_as(open_window(), "Ben")
    ben.get_by_role("link", name=TITLE, exact=True).click()
    answers(ben, FIRST)

    context = open_window()
    context.add_init_script(VOICES)
    sam = Reader(site.look_around_as(context, "Sam"))
    sam.to_the_thread()
    expect(sam.page.get_by_role("main")).to_match_aria_snapshot(
        f"""
        - heading "{TITLE}" [level=1]
        - article /Lee/
        - region "Replies":
          - heading "Replies" [level=2]
          - article /Ben/
        """
    )
    with sam.page.expect_response(IS_KEPT):
        sam.go_to("textbox", "Your words")
    sam.press("link", "My place")
    sam.arrives("Hello, Sam")
    answers(ben, SECOND)

    sam.to_the_thread()
    sam.press("link", re.compile("^Carry on from Ben’s post"))
    sam.page.wait_for_url("**#post-*")
    sam.arrives(TITLE)
    expect(sam.page.get_by_role("article").filter(has_text=FIRST)).to_be_focused()
    answers(ben, THIRD)
    sam.hears("Show 1 new reply")
    sam.press("link", "Show 1 new reply")
    expect(sam.page.get_by_role("article").filter(has_text=THIRD)).to_be_focused()
    sam.page.wait_for_load_state()

    sam.press("button", "Read aloud")
    sam.hears("That was the last post on this page.")
    said = " ".join(spoken(sam.page))
    assert THIRD.rstrip(".") in said
    assert SECOND.rstrip(".") not in said  # it was read before

    sam.press("button", "Helped me to post 4")
    sam.hears("Only Ben reads it")
    expect(sam.find("button", "Helped me to post 4")).to_have_attribute("aria-pressed", "true")
    sam.go_to("textbox", "Your words")
    sam.page.keyboard.type(ANSWER)
    sam.hears("Your words are safe.")
    sam.press("button", "Send my reply")
    sent = sam.page.get_by_role("article", name=re.compile("^Sam")).filter(has_text=ANSWER)
    expect(sent).to_be_visible()
    expect(sam.find("textbox", "Your words")).to_have_value("")
