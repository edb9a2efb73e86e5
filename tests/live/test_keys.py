"""The key of a circle whose voices go through a media server: who has it, and until when."""

import json
from collections.abc import Iterable
from dataclasses import asdict, replace

import pytest
from flask import Flask

from community.live import queries
from community.live.keys import key_of
from community.live.rules.events import Event, Lost
from community.live.rules.leading import Remove
from community.live.rules.presses import Leave, MicOff, SoundOff, SoundOn
from community.live.rules.stored import to_json
from tests.fakes import PretendMedia
from tests.live.circle import Circle
from tests.live.lines import Line, hear_no_more_of_this, in_a_circle
from tests.live.pretend import ANA, BEN, HANA, NOOR, ana_speaks, knock
from tests.live.pretend import Circle as Pretend


def keys(circle: Pretend, events: Iterable[Event]) -> list[str]:
    """The key before, and after each of these."""
    return [key_of(circle.room).key, *(key_of(circle.happen(each).room).key for each in events)]


@pytest.mark.holds("circle:12", "asvs:35")
def test_it_is_another_key_as_soon_as_somebody_comes_or_goes(application: Flask) -> None:
    with application.app_context():
        goes = (Leave(BEN), Remove(HANA, ANA, "Why."), knock(BEN), SoundOff(NOOR))
        assert len(set(keys(ana_speaks(), goes))) == 5


def test_it_stays_while_the_same_people_are_here(application: Flask) -> None:
    with application.app_context():
        stays = (MicOff(ANA), Lost(BEN))
        assert len(set(keys(ana_speaks(), stays))) == 1
        before, without, after = keys(ana_speaks(), (SoundOff(NOOR), SoundOn(NOOR)))
        assert before == after != without


def test_two_circles_of_the_same_people_have_two(application: Flask) -> None:
    room = ana_speaks().room
    with application.app_context():
        assert key_of(room) != key_of(replace(room, seed="another"))


@pytest.fixture
def lines(app: Flask, served: PretendMedia, circle: Circle) -> dict[str, Line]:
    """Hana and Ana are in a circle that has started; Ben knocks."""
    lines = in_a_circle(app, circle, "Hana", "Ana", "Ben")
    for line in lines.values():
        line.received("key")
    return lines


def key_now(app: Flask, circle: Circle) -> dict[str, object]:
    with app.app_context():
        found = key_of(queries.room_for(circle.hana, circle.call_id))
    return asdict(found)


def comes_without(line: Line) -> bool:
    """Whether it may enter, and is given no key."""
    answer = line.ask("enter-circle")
    return answer["ok"] is True and "key" not in answer


@pytest.mark.holds("circle:12", "asvs:4")
def test_only_whoever_may_be_connected_is_given_it(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    assert lines["Ana"].ask("enter-circle")["key"] == key_now(app, circle)
    assert comes_without(lines["Ben"])
    hear_no_more_of_this(lines)
    lines["Hana"].press("admit", person=str(circle.ben.id))
    for line in lines.values():
        assert line.received("key") == [key_now(app, circle)]
    lines["Ana"].press("sound-off")
    assert lines["Ana"].received("key") == []
    assert lines["Ben"].received("key") == [key_now(app, circle)]
    assert comes_without(lines["Ana"])


@pytest.mark.holds("circle:12", "promise:3")
def test_whoever_is_removed_is_not_given_the_next(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    lines["Hana"].press("remove", person=str(circle.ana.id), why="Why.")
    assert lines["Hana"].received("key") == [key_now(app, circle)]
    assert lines["Ana"].received("key") == []
    lines["Hana"].press("mic-on")
    assert lines["Hana"].received("key") == []


@pytest.mark.holds("circle:13")
def test_no_row_has_it_and_nothing_that_it_is_made_of_is_left_after_the_end(
    app: Flask, circle: Circle, lines: dict[str, Line]
) -> None:
    with app.app_context():
        room = queries.room_for(circle.hana, circle.call_id)
        assert len(room.seed) > 40
        assert key_of(room).key not in json.dumps(to_json(room))
    lines["Hana"].press("end")
    assert lines["Hana"].received("key") == []
    with app.app_context():
        row = queries.room_of(circle.hana, circle.call_id)
        assert row is None or row.seed == ""


def test_without_a_media_server_there_is_none(app: Flask, circle: Circle) -> None:
    lines = in_a_circle(app, circle, "Hana", "Ana")
    assert comes_without(lines["Ana"])
    lines["Ana"].press("sound-off")
    assert lines["Hana"].received("key") == []
