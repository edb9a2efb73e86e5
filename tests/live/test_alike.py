"""Boards that are drawn once for many: each says exactly what it would if it were drawn alone."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from community.core.ready import write
from community.live.page.board import board_for, boards_for
from community.live.queries import Prepared, Said, Texts
from community.live.rules.alike import alike
from community.live.rules.may import may_watch
from community.live.rules.room import (
    Ack,
    After,
    Ask,
    AskKind,
    Choice,
    Echo,
    Holding,
    Mode,
    Undo,
    Wish,
)
from tests.live.anything import OTHER, TURN, an_evening
from tests.live.pretend import (
    ANA,
    BEN,
    NAMES,
    NOOR,
    NOW,
    SAM,
    STRANGER,
    TOM,
    Circle,
    a_gathering,
    a_round,
    ana_speaks,
    hands_are_up,
    knock,
    lee_speaks_for_ana,
    lobby,
    owed_at_goodbye,
)

WATCHED = ("circle:9", "circle:12")


@pytest.mark.holds(*WATCHED)
@pytest.mark.parametrize("evening", range(6))
@pytest.mark.parametrize(
    "start",
    [
        lobby,
        a_round,
        ana_speaks,
        lee_speaks_for_ana,
        hands_are_up,
        owed_at_goodbye,
        a_gathering,
    ],
)
def test_whatever_happens_each_board_is_the_one_that_is_drawn_alone(
    application: Flask, start: Callable[[], Circle], evening: int
) -> None:
    circle, chance = start(), Random(evening)
    for number, person in enumerate((SAM, TOM, STRANGER)):
        circle.happen(knock(person, card="Please wait." if number else None))
    texts = Texts(
        said=[
            Said(UUID(int=each), by, "Words.", number=each)
            for each, by in enumerate((SAM, ANA, TOM))
        ],
        prepared={NOOR: Prepared("What Noor wrote before.", aloud=False)},
    )
    shared = 0
    with application.test_request_context():
        for _ in an_evening(circle, chance, (*TURN, *OTHER, *OTHER)):
            shared += boards_are_their_own(circle, texts)
    assert shared or circle.room.phase == "ended"


def boards_are_their_own(circle: Circle, texts: Texts) -> int:
    """How many of them weren’t drawn for themselves."""
    room, now = circle.room, circle.now
    viewers = [each for each in NAMES if may_watch(room, each)]
    boards = boards_for(room, texts, viewers, now)
    for each in viewers:
        assert boards[each].text == board_for(room, texts, each, now).text
    assert all(json.loads(write(board)) == board.fields for board in boards.values())  # as sent
    return len(viewers) - len({alike(room, each, now) for each in viewers})


@pytest.mark.holds(*WATCHED)
def test_whoever_wrote_something_before_the_call_is_like_nobody_else(application: Flask) -> None:
    room, now = lobby().happen(knock(SAM), knock(TOM)).room, lobby().now
    assert alike(room, SAM, now) == alike(room, TOM, now)
    texts = Texts(prepared={SAM: Prepared("Mine alone.", aloud=False)})
    with application.test_request_context():
        boards = boards_for(room, texts, [SAM, TOM], now)
    assert boards[SAM].fields["has_prepared"]
    assert not boards[TOM].fields["has_prepared"]


@pytest.mark.holds(*WATCHED)
def test_who_only_listens_is_drawn_once_and_each_is_called_you_on_their_own(
    application: Flask,
) -> None:
    circle = ana_speaks()
    circle.happen(knock(SAM), knock(TOM), knock(STRANGER))
    room, now = circle.room, circle.now
    assert alike(room, SAM, now) == alike(room, TOM, now) == alike(room, STRANGER, now)
    assert (
        len({alike(room, each, now) for each in (ANA, BEN, SAM)}) == 3
    )  # has it, is next, listens
    with application.test_request_context():
        boards = boards_for(room, Texts(), [SAM, TOM], now)
    for mine, other in ((SAM, TOM), (TOM, SAM)):
        here = {each["id"]: each["name"] for each in boards[mine].fields["here"]}
        assert here[str(mine)] == "You"
        assert here[str(other)] == NAMES[other]
        assert boards[mine].fields["me"] == str(mine)


def own_things() -> Iterator[tuple[str, dict[str, object]]]:
    """What only Sam has, of all that a room keeps of one person."""
    sam = Circle().happen(knock(SAM)).room.person(SAM)
    yield (
        "can take back",
        {"undos": (Undo(SAM, sam.way, mic=False, entry=None, position=0, floor=None),)},
    )
    yield "was told something", {"echoes": (Echo(1, 1, SAM, ANA, Ack.THANK_YOU),)}
    yield (
        "said something",
        {"echoes": (Echo(1, 0, ANA, SAM, Ack.THANK_YOU),), "after": After(0, ANA)},
    )
    yield "asked something", {"asks": (Ask(1, SAM, AskKind.LINE, NOW),)}
    yield "chose something", {"choices": (Choice(SAM, ends=True, at=NOW),)}
    yield "offers captions", {"typists": (SAM,)}
    yield "types captions", {"floor": Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN, typist=SAM)}
    yield "has just had a turn", {"after": After(0, SAM)}


@pytest.mark.holds(*WATCHED)
@pytest.mark.parametrize("kept", [pytest.param(kept, id=what) for what, kept in own_things()])
def test_whoever_has_something_of_their_own_is_like_nobody_else(
    application: Flask, kept: dict[str, Any]
) -> None:
    circle = ana_speaks().happen(knock(SAM), knock(TOM))
    assert alike(circle.room, SAM, circle.now) == alike(circle.room, TOM, circle.now)
    circle.room = replace(circle.room, **kept)
    assert alike(circle.room, SAM, circle.now) != alike(circle.room, TOM, circle.now)
    with application.test_request_context():
        boards_are_their_own(circle, Texts())
