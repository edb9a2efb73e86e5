"""The real site: run.py as a subprocess, on a port and a store of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from config import declared

ROOT = Path(__file__).resolve().parents[2]
OURS = {each.name for each, _ in declared()}


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Site:
    """The demo site, started as anybody would start it."""

    kept_in: Path
    database_url: str | None = None  # the demo's own file, if none is named
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser calls the site that a page is from."""
        return self.url

    @property
    def headers(self) -> dict[str, str]:
        """What comes with every request beside what it asks for."""
        return {}

    def environ(self) -> dict[str, str]:
        """What makes it this site; nothing of the machine’s own settings gets in."""
        return {"PORT": str(self.port), "HOST": "127.0.0.1", "VAR_DIR": str(self.kept_in)}

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= self.environ()
        self.kept_in.mkdir(parents=True, exist_ok=True)
        with (self.kept_in / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, *self._program()], cwd=ROOT, env=environ, stdout=log, stderr=log
            )
        for _ in range(600):
            if self.process.poll() is not None:
                break
            try:
                asked = urllib.request.Request(f"{self.url}/healthz", headers=self.headers)  # noqa: S310
                with urllib.request.urlopen(asked, timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)  # nothing else tells when a process begins to listen
        self.kill()
        raise AssertionError(f"the site didn’t start:\n{self.said()}")

    def _program(self) -> list[str]:
        if self.database_url is None:
            return ["run.py"]
        changes = json.dumps({"database_url": self.database_url})
        return ["-m", "tests.browser.elsewhere", changes]

    def said(self) -> str:
        """What it wrote to its log."""
        return (self.kept_in / "log.txt").read_text()

    def kill(self) -> None:
        """End it as a power cut would: it can say goodbye to nobody."""
        assert self.process is not None
        for child in _children(self.process.pid):
            os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait()

    def look_around_as(self, context: BrowserContext, name: str) -> Page:
        """A page in which somebody of the cast is signed in, by the button for it."""
        page = context.new_page()
        page.goto(f"{self.url}/demo/cast")
        page.get_by_role("button", name=f"Look around as {name}", exact=True).click()
        expect(page.get_by_role("heading", name=f"Hello, {name}")).to_be_visible()
        return page


@contextmanager
def running(kept_in: Path, database_url: str | None = None) -> Iterator[Site]:
    """The site with a new demo community, for as long as it is needed."""
    site = Site(kept_in, database_url)
    site.start()
    try:
        yield site
    finally:
        site.kill()


def _children(pid: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return [int(line) for line in found.split()]


def window(browser: Browser, **more: object) -> BrowserContext:
    """A browser window of somebody's own."""
    return browser.new_context(locale="en-GB", timezone_id="Europe/London", **more)  # type: ignore[arg-type]
