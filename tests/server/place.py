"""A real site for real people, behind a proxy that speaks https. We play the proxy."""

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from community.app import create_app
from community.core.actor import Actor
from community.core.clock import SystemClock
from community.core.db import db
from community.core.ports import Ports
from config import Settings
from tests.browser.site import Site
from tests.fakes import KeptMail, PretendMedia
from tests.line import Person
from tests.make import Make

NAME = "circles.example.org"
SECRET = "6a09e667f3bcc908b2fb1366ea957d3e3adec17512775099da2f590b0667322a"
FAR_AWAY = "203.0.113.7"  # who is asking, as the proxy says


@dataclass
class Place(Site):
    """run.py with all that a real place needs."""

    database_url: str = ""
    async_mode: str = "threading"
    message_queue: str = ""
    smtp_port: int = 9  # nobody listens there

    @property
    def origin(self) -> str:
        return f"https://{NAME}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": FAR_AWAY}

    def environ(self) -> dict[str, str]:
        return super().environ() | {
            "SECRET_KEY": SECRET,
            "CASE_KEY": SECRET[::-1],
            "BASE_URL": self.origin,
            "TRUSTED_PROXIES": "1",
            "CONTACT": "help@example.org",
            "MAIL_FROM": "circles@example.org",
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(self.smtp_port),
            "ALLOW_DIRECT_MEDIA": "1",
            "DATABASE_URL": self.database_url,
            "ASYNC_MODE": self.async_mode,
            "MESSAGE_QUEUE": self.message_queue,
        }

    def ask(self, *lines: str) -> socket.socket:
        """Send a request as it stands here, and wait until the answer begins."""
        opened = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        headers = [f"{name}: {value}" for name, value in self.headers.items()]
        opened.sendall("\r\n".join([*lines, *headers, "", ""]).encode())
        return opened

    def end(self) -> int:
        """Ask it to end, as a service manager does, and wait less long than it has for that; how
        it ended."""
        assert self.process is not None
        os.kill(self.process.pid, signal.SIGTERM)
        return self.process.wait(25)


@contextmanager
def makes(place: Place) -> Iterator[Make]:
    """Makes people in the store of a place, by its clock."""
    clock = SystemClock()
    app = create_app(
        Settings.for_tests(place.database_url, secret_key=SECRET, base_url=place.origin),
        Ports(clock=clock, mailer=KeptMail(), media=PretendMedia()),
    )
    yield Make(app, clock)  # type: ignore[arg-type]
    with app.app_context():
        db.engine.dispose()


def come_in(place: Place, make: Make, who: Actor, opened: ExitStack) -> Person:
    """The browser of a member, signed in."""
    browser = make.app.test_client()
    make.sign_in(who, browser)
    cookie = browser.get_cookie("__Host-circles", NAME)
    assert cookie
    person = Person(place, opened)
    person.browser.cookies.set("__Host-circles", cookie.value, domain=NAME)
    return person
