"""A circle to press things in."""

import pytest
from flask import Flask

from community.core.ports import Ports
from tests.fakes import FrozenClock, PretendMedia
from tests.live.circle import Circle, ClientFor
from tests.live.lines import Line, hear_no_more_of_this, in_a_circle
from tests.make import Make


@pytest.fixture
def circle(make: Make, client_for: ClientFor, clock: FrozenClock) -> Circle:
    return Circle(make, client_for, clock)


@pytest.fixture
def media(ports: Ports) -> PretendMedia:
    """What carries voices in these tests: from browser to browser, if no test says otherwise."""
    assert isinstance(ports.media, PretendMedia)
    return ports.media


@pytest.fixture
def served(media: PretendMedia) -> PretendMedia:
    """The same, where a media server carries them."""
    media.served = True
    return media


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana, Ana and Ben are in a circle that has started, each with an open line."""
    lines = in_a_circle(app, circle, "Hana", "Ana", "Ben")
    assert lines["Hana"].press("admit", person=str(circle.ben.id))["ok"]
    hear_no_more_of_this(lines)
    return lines
