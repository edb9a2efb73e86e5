"""A whole circle in its parts, led from the desk: two rounds, the closing round, goodbye."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import Seated, come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser


def has_a_turn(person: Seated, others: Seated) -> None:
    person.sees(f"It’s your turn, {person.name}")
    person.press("Start my turn")
    others.sees(f"{person.name} is speaking")
    person.press("I’ve finished")


@pytest.mark.thorough
@pytest.mark.holds("F:F102", "circle:3")
def test_two_rounds_with_prompts_a_closing_round_and_goodbye(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana, ana, ben = (come_in(site, open_window(), name) for name in ("Hana", "Ana", "Ben"))
    script, happens = hana.page.locator("#script-card"), ana.page.locator("#happens")
    expect(script).to_contain_text("Before you begin")
    hana.press("Start the circle")
    expect(script).to_contain_text("Moving, stretching and walking about are fine.")
    ana.sees("Welcome")
    hana.press("Go to the guidelines")
    ana.sees("What we ask of each other")
    expect(script).to_contain_text("A turn is:")
    expect(happens).to_contain_text("in the order that you see here")

    hana.page.get_by_text("The rounds to come").click()
    hana.page.get_by_label("What the next round is about").fill("What helps you rest?")
    hana.press("Use these words")
    hana.press("As people signed up")
    hana.press("Begin the round")
    expect(ana.page.locator("#lines")).to_contain_text("This round: What helps you rest?")
    hana.press("Move on")
    ben.sees("It’s your turn, Ben")
    hana.press("Go back one")  # a hand that shook
    has_a_turn(ana, ben)
    has_a_turn(ben, ana)
    hana.sees("Everybody has had their turn")
    expect(ana.page.locator("#coming")).to_have_text("If there’s another round: You, Ben.")

    row = hana.page.locator("#people > li", has_text="Ben")
    row.locator("[data-turn] summary").click()
    hana.press("One place up Ben")
    expect(ana.page.locator("#coming")).to_have_text("If there’s another round: Ben, You.")
    ben.page.locator("summary:visible").filter(has_text="More").click()
    ben.press("Just listen today")
    expect(ana.page.locator("#coming")).to_have_text("If there’s another round: You.")
    ben.press("Take turns today, by voice")
    expect(ana.page.locator("#coming")).to_have_text("If there’s another round: Ben, You.")
    hana.page.get_by_label("What the next round is about").fill("A kind word")
    hana.press("Use these words")
    hana.press("Begin another round")
    expect(ben.page.locator("#lines")).to_contain_text("This round: A kind word")
    ben.sees("It’s your turn, Ben")
    ben.press("Start my turn")
    ana.sees("Ben is speaking")

    hana.press("Begin the closing round")  # somebody has the floor, so nothing happens yet
    expect(hana.page.locator("#line")).to_contain_text("Somebody has the floor.")
    ben.sees("It’s your turn, Ben. There’s no hurry.")
    expect(hana.page.locator("#sure")).to_contain_text("Ben has the floor.")
    hana.press("Yes: Begin the closing round")
    ana.sees("It’s your turn, Ana")
    expect(happens).to_contain_text("The last round, a short one")
    ana.press("Pass this time")
    ben.sees("It’s your turn, Ben")  # it was owed
    ben.press("Pass this time")
    hana.sees("Everybody has had their turn")
    hana.press("Say goodbye")
    ana.sees("We’re saying goodbye")
    expect(script).to_contain_text("Thank you, all of you.")


@pytest.mark.holds("F:F102")
def test_the_script_is_put_away_by_one_press_and_stays_away_on_this_page(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = come_in(site, open_window(), "Hana")
    card = hana.page.locator("#script-card")
    expect(card).to_be_visible()
    hana.page.get_by_role("heading", name="What to say").click()
    expect(card).to_be_hidden()
    hana.press("Start the circle")
    hana.sees("Welcome")
    expect(card).to_be_hidden()
    hana.page.reload()
    hana.sees("Welcome")
    expect(card).to_be_hidden()
    hana.page.get_by_role("heading", name="What to say").click()
    expect(card).to_contain_text("Moving, stretching")
