"""What all the makers share: the app, the clock, and one way to do something for real."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask

from community.core.db import transaction
from tests.fakes import FrozenClock

T = TypeVar("T")


class Maker:
    """Does things the way an edge would: in an app context and a transaction of its own."""

    def __init__(self, app: Flask, clock: FrozenClock) -> None:
        self.app = app
        self.clock = clock

    def done(self, act: Callable[[], T]) -> T:
        """What an action gave back, kept."""
        with self.app.app_context(), transaction():
            return act()
