"""Somebody whose client ignores every order, among real browsers: from the lobby to the ban."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hostile import Hostile
from tests.browser.seated import HERTZ, Seated, come_in, expect_only
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser


@pytest.fixture
def lobby(site: Site, browser: Browser) -> Iterator[dict[str, Seated]]:
    """Hana, Ana and Ben in the lobby. Ben’s page is closed: another client takes his place."""
    contexts = {name: window(browser) for name in HERTZ}
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    yield people
    for context in contexts.values():
        context.close()


@pytest.fixture
def hostile(site: Site, lobby: dict[str, Seated]) -> Iterator[Hostile]:
    ben, call_id = lobby["Ben"], lobby["Ben"].page.url.rsplit("/", 1)[1]
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in ben.page.context.cookies())
    ben.page.close()
    row = lobby["Hana"].page.locator("#people > li", has_text="Ben")
    expect(row).to_contain_text("connecting again")
    with Hostile(
        site.url,
        ben.id,
        ben.hertz,
        cookie=cookie,
        enter=("enter-circle", {"call_id": call_id, "page": str(uuid4())}),
        address={"call_id": call_id},
    ) as hostile:
        yield hostile


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

    # Its turn, which it takes as anybody may.
    hana.press("Begin the round")
    ana.press("Pass this time")
    hana.sees("It’s Ben’s turn, when they’re ready")
    turn = {"event_id": str(uuid4()), "seen": hostile.board()["version"], "mode": "voice"}
    assert hostile.press("accept", **turn)["ok"]
    expect_only(ben, others)

    # A closed microphone that goes on sending, and a press that is sent again.
    hana.press("Close the microphone Ben")
    expect_only(None, others)
    assert hostile.press("accept", **turn)["ok"]
    expect_only(None, others)

    # Sent out of the call, it keeps its socket, its connections and its hopes.
    row = hana.page.locator("#people > li", has_text="Ben")
    row.locator("[data-way-out] summary").click()
    row.get_by_label("Why? They will read this: Ben").fill("It sends without the floor.")
    row.get_by_role("button", name="Yes, remove Ben").click()
    assert hostile.is_cut_off(within=1)
    hana.press("Not in this call Ben")
    expect(row).to_contain_text("isn’t let in for this call")
    for event in ("accept", "mic-on", "take-back"):
        fields = {} if event == "mic-on" else turn
        assert hostile.press(event, **{**fields, "event_id": str(uuid4())})["ok"] is False
    for person in others:
        hostile.greet(person.id)
    assert not hostile.is_connected({hana.id}, within=1)
    assert hostile.overhears() == set()
    expect_only(None, others)
    assert "Ben" not in ana.page.content()
