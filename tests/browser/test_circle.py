"""A whole circle in real browsers with real voices: the holder is heard, and nobody else."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hostile import Hostile
from tests.browser.seated import HERTZ, Seated, come_in, expect_only, to_the_lobby
from tests.browser.site import Site, window
from tests.browser.tones import expect_to_hear

pytestmark = pytest.mark.browser


@pytest.fixture
def circle(site: Site, browser: Browser) -> Iterator[dict[str, Seated]]:
    """Hana, Ana and Ben in a circle whose round has begun: Ana is asked first."""
    contexts = {name: window(browser) for name in HERTZ}
    people = {name: come_in(site, context, name) for name, context in contexts.items()}
    hana = people["Hana"]
    hana.press("Start the circle")
    people["Ana"].sees("Welcome")
    hana.press("Begin the round")
    people["Ana"].sees("It’s your turn, Ana")
    yield people
    for context in contexts.values():
        context.close()


@pytest.mark.holds("promise:3", "circle:1", "circle:5", "F:F65", "F:F87")
def test_each_turn_the_others_hear_the_holder_and_nobody_else(circle: dict[str, Seated]) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    expect_only(None, [hana, ana, ben])
    ana.press("Start my turn")
    ben.sees("Ana is speaking")
    expect_only(ana, [hana, ben])
    expect_only(None, [ana])

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

    hana.press("Close the microphone Ben")
    expect_only(None, [hana, ana])
    ben.press("Microphone is off")
    expect_only(ben, [hana, ana])

    hana.press("Microphone is off")
    expect_to_hear(ana.page, {ben.id: ben.hertz, hana.id: hana.hertz})
    hana.press("Microphone is on")
    expect_only(ben, [hana, ana])

    ben.press("Pass this time")
    ana.sees("Everybody has had their turn")
    expect_only(None, [hana, ana, ben])


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
        expect(person.page.locator("#line")).to_be_hidden(timeout=20_000)
    ben.sees("Ana is speaking")
    expect_only(ana, [hana, ben])
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana, ben])


@pytest.mark.holds("promise:3", "circle:12", "asvs:5")
def test_whoever_is_removed_hears_silence_and_is_heard_by_nobody(circle: dict[str, Seated]) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    row = hana.page.locator("#people > li", has_text="Ben")
    row.locator("[data-way-out] summary").click()
    row.get_by_label("Why? They will read this: Ben").fill("This is a test of the door.")
    row.get_by_role("button", name="Yes, remove Ben").click()
    expect_to_hear(ben.page, {}, within=1)
    ben.sees("A facilitator has ended your place in this circle")
    expect(ben.page.locator("#lines")).to_contain_text("This is a test of the door.")
    assert ben.page.locator("audio").count() == 0
    expect_only(ana, [hana])
    ben.page.reload()
    expect(ben.page.locator("body")).to_contain_text("ended your place")


@pytest.mark.holds("promise:3", "circle:5")
def test_a_client_that_ignores_every_order_is_not_heard(
    site: Site, circle: dict[str, Seated]
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    call_id = ben.page.url.rsplit("/", 1)[1]
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in ben.page.context.cookies())
    ben.page.close()
    # Until the server has seen it go, another page would be a second device.
    row = hana.page.locator("#people > li", has_text="Ben")
    expect(row).to_contain_text("connecting again")
    with Hostile(
        site.url,
        ben.id,
        ben.hertz,
        cookie=cookie,
        enter=("enter-circle", {"call_id": call_id, "page": str(uuid4())}),
        address={"call_id": call_id},
    ) as hostile:
        for person in (hana, ana):
            hostile.greet(person.id)
        assert hostile.is_connected({hana.id, ana.id})
        ana.press("Start my turn")
        expect_only(ana, [hana])
        assert hostile.overhears() == {ana.id}
        ana.press("I’ve finished")
        hana.sees("It’s Ben’s turn, when they’re ready")
        expect_only(None, [hana, ana])
        row.locator("[data-way-out] summary").click()
        row.get_by_label("Why? They will read this: Ben").fill("It sends without the floor.")
        row.get_by_role("button", name="Yes, remove Ben").click()
        assert hostile.is_cut_off(within=1)
        assert hostile.overhears() == set()
        for person in (hana, ana):
            hostile.greet(person.id)
        expect_only(None, [hana, ana])
        assert hana.page.locator(f"audio[data-person='{ben.id}']").count() == 0


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
    hana.press("Start the circle")
    ana.sees("Welcome")
    hana.press("Begin the round")
    ana.sees("It’s your turn, Ana")
    ana.press("Start my turn")
    hana.sees("Ana is sharing by text")
    page.get_by_label("Your words", exact=True).fill("Three quiet words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ana: Three quiet words.")
    expect(page.get_by_label("Your words", exact=True)).to_have_value("")
    ana.press("I’ve finished")
    expect(hana.page.locator("#note")).to_contain_text("Thank you, Ana.")
    assert page.evaluate("window.asked") is None
    hana.page.get_by_text("End the circle").click()
    hana.press("Yes, end it for everybody")
    expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    expect(hana.page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    for context in contexts.values():
        context.close()
