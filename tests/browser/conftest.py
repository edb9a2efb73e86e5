"""One Chromium of Debian's for all browser tests, each in contexts of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.site import Site, running, window
from tests.browser.tones import CHROMIUM, LAUNCH


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    if CHROMIUM is None:
        pytest.skip("Chromium isn’t installed (Debian: apt install chromium)")
    return {"executable_path": CHROMIUM, "args": LAUNCH}


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """The real site, with a demo community of its own."""
    with running(tmp_path / "var") as started:
        yield started


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser window of somebody’s own; all are closed when the test is over."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(window(browser)))
