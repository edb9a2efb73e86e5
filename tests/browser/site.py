"""The real site: run.py as a subprocess, on a port and a store of its own."""

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

ROOT = Path(__file__).resolve().parents[2]
OURS = ("SECRET_KEY", "BASE_URL", "DATABASE_URL", "SMTP_HOST", "TURN_URLS", "ALLOW_DIRECT_MEDIA")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@dataclass
class Site:
    """The demo site, started as anybody would start it."""

    kept_in: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        environ = {name: value for name, value in os.environ.items() if name not in OURS}
        environ |= {"PORT": str(self.port), "HOST": "127.0.0.1", "VAR_DIR": str(self.kept_in)}
        self.kept_in.mkdir(parents=True, exist_ok=True)
        with (self.kept_in / "log.txt").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "run.py"], cwd=ROOT, env=environ, stdout=log, stderr=log
            )
        for _ in range(300):
            if self.process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):  # noqa: S310
                    return
            except OSError:
                time.sleep(0.1)  # nothing else tells when a process begins to listen
        raise AssertionError(f"the site didn’t start:\n{self.said()}")

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
def running(kept_in: Path) -> Iterator[Site]:
    """The site with a new demo community, for as long as it is needed."""
    site = Site(kept_in)
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
