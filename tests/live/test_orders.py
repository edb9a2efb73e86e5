"""The order of a round to come: told beforehand, and arranged by hand. Pure."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.live.rules import reasons as rules
from community.live.rules.leading import BeginRound, MoveDown, MoveUp, SetOrder
from community.live.rules.orders import arrange, coming, new_line
from community.live.rules.presses import Leave, ListenOnly, Pass, SetSpot
from community.live.rules.room import (
    OPEN,
    Entry,
    Order,
    Part,
    Person,
    Presence,
    Room,
    Spot,
    Status,
    Way,
)
from community.live.rules.stored import from_json, to_json
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    CALL,
    HANA,
    LEE,
    NAMES,
    NOOR,
    NOW,
    Circle,
    a_round,
    everybody_has_shared,
    knock,
    lobby,
    open_floor,
    opening,
)


def told(circle: Circle, viewer: UUID = BEN) -> list[str]:
    """What the page tells of the order to come."""
    seen = seen_by(circle.room, viewer, circle.now)
    return [each.name for each in seen.coming or seen.order]


def begun(circle: Circle) -> list[str]:
    circle.press(BeginRound, HANA)
    return [NAMES[each.person] for each in circle.room.queue]


def test_the_order_by_sign_up_is_told_before_each_round() -> None:
    assert told(lobby()) == told(opening()) == ["Ana", "Ben", "Noor"]
    assert begun(opening()) == ["Ana", "Ben", "Noor"]
    assert told(everybody_has_shared()) == told(open_floor()) == ["Ana", "Ben", "Noor"]


def test_nothing_is_told_of_another_round_while_one_is_on() -> None:
    assert seen_by(a_round().room, BEN, NOW).coming == ()


@pytest.mark.holds("circle:7")
def test_an_order_by_chance_is_the_one_that_was_told_and_another_in_each_round() -> None:
    circle = opening().happen(SetOrder(HANA, Order.RANDOM))
    drawn = []
    for _ in range(4):
        before = told(circle)
        assert before == told(circle.wait(minutes=3), HANA)
        assert begun(circle) == before
        drawn.append(tuple(before))
        while circle.room.floor.person is not None:
            circle.press(Pass, circle.room.floor.person)
    assert len(set(drawn)) > 1


def test_chance_changes_nobodys_place_because_somebody_else_comes_or_goes() -> None:
    circle = opening().happen(SetOrder(HANA, Order.RANDOM))
    before = told(circle)
    circle.happen(Leave(BEN))
    assert told(circle, ANA) == [name for name in before if name != "Ben"]
    circle.happen(knock(BEN))
    assert told(circle) == before


@pytest.mark.parametrize("start", [lobby, opening, everybody_has_shared])
def test_the_order_to_come_is_arranged_by_hand(start: Callable[[], Circle]) -> None:
    circle = start()
    circle.happen(MoveUp(HANA, NOOR))
    assert told(circle) == ["Ana", "Noor", "Ben"]
    assert circle.happen(MoveDown(HANA, ANA)).refuses(MoveUp(HANA, NOOR)) == rules.FIRST_IN_LINE
    assert told(circle) == ["Noor", "Ana", "Ben"]
    assert circle.refuses(MoveDown(HANA, BEN)) == rules.LAST_IN_LINE
    assert circle.refuses(MoveUp(HANA, LEE)) == rules.NOT_WAITING
    assert circle.refuses(MoveUp(ANA, ANA)) == rules.FACILITATORS_ONLY
    assert from_json(to_json(circle.room)) == circle.room


def test_what_was_arranged_is_for_one_round() -> None:
    circle = opening().happen(MoveUp(HANA, NOOR))
    assert begun(circle) == ["Ana", "Noor", "Ben"]
    for person in (ANA, NOOR, BEN):
        circle.press(Pass, person)
    assert told(circle) == ["Ana", "Ben", "Noor"]


def test_whoever_comes_after_it_was_arranged_comes_last() -> None:
    circle = opening().happen(Leave(ANA), MoveUp(HANA, NOOR), knock(ANA))
    assert told(circle) == ["Noor", "Ben", "Ana"]


def test_another_order_undoes_what_was_arranged() -> None:
    circle = opening().happen(MoveUp(HANA, NOOR), SetOrder(HANA, Order.SIGN_UP))
    assert told(circle) == ["Ana", "Ben", "Noor"]


def test_hands_not_rounds_are_put_in_order_with_an_open_floor() -> None:
    assert open_floor().refuses(MoveUp(HANA, NOOR)) == rules.NOT_WAITING


def test_early_and_late_are_respected_in_every_order() -> None:
    circle = opening().happen(SetSpot(NOOR, Spot.EARLY), SetSpot(ANA, Spot.LATE))
    assert told(circle) == ["Noor", "Ben", "Ana"]
    circle.happen(SetOrder(HANA, Order.RANDOM))
    assert told(circle) == ["Noor", "Ben", "Ana"]
    for person in (NOOR, BEN, ANA):
        assert circle.refuses(MoveUp(HANA, person)) == rules.FIRST_IN_LINE
    assert begun(circle) == ["Noor", "Ben", "Ana"]


def test_a_wish_for_a_spot_can_be_undone_for_the_next_round() -> None:
    circle = everybody_has_shared().happen(SetSpot(NOOR, Spot.EARLY))
    assert told(circle) == ["Noor", "Ana", "Ben"]
    assert told(circle.happen(SetSpot(NOOR, Spot.ANY))) == ["Ana", "Ben", "Noor"]


def test_a_wish_for_a_spot_moves_nobody_in_the_round_that_is_on() -> None:
    circle = a_round()
    before = circle.room.queue
    assert circle.happen(SetSpot(NOOR, Spot.EARLY)).room.queue == before
    assert circle.room.floor.person == ANA


@pytest.mark.holds("circle:9")
def test_a_spot_is_told_to_nobody_else_and_whoever_comes_back_chooses_again() -> None:
    circle = opening().happen(SetSpot(NOOR, Spot.LATE))
    assert [seen_by(circle.room, each, NOW).me.spot for each in (NOOR, BEN)] == ["late", "any"]
    circle.happen(Leave(NOOR))
    circle.happen(replace(knock(NOOR), spot=Spot.EARLY))
    assert circle.room.person(NOOR).spot is Spot.EARLY


@pytest.mark.parametrize("person", [HANA, LEE])
def test_whoever_takes_no_turns_wishes_for_no_spot(person: UUID) -> None:
    assert opening().refuses(SetSpot(person, Spot.EARLY)) == rules.NO_TURN


def test_whoever_only_listens_is_in_no_order_to_come() -> None:
    assert told(opening().press(ListenOnly, BEN), ANA) == ["Ana", "Noor"]


# Whatever the room

ids = st.sampled_from([UUID(int=number) for number in range(1, 9)])


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    who = draw(st.lists(ids, unique=True))
    people = tuple(
        Person(
            each,
            str(each.int),
            draw(st.sampled_from(Part)),
            draw(st.sampled_from(Way)),
            place=draw(st.integers(0, 3)),
            presence=draw(st.sampled_from(Presence)),
            spot=draw(st.sampled_from(Spot)),
        )
        for each in who
    )
    waiting = [each for each in people if each.takes_turns]
    return Room(
        CALL,
        people=people,
        queue=tuple(
            Entry(each.id, draw(st.sampled_from(Status))) for each in waiting if draw(st.booleans())
        ),
        ordering=draw(st.sampled_from(Order)),
        arranged=tuple(draw(st.lists(ids, unique=True))),
        round=draw(st.integers(0, 3)),
    )


@given(rooms())
@pytest.mark.holds("circle:3")
def test_nobody_who_waited_is_lost_and_everybody_is_in_line_once(room: Room) -> None:
    line = new_line(room)
    people = [each.person for each in line]
    assert len(set(people)) == len(people)
    assert {each.person for each in room.queue if each.status in OPEN} <= set(people)
    owed = {each.person for each in room.queue if each.status is Status.OWED}
    assert owed == {each.person for each in line if each.status is Status.OWED}
    due = [each.status is Status.DUE for each in line]
    assert due == sorted(due, reverse=True)


@given(rooms())
def test_an_order_is_of_those_who_are_in_and_as_they_wished(room: Room) -> None:
    line = [room.person(each) for each in coming(room)]
    assert all(each.takes_turns for each in line)
    spots = [[Spot.EARLY, Spot.ANY, Spot.LATE].index(each.spot) for each in line]
    assert spots == sorted(spots)
    assert coming(from_json(to_json(room))) == coming(room)


@given(rooms(), st.data())
def test_to_arrange_changes_two_places_and_nothing_else(room: Room, data: st.DataObject) -> None:
    line = coming(room)
    spots = [room.person(each).spot for each in line]
    pairs = [n for n in range(len(line) - 1) if spots[n] is spots[n + 1]]
    if pairs:
        n = data.draw(st.sampled_from(pairs))
        after = coming(arrange(room, line[n], line[n + 1]))
        assert after == (*line[:n], line[n + 1], line[n], *line[n + 2 :])
