"""What a screen reader, a device's own voice and the sounds tell of a circle, and how often."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.ears import (
    expect_sound,
    expect_spoken,
    expect_told,
    give_ears,
    spoken,
    told,
)
from tests.browser.seated import WITH_SOCKET, Seated, come_in
from tests.browser.site import Site

pytestmark = pytest.mark.browser

# Boards as the server would send them when twelve people come and go, four in a second.
COMING_AND_GOING = """
async (url) => {
WITH_SOCKET  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const { board } = await answer.json();
  const person = (n) => ({ id: `fake-${n}`, name: `Fake ${n}`, status: "here", me: false });
  const crowd = [];
  const steps = [...Array(12).keys()].flatMap((n) => [
    () => crowd.push(person(n)),
    () => n % 2 && crowd.shift(),
  ]);
  let version = board.version;
  for (const step of steps) {
    step();
    version += 1;
    const next = { ...board, version, here: [...board.here, ...crowd] };
    for (const listener of socket.listeners("board")) listener(next);
    await new Promise((done) => setTimeout(done, 250));
  }
}
""".replace("WITH_SOCKET", WITH_SOCKET)

# And one that is told to everybody.
THAT_WAS_ALL = """
async (url) => {
WITH_SOCKET
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  const { board } = await answer.json();
  const tells = { ...board.tells, turn: "That was all." };
  for (const listener of socket.listeners("board")) {
    listener({ ...board, version: board.version + 1000, tells });
  }
}
""".replace("WITH_SOCKET", WITH_SOCKET)

GAPS = """
() => {
  const polite = heardWords.filter(({ role }) => role === "status").map(({ at }) => at);
  return polite.slice(1).map((at, n) => at - polite[n]);
}
"""


@pytest.fixture
def join(site: Site, open_window: Callable[[], BrowserContext]) -> Callable[[str], Seated]:
    def seated(name: str) -> Seated:
        context = open_window()
        give_ears(context)
        return come_in(site, context, name)

    return seated


def like(page: Page, site: Site, group: str, what: str) -> None:
    """Tick or choose one thing on the comfort page, and save its group."""
    page.goto(f"{site.url}/comfort")
    page.locator(what).check()
    page.get_by_role("button", name=f"Save {group}").click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def focused(page: Page) -> list[str]:
    moved: list[str] = page.evaluate("window.focused")
    return moved


def beside(page: Page) -> Page:
    """The captions in a window of their own, with the small facts above them."""
    page.get_by_role("button", name="Captions", exact=True).click()
    page.get_by_text("How captions look").click()
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Captions in a window of their own").click()
    return opened.value


@pytest.mark.thorough
@pytest.mark.holds("F:F21", "F:F22", "raur:4b")
def test_the_same_fact_comes_by_words_voice_and_sound(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_ears(context)
    page = site.look_around_as(context, "Ben")
    like(page, site, "Reading aloud and spoken status", "input[name=spoken][value=full]")
    page.close()
    ben = come_in(site, context, "Ben")
    expect_told(ben.page, "You’re in. 1 person. You’re in the lobby.")
    expect_sound(ben.page, 523, 659)

    others = {}
    for name in ("Hana", "Ana"):
        window = open_window()
        give_ears(window)
        others[name] = come_in(site, window, name)
    hana, ana = others["Hana"], others["Ana"]
    hana.press("Start the circle")
    hana.press("Begin the round")
    expect(ben.page).to_have_title("You’re next – Neck circle, today – Dystonia Circles")
    expect_told(ben.page, "You’re next, after Ana.")
    expect_spoken(ben.page, "You’re next, after Ana.")
    expect_sound(ben.page, 262)

    ana.press("Start my turn")
    expect_told(ana.page, "Microphone on.")
    expect_sound(ana.page, 740)
    ana.press("I’ve finished")
    expect_told(
        ben.page, "Ana has finished. Thank you, Ana. It’s your turn. Start when you’re ready."
    )
    expect_spoken(ben.page, "It’s your turn. Start when you’re ready.")
    expect_sound(ben.page, 440, 659)
    expect(ben.page).to_have_title("Your turn – Neck circle, today – Dystonia Circles")
    expect_told(ana.page, "Microphone off.")
    assert spoken(ana.page) == [], "nobody asked this device to speak"

    hana.press("Pause the room")
    expect_told(ben.page, "The facilitator has paused the room.", "alert")
    expect_told(ana.page, "You are safe to wait or leave.", "alert")


@pytest.mark.thorough
@pytest.mark.holds("raur:4b", "acceptance:5")
def test_a_raised_hand_and_words_after_a_turn_are_told_to_whom_they_are_for(
    join: Callable[[str], Seated],
) -> None:
    hana, ana = join("Hana"), join("Ana")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    ana.press("I’ve finished")
    before = focused(ana.page)
    hana.page.locator("#echoes > summary").click()
    hana.press("Thank you")
    expect_told(ana.page, "There are words for you, under “After a turn”.")
    hana.press("I hear you")
    expect(ana.page.locator("#for-me li")).to_have_count(2)
    assert focused(ana.page) == before
    hana.press("Open the floor")
    ana.press("Raise my hand")
    expect_told(hana.page, "Ana has raised a hand.")
    expect_sound(hana.page, 330, 330)
    expect(hana.page.locator("#note")).to_contain_text("Ana has raised a hand.")
    assert len([each for each in told(ana.page) if "There are words for you" in each]) == 1
    assert not any("raised a hand" in each for each in told(ana.page))


@pytest.mark.thorough
@pytest.mark.holds("acceptance:6", "raur:1d", "raur:4b")
def test_twelve_people_who_come_and_go_make_at_most_one_announcement_in_three_seconds(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    give_ears(context)
    page = site.look_around_as(context, "Ana")
    like(page, site, "Reading aloud and spoken status", "input[name=comings]")
    page.close()
    ana = come_in(site, context, "Ana")
    expect_told(ana.page, "You’re in.")
    apart = beside(ana.page)
    before = focused(ana.page)
    ana.page.evaluate(COMING_AND_GOING, f"{ana.page.url}/state")
    expect_told(ana.page, "Fake 5 has left.")
    expect(apart.get_by_text("Fake 5 has left.")).to_be_visible()
    assert len(told(ana.page)) >= 3
    assert all(gap >= 2950 for gap in ana.page.evaluate(GAPS)), ana.page.evaluate(GAPS)
    assert focused(ana.page) == before


@pytest.mark.thorough
@pytest.mark.holds("F:F31", "raur:1d")
def test_nobody_is_told_who_comes_and_goes_unless_they_want_to_be(
    join: Callable[[str], Seated],
) -> None:
    ana = join("Ana")
    expect_told(ana.page, "You’re in.")
    apart = beside(ana.page)
    ana.page.evaluate(COMING_AND_GOING, f"{ana.page.url}/state")
    ana.page.evaluate(THAT_WAS_ALL, f"{ana.page.url}/state")
    expect_told(ana.page, "That was all.")
    assert not any("Fake" in words for words in told(ana.page))
    expect(apart.get_by_text("You’re in the lobby")).to_be_visible()
    expect(apart.get_by_text("Fake")).to_have_count(0)


@pytest.mark.thorough
@pytest.mark.holds("acceptance:5")
def test_focus_stays_where_it_is_whatever_happens(join: Callable[[str], Seated]) -> None:
    hana, ana, ben = join("Hana"), join("Ana"), join("Ben")
    ben.page.get_by_role("link", name="Get help now").first.focus()
    before = focused(ben.page)
    hana.press("Start the circle")
    hana.press("Begin the round")
    ana.press("Start my turn")
    ben.sees("Ana is speaking")
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    hana.press("Pause the room")
    ben.sees("The room is paused")
    assert focused(ben.page) == before
    expect(ben.page.get_by_role("link", name="Get help now").first).to_be_focused()
