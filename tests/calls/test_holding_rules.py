"""Who holds a call: alone, together, or handed over. Truth tables."""

from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from community.calls.rules.call import (
    CANCELLED,
    HAS_BEGUN,
    IS_A_DRAFT,
    LOBBY_IS_OPEN,
    MOST_SEATS,
    MOST_SEATS_FOR_TWO,
    OVER,
    CallState,
    Format,
    leads,
    may_hold,
    may_see,
    most_seats,
)
from community.calls.rules.holding import (
    ALONE,
    ASKED_ALREADY,
    LEADS_ALREADY,
    NO_FACILITATOR,
    NOBODY_ASKED,
    NOT_ASKED,
    ROOM_FOR_ONE,
    TWO_ALREADY,
    Ask,
    may_accept,
    may_ask,
    may_be_asked,
    may_change_places,
    may_choose_holders,
    may_decline,
    may_part,
    may_take_back,
)
from community.core.actor import Actor, Role
from community.core.media import MESH
from community.core.verdict import NOT_FOUND, NOT_YOURS
from community.safety.rules import GUIDELINES_FIRST
from tests.calls.test_rules import ANA, HANA, NECK, OWNER, STRANGER, person

MORI = person(Role.FACILITATOR)  # holds it together with Hana
IDA = person(Role.FACILITATOR)  # facilitates too, but not this call


@dataclass(frozen=True)
class ACall:
    state: CallState = CallState.OPEN
    seats: int = 8
    group_id: UUID = NECK
    facilitator_id: UUID | None = HANA.id
    co_facilitator_id: UUID | None = None
    format: Format = Format.ANY


TWO = ACall(co_facilitator_id=MORI.id)
STATES = [
    (CallState.DRAFT, IS_A_DRAFT),
    (CallState.OPEN, None),
    (CallState.LOBBY, LOBBY_IS_OPEN),
    (CallState.LIVE, HAS_BEGUN),
    (CallState.CLOSING, HAS_BEGUN),
    (CallState.ENDED, OVER),
    (CallState.CANCELLED, CANCELLED),
]


def test_whoever_holds_it_leads_it_alone_or_with_another():
    assert [leads(TWO, one.id) for one in (HANA, MORI, IDA, OWNER)] == [True, True, False, False]
    assert not leads(ACall(facilitator_id=None), ANA.id)


@pytest.mark.holds("promise:10")
def test_a_draft_is_there_for_whoever_leads_it_only():
    draft = replace(TWO, state=CallState.DRAFT)
    seen = [may_see(one, draft).reason for one in (HANA, MORI, OWNER, IDA, ANA, STRANGER)]
    assert seen == [None, None, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND]
    assert may_hold(OWNER, draft).reason == NOT_FOUND


@pytest.mark.parametrize(
    ("who", "holds", "chooses"),
    [
        (HANA, None, None),
        (OWNER, None, None),
        (MORI, None, NOT_YOURS),
        (IDA, NOT_YOURS, NOT_YOURS),
        (ANA, NOT_YOURS, NOT_YOURS),
        (STRANGER, NOT_FOUND, NOT_FOUND),
    ],
)
def test_both_hold_it_and_the_facilitator_chooses_who_does(who: Actor, holds, chooses):
    assert may_hold(who, TWO).reason == holds
    assert may_choose_holders(who, TWO).reason == chooses


@pytest.mark.parametrize("ask", list(Ask))
@pytest.mark.parametrize(("state", "reason"), STATES)
def test_somebody_is_asked_and_says_yes_before_the_lobby_opens(ask: Ask, state, reason):
    assert may_ask(HANA, ACall(state), ask, is_asked=False).reason == reason
    expected = NOT_FOUND if state is CallState.DRAFT else reason  # nobody is asked about a draft
    assert may_accept(IDA, ACall(state), ask, IDA.id).reason == expected


def test_one_person_is_asked_at_a_time():
    assert may_ask(HANA, ACall(), Ask.INSTEAD, is_asked=True).reason == ASKED_ALREADY
    assert may_take_back(HANA, ACall(), is_asked=True)
    assert may_take_back(HANA, ACall(), is_asked=False).reason == NOBODY_ASKED
    assert may_take_back(ANA, ACall(), is_asked=True).reason == NOT_YOURS


@pytest.mark.parametrize(
    ("call", "together", "instead"),
    [
        (ACall(), None, None),
        (TWO, TWO_ALREADY, None),
        (ACall(seats=MOST_SEATS), ROOM_FOR_ONE, None),
        (ACall(seats=MOST_SEATS_FOR_TWO), None, None),
        (ACall(seats=200, format=Format.GATHERING), None, None),
    ],
)
def test_a_second_facilitator_needs_room(call: ACall, together, instead):
    assert may_ask(HANA, call, Ask.TOGETHER, is_asked=False).reason == together
    assert may_ask(HANA, call, Ask.INSTEAD, is_asked=False).reason == instead
    assert may_accept(IDA, call, Ask.TOGETHER, IDA.id).reason == together


def test_the_ceiling_counts_whoever_facilitates():
    for one in set(Format) - {Format.GATHERING}:
        alone, together = most_seats(one, for_two=False), most_seats(one, for_two=True)
        assert alone + 1 == together + 2 == MESH.voices


def test_only_another_facilitator_is_asked():
    assert may_be_asked(ACall(), IDA.id, facilitates=True)
    assert may_be_asked(ACall(), ANA.id, facilitates=False).reason == NO_FACILITATOR
    assert may_be_asked(ACall(), HANA.id, facilitates=True).reason == LEADS_ALREADY
    assert may_be_asked(TWO, MORI.id, facilitates=True).reason == LEADS_ALREADY


@pytest.mark.parametrize("ask", list(Ask))
def test_only_whoever_is_asked_answers(ask: Ask):
    for asked in (None, MORI.id):
        assert may_accept(IDA, ACall(), ask, asked).reason == NOT_ASKED
        assert may_decline(IDA, ACall(), asked).reason == NOT_ASKED
    assert may_decline(IDA, ACall(CallState.LIVE), IDA.id)
    assert may_accept(ANA, ACall(), ask, ANA.id).reason == NO_FACILITATOR
    new = person(Role.FACILITATOR, has_agreed=False)
    assert may_accept(new, ACall(), ask, new.id).reason == GUIDELINES_FIRST


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (CallState.OPEN, None),
        (CallState.LOBBY, None),
        (CallState.LIVE, None),
        (CallState.CLOSING, None),
        (CallState.ENDED, OVER),
        (CallState.CANCELLED, CANCELLED),
    ],
)
def test_the_two_change_places_also_while_the_circle_is_on(state: CallState, reason):
    assert may_change_places(HANA, replace(TWO, state=state)).reason == reason
    assert may_change_places(MORI, replace(TWO, state=state)).reason == NOT_YOURS
    if reason is None:
        assert may_change_places(HANA, ACall(state)).reason == ALONE


@pytest.mark.parametrize(("state", "reason"), STATES)
def test_either_of_the_two_ends_it_before_the_lobby_opens(state: CallState, reason):
    for who in (HANA, MORI):
        assert may_part(who, replace(TWO, state=state)).reason == reason
    assert may_part(IDA, TWO).reason == NOT_YOURS
    assert may_part(HANA, ACall()).reason == ALONE
