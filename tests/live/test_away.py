"""Breaks, rest, and what happens when nobody leads. Pure."""

from datetime import timedelta

import pytest

from community.calls.rules.call import EndReason
from community.live.rules import reasons as rules
from community.live.rules.effects import Cut, Ended
from community.live.rules.events import Back, Event, Knock, Lost, NobodyCame, Restarted
from community.live.rules.leading import AddAgain, Break, Hold, Offer, Release, SayGoodbye
from community.live.rules.presses import (
    Accept,
    ComeBack,
    End,
    Finish,
    Leave,
    MicOn,
    MoveOn,
    Pass,
    Say,
    StepAway,
    TakeBack,
    WaitMore,
)
from community.live.rules.questions import heard, rests
from community.live.rules.room import Entry, Holding, HoldReason, Idle, Mode, Offered, Phase, Status
from community.live.rules.view import seen_by
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NOOR,
    NOW,
    SAM,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
    nobody_leads,
    opening,
)

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.mark.holds("circle:10", "promise:1")
def test_a_break_stops_offers_and_closes_microphones_and_the_floor_stays_as_it_was() -> None:
    circle = ana_speaks().happen(Break(HANA))
    assert circle.room.hold is HoldReason.BREAK
    assert isinstance(circle.room.floor, Holding)
    assert heard(circle.room) == frozenset()
    assert circle.refuses(MicOn(ANA)) == rules.ON_HOLD
    assert circle.refuses(Break(KENJI)) == rules.ON_A_BREAK
    circle.happen(Release(HANA))
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(MicOn(ANA)).room) == {ANA}


def test_after_a_break_whoever_was_asked_is_still_asked() -> None:
    circle = a_round().happen(Break(HANA))
    assert circle.refuses(Accept(ANA, circle.room.version, Mode.VOICE)) == rules.ON_HOLD
    assert circle.happen(Release(HANA)).room.floor == Offered(ANA)


def test_a_turn_that_ends_in_a_break_lets_the_next_be_asked_after_it() -> None:
    circle = ana_speaks().happen(Break(HANA)).press(Finish, ANA)
    assert circle.room.floor == Idle()
    assert circle.happen(Release(HANA)).room.floor == Offered(BEN)


@pytest.mark.holds("F:F30", "promise:1")
def test_after_twenty_five_minutes_a_break_is_an_idea_for_facilitators_and_nothing_moves() -> None:
    circle = ana_speaks()
    before = seen_by(circle.room, BEN, circle.now)
    assert seen_by(circle.room, HANA, circle.now).ask_again_at == NOW + timedelta(minutes=25)
    circle.wait(minutes=25)
    assert seen_by(circle.room, HANA, circle.now).break_is_due
    after = seen_by(circle.room, BEN, circle.now)
    assert not after.break_is_due
    assert (after.floor, after.order, after.heard) == (before.floor, before.order, before.heard)
    circle.happen(Break(HANA)).wait(minutes=5).happen(Release(HANA))
    assert not seen_by(circle.room, HANA, circle.now).break_is_due


# Resting


@pytest.mark.holds("F:F13", "circle:3")
def test_whoever_rests_keeps_their_place_and_their_turn_comes_later() -> None:
    circle = ana_speaks().press(StepAway, BEN)
    assert circle.statuses() == {"Ana": Status.DUE, "Noor": Status.DUE, "Ben": Status.LATER}
    circle.press(Finish, ANA).press(Pass, NOOR)
    assert circle.room.floor == Idle()  # nobody who rests is asked
    assert circle.refuses(Offer(HANA, circle.room.version, BEN)) == rules.NOT_OFFERABLE
    circle.happen(ComeBack(BEN))
    assert circle.press(Offer, HANA, BEN).room.floor == Offered(BEN)


@pytest.mark.parametrize("speaks", [False, True])
def test_whoever_rests_with_the_floor_lets_the_next_be_asked_and_may_take_it_back(
    speaks: bool,
) -> None:
    circle = ana_speaks() if speaks else a_round()
    floor, queue = circle.room.floor, circle.room.queue
    circle.press(StepAway, ANA)
    assert circle.room.floor == Offered(BEN)
    assert circle.statuses()["Ana"] is Status.LATER
    assert heard(circle.room) == frozenset()
    circle.press(TakeBack, ANA)
    assert (circle.room.floor, circle.room.queue) == (floor, queue)
    assert not circle.room.person(ANA).resting


def test_whoever_has_shared_rests_without_another_turn() -> None:
    circle = ana_speaks().press(Finish, ANA).press(StepAway, ANA)
    assert circle.statuses()["Ana"] is Status.DONE
    assert circle.refuses(StepAway(ANA, circle.room.version)) == rules.STEPPED_AWAY
    assert circle.happen(ComeBack(ANA)).refuses(ComeBack(ANA)) == rules.NOT_AWAY


def test_whoever_leads_does_not_rest_alone() -> None:
    assert opening().refuses(StepAway(HANA, 7)) == rules.FACILITATORS_STAY


# Owed


def left_in_the_middle() -> Circle:
    """Ana’s line dropped in her turn, and Hana moved on."""
    return ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)


@pytest.mark.holds("circle:R2", "circle:3")
def test_an_owed_turn_that_is_moved_on_from_again_is_still_owed() -> None:
    circle = left_in_the_middle().press(Pass, BEN).press(Pass, NOOR)
    assert circle.room.floor == Offered(ANA)
    assert circle.press(MoveOn, HANA).statuses()["Ana"] is Status.OWED


@pytest.mark.holds("circle:3")
def test_what_is_still_owed_at_the_end_can_be_written() -> None:
    circle = left_in_the_middle().press(Pass, BEN).press(Pass, NOOR).press(MoveOn, HANA)
    circle.press(SayGoodbye, HANA).happen(Back(ANA))
    assert circle.refuses(Say(BEN)) == rules.NO_TURN
    assert seen_by(circle.room, ANA, NOW).me.is_owed
    circle.happen(Say(ANA), Say(ANA))
    assert circle.statuses()["Ana"] is Status.WRITTEN
    circle.happen(End(HANA))
    assert circle.effects[-1].owed == frozenset()


def test_whoever_is_owed_a_turn_and_away_at_the_end_is_written_to() -> None:
    circle = left_in_the_middle().happen(End(HANA))
    assert circle.effects[-1].owed == {ANA}


def test_a_turn_that_a_facilitator_adds_again_is_due() -> None:
    circle = ana_speaks().press(Finish, ANA).happen(AddAgain(HANA, ANA))
    assert circle.room.queue[-1] == Entry(ANA)


def test_a_paused_room_asks_nobody_until_it_goes_on() -> None:
    circle = ana_speaks().happen(Hold(HANA)).press(Finish, ANA)
    assert circle.room.floor == Idle()
    assert circle.happen(Release(HANA)).room.floor == Offered(BEN)


def test_going_on_leaves_whoever_has_the_floor() -> None:
    circle = a_round().happen(Hold(HANA), Release(HANA))
    assert circle.room.floor == Offered(ANA)


# Nobody leads


@pytest.mark.holds("circle:R1", "circle:R2", "circle:R3")
@pytest.mark.parametrize(("speaks", "grace"), [(True, 90), (False, 30)])
def test_members_may_move_on_when_nobody_leads_and_the_grace_is_past(
    speaks: bool, grace: int
) -> None:
    circle = nobody_leads(ana_speaks() if speaks else a_round()).happen(Lost(ANA))
    circle.wait(seconds=grace - 1)
    assert circle.refuses(MoveOn(BEN, circle.room.version)) == rules.WAIT_FOR_THEM
    circle.wait(seconds=1).press(MoveOn, BEN)
    assert circle.room.hold is HoldReason.NO_FACILITATOR


@pytest.mark.parametrize(
    "change",
    [Back(HANA), Back(ANA), Lost(BEN)],
    ids=["a facilitator is back", "the holder is back", "they are away too"],
)
def test_members_do_not_move_on_otherwise(change: Event) -> None:
    circle = nobody_leads(ana_speaks()).happen(Lost(ANA)).wait(seconds=100).happen(change)
    assert circle.refuses(MoveOn(BEN, circle.room.version)) == rules.WAIT_FOR_THEM


@pytest.mark.holds("circle:R4")
def test_with_nobody_to_lead_the_turn_goes_on_and_the_circle_waits_after_it() -> None:
    circle = nobody_leads(ana_speaks()).wait(seconds=20)
    assert heard(circle.room) == {ANA}
    circle.press(Finish, ANA)
    assert circle.room.hold is HoldReason.NO_FACILITATOR
    assert circle.room.floor == Idle()
    circle.happen(Back(HANA), Release(HANA))
    assert circle.room.hold is None
    assert circle.room.floor == Offered(BEN)


@pytest.mark.holds("circle:R1")
def test_a_facilitators_drop_of_ten_seconds_changes_nothing() -> None:
    circle = nobody_leads(ana_speaks()).wait(seconds=10).press(Finish, ANA)
    assert circle.room.floor == Offered(BEN)


def test_a_facilitators_own_press_asks_the_next_whatever_their_line_does() -> None:
    circle = nobody_leads(ana_speaks()).wait(minutes=5).press(MoveOn, HANA)
    assert circle.room.floor == Offered(BEN)


@pytest.mark.holds("circle:R4", "promise:7")
def test_no_turn_begins_while_nobody_leads_and_a_running_one_goes_on() -> None:
    circle = nobody_leads(a_round())
    assert circle.wait(seconds=19).accept(ANA).room.floor.person == ANA
    assert rests(circle.wait(minutes=9).room, circle.now) is None
    assert heard(circle.room) == {ANA}
    circle = nobody_leads(a_round()).wait(seconds=20)
    assert circle.refuses(Accept(ANA, circle.room.version, Mode.VOICE)) == rules.NO_FACILITATOR
    assert seen_by(circle.room, BEN, circle.now).hold is HoldReason.NO_FACILITATOR
    assert circle.happen(Back(HANA)).accept(ANA).room.floor.person == ANA


@pytest.mark.holds("circle:R4", "circle:8", "circle:11")
def test_members_choose_only_after_five_known_minutes_without_a_facilitator() -> None:
    circle = nobody_leads(a_round()).wait(minutes=4, seconds=59)
    assert circle.refuses(End(ANA)) == rules.WAIT_FOR_FACILITATOR
    circle.happen(Restarted(frozenset({HANA, ANA, BEN})), Back(ANA)).wait(minutes=4, seconds=59)
    assert circle.refuses(End(ANA)) == rules.WAIT_FOR_FACILITATOR
    circle.wait(seconds=1).happen(End(ANA))
    assert opening().wait(hours=2).refuses(End(ANA)) == rules.FACILITATORS_ONLY


@pytest.mark.holds("circle:R4")
def test_it_ends_when_more_than_half_of_those_connected_have_chosen_that() -> None:
    circle = nobody_leads(a_round()).wait(minutes=5).happen(End(ANA), End(BEN))
    assert circle.room.phase is Phase.ROUND  # two of four: Ana, Ben, Noor and Lee
    before = circle.room.media_id
    circle.happen(End(LEE))
    assert circle.room.phase is Phase.ENDED
    assert circle.effects == (
        Cut(before),
        Ended(frozenset({HANA, KENJI, ANA, BEN, NOOR, LEE}), EndReason.FACILITATOR_ABSENT),
    )


@pytest.mark.holds("circle:R4")
def test_whoever_is_not_connected_does_not_count() -> None:
    circle = nobody_leads(a_round()).happen(Lost(LEE), Leave(NOOR)).wait(minutes=5).happen(End(ANA))
    assert circle.room.phase is Phase.ROUND
    assert circle.happen(End(BEN)).room.phase is Phase.ENDED


@pytest.mark.holds("circle:R4")
def test_everybody_may_change_their_mind_and_waiting_is_asked_again_after_five_minutes() -> None:
    circle = (
        nobody_leads(a_round()).wait(minutes=5).happen(End(ANA), End(BEN), WaitMore(BEN), End(LEE))
    )
    assert circle.room.phase is Phase.ROUND
    assert circle.refuses(WaitMore(BEN)) == rules.WAITING_ON
    circle.wait(minutes=5).happen(WaitMore(BEN), End(BEN))
    assert circle.room.phase is Phase.ENDED


@pytest.mark.holds("circle:R4", "circle:11")
@pytest.mark.parametrize("back", [Back(HANA), knock(KENJI)])
def test_with_a_facilitator_back_nothing_that_was_chosen_is_left(back: Back | Knock) -> None:
    circle = nobody_leads(a_round()).wait(minutes=5).happen(End(ANA), End(BEN), back)
    assert circle.room.choices == ()
    assert circle.refuses(End(LEE)) == rules.FACILITATORS_ONLY


@pytest.mark.holds("circle:9")
def test_what_somebody_chose_is_their_own() -> None:
    circle = nobody_leads(a_round()).wait(minutes=5).happen(End(ANA))
    assert seen_by(circle.room, ANA, circle.now).me.ends is True
    assert seen_by(circle.room, BEN, circle.now).me.ends is None
    assert seen_by(circle.room, BEN, circle.now).may_choose


@pytest.mark.holds("circle:R4", "promise:1")
def test_no_choice_is_asked_in_the_middle_of_a_turn() -> None:
    circle = ana_speaks().happen(Lost(HANA), Leave(KENJI)).wait(minutes=5)
    assert circle.refuses(End(BEN)) == rules.WAIT_FOR_FACILITATOR
    circle.press(Finish, ANA)
    assert circle.room.hold is HoldReason.NO_FACILITATOR
    assert seen_by(circle.room, BEN, circle.now).can["end"] is None


def test_a_pause_that_nobody_is_there_to_end_keeps_nobody() -> None:
    circle = ana_speaks().happen(Hold(HANA), Lost(HANA), Leave(KENJI)).wait(minutes=5)
    assert circle.happen(End(ANA), End(BEN), End(LEE)).room.phase is Phase.ENDED


@pytest.mark.holds("circle:R4")
def test_a_circle_that_no_facilitator_came_to_ends_half_an_hour_after_its_start() -> None:
    circle = Circle().happen(knock(ANA), knock(SAM, confirmed=False)).wait(minutes=29)
    assert circle.refuses(NobodyCame(NOW)) == rules.FACILITATOR_CAME
    circle.wait(minutes=1).happen(NobodyCame(NOW))
    assert circle.effects[-1].why is EndReason.FACILITATOR_ABSENT
    came = lobby().happen(Leave(HANA), Leave(KENJI)).wait(hours=2)
    assert came.refuses(NobodyCame(NOW)) == rules.FACILITATOR_CAME


@pytest.mark.parametrize("why", [EndReason.FINISHED, EndReason.SAFETY, EndReason.CANCELLED_LIVE])
def test_a_facilitator_says_why_it_ends(why: EndReason) -> None:
    assert opening().happen(End(HANA, why)).effects[-1].why is why


@pytest.mark.parametrize("why", [EndReason.EMPTY, EndReason.FACILITATOR_ABSENT])
def test_what_only_the_system_can_know_is_no_reason_by_hand(why: EndReason) -> None:
    assert opening().refuses(End(HANA, why)) == rules.NOT_ABOUT_THIS
