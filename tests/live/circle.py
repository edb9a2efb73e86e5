"""A call whose lobby is open, and everybody's browser."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import token

ClientFor = Callable[..., FlaskClient]
JSON = {"Accept": "application/json"}


class Circle:
    """A call whose lobby is open, and everybody's browser."""

    def __init__(self, make: Make, client_for: ClientFor, clock: FrozenClock) -> None:
        self.make, self.client_for, self.clock = make, client_for, clock
        self.hana, self.ana = make.member("Hana"), make.member("Ana")
        self.ben, self.stranger = make.member("Ben"), make.member("Stranger")
        self.group = make.group(
            "Neck", facilitators=[self.hana], members=[self.ana, self.ben], owner=self.hana
        )
        self.hana, self.ana, self.ben = (make.actor(p) for p in (self.hana, self.ana, self.ben))
        self.call_id = make.call(
            self.group, self.hana, starts_in=timedelta(minutes=10), seated=[self.ana]
        )
        self.browsers = {
            p.name: client_for(p) for p in (self.hana, self.ana, self.ben, self.stranger)
        }

    def join(self, name: str, way: str = "voice") -> None:
        answer = self.post(name, f"/calls/{self.call_id}/lobby", {"way": way, "shows_card": "y"})
        assert answer.status_code == 302, answer.text

    def post(self, name: str, path: str, form: dict[str, str]) -> TestResponse:
        browser = self.browsers[name]
        return browser.post(path, data={**form, "csrf_token": token(browser)})

    def press(self, name: str, event: str, **fields: object) -> TestResponse:
        """As the script does it, without a socket."""
        browser = self.browsers[name]
        payload = {"call_id": str(self.call_id), "event_id": str(uuid4()), **fields}
        return browser.post(
            f"/circles/{self.call_id}/events/{event}",
            json=payload,
            headers={**JSON, "X-CSRFToken": token(browser)},
        )

    def board(self, name: str) -> dict[str, Any]:
        answer = self.browsers[name].get(f"/circles/{self.call_id}/state", headers=JSON)
        assert answer.status_code == 200, answer.text
        return answer.get_json()["board"]

    def press_as_seen(self, name: str, event: str, **fields: object) -> TestResponse:
        """On the page as it is now."""
        return self.press(name, event, seen=self.board(name)["version"], **fields)

    def page(self, name: str) -> str:
        """The circle as their browser is given it."""
        return self.browsers[name].get(f"/circles/{self.call_id}").text

    def begin(self, *names: str, **ways: str) -> None:
        """These come in, by voice or as it is said, and the round begins."""
        for name in names:
            self.join(name)
        for name, way in ways.items():
            self.join(name, way)
        self.press("Hana", "start")
        self.press_as_seen("Hana", "begin-round")
