"""Seats and the line, as pure values."""

from uuid import UUID

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from community.calls.rules.call import MOST_SEATS
from community.calls.rules.seats import Place, Roster, SeatState, Was, who_was

ANA, BEN, NOOR, MORI = (UUID(int=number) for number in range(1, 5))


def roster(seats: int, *people: UUID) -> Roster:
    signed = Roster(seats)
    for person in people:
        signed = signed.signed_up(person)
    return signed


@pytest.mark.holds("promise:5")
def test_whoever_signs_up_first_gets_the_seats_and_the_others_wait_in_order():
    signed = roster(2, ANA, BEN, NOOR, MORI)
    assert signed.who(SeatState.CONFIRMED) == (ANA, BEN)
    assert signed.who(SeatState.WAITING) == (NOOR, MORI)


@pytest.mark.holds("promise:5")
def test_a_seat_that_opens_is_held_for_the_first_person_waiting():
    signed = roster(2, ANA, BEN, NOOR, MORI).left(ANA)
    assert signed.who(SeatState.OFFERED) == (NOOR,)
    assert signed.who(SeatState.WAITING) == (MORI,)


@pytest.mark.holds("promise:5", "circle:4")
def test_a_held_seat_is_nobody_elses():
    signed = roster(1, ANA, BEN).left(ANA).signed_up(NOOR)
    assert signed.state_of(BEN) is SeatState.OFFERED
    assert signed.state_of(NOOR) is SeatState.WAITING


def test_whoever_takes_the_held_seat_is_confirmed():
    signed = roster(1, ANA, BEN).left(ANA).took_it(BEN)
    assert signed.state_of(BEN) is SeatState.CONFIRMED


@pytest.mark.holds("promise:5")
def test_a_held_seat_that_is_let_go_is_held_for_the_next():
    signed = roster(1, ANA, BEN, NOOR).left(ANA).left(BEN)
    assert signed.state_of(BEN) is None
    assert signed.state_of(NOOR) is SeatState.OFFERED


def test_leaving_the_line_moves_nobody_but_those_behind():
    signed = roster(1, ANA, BEN, NOOR).left(BEN)
    assert signed.who(SeatState.CONFIRMED) == (ANA,)
    assert signed.who(SeatState.WAITING) == (NOOR,)


@pytest.mark.holds("promise:5")
def test_more_seats_are_held_for_those_who_wait_longest():
    signed = roster(1, ANA, BEN, NOOR, MORI).resized(3)
    assert signed.who(SeatState.OFFERED) == (BEN, NOOR)


def test_whoever_comes_back_is_last_in_line():
    signed = roster(1, ANA, BEN, NOOR).left(BEN).signed_up(BEN)
    assert signed.who(SeatState.WAITING) == (NOOR, BEN)


def test_a_seat_freed_outside_the_house_goes_to_the_line_at_the_next_step():
    """An account erased by hand takes its seat with it; nobody new may pass those who wait."""
    gone = Roster(1, 2, (Place(BEN, SeatState.WAITING, 1),))
    signed = gone.signed_up(NOOR)
    assert signed.state_of(BEN) is SeatState.OFFERED
    assert signed.state_of(NOOR) is SeatState.WAITING


def test_whoever_was_let_down_is_first_of_all_who_wait():
    signed = roster(1, ANA, BEN).signed_up(NOOR, is_first=True)
    assert signed.line == (NOOR, BEN)
    assert signed.left(ANA).state_of(NOOR) is SeatState.OFFERED


def test_a_seat_that_opens_for_somebody_at_the_door_is_theirs_at_once():
    signed = roster(1, ANA, BEN).stood_by(BEN)
    assert signed.state_of(BEN) is SeatState.STANDBY
    assert signed.taken == 1
    assert signed.left(ANA).state_of(BEN) is SeatState.CONFIRMED


def test_whoever_comes_to_the_door_of_a_full_call_passes_nobody_who_waits():
    signed = roster(1, ANA, BEN).stood_by(NOOR)
    assert signed.line == (BEN, NOOR)
    assert signed.left(ANA).state_of(BEN) is SeatState.OFFERED


def test_of_a_call_that_is_over_everybody_is_known_in_words_without_blame():
    was = who_was(roster(3, ANA, BEN), frozenset({NOOR}), frozenset({ANA, MORI}), frozenset())
    assert was == {
        ANA: Was.ATTENDED,
        BEN: Was.NOT_THERE,
        NOOR: Was.EXCUSED,
        MORI: Was.ATTENDED,
    }


def test_of_somebody_who_was_sent_out_nothing_is_known():
    out = frozenset({ANA})
    assert who_was(roster(2, ANA, BEN), frozenset(), frozenset({BEN}), out) == {BEN: Was.ATTENDED}


class Line(RuleBasedStateMachine):
    """Anybody does anything they may, in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.roster = Roster(2)
        self.came: list[UUID] = []  # everybody here, in the order of signing up
        self.first: list[UUID] = []  # those of them whom we let down once, in that order
        self.next_person = 0

    def somebody(self, data: st.DataObject, *states: SeatState) -> UUID:
        return data.draw(st.sampled_from([w for s in states for w in self.roster.who(s)]))

    def forget(self, person: UUID) -> None:
        self.came.remove(person)
        self.first = [who for who in self.first if who != person]

    @rule()
    def a_newcomer_signs_up(self) -> None:
        self.next_person += 1
        person = UUID(int=self.next_person)
        self.roster = self.roster.signed_up(person)
        self.came.append(person)

    @precondition(lambda self: self.came)
    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        person = self.somebody(data, *SeatState)
        line, stood_by = self.roster.line, set(self.roster.who(SeatState.STANDBY))
        self.roster = self.roster.left(person)
        self.forget(person)
        still = tuple(who for who in line if who != person)
        served = still[: len(still) - len(self.roster.line)]
        held = {SeatState.CONFIRMED} if stood_by & set(served) else set()
        assert {self.roster.state_of(who) for who in served} <= held | {SeatState.OFFERED}
        assert self.roster.line == still[len(served) :]

    @precondition(lambda self: self.roster.who(SeatState.OFFERED))
    @rule(data=st.data())
    def somebody_takes_the_held_seat(self, data: st.DataObject) -> None:
        person = self.somebody(data, SeatState.OFFERED)
        taken = self.roster.taken
        self.roster = self.roster.took_it(person)
        assert self.roster.taken == taken

    @precondition(lambda self: self.came)
    @rule(data=st.data())
    def somebody_leaves_and_comes_back(self, data: st.DataObject) -> None:
        person = self.somebody(data, *SeatState)
        self.roster = self.roster.left(person).signed_up(person)
        self.forget(person)
        self.came.append(person)

    @precondition(lambda self: self.roster.who(SeatState.WAITING))
    @rule(data=st.data())
    def somebody_who_waits_comes_to_the_door(self, data: st.DataObject) -> None:
        person = self.somebody(data, SeatState.WAITING)
        line = self.roster.line
        self.roster = self.roster.stood_by(person)
        assert self.roster.line == line

    @rule()
    def a_newcomer_comes_to_the_door(self) -> None:
        self.next_person += 1
        person = UUID(int=self.next_person)
        self.roster = self.roster.stood_by(person)
        self.came.append(person)

    @rule()
    def somebody_whom_we_let_down_signs_up(self) -> None:
        self.next_person += 1
        person = UUID(int=self.next_person)
        before = self.roster.line
        self.roster = self.roster.signed_up(person, is_first=True)
        self.came.append(person)
        if self.roster.state_of(person) is SeatState.WAITING:
            behind = [who for who in before if who not in self.first]
            assert self.roster.line.index(person) == len(before) - len(behind)
            self.first.append(person)

    @rule(data=st.data())
    def the_call_gets_more_or_fewer_seats(self, data: st.DataObject) -> None:
        least = max(1, self.roster.taken)
        self.roster = self.roster.resized(data.draw(st.integers(least, MOST_SEATS)))

    @invariant()
    def no_more_seats_are_taken_than_there_are(self) -> None:
        confirmed, offered = map(self.roster.who, (SeatState.CONFIRMED, SeatState.OFFERED))
        assert len(confirmed) + len(offered) == self.roster.taken <= self.roster.seats

    @invariant()
    def nobody_waits_while_a_seat_is_free(self) -> None:
        assert self.roster.taken == self.roster.seats or not self.roster.line

    @invariant()
    def whoever_was_let_down_is_before_the_others_and_each_waits_once(self) -> None:
        waiting = [who for who in self.came if who in self.roster.line]
        first = [who for who in self.first if who in waiting]
        assert list(self.roster.line) == [*first, *(who for who in waiting if who not in first)]

    @invariant()
    def the_line_keeps_its_order(self) -> None:
        assert [place.who for place in self.roster.places] == self.came
        numbers = [place.number for place in self.roster.places]
        assert numbers == sorted(set(numbers))
        assert all(number < self.roster.end for number in numbers)


test_no_order_of_events_breaks_the_line = pytest.mark.holds("promise:5", "circle:4")(Line.TestCase)
