"""A circle to press things in."""

import pytest

from tests.fakes import FrozenClock
from tests.live.circle import Circle, ClientFor
from tests.make import Make


@pytest.fixture
def circle(make: Make, client_for: ClientFor, clock: FrozenClock) -> Circle:
    return Circle(make, client_for, clock)
