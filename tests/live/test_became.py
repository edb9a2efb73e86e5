"""What somebody is in a circle changes in the rows: what the machine makes of it. Pure."""

import pytest

from community.live.rules import reasons as rules
from community.live.rules.effects import OutOfGroup
from community.live.rules.events import Became
from community.live.rules.leading import Remove, Unban
from community.live.rules.presses import Finish, Help, Leave, MicOn, WaitMore
from community.live.rules.questions import heard
from community.live.rules.room import Part, Presence, Status
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    STRANGER,
    a_round,
    ana_speaks,
    knock,
    lobby,
    opening,
)


@pytest.mark.holds("promise:3", "circle:5")
def test_whoever_leads_no_more_is_heard_no_more_and_the_other_leads() -> None:
    circle = opening().happen(MicOn(HANA))
    assert heard(circle.room) == {HANA}
    circle.happen(Became(HANA, Part.MEMBER))
    assert heard(circle.room) == set()
    assert circle.room.lead == KENJI
    assert circle.refuses(Became(HANA, Part.MEMBER)) == rules.NOTHING_CHANGED


def test_in_a_round_they_are_last_in_line_as_anybody_who_comes_late() -> None:
    circle = a_round().happen(Became(HANA, Part.MEMBER))
    assert circle.room.queue[-1].person == HANA
    circle.happen(Became(HANA, Part.FACILITATOR))
    assert circle.room.entry(HANA) is None
    assert circle.room.lead == KENJI


@pytest.mark.holds("circle:R4")
def test_members_may_say_how_to_go_on_five_minutes_after_the_last_of_them_led() -> None:
    circle = opening().happen(Leave(KENJI)).wait(minutes=9).happen(Became(HANA, Part.MEMBER))
    assert circle.room.lead is None
    assert circle.wait(minutes=4).refuses(WaitMore(ANA)) == rules.WAIT_FOR_FACILITATOR
    circle.wait(minutes=1).happen(WaitMore(ANA))


@pytest.mark.holds("circle:R4")
def test_it_is_still_known_when_whoever_led_has_gone_and_come_back_as_a_member() -> None:
    circle = opening().happen(Leave(KENJI), Became(HANA, Part.MEMBER), Leave(HANA))
    circle.happen(knock(HANA, part=Part.MEMBER))
    assert circle.refuses(WaitMore(ANA)) == rules.WAIT_FOR_FACILITATOR
    assert circle.wait(minutes=5).happen(WaitMore(ANA)).room.choices


def test_whoever_led_left_and_comes_back_as_a_member_leads_no_more() -> None:
    circle = opening().happen(Leave(KENJI), Leave(HANA))
    assert circle.room.lead == HANA
    circle.happen(knock(HANA, part=Part.MEMBER))
    assert circle.room.lead is None
    assert circle.happen(knock(KENJI)).room.lead == KENJI


@pytest.mark.holds("promise:1")
def test_nobodys_turn_is_ended_by_it() -> None:
    circle = ana_speaks()
    assert circle.refuses(Became(ANA, Part.FACILITATOR)) == rules.NOTHING_CHANGED
    circle.press(Finish, ANA).happen(Became(ANA, Part.FACILITATOR))
    assert circle.room.person(ANA).facilitates


@pytest.mark.parametrize("start", [lobby, opening, a_round, ana_speaks])
def test_whoever_left_the_group_is_gone_and_reaches_nobody(start) -> None:
    circle = start().happen(Became(ANA, None))
    assert circle.presence(ANA) is Presence.GONE
    assert circle.effects[-1] == OutOfGroup(ANA)
    assert circle.room.floor.person != ANA
    assert circle.refuses(Help(ANA)) == rules.LEFT


def test_a_turn_that_leaving_the_group_cut_short_is_kept_like_any_other() -> None:
    circle = ana_speaks().happen(Became(ANA, None))
    assert circle.statuses()["Ana"] is Status.OWED
    assert circle.room.floor.person == BEN


def test_a_seat_that_opens_lets_somebody_in_who_knocks_but_nobody_who_was_sent_out() -> None:
    circle = opening().happen(knock(STRANGER, confirmed=False))
    circle.happen(Became(STRANGER, Part.MEMBER, has_seat=True))
    assert circle.presence(STRANGER) is Presence.CONNECTED
    circle.happen(Remove(HANA, STRANGER, "Why."), Unban(HANA, STRANGER), knock(STRANGER))
    again = Became(STRANGER, Part.MEMBER, has_seat=True)
    assert circle.refuses(again) == rules.NOTHING_CHANGED
