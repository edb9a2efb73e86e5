"""A circle through a real relay only; and who the relay refuses."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint
from playwright.sync_api import Browser, expect

from community.core.clock import SystemClock
from community.core.ports import IceServer
from community.live.mesh import CREDENTIALS_LAST, Mesh
from tests.browser.relay import COTURN, Relay, relaying
from tests.browser.seated import Seated, come_in, expect_only, until
from tests.browser.site import Copy, Site, started, window
from tests.browser.tones import CONNECTIONS, LAUNCH
from tools import programs

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(COTURN is None, reason=programs.COTURN.advice()),
]

Pair = tuple[Seated, Seated]

WAITS_MS = 15_000  # until a page begins anew with somebody whom it doesn’t reach

# Whether all that is open leads to the others through the relay, in one of these ways and in no
# other. (A browser asks for no further way once one of them works: which were asked for, and
# not only tried, is a matter of how busy the machine is.)
LEADS_ONLY = """
async (allowed) => {
  const ways = new Set()
  for (const each of connections.filter((each) => each.connectionState !== "closed")) {
    for (const [, one] of await each.getStats()) {
      if (one.type === "local-candidate") ways.add(`${one.candidateType} by ${one.relayProtocol}`)
      if (one.type === "remote-candidate") ways.add(one.candidateType)
    }
  }
  return ways.has("relay") && ways.size > 1 && [...ways].every((way) => allowed.includes(way))
}
"""


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with relaying(tmp_path / "relay") as started:
        yield started


@pytest.fixture
def relayed(relay: Relay, tmp_path: Path) -> Iterator[Site]:
    """The demo site with a relay."""
    turn = {"turn_urls": [relay.url, relay.tls_url], "turn_secret": relay.secret}
    with started(Copy(tmp_path / "var", changes=turn)) as site:
        yield site


@pytest.fixture
def pair(relay: Relay, relayed: Site, launch_browser: Callable[..., Browser]) -> Iterator[Pair]:
    """Hana and Ana in a round, with browsers that trust the relay’s certificate: Ana speaks."""
    with ExitStack() as opened:
        browser = opened.enter_context(closing(launch_browser(args=[*LAUNCH, relay.trusted])))
        people = []
        for name in ("Hana", "Ana"):
            context = opened.enter_context(closing(window(browser)))
            context.add_init_script(CONNECTIONS)
            people.append(come_in(relayed, context, name))
        hana, ana = people
        hana.begins_a_round(ana)
        ana.press("Start my turn")
        expect_only(ana, [hana])
        yield hana, ana


@pytest.mark.thorough
@pytest.mark.holds("promise:10", "asvs:35", "circle:R8", "circle:R10", "promise:7", "promise:2")
def test_voices_go_through_the_relay_only_and_while_it_is_gone_typing_goes_on(
    relay: Relay, relayed: Site, pair: Pair
) -> None:
    hana, ana = pair
    lead_only_to(pair, "relay", "relay by tls", "relay by udp")
    for person in pair:
        person.page.clock.install()

    relay.stop()
    ana.press("Type instead")
    hana.sees("Ana is sharing by text")
    ana.page.get_by_label("Your words", exact=True).fill("It goes on in words.")
    ana.press("Show my words")
    expect(hana.page.locator("#log")).to_contain_text("Ana, by text: It goes on in words.")
    say_of_sound(pair, "typing still works")
    made = [person.page.evaluate("connections.length") for person in pair]
    wait_no_longer(pair)
    for person, before in zip(pair, made, strict=True):  # in vain, so far
        person.page.wait_for_function("(before) => connections.length > before", arg=before)

    # The server goes as well, and what they would say to each other to connect is lost.
    relayed.kill()
    for person in pair:
        expect(person.page.locator("#line")).to_contain_text("Your place is kept")
    wait_no_longer(pair)
    relay.start(by_tls_alone=True)
    relayed.start()
    hana.sees("Ana is sharing by text")
    say_of_sound(pair, "Sound comes through again.")
    ana.press("Speak instead")
    expect_only(ana, [hana])
    lead_only_to(pair, "relay", "relay by tls")

    asked = f"{hana.page.url}/ticket"
    assert ana.page.request.get(asked).ok
    hana.removes("Ana", why="A test of the door.")
    ana.sees("A facilitator has ended your place in this circle")
    assert ana.page.request.get(asked, headers={"Accept": "application/json"}).status == 403


def lead_only_to(pair: Pair, *ways: str) -> None:
    for person in pair:
        until(person.page, LEADS_ONLY, list(ways))  # they come one by one


def say_of_sound(pair: Pair, words: str) -> None:
    for person in pair:
        expect(person.page.locator("#weak")).to_contain_text(words)


def wait_no_longer(pair: Pair) -> None:
    """By its own clock each page has waited for a line long enough, and begins anew."""
    for person in pair:
        person.page.clock.fast_forward(WAITS_MS)


def credential(relay: Relay, secret: str, at: datetime) -> IceServer:
    """What the site gives somebody at this time, if it has this secret."""
    return (
        Mesh(turn_urls=(relay.url,), turn_secret=secret).ticket(uuid4(), uuid4(), at).ice_servers[0]
    )


def asks(relay: Relay, given: IceServer, by: str) -> int:
    """How the relay answers somebody who asks for a way through with this: 200, or an error."""

    async def ask() -> int:
        address = ("127.0.0.1", relay.port)
        try:
            transport, _ = await create_turn_endpoint(
                asyncio.DatagramProtocol,
                address,
                given.username,
                given.credential,
                transport=by,
            )
        except TransactionFailed as failed:
            return int(failed.response.attributes["ERROR-CODE"][0])
        transport.close()
        return 200

    with ThreadPoolExecutor(1) as aside:  # in this thread Playwright’s own loop may be running
        return aside.submit(lambda: asyncio.run(asyncio.wait_for(ask(), timeout=20))).result()


@pytest.mark.holds("asvs:35", "asvs:19")
@pytest.mark.parametrize("by", ["udp", "tcp"])
def test_the_relay_refuses_expired_and_foreign_credentials(relay: Relay, by: str) -> None:
    """Whoever was removed gets no new one, and the last one is over after a quarter of an hour."""
    now = SystemClock().now()
    given = credential(relay, relay.secret, now)
    assert asks(relay, given, by) == 200
    assert re.match(r"\d+:", given.username)
    assert asks(relay, credential(relay, "of another site", now), by) == 401
    long_ago = now - CREDENTIALS_LAST - timedelta(seconds=1)
    assert asks(relay, credential(relay, relay.secret, long_ago), by) == 401
