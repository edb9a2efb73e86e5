"""One Chromium of Debian's for all browser tests, each in contexts of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.minutes import Minutes, minutes
from tests.browser.seated import PATIENCE
from tests.browser.site import Copy, Site, started, window
from tests.browser.tones import CHROMIUM, HEADLESS, LAUNCH
from tests.core.store import DATABASES, EmptyDatabase
from tools import programs

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser: without windows, if Debian has that."""
    if HEADLESS is None:
        pytest.skip(programs.CHROMIUM.advice())
    return {"executable_path": HEADLESS, "args": LAUNCH}


@pytest.fixture(scope="module")
def whole_browser(launch_browser: Callable[..., Browser]) -> Iterator[Browser]:
    """Chromium with its windows, which also shows what is told to a device."""
    with closing(launch_browser(executable_path=CHROMIUM)) as browser:
        yield browser


@pytest.fixture
def site(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: EmptyDatabase
) -> Iterator[Site]:
    """The site, with a demo community of its own. On SQLite, if no test says otherwise."""
    with ExitStack() as opened:
        site = Copy(tmp_path / "var")
        if getattr(request, "param", DATABASES[0]) == "postgresql":
            site.changes["database_url"] = opened.enter_context(empty_database("postgresql")).url
        yield opened.enter_context(started(site))


@pytest.fixture
def slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Minutes]:
    """A site of which a test can say that time has gone by."""
    with minutes(tmp_path / "var", monkeypatch) as passing:
        yield passing


@pytest.fixture
def open_window(browser: Browser) -> Iterator[Callable[[], BrowserContext]]:
    """Opens a browser window of somebody’s own; all are closed when the test is over."""
    with ExitStack() as opened:
        yield lambda: opened.enter_context(closing(window(browser)))
