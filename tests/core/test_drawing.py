"""The uneven circles: always the same, always inside their frame."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.drawing import Drawing, seat_path, table

seeds = st.uuids()
sizes = st.integers(min_value=1, max_value=24)

ANA = UUID("0190c2f4-0000-7000-8000-000000000001")
BEN = UUID("0190c2f4-0000-7000-8000-000000000002")


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def corners(path: str) -> list[tuple[float, float]]:
    """The points that a curve is drawn from. Each piece says how far they are from its start."""
    start, *pieces = re.split("[cs]", path)
    x, y = numbers(start)
    found = [(x, y)]
    for piece in pieces:
        far = numbers(piece)
        found += [(x + across, y + down) for across, down in zip(far[::2], far[1::2], strict=True)]
        x, y = found[-1]
    return found


def paths(drawing: Drawing) -> list[str]:
    seats = (path for seat in drawing.seats for path in (seat.outline, seat.ring, seat.core))
    return [drawing.top, *seats]


def is_closed(path: str) -> bool:
    first, *_, last = corners(path)
    return path.endswith("Z") and last == pytest.approx(first)


def test_a_person_keeps_their_shape_for_ever() -> None:
    first = seat_path(ANA)
    seat_path.cache_clear()
    assert seat_path(ANA) == first


def test_two_people_have_different_shapes() -> None:
    assert seat_path(ANA) != seat_path(BEN)


def test_a_call_keeps_its_table_for_ever() -> None:
    first = table(ANA, 8)
    table.cache_clear()
    assert table(ANA, 8) == first


@given(seeds)
def test_a_seat_is_one_closed_curve_inside_its_frame(seed: UUID) -> None:
    path = seat_path(seed)
    assert is_closed(path)
    # A cubic curve never leaves the corners it is drawn from. 0.7 is about half a line.
    assert all(0.7 <= number <= 43.3 for corner in corners(path) for number in corner)


@given(seeds, sizes)
def test_a_table_has_as_many_seats_as_asked_for_and_of_very_many_some(
    seed: UUID, seats: int
) -> None:
    assert len(table(seed, seats).seats) == min(seats, 20)


@given(seeds, sizes)
def test_a_table_is_closed_curves_inside_its_frame(seed: UUID, seats: int) -> None:
    for path in paths(table(seed, seats)):
        assert is_closed(path)
        assert all(0 <= number <= 100 for corner in corners(path) for number in corner)
