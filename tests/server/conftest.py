"""One server for each way in which it serves, with people in it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.core.store import EmptyDatabase
from tests.make import Make
from tests.server.place import Place, makes

MODES = {"threading": "sqlite", "gevent": "postgresql"}


@contextmanager
def served(mode: str, kept_in: Path, empty_database: EmptyDatabase) -> Iterator[Place]:
    with empty_database(MODES[mode]) as store:
        place = Place(kept_in, database_url=store.url, async_mode=mode)
        place.start()
        try:
            yield place
        finally:
            place.kill()


@pytest.fixture(scope="session", params=MODES)
def place(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    empty_database: EmptyDatabase,
) -> Iterator[Place]:
    """A real site that all tests share."""
    with served(request.param, tmp_path_factory.mktemp("place"), empty_database) as started:
        yield started


@pytest.fixture(params=MODES)
def own_place(
    request: pytest.FixtureRequest, tmp_path: Path, empty_database: EmptyDatabase
) -> Iterator[Place]:
    """A real site of one test’s own, which may end it."""
    with served(request.param, tmp_path / "var", empty_database) as started:
        yield started


@pytest.fixture(scope="session")
def people(place: Place) -> Iterator[Make]:
    """Makes people in the shared place."""
    with makes(place) as make:
        yield make


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is closed when a test is over."""
    with ExitStack() as stack:
        yield stack
