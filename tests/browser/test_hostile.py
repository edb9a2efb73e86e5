"""Somebody whose client ignores every order, among real browsers: from the lobby to the ban."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hostile import Hostile, in_place_of
from tests.browser.seated import THREE, Seated, come_in, expect_only
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser


@pytest.fixture
def lobby(site: Site, browser: Browser) -> Iterator[dict[str, Seated]]:
    """Hana, Ana and Ben in the lobby. Ben’s page is closed: another client takes his place."""
    contexts = {name: window(browser) for name in THREE}
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    yield people
    for context in contexts.values():
        context.close()


@pytest.fixture
def hostile(site: Site, lobby: dict[str, Seated]) -> Iterator[Hostile]:
    with in_place_of(lobby["Ben"], lobby["Hana"], site) as hostile:
        yield hostile


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5", "circle:6", "circle:10")
def test_a_client_that_obeys_nothing_is_heard_in_its_turn_only_and_after_a_ban_by_nobody(
    lobby: dict[str, Seated], hostile: Hostile
) -> None:
    hana, ana, ben = lobby["Hana"], lobby["Ana"], lobby["Ben"]
    others = [hana, ana]

    # From the lobby it reaches nobody, though it sends.
    for person in others:
        hostile.greet(person.id)
    assert not hostile.is_connected({hana.id}, within=1)
    assert not hostile.press("mic-on")["ok"]

    hana.press("Start the circle")
    ana.sees("Welcome")
    for person in others:
        hostile.greet(person.id)
    assert hostile.is_connected({hana.id, ana.id})
    expect_only(None, others)

    # Another’s turn, which it overhears as everybody does.
    hana.press("Begin the round")
    ana.press("Start my turn")
    expect_only(ana, [hana])
    assert hostile.overhears(ana.id)
    ana.press("I’ve finished")
    hana.sees("It’s Ben’s turn, when they’re ready")
    expect_only(None, others)
    assert hostile.overhears()

    # Its turn, which it takes as anybody may.
    turn = {"event_id": str(uuid4()), "seen": hostile.board()["version"], "mode": "voice"}
    assert hostile.press("accept", **turn)["ok"]
    expect_only(ben, others)

    # A closed microphone that goes on sending, and a press that is sent again.
    hana.closes_the_microphone_of("Ben")
    expect_only(None, others)
    assert hostile.press("accept", **turn)["ok"]
    expect_only(None, others)

    # Sent out of the call, it keeps its socket, its connections and its hopes.
    hana.removes("Ben", why="It sends without the floor.")
    assert hostile.is_cut_off()
    hana.press("Not in this call Ben")
    row = hana.page.locator("#people > li", has_text="Ben")
    expect(row).to_contain_text("isn’t let in for this call")
    for event in ("accept", "mic-on", "take-back"):
        fields = {} if event == "mic-on" else turn
        assert hostile.press(event, **{**fields, "event_id": str(uuid4())})["ok"] is False
    for person in others:
        hostile.greet(person.id)
    assert not hostile.is_connected({hana.id}, within=1)
    assert hostile.overhears()
    expect_only(None, others)
    ana.page.wait_for_function("() => !document.documentElement.outerHTML.includes('Ben')")
