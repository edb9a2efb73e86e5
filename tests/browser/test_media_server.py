"""A circle through a real media server: the server itself lets nobody send who isn’t heard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.seated import THREE, Seated, come_in, expect_only, until
from tests.browser.site import Copy, Site, started
from tests.browser.tones import CONNECTIONS, expect_to_hear
from tests.media_server import MediaServer

pytestmark = pytest.mark.browser

# Whether every connection that is open leads to the one address that the server has.
LEADS_TO_THE_SERVER_ONLY = """
async (port) => {
  const ways = [];
  for (const each of connections.filter((each) => each.connectionState === "connected")) {
    for (const [, one] of await each.getStats()) {
      if (one.type === "remote-candidate") ways.push(`${one.address}:${one.port}`);
    }
  }
  return ways.length > 0 && ways.every((way) => way.endsWith(`:${port}`));
}
"""

MOVES = "(who) => document.querySelector(`#tiles [data-person='${who}'] video`)?.currentTime > 0"

# A client of its own that takes part in nothing but the media, and sends whatever it is told.
FORGES = """
async ({ ticket, url }) => {
  const { url: server, token } = ticket ?? (await (await fetch(url)).json());
  await import(performance.getEntriesByType("resource")
    .find(({ name }) => name.includes("livekit-client")).name);
  const { Room } = globalThis.LivekitClient;
  window.forged = new Room();
  await forged.connect(server, token, { rtcConfig: { iceServers: [] } });
  const { permissions } = forged.localParticipant;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const sent = await forged.localParticipant
    .publishTrack(stream.getAudioTracks()[0], { source: "microphone" })
    .then(() => "taken", () => "refused");
  return { sent, others: forged.remoteParticipants.size, may: permissions.canPublish };
}
"""


@pytest.fixture
def served(media_server: MediaServer, tmp_path: Path) -> Iterator[Site]:
    """The demo site with a media server."""
    with started(Copy(tmp_path / "var", changes=media_server.settings)) as site:
        yield site


@pytest.fixture
def circle(served: Site, open_window: Callable[[], BrowserContext]) -> dict[str, Seated]:
    """Hana, Ana and Ben in a circle whose round has begun: Ana is asked first."""
    people = {}
    for name in THREE:
        context = open_window()
        context.add_init_script(CONNECTIONS)
        people[name] = come_in(served, context, name)
    people["Hana"].begins_a_round(people["Ana"])
    return people


@pytest.mark.holds("promise:3", "circle:5", "circle:12")
def test_the_server_lets_the_holder_only_be_heard_and_whoever_is_removed_hears_silence(
    media_server: MediaServer, circle: dict[str, Seated]
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    expect_only(None, [hana, ana, ben])
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    for person in (hana, ana, ben):
        until(person.page, LEADS_TO_THE_SERVER_ONLY, media_server.udp_port)

    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    expect_only(None, [hana, ana, ben])
    ben.press("Start my turn")
    expect_only(ben, [hana, ana])

    hana.closes_the_microphone_of("Ben")
    expect_only(None, [hana, ana])
    ben.press("Microphone is off")
    expect_only(ben, [hana, ana])

    hana.removes("Ana", why="This is a test of the door.")
    ana.sees("A facilitator has ended your place in this circle")
    expect_to_hear(ana.page, {})
    expect(ana.page.locator("audio")).to_have_count(0)
    expect_only(ben, [hana])


@pytest.mark.holds("promise:3", "circle:5", "asvs:35")
def test_a_page_that_obeys_nothing_is_refused_by_the_server_and_its_old_ticket_leads_nowhere(
    circle: dict[str, Seated],
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    asked = f"{ben.page.url}/ticket"
    kept = ben.page.request.get(asked).json()

    forged = ben.page.evaluate(FORGES, {"url": asked})
    assert forged == {"sent": "refused", "others": 2, "may": False}
    expect_only(ana, [hana])

    hana.removes("Ben", why="This is a test of the door.")
    ben.sees("A facilitator has ended your place in this circle")
    assert ben.page.request.get(asked, headers={"Accept": "application/json"}).status == 403
    assert ben.page.evaluate(FORGES, {"ticket": kept})["others"] == 0
    expect_only(ana, [hana])


@pytest.mark.holds("circle:5", "circle:R10", "F:F64")
def test_pictures_and_volumes_are_as_without_a_server_and_it_may_be_gone_for_a_while(
    media_server: MediaServer, circle: dict[str, Seated]
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    ana.press("Start my turn")
    expect_only(ana, [hana, ben])
    ana.opens_who_is_here()
    ana.press("Turn camera on")
    ben.chooses("Show video (1)")
    ben.page.wait_for_function(MOVES, arg=ana.id)
    ben.chooses("Hide all video")
    expect(ben.page.locator("#tiles figure")).to_have_count(0)

    ben.opens_who_is_here()
    row = ben.page.locator(f"#here > [data-person='{ana.id}']")
    row.get_by_role("button", name="Mute Ana for me").click()
    expect_only(None, [ben])
    row.get_by_role("button", name="Hear Ana again").click()
    row.get_by_role("button", name="Louder: Ana").click()
    expect_only(ana, [ben])
    expect(row.locator("[data-code]")).to_be_hidden()

    media_server.stop()
    expect(ben.page.locator("#weak")).to_contain_text("typing still works")
    media_server.start()
    expect_only(ana, [ben, hana])
    expect(ben.page.locator("#weak")).to_contain_text("Sound comes through again.")
