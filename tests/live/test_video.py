"""Who may be seen, and when a camera closes: by its owner, a facilitator, or because it must."""

import re
from dataclasses import replace
from uuid import UUID

import pytest

from community.core.media import Ceilings
from community.live.rules.events import Back, Lost
from community.live.rules.leading import BeginRound, Break, CloseCamera, Remove, Start
from community.live.rules.presses import (
    CameraOff,
    CameraOn,
    Finish,
    Leave,
    StepAway,
    TakeDevice,
)
from community.live.rules.reasons import (
    CAMERA_IS_OFF,
    FACILITATORS_ONLY,
    NOT_STARTED,
    ON_HOLD,
    ONLY_THE_SPEAKER,
    TOO_MANY_TO_SEE,
)
from community.live.rules.room import Part, Person, Presence, Way
from community.live.rules.stored import from_json, to_json
from community.live.rules.video import is_smooth, visible
from community.live.rules.view import seen_by
from tests.live.pretend import ANA, BEN, HANA, LEE, NOOR, Circle, ana_speaks, knock, lobby

PAGE, OTHER_PAGE = UUID(int=700), UUID(int=701)


def four() -> Circle:
    """Hana, Ana, Ben and Noor: as many as may all be seen."""
    return Circle().happen(*(knock(each) for each in (HANA, ANA, BEN, NOOR)), Start(HANA))


def crowd(size: int) -> Circle:
    """Ana speaks, and so many are in the room."""
    circle = four().press(BeginRound, HANA, "").accept(ANA)
    more = tuple(
        Person(UUID(int=900 + n), f"{n}", Part.MEMBER, Way.TEXT, n, presence=Presence.CONNECTED)
        for n in range(size - 4)
    )
    circle.room = replace(circle.room, people=(*circle.room.people, *more))
    return circle


def on_camera(circle: Circle) -> set[UUID]:
    return {person.id for person in circle.room.people if person.camera}


@pytest.mark.holds("promise:4", "F:F10")
def test_the_camera_is_off_on_arrival_for_everybody():
    assert on_camera(ana_speaks()) == set()
    assert visible(ana_speaks().room) == frozenset()


def test_nobody_is_seen_in_the_lobby():
    assert lobby().refuses(CameraOn(ANA)) == NOT_STARTED


def test_up_to_four_anybody_may_be_seen():
    circle = four().happen(CameraOn(ANA), CameraOn(HANA))
    assert visible(circle.room) == {ANA, HANA}
    assert seen_by(circle.room, BEN, circle.now).seen == tuple(sorted((ANA, HANA)))
    assert visible(circle.happen(CameraOff(ANA)).room) == {HANA}


def test_in_the_smallest_circles_whoever_may_sign_is_shown_smoothly():
    circle = Circle().happen(*(knock(each) for each in (HANA, ANA, BEN, LEE)), Start(HANA))
    assert smooth(circle) == {LEE}  # interprets
    circle.press(BeginRound, HANA, "").accept(ANA)
    assert smooth(circle) == {LEE, ANA}
    assert seen_by(circle.room, ANA, circle.now).me.is_smooth
    assert smooth(circle.happen(knock(NOOR))) == set()


def smooth(circle: Circle) -> set[UUID]:
    return {each.id for each in circle.room.people if is_smooth(circle.room, each)}


@pytest.mark.parametrize("size", range(4, 12))
def test_the_ceilings_count_everybody_in_the_room(size: int):
    circle = crowd(size)
    assert len(circle.room.people) == size
    if size > Ceilings().holder_seen:
        assert circle.refuses(CameraOn(ANA)) == TOO_MANY_TO_SEE
    else:
        assert visible(circle.happen(CameraOn(ANA)).room) == {ANA}
    if size <= Ceilings().everybody_seen:
        circle.happen(CameraOn(BEN))
    else:
        is_large = size > Ceilings().holder_seen
        assert circle.refuses(CameraOn(BEN)) == (TOO_MANY_TO_SEE if is_large else ONLY_THE_SPEAKER)


def test_how_many_are_too_many_is_the_medias_affair_and_no_number_says_otherwise():
    for reason in (ONLY_THE_SPEAKER, TOO_MANY_TO_SEE):
        assert not re.search(r"\b(four|eight|twelve|twenty|\d+)\b", reason.text)


def test_media_that_carry_more_show_more():
    circle = crowd(9)
    circle.room = replace(circle.room, ceilings=Ceilings(20, everybody_seen=9, holder_seen=20))
    assert visible(circle.happen(CameraOn(ANA), CameraOn(BEN)).room) == {ANA, BEN}


def test_a_camera_that_may_not_be_seen_any_more_is_closed_and_stays_so():
    circle = four().happen(CameraOn(BEN), knock(LEE))
    assert on_camera(circle) == set()
    assert on_camera(circle.happen(Leave(LEE))) == set()


def test_with_five_the_camera_closes_with_the_turn_and_opens_only_by_its_owner():
    circle = crowd(5).happen(CameraOn(ANA))
    circle.press(Finish, ANA)
    assert on_camera(circle) == set()
    assert circle.refuses(CameraOn(ANA)) == ONLY_THE_SPEAKER


@pytest.mark.holds("circle:10")
def test_a_facilitator_closes_a_camera_and_never_opens_one():
    circle = four().happen(CameraOn(ANA), CloseCamera(HANA, ANA))
    assert on_camera(circle) == set()
    assert circle.refuses(CloseCamera(HANA, ANA)) == CAMERA_IS_OFF
    assert circle.refuses(CloseCamera(BEN, HANA)) == FACILITATORS_ONLY
    about_another = set(seen_by(circle.room, HANA, circle.now).people[1].can)
    assert "close-camera" in about_another
    assert not any("camera-on" in name for name in about_another)


def test_leaving_resting_removal_and_another_device_close_it():
    assert on_camera(four().happen(CameraOn(ANA), Leave(ANA))) == set()
    assert on_camera(four().happen(CameraOn(ANA)).press(StepAway, ANA)) == set()
    assert on_camera(four().happen(CameraOn(ANA), Remove(HANA, ANA, "Advice."))) == set()
    assert on_camera(four().happen(CameraOn(ANA), TakeDevice(ANA, PAGE))) == set()


def test_a_break_closes_it():
    circle = four().happen(CameraOn(ANA), Break(HANA))
    assert on_camera(circle) == set()
    assert circle.refuses(CameraOn(ANA)) == ON_HOLD


@pytest.mark.holds("promise:4", "circle:R1", "promise:7")
def test_after_a_lost_line_it_is_as_it_was_on_the_same_page_and_off_on_another():
    circle = four().happen(TakeDevice(ANA, PAGE), CameraOn(ANA), Lost(ANA, PAGE))
    assert visible(circle.room) == frozenset()
    assert visible(circle.happen(Back(ANA, PAGE)).room) == {ANA}
    assert on_camera(circle.happen(Lost(ANA, PAGE), Back(ANA, OTHER_PAGE))) == set()


def test_the_row_keeps_it():
    room = four().happen(CameraOn(ANA)).room
    assert from_json(to_json(room)) == room
