"""A circle through a real relay only; and who the relay refuses."""

import asyncio
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from aioice.stun import TransactionFailed
from aioice.turn import create_turn_endpoint
from playwright.sync_api import BrowserContext

from community.core.clock import SystemClock
from community.core.ports import IceServer
from community.live.mesh import CREDENTIALS_LAST, Mesh
from tests.browser.relay import COTURN, Relay, relaying
from tests.browser.seated import come_in, expect_only
from tests.browser.site import Copy, Site, started
from tools import programs

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(COTURN is None, reason=programs.COTURN.advice()),
]

CONNECTIONS = """
window.connections = []
const Connection = window.RTCPeerConnection
window.RTCPeerConnection = class extends Connection {
  constructor(...rest) {
    super(...rest)
    connections.push(this)
  }
}
"""
WAYS = """
async () => {
  const ways = new Set()
  for (const each of connections) {
    for (const [, one] of await each.getStats()) {
      if (one.type.endsWith("-candidate")) ways.add(one.candidateType)
    }
  }
  return [...ways]
}
"""


@pytest.fixture
def relay(tmp_path: Path) -> Iterator[Relay]:
    with relaying(tmp_path / "relay") as started:
        yield started


@pytest.fixture
def relayed(relay: Relay, tmp_path: Path) -> Iterator[Site]:
    """The demo site with a relay."""
    turn = {"turn_urls": [relay.url], "turn_secret": relay.secret}
    with started(Copy(tmp_path / "var", changes=turn)) as site:
        yield site


@pytest.mark.holds("promise:10", "asvs:35")
def test_a_turn_is_heard_through_the_relay_and_nobody_learns_an_address(
    relayed: Site, open_window: Callable[[], BrowserContext]
) -> None:
    people = []
    for name in ("Hana", "Ana"):
        context = open_window()
        context.add_init_script(CONNECTIONS)
        people.append(come_in(relayed, context, name))
    hana, ana = people
    hana.begins_a_round(ana)
    ana.press("Start my turn")
    expect_only(ana, [hana])
    assert [person.page.evaluate(WAYS) for person in people] == [["relay"], ["relay"]]

    asked = f"{hana.page.url}/ticket"
    assert ana.page.request.get(asked).ok
    hana.removes("Ana", why="A test of the door.")
    ana.sees("A facilitator has ended your place in this circle")
    assert ana.page.request.get(asked, headers={"Accept": "application/json"}).status == 403


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
