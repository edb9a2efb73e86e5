"""Anything by anybody at any time: what holds in a circle after every step. Pure."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from community.core.verdict import NOT_FOUND
from community.live.rules.events import Back, Became, Event, Lost, Restarted
from community.live.rules.leading import Ban, Refuse, Remove, Unban
from community.live.rules.may import may, may_watch
from community.live.rules.presses import End, Leave, TakeDevice
from community.live.rules.room import Part
from tests.live.anything import LAST, OTHER, PRESSES, TURN, everybodys, page_of
from tests.live.pretend import (
    HANA,
    KENJI,
    NAMES,
    OUTSIDER,
    Circle,
    a_gathering,
    a_round,
    ana_speaks,
    hands_are_up,
    knock,
    lee_speaks_for_ana,
    lobby,
)
from tests.live.watched import Watched

people = st.sampled_from(sorted(NAMES))
facilitators = st.sampled_from((HANA, KENJI))


class LiveCircle(RuleBasedStateMachine):
    """Anything by anybody, whether it may happen or not, and every fault at any time."""

    @initialize(
        start=st.sampled_from(
            [lobby, a_round, ana_speaks, lee_speaks_for_ana, hands_are_up, a_gathering]
        )
    )
    def begin(self, start: Callable[[], Circle]) -> None:
        self.circle = Watched(start())

    @rule(chance=st.integers(0, 2**32).map(Random), steps=st.integers(1, 20))
    def the_circle_goes_on(self, chance: Random, steps: int) -> None:
        self.circle.go_on(chance, steps)

    @rule(
        data=st.data(),
        kind=st.sampled_from((*TURN, *OTHER, *(each for each in LAST if each is not End))),
        missed=st.integers(0, 4),
    )
    def anything_by_anybody(self, data: st.DataObject, kind: type[Event], missed: int) -> None:
        """Mostly refused, some of it by somebody who missed what happened since."""
        sent = everybodys(kind, self.circle.room, max(0, self.circle.room.version - missed))
        self.circle.happen(data.draw(st.sampled_from(sent)))

    @rule(by=people)
    def somebody_would_like_to_end_it(self, by: UUID) -> None:
        """Rarely done: a circle that is over is soon tested."""
        if self.circle.room.version % 10 == 0 or by not in (HANA, KENJI):
            self.circle.happen(End(by))

    @rule()
    def the_last_press_is_repeated(self) -> None:
        if self.circle.last is not None:
            self.circle.happen(self.circle.last)

    @rule(person=people, page=st.integers(1, 2))
    def a_line_drops(self, person: UUID, page: int) -> None:
        self.circle.happen(Lost(person, page_of(person, page)))

    @rule(person=people, page=st.integers(1, 2))
    def a_line_comes_back(self, person: UUID, page: int) -> None:
        self.circle.happen(Back(person, page_of(person, page)))

    @rule(person=people, page=st.integers(1, 2))
    def a_second_device_takes_over(self, person: UUID, page: int) -> None:
        self.circle.happen(TakeDevice(person, page_of(person, page)))

    @rule()
    def every_facilitator_is_lost_at_once(self) -> None:
        for person in (HANA, KENJI):
            known = self.circle.room.find(person)
            self.circle.happen(Lost(person, known and known.page))

    @rule(people=st.frozensets(people))
    def a_process_is_gone(self, people: frozenset[UUID]) -> None:
        self.circle.happen(Restarted(people))

    @rule(person=people, part=st.sampled_from([Part.FACILITATOR, Part.MEMBER, None]))
    def the_rows_say_otherwise(self, person: UUID, part: Part | None) -> None:
        self.circle.happen(Became(person, part))

    @rule(by=facilitators, person=people, kind=st.sampled_from([Remove, Ban]))
    def somebody_is_sent_out_and_knocks_again(
        self, by: UUID, person: UUID, kind: type[Remove | Ban]
    ) -> None:
        """At any time, also while they have the floor; and nothing lets them in but a hand."""
        self.circle.happen(kind(by, person, "Why."))
        self.circle.happen(Unban(by, person))
        for event in (knock(person), Leave(person), knock(person), Refuse(by, person)):
            if person != OUTSIDER:
                self.circle.happen(event)

    @rule(viewer=people)
    def somebody_looks(self, viewer: UUID) -> None:
        if may_watch(self.circle.room, viewer):
            self.circle.sees(viewer)

    @rule(seconds=st.sampled_from([5, 25, 65, 95, 310, 1900]))
    def time_passes(self, seconds: int) -> None:
        self.circle.wait(seconds)


HOLDS = pytest.mark.holds(
    "promise:1",
    "promise:3",
    "promise:7",
    "circle:1",
    "circle:2",
    "circle:3",
    "circle:5",
    "circle:6",
    "circle:7",
    "circle:8",
    "circle:9",
    "circle:10",
    "circle:12",
    "circle:11",
    "circle:13",
    "circle:R1",
    "circle:R2",
    "circle:R3",
    "circle:R4",
    "circle:R6",
    "circle:R7",
    "circle:R8",
)


@HOLDS
class TestLiveCircle(LiveCircle.TestCase):
    """Promises 1, 3 and 7, every invariant of the circle and every rule of coming back that needs
    no store."""

    settings = settings(max_examples=100, stateful_step_count=25)


@HOLDS
@pytest.mark.parametrize("evening", range(10))
@pytest.mark.parametrize("start", [a_round, hands_are_up, a_gathering])
def test_a_long_evening_keeps_every_promise(start: Callable[[], Circle], evening: int) -> None:
    circle, chance = Watched(start()), Random(evening)
    for _ in range(10):
        circle.go_on(chance, 20)
        for viewer in NAMES:
            if may_watch(circle.room, viewer):
                circle.sees(viewer)


@pytest.mark.holds("asvs:34")
def test_whoever_never_came_presses_nothing() -> None:
    circle = Watched(a_round())
    for kind in PRESSES:
        for event in everybodys(kind, circle.room, circle.room.version):
            if event.by == OUTSIDER:
                assert may(circle.room, event, circle.now).reason == NOT_FOUND, event


def test_there_is_a_time_at_which_somebody_may_press_each_press() -> None:
    """Otherwise nothing above says anything about it."""
    untried = set(PRESSES)
    for evening in range(40):
        if not untried:
            break
        circle, chance = Watched(a_round() if evening % 2 else lobby()), Random(evening)
        for _ in range(40):
            room, now = circle.room, circle.now
            untried = {
                kind
                for kind in untried
                if not any(may(room, each, now) for each in everybodys(kind, room, room.version))
            }
            circle.go_on(chance, 5)
    assert not untried
