"""After a turn: a word or a line to whoever had it, and to nobody else. Pure, and on the board."""

from random import Random
from uuid import UUID

import pytest
from flask import Flask

from community.core.verdict import Refused
from community.live.page.board import board_for
from community.live.queries import Texts
from community.live.rules import reasons as rules
from community.live.rules.leading import Remove
from community.live.rules.may import may_watch
from community.live.rules.presses import (
    Acknowledge,
    Finish,
    Pass,
    Reply,
    SetWish,
    TakeBack,
)
from community.live.rules.room import INSIDE, Ack, Wish
from community.live.rules.stored import from_json, to_json
from community.live.rules.view import seen_by
from community.live.rules.wire import LONGEST_LINE, TOO_LONG, UNREADABLE, parse, parse_typed
from tests.live.anything import OTHER, TURN, an_evening
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NAMES,
    NOOR,
    NOW,
    SAM,
    Circle,
    a_round,
    ana_speaks,
    knock,
    with_sam_removed,
)

THANKS = Ack.THANK_YOU


def ana_has_shared(wish: Wish = Wish.JUST_LISTEN) -> Circle:
    return ana_speaks().happen(SetWish(ANA, wish)).press(Finish, ANA)


def for_ana(circle: Circle) -> list[tuple[str, Ack | None]]:
    return [(each.name, each.ack) for each in seen_by(circle.room, ANA, NOW).echoes]


@pytest.mark.holds("circle:9", "seed:3", "F:F85")
def test_a_word_reaches_the_speaker_and_nobody_else() -> None:
    circle = ana_has_shared().happen(Acknowledge(BEN, ANA, Ack.HEAR_YOU))
    assert for_ana(circle) == [("Ben", Ack.HEAR_YOU)]
    for viewer in (BEN, HANA, KENJI, NOOR, LEE):
        assert seen_by(circle.room, viewer, NOW).echoes == ()


@pytest.mark.parametrize("by", [BEN, NOOR, LEE, HANA, KENJI])
def test_everybody_who_listened_may_say_one(by: UUID) -> None:
    assert for_ana(ana_has_shared().happen(Acknowledge(by, ANA, THANKS))) == [(NAMES[by], THANKS)]


@pytest.mark.holds("promise:1")
def test_it_moves_nothing_in_the_room() -> None:
    circle = ana_has_shared()
    before = circle.room
    circle.happen(Acknowledge(BEN, ANA, THANKS))
    assert (circle.room.floor, circle.room.queue) == (before.floor, before.queue)
    assert circle.room.moved == before.moved


@pytest.mark.holds("promise:2")
@pytest.mark.parametrize("decline", [Finish, Pass])
def test_after_a_pass_the_same_words_are_open_as_after_a_share(decline: type[Pass]) -> None:
    circle = ana_speaks().press(decline, ANA) if decline is Finish else a_round().press(Pass, ANA)
    after = seen_by(circle.room, BEN, NOW).after
    assert after is not None
    assert (after.name, set(after.acks.values())) == ("Ana", {None})


def test_each_word_is_said_once_in_a_turn() -> None:
    circle = ana_has_shared().happen(Acknowledge(BEN, ANA, THANKS))
    assert circle.refuses(Acknowledge(BEN, ANA, THANKS)) == rules.SAID_ALREADY
    circle.happen(Acknowledge(BEN, ANA, Ack.WITH_YOU))
    assert seen_by(circle.room, BEN, NOW).after.said == (THANKS, Ack.WITH_YOU)


def test_it_is_open_until_the_next_turn_has_ended() -> None:
    circle = ana_has_shared().accept(BEN).happen(Acknowledge(NOOR, ANA, THANKS))
    circle.press(Finish, BEN)
    assert circle.refuses(Acknowledge(NOOR, ANA, Ack.ME_TOO)) == rules.TURN_IS_PAST
    circle.happen(Acknowledge(NOOR, BEN, THANKS))
    assert for_ana(circle) == [("Noor", THANKS)]


def test_nobody_thanks_themselves_and_nothing_is_said_before_a_turn_has_ended() -> None:
    assert ana_has_shared().refuses(Acknowledge(ANA, ANA, THANKS)) == rules.OWN_TURN
    assert ana_speaks().refuses(Acknowledge(BEN, ANA, THANKS)) == rules.TURN_IS_PAST
    assert seen_by(ana_has_shared().room, ANA, NOW).after is None


def test_a_turn_that_was_taken_back_is_answered_when_it_ends() -> None:
    circle = ana_has_shared().happen(Acknowledge(BEN, ANA, THANKS)).press(TakeBack, ANA)
    assert circle.refuses(Acknowledge(NOOR, ANA, THANKS)) == rules.TURN_IS_PAST
    assert for_ana(circle) == []  # what was said waits until the turn is over
    circle.press(Finish, ANA)
    assert for_ana(circle) == [("Ben", THANKS)]


@pytest.mark.holds("seed:3")
def test_a_line_is_open_only_to_a_speaker_who_would_like_one() -> None:
    assert ana_has_shared().refuses(Reply(BEN, ANA)) == rules.JUST_LISTENING
    for wish in (Wish.REFLECTION, Wish.IDEAS):
        circle = ana_has_shared(wish).happen(Reply(BEN, ANA))
        assert for_ana(circle) == [("Ben", None)]
        assert circle.refuses(Reply(BEN, ANA)) == rules.SAID_ALREADY
        assert circle.refuses(Reply(ANA, ANA)) == rules.OWN_TURN


@pytest.mark.holds("moderation:21", "circle:9")
def test_what_does_not_arrive_is_known_to_whoever_said_it_and_to_nobody_else() -> None:
    circle = ana_has_shared(Wish.IDEAS).happen(
        Acknowledge(BEN, ANA, THANKS, arrives=False),
        Reply(BEN, ANA, arrives=False),
        Acknowledge(NOOR, ANA, THANKS),
    )
    assert for_ana(circle) == [("Noor", THANKS)]
    after = seen_by(circle.room, BEN, NOW).after
    assert (after.said, after.reply) == ((THANKS,), rules.SAID_ALREADY)
    assert from_json(to_json(circle.room)) == circle.room


@pytest.mark.holds("moderation:21", "asvs:3")
@pytest.mark.parametrize("arrives", ["", "no", "False"])
def test_nobody_says_over_the_wire_what_arrives(arrives: str) -> None:
    person = {"person": str(ANA), "arrives": arrives}
    with pytest.raises(Refused):
        parse("acknowledge", {**person, "ack": "me-too"}, by=BEN)
    with pytest.raises(Refused):
        parse_typed("reply", {**person, "words": "I heard you."}, by=BEN)


def test_whoever_waits_outside_says_nothing_to_anybody() -> None:
    circle = ana_has_shared(Wish.IDEAS).happen(knock(SAM, confirmed=False))
    for event in (Acknowledge(SAM, ANA, THANKS), Reply(SAM, ANA)):
        assert circle.refuses(event) == rules.WAITING


def test_what_somebody_said_goes_with_them_when_they_are_removed() -> None:
    circle = ana_has_shared(Wish.IDEAS).happen(Reply(BEN, ANA), Acknowledge(NOOR, ANA, THANKS))
    circle.happen(Remove(HANA, BEN, "Gave advice."))
    assert for_ana(circle) == [("Noor", THANKS)]
    circle.happen(Remove(HANA, ANA, "A test of the door."))
    assert (circle.room.after, circle.room.echoes) == (None, ())


def test_a_reply_is_one_line_to_somebody() -> None:
    words = {"person": str(ANA), "words": " I heard\nhow tired\tyou are. "}
    assert parse_typed("reply", words, by=BEN) == (Reply(BEN, ANA), "I heard how tired you are.")
    for payload, reason in (
        ({**words, "words": "x" * (LONGEST_LINE + 1)}, TOO_LONG),
        ({"words": "To whom?"}, UNREADABLE),
        ({**words, "ack": "thank-you"}, UNREADABLE),
    ):
        with pytest.raises(Refused) as refused:
            parse_typed("reply", payload, by=BEN)
        assert refused.value.reason == reason


def test_a_word_is_one_of_those_there_are() -> None:
    said = {"person": str(ANA), "ack": "me-too"}
    assert parse("acknowledge", said, by=BEN) == Acknowledge(BEN, ANA, Ack.ME_TOO)
    with pytest.raises(Refused):
        parse("acknowledge", {**said, "ack": "Stop the tablets"}, by=BEN)


@pytest.mark.holds("circle:9", "promise:10")
@pytest.mark.parametrize("evening", range(6))
def test_in_any_circle_only_a_speakers_own_board_holds_what_was_said_to_them(
    application: Flask, evening: int
) -> None:
    """Whatever has happened: each line is known by a word that stands nowhere else."""
    circle = with_sam_removed(ana_has_shared(Wish.REFLECTION))
    chance, said = Random(evening), dict[int, str]()
    with application.test_request_context():
        for event in an_evening(
            circle, chance, (Acknowledge, Reply, Reply, SetWish, *TURN, *OTHER)
        ):
            if isinstance(event, Reply):
                said[circle.room.version] = f"otter-{circle.room.version}-"
            for viewer in NAMES:
                if may_watch(circle.room, viewer):
                    holds_only_their_own(circle, viewer, said)


def holds_only_their_own(circle: Circle, viewer: UUID, said: dict[int, str]) -> None:
    drawn = str(board_for(circle.room, Texts(replies=said), viewer, circle.now).fields)
    mine = {each.number for each in circle.room.echoes if each.to == viewer}
    found = {number for number, words in said.items() if words in drawn}
    assert found <= mine
    if circle.room.floor.person != viewer and circle.room.find(viewer).presence in INSIDE:
        assert found == mine & said.keys()
