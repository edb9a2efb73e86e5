"""The whole main job by keyboard alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.keyboard import Keyboard
from tests.browser.seated import Seated, come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

MOST_STOPS = 12  # F89: for a switch or a mouth stick, every stop is an effort
WORDS = "I bring a scarf, and it helps."


@pytest.mark.thorough
@pytest.mark.holds("acceptance:1", "promise:2", "F:F89")
def test_somebody_with_a_keyboard_does_the_whole_main_job(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ruth = look_around_as("Ruth", site, open_window())
    sign_up_and_come_in(ruth)
    hana = come_in(site, open_window(), "Hana")
    lead = Keyboard(hana.page)
    have_a_turn(ruth, hana, lead)
    type_a_turn(ruth, hana)
    rest_and_share_silence(ruth, hana, lead)
    say_goodbye(ruth, lead)
    write_and_report(ruth)
    decide(look_around_as("Mori", site, open_window()))
    ruth.page.reload()
    expect(ruth.page.get_by_text("just stop the tablets now")).to_be_hidden()
    expect(ruth.page.get_by_text(WORDS)).to_be_visible()


def look_around_as(name: str, site: Site, context: BrowserContext) -> Keyboard:
    keyboard = Keyboard(context.new_page())
    keyboard.page.goto(f"{site.url}/demo/cast")
    keyboard.press("button", f"Look around as {name}")
    expect(keyboard.page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
    return keyboard


def sign_up_and_come_in(ruth: Keyboard) -> None:
    ruth.press("link", "Calls")
    ruth.press("button", "Sign up for Neck circle, today")
    ruth.press("link", "Go to the lobby")
    ruth.choose("Voice")
    ruth.press("button", "Join now")
    expect(ruth.page.locator("#cue")).to_have_text("You’re in the lobby")
    ruth.has_at_most(MOST_STOPS)


def have_a_turn(ruth: Keyboard, hana: Seated, lead: Keyboard) -> None:
    lead.press("button", "Start the circle")
    lead.press("button", "Begin the round")
    expect(ruth.page.locator("#cue")).to_have_text("It’s your turn, Ruth")
    ruth.sees_where_it_is()
    ruth.has_at_most(MOST_STOPS)
    ruth.press("button", "Start my turn")
    hana.sees("Ruth is speaking")
    ruth.has_at_most(MOST_STOPS)
    ruth.press("button", "Take a moment")
    hana.sees("Ruth is taking a moment")
    ruth.press("button", "Carry on")
    hana.sees("Ruth is speaking")
    ruth.press("button", "I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ruth.")


def type_a_turn(ruth: Keyboard, hana: Seated) -> None:
    """There was something more to say."""
    ruth.press("button", "Take that back")
    hana.sees("Ruth is speaking")
    ruth.press("button", "Type instead")
    hana.sees("Ruth is sharing by text")
    ruth.write("Your words", "And thank you for waiting.")
    ruth.press("button", "Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ruth, by text: And thank you for waiting.")
    ruth.press("button", "I’ve finished")
    hana.sees("Everybody has had their turn")


def rest_and_share_silence(ruth: Keyboard, hana: Seated, lead: Keyboard) -> None:
    """What is rarely wanted, and the desk where it comes to."""
    ruth.open("More")
    ruth.write("Tell a facilitator", "I’ll be back in a moment.")
    ruth.press("button", "Send to the facilitators")
    lead.press("button", "Opened")
    expect(ruth.page.locator("#asked-of-us")).to_contain_text("opened")
    ruth.press("button", "Take a break")
    ruth.press("button", "I’m back")
    lead.press("button", "Open the floor")
    ruth.press("button", "Raise my hand")
    lead.press("button", "Give the floor")
    hana.sees("It’s Ruth’s turn, when they’re ready")
    ruth.choose("A reflection is welcome")
    ruth.open("All ways to take it")
    ruth.press("button", "Share silence")
    hana.sees("Ruth is sharing silence")
    ruth.press("button", "I’ve finished")


def say_goodbye(ruth: Keyboard, lead: Keyboard) -> None:
    lead.open("End the circle")
    lead.press("button", "Yes, end it for everybody")
    expect(ruth.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    ruth.press("link", "Go to My place")


def write_and_report(ruth: Keyboard) -> None:
    ruth.press("link", "Injections next week")
    ruth.write("Your words", WORDS)
    ruth.press("button", "Send my reply")
    expect(ruth.page.get_by_text(WORDS)).to_be_visible()
    ruth.press("link", "Skip to the main part")
    ruth.press("link", "Report Gale’s post, or suggest a note")
    ruth.press("link", "Medical advice, pressure")
    ruth.press("button", "Pressure to stop")
    expect(ruth.page.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    ruth.press("link", "Back to the thread")
    expect(ruth.page.get_by_text(WORDS)).to_be_visible()


def decide(mori: Keyboard) -> None:
    mori.press("link", "Moderation")
    mori.press("link", "Open : Pressure to stop")
    mori.choose("Remove it")
    mori.select("Which guideline?", "3. Medicine, injections and surgery")
    mori.write("Why? The writer reads this", "Only a clinician may say that.")
    mori.press("button", "Send this decision")
    expect(mori.page.get_by_role("heading", name="It has been decided")).to_be_visible()
