"""The machine of the circle, one promise at a time. Pure."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calls.rules.call import EndReason
from community.core.verdict import NOT_FOUND, STALE, Reason, Refused
from community.live.rules import reasons as rules
from community.live.rules.effects import Ended, Heard, NotAdmitted, Removed
from community.live.rules.events import Back, Empty, Event, Lost, Restarted
from community.live.rules.leading import (
    AddAgain,
    Admit,
    BeginClosingRound,
    BeginRound,
    Break,
    HandOver,
    Hold,
    MoveDown,
    MoveUp,
    Mute,
    Nudge,
    Offer,
    Opened,
    OpenFloor,
    ReadGuidelines,
    Refuse,
    Release,
    Remove,
    SayGoodbye,
    SetOrder,
    SetPrompt,
    Skip,
    Start,
    TakeOver,
)
from community.live.rules.may import may
from community.live.rules.presses import (
    Accept,
    Acknowledge,
    ComeBack,
    End,
    Finish,
    Help,
    HideCard,
    Later,
    Leave,
    ListenOnly,
    LowerHand,
    MicOff,
    MicOn,
    MoveOn,
    Pass,
    Pause,
    RaiseHand,
    Reply,
    Resume,
    Say,
    SendPrepared,
    SetMode,
    SetSpot,
    SetWish,
    ShowCard,
    StepAway,
    TakeBack,
    TakeDevice,
    Tell,
    WaitMore,
)
from community.live.rules.questions import heard, round_is_over
from community.live.rules.room import (
    Ack,
    Entry,
    Holding,
    HoldReason,
    Idle,
    Mode,
    Offered,
    Order,
    Part,
    Phase,
    Presence,
    Room,
    Spot,
    Status,
    Way,
    Wish,
)
from community.live.rules.stored import from_json, to_json
from community.live.rules.wire import (
    EVENTS,
    LONGEST_WORDS,
    NO_WORDS,
    TOO_LONG,
    UNREADABLE,
    parse,
    parse_typed,
)
from tests.live.pretend import (
    ANA,
    BEN,
    CALL,
    HANA,
    KENJI,
    LEE,
    NOOR,
    SAM,
    STRANGER,
    Circle,
    a_round,
    ana_speaks,
    everybody_has_shared,
    hands_are_up,
    knock,
    lobby,
    open_floor,
    opening,
    with_sam_removed,
)


def test_a_confirmed_seat_comes_into_the_lobby_with_the_microphone_off() -> None:
    circle = Circle().happen(knock(ANA))
    assert circle.presence(ANA) is Presence.IN_LOBBY
    assert not circle.room.person(ANA).mic


def test_a_facilitator_is_let_in_without_being_asked() -> None:
    circle = Circle().happen(knock(HANA, confirmed=False))
    assert circle.presence(HANA) is Presence.IN_LOBBY


def test_somebody_without_a_confirmed_seat_waits_until_a_facilitator_lets_them_in() -> None:
    circle = lobby().happen(knock(SAM, confirmed=False))
    assert circle.presence(SAM) is Presence.KNOCKING
    assert circle.happen(Admit(HANA, SAM)).presence(SAM) is Presence.IN_LOBBY


def test_somebody_who_is_not_let_in_is_told_and_may_knock_again() -> None:
    circle = lobby().happen(knock(SAM, confirmed=False), Refuse(HANA, SAM))
    assert circle.effects == (NotAdmitted(SAM),)
    assert circle.room.find(SAM) is None
    assert circle.happen(knock(SAM, confirmed=False)).presence(SAM) is Presence.KNOCKING


def test_somebody_who_stops_waiting_is_forgotten() -> None:
    circle = lobby().happen(knock(SAM, confirmed=False), Leave(SAM))
    assert circle.room.find(SAM) is None


def test_somebody_whose_line_drops_while_they_wait_is_still_waiting() -> None:
    circle = lobby().happen(knock(SAM, confirmed=False), Lost(SAM))
    assert circle.presence(SAM) is Presence.KNOCKING
    assert circle.happen(Admit(HANA, SAM)).presence(SAM) is Presence.RECONNECTING
    assert circle.happen(Back(SAM)).presence(SAM) is Presence.IN_LOBBY


def test_somebody_who_comes_back_while_they_wait_is_let_in_as_here() -> None:
    circle = opening().happen(knock(SAM, confirmed=False), Lost(SAM), Back(SAM), Admit(HANA, SAM))
    assert circle.presence(SAM) is Presence.CONNECTED


def test_a_late_arrival_joins_the_end_of_the_round() -> None:
    circle = a_round().happen(knock(SAM))
    assert circle.room.queue[-1] == Entry(SAM)


@pytest.mark.holds("circle:R6")
def test_somebody_who_left_comes_back_to_their_place_without_being_let_in_again() -> None:
    circle = a_round().happen(Leave(BEN), knock(BEN, confirmed=False))
    assert circle.presence(BEN) is Presence.CONNECTED
    assert [each.person for each in circle.room.queue] == [ANA, BEN, NOOR]


def test_somebody_who_comes_back_to_listen_has_no_turn_waiting() -> None:
    circle = a_round().happen(Leave(BEN), knock(BEN, Way.LISTEN))
    assert circle.room.entry(BEN) is None
    assert circle.happen(Leave(BEN), knock(BEN)).room.queue[-1] == Entry(BEN)


def test_a_share_stays_shared_for_somebody_who_comes_back_to_listen() -> None:
    circle = ana_speaks().press(Finish, ANA).happen(Leave(ANA), knock(ANA, Way.LISTEN))
    assert circle.statuses()["Ana"] is Status.DONE


@pytest.mark.holds("circle:R6")
def test_somebody_who_was_removed_cannot_come_back() -> None:
    circle = with_sam_removed(opening())
    assert circle.refuses(knock(SAM)) == rules.REMOVED
    assert circle.refuses(Back(SAM)) == rules.REMOVED
    assert circle.refuses(MicOn(SAM)) == rules.REMOVED


def test_the_order_is_the_order_of_signing_up_and_only_members_who_take_turns() -> None:
    circle = Circle().happen(
        *(knock(each) for each in (NOOR, HANA, LEE, ANA)), knock(BEN, Way.LISTEN), Start(HANA)
    )
    circle.press(BeginRound, HANA, "How was your week?")
    assert [each.person for each in circle.room.queue] == [ANA, NOOR]
    assert circle.room.prompt == "How was your week?"
    assert circle.room.floor == Offered(ANA)


def test_a_round_of_nobody_waits_for_whoever_comes() -> None:
    circle = Circle().happen(knock(HANA), Start(HANA)).press(BeginRound, HANA)
    assert circle.room.floor == Idle()
    assert round_is_over(circle.room, circle.now)
    circle.happen(knock(ANA))
    assert not round_is_over(circle.room, circle.now)
    assert circle.press(Offer, HANA, ANA).room.floor == Offered(ANA)


@pytest.mark.holds("promise:3", "circle:5", "F:F65")
def test_a_spoken_turn_is_heard_from_start_to_finish() -> None:
    circle = a_round()
    assert heard(circle.room) == frozenset()
    circle.accept(ANA)
    assert heard(circle.room) == {ANA}
    assert circle.effects == (Heard(frozenset({ANA})),)
    circle.press(Finish, ANA)
    assert heard(circle.room) == frozenset()
    assert circle.room.floor == Offered(BEN)
    assert circle.statuses()["Ana"] is Status.DONE


@pytest.mark.holds("promise:2")
@pytest.mark.parametrize("mode", [Mode.TYPED, Mode.SILENCE])
def test_a_turn_without_voice_is_a_turn(mode: Mode) -> None:
    circle = a_round().accept(ANA, mode)
    assert heard(circle.room) == frozenset()
    circle.press(Finish, ANA)
    assert circle.statuses()["Ana"] is Status.DONE
    assert circle.room.thanked == ANA


@pytest.mark.holds("promise:2", "seed:14")
@pytest.mark.parametrize(
    ("decline", "status"),
    [(Pass, Status.PASSED), (Later, Status.LATER), (ListenOnly, Status.PASSED)],
)
@pytest.mark.parametrize("speaks", [False, True])
def test_declining_is_one_press_with_the_same_thanks(
    decline: type[Pass], status: Status, speaks: bool
) -> None:
    circle = ana_speaks() if speaks else a_round()
    circle.press(decline, ANA)
    assert circle.statuses()["Ana"] is status
    assert circle.room.floor == Offered(BEN)
    assert circle.room.thanked == ANA
    assert not circle.room.person(ANA).mic


@pytest.mark.holds("circle:2")
def test_somebody_who_passed_beforehand_is_not_offered_the_floor() -> None:
    circle = a_round().press(Pass, BEN).accept(ANA).press(Finish, ANA)
    assert circle.room.floor == Offered(NOOR)


@pytest.mark.holds("circle:3")
def test_later_comes_after_everybody_due_and_is_asked_again() -> None:
    circle = a_round().press(Later, ANA)
    assert [each.person for each in circle.room.queue] == [BEN, NOOR, ANA]
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:3")
def test_somebody_who_arrives_late_is_asked_before_those_who_said_later() -> None:
    circle = a_round().press(Later, ANA).happen(knock(SAM))
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(SAM)


def test_the_last_one_to_say_later_is_not_asked_again_at_once() -> None:
    circle = a_round().press(Pass, BEN).press(Pass, NOOR).press(Later, ANA)
    assert circle.room.floor == Idle()
    assert not round_is_over(circle.room, circle.now)
    assert circle.refuses(Later(ANA, circle.room.version)) == rules.ALREADY_LATER
    assert circle.press(Offer, HANA, ANA).room.floor == Offered(ANA)
    assert circle.press(Later, ANA).room.floor == Idle()


def test_later_may_be_said_again_for_as_long_as_anybody_likes() -> None:
    circle = a_round().press(Pass, NOOR).press(Later, ANA).press(Later, BEN)
    assert circle.room.floor == Offered(ANA)
    assert circle.press(Later, ANA).room.floor == Offered(BEN)


def test_listening_only_can_be_chosen_before_the_round() -> None:
    circle = opening().press(ListenOnly, BEN).press(BeginRound, HANA)
    assert circle.room.entry(BEN) is None


@pytest.mark.holds("circle:3")
def test_somebody_known_to_be_gone_is_stepped_over_and_comes_later() -> None:
    circle = ana_speaks().happen(Lost(BEN)).wait(seconds=60).press(Finish, ANA)
    assert circle.room.floor == Offered(NOOR)
    assert circle.statuses() == {
        "Ana": Status.DONE,
        "Noor": Status.DUE,
        "Ben": Status.LATER,
    }


@pytest.mark.holds("circle:8", "promise:7")
def test_somebody_whose_line_has_just_dropped_is_still_offered_their_turn() -> None:
    circle = ana_speaks().happen(Lost(BEN)).wait(seconds=59).press(Finish, ANA)
    assert circle.room.floor == Offered(BEN)


def test_a_round_whose_people_are_all_gone_is_over() -> None:
    circle = ana_speaks().happen(Leave(BEN), Leave(NOOR)).press(Finish, ANA)
    assert circle.statuses() == {"Ana": Status.DONE, "Ben": Status.LATER, "Noor": Status.LATER}
    assert round_is_over(circle.room, circle.now)


def test_a_facilitator_may_ask_somebody_else_who_is_due() -> None:
    circle = a_round().press(Offer, HANA, NOOR)
    assert circle.room.floor == Offered(NOOR)
    assert circle.accept(NOOR).press(Finish, NOOR).room.floor == Offered(ANA)


def test_words_of_a_typed_turn_leave_no_trace_in_the_room() -> None:
    circle = a_round().accept(ANA, Mode.TYPED)
    before = circle.room
    circle.happen(Say(ANA))
    assert circle.room == replace(before, version=before.version + 1)


@pytest.mark.holds("promise:2")
def test_the_way_of_a_turn_changes_in_the_middle() -> None:
    circle = ana_speaks().happen(SetMode(ANA, Mode.TYPED))
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(SetMode(ANA, Mode.VOICE)).room) == {ANA}


@pytest.mark.holds("promise:1", "F:F61")
def test_taking_a_moment_closes_the_microphone_and_carrying_on_opens_it() -> None:
    circle = ana_speaks().happen(Pause(ANA))
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN, paused=True)
    assert heard(circle.room) == frozenset()
    assert circle.refuses(MicOn(ANA)) == rules.TAKING_A_MOMENT
    assert heard(circle.happen(Resume(ANA)).room) == {ANA}


@pytest.mark.holds("circle:10")
@pytest.mark.parametrize(
    "presses",
    [
        (Pause(ANA), Resume(HANA)),
        (Hold(HANA), Release(HANA)),
        (MicOff(ANA), Pause(HANA), Resume(HANA)),
        (Mute(HANA, ANA),),
    ],
    ids=["a moment", "a paused room", "already off", "muted"],
)
def test_only_my_own_press_opens_my_microphone_again(presses: tuple[Event, ...]) -> None:
    circle = ana_speaks().happen(*presses)
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(MicOn(ANA)).room) == {ANA}


def test_carrying_on_by_typing_opens_no_microphone() -> None:
    circle = a_round().accept(ANA, Mode.TYPED).happen(Pause(ANA), Resume(ANA))
    assert not circle.room.person(ANA).mic


def test_choosing_voice_in_a_paused_room_opens_no_microphone() -> None:
    circle = a_round().accept(ANA, Mode.TYPED).happen(Hold(HANA), SetMode(ANA, Mode.VOICE))
    assert not circle.room.person(ANA).mic


def test_a_muted_person_is_heard_no_more() -> None:
    circle = ana_speaks().happen(Mute(HANA, ANA))
    assert circle.effects == (Heard(frozenset()),)


@pytest.mark.holds("promise:3")
def test_facilitators_are_heard_while_the_circle_is_on_and_their_microphone_too() -> None:
    circle = ana_speaks().happen(MicOn(HANA))
    assert heard(circle.room) == {ANA, HANA}
    assert heard(circle.happen(Hold(KENJI)).room) == {HANA}
    assert heard(circle.happen(Lost(HANA)).room) == frozenset()
    assert heard(circle.happen(Back(HANA)).room) == {HANA}
    assert heard(circle.happen(MicOff(HANA)).room) == frozenset()


@pytest.mark.holds("circle:2")
@pytest.mark.parametrize("press", [Finish, Pass, Later, ListenOnly])
def test_what_ended_a_turn_can_be_taken_back_until_the_next_person_accepts(
    press: type[Pass],
) -> None:
    circle = ana_speaks()
    floor, queue = circle.room.floor, circle.room.queue
    circle.press(press, ANA).press(TakeBack, ANA)
    assert (circle.room.floor, circle.room.queue) == (floor, queue)
    assert circle.room.person(ANA).way is Way.VOICE
    assert heard(circle.room) == {ANA}
    assert circle.room.thanked is None


def test_a_microphone_that_was_off_stays_off_when_a_finish_is_taken_back() -> None:
    circle = ana_speaks().happen(MicOff(ANA)).press(Finish, ANA).press(TakeBack, ANA)
    assert not circle.room.person(ANA).mic


def test_a_finish_cannot_be_taken_back_once_the_next_person_has_the_floor() -> None:
    circle = ana_speaks().press(Finish, ANA).accept(BEN)
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


def test_a_pass_becomes_a_turn_again_even_then() -> None:
    circle = a_round().press(Pass, ANA).accept(BEN).press(TakeBack, ANA)
    assert circle.statuses()["Ana"] is Status.DUE
    assert circle.room.floor == Holding(BEN, Mode.VOICE, Wish.JUST_LISTEN)
    assert circle.press(Finish, BEN).room.floor == Offered(ANA)


def test_taking_back_leaves_what_others_chose_in_the_meantime() -> None:
    circle = ana_speaks().press(Finish, ANA).press(Pass, BEN).press(TakeBack, ANA)
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)
    assert circle.statuses()["Ben"] is Status.PASSED
    assert circle.press(TakeBack, BEN).statuses()["Ben"] is Status.DUE
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)


def test_an_offer_that_was_declined_can_be_taken_back_and_so_can_the_turn_before() -> None:
    circle = ana_speaks().press(Finish, ANA).press(Pass, BEN).press(TakeBack, BEN)
    assert circle.room.floor == Offered(BEN)
    assert circle.press(TakeBack, ANA).room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)


def test_listening_only_can_be_taken_back_before_the_round_and_during_it() -> None:
    circle = opening().press(ListenOnly, ANA)
    assert circle.room.person(ANA).way is Way.LISTEN
    assert circle.press(TakeBack, ANA).room.person(ANA).way is Way.VOICE
    circle.press(ListenOnly, ANA).press(BeginRound, HANA).press(TakeBack, ANA)
    assert circle.room.queue[-1] == Entry(ANA)


def test_listening_only_after_a_turn_leaves_the_turn_as_it_was() -> None:
    circle = ana_speaks().press(Finish, ANA).press(ListenOnly, ANA)
    assert circle.statuses()["Ana"] is Status.DONE


@pytest.mark.holds("circle:R2", "promise:1", "promise:7")
def test_the_floor_waits_for_somebody_whose_line_drops() -> None:
    circle = ana_speaks().happen(Lost(ANA)).wait(hours=2)
    assert circle.room.floor == Holding(ANA, Mode.VOICE, Wish.JUST_LISTEN)
    assert heard(circle.room) == frozenset()
    assert heard(circle.happen(Back(ANA)).room) == {ANA}


@pytest.mark.holds("circle:R2")
def test_a_holder_who_was_away_is_owed_the_turn() -> None:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)
    assert circle.statuses()["Ana"] is Status.OWED
    assert circle.room.floor == Offered(BEN)
    for person in (BEN, NOOR):
        circle.accept(person).press(Finish, person)
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:R3")
@pytest.mark.parametrize("away", [True, False])
def test_an_offer_that_is_moved_on_from_comes_later(away: bool) -> None:
    circle = a_round()
    if away:
        circle.happen(Lost(ANA))
    assert circle.press(MoveOn, HANA).statuses()["Ana"] is Status.LATER


def test_a_holder_who_was_here_has_had_their_turn() -> None:
    circle = ana_speaks().press(MoveOn, HANA)
    assert circle.statuses()["Ana"] is Status.DONE
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


def nobody_leads(circle: Circle) -> Circle:
    return circle.happen(Lost(HANA), Leave(KENJI))


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


@pytest.mark.holds("circle:R8", "promise:7")
def test_a_restart_keeps_the_floor_and_gives_everybody_a_fresh_grace() -> None:
    circle = ana_speaks().happen(knock(SAM, confirmed=False), Leave(NOOR), Lost(BEN))
    floor = circle.room.floor
    circle.wait(minutes=5).happen(Restarted(frozenset({HANA, KENJI, ANA})))
    assert circle.room.floor == floor
    for person in (HANA, ANA, BEN):
        assert circle.presence(person) is Presence.RECONNECTING
        assert circle.room.person(person).away_since == circle.now
    assert circle.presence(SAM) is Presence.KNOCKING
    assert circle.presence(NOOR) is Presence.GONE
    assert heard(circle.happen(Back(ANA)).room) == {ANA}


@pytest.mark.holds("F:F31")
@pytest.mark.parametrize(("speaks", "status"), [(True, Status.OWED), (False, Status.LATER)])
def test_leaving_quietly_keeps_the_turn_and_lets_the_next_be_asked(
    speaks: bool, status: Status
) -> None:
    circle = (ana_speaks() if speaks else a_round()).happen(Leave(ANA))
    assert circle.statuses()["Ana"] is status
    assert circle.room.floor == Offered(BEN)
    assert circle.presence(ANA) is Presence.GONE


def test_a_paused_room_asks_nobody_until_it_goes_on() -> None:
    circle = ana_speaks().happen(Hold(HANA)).press(Finish, ANA)
    assert circle.room.floor == Idle()
    assert circle.happen(Release(HANA)).room.floor == Offered(BEN)


def test_going_on_leaves_whoever_has_the_floor() -> None:
    circle = a_round().happen(Hold(HANA), Release(HANA))
    assert circle.room.floor == Offered(ANA)


@pytest.mark.holds("circle:1")
def test_a_removed_person_is_out_at_once_and_the_next_is_asked() -> None:
    circle = ana_speaks().happen(Remove(HANA, ANA, "It was not safe for the others."))
    assert circle.effects == (
        Heard(frozenset()),
        Removed(ANA, "It was not safe for the others."),
    )
    assert circle.room.floor == Offered(BEN)
    assert circle.room.entry(ANA) is None
    assert circle.presence(ANA) is Presence.REMOVED


def test_removing_somebody_who_has_just_shared_leaves_no_trace_of_them() -> None:
    circle = ana_speaks().press(Finish, ANA).happen(Remove(HANA, ANA, "Why."))
    assert circle.room.thanked is None
    assert circle.room.undos == ()
    assert circle.room.floor == Offered(BEN)


@pytest.mark.holds("circle:13")
def test_after_the_end_nothing_is_left_but_that_it_is_over() -> None:
    circle = with_sam_removed(ana_speaks()).happen(Lost(ANA)).press(MoveOn, HANA)
    circle.happen(MicOn(HANA), Leave(NOOR), End(HANA))
    assert circle.effects == (
        Heard(frozenset()),
        Ended(frozenset({HANA, KENJI, ANA, BEN, NOOR, LEE}), EndReason.FINISHED, frozenset({ANA})),
    )
    version = circle.room.version
    ended = Room(CALL, phase=Phase.ENDED, version=version)
    assert replace(circle.room, moved=0) == ended
    assert circle.refuses(knock(ANA)) == rules.ENDED
    assert circle.refuses(Restarted(frozenset())) == rules.ENDED


def test_goodbye_comes_once_nobody_has_the_floor() -> None:
    circle = a_round()
    assert circle.refuses(SayGoodbye(HANA, circle.room.version)) == rules.TURN_IS_ON
    for person in (ANA, BEN, NOOR):
        circle.press(Pass, person)
    assert circle.press(SayGoodbye, HANA).room.phase is Phase.GOODBYE
    assert circle.refuses(SayGoodbye(HANA, circle.room.version)) == rules.SAID_GOODBYE
    assert circle.refuses(TakeBack(ANA, circle.room.version)) == rules.NOTHING_TO_TAKE_BACK


@pytest.mark.holds("circle:8", "circle:11")
def test_a_circle_is_empty_only_after_thirty_known_minutes_without_anybody() -> None:
    circle = ana_speaks().happen(Leave(BEN), Leave(NOOR), Leave(LEE), Leave(KENJI))
    assert circle.wait(hours=1).refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.happen(Leave(ANA), Lost(HANA)).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.happen(Restarted(frozenset())).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.wait(minutes=1).happen(Empty())
    assert circle.room.phase is Phase.ENDED


def test_a_room_that_nobody_has_come_to_is_not_empty_it_is_unknown() -> None:
    assert Circle().wait(hours=3).refuses(Empty()) == rules.SOMEBODY_IS_HERE


@pytest.mark.holds("promise:1")
@pytest.mark.parametrize("start", [lobby, opening, a_round, ana_speaks])
def test_thirty_minutes_of_silence_change_nothing(start: Callable[[], Circle]) -> None:
    circle = start()
    room, sounding = circle.room, heard(circle.room)
    circle.wait(minutes=30)
    assert (circle.room, heard(circle.room)) == (room, sounding)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE


@pytest.mark.holds("circle:6")
def test_a_second_press_is_stale_once_the_floor_has_moved() -> None:
    circle = ana_speaks()
    seen = circle.room.version
    circle.happen(Finish(ANA, seen))
    assert circle.refuses(Finish(ANA, seen)) == STALE
    assert circle.refuses(Accept(BEN, seen, Mode.VOICE)) == STALE


@pytest.mark.holds("circle:6")
def test_somebody_elses_network_makes_no_press_stale() -> None:
    circle = ana_speaks()
    seen = circle.room.version
    circle.happen(Lost(BEN), Back(BEN), MicOn(HANA), Pause(ANA), Finish(ANA, seen))
    assert circle.statuses()["Ana"] is Status.DONE


def test_a_version_that_was_never_seen_is_stale() -> None:
    circle = ana_speaks()
    assert circle.refuses(Finish(ANA, circle.room.version + 1)) == STALE


HERE = UUID(int=700)  # a page


def presses(by: UUID, seen: int) -> dict[str, Event]:
    return {
        "leave": Leave(by),
        "start": Start(by),
        "read-guidelines": ReadGuidelines(by, seen),
        "begin-round": BeginRound(by, seen),
        "open-floor": OpenFloor(by, seen),
        "raise-hand": RaiseHand(by),
        "lower-hand": LowerHand(by),
        "begin-closing-round": BeginClosingRound(by, seen),
        "say-goodbye": SayGoodbye(by, seen),
        "set-prompt": SetPrompt(by, "What helps you rest?"),
        "set-order": SetOrder(by, Order.RANDOM),
        "end": End(by),
        "wait-more": WaitMore(by),
        "admit": Admit(by, STRANGER),
        "refuse": Refuse(by, STRANGER),
        "offer": Offer(by, seen, NOOR),
        "accept": Accept(by, seen, Mode.VOICE),
        "pass": Pass(by, seen),
        "later": Later(by, seen),
        "listen-only": ListenOnly(by, seen),
        "finish": Finish(by, seen),
        "take-back": TakeBack(by, seen),
        "move-on": MoveOn(by, seen),
        "nudge": Nudge(by, ANA),
        "move-up": MoveUp(by, NOOR),
        "move-down": MoveDown(by, BEN),
        "skip": Skip(by, NOOR),
        "add-again": AddAgain(by, ANA),
        "step-away": StepAway(by, seen),
        "come-back": ComeBack(by),
        "take-device": TakeDevice(by, HERE),
        "set-mode": SetMode(by, Mode.TYPED),
        "set-spot": SetSpot(by, Spot.EARLY),
        "set-wish": SetWish(by, Wish.IDEAS),
        "send-prepared": SendPrepared(by, seen),
        "acknowledge": Acknowledge(by, ANA, Ack.WITH_YOU),
        "reply": Reply(by, ANA),
        "show-card": ShowCard(by),
        "hide-card": HideCard(by),
        "pause": Pause(by),
        "resume": Resume(by),
        "say": Say(by),
        "tell": Tell(by),
        "help": Help(by),
        "opened": Opened(by, 7),
        "mic-on": MicOn(by),
        "mic-off": MicOff(by),
        "hold": Hold(by),
        "break": Break(by),
        "release": Release(by),
        "hand-over": HandOver(by, KENJI),
        "take-over": TakeOver(by),
        "mute": Mute(by, KENJI),
        "remove": Remove(by, NOOR, "Why."),
    }


ALWAYS = {"leave", "mic-off", "take-device"}
MEMBER = ALWAYS | {"tell", "help", "step-away"}
LEADS = {"set-order", "hold", "break", "end", "remove", "hand-over"} | ALWAYS
PLACES = {"move-up", "move-down"}
LINE = PLACES | {"skip"}
STEP = {"begin-round", "begin-closing-round", "say-goodbye", "set-prompt"}
ALLOWED: dict[tuple[str, str], set[str]] = {
    ("lobby", "Hana"): PLACES
    | {"set-order", "set-prompt", "start", "end", "remove", "hand-over"}
    | ALWAYS,
    ("lobby", "Ana"): MEMBER | {"set-spot", "listen-only"},
    ("lobby", "Lee"): MEMBER,
    ("opening", "Hana"): LEADS | STEP | PLACES | {"read-guidelines", "mic-on"},
    ("opening", "Kenji"): (LEADS - {"hand-over"}) | STEP | PLACES | {"read-guidelines", "mic-on"},
    ("opening", "Ana"): MEMBER | {"set-spot", "listen-only"},
    ("opening", "Lee"): MEMBER,
    ("offered to Ana", "Hana"): LEADS | LINE | {"offer", "move-on", "mic-on"},
    ("offered to Ana", "Ana"): MEMBER
    | {"accept", "send-prepared", "pass", "later", "set-spot", "listen-only"},
    ("offered to Ana", "Ben"): MEMBER | {"pass", "later", "set-spot", "listen-only"},
    ("offered to Ana", "Lee"): MEMBER,
    ("Ana speaks", "Hana"): LEADS | LINE | {"move-on", "pause", "mic-on", "nudge"},
    ("Ana speaks", "Ana"): MEMBER
    | {
        "finish",
        "pass",
        "later",
        "set-spot",
        "listen-only",
        "set-mode",
        "set-wish",
        "send-prepared",
        "pause",
        "mic-on",
    },
    ("Ana speaks", "Ben"): MEMBER | {"pass", "later", "set-spot", "listen-only"},
    ("Ana types", "Ana"): MEMBER
    | {
        "finish",
        "pass",
        "later",
        "set-spot",
        "listen-only",
        "set-mode",
        "set-wish",
        "send-prepared",
        "pause",
        "say",
    },
    ("Ana takes a moment", "Hana"): LEADS | LINE | {"move-on", "resume", "mic-on", "nudge"},
    ("Ana takes a moment", "Ana"): MEMBER
    | {
        "finish",
        "pass",
        "later",
        "set-spot",
        "listen-only",
        "set-mode",
        "set-wish",
        "send-prepared",
        "resume",
    },
    ("on hold", "Hana"): LEADS | LINE | {"release", "move-on", "pause", "mic-on", "nudge"},
    ("on hold", "Ana"): MEMBER
    | {"finish", "pass", "later", "set-spot", "listen-only", "set-mode", "set-wish", "pause"},
    ("on a break", "Hana"): (LEADS - {"break"})
    | LINE
    | {"release", "move-on", "pause", "mic-on", "nudge"},
    ("on a break", "Ana"): MEMBER
    | {"finish", "pass", "later", "set-spot", "listen-only", "set-mode", "set-wish", "pause"},
    ("Ana rests", "Ana"): (MEMBER - {"step-away"})
    | {"come-back", "set-spot", "listen-only", "pass", "take-back"},
    ("Ana has shared", "Hana"): LEADS
    | {"acknowledge", "move-on", "mic-on", "offer", "skip", "add-again"},
    ("Ana has shared", "Ana"): MEMBER | {"take-back", "set-spot", "listen-only"},
    ("Ana has shared", "Ben"): MEMBER
    | {"acknowledge", "accept", "send-prepared", "pass", "later", "set-spot", "listen-only"},
    ("everybody has shared", "Hana"): LEADS | STEP | PLACES | {"open-floor", "mic-on", "add-again"},
    ("an open floor", "Hana"): LEADS | STEP | {"mic-on"},
    ("an open floor", "Ana"): MEMBER | {"raise-hand", "set-spot", "listen-only"},
    ("an open floor", "Lee"): MEMBER,
    ("hands are up", "Hana"): LEADS | STEP | PLACES | {"mic-on", "offer"},
    ("hands are up", "Ben"): MEMBER | {"lower-hand", "pass", "later", "set-spot", "listen-only"},
    ("long without a facilitator", "Ben"): MEMBER
    | {"pass", "later", "set-spot", "listen-only", "end", "wait-more"},
    ("long without a facilitator", "Lee"): MEMBER | {"end", "wait-more"},
    ("goodbye", "Hana"): (LEADS - {"set-order"}) | {"mic-on"},
    ("goodbye", "Ana"): MEMBER | {"listen-only"},
    ("goodbye, and Ana is owed a turn", "Ana"): MEMBER | {"listen-only", "say", "send-prepared"},
}


def nobody_leads_for_long() -> Circle:
    """Ana was offered the floor, and both facilitators have been away for five minutes."""
    return a_round().happen(Lost(HANA), Leave(KENJI)).wait(minutes=5)


def owed_at_goodbye() -> Circle:
    circle = ana_speaks().happen(Lost(ANA)).press(MoveOn, HANA)
    for person in (BEN, NOOR, ANA):
        circle.press(Pass if person != ANA else MoveOn, person if person != ANA else HANA)
    return circle.press(SayGoodbye, HANA).happen(Back(ANA))


MOMENTS: dict[str, Callable[[], Circle]] = {
    "lobby": lobby,
    "opening": opening,
    "offered to Ana": a_round,
    "Ana speaks": ana_speaks,
    "Ana types": lambda: a_round().accept(ANA, Mode.TYPED),
    "Ana takes a moment": lambda: ana_speaks().happen(Pause(ANA)),
    "on hold": lambda: ana_speaks().happen(Hold(HANA)),
    "on a break": lambda: ana_speaks().happen(Break(HANA)),
    "Ana rests": lambda: a_round().press(StepAway, ANA),
    "everybody has shared": everybody_has_shared,
    "an open floor": open_floor,
    "hands are up": hands_are_up,
    "long without a facilitator": nobody_leads_for_long,
    "goodbye, and Ana is owed a turn": owed_at_goodbye,
    "Ana has shared": lambda: ana_speaks().press(Finish, ANA),
    "goodbye": lambda: opening().press(SayGoodbye, HANA),
}
WHO = {"Hana": HANA, "Kenji": KENJI, "Ana": ANA, "Ben": BEN, "Lee": LEE}


@pytest.mark.parametrize(("moment", "who"), ALLOWED)
def test_what_each_person_may_press_at_each_moment(moment: str, who: str) -> None:
    circle = MOMENTS[moment]()
    allowed = {
        name
        for name, event in presses(WHO[who], circle.room.version).items()
        if may(circle.room, event, circle.now)
    }
    assert allowed == ALLOWED[moment, who]


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize("moment", MOMENTS)
def test_strangers_the_removed_the_gone_and_those_who_wait_press_in_vain(moment: str) -> None:
    circle = with_sam_removed(MOMENTS[moment]())
    circle.happen(Leave(NOOR), knock(STRANGER, confirmed=False))
    nobody = UUID(int=99)
    why: dict[UUID, Reason] = {
        nobody: NOT_FOUND,
        SAM: rules.REMOVED,
        NOOR: rules.LEFT,
        STRANGER: rules.WAITING,
    }
    for person, reason in why.items():
        for name, event in presses(person, circle.room.version).items():
            if (person, name) not in {(STRANGER, "leave"), (STRANGER, "take-device")}:
                assert may(circle.room, event, circle.now).reason == reason


@pytest.mark.parametrize(
    ("moment", "event", "reason"),
    [
        (lobby, knock(ANA), rules.ALREADY_HERE),
        (lobby, Back(ANA), rules.NOTHING_CHANGED),
        (lobby, Lost(STRANGER), NOT_FOUND),
        (lobby, MicOn(HANA), rules.NOT_STARTED),
        (lobby, Hold(HANA), rules.NOT_STARTED),
        (lobby, Admit(HANA, ANA), rules.NOT_KNOCKING),
        (lobby, Refuse(HANA, STRANGER), rules.NOT_KNOCKING),
        (opening, Start(HANA), rules.ALREADY_STARTED),
        (opening, ListenOnly(LEE, 7), rules.NO_TURN),
        (opening, ListenOnly(HANA, 7), rules.NO_TURN),
        (opening, Pass(ANA, 7), rules.NO_ROUND),
        (opening, Pause(HANA), rules.FLOOR_FREE),
        (opening, Release(HANA), rules.NOT_ON_HOLD),
        (opening, Mute(HANA, STRANGER), rules.MIC_IS_OFF),
        (opening, Mute(HANA, KENJI), rules.MIC_IS_OFF),
        (opening, Remove(HANA, HANA, "Why."), rules.A_FACILITATOR),
        (opening, Remove(HANA, KENJI, "Why."), rules.A_FACILITATOR),
        (opening, Remove(HANA, STRANGER, "Why."), rules.NOT_HERE),
        (opening, Remove(HANA, ANA, "  "), rules.WHY_FIRST),
        (opening, Remove(ANA, BEN, "Why."), rules.FACILITATORS_ONLY),
        (a_round, BeginRound(HANA, 8), rules.TURN_IS_ON),
        (a_round, Offer(HANA, 8, ANA), rules.NOT_OFFERABLE),
        (a_round, Accept(BEN, 8, Mode.VOICE), rules.NOT_YOUR_TURN),
        (a_round, Pass(LEE, 8), rules.NO_TURN),
        (a_round, MicOn(BEN), rules.NOT_YOUR_TURN),
        (ana_speaks, Offer(HANA, 9, BEN), rules.FLOOR_TAKEN),
        (ana_speaks, Say(ANA), rules.NOT_TYPING),
        (ana_speaks, Say(BEN), rules.NOT_YOUR_TURN),
        (ana_speaks, Resume(ANA), rules.NOT_PAUSED),
        (ana_speaks, Pause(BEN), rules.NOT_YOUR_TURN),
        (ana_speaks, MoveOn(BEN, 9), rules.WAIT_FOR_THEM),
        (lambda: opening().press(ListenOnly, ANA), ListenOnly(ANA, 8), rules.ALREADY_LISTENING),
        (lambda: ana_speaks().happen(Pause(ANA)), Pause(HANA), rules.TAKING_A_MOMENT),
        (lambda: ana_speaks().happen(Hold(HANA)), MicOn(ANA), rules.ON_HOLD),
        (lambda: a_round().happen(Hold(HANA)), Accept(ANA, 9, Mode.VOICE), rules.ON_HOLD),
        (lambda: with_sam_removed(lobby()), Remove(HANA, SAM, "Why."), rules.NOT_HERE),
    ],
)
def test_every_no_has_its_own_reason(
    moment: Callable[[], Circle], event: Event, reason: Reason
) -> None:
    assert moment().refuses(event) == reason


@pytest.mark.parametrize(
    ("name", "payload", "event"),
    [
        ("leave", {}, Leave(ANA)),
        ("pass", {"seen": 3}, Pass(ANA, 3)),
        ("accept", {"seen": 3, "mode": "voice"}, Accept(ANA, 3, Mode.VOICE)),
        (
            "accept",
            {"seen": 3, "mode": "silence", "wish": "ideas"},
            Accept(ANA, 3, Mode.SILENCE, Wish.IDEAS),
        ),
        ("mute", {"person": str(BEN)}, Mute(ANA, BEN)),
        ("offer", {"seen": 0, "person": str(BEN)}, Offer(ANA, 0, BEN)),
        ("remove", {"person": str(BEN), "why": "x" * 500}, Remove(ANA, BEN, "x" * 500)),
        ("begin-round", {"seen": 1}, BeginRound(ANA, 1)),
    ],
)
def test_a_well_formed_press_is_read(name: str, payload: object, event: Event) -> None:
    assert parse(name, payload, by=ANA) == event


@pytest.mark.holds("asvs:35")
@pytest.mark.parametrize(
    ("name", "payload"),
    [
        ("knock", {}),
        ("say", {"text_id": str(CALL)}),
        ("restarted", {}),
        ("lost", {"person": str(BEN)}),
        ("unmute", {"person": str(BEN)}),
        ("pass", None),
        ("pass", [3]),
        ("pass", {}),
        ("pass", {"seen": True}),
        ("pass", {"seen": -1}),
        ("pass", {"seen": "3"}),
        ("pass", {"seen": 3.0}),
        ("pass", {"seen": 3, "by": str(BEN)}),
        ("leave", {"by": str(BEN)}),
        ("accept", {"seen": 3, "mode": "loud"}),
        ("mute", {"person": f"{{{BEN}}}"}),
        ("mute", {"person": "Ben"}),
        ("mute", {"person": 3}),
        ("begin-round", {"seen": 1, "prompt": "a\0b"}),
        ("begin-round", {"seen": 1, "prompt": "\ud800"}),
    ],
)
def test_anything_else_is_refused_in_words(name: str, payload: object) -> None:
    with pytest.raises(Refused) as refused:
        parse(name, payload, by=ANA)
    assert refused.value.reason == UNREADABLE
    assert refused.value.reason.status == 422


def test_too_long_is_refused_in_words() -> None:
    with pytest.raises(Refused) as refused:
        parse("begin-round", {"seen": 1, "prompt": "x" * 301}, by=ANA)
    assert refused.value.reason == TOO_LONG


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ({"words": " \n"}, NO_WORDS),
        ({"words": "x" * (LONGEST_WORDS + 1)}, TOO_LONG),
        ({"words": "x", "by": str(BEN)}, UNREADABLE),
        ({"words": 3}, UNREADABLE),
        ("words", UNREADABLE),
    ],
)
def test_words_that_cannot_be_taken_are_refused_in_words(payload: object, reason: Reason) -> None:
    with pytest.raises(Refused) as refused:
        parse_typed("say", payload, by=ANA)
    assert refused.value.reason == reason


def test_words_are_read_without_the_space_around_them() -> None:
    _, words = parse_typed("say", {"words": " I just said yes, please.\n"}, by=ANA)
    assert words == "I just said yes, please."


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.uuids().map(str),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)
keys = st.sampled_from(["seen", "person", "mode", "wish", "prompt", "why", "by"]) | st.text()


@given(st.sampled_from(sorted(EVENTS)) | st.text(), st.dictionaries(keys, values) | values)
def test_whatever_is_sent_becomes_an_event_of_the_sender_or_is_refused(
    name: str, payload: object
) -> None:
    assert answer(name, payload) in {422, EVENTS.get(name)}


def answer(name: str, payload: object) -> object:
    """The status of the refusal, or what kind of event of Ana's it is."""
    try:
        event = parse(name, payload, by=ANA)
    except Refused as refused:
        return refused.reason.status
    return type(event) if event.by == ANA else None


@pytest.mark.holds("circle:7")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_room_is_the_same_after_it_was_kept(moment: str) -> None:
    room = MOMENTS[moment]().happen(Lost(BEN)).room
    assert from_json(to_json(room)) == room


@pytest.mark.holds("circle:7")
def test_an_ended_and_a_paused_room_are_the_same_after_they_were_kept() -> None:
    paused = nobody_leads(ana_speaks()).wait(seconds=20).press(Finish, ANA)
    ended = ana_speaks().happen(End(HANA))
    for circle in (paused, ended):
        assert from_json(to_json(circle.room)) == circle.room


@pytest.mark.holds("F:F38")
def test_a_listener_is_never_in_line() -> None:
    circle = a_round().happen(knock(SAM, part=Part.LISTENER))
    assert circle.room.entry(SAM) is None


def test_away_is_measured_from_when_it_began() -> None:
    circle = a_round().happen(Lost(ANA))
    person = circle.room.person(ANA)
    assert person.is_away_past(timedelta(0), circle.now)
    assert not person.is_away_past(timedelta(seconds=1), circle.now)
