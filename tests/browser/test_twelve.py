"""As many voices as a circle takes without a media server: three in browsers, nine by aiortc."""

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.hostile import Listener
from tests.browser.minutes import Minutes
from tests.browser.seated import HERTZ, THREE, Seated, expect_only, take_a_place
from tests.browser.site import Site
from tests.browser.test_circle import is_connected_with
from tests.browser.tones import CONNECTIONS, give_voice

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),  # thirty lines to make, on two cores
]

GUESTS = [f"Guest{number}" for number in range(9)]
ONE_MORE = "Guest9"
UNTIL_IT_IS_KNOWN_WHO_CAME = timedelta(minutes=14)
TOKEN = re.compile('name="csrf_token" value="([^"]+)"')


@dataclass
class Door:
    """The way into a call with eleven seats."""

    site: Site
    call_id: UUID
    open_window: Callable[[], BrowserContext]

    @property
    def lobby(self) -> str:
        return f"{self.site.url}/calls/{self.call_id}/lobby"

    def come(self, name: str) -> Seated:
        """With a page, a voice and ears."""
        window = self.open_window()
        window.add_init_script(CONNECTIONS)
        give_voice(window, HERTZ.get(name, 0))
        self.site.sign_in(window, name)
        page = window.new_page()
        page.goto(self.lobby)
        return take_a_place(page, name, HERTZ.get(name, 0))

    def listen(self, name: str, me: UUID) -> Listener:
        """Without a page, and with a line."""
        window = self.open_window()
        self.site.sign_in(window, name)
        token = TOKEN.search(window.request.get(self.lobby).text())
        assert token
        chosen = {"csrf_token": token[1], "way": "voice", "spot": "any"}
        assert "/circles/" in window.request.post(self.lobby, form=chosen).url
        call = str(self.call_id)
        return Listener(
            self.site.url,
            str(me),
            0,
            cookie="; ".join(f"{c['name']}={c['value']}" for c in window.cookies()),
            enter=("enter-circle", {"call_id": call, "page": str(uuid4())}),
            address={"call_id": call},
        )


@dataclass
class Twelve:
    door: Door
    here: list[Seated]
    guests: list[Listener]


@pytest.fixture
def twelve(slow: Minutes, open_window: Callable[[], BrowserContext]) -> Iterator[Twelve]:
    """Everybody has come, and one more stands by."""
    make, people = slow.make, [slow.cast(name) for name in THREE]
    group = next(each for each in people[0].groups if people[0].facilitates(each))
    guests = [
        make.member(name, email=f"{name.lower()}@demo.invalid") for name in (*GUESTS, ONE_MORE)
    ]
    for guest in guests:
        make.joined(group, guest, people[0])
    *seated, _ = people[1:] + [make.actor(guest) for guest in guests]
    soon = {"starts_in": timedelta(minutes=10), "seats": 11, "title": "A full circle"}
    call_id = make.call(group, people[0], seated=seated, **soon)
    door = Door(slow.site, call_id, open_window)
    with ExitStack() as lines:
        here = [door.come(name) for name in THREE]
        yield Twelve(
            door,
            here,
            [
                lines.enter_context(door.listen(name, guest.id))
                for name, guest in zip(GUESTS, guests, strict=False)
            ],
        )


@pytest.mark.thorough
@pytest.mark.holds("promise:3", "circle:5", "circle:10")
def test_of_twelve_the_holder_only_sends_and_nobody_else_comes_in(
    slow: Minutes, twelve: Twelve
) -> None:
    hana, ana, ben = twelve.here
    hana.press("Start the circle")
    ana.sees("Welcome")
    for guest in twelve.guests:
        for one in twelve.here:
            guest.greet(one.id)
        assert guest.is_connected({one.id for one in twelve.here}, within=60)
    for one in twelve.here:
        is_connected_with(one, 11)
    hana.press("Begin the round")
    for holder in (ana, ben):
        holder.sees(f"It’s your turn, {holder.name}")
        assert all(guest.overhears() for guest in twelve.guests)
        holder.press("Start my turn")
        expect_only(holder, [one for one in twelve.here if one is not holder])
        assert all(guest.overhears(holder.id) for guest in twelve.guests)
        holder.press("I’ve finished")

    slow.pass_by(UNTIL_IT_IS_KNOWN_WHO_CAME)
    _stands_by(twelve.door)
    late = twelve.door.come(ONE_MORE)
    late.sees("You’re standing by")
    expect(late.page.locator("#lines")).to_contain_text("All the places are taken")
    expect(late.page.get_by_role("button", name="Come in now")).to_have_count(0)
    row = hana.page.locator("#people > li", has_text=ONE_MORE)
    expect(row).to_contain_text("all the places are taken")
    expect(row.get_by_role("button", name="Let in")).to_have_count(0)
    expect(late.page.locator("audio")).to_have_count(0)


def _stands_by(door: Door) -> None:
    window = door.open_window()
    door.site.sign_in(window, ONE_MORE)
    page = window.new_page()
    page.goto(door.lobby.removesuffix("/lobby"))
    page.get_by_role("button", name="Stand by").click()
    page.wait_for_url("**/lobby")
