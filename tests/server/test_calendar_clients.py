"""My calendar in calendars that people use: vdirsyncer fetches it, khal shows it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests.browser.site import Copy, started

SYNC = """
[general]
status_path = "{folder}/status"
[pair calls]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{folder}/calls"
fileext = ".ics"
[storage there]
type = "http"
url = "{address}"
"""
SHOW = """
[calendars]
[[calls]]
path = {folder}/calls
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {folder}/khal.db
"""


@dataclass
class Member:
    """Somebody of the cast of the demo, in a browser without script."""

    site: Copy
    browser: OpenerDirector

    def get(self, path: str) -> str:
        with self.browser.open(f"{self.site.url}{path}") as answer:
            return answer.read().decode()

    def press(self, button: str, on: str) -> str:
        token = re.search('name="csrf_token" value="([^"]+)"', self.get(on))
        assert token
        typed = urlencode({"csrf_token": token[1]}).encode()
        with self.browser.open(f"{self.site.url}{button}", typed) as answer:
            return answer.read().decode()


@dataclass
class Calendar:
    """A calendar on somebody’s own machine."""

    folder: Path

    def subscribe(self, address: str) -> None:
        (self.folder / "sync").write_text(SYNC.format(folder=self.folder, address=address))
        (self.folder / "show").write_text(SHOW.format(folder=self.folder))
        self._run("vdirsyncer", "-c", str(self.folder / "sync"), "discover")

    def fetch(self) -> None:
        self._run("vdirsyncer", "-c", str(self.folder / "sync"), "sync")

    def shown(self) -> list[str]:
        """When each call is, as it is shown, and what it is called."""
        form = "{start} {end-time} {title} {status}{description}"
        command = ("khal", "-c", str(self.folder / "show"), "list", "--day-format", "")
        return self._run(*command, "--format", form, "today", "60d").splitlines()

    def _run(self, program: str, *words: str) -> str:
        command = [str(Path(sys.executable).with_name(program)), *words]
        environ = {"HOME": str(self.folder), "PATH": "", "LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
        done = subprocess.run(
            command, env=environ, input="y\n", capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Copy]:
    with started(Copy(tmp_path / "var")) as site:
        yield site


def member(site: Copy, name: str) -> Member:
    browser = Member(site, build_opener(HTTPCookieProcessor(CookieJar())))
    browser.press(f"/demo/look-as/{name}", on="/demo/cast")
    return browser


def call_named(browser: Member, title: str) -> str:
    """The address of a call, as this page of calls has it."""
    found = re.search(f'href="([^"]+)">{title}<', browser.get("/calls"))
    assert found
    return found[1]


@pytest.mark.thorough
@pytest.mark.holds("seed:8")
def test_calendars_show_what_changes_here(site: Copy, tmp_path: Path) -> None:
    ana, hana, calendar = member(site, "Ana"), member(site, "Hana"), Calendar(tmp_path)
    page = ana.press("/calls/calendar/start", on="/calls/calendar")
    address = re.search(r'value="(http://[^"]+\.ics)"', page)
    assert address
    calendar.subscribe(address[1])
    calendar.fetch()
    circle = call_named(ana, "Neck circle")
    at_half_past_six = re.compile(
        rf"\S+ 18:30 19:15 Circles: a call (\w+) {re.escape(site.url + circle)}"
    )
    assert found(at_half_past_six, calendar) == ["CONFIRMED"]
    hana.press(f"{circle}/cancel", on=f"{circle}/cancel")
    calendar.fetch()
    assert found(at_half_past_six, calendar) == ["CANCELLED"]
    other = call_named(ana, "Neck circle, today")
    assert [line for line in calendar.shown() if line.endswith(other)]
    ana.press(f"{other}/give-up", on=other)
    calendar.fetch()
    assert [line for line in calendar.shown() if line.endswith(other)] == []


def found(pattern: re.Pattern[str], calendar: Calendar) -> list[str]:
    return [match[1] for line in calendar.shown() if (match := pattern.fullmatch(line))]
