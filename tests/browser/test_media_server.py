"""A circle through a real media server: the server itself lets nobody send who isn’t heard."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import jwt
import pytest
from playwright.sync_api import BrowserContext, Page, expect

from community.core.clock import SystemClock
from tests.browser import eyes
from tests.browser.seated import THREE, WITH_SOCKET, Seated, come_in, expect_only, until
from tests.browser.site import Copy, Site, started
from tests.browser.tones import CONNECTIONS, NEAR, expect_to_hear, listen
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
  // A place that somebody was sent out of is closed again and again: nobody need get in.
  const isIn = await forged.connect(server, token, { rtcConfig: { iceServers: [] } })
    .then(() => true, () => false);
  if (!isIn) return { sent: "refused", others: 0, may: false };
  const { permissions } = forged.localParticipant;
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const sent = await forged.localParticipant
    .publishTrack(stream.getAudioTracks()[0], { source: "microphone" })
    .then(() => "taken", () => "refused");
  return { sent, others: forged.remoteParticipants.size, may: permissions.canPublish };
}
"""


# Somebody who has a ticket to the room, from wherever, and what keys there are: none, or some.
STOWS_AWAY = """
async ({ ticket, key, scripts }) => {
  await import(`${scripts}/vendor/livekit-client.umd.js`);
  const { createLocks } = await import(`${scripts}/js/live/locks.js`);
  const { Room, RoomEvent } = globalThis.LivekitClient;
  const locks = createLocks();
  if (key) locks.use(key);
  const room = new Room();
  window.packets = async () => {
    const [{ receiver }] = [...[...room.remoteParticipants.values()]
      .flatMap((each) => [...each.trackPublications.values()])]
      .map(({ track }) => track).filter(Boolean);
    return [...(await receiver.getStats()).values()]
      .find(({ type }) => type === "inbound-rtp").packetsReceived;
  };
  room.on(RoomEvent.SignalConnected, () =>
    room.engine.on("mediaTrackAdded", (_, __, receiver) => locks.open(receiver)));
  room.on(RoomEvent.TrackSubscribed, (track, _, { identity }) => {
    locks.open(track.receiver);
    const audio = new Audio();
    audio.srcObject = new MediaStream([track.mediaStreamTrack]);
    audio.dataset.person = identity;
    document.body.append(audio);
    audio.play();
  });
  await room.connect(ticket.url, ticket.token, { rtcConfig: { iceServers: [] } });
}
"""

# From now on this page hears nothing that our server says: it can’t let go of anything by itself.
OBEYS_NOTHING = f"""
async () => {{
  {WITH_SOCKET}
  socket.off();
  socket.io.off();
  socket.io.reconnection(false);
}}
"""

IS_CUT = "() => connections.every(({ connectionState: state }) => state !== 'connected')"
AT_ONCE = 2000  # ms, on a machine that has other things to do

SCRIPTS = "document.querySelector('script[src$=\"live/main.js\"]').src.split('/js/')[0]"

KEY = f"""
async () => {{
  {WITH_SOCKET}
  const {{ call_id }} = JSON.parse(document.getElementById("setup").textContent);
  const payload = {{ call_id, page: sessionStorage.getItem(`page-${{call_id}}`) }};
  return (await socket.emitWithAck("enter-circle", payload)).key;
}}
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


@pytest.mark.thorough
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


@pytest.mark.thorough
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


def decides(site: Site, context: BrowserContext, what: str) -> None:
    """Marta, who looks after the site, sees what Gale wrote reported, and decides about Gale."""
    marta = site.look_around_as(context, "Marta")
    marta.goto(f"{site.url}/moderation")
    marta.get_by_role("link", name="Open : Pressure to stop").click()
    marta.get_by_role("link", name="What follows for them").click()
    steps = marta.get_by_role("group", name=what)
    steps.get_by_role("radio").first.check()
    marta.get_by_label("Which guideline?").select_option(index=3)
    marta.get_by_label("Why? They read this").fill("It came again.")
    marta.get_by_role("button", name="Send this decision").click()
    expect(marta.get_by_text("It’s so from now on")).to_be_visible()


def at_the_server(media_server: MediaServer, page: Page) -> set[str]:
    """Who is where this page’s ticket leads to."""
    token = page.request.get(f"{page.url}/ticket").json()["token"]
    room = jwt.decode(token, options={"verify_signature": False})["video"]["room"]
    there = media_server.media._ask("ListParticipants", UUID(room)).get("participants", [])
    return {each["identity"] for each in there}


@pytest.fixture
def with_gale(served: Site, open_window: Callable[[], BrowserContext]) -> dict[str, Seated]:
    """Hana, Ana and Gale: Ana speaks, and Gale’s page is about to obey nothing."""
    people = {}
    for name in ("Hana", "Ana", "Gale"):
        context = open_window()
        context.add_init_script(CONNECTIONS)
        if name == "Gale":
            served.sign_in(context, name)
            served.sign_up(context)
        people[name] = come_in(served, context, name)
    people["Hana"].begins_a_round(people["Ana"])
    people["Ana"].press("Start my turn")
    expect_only(people["Ana"], [people["Hana"], people["Gale"]])
    return people


@pytest.mark.thorough
@pytest.mark.holds("moderation:15", "promise:3", "circle:5", "circle:12", "asvs:5", "asvs:19")
@pytest.mark.parametrize(
    ("what", "speaks", "answers"),
    [
        ("They stay away from this place", False, 403),
        ("They stay away from this group", True, 404),
    ],
    ids=["suspended-who-listens", "banned-who-speaks"],
)
def test_a_decision_ends_their_connection_to_the_server_and_the_others_hear_on(
    media_server: MediaServer,
    served: Site,
    with_gale: dict[str, Seated],
    open_window: Callable[[], BrowserContext],
    what: str,
    speaks: bool,
    answers: int,
) -> None:
    hana, ana, gale = with_gale.values()
    if speaks:
        ana.press("I’ve finished")
        gale.press("Start my turn")
        expect_only(gale, [hana, ana])
    assert at_the_server(media_server, hana.page) == {hana.id, ana.id, gale.id}
    asked = f"{gale.page.url}/ticket"
    gale.page.evaluate(OBEYS_NOTHING)
    kept = gale.page.request.get(asked).json()

    decides(served, open_window(), what)
    gale.page.wait_for_function(IS_CUT, timeout=AT_ONCE)
    expect_only(None if speaks else ana, [hana])
    expect_to_hear(gale.page, {})
    again = gale.page.request.get(asked, headers={"Accept": "application/json"})
    assert again.status == answers
    assert gale.page.evaluate(FORGES, {"ticket": kept})["others"] == 0
    assert at_the_server(media_server, hana.page) == {hana.id, ana.id}

    if not speaks:
        ana.press("I’ve finished")
        expect_only(None, [hana])
    hana.press("Microphone is off")
    expect_to_hear(ana.page, {hana.id: hana.hertz})


def is_only(heard: dict[str, list[int]], one: Seated) -> bool:
    """Whether this one was heard all the while, by their own tone, and nobody else."""
    return heard.keys() == {one.id} and all(abs(each - one.hertz) <= NEAR for each in heard[one.id])


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5")
def test_voices_are_locked_for_whoever_is_here_and_a_ticket_without_their_key_hears_silence(
    media_server: MediaServer,
    served: Site,
    circle: dict[str, Seated],
    open_window: Callable[[], BrowserContext],
) -> None:
    hana, ana, ben = circle["Hana"], circle["Ana"], circle["Ben"]
    sam = come_in(served, open_window(), "Sam")
    ana.press("Start my turn")
    expect_only(ana, [hana, ben, sam])
    old = ben.page.evaluate(KEY)
    assert old == hana.page.evaluate(KEY)
    scripts = hana.page.evaluate(SCRIPTS)

    def hears_with(key: object) -> dict[str, list[int]]:
        """What comes out where Sam only has a ticket to the room where Hana hears Ana."""
        token = hana.page.request.get(f"{hana.page.url}/ticket").json()["token"]
        room = jwt.decode(token, options={"verify_signature": False})["video"]["room"]
        given = media_server.media.ticket(UUID(room), UUID(sam.id), SystemClock().now())
        ticket = {"url": given.url, "token": given.token}
        sam.page.goto(served.lobby(sam.page.context))
        sam.page.evaluate(STOWS_AWAY, {"ticket": ticket, "key": key, "scripts": scripts})
        until(sam.page, "async () => (await packets().catch(() => 0)) > 50")
        return listen([sam.page], 1000)[0]

    assert is_only(hears_with(old), ana)
    assert hears_with(None) == {}

    hana.removes("Ben", why="This is a test of the door.")
    ben.sees("A facilitator has ended your place in this circle")
    expect_only(ana, [hana])
    new = hana.page.evaluate(KEY)
    assert new["key"] != old["key"]
    assert hears_with(old) == {}
    assert is_only(hears_with(new), ana)


@pytest.mark.holds("circle:R10")
def test_a_browser_that_can_t_open_voices_goes_on_without_sound_and_is_told(
    served: Site, open_window: Callable[[], BrowserContext]
) -> None:
    context = open_window()
    context.add_init_script("delete window.RTCRtpScriptTransform")
    context.add_init_script(CONNECTIONS)
    hana = come_in(served, context, "Hana")
    expect(hana.page.locator("#line")).to_contain_text("this one can’t open them")
    assert hana.page.evaluate("connections.length") == 0


@pytest.mark.thorough
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


@pytest.fixture
def gathering(served: Site) -> Site:
    """“Neck circle, today” is one, before anybody comes."""
    with closing(sqlite3.connect(served.kept_in / "demo.db")) as store, store:
        store.execute(
            "UPDATE call SET format = 'gathering', seats = 200 WHERE title = 'Neck circle, today'"
        )
    return served


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5")
def test_in_a_gathering_who_listens_hears_asks_for_a_turn_and_is_heard(
    gathering: Site, open_window: Callable[[], BrowserContext]
) -> None:
    ways = {"Hana": "Voice", "Ana": "Voice", "Ben": "Listen only", "Sam": "Listen only"}
    circle = {name: come_in(gathering, open_window(), name, way) for name, way in ways.items()}
    hana, ana, ben, sam = circle.values()
    desk = hana.page.locator("#listeners")
    expect(desk.locator("summary")).to_have_text("… and 2 people who listen")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana, ben, sam])
    expect(sam.page.locator("#order > li")).to_have_count(1)

    ben.press("Ask for a turn")
    expect(sam.page.locator("#order > li")).to_have_count(2)
    ana.press("I’ve finished")
    ben.sees("It’s your turn, Ben")
    ben.press("Start my turn")
    expect_only(ben, [hana, ana, sam])

    sam.opens_who_is_here()
    expect(sam.page.locator("#listening")).to_have_text("… and one person who listens")
    desk.locator("summary").click()
    desk.get_by_label("To remove somebody who listens").select_option("Sam")
    desk.get_by_label("Why? They will read this:").fill("This is a test of the door.")
    desk.get_by_role("button", name="Yes, remove them").click()
    sam.sees("A facilitator has ended your place in this circle")
    expect(desk).to_be_hidden()
    expect_only(ben, [hana, ana])


@pytest.mark.thorough
@pytest.mark.timeout(600)
@pytest.mark.holds("acceptance:9")
def test_a_gathering_is_whole_in_every_theme_and_at_both_widths(
    gathering: Site, open_window: Callable[[], BrowserContext]
) -> None:
    def look(page: Page) -> None:
        assert {kind: found for kind, found in eyes.measure(page, page.url).items() if found} == {}

    def seeing() -> BrowserContext:
        context = open_window()
        for script in eyes.SCRIPTS:
            context.add_init_script(path=script)
        return context

    hana, ana = (come_in(gathering, seeing(), name) for name in ("Hana", "Ana"))
    ben = come_in(gathering, seeing(), "Ben", "Listen only")
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    ben.sees("Ana is speaking")
    hana.page.locator("#listeners > summary").click()
    for person in (hana, ana, ben):
        look(person.page)
    context = seeing()
    gathering.sign_in(context, "Sam")
    lobby = context.new_page()
    lobby.goto(gathering.lobby(context))
    look(lobby)
