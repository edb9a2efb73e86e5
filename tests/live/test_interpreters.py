"""Somebody who comes to interpret: a place and no turn, a voice in one person’s turns. Pure, but
for the pages at the end."""

from uuid import UUID

import pytest

from community.live.rules import reasons as rules
from community.live.rules.events import Became, Event
from community.live.rules.leading import Hold, Mute, Remove
from community.live.rules.presses import (
    AskInterpreter,
    Finish,
    Leave,
    ListenOnly,
    MicOff,
    MicOn,
    Pass,
    Pause,
    RaiseHand,
    Resume,
    SetMode,
    StopInterpreter,
)
from community.live.rules.questions import heard
from community.live.rules.room import Mode, Part
from community.live.rules.step import step
from community.live.rules.video import may_be_seen
from community.live.rules.view import seen_by
from tests.fakes import FrozenClock
from tests.live.circle import Circle as Pages
from tests.live.circle import ClientFor
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    OUTSIDER,
    SAM,
    a_round,
    ana_speaks,
    knock,
    lee_speaks_for_ana,
    lobby,
    open_floor,
)
from tests.make import Make

pytestmark = pytest.mark.holds("raur:12c")


@pytest.mark.holds("promise:3", "circle:5")
def test_an_interpreter_is_heard_in_the_turns_of_whoever_asked_them_and_in_no_other() -> None:
    circle = lee_speaks_for_ana()
    assert heard(circle.room) == {ANA, LEE}

    circle.press(Finish, ANA)
    assert heard(circle.room) == frozenset()
    assert not circle.room.person(LEE).mic
    circle.accept(BEN)
    assert circle.refuses(MicOn(LEE)) == rules.MIC_INTERPRETS
    assert heard(circle.room) == {BEN}


@pytest.mark.holds("circle:10")
def test_only_their_own_press_opens_an_interpreters_microphone() -> None:
    circle = ana_speaks().happen(AskInterpreter(ANA, LEE))
    assert heard(circle.room) == {ANA}
    assert heard(circle.happen(MicOn(LEE)).room) == {ANA, LEE}
    assert heard(circle.happen(MicOff(ANA)).room) == {LEE}  # as one voice, if they like

    circle.happen(Pause(ANA))
    assert heard(circle.room) == frozenset()
    circle.happen(Resume(ANA))
    assert heard(circle.room) == {ANA}


@pytest.mark.parametrize(
    "silences",
    [
        Pause(ANA),
        SetMode(ANA, Mode.TYPED),
        Hold(HANA),
        Mute(HANA, LEE),
        StopInterpreter(ANA, LEE),
        StopInterpreter(LEE, LEE),
        Remove(HANA, LEE, "Spoke for themselves."),
        Remove(HANA, ANA, "Came to shout."),
        Leave(LEE),
        Leave(ANA),
        Became(LEE, None),
    ],
    ids=[
        "a moment",
        "another way",
        "a paused room",
        "muted",
        "by whoever asked",
        "by themselves",
        "removed",
        "Ana removed",
        "left",
        "Ana left",
        "out of the group",
    ],
)
@pytest.mark.holds("promise:3", "circle:1")
def test_whatever_ends_it_closes_their_microphone(silences: Event) -> None:
    circle = lee_speaks_for_ana().happen(silences)
    assert LEE not in heard(circle.room)
    assert not circle.room.person(LEE).mic


@pytest.mark.parametrize("leaves", [ANA, LEE])
def test_whoever_comes_back_says_it_anew(leaves: UUID) -> None:
    circle = lee_speaks_for_ana().happen(Leave(leaves), knock(leaves))
    assert circle.room.person(LEE).interprets_for is None
    assert circle.happen(AskInterpreter(ANA, LEE)).room.person(LEE).interprets_for == ANA


def test_it_is_the_speakers_word_and_nobody_elses() -> None:
    circle = a_round()
    assert circle.refuses(AskInterpreter(HANA, LEE)) == rules.NO_TURN
    assert circle.refuses(AskInterpreter(LEE, LEE)) == rules.NO_TURN
    for nobody in (BEN, KENJI, ANA, OUTSIDER):
        assert circle.refuses(AskInterpreter(ANA, nobody)) == rules.NOT_INTERPRETING
    circle.happen(knock(SAM, part=Part.INTERPRETER, confirmed=False))
    assert circle.refuses(AskInterpreter(ANA, SAM)) == rules.NOT_INTERPRETING  # at the door

    circle.happen(AskInterpreter(ANA, LEE))
    assert circle.refuses(AskInterpreter(BEN, LEE)) == rules.INTERPRETS_ALREADY
    for other in (BEN, HANA):
        assert circle.refuses(StopInterpreter(other, LEE)) == rules.NOT_INTERPRETING


def test_an_interpreter_has_no_turn_of_their_own() -> None:
    circle = a_round()
    assert circle.room.entry(LEE) is None
    assert circle.refuses(Pass(LEE, circle.room.version)) == rules.NO_TURN
    assert circle.refuses(ListenOnly(LEE, circle.room.version)) == rules.NO_TURN
    assert open_floor().refuses(RaiseHand(LEE)) == rules.NO_TURN


def test_who_listens_only_from_now_on_has_no_voice_for_an_interpreter_to_be() -> None:
    circle = a_round().happen(AskInterpreter(BEN, LEE)).press(ListenOnly, BEN)
    assert circle.room.person(LEE).interprets_for is None


def test_two_interpreters_can_take_it_in_turns() -> None:
    circle = ana_speaks().happen(knock(SAM, part=Part.INTERPRETER))
    circle.happen(AskInterpreter(ANA, LEE), AskInterpreter(ANA, SAM), MicOn(SAM))
    assert heard(circle.room) == {ANA, SAM}


@pytest.mark.holds("raur:1a")
def test_in_a_larger_circle_an_interpreter_is_seen_beside_the_speaker() -> None:
    circle = lee_speaks_for_ana()  # six people
    room = circle.room
    assert {each.id for each in room.people if may_be_seen(room, each)} == {ANA, LEE}
    room = step(room, StopInterpreter(LEE, LEE), circle.now).room
    assert {each.id for each in room.people if may_be_seen(room, each)} == {ANA}


def test_everybody_sees_for_whom_and_only_these_two_are_asked_about_it() -> None:
    circle = ana_speaks().happen(AskInterpreter(ANA, LEE))
    for viewer in (HANA, ANA, BEN, LEE):
        seen = seen_by(circle.room, viewer, circle.now)
        lee = next(each for each in seen.people if each.id == LEE)
        assert (lee.part, lee.interprets_for) == (Part.INTERPRETER, ANA)
        stops = viewer != HANA and lee.can["stop-interpreter"] is None
        assert stops is (viewer in (ANA, LEE))
    before = seen_by(lobby().room, NOOR, circle.now)
    assert next(each for each in before.people if each.id == LEE).interprets_for is None


@pytest.fixture
def pages(make: Make, client_for: ClientFor, clock: FrozenClock) -> Pages:
    return Pages(make, client_for, clock)


def here(pages: Pages, name: str) -> dict[str, str]:
    return {each["name"]: each["status"] for each in pages.board(name)["here"]}


def test_from_the_lobby_to_a_turn_the_pages_say_who_speaks_for_whom(pages: Pages) -> None:
    pages.join("Hana")
    pages.join("Ana")
    answer = pages.post(
        "Ben",
        f"/calls/{pages.call_id}/lobby",
        {"way": "voice", "spot": "any", "interprets": "y"},
    )
    assert answer.status_code == 302
    pages.press("Hana", "admit", person=str(pages.ben.id))
    assert here(pages, "Ana")["Ben"] == "interpreter, microphone off"
    lobby_page = pages.browsers["Ana"].get(f"/calls/{pages.call_id}/lobby").text
    assert "<strong>Ben</strong>, interpreter" in lobby_page

    pages.begin()
    asks = next(it for it in pages.board("Ana")["more"] if it["event"] == "ask-interpreter")
    assert asks["text"] == "Ben interprets for me"
    assert pages.press("Ana", asks["event"], **asks["fields"]).status_code == 200
    assert here(pages, "Ana")["Ben"] == "your interpreter, microphone off"
    assert here(pages, "Hana")["Ben"] == "interpreter for Ana, microphone off"

    pages.press_as_seen("Ana", "accept", mode="voice")
    assert pages.board("Ben")["stays_off"] == ""
    assert pages.press("Ben", "mic-on").status_code == 200
    said = "You interpret for Ana. Your microphone can be on now."
    assert said in [line["text"] for line in pages.board("Ben")["lines"]]
    assert "Ben interprets for Ana." in [line["text"] for line in pages.board("Hana")["lines"]]
    assert pages.board("Hana")["heard"] == sorted([str(pages.ana.id), str(pages.ben.id)])
    assert [it["text"] for it in pages.board("Ben")["more"]][-1] == "I no longer interpret for them"


def test_whoever_leads_comes_as_that_whatever_is_sent(pages: Pages) -> None:
    pages.post(
        "Hana",
        f"/calls/{pages.call_id}/lobby",
        {"way": "voice", "spot": "any", "interprets": "y"},
    )
    assert here(pages, "Hana")["You"].startswith("facilitator")


def test_the_lobby_keeps_what_was_chosen(pages: Pages) -> None:
    for name in ("Hana", "Ana"):
        pages.join(name)
    address = f"/calls/{pages.call_id}/lobby"
    pages.post("Ben", address, {"way": "voice", "spot": "any", "interprets": "y"})
    page = pages.browsers["Ben"].get(address).text
    assert 'checked id="interprets"' in page
    assert "interprets" not in pages.browsers["Hana"].get(address).text
