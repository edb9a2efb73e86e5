"""Standing by: at the door in case there is room, and nobody who has a seat is ever kept out."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from community.calls import queries as calls_queries
from community.calls.models import Call
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db
from community.core.media import Ceilings
from community.core.verdict import Refused
from community.live.rules import reasons as rules
from community.live.rules.doors import has_room
from community.live.rules.leading import Admit, Remove, Unban
from community.live.rules.presses import ClaimStandby, Leave
from community.live.rules.room import Part, Person, Presence, Room, Way
from community.live.rules.view import seen_by
from community.live.rules.wire import parse
from tests.live.circle import Circle
from tests.live.pretend import ANA, CALL, HANA, NOW, SAM, knock, opening
from tests.live.pretend import Circle as Pretend
from tests.pages import send

MOST_VOICES = Ceilings().voices


def stands_by(minutes: int):
    return knock(SAM, confirmed=False, comes_in_at=NOW + timedelta(minutes=minutes))


def test_whoever_stands_by_comes_in_once_it_is_known_who_is_late() -> None:
    circle = opening().happen(stands_by(minutes=3))
    assert circle.presence(SAM) is Presence.KNOCKING
    assert circle.refuses(ClaimStandby(SAM)) == rules.STANDS_BY
    circle.wait(minutes=3).happen(ClaimStandby(SAM))
    assert circle.presence(SAM) is Presence.CONNECTED


def test_whoever_only_knocks_claims_nothing() -> None:
    circle = opening().happen(knock(SAM, confirmed=False)).wait(minutes=30)
    assert circle.refuses(ClaimStandby(SAM)) == rules.WAITING
    assert circle.refuses(ClaimStandby(ANA)) == rules.WAITING


def people(count: int, presence: Presence = Presence.CONNECTED) -> tuple[Person, ...]:
    return tuple(
        Person(UUID(int=100 + n), "P", Part.MEMBER, Way.VOICE, n, presence=presence)
        for n in range(count)
    )


@pytest.mark.parametrize(
    ("here", "kept", "is_room"),
    [
        (MOST_VOICES - 1, 0, True),
        (MOST_VOICES, 0, False),
        (3, MOST_VOICES - 4, True),
        (3, MOST_VOICES - 3, False),
    ],
)
def test_there_is_room_while_everybody_who_may_still_come_has_a_place(
    here: int, kept: int, is_room: bool
) -> None:
    to_come = frozenset(UUID(int=900 + n) for n in range(kept))
    assert has_room(Room(CALL, people=people(here)), to_come, SAM) is is_room


def test_whoever_is_here_and_has_a_seat_counts_once() -> None:
    here = people(MOST_VOICES - 1)
    assert has_room(Room(CALL, people=here), frozenset(each.id for each in here), SAM)


def test_whoever_has_a_seat_comes_in_however_full_it_is() -> None:
    assert has_room(Room(CALL, people=people(40)), frozenset({SAM}), SAM)


def test_whoever_left_is_still_counted_for_they_may_come_back() -> None:
    here = people(MOST_VOICES, Presence.GONE)
    assert not has_room(Room(CALL, people=here), frozenset(), SAM)
    out = people(MOST_VOICES, Presence.BANNED)
    assert has_room(Room(CALL, people=out), frozenset(), SAM)


def full() -> Pretend:
    """Twelve people are here, and Sam knocks."""
    circle = opening()
    others = people(MOST_VOICES - len(circle.room.people))
    circle.room = replace(circle.room, people=(*circle.room.people, *others))
    return circle.happen(knock(SAM, confirmed=False, comes_in_at=NOW))


def test_in_a_full_room_a_facilitator_lets_nobody_in_but_whoever_has_a_seat() -> None:
    circle = full()
    assert circle.refuses(Admit(HANA, SAM)) == rules.FULL
    assert circle.refuses(ClaimStandby(SAM)) == rules.NO_ROOM
    circle.happen(Admit(HANA, SAM, kept=frozenset({SAM})))
    assert circle.presence(SAM) is Presence.CONNECTED


def test_a_facilitator_lets_nobody_in_to_a_place_that_is_kept() -> None:
    circle = opening().happen(knock(SAM, confirmed=False))
    to_come = frozenset(UUID(int=900 + n) for n in range(MOST_VOICES - len(circle.room.people) + 1))
    assert circle.refuses(Admit(HANA, SAM, kept=to_come)) == rules.FULL
    circle.happen(Leave(ANA))
    assert circle.refuses(Admit(HANA, SAM, kept=to_come)) == rules.FULL  # she may come back
    circle.happen(Admit(HANA, SAM, kept=frozenset(list(to_come)[1:])))


def test_somebody_sent_out_and_let_back_needs_a_place_too() -> None:
    circle = full()
    circle.room = replace(circle.room, people=circle.room.people[:-1])
    circle.happen(knock(SAM, confirmed=True), Remove(HANA, SAM, "Why."), Unban(HANA, SAM))
    circle.happen(knock(SAM, confirmed=True))
    assert circle.refuses(Admit(HANA, SAM)) == rules.FULL
    circle.happen(Admit(HANA, SAM, kept=frozenset({SAM})))


def test_the_desk_and_whoever_stands_by_are_told_that_it_is_full() -> None:
    circle = full()
    seen = seen_by(circle.room, HANA, circle.now)
    assert [each.can["admit"] for each in seen.knocking] == [rules.FULL]
    assert seen_by(circle.room, SAM, circle.now).can["claim-standby"] == rules.NO_ROOM


@pytest.mark.holds("asvs:34")
def test_nobody_can_send_for_whom_a_place_is_kept() -> None:
    with pytest.raises(Refused):
        parse("admit", {"person": str(SAM), "kept": str(SAM)}, by=HANA)
    with pytest.raises(Refused):
        parse("claim-standby", {"kept": str(SAM)}, by=SAM)


class AtTheDoor(Circle):
    """A call with two seats, or more, of which Ana and Cleo have one each. It begins in twelve
    minutes."""

    def __init__(self, make, client_for, clock, seats: int = 2) -> None:
        super().__init__(make, client_for, clock)
        self.cleo = self.joined("Cleo")
        self.call_id = make.call(
            self.group,
            self.hana,
            starts_in=timedelta(minutes=12),
            seats=seats,
            seated=[self.ana, self.cleo],
        )

    def joined(self, name: str) -> Actor:
        person = self.make.member(name)
        self.make.joined(self.group, person, self.hana)
        self.browsers[name] = self.client_for(person)
        return self.make.actor(person)

    def call_page(self, name: str) -> str:
        return self.browsers[name].get(f"/calls/{self.call_id}").text

    def stand_by(self, name: str) -> str:
        answer = self.post(name, f"/calls/{self.call_id}/stand-by", {})
        return answer.location or str(answer.status_code)

    def state(self, person: Actor) -> SeatState | None:
        with self.make.app.app_context():
            return calls_queries.roster_of(db.session.get_one(Call, self.call_id)).state_of(
                person.id
            )


@pytest.fixture
def door(make, client_for, clock) -> AtTheDoor:
    return AtTheDoor(make, client_for, clock)


def test_the_page_of_the_call_offers_it_from_ten_minutes_before(door: AtTheDoor) -> None:
    assert "Stand by" not in door.call_page("Ben")
    assert door.stand_by("Ben") == "409"
    door.clock.pass_by(minutes=2)
    assert "Stand by" in door.call_page("Ben")
    browser = door.browsers["Ben"]
    answer = send(browser, f"/calls/{door.call_id}", f"/calls/{door.call_id}/stand-by")
    assert answer.location.endswith(f"/calls/{door.call_id}/lobby")
    assert "You’re standing by" in door.call_page("Ben")
    assert "Stand by" not in door.call_page("Ana")


def test_whoever_waits_in_line_keeps_their_place_when_they_stand_by(door: AtTheDoor) -> None:
    door.make.signed_up(door.call_id, door.ben)
    door.clock.pass_by(minutes=2)
    assert "You’re first in line" in door.call_page("Ben")
    assert "Stand by" in door.call_page("Ben")
    dee = door.joined("Dee")
    door.stand_by("Dee")
    door.stand_by("Ben")
    door.make.gave_up(door.call_id, door.ana)
    assert door.state(door.ben) is SeatState.CONFIRMED
    assert door.state(dee) is SeatState.STANDBY


def test_a_free_seat_is_theirs_at_once(door: AtTheDoor) -> None:
    door.make.gave_up(door.call_id, door.ana)
    door.clock.pass_by(minutes=13)
    assert door.stand_by("Ben").endswith("/lobby")
    assert door.state(door.ben) is SeatState.CONFIRMED


def test_three_minutes_after_the_start_they_come_in_by_one_press(door: AtTheDoor) -> None:
    door.clock.pass_by(minutes=4)
    door.stand_by("Ben")
    for name in ("Hana", "Ben"):
        door.join(name)
    board = door.board("Ben")
    assert board["cue"] == "You’re standing by"
    assert not board["is_in"]
    assert board["ask_again_in"] == 11 * 60
    row = next(each for each in door.board("Hana")["desk"] if each["name"] == "Ben")
    assert row["status"] == "stands by, in case there is room"
    assert door.press("Ben", "claim-standby").get_json()["reason"]["code"] == "stands-by"
    door.clock.pass_by(minutes=11)
    assert [each["event"] for each in door.board("Ben")["rest"]] == ["claim-standby"]
    assert door.press("Ben", "claim-standby").status_code == 200
    assert door.board("Ben")["is_in"]
    for name in ("Ana", "Cleo"):
        door.join(name)
        assert door.board(name)["is_in"]


def test_the_places_of_those_who_may_still_come_are_kept(make, client_for, clock) -> None:
    door = AtTheDoor(make, client_for, clock, seats=11)
    for number in range(9):
        make.signed_up(door.call_id, door.joined(f"Person {number}"))
    door.clock.pass_by(minutes=4)
    door.stand_by("Ben")
    for name in ("Hana", "Ben"):
        door.join(name)
    door.clock.pass_by(minutes=30)
    door.board("Ben")
    answer = door.press("Ben", "claim-standby").get_json()
    assert answer["reason"]["code"] == "no-room"
    assert not door.board("Ben")["is_in"]
    make.gave_up(door.call_id, door.ana)
    assert door.state(door.ben) is SeatState.CONFIRMED
    assert door.board("Ben")["is_in"]


def test_a_seat_that_opens_brings_them_in_by_itself(door: AtTheDoor) -> None:
    door.clock.pass_by(minutes=4)
    door.stand_by("Ben")
    door.join("Ben")
    assert not door.board("Ben")["is_in"]
    door.make.gave_up(door.call_id, door.ana)
    assert door.board("Ben")["is_in"]


def test_a_facilitator_lets_nobody_in_to_a_place_of_somebody_who_may_still_come(
    make, client_for, clock
) -> None:
    door = AtTheDoor(make, client_for, clock, seats=11)
    for number in range(9):
        make.signed_up(door.call_id, door.joined(f"Person {number}"))
    for name in ("Hana", "Ben"):
        door.join(name)
    answer = door.press("Hana", "admit", person=str(door.ben.id)).get_json()
    assert answer["reason"]["code"] == "full"
    assert "All the places are taken, or kept" in answer["reason"]["text"]
    make.gave_up(door.call_id, door.ana)
    assert door.press("Hana", "admit", person=str(door.ben.id)).status_code == 200
    assert door.board("Ben")["is_in"]


def test_a_facilitator_lets_them_in_before_that(door: AtTheDoor) -> None:
    door.clock.pass_by(minutes=4)
    door.stand_by("Ben")
    for name in ("Hana", "Ben"):
        door.join(name)
    assert door.press("Hana", "admit", person=str(door.ben.id)).status_code == 200
    assert door.board("Ben")["is_in"]
