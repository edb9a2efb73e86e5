"""One Chromium of Debian's for all browser tests, each in contexts of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.site import Site, running, window
from tests.browser.tones import CHROMIUM, LAUNCH
from tests.core.store import DATABASES, EmptyDatabase
from tools import programs

# On a machine with two cores, of which several browsers and a server want one each. Where a test is
# about how long something may take, it says so itself.
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser."""
    if CHROMIUM is None:
        pytest.skip(programs.CHROMIUM.advice())
    return {"executable_path": CHROMIUM, "args": LAUNCH}


@pytest.fixture
def site(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: EmptyDatabase
) -> Iterator[Site]:
    """The real site, with a demo community of its own. On SQLite, if no test says otherwise."""
    if getattr(request, "param", DATABASES[0]) == "sqlite":
        with running(tmp_path / "var") as started:
            yield started
    else:
        with (
            empty_database("postgresql") as store,
            running(tmp_path / "var", store.url) as started,
        ):
            yield started


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser window of somebody’s own; all are closed when the test is over."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(window(browser)))
