"""One site of two processes, on one PostgreSQL and one Redis; and a circle with people at both."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from community.core.actor import Actor
from tests.core.store import EmptyDatabase
from tests.line import Line, Person
from tests.make import Make
from tests.server.place import Place, come_in, makes
from tests.server.queue import MessageQueue


@dataclass
class Several:
    """Both processes, what is between them, and who makes people in their store."""

    one: Place
    other: Place
    queue: MessageQueue
    make: Make


@contextmanager
def several(kept_in: Path, empty_database: EmptyDatabase) -> Iterator[Several]:
    """Both are started at the same moment, on a store with nothing in it."""
    with ExitStack() as opened:
        store = opened.enter_context(empty_database("postgresql"))
        queue = MessageQueue(kept_in)
        queue.start()
        opened.callback(queue.kill)
        places = [
            Place(kept_in / mode, database_url=store.url, async_mode=mode, message_queue=queue.url)
            for mode in ("gevent", "threading")
        ]
        with ThreadPoolExecutor() as both:
            list(both.map(Place.start, places))
        for place in places:
            opened.callback(place.kill)
        yield Several(*places, queue, opened.enter_context(makes(places[0])))


class Page:
    """Somebody’s page of the circle, at one of the processes."""

    def __init__(self, person: Person, call_id: UUID) -> None:
        self.person, self.call_id, self.page = person, call_id, str(uuid4())
        self.line = self.enter()

    def enter(self, place: Place | None = None) -> Line:
        """Its line, to this process or that one."""
        self.person.site = place or self.person.site
        self.line = self.person.line()
        assert self.ask("enter-circle", page=self.page)["ok"]
        return self.line

    def ask(self, event: str, **fields: object) -> dict[str, Any]:
        return self.line.ask(event, call_id=str(self.call_id), **fields)

    def press(self, event: str, **fields: object) -> dict[str, Any]:
        answer = self.ask(event, event_id=str(uuid4()), **fields)
        assert answer["ok"], answer
        return answer["board"]

    def sees(self, version: int) -> dict[str, Any]:
        """The board of this version, or of a newer one, as it comes by the line."""
        while (board := self.line.hears("board"))["version"] < version:
            pass
        return board

    def board(self) -> dict[str, Any]:
        """As it is asked for without a line."""
        state = self.person.get(f"/circles/{self.call_id}/state?page={self.page}")
        board: dict[str, Any] = json.loads(state)["board"]
        return board

    def press_without_line(self, event: str, **fields: object) -> None:
        call_id = str(self.call_id)
        payload = {"call_id": call_id, "event_id": str(uuid4()), **fields}
        self.person.post_json(f"/circles/{call_id}", f"/circles/{call_id}/events/{event}", payload)


@dataclass
class Circle:
    """Hana leads, at one process; Ana and Ben are at the other."""

    several: Several
    group_id: UUID
    call_id: UUID
    people: dict[str, Actor]
    pages: dict[str, Page]

    @property
    def hana(self) -> Page:
        return self.pages["Hana"]

    @property
    def ana(self) -> Page:
        return self.pages["Ana"]

    @property
    def ben(self) -> Page:
        return self.pages["Ben"]

    def who(self, name: str) -> str:
        return str(self.people[name].id)


def circle_in(both: Several, opened: ExitStack) -> Circle:
    """It has started, and the first turn is Ana’s."""
    make, at = both.make, {"Hana": both.one, "Ana": both.other, "Ben": both.other}
    people = {name: make.member(f"{name} {uuid4()}") for name in at}
    hana, *members = people.values()
    group = make.group(f"Neck {uuid4()}", owner=hana, facilitators=[hana], members=members)
    hana, *members = people.values()
    call_id = make.call(
        group, make.actor(hana), starts_in=timedelta(minutes=10), seated=map(make.actor, members)
    )
    pages = {}
    for name, place in at.items():
        browser = come_in(place, make, people[name], opened)
        lobby = f"/calls/{call_id}/lobby"
        browser.post(lobby, lobby, way="voice", shows_card="y")
        pages[name] = Page(browser, call_id)
    circle = Circle(both, group, call_id, people, pages)
    begun = circle.hana.press("start")
    begun = circle.hana.press("begin-round", seen=begun["version"])
    for page in (circle.ana, circle.ben):
        page.sees(begun["version"])
    return circle
