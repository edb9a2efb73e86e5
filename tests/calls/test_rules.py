"""Who may do what with a call, as truth tables; time on somebody's own clocks."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.calls.rules.call import (
    CANCELLED,
    HAS_BEGUN,
    LOBBY_IS_OPEN,
    NOT_FACILITATOR,
    OVER,
    CallState,
    may_cancel,
    may_edit,
    may_hold,
    may_move_to,
    may_schedule,
    may_schedule_somewhere,
)
from community.calls.rules.seats import (
    ALREADY_IN,
    HOLDS_IT,
    IN_LINE,
    NO_SEAT,
    NOT_WAITING,
    SEATS_TAKEN,
    STANDBY_LATER,
    STARTED,
    TOO_MANY_SEATS,
    Roster,
    SeatState,
    may_give_up,
    may_have_seats,
    may_leave_line,
    may_sign_up,
    may_stand_by,
)
from community.calls.rules.times import (
    IN_THE_PAST,
    TOO_FAR,
    at_wall_time,
    lobby_opens_at,
    may_be_at,
    may_be_on,
    nearest_wall_time,
    weeks_ahead,
)
from community.core.actor import Actor, Role, Standing
from community.core.verdict import NOT_FOUND, NOT_YOURS, Reason
from community.safety.rules import GUIDELINES_FIRST

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
NECK = uuid4()


def person(*roles: Role, has_agreed: bool = True, group: UUID = NECK) -> Actor:
    held = MappingProxyType({group: frozenset({Role.MEMBER, *roles})})
    return Actor(uuid4(), "Somebody", Standing.ACTIVE, roles=held, has_agreed=has_agreed)


HANA = person(Role.FACILITATOR)
OWNER = person(Role.OWNER)
ANA = person()
NOOR = person(has_agreed=False)
STRANGER = person(Role.FACILITATOR, Role.OWNER, group=uuid4())


@dataclass(frozen=True)
class ACall:
    state: CallState = CallState.OPEN
    starts_at: datetime = NOW + timedelta(days=4)
    group_id: UUID = NECK
    facilitator_id: UUID | None = field(default=HANA.id)
    co_facilitator_id: UUID | None = None
    opens_days: int | None = None


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (HANA, None),
        (OWNER, None),
        (ANA, NOT_FACILITATOR),
        (STRANGER, NOT_FOUND),
        (person(Role.FACILITATOR, has_agreed=False), GUIDELINES_FIRST),
    ],
)
def test_facilitators_and_owners_schedule_calls_in_their_group(who: Actor, reason: Reason | None):
    assert may_schedule(who, NECK).reason == reason


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (HANA, None),
        (STRANGER, None),
        (ANA, NOT_FACILITATOR),
        (person(Role.OWNER, has_agreed=False), GUIDELINES_FIRST),
    ],
)
def test_whoever_looks_after_some_group_may_schedule_somewhere(who: Actor, reason: Reason | None):
    assert may_schedule_somewhere(who).reason == reason


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (HANA, None),
        (OWNER, None),
        (person(Role.FACILITATOR), NOT_YOURS),  # facilitates here, but not this call
        (ANA, NOT_YOURS),
        (STRANGER, NOT_FOUND),
    ],
)
def test_its_facilitator_and_the_owners_look_after_a_call(who: Actor, reason: Reason | None):
    for may in (may_hold, may_edit, may_cancel):
        assert may(who, ACall()).reason == reason


def test_whoever_no_longer_facilitates_looks_after_no_call():
    former = Actor(HANA.id, "Hana", Standing.ACTIVE, roles=ANA.roles, has_agreed=True)
    assert may_edit(former, ACall()).reason == NOT_YOURS


@pytest.mark.parametrize(
    ("state", "edit", "cancel"),
    [
        (CallState.OPEN, None, None),
        (CallState.LOBBY, LOBBY_IS_OPEN, None),
        (CallState.LIVE, HAS_BEGUN, HAS_BEGUN),
        (CallState.CLOSING, HAS_BEGUN, HAS_BEGUN),
        (CallState.ENDED, OVER, OVER),
        (CallState.CANCELLED, CANCELLED, CANCELLED),
    ],
)
def test_a_call_changes_until_its_lobby_opens_and_is_cancelled_until_it_begins(
    state: CallState, edit: Reason | None, cancel: Reason | None
):
    assert may_edit(HANA, ACall(state)).reason == edit
    assert may_cancel(HANA, ACall(state)).reason == cancel


@pytest.mark.parametrize(
    ("who", "call", "mine", "reason"),
    [
        (ANA, ACall(), None, None),
        (ANA, ACall(CallState.LOBBY), None, None),
        (STRANGER, ACall(), None, NOT_FOUND),
        (STRANGER, ACall(CallState.CANCELLED), None, NOT_FOUND),
        (HANA, ACall(), None, HOLDS_IT),
        (NOOR, ACall(), None, GUIDELINES_FIRST),
        (ANA, ACall(CallState.CANCELLED), None, CANCELLED),
        (ANA, ACall(CallState.ENDED), None, OVER),
        (ANA, ACall(CallState.LIVE), None, STARTED),
        (ANA, ACall(CallState.CLOSING), None, STARTED),
        (ANA, ACall(starts_at=NOW), None, STARTED),
        (ANA, ACall(), SeatState.CONFIRMED, ALREADY_IN),
        (ANA, ACall(), SeatState.WAITING, ALREADY_IN),
        (ANA, ACall(), SeatState.OFFERED, ALREADY_IN),
    ],
)
def test_members_who_agreed_sign_up_until_the_start(
    who: Actor, call: ACall, mine: SeatState | None, reason: Reason | None
):
    assert may_sign_up(who, call, mine, NOW).reason == reason


LATE = {"starts_at": NOW + timedelta(minutes=10)}


@pytest.mark.parametrize(
    ("who", "call", "mine", "reason"),
    [
        (ANA, ACall(**LATE), None, None),
        (ANA, ACall(**LATE), SeatState.WAITING, None),
        (ANA, ACall(CallState.LIVE, starts_at=NOW - timedelta(minutes=9)), None, None),
        (ANA, ACall(starts_at=NOW + timedelta(minutes=11)), None, STANDBY_LATER),
        (ANA, ACall(**LATE), SeatState.CONFIRMED, ALREADY_IN),
        (ANA, ACall(**LATE), SeatState.OFFERED, ALREADY_IN),
        (ANA, ACall(**LATE), SeatState.STANDBY, ALREADY_IN),
        (HANA, ACall(**LATE), None, HOLDS_IT),
        (NOOR, ACall(**LATE), None, GUIDELINES_FIRST),
        (STRANGER, ACall(**LATE), None, NOT_FOUND),
        (ANA, ACall(CallState.ENDED), None, OVER),
    ],
)
def test_whoever_has_no_seat_can_stand_by_from_ten_minutes_before_the_start(
    who: Actor, call: ACall, mine: SeatState | None, reason: Reason | None
):
    assert may_stand_by(who, call, mine, NOW).reason == reason


HELD = {
    may_give_up: ({SeatState.CONFIRMED}, NO_SEAT),
    may_leave_line: (IN_LINE, NOT_WAITING),
}


@pytest.mark.parametrize("may", HELD)
@pytest.mark.parametrize("mine", [None, *SeatState])
def test_people_change_only_what_they_have(may, mine: SeatState | None):
    needed, otherwise = HELD[may]
    assert may(ANA, ACall(), mine).reason == (None if mine in needed else otherwise)


@pytest.mark.parametrize("may", HELD)
def test_people_change_what_they_have_until_the_call_is_over(may):
    needed = min(HELD[may][0])
    assert may(ANA, ACall(CallState.LIVE, starts_at=NOW - timedelta(minutes=9)), needed)
    assert may(ANA, ACall(CallState.ENDED), needed).reason == OVER
    assert may(ANA, ACall(CallState.CANCELLED), needed).reason == CANCELLED
    assert may(STRANGER, ACall(), needed).reason == NOT_FOUND


@pytest.mark.holds("promise:5")
def test_a_call_keeps_at_least_the_seats_that_are_taken():
    signed = Roster(4).signed_up(ANA.id).signed_up(NOOR.id).signed_up(OWNER.id)
    assert may_have_seats(3, signed.taken, 10)
    assert may_have_seats(2, signed.taken, 10).reason == SEATS_TAKEN
    assert may_have_seats(11, signed.taken, 10).reason == TOO_MANY_SEATS


def test_a_call_is_scheduled_for_a_time_to_come():
    assert may_be_at(NOW + timedelta(seconds=1), NOW)
    assert may_be_at(NOW, NOW).reason == IN_THE_PAST
    assert may_be_at(NOW + timedelta(days=730), NOW)
    assert may_be_at(NOW + timedelta(days=733), NOW).reason == TOO_FAR


@given(day=st.dates(), hour=st.times(), zone=st.sampled_from(sorted(available_timezones())))
def test_whatever_day_may_be_has_an_instant_everywhere_and_no_other_could_be(
    day: date, hour: time, zone: str
):
    verdict = may_be_on(day, NOW)
    if not verdict:
        with suppress(OverflowError):
            assert may_be_at(nearest_wall_time(day, hour, zone), NOW).reason == verdict.reason
    else:
        assert nearest_wall_time(day, hour, zone)


@pytest.mark.parametrize("state", CallState)
def test_a_room_moves_its_call_forward_and_never_back(state: CallState):
    ways = {
        CallState.OPEN: {CallState.LOBBY, CallState.ENDED},
        CallState.LOBBY: {CallState.LIVE, CallState.ENDED},
        CallState.LIVE: {CallState.CLOSING, CallState.ENDED},
        CallState.CLOSING: {CallState.ENDED},
    }
    moves = {to for to in CallState if may_move_to(ACall(state), to)}
    assert moves == ways.get(state, set())


def test_an_hour_on_the_wall_is_an_instant():
    assert at_wall_time(date(2026, 12, 1), time(18, 30), "Europe/Berlin") == datetime(
        2026, 12, 1, 17, 30, tzinfo=UTC
    )


def test_the_hour_the_clocks_leap_over_does_not_exist():
    assert at_wall_time(date(2027, 3, 28), time(1, 30), "Europe/London") is None


def test_of_an_hour_that_comes_twice_the_first_is_meant():
    assert at_wall_time(date(2026, 10, 25), time(1, 30), "Europe/London") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Pacific/Apia"]
)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), ZONES)  # noqa: DTZ001
def test_the_clocks_on_the_wall_show_what_was_typed(wall: datetime, zone: str):
    instant = at_wall_time(wall.date(), wall.time(), zone)
    if instant is not None:
        assert instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == wall


def test_the_lobby_opens_earlier_for_facilitators():
    assert lobby_opens_at(NOW) == NOW - timedelta(minutes=15)
    assert lobby_opens_at(NOW, True) == NOW - timedelta(minutes=30)


@pytest.mark.parametrize(
    ("instant", "zone", "weeks"),
    [
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Europe/London", 0),
        (datetime(2026, 11, 22, 23, 30, tzinfo=UTC), "Europe/Berlin", 1),  # Monday there
        (datetime(2026, 11, 29, 12, 0, tzinfo=UTC), "Europe/London", 1),
        (datetime(2026, 11, 30, 12, 0, tzinfo=UTC), "Europe/London", 2),
        (datetime(2026, 11, 15, 23, 50, tzinfo=UTC), "Europe/London", 0),  # still on
    ],
)
def test_weeks_begin_on_monday_where_the_viewer_is(instant: datetime, zone: str, weeks: int):
    assert weeks_ahead(instant, zone, NOW) == weeks
