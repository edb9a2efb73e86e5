"""A place of its own, where what is kept is kept."""

from collections.abc import Iterator

import pytest

from tests.core.store import Store, own_app
from tests.make import Make


@pytest.fixture
def make(store: Store) -> Iterator[Make]:
    """On a database of its own, with real commits."""
    with own_app(store.url) as app:
        yield Make(app, app.extensions["ports"].clock)
