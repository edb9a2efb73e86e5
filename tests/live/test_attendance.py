"""Who was there, known without blame; and first place next time for those whom we let down."""

from uuid import UUID

import pytest
from flask import Flask

from community.calls import queries as calls_queries
from community.calls.jobs import erase_attendance
from community.calls.models import Call
from community.calls.rules.seats import SeatState
from community.core.actor import Actor
from community.core.db import db
from community.live.jobs import end_circles_that_nobody_leads
from tests.live.circle import Circle


def known(app: Flask, circle: Circle) -> dict[str, str]:
    with app.app_context():
        return {each.name: each.was for each in calls_queries.attendance_of(circle.call_id)}


def page_of(circle: Circle, name: str) -> str:
    return circle.browsers[name].get(f"/calls/{circle.call_id}").text


@pytest.fixture
def over(app: Flask, circle: Circle) -> Circle:
    """Ana came, Cleo had a seat and didn’t, Ben had said so; and Dee had no seat and was let in."""
    make = circle.make
    for name in ("Cleo", "Dee"):
        person = make.member(name)
        make.joined(circle.group, person, circle.hana)
        circle.browsers[name] = circle.client_for(person)
        setattr(circle, name.lower(), make.actor(person))
    make.signed_up(circle.call_id, circle.cleo)
    make.signed_up(circle.call_id, circle.ben)
    make.gave_up(circle.call_id, circle.ben)
    for name in ("Hana", "Ana", "Dee"):
        circle.join(name)
    circle.press("Hana", "admit", person=str(circle.dee.id))
    circle.begin()
    circle.press("Hana", "end")
    return circle


def test_it_is_known_who_was_there_in_three_words(app: Flask, over: Circle) -> None:
    assert known(app, over) == {
        "Ana": "attended",
        "Ben": "excused",
        "Cleo": "not-there",
        "Dee": "attended",
        "Hana": "attended",
    }


@pytest.mark.holds("promise:10")
def test_whoever_held_it_reads_the_names_and_a_member_their_own_line_only(over: Circle) -> None:
    page = page_of(over, "Hana")
    assert "<strong>Cleo</strong>, wasn’t there this time" in page
    assert "<strong>Ben</strong>, had said they couldn’t come" in page
    assert "<strong>You</strong>, was there" in page
    for name, words in (
        ("Ana", "You were there."),
        ("Cleo", "You weren’t there this time. That’s fine."),
        ("Ben", "You had said that you couldn’t come."),
    ):
        page = page_of(over, name)
        assert words in page
        assert not [other for other in ("Ana", "Ben", "Cleo", "Dee") if f"{other}</strong>" in page]
    assert over.browsers["Stranger"].get(f"/calls/{over.call_id}").status_code == 404


def test_it_is_erased_after_ninety_days(app: Flask, over: Circle) -> None:
    with app.app_context():
        erase_attendance(over.clock.pass_by(days=89))
    assert known(app, over)
    with app.app_context():
        erase_attendance(over.clock.pass_by(days=1))
    assert known(app, over) == {}
    assert "wasn’t there" not in page_of(over, "Hana")


def test_whoever_signs_up_again_and_comes_was_there(app: Flask, circle: Circle) -> None:
    circle.make.gave_up(circle.call_id, circle.ana)
    assert known(app, circle) == {"Ana": "excused"}
    circle.make.signed_up(circle.call_id, circle.ana)
    assert known(app, circle) == {}
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", "end")
    assert known(app, circle)["Ana"] == "attended"


@pytest.mark.parametrize("how", ["remove", "ban"])
def test_of_whoever_was_sent_out_nothing_is_kept(app: Flask, circle: Circle, how: str) -> None:
    circle.join("Hana")
    circle.join("Ana")
    circle.press("Hana", how, person=str(circle.ana.id), why="A test of the door.")
    circle.press("Hana", "end")
    assert known(app, circle) == {"Hana": "attended"}


def test_whoever_only_knocked_was_not_there(app: Flask, circle: Circle) -> None:
    circle.join("Hana")
    circle.join("Ben")
    circle.press("Hana", "end")
    assert known(app, circle) == {"Ana": "not-there", "Hana": "attended"}


@pytest.fixture
def let_down(app: Flask, circle: Circle) -> Circle:
    """Ana came, and no facilitator did."""
    circle.join("Ana")
    with app.app_context():
        end_circles_that_nobody_leads(circle.clock.pass_by(minutes=40))
    return circle


def state(app: Flask, call_id: UUID, person: UUID) -> SeatState | None:
    with app.app_context():
        return calls_queries.roster_of(db.session.get_one(Call, call_id)).state_of(person)


def joined(circle: Circle, *names: str) -> list[Actor]:
    people = [circle.make.member(name) for name in names]
    for person in people:
        circle.make.joined(circle.group, person, circle.hana)
    return [circle.make.actor(person) for person in people]


def full(circle: Circle, seated: list[Actor]) -> UUID:
    """A call of the same group: these two have its seats, and Ben waits."""
    return circle.make.call(circle.group, circle.hana, seats=2, seated=seated, waiting=[circle.ben])


def test_whoever_came_when_nobody_led_is_first_the_next_time_they_wait(
    app: Flask, let_down: Circle
) -> None:
    seated = joined(let_down, "Mori", "Kenji")
    call_id = full(let_down, seated)
    let_down.make.signed_up(call_id, let_down.ana)
    for name, words in (("Ana", "You’re first in line"), ("Ben", "You’re second in line")):
        assert words in let_down.browsers[name].get(f"/calls/{call_id}").text
    let_down.make.gave_up(call_id, seated[0])
    assert state(app, call_id, let_down.ana.id) is SeatState.OFFERED
    assert state(app, call_id, let_down.ben.id) is SeatState.WAITING


def test_that_promise_is_kept_until_a_seat_comes_of_it(app: Flask, let_down: Circle) -> None:
    seated = joined(let_down, "Mori", "Kenji")
    first, second, third = (full(let_down, seated) for _ in range(3))
    for call_id in (first, second):
        let_down.make.signed_up(call_id, let_down.ana)
        assert "You’re first in line" in let_down.browsers["Ana"].get(f"/calls/{call_id}").text
    let_down.make.gave_up(second, seated[0])
    let_down.post("Ana", f"/calls/{second}/take", {})
    assert state(app, second, let_down.ana.id) is SeatState.CONFIRMED
    let_down.make.signed_up(third, let_down.ana)
    assert "You’re second in line" in let_down.browsers["Ana"].get(f"/calls/{third}").text


def test_the_next_seat_uses_it_up_also_one_that_was_free_anyway(
    app: Flask, let_down: Circle
) -> None:
    free = let_down.make.call(let_down.group, let_down.hana)
    let_down.make.signed_up(free, let_down.ana)
    assert state(app, free, let_down.ana.id) is SeatState.CONFIRMED
    call_id = full(let_down, joined(let_down, "Mori", "Kenji"))
    let_down.make.signed_up(call_id, let_down.ana)
    assert "You’re second in line" in let_down.browsers["Ana"].get(f"/calls/{call_id}").text


def test_it_was_promised_by_one_group_and_no_other(app: Flask, let_down: Circle) -> None:
    make = let_down.make
    people = let_down.hana, let_down.ana, let_down.ben
    let_down.group = make.group("Jaw", facilitators=people[:1], members=people[1:], owner=people[0])
    let_down.hana, let_down.ana, let_down.ben = map(make.actor, people)
    call_id = full(let_down, joined(let_down, "Mori", "Kenji"))
    make.signed_up(call_id, let_down.ana)
    assert "You’re second in line" in let_down.browsers["Ana"].get(f"/calls/{call_id}").text
