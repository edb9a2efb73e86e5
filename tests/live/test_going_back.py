"""A facilitator’s “Move on”, pressed by mistake: back to whoever it was, and until when. Pure, and
on the page."""

import pytest

from community.core.verdict import STALE
from community.live.rules import reasons as rules
from community.live.rules.events import Back, Became, Event, Lost
from community.live.rules.leading import (
    AddAgain,
    BeginRound,
    GoBack,
    HandOver,
    Hold,
    Offer,
    OpenFloor,
    Release,
    Remove,
    SayGoodbye,
)
from community.live.rules.presses import (
    Accept,
    ComeBack,
    Finish,
    Later,
    Leave,
    ListenOnly,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    StepAway,
    TakeBack,
)
from community.live.rules.questions import heard
from community.live.rules.room import Entry, Holding, Mode, Offered, Part, Status, Wish
from tests.live.circle import Circle as Pages
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    NOOR,
    Circle,
    a_round,
    ana_speaks,
    hands_are_up,
    nobody_leads,
)


def moved_on(circle: Circle) -> Circle:
    return circle.press(MoveOn, HANA)


@pytest.mark.holds("F:F84")
def test_an_offer_that_was_moved_on_from_is_made_again_in_its_place() -> None:
    circle = a_round()
    floor, queue = circle.room.floor, circle.room.queue
    moved_on(circle)
    assert circle.room.floor == Offered(BEN)
    circle.press(GoBack, HANA)
    assert (circle.room.floor, circle.room.queue) == (floor, queue)
    assert circle.room.thanked is None
    assert circle.room.after is None


@pytest.mark.holds("circle:10", "promise:1")
def test_a_turn_goes_on_as_it_was_and_only_its_holder_opens_their_microphone() -> None:
    circle = ana_speaks()
    floor, queue = circle.room.floor, circle.room.queue
    moved_on(circle).press(GoBack, HANA)
    assert (circle.room.floor, circle.room.queue) == (floor, queue)
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(MicOn(ANA)).room) == {ANA}
    assert circle.room.person(ANA).turns == 1
    assert circle.press(Finish, ANA).room.floor == Offered(BEN)


def test_a_moment_that_somebody_took_is_theirs_still() -> None:
    circle = moved_on(ana_speaks().happen(Pause(ANA))).press(GoBack, HANA)
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN, paused=True)


def test_time_alone_takes_nothing_of_it_away() -> None:
    circle = moved_on(a_round()).wait(hours=1).happen(Lost(ANA), Lost(HANA), Back(HANA))
    assert circle.press(GoBack, HANA).room.floor == Offered(ANA)


def test_until_the_next_person_accepts() -> None:
    circle = moved_on(a_round()).accept(BEN)
    assert circle.refuses(GoBack(HANA, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO
    circle.press(Finish, BEN)
    assert circle.refuses(GoBack(HANA, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO


def test_only_the_last_one_and_only_by_whoever_pressed_it() -> None:
    circle = moved_on(a_round())
    assert circle.refuses(GoBack(KENJI, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO
    circle.press(MoveOn, KENJI)
    assert circle.refuses(GoBack(HANA, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO
    assert circle.press(GoBack, KENJI).room.floor == Offered(BEN)
    assert circle.refuses(GoBack(KENJI, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO


def test_a_second_press_is_stale() -> None:
    circle = moved_on(a_round())
    seen = circle.room.version
    circle.press(GoBack, HANA)
    assert circle.refuses(GoBack(HANA, seen)) == STALE


@pytest.mark.holds("circle:2")
@pytest.mark.parametrize(
    "chosen",
    [
        Pass(ANA, 9),
        ListenOnly(ANA, 9),
        Leave(ANA),
        Remove(KENJI, ANA, "Why."),
        AddAgain(KENJI, ANA),
        Became(ANA, None),
        Became(HANA, Part.MEMBER),
    ],
)
def test_what_was_chosen_since_stays_so(chosen: Event) -> None:
    circle = moved_on(ana_speaks() if isinstance(chosen, AddAgain) else a_round())
    if isinstance(chosen, Pass | ListenOnly):
        chosen = type(chosen)(ANA, circle.room.version)
    circle.happen(chosen)
    assert circle.room.moved_on is None
    by = KENJI if isinstance(chosen, Became) and chosen.person == HANA else HANA
    assert circle.refuses(GoBack(by, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO


def test_nobody_is_called_back_from_resting() -> None:
    circle = moved_on(a_round()).press(StepAway, ANA)
    assert circle.refuses(GoBack(HANA, circle.room.version)) == rules.NOTHING_TO_GO_BACK_TO
    assert circle.happen(ComeBack(ANA)).press(GoBack, HANA).room.floor == Offered(ANA)


def test_while_the_room_is_paused_it_waits_for_the_room() -> None:
    circle = moved_on(a_round()).happen(Hold(HANA))
    assert circle.refuses(GoBack(HANA, circle.room.version)) == rules.ON_HOLD
    assert circle.happen(Release(HANA)).press(GoBack, HANA).room.floor == Offered(ANA)


@pytest.mark.parametrize("part", [BeginRound, OpenFloor, SayGoodbye])
def test_another_part_of_the_circle_goes_back_to_nobody(part: type[BeginRound]) -> None:
    circle = ana_speaks()
    circle.press(Finish, ANA).press(Pass, BEN).accept(NOOR).press(MoveOn, HANA)
    assert circle.room.moved_on is not None
    assert circle.press(part, HANA).room.moved_on is None


def test_what_others_take_back_meanwhile_is_theirs() -> None:
    circle = moved_on(a_round()).press(Pass, BEN).press(TakeBack, BEN)
    assert circle.room.floor == Offered(BEN)
    assert circle.press(GoBack, HANA).room.floor == Offered(ANA)
    assert circle.statuses() == {"Ana": Status.DUE, "Ben": Status.DUE, "Noor": Status.DUE}


def test_a_hand_that_was_moved_on_from_has_the_floor_again() -> None:
    circle = hands_are_up()
    circle.press(Offer, HANA, NOOR).press(MoveOn, HANA)
    assert circle.press(GoBack, HANA).room.floor == Offered(NOOR)


def test_it_goes_with_the_press_not_with_the_lead() -> None:
    circle = moved_on(a_round()).happen(HandOver(HANA, KENJI))
    assert circle.press(GoBack, HANA).room.floor == Offered(ANA)


def test_what_members_moved_on_from_is_nobodys_to_go_back_to() -> None:
    circle = nobody_leads(a_round().happen(Lost(ANA))).wait(minutes=2)
    circle.press(MoveOn, BEN).happen(Back(HANA))
    assert circle.room.moved_on is None
    assert circle.room.entry(ANA) == Entry(ANA, Status.LATER)


def test_a_later_that_came_after_it_is_theirs() -> None:
    circle = moved_on(a_round()).press(Pass, BEN)
    assert circle.refuses(Later(ANA, circle.room.version)) == rules.ALREADY_LATER
    assert circle.press(GoBack, HANA).room.floor == Offered(ANA)
    assert circle.statuses()["Ben"] is Status.PASSED
    assert circle.happen(Accept(ANA, circle.room.version, Mode.VOICE)).room.moved_on is None


# On the page


def test_the_desk_has_it_in_one_place_until_somebody_begins(circle: Pages) -> None:
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name, "text")
    circle.press("Hana", "admit", person=str(circle.ben.id))
    circle.begin()

    def on_the_desk() -> list[str]:
        return [it["text"] for it in circle.board("Hana")["rest"] if it["event"] == "go-back"]

    first = circle.board("Ana")["cue"]
    assert on_the_desk() == []
    circle.press_as_seen("Hana", "move-on")
    assert on_the_desk() == ["Go back one"]
    assert "go-back" not in str(circle.board("Ana"))
    seen = circle.board("Hana")["version"]
    assert circle.press("Ana", "go-back", seen=seen).status_code == 403
    assert circle.press("Hana", "go-back", seen=seen).status_code == 200
    assert circle.press("Hana", "go-back", seen=seen).status_code == 409
    assert circle.board("Ana")["cue"] == first
    assert on_the_desk() == []


def test_it_works_without_a_script(circle: Pages) -> None:
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name, "text")
    circle.press("Hana", "admit", person=str(circle.ben.id))
    circle.begin()
    circle.press_as_seen("Hana", "move-on")
    page = circle.page("Hana")
    assert "Go back one" in page
    version = str(circle.board("Hana")["version"])
    form = {"event_id": "0190a6e0-0000-7000-8000-00000000000b", "seen": version}
    circle.post("Hana", f"/circles/{circle.call_id}/events/go-back", form)
    assert circle.board("Ana")["turn"][0]["event"] == "accept"
    assert circle.board("Ana")["turn"][0]["main"]
