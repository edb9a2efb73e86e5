"""Who comes in, who waits outside, and who comes back. Pure."""

import pytest

from community.live.rules import reasons as rules
from community.live.rules.effects import NotAdmitted
from community.live.rules.events import Back, Lost
from community.live.rules.leading import (
    Admit,
    Refuse,
)
from community.live.rules.presses import (
    Finish,
    Leave,
    MicOn,
)
from community.live.rules.room import (
    Entry,
    Presence,
    Status,
    Way,
)
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    NOOR,
    SAM,
    Circle,
    a_round,
    ana_speaks,
    knock,
    lobby,
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


@pytest.mark.holds("circle:R6", "F:F84")
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


@pytest.mark.holds("F:F38")
def test_a_listener_is_never_in_line() -> None:
    circle = a_round().happen(knock(SAM, Way.LISTEN))
    assert circle.room.entry(SAM) is None
