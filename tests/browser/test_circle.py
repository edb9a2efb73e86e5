"""A whole circle in real browsers with real voices: the holder is heard, and nobody else."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.seated import (
    HERTZ,
    THREE,
    Seated,
    come_in,
    expect_only,
    to_the_lobby,
    until,
)
from tests.browser.site import Site, window
from tests.browser.tones import CONNECTIONS, expect_to_hear

pytestmark = pytest.mark.browser

SEATED = ("Hana", "Ana", "Ben", "Sam")  # by the demo; the others take a seat themselves
MICROPHONE = re.compile("microphone", re.IGNORECASE)
PLACES = "(forms) => forms.map(({ dataset }) => dataset.control)"
OPEN = """
async (expected) => {
  const states = connections.map((each) => each.connectionState);
  return states.filter((state) => state !== "closed").join() === expected.join();
}
"""


@pytest.fixture
def circle(site: Site, browser: Browser) -> Iterator[dict[str, Seated]]:
    """Hana, Ana and Ben in a circle whose round has begun: Ana is asked first."""
    contexts = {name: window(browser) for name in THREE}
    for context in contexts.values():
        context.add_init_script(CONNECTIONS)
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    people["Hana"].begins_a_round(people["Ana"])
    yield people
    for context in contexts.values():
        context.close()


@pytest.mark.holds(
    "promise:1", "promise:3", "acceptance:4", "circle:1", "circle:5", "circle:10", "F:F65", "F:F87"
)
def test_each_turn_the_others_hear_the_holder_and_nobody_else(circle: dict[str, Seated]) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    expect_only(None, [hana, ana, ben])
    ana.press("Start my turn")
    ben.sees("Ana is speaking")
    expect_only(ana, [hana, ben])
    expect_only(None, [ana])
    ben.press("Microphone is off")
    expect(ben.page.locator("#line")).to_contain_text("It isn’t your turn yet")
    expect_only(ana, [hana, ben])

    ana.press("Take a moment")
    ben.sees("Ana is taking a moment")
    expect_only(None, [hana, ana, ben])
    ana.press("Carry on")
    expect_only(ana, [hana, ben])

    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana, ben])
    ben.press("Start my turn")
    expect_only(ben, [hana, ana])

    _is_silent_until_his_own_press(ben, hana, ana)

    hana.press("Microphone is off")
    expect(hana.page.locator("#line")).to_contain_text("Ben has the floor. To speak anyway")
    expect_only(ben, [hana, ana])
    hana.press("Microphone is off")
    expect(hana.page.locator("#line")).to_be_hidden()
    expect_to_hear(ana.page, {ben.id: ben.hertz, hana.id: hana.hertz})
    hana.press("Microphone is on")
    expect_only(ben, [hana, ana])

    ben.press("Pass this time")
    ana.sees("Everybody has had their turn")
    expect_only(None, [hana, ana, ben])


def _is_silent_until_his_own_press(ben: Seated, hana: Seated, ana: Seated) -> None:
    """Whatever a facilitator presses: nothing of theirs opens a microphone that they closed."""
    _is_asked_first(ben, hana, ana)
    hana.closes_the_microphone_of("Ben")
    expect_only(None, [hana, ana])
    about_one = hana.page.locator("#desk :is(summary, button)", has_text=MICROPHONE)
    expect(about_one.filter(visible=True)).to_have_count(0)
    opens = hana.page.locator("form[data-event='mic-on']").evaluate_all(PLACES)
    assert set(opens) == {"mic"}  # her own, on the page and behind More
    for press in ("Give Ben a moment", "Ben carries on", "Pause the room", "Carry on, all of us"):
        hana.press(press)
    ben.sees("It’s your turn, Ben. There’s no hurry.")
    expect_only(None, [hana, ana])
    ben.press("Microphone is off")
    expect_only(ben, [hana, ana])


def _is_asked_first(ben: Seated, hana: Seated, ana: Seated) -> None:
    hana.page.locator("[data-quiet] summary", has_text="Ben").click()
    hana.chooses("No, leave it open Ben")
    expect(hana.page.get_by_role("button", name="Yes, close it Ben")).to_be_hidden()
    expect_only(ben, [hana, ana])


@pytest.mark.thorough
@pytest.mark.holds("promise:7", "circle:R8", "circle:7")
def test_the_server_is_killed_in_the_middle_of_a_turn_and_the_browsers_carry_on(
    site: Site, circle: dict[str, Seated]
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    site.kill()
    expect(ben.page.locator("#line")).to_contain_text("Your place is kept")
    expect_only(ana, [hana, ben])
    site.start()
    for person in (hana, ana, ben):
        expect(person.page.locator("#line")).to_be_hidden()
        assert person.page.evaluate("connections.length") == 2  # the same as before
    ben.sees("Ana is speaking")
    expect_only(ana, [hana, ben])
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana, ben])


@pytest.fixture
def full(site: Site, open_window: Callable[[], BrowserContext]) -> list[Seated]:
    """Eight people, each with a browser of their own: Hana leads, and every seat is taken."""
    people = []
    for name in HERTZ:
        context = open_window()
        context.add_init_script(CONNECTIONS)
        site.sign_in(context, name)
        if name not in SEATED:
            site.sign_up(context)
        people.append(come_in(site, context, name))
    return people


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5", "circle:12", "asvs:5")
def test_in_a_full_room_the_holder_only_is_heard_and_whoever_is_removed_is_let_go_by_all(
    full: list[Seated],
) -> None:
    hana, ana, ben, sam, lee, *_ = full
    hana.begins_a_round(ana)
    for one in full:
        is_connected_with(one, len(full) - 1)
    for holder in (ana, ben, sam, lee):
        holder.sees(f"It’s your turn, {holder.name}")
        holder.press("Start my turn")
        expect_only(holder, [each for each in full if each is not holder])
        if holder is not lee:
            holder.press("I’ve finished")

    stay = [each for each in full if each is not ben]
    hana.removes("Ben", why="This is a test of the door.")
    ben.sees("A facilitator has ended your place in this circle")
    expect(ben.page.locator("#lines")).to_contain_text("This is a test of the door.")
    expect(ben.page.locator("audio")).to_have_count(0)
    expect_to_hear(ben.page, {})
    is_connected_with(ben, 0)
    for one in stay:
        expect(one.page.locator(f"audio[data-person='{ben.id}']")).to_have_count(0)
        is_connected_with(one, len(stay) - 1)
    expect_only(lee, [each for each in stay if each is not lee])
    ben.page.reload()
    expect(ben.page.locator("body")).to_contain_text("ended your place")


def is_connected_with(one: Seated, others: int) -> None:
    """So many connections of this page are open, soon, and all of them work."""
    until(one.page, OPEN, ["connected"] * others)


@pytest.mark.thorough
@pytest.mark.holds("promise:2", "seed:1", "F:F35")
def test_a_member_without_a_microphone_takes_part_fully_by_typing(
    site: Site, browser: Browser
) -> None:
    contexts = {name: window(browser) for name in ("Hana", "Ana")}
    contexts["Ana"].add_init_script(
        "navigator.mediaDevices.getUserMedia = () => { window.asked = true; throw new Error() }"
    )
    hana = come_in(site, contexts["Hana"], "Hana")
    page = site.look_around_as(contexts["Ana"], "Ana")
    to_the_lobby(page)
    page.get_by_role("radio", name="Text only").check()
    page.get_by_role("button", name="Join now").click()
    ana = Seated("Ana", page, "", 0)
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    hana.sees("Ana is sharing by text")
    page.get_by_label("Your words", exact=True).fill("Three quiet words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ana, by text: Three quiet words.")
    expect(page.get_by_label("Your words", exact=True)).to_have_value("")
    ana.press("I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    assert page.evaluate("window.asked") is None
    hana.ends_the_circle()
    expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    expect(hana.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    for context in contexts.values():
        context.close()
