"""Whoever came to listen, or to type, takes turns by voice or in writing after all."""

import pytest

from community.live.rules import reasons as rules
from community.live.rules.leading import AddAgain, BeginRound, Skip
from community.live.rules.presses import (
    Accept,
    Finish,
    ListenOnly,
    MicOn,
    Pass,
    TakeBack,
    TakeTurns,
)
from community.live.rules.room import Entry, Holding, Idle, Mode, Offered, Status, Way, Wish
from community.live.rules.view import seen_by
from tests.live.circle import Circle as Pages
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    NOOR,
    SAM,
    a_round,
    ana_speaks,
    everybody_has_shared,
    knock,
    open_floor,
    opening,
)


@pytest.mark.parametrize("way", [Way.VOICE, Way.TEXT])
def test_whoever_came_to_listen_joins_the_end_of_the_line_by_one_press(way: Way) -> None:
    circle = ana_speaks().happen(knock(SAM, Way.LISTEN))
    floor, moved = circle.room.floor, circle.room.moved
    circle.happen(TakeTurns(SAM, way))
    assert circle.room.queue[-1] == Entry(SAM)
    assert (circle.room.floor, circle.room.moved) == (floor, moved)
    assert not circle.room.person(SAM).mic
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    assert circle.room.floor == Offered(SAM)
    assert seen_by(circle.room, SAM, circle.now).me.mode is (
        Mode.VOICE if way is Way.VOICE else Mode.TYPED
    )


def test_before_a_round_they_are_in_the_line_when_it_begins() -> None:
    circle = opening().happen(knock(SAM, Way.LISTEN), TakeTurns(SAM, Way.TEXT))
    assert circle.room.queue == ()
    assert Entry(SAM) in circle.press(BeginRound, HANA).room.queue


@pytest.mark.holds("circle:2")
def test_whoever_chose_to_listen_in_this_round_comes_last_in_it_and_takes_nothing_back() -> None:
    circle = ana_speaks().press(ListenOnly, ANA).happen(TakeTurns(ANA, Way.VOICE))
    assert [each.person for each in circle.room.queue] == [BEN, NOOR, ANA]
    assert circle.room.floor == Offered(BEN)
    assert not circle.room.person(ANA).mic
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


@pytest.mark.holds("circle:2")
def test_whoever_has_shared_or_was_left_out_has_no_second_turn_by_it() -> None:
    circle = ana_speaks().press(Finish, ANA).press(ListenOnly, ANA).happen(Skip(HANA, NOOR))
    circle.press(ListenOnly, NOOR).happen(TakeTurns(ANA, Way.VOICE))
    assert circle.statuses()["Ana"] is Status.DONE
    skipped = a_round().happen(Skip(HANA, BEN)).happen(TakeTurns(BEN, Way.TEXT))
    assert skipped.statuses()["Ben"] is Status.SKIPPED
    assert skipped.happen(AddAgain(HANA, BEN)).statuses()["Ben"] is Status.DUE


def test_nobody_is_asked_by_it_and_with_an_open_floor_they_raise_a_hand() -> None:
    circle = everybody_has_shared().happen(knock(SAM, Way.LISTEN), TakeTurns(SAM, Way.VOICE))
    assert circle.room.floor == Idle()
    circle = open_floor().happen(knock(SAM, Way.LISTEN), TakeTurns(SAM, Way.VOICE))
    assert circle.room.entry(SAM) is None


def test_whoever_typed_and_speaks_from_now_on_isnt_text_only_any_more() -> None:
    circle = opening().happen(knock(SAM, Way.TEXT)).press(BeginRound, HANA)
    shown = [each.text_only for each in seen_by(circle.room, ANA, circle.now).order]
    queue = circle.room.queue
    circle.happen(TakeTurns(SAM, Way.VOICE))
    assert any(shown)
    assert not any(each.text_only for each in seen_by(circle.room, ANA, circle.now).order)
    assert circle.room.queue == queue


def test_a_typed_turn_goes_on_as_it_was_until_they_speak() -> None:
    circle = opening().happen(knock(SAM, Way.TEXT)).press(BeginRound, HANA)
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    circle.happen(Accept(SAM, circle.room.version, Mode.TYPED), TakeTurns(SAM, Way.VOICE))
    assert circle.room.floor == Holding(SAM, Mode.TYPED, Wish.JUST_LISTEN)
    assert circle.refuses(MicOn(SAM)) == rules.MIC_BY_SPEAKING


# On the page


def turns(circle: Pages, name: str) -> list[str]:
    more = circle.board(name)["more"]
    return [each["text"] for each in more if each["event"] == "take-turns"]


def test_one_press_under_more_gives_whoever_listens_turns(circle: Pages) -> None:
    circle.begin("Hana", Ana="listen")
    assert turns(circle, "Ana") == ["Take turns today, by voice", "Take turns today, by text"]
    by_text = next(each for each in circle.board("Ana")["more"] if each["key"] == "turns-text")
    assert circle.press("Ana", "take-turns", **by_text["fields"]).status_code == 200
    assert turns(circle, "Ana") == ["Speak in my turns"]
    assert circle.board("Ana")["order"][-1]["me"]
    assert circle.press("Ana", "take-turns", way="voice").status_code == 200
    assert turns(circle, "Ana") == []
    assert circle.press("Ana", "take-turns", way="voice").status_code == 409
    assert circle.press("Ana", "take-turns", way="listen").status_code == 422
    assert circle.press("Hana", "take-turns", way="voice").status_code == 409


def test_it_works_without_a_script_too(circle: Pages) -> None:
    circle.begin("Hana", Ana="listen")
    page = circle.page("Ana")
    assert "Take turns today, by voice" in page
    form = {"event_id": "0190a6e0-0000-7000-8000-00000000000a", "way": "voice"}
    circle.post("Ana", f"/circles/{circle.call_id}/events/take-turns", form)
    assert circle.board("Ana")["order"]


def fourth(circle: Pages, name: str) -> tuple[str, dict[str, str]]:
    place = circle.board(name)["turn"][3]
    return place["text"], place["fields"]


@pytest.mark.parametrize("mode", ["typed", "aloud"])
def test_whoever_types_anyway_isnt_asked_to_type_instead(circle: Pages, mode: str) -> None:
    circle.begin("Hana", Ana="text")
    circle.press_as_seen("Ana", "accept", mode="silence")
    assert fourth(circle, "Ana") == ("Type instead", {"mode": "typed"})
    circle.press("Ana", "set-mode", mode=mode)
    assert fourth(circle, "Ana") == ("Type my share", {"mode": mode})
    assert circle.press("Ana", "set-mode", mode=mode).status_code == 200


def test_whoever_speaks_types_instead_and_speaks_again(circle: Pages) -> None:
    circle.begin("Hana", Ana="voice")
    circle.press_as_seen("Ana", "accept", mode="voice")
    assert fourth(circle, "Ana") == ("Type instead", {"mode": "typed"})
    circle.press("Ana", "set-mode", mode="typed")
    assert fourth(circle, "Ana") == ("Speak instead", {"mode": "voice"})
