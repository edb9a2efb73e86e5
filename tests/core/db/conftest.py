"""Databases of their own, of each kind, with real commits; Ana has an account there."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from flask import Flask

from community.core.db import db, transaction
from tests.core.db.kept import account
from tests.core.store import Store, own_app


@pytest.fixture
def app(store: Store) -> Iterator[Flask]:
    """The app on a database of its own, where what is kept is kept."""
    with own_app(store.url) as app:
        yield app


@pytest.fixture
def inside(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


@pytest.fixture
def ana_id(inside: None) -> UUID:
    """Ana’s account, kept."""
    with transaction():
        ana = account()
        db.session.add(ana)
        db.session.flush()
        return ana.id
