"""Drawn by hand, always the same way: the uneven circles that stand for people and tables.

    seat_path(seed)      somebody's place, for a viewBox of 0 0 44 44
    table(seed, seats)   a table with people around it, for a viewBox of 0 0 100 100

A seed is the id of the person or call, so they keep their shape for ever and nothing is stored.
Every shape is one smooth closed curve, as the `d` of an SVG path.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, sin
from random import Random
from uuid import UUID

_UNEVEN = 0.06  # how far a hand strays, as a part of the radius

_SEAT_MIDDLE, _SEAT_RADIUS = 22.0, 19.0

_TABLE_MIDDLE, _TABLE_RADIUS = 50.0, 25.0
_ORBIT = 39.5  # from the middle of the table to the middle of a seat
_PLACE = 7.7  # radius of a seat when there is room for it
_MOST = 20  # seats of one drawing


@dataclass(frozen=True, slots=True)
class Seat:
    """One place at a table: its outline, or a ring around a smaller core when it stands out."""

    outline: str
    ring: str
    core: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table top and the seats round it, clockwise from the top."""

    top: str
    seats: tuple[Seat, ...]


@lru_cache(maxsize=4096)
def seat_path(seed: UUID) -> str:
    """The outline of one person's seat."""
    return _blob(Random(seed.int), _SEAT_MIDDLE, _SEAT_MIDDLE, _SEAT_RADIUS)


@lru_cache(maxsize=1024)
def table(seed: UUID, seats: int) -> Drawing:
    """The table of one call. More people sit closer, on smaller seats, and of very many some do."""
    seats = min(seats, _MOST)
    hand = Random(seed.int)
    top = _blob(hand, _TABLE_MIDDLE, _TABLE_MIDDLE, _TABLE_RADIUS)
    radius = min(_PLACE, 0.7 * _ORBIT * sin(pi / max(seats, 2)))
    return Drawing(top, tuple(_seat(hand, number / seats, radius) for number in range(seats)))


def _seat(hand: Random, part: float, radius: float) -> Seat:
    """A seat that far (0 to 1) round the table."""
    angle = 2 * pi * part - pi / 2 + hand.uniform(-0.06, 0.06)
    x, y = _TABLE_MIDDLE + _ORBIT * cos(angle), _TABLE_MIDDLE + _ORBIT * sin(angle)
    return Seat(
        outline=_blob(hand, x, y, radius),
        ring=_blob(hand, x, y, 1.15 * radius),
        core=_blob(hand, x, y, 0.7 * radius),
    )


def _blob(hand: Random, x: float, y: float, radius: float) -> str:
    """A closed curve round (x, y): points of an uneven circle, joined as Catmull and Rom did."""
    count = 8
    points = []
    for number in range(count):
        angle = 2 * pi * (number + hand.uniform(-0.12, 0.12)) / count
        reach = radius * (1 + hand.uniform(-_UNEVEN, _UNEVEN))
        points.append((x + reach * cos(angle), y + reach * sin(angle)))
    before, start, end = points[-1], points[0], points[1]
    leaving = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
    pen = _rounded(start)
    path = [f"M{_number(pen[0])} {_number(pen[1])}c{_from(pen, leaving)}"]
    for number in range(count):
        start, end, after = (points[(number + step) % count] for step in (0, 1, 2))
        arriving = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        # s: each piece leaves as the one before arrived, as their curves do anyway.
        path.append(f"{'s' if number else ' '}{_from(pen, arriving)} {_from(pen, end)}")
        pen = _rounded(end)
    return "".join(path) + "Z"


def _rounded(point: tuple[float, float]) -> tuple[float, float]:
    return round(point[0], 1), round(point[1], 1)


def _from(pen: tuple[float, float], point: tuple[float, float]) -> str:
    """How far it is from where the pen is, which takes fewer digits than where it is."""
    x, y = _rounded(point)
    return f"{_number(x - pen[0])} {_number(y - pen[1])}"


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"
