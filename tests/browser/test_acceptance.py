"""What a circle has to do for everybody, whatever they come with (look-and-words.md 5.7)."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.seated import WITH_SOCKET, Seated, come_in, take_a_place, to_the_lobby, until
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

# All that a page shows of the circle: what is going on, the order, and every button's words.
SHOWN = """
() => {
  const words = (selector) => [...document.querySelectorAll(selector)]
    .filter((each) => each.checkVisibility())
    .map((each) => each.innerText.replace(/\\s+/g, " ").trim());
  return {
    title: document.title,
    now: words("#cue, #lines > *, #note, #log > *"),
    order: words("#order > li"),
    turn: words(".controls .turn form[data-control] button"),
    // Whatever is new comes last on an open page, so that nothing moves under a finger.
    rest: words(".controls .rest form[data-control] button").sort(),
  };
}
"""

# The newest board.
AT_THE_SERVER = """
async () => {
  const setup = JSON.parse(document.getElementById("setup").textContent);
  const page = sessionStorage.getItem(`page-${setup.call_id}`);
  const headers = { Accept: "application/json" };
  const answer = await (await fetch(`${setup.state}?page=${page}`, { headers })).json();
  return answer.board;
}
"""
# Boards come one after the other; the last of them may still be on its way.
UP_TO_DATE = f"""
async () => {{
  {WITH_SOCKET}
  const board = await ({AT_THE_SERVER})();
  for (const listener of socket.listeners("board")) listener(board);
}}
"""
VERSION_AT_THE_SERVER = AT_THE_SERVER.replace("answer.board", "answer.board.version")

SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def people(site: Site, browser: Browser) -> Iterator[Callable[..., Seated]]:
    """Somebody comes into the circle, with a browser as they like it."""
    contexts: list[BrowserContext] = []

    def come(name: str, way: str = "Voice", **browser_is: Any) -> Seated:
        contexts.append(window(browser, **browser_is))
        return come_in(site, contexts[-1], name, way)

    yield come
    for context in contexts:
        context.close()


@pytest.mark.thorough
@pytest.mark.holds("acceptance:1", "promise:2", "F:F02")
def test_a_whole_circle_on_a_small_phone_with_letters_twice_as_large(
    site: Site, browser: Browser, people: Callable[..., Seated]
) -> None:
    hana = people("Hana")
    small = window(browser, viewport={"width": 320, "height": 640})
    page = site.look_around_as(small, "Ana")
    page.goto(f"{site.url}/comfort")
    size = page.get_by_role("group", name="Size").get_by_role("radio", name="200")
    size.check()
    page.locator("form", has=size).get_by_role("button").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.goto(f"{site.url}/home")
    to_the_lobby(page)
    ana = take_a_place(page, "Ana", way="Text only")
    hana.begins_a_round(ana)
    assert page.evaluate(SIDEWAYS) == 0
    ana.press("Start my turn")
    page.get_by_label("Your words", exact=True).fill("Three quiet words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ana, by text: Three quiet words.")
    assert page.evaluate(SIDEWAYS) == 0
    ana.press("I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    hana.ends_the_circle()
    expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    small.close()


@pytest.mark.thorough
@pytest.mark.holds("acceptance:1", "promise:2")
def test_a_whole_circle_without_script(
    site: Site, browser: Browser, people: Callable[..., Seated]
) -> None:
    hana = people("Hana")
    plain = window(browser, java_script_enabled=False)
    page = site.look_around_as(plain, "Ana")
    to_the_lobby(page)
    page.get_by_role("radio", name="Text only").check()
    page.get_by_role("button", name="Join now").click()
    expect(page.locator("#cue")).to_be_visible()
    closes_eyes = page.locator("#close-eyes:not([hidden])")
    expect(closes_eyes).to_have_count(1)
    expect(closes_eyes).to_be_hidden()  # without a script it would do nothing
    hana.press("Start the circle")
    hana.press("Begin the round")
    hana.sees("It’s Ana’s turn, when they’re ready")
    page.get_by_role("link", name="Show me how it is now").click()
    expect(page.locator("#cue")).to_have_text("It’s your turn, Ana")
    page.get_by_role("button", name="Start my turn").click()
    hana.sees("Ana is sharing by text")
    page.get_by_label("Your words", exact=True).fill("Three quiet words.")
    page.get_by_role("button", name="Show my words").click()
    expect(hana.page.locator("#log")).to_contain_text("Ana, by text: Three quiet words.")
    page.get_by_role("button", name="I’ve finished").click()
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    hana.ends_the_circle()
    thanks = "Thank you for being here"
    expect(hana.page.get_by_role("heading", name=thanks)).to_be_visible()
    page.get_by_role("link", name="Show me how it is now").click()
    expect(page.get_by_role("heading", name=thanks)).to_be_visible()
    plain.close()


@pytest.mark.thorough
@pytest.mark.holds("acceptance:2", "circle:R5", "circle:7")
def test_whatever_happens_a_page_that_is_loaded_anew_shows_the_same(
    people: Callable[..., Seated],
) -> None:
    hana, ana, ben = people("Hana"), people("Ana"), people("Ben", way="Text only")
    everybody = (hana, ana, ben)
    expect_the_same_again(everybody)
    hana.begins_a_round(ana)
    expect_the_same_again(everybody)
    presses = [
        (ana, "Start my turn"),
        (ana, "Take a moment"),
        (ana, "Carry on"),
        (ana, "I’ve finished"),
        (ben, "Start my turn"),
        (hana, "Pause the room"),
        (hana, "Carry on, all of us"),
        (ben, "Pass this time"),
    ]
    for who, name in presses:
        seen = who.page.evaluate(VERSION_AT_THE_SERVER)
        who.press(name)
        until(who.page, f"async (seen) => await ({VERSION_AT_THE_SERVER})() > seen", seen)
        expect_the_same_again(everybody)


@pytest.mark.thorough
@pytest.mark.holds("acceptance:2", "circle:R2", "circle:R5", "circle:7")
def test_in_rarer_moments_it_shows_the_same_too(people: Callable[..., Seated]) -> None:
    hana, ana, ben = people("Hana"), people("Ana"), people("Ben")
    everybody = (hana, ana, ben)
    hana.begins_a_round(ana)
    _rests(hana, ana, ben)
    hana.press("Open the floor")
    ana.press("Raise my hand")
    expect(ana.page.get_by_role("button", name="Lower my hand")).to_be_visible()
    expect_the_same_again(everybody)
    hana.press("Begin the closing round")
    _types(hana, ana)
    expect_the_same_again(everybody)
    ana.page.context.set_offline(True)  # so that she doesn’t ask by plain HTTP either
    ana.page.evaluate(f"async () => {{ {WITH_SOCKET} socket.disconnect(); }}")
    hana.sees("We’re waiting for Ana")
    expect_the_same_again((hana, ben), away=1)
    hana.press("Move on")
    ben.sees("It’s your turn, Ben")
    ana.page.context.set_offline(False)
    ana.loads_anew()
    ben.press("Pass this time")
    ana.sees("It’s your turn, Ana")
    hana.sees("It’s Ana’s turn, when they’re ready")
    hana.press("Move on")
    hana.sees("A quiet moment")
    hana.press("Say goodbye")
    ana.sees("We’re saying goodbye")
    expect(ana.page.get_by_label("Your words", exact=True)).to_be_visible()  # they are owed a turn
    expect_the_same_again(everybody)


def _rests(hana: Seated, ana: Seated, ben: Seated) -> None:
    """One of them, and then all; and nobody takes a turn."""
    ana.press("Pass this time")
    ben.sees("It’s your turn, Ben")
    more = ben.page.locator("#rest").get_by_text("More", exact=True)
    more.click()
    ben.press("Take a break")
    more.click()
    hana.sees("A quiet moment")
    hana.press("Start a break")
    ben.sees("We’re taking a break")
    expect_the_same_again((hana, ben))
    hana.press("Carry on, all of us")
    ben.press("I’m back")
    expect(ben.page.get_by_role("button", name="Not your turn yet")).to_be_visible()


def _types(hana: Seated, ana: Seated) -> None:
    ana.sees("It’s your turn, Ana")
    ana.press("Type my share")
    ana.page.get_by_label("Your words", exact=True).fill("Three quiet words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ana, by text: Three quiet words.")


def expect_the_same_again(everybody: Sequence[Seated], away: int = 0) -> None:
    """Each of them loads the page anew and has before them what was there, though so many others
    have lost their line."""
    for one in everybody:
        before = shown(one, everybody, away)
        one.loads_anew()
        assert shown(one, everybody, away) == before


def shown(one: Seated, everybody: Sequence[Seated], away: int) -> dict[str, Any]:
    """What is on this page, once everybody else is here and it is what the server says."""
    for each in everybody:
        lost = each.page.locator("#order > li", has_text="connecting again")
        expect(lost).to_have_count(away)
    cue = one.page.evaluate(AT_THE_SERVER)["cue"]
    one.sees(cue)
    one.page.evaluate(UP_TO_DATE)
    found: dict[str, Any] = one.page.evaluate(SHOWN)
    return found


@pytest.mark.thorough
@pytest.mark.holds("acceptance:8", "F:F82")
def test_a_hand_that_presses_twice_presses_once(people: Callable[..., Seated]) -> None:
    hana, ana = people("Hana"), people("Ana")
    hana.begins_a_round(ana)
    ana.page.wait_for_selector("form:not([data-changed]) >> text=Start my turn")
    ana.page.get_by_role("button", name="Start my turn", exact=True).dblclick()
    hana.sees("Ana is speaking")
    ana.sees("It’s your turn, Ana. There’s no hurry.")
    version = ana.page.evaluate(VERSION_AT_THE_SERVER)
    ana.page.wait_for_selector("form:not([data-changed]) >> text=I’ve finished")
    ana.page.get_by_role("button", name="I’ve finished", exact=True).dblclick()
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    assert ana.page.evaluate(VERSION_AT_THE_SERVER) == version + 1


@pytest.mark.thorough
@pytest.mark.holds("acceptance:7", "promise:10")
def test_nobody_but_us_is_asked_for_anything_in_a_whole_circle(
    site: Site, browser: Browser
) -> None:
    contexts = {name: window(browser) for name in ("Hana", "Ana")}
    asked: list[str] = []
    for context in contexts.values():
        context.on("request", lambda request: asked.append(request.url))
        context.on("page", lambda page: page.on("websocket", lambda line: asked.append(line.url)))
    hana = come_in(site, contexts["Hana"], "Hana")
    ana = come_in(site, contexts["Ana"], "Ana")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    hana.sees("Ana is speaking")
    ana.press("I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    hana.ends_the_circle()
    expect(ana.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(site.url).netloc}
    assert any(url.startswith("ws:") for url in asked)
    for context in contexts.values():
        context.close()


@pytest.mark.thorough
@pytest.mark.holds("acceptance:10", "promise:2")
def test_everybody_is_thanked_with_the_same_page(people: Callable[..., Seated]) -> None:
    """Who spoke, who passed and who only listened."""
    hana, ana, ben = people("Hana"), people("Ana"), people("Ben", way="Listen only")
    hana.begins_a_round(ana)
    ana.press("Pass this time")
    hana.sees("Everybody has had their turn")
    hana.ends_the_circle()
    said = []
    for one in (ana, ben):
        heading = one.page.get_by_role("heading", name="Thank you for being here")
        expect(heading).to_be_visible()
        expect(one.page.get_by_role("link", name="Here’s who you can reach now")).to_be_visible()
        one.page.wait_for_load_state()
        said.append(one.page.locator("main").inner_text())
    assert said[0] == said[1]
