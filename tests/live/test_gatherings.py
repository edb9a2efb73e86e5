"""A gathering: most people listen, and the page of none of them names all of them."""

import json
import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask

from community.calls.models import Call
from community.calls.rules.call import MOST_SEATS_IN_A_GATHERING, CallState, Format
from community.core.db import db
from community.core.media import MESH, Ceilings
from community.core.ready import write
from community.live import publish
from community.live.held import held
from community.live.livekit import CEILINGS
from community.live.models import LiveRoom
from community.live.page.board import boards_for
from community.live.queries import Texts
from community.live.rules.doors import has_room
from community.live.rules.leading import BeginClosingRound, BeginRound, Remove
from community.live.rules.presses import (
    CameraOn,
    Finish,
    ListenOnly,
    RaiseHand,
    SoundOff,
    TakeTurns,
)
from community.live.rules.questions import heard
from community.live.rules.reasons import NO_TURN
from community.live.rules.room import Part, Person, Presence, Room, Way
from community.live.rules.stored import from_text
from community.live.rules.view import seen_by
from tests.conftest import Cost
from tests.fakes import PretendMedia
from tests.live.circle import Circle as Pages
from tests.live.lines import in_a_circle, with_lines
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    a_gathering,
    ana_speaks,
    open_floor,
)
from tests.pages import plain


def listener(number: int) -> Person:
    here = Presence.CONNECTED
    name = f"Somebody {number}"
    return Person(UUID(int=1000 + number), name, Part.MEMBER, Way.LISTEN, number, presence=here)


def with_listeners(room: Room, count: int) -> Room:
    return replace(room, people=(*room.people, *map(listener, range(count))))


def test_a_media_server_carries_as_many_as_sign_up_and_two_who_facilitate() -> None:
    assert CEILINGS.gathering == MOST_SEATS_IN_A_GATHERING + 2
    of_many = CEILINGS.of_a_gathering()
    assert (of_many.voices, of_many.holder_seen) == (CEILINGS.gathering, CEILINGS.gathering)
    assert of_many.everybody_seen == CEILINGS.everybody_seen
    assert MESH.of_a_gathering() == MESH


@pytest.mark.parametrize("ceilings", [MESH, CEILINGS])
def test_in_other_circles_whoever_listens_is_named(ceilings: Ceilings) -> None:
    circle = ana_speaks().press(ListenOnly, BEN)
    room = replace(circle.room, ceilings=ceilings)
    seen = seen_by(room, NOOR, circle.now)
    assert (seen.listening, seen.listeners, len(seen.people)) == (0, (), len(room.people))


def test_it_has_room_for_whoever_stands_by_too() -> None:
    room = with_listeners(a_gathering().room, 195)
    assert has_room(room, frozenset(), uuid4())
    assert not has_room(with_listeners(a_gathering().room, 196), frozenset(), uuid4())


def test_whoever_leads_speaks_or_waits_is_named_and_the_others_are_counted() -> None:
    circle = a_gathering()
    for viewer in (ANA, BEN, NOOR, HANA):
        seen = seen_by(circle.room, viewer, circle.now)
        assert {each.id for each in seen.people} == {HANA, KENJI, ANA, LEE}
        assert seen.listening == 2
    circle.happen(TakeTurns(BEN, Way.TEXT))
    seen = seen_by(circle.room, NOOR, circle.now)
    assert {each.id for each in seen.people} == {HANA, KENJI, ANA, LEE, BEN}
    assert seen.listening == 1


@pytest.mark.holds("circle:9")
def test_only_who_leads_is_told_who_listens() -> None:
    circle = a_gathering()
    assert [each.id for each in seen_by(circle.room, HANA, circle.now).listeners] == [BEN, NOOR]
    assert seen_by(circle.room, ANA, circle.now).listeners == ()


def test_whoever_shows_a_picture_is_named() -> None:
    circle = a_gathering()
    circle.room = replace(circle.room, ceilings=CEILINGS.of_a_gathering())
    circle.happen(CameraOn(BEN))
    assert BEN in {each.id for each in seen_by(circle.room, NOOR, circle.now).people}


@pytest.mark.holds("circle:3")
def test_a_round_asks_those_who_take_turns_and_nobody_else() -> None:
    circle = a_gathering()
    circle.press(Finish, ANA).press(BeginRound, HANA, "")
    assert circle.statuses() == {"Ana": "due"}
    circle.happen(TakeTurns(NOOR, Way.VOICE))
    assert circle.statuses() == {"Ana": "due", "Noor": "due"}


def test_whoever_listens_asks_for_a_turn_by_raising_a_hand() -> None:
    circle = open_floor()
    circle.room = replace(circle.room, ceilings=CEILINGS.of_a_gathering())
    for person, way in ((BEN, Way.VOICE), (NOOR, Way.TEXT)):
        if way is Way.TEXT:
            circle.happen(SoundOff(person))
        me = replace(circle.room.person(person), way=Way.LISTEN)
        circle.room = circle.room.with_person(me)
        circle.happen(RaiseHand(person))
        assert circle.room.person(person).way is way
    assert [each.person for each in circle.room.queue] == [BEN, NOOR]
    assert heard(circle.room) == frozenset()
    assert circle.refuses(RaiseHand(LEE)) == NO_TURN


def test_a_listener_has_one_press_to_ask_for_a_turn(drawn: Any) -> None:
    circle = a_gathering()
    ask = drawn(circle.room, BEN)["turn"][0]
    assert (ask["event"], ask["text"], ask["fields"]) == (
        "take-turns",
        "Ask for a turn",
        {"way": "voice"},
    )
    assert drawn(circle.happen(SoundOff(BEN)).room, BEN)["turn"][0]["fields"] == {"way": "text"}
    asked = circle.happen(TakeTurns(BEN, Way.TEXT))
    assert drawn(asked.room, BEN)["turn"][0]["text"] == "Not your turn yet"
    assert drawn(asked.room, ANA)["order"][-1]["name"] == "Ben"


def test_of_turns_only_those_are_meant_who_take_them(drawn: Any) -> None:
    circle = a_gathering()
    assert drawn(circle.press(Finish, ANA).room, BEN)["cue"] == (
        "Everybody who takes turns has had one"
    )
    closing = drawn(circle.press(BeginClosingRound, HANA).room, BEN)["happens"]
    assert closing[0].endswith("a word or two from whoever takes turns, or none.")


def test_in_a_circle_whoever_listens_says_first_that_they_take_turns() -> None:
    circle = open_floor()
    circle.room = circle.room.with_person(replace(circle.room.person(BEN), way=Way.LISTEN))
    assert circle.refuses(RaiseHand(BEN)) == NO_TURN


@pytest.fixture
def drawn(application: Flask) -> Any:
    """What somebody’s page is sent, of this room."""

    def board(room: Room, viewer: UUID) -> dict[str, Any]:
        with application.test_request_context():
            read: dict[str, Any] = json.loads(
                write(boards_for(room, Texts(), [viewer], a_gathering().now)[viewer])
            )
        return read

    return board


@pytest.mark.holds("circle:9", "circle:12")
def test_the_board_of_a_listener_is_small_however_many_listen(drawn: Any) -> None:
    eleven = len(json.dumps(drawn(with_listeners(ana_speaks().room, 5), BEN)))
    many = with_listeners(a_gathering().room, 190)
    for viewer in (BEN, ANA, listener(7).id):
        board = drawn(many, viewer)
        assert len(json.dumps(board)) < eleven
        assert board["listening"] == 192
        assert board["listening_words"] == "… and 192 people who listen"
        assert board["connects"]
        assert len(board["connected"]) == len(board["here"]) == 4
        assert board["happens"][0].startswith("Whoever takes turns has one")
        assert board["tells"]["in"] == "You’re in. 196 people."
        assert "Somebody" not in json.dumps(board)


def test_the_desk_has_a_row_for_those_who_are_named_and_reaches_everybody(drawn: Any) -> None:
    many = with_listeners(a_gathering().room, 190)
    board = drawn(many, HANA)
    assert [row["name"] for row in board["desk"]] == ["Kenji", "Ana", "Lee"]
    assert len(board["listeners"]) == 192
    for each in board["listeners"]:
        assert a_gathering_with(many).happen(Remove(HANA, UUID(each["id"]), "Why."))
    assert len(json.dumps(board)) < 40_000


def a_gathering_with(room: Room) -> Any:
    circle = a_gathering()
    circle.room = room
    return circle


def test_without_sound_a_listener_connects_to_nobody(drawn: Any) -> None:
    assert drawn(a_gathering().room, NOOR)["connects"]
    assert not drawn(a_gathering().happen(SoundOff(NOOR)).room, NOOR)["connects"]


@pytest.fixture
def gathering(circle: Pages, served: PretendMedia) -> Pages:
    """Ana signed up for a gathering that is to come."""
    served.ceilings = CEILINGS

    def becomes_one() -> None:
        call = db.session.get_one(Call, circle.call_id)
        call.format, call.seats = Format.GATHERING, 200

    circle.make.done(becomes_one)
    return circle


def test_the_lobby_says_what_it_is_and_has_listening_chosen(gathering: Pages) -> None:
    for name in ("Ben", "Ana"):
        page = gathering.browsers[name].get(f"/calls/{gathering.call_id}/lobby").text
        assert "A gathering: most people listen." in page
        assert ("checked" in _radio(page, "listen")) is (name == "Ben")  # Ana signed up before


def _radio(page: str, way: str) -> str:
    at = page.index(f'value="{way}"')
    return page[page.rindex("<input", 0, at) : page.index(">", at)]


def test_the_lobby_names_who_leads_or_takes_turns_and_counts_the_others(
    gathering: Pages,
) -> None:
    gathering.join("Hana")
    gathering.join("Ana", way="listen")
    page = gathering.browsers["Hana"].get(f"/calls/{gathering.call_id}/lobby").text
    assert "And one more person." in page
    assert "<strong>Ana</strong>" not in page


def test_the_room_of_a_gathering_carries_many_and_without_a_server_it_is_a_circle(
    gathering: Pages, media: PretendMedia, app: Flask
) -> None:
    gathering.join("Hana")

    def ceilings() -> Ceilings:
        with app.app_context():
            return from_text(db.session.get_one(LiveRoom, gathering.call_id).state).ceilings

    assert ceilings().voices == 202

    def begins_anew() -> None:
        db.session.delete(db.session.get_one(LiveRoom, gathering.call_id))
        db.session.get_one(Call, gathering.call_id).state = CallState.OPEN

    gathering.make.done(begins_anew)
    media.ceilings = MESH
    gathering.join("Hana")
    assert ceilings() == MESH


NO_SERVER = "12 people at most come in, whoever facilitates too."
NO_ANSWER = "Voices may stay silent until it’s back."
TELL = "Please tell whoever runs this site."


@pytest.mark.parametrize(
    ("ceilings", "answers", "words"),
    [(CEILINGS, True, None), (CEILINGS, False, NO_ANSWER), (MESH, True, NO_SERVER)],
)
def test_what_it_lacks_of_its_media_is_said_before_it_begins(
    gathering: Pages, media: PretendMedia, ceilings: Ceilings, answers: bool, words: str | None
) -> None:
    media.ceilings, media.answers = ceilings, answers
    gathering.join("Hana")
    call = f"/calls/{gathering.call_id}"
    for who, page, is_told, leads in (
        ("Hana", call, True, True),
        ("Hana", f"{call}/lobby", True, True),
        ("Hana", f"/circles/{gathering.call_id}", True, True),
        ("Ana", f"{call}/lobby", True, False),
        ("Ana", call, False, False),
    ):
        said = plain(gathering.browsers[who].get(page))
        for each in (NO_SERVER, NO_ANSWER):
            assert (each in said) is (is_told and each == words), (who, page)
        assert (TELL in said) is (leads and words is not None), (who, page)
    assert ("look",) not in media.told, "no page asks"


@pytest.mark.parametrize(("answers", "says_so"), [(True, False), (False, True)])
def test_a_circle_says_as_much_where_voices_go_through_a_server(
    circle: Pages, served: PretendMedia, answers: bool, says_so: bool
) -> None:
    served.answers = answers
    circle.join("Hana")
    call = f"/calls/{circle.call_id}"
    for who, page, leads in (
        ("Hana", call, True),
        ("Hana", f"{call}/lobby", True),
        ("Hana", f"/circles/{circle.call_id}", True),
        ("Ana", f"{call}/lobby", False),
    ):
        said = plain(circle.browsers[who].get(page))
        assert (NO_ANSWER in said) is says_so, (who, page)
        assert (TELL in said) is (leads and says_so), (who, page)
    assert NO_ANSWER not in plain(circle.browsers["Ana"].get(call))


def test_where_voices_go_from_browser_to_browser_a_circle_lacks_nothing(circle: Pages) -> None:
    for page in (f"/calls/{circle.call_id}", f"/calls/{circle.call_id}/lobby"):
        assert NO_SERVER not in plain(circle.browsers["Hana"].get(page))


@pytest.mark.holds("circle:5", "circle:12")
def test_who_is_heard_is_told_before_any_board_and_to_nobody_who_only_knocks(
    app: Flask, gathering: Pages
) -> None:
    lines = in_a_circle(app, gathering, "Hana", "Ana")
    ben = with_lines(app, gathering, "Ben")["Ben"]
    for each in (*lines.values(), ben):
        each.socket.get_received()
    version = lines["Hana"].press("mic-on")["board"]["version"]
    first, then = (each for each in lines["Ana"].socket.get_received())
    said = {"version": version, "heard": [str(gathering.hana.id)]}
    assert (first["name"], first["args"][0]) == ("heard", said)
    assert (then["name"], then["args"][0]["heard"]) == ("board", said["heard"])
    assert ben.received("heard") == []
    lines["Hana"].press("mic-on")  # as it is already
    assert lines["Ana"].received("heard") == []


@pytest.mark.holds("circle:12")
def test_with_two_hundred_a_press_costs_what_it_costs_with_three_and_reaches_everybody(
    gathering: Pages, app: Flask, cost: Cost, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = in_a_circle(app, gathering, "Hana", "Ana")
    told: list[str] = []
    real = publish.publish

    def heard_by(room: Any, event: str, what: Any) -> None:
        told.append(room) if event == "board" else None
        real(room, event, what)

    monkeypatch.setattr(publish, "publish", heard_by)

    def press() -> tuple[int, int]:
        cost.statements.clear()
        told.clear()
        lines["Ana"].received("board")
        for event in ("hold", "release"):
            assert lines["Hana"].press(event)["ok"]
            assert lines["Ana"].received("board")
        return int(cost), len(set(told))

    press()
    few, of_two = press()
    assert of_two == 2

    def many_come() -> None:
        _, row = held(gathering.call_id)
        assert row is not None
        row.keep(with_listeners(row.room, 198))

    gathering.make.done(many_come)
    assert press() == (few, 200)
    page = gathering.page("Hana")
    assert "… and 198 people who listen" in page
    assert page.count('data-person="') == 2  # Ana’s row, and the one that others are made of
    assert page.count("data-seat") == 20


@pytest.mark.holds("acceptance:1")
def test_a_listener_is_chosen_from_one_list_and_removed_without_script(gathering: Pages) -> None:
    gathering.join("Hana")
    gathering.join("Ana", way="listen")
    place = f"/circles/{gathering.call_id}"
    page = gathering.browsers["Hana"].get(place).text
    assert f'<option value="{gathering.ana.id}">Ana</option>' in page
    assert "… and one person who listens" in page
    event_id = re.findall(r'name="event_id" value="([^"]+)"', page)[0]
    typed = {"event_id": event_id, "person": str(gathering.ana.id), "why": "Why."}
    assert gathering.post("Hana", f"{place}/events/remove", typed).status_code == 302
    board = gathering.board("Hana")
    assert board["listeners"] == []
    assert [(row["name"], row["status"]) for row in board["desk"]] == [("Ana", "was removed")]
