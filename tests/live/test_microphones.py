"""Whose voice is heard, and who opens and closes a microphone. Pure."""

from collections.abc import Callable
from uuid import UUID

import pytest
from flask import Flask

from community.core.verdict import Reason
from community.live.page.controls import microphone, microphone_asks
from community.live.rules import reasons as rules
from community.live.rules.effects import Heard
from community.live.rules.events import Back, Event, Lost
from community.live.rules.leading import (
    Hold,
    Mute,
    Release,
)
from community.live.rules.presses import (
    Finish,
    MicOff,
    MicOn,
    Pause,
    Resume,
    SetMode,
    Sure,
)
from community.live.rules.questions import heard
from community.live.rules.room import (
    Holding,
    Mode,
    Offered,
    Status,
    Wish,
)
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    Circle,
    a_round,
    ana_speaks,
    hands_are_up,
    open_floor,
    opening,
)


@pytest.mark.holds("promise:3", "circle:5", "F:F65")
def test_a_spoken_turn_is_heard_from_start_to_finish() -> None:
    circle = a_round()
    assert heard(circle.room) == frozenset()
    circle.accept(ANA)
    assert heard(circle.room) == {ANA}
    assert circle.effects == (Heard(frozenset({ANA})),)
    circle.press(Finish, ANA)
    assert heard(circle.room) == frozenset()
    assert circle.room.floor == Offered(BEN)
    assert circle.statuses()["Ana"] is Status.DONE


@pytest.mark.holds("promise:1", "F:F61")
def test_taking_a_moment_closes_the_microphone_and_carrying_on_opens_it() -> None:
    circle = ana_speaks().happen(Pause(ANA))
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN, paused=True)
    assert heard(circle.room) == frozenset()
    assert circle.refuses(MicOn(ANA)) == rules.TAKING_A_MOMENT
    assert heard(circle.happen(Resume(ANA)).room) == {ANA}


@pytest.mark.holds("circle:10")
@pytest.mark.parametrize(
    "presses",
    [
        (Pause(ANA), Resume(HANA)),
        (Hold(HANA), Release(HANA)),
        (MicOff(ANA), Pause(HANA), Resume(HANA)),
        (Mute(HANA, ANA),),
    ],
    ids=["a moment", "a paused room", "already off", "muted"],
)
def test_only_my_own_press_opens_my_microphone_again(presses: tuple[Event, ...]) -> None:
    circle = ana_speaks().happen(*presses)
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(MicOn(ANA)).room) == {ANA}


@pytest.mark.holds("F:F65")
@pytest.mark.parametrize(
    ("moment", "who", "says"),
    [
        (opening, ANA, rules.MIC_WAITS),
        (opening, LEE, rules.MIC_INTERPRETS),
        (a_round, BEN, rules.MIC_WAITS),
        (a_round, ANA, rules.MIC_BY_START),
        (lambda: a_round().accept(ANA, Mode.TYPED), ANA, rules.MIC_BY_SPEAKING),
        (lambda: ana_speaks().press(Finish, ANA), ANA, rules.MIC_ASKS),
        (open_floor, BEN, rules.MIC_BY_HAND),
        (hands_are_up, BEN, rules.MIC_WAITS),
        (open_floor, LEE, rules.MIC_INTERPRETS),
        (lambda: a_round().happen(Hold(HANA)), BEN, rules.ON_HOLD),
    ],
)
def test_out_of_turn_a_member_is_told_how_to_be_heard(
    moment: Callable[[], Circle], who: UUID, says: Reason
) -> None:
    circle = moment()
    assert circle.refuses(MicOn(who)) == says
    assert seen_by(circle.room, who, circle.now).can["mic-on"] == says


def test_carrying_on_by_typing_opens_no_microphone() -> None:
    circle = a_round().accept(ANA, Mode.TYPED).happen(Pause(ANA), Resume(ANA))
    assert not circle.room.person(ANA).mic


def test_choosing_voice_in_a_paused_room_opens_no_microphone() -> None:
    circle = a_round().accept(ANA, Mode.TYPED).happen(Hold(HANA), SetMode(ANA, Mode.VOICE))
    assert not circle.room.person(ANA).mic


def test_a_muted_person_is_heard_no_more() -> None:
    circle = ana_speaks().happen(Mute(HANA, ANA))
    assert circle.effects == (Heard(frozenset()),)


@pytest.mark.holds("promise:3")
def test_facilitators_are_heard_while_the_circle_is_on_and_their_microphone_too() -> None:
    circle = ana_speaks().happen(MicOn(HANA, Sure.YES))
    assert heard(circle.room) == {ANA, HANA}
    assert heard(circle.happen(Hold(KENJI)).room) == {HANA}
    assert heard(circle.happen(Lost(HANA)).room) == frozenset()
    assert heard(circle.happen(Back(HANA)).room) == {HANA}
    assert heard(circle.happen(MicOff(HANA)).room) == frozenset()


@pytest.mark.holds("F:F65")
def test_whoever_leads_is_asked_before_they_speak_over_somebody() -> None:
    circle = ana_speaks()
    assert circle.refuses(MicOn(HANA)) == rules.HAS_FLOOR
    assert circle.refuses(MicOn(BEN, Sure.YES)) == rules.MIC_WAITS  # a member never can
    assert heard(circle.happen(MicOn(HANA, Sure.YES)).room) == {ANA, HANA}


@pytest.mark.parametrize(
    "moment",
    [opening, a_round, open_floor, lambda: ana_speaks().happen(Hold(HANA))],
    ids=["opening", "only offered", "an open floor", "on hold"],
)
def test_nobody_is_asked_while_nobody_has_the_floor(moment: Callable[[], Circle]) -> None:
    assert heard(moment().happen(MicOn(HANA)).room) == {HANA}


@pytest.mark.holds("F:F65")
def test_the_page_asks_in_words_and_the_next_press_says_that_it_is_meant(app: Flask) -> None:
    def mic(circle: Circle, who: UUID) -> tuple[str, object]:
        seen = seen_by(circle.room, who, circle.now)
        with app.test_request_context():
            return microphone_asks(seen), microphone(seen).fields

    circle, words = ana_speaks(), "Ana has the floor. To speak anyway, press once more."
    assert mic(circle, HANA) == (words, {"sure": "yes"})
    assert mic(circle, ANA) == mic(circle, BEN) == ("", {})
    circle.happen(MicOn(HANA, Sure.YES))
    assert mic(circle, HANA) == ("", {})
    circle.happen(MicOff(HANA)).press(Finish, ANA)
    assert mic(circle, HANA) == ("", {})
