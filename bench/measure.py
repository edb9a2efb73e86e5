"""Measuring: everything in turn, round after round, and what may be said of it afterwards.

Only ratios inside one run count. Absolute figures differ from machine to machine, and on one
machine from minute to minute.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

ROUNDS = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """One part of a target: a ratio (or a count), and what it has to reach.

    `spread` is the lowest and the highest of the rounds. `at_most` False means that more is
    better.
    """

    part: str
    value: float
    target: float
    spread: tuple[float, float]
    at_most: bool = True

    @property
    def is_met(self) -> bool:
        return self.value <= self.target if self.at_most else self.value >= self.target


def counted(part: str, value: float, target: float) -> Figure:
    """Something that is counted, not timed: it has no spread."""
    return Figure(part, value, target, (value, value))


def in_turn(
    subjects: Mapping[str, Callable[[], float]], rounds: int = ROUNDS
) -> Mapping[str, Sequence[float]]:
    """What each subject cost in each round. Whoever is first in one round is last in the next."""
    costs: dict[str, list[float]] = {name: [] for name in subjects}
    names = list(subjects)
    for number in range(rounds):
        for name in names if number % 2 == 0 else reversed(names):
            costs[name].append(subjects[name]())
    return costs


def ratio(
    part: str,
    costs: Sequence[float],
    beside: Sequence[float],
    target: float,
    *,
    at_most: bool = True,
) -> Figure:
    """The median of the rounds, each round divided by what stood beside it."""
    ratios = [cost / other for cost, other in zip(costs, beside, strict=True)]
    return Figure(part, median(ratios), target, (min(ratios), max(ratios)), at_most)


def cpu(work: Callable[[], object], times: int) -> Callable[[], float]:
    """Seconds of processor that one `work` takes, as the mean of so many."""

    def measured() -> float:
        begun = time.process_time()
        for _ in range(times):
            work()
        return (time.process_time() - begun) / times

    return measured


def late(work: Callable[[], object], times: int) -> Callable[[], float]:
    """Seconds until one `work` in twenty isn’t done yet: the 95th percentile of so many."""

    def measured() -> float:
        taken = []
        for _ in range(times):
            begun = time.perf_counter()
            work()
            taken.append(time.perf_counter() - begun)
        return quantiles(taken, n=20)[-1]

    return measured
