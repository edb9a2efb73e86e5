"""How long a seat is held, as pure values: on anybody’s clocks, in any order of events."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from community.calls.rules.call import CANCELLED, MOST_SEATS, OVER, CallState
from community.calls.rules.offers import Offer, held_for, held_until
from community.calls.rules.seats import (
    CHOSEN_IN_THE_CIRCLE,
    HELD_LONGEST,
    NO_LISTENERS,
    NO_SEAT,
    NOT_OFFERED,
    OFFER_OVER,
    WEEK_FULL,
    Roster,
    SeatState,
    may_be_there_as,
    may_choose_part,
    may_have_another,
    may_keep_longer,
    may_let_go,
    may_take,
    state_at,
)
from community.calls.rules.times import week_of
from community.core.actor import Actor, Role, Standing
from community.core.verdict import NOT_FOUND, Reason
from community.notifications.rules import USUAL_QUIET, Quiet
from community.safety.rules import GUIDELINES_FIRST

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LONDON, BERLIN = "Europe/London", "Europe/Berlin"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NECK = uuid4()


def person(*, has_agreed: bool = True, group: UUID = NECK) -> Actor:
    held = MappingProxyType({group: frozenset({Role.MEMBER})})
    return Actor(uuid4(), "Somebody", Standing.ACTIVE, roles=held, has_agreed=has_agreed)


ANA, NOOR, STRANGER = person(), person(has_agreed=False), person(group=uuid4())


@dataclass(frozen=True)
class ACall:
    state: CallState = CallState.OPEN
    starts_at: datetime = NOON + 4 * DAY
    group_id: UUID = NECK
    facilitator_id: UUID | None = None
    co_facilitator_id: UUID | None = None
    listeners: bool = True


@pytest.mark.parametrize(
    ("away", "held"),
    [
        (30 * DAY, 12 * HOUR),
        (DAY, 12 * HOUR),
        (DAY - MINUTE, 2 * HOUR),
        (6 * HOUR, 2 * HOUR),
        (6 * HOUR - MINUTE, 30 * MINUTE),
        (2 * HOUR, 30 * MINUTE),
        (2 * HOUR - MINUTE, 10 * MINUTE),
        (20 * MINUTE, 10 * MINUTE),
    ],
)
def test_the_nearer_the_call_the_shorter_a_seat_is_held(away: timedelta, held: timedelta):
    assert held_for(NOON, NOON + away) == held


@pytest.mark.holds("promise:5")
@pytest.mark.parametrize(
    ("offered", "starts", "kept_longer", "until"),
    [  # on clocks in London, where November is UTC
        ("20 09:00", "24 19:00", False, "20 21:00"),
        ("20 12:00", "24 19:00", False, "21 10:00"),  # ten hours until ten, two after eight
        ("20 12:00", "24 19:00", True, "22 08:00"),
        ("20 23:00", "24 19:00", False, "21 20:00"),  # offered at night: the morning begins it
        ("21 03:00", "21 19:00", False, "21 10:00"),
        ("21 09:00", "21 19:00", False, "21 11:00"),
        ("21 09:00", "21 19:00", True, "21 13:00"),
        ("21 17:30", "21 19:00", False, "21 17:40"),
        ("21 18:45", "21 19:00", False, "21 18:50"),
        ("21 18:35", "21 19:00", True, "21 18:50"),  # longer, and no longer than until standby
        ("21 03:00", "21 07:00", False, "21 06:50"),  # the call itself is in their night
    ],
)
def test_a_seat_is_held_while_they_are_awake_and_until_standby_opens_at_most(
    offered: str, starts: str, kept_longer: bool, until: str
):
    began, call, ends = (
        datetime.strptime(f"2026-11-{each}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
        for each in (offered, starts, until)
    )
    assert held_until(began, call, LONDON, USUAL_QUIET, kept_longer=kept_longer) == ends


def test_the_night_is_theirs_and_not_the_servers():
    nine = datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    held = held_until(nine, nine + 7 * HOUR, "America/New_York", USUAL_QUIET)
    assert held == nine + 2 * HOUR
    assert held_until(nine, nine + 30 * HOUR, BERLIN, None) == nine + 12 * HOUR
    own = Quiet(time(23), time(6))
    assert held_until(nine, nine + 48 * HOUR, BERLIN, own) == nine + 19 * HOUR


ZONES = st.sampled_from(
    ["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Cairo",
     "America/Nuuk", "Pacific/Apia", "UTC"]
)  # fmt: skip
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def is_night(instant: datetime, zone: str) -> bool:
    clock = instant.astimezone(ZoneInfo(zone)).time()
    return clock >= time(22) or clock < time(8)


@pytest.mark.holds("promise:5")
@given(INSTANTS, st.timedeltas(11 * MINUTE, 40 * DAY), ZONES, st.booleans())
def test_no_night_ends_an_offer_and_standby_ends_them_all(
    offered_at: datetime, away: timedelta, zone: str, kept_longer: bool
):
    starts_at = offered_at + away
    until = held_until(offered_at, starts_at, zone, USUAL_QUIET, kept_longer=kept_longer)
    at_the_door = starts_at - 10 * MINUTE
    assert offered_at < until <= at_the_door
    assert until == at_the_door or not is_night(until, zone)
    shorter = held_until(offered_at, starts_at, zone, USUAL_QUIET)
    assert shorter <= until
    assert until in (shorter, at_the_door) if not kept_longer else True


OFFER = Offer(until=NOON + HOUR, longer=NOON + 3 * HOUR)
KEPT = Offer(until=NOON + 3 * HOUR, longer=NOON + 3 * HOUR)


@pytest.mark.parametrize(
    ("may", "who", "call", "offer", "now", "reason"),
    [
        (may_take, ANA, ACall(), OFFER, NOON, None),
        (may_take, ANA, ACall(), OFFER, NOON + HOUR - timedelta(seconds=1), None),
        (may_take, ANA, ACall(), OFFER, NOON + HOUR, OFFER_OVER),
        (may_take, ANA, ACall(), None, NOON, NOT_OFFERED),
        (may_take, NOOR, ACall(), OFFER, NOON, GUIDELINES_FIRST),
        (may_take, STRANGER, ACall(), OFFER, NOON, NOT_FOUND),
        (may_take, ANA, ACall(CallState.CANCELLED), OFFER, NOON, CANCELLED),
        (may_take, ANA, ACall(CallState.ENDED), OFFER, NOON, OVER),
        (may_let_go, NOOR, ACall(), OFFER, NOON, None),
        (may_let_go, ANA, ACall(), OFFER, NOON + HOUR, OFFER_OVER),
        (may_let_go, ANA, ACall(), None, NOON, NOT_OFFERED),
        (may_let_go, STRANGER, ACall(), OFFER, NOON, NOT_FOUND),
        (may_keep_longer, ANA, ACall(), OFFER, NOON, None),
        (may_keep_longer, NOOR, ACall(), OFFER, NOON, None),
        (may_keep_longer, ANA, ACall(), KEPT, NOON, HELD_LONGEST),
        (may_keep_longer, ANA, ACall(), OFFER, NOON + HOUR, OFFER_OVER),
        (may_keep_longer, ANA, ACall(), None, NOON, NOT_OFFERED),
        (may_keep_longer, STRANGER, ACall(), OFFER, NOON, NOT_FOUND),
    ],
)
def test_an_offer_is_answered_until_it_ends(
    may, who: Actor, call: ACall, offer: Offer | None, now: datetime, reason: Reason | None
):
    assert may(who, call, offer, now).reason == reason


def test_what_somebody_has_is_told_by_the_clock_and_not_by_who_came_by():
    starts_at, until = NOON + DAY, NOON + 2 * HOUR
    offered = SeatState.OFFERED
    assert state_at(offered, until, starts_at, NOON) is offered
    assert state_at(offered, until, starts_at, until) is None
    late = starts_at - 10 * MINUTE
    assert state_at(offered, late, starts_at, late) is SeatState.WAITING
    assert state_at(SeatState.WAITING, None, starts_at, late) is SeatState.WAITING
    assert state_at(None, None, starts_at, late) is None


def test_listening_alone_is_for_calls_that_welcome_it():
    assert may_be_there_as(listens=True, call=ACall())
    assert may_be_there_as(listens=False, call=ACall(listeners=False))
    assert may_be_there_as(listens=True, call=ACall(listeners=False)).reason == NO_LISTENERS


@pytest.mark.parametrize(
    ("who", "call", "mine", "listens", "reason"),
    [
        (ANA, ACall(), SeatState.CONFIRMED, True, None),
        (NOOR, ACall(), SeatState.OFFERED, True, None),
        (ANA, ACall(state=CallState.LOBBY), SeatState.WAITING, False, None),
        (ANA, ACall(listeners=False), SeatState.CONFIRMED, False, None),
        (ANA, ACall(listeners=False), SeatState.CONFIRMED, True, NO_LISTENERS),
        (ANA, ACall(), None, True, NO_SEAT),
        (ANA, ACall(state=CallState.LIVE), SeatState.CONFIRMED, True, CHOSEN_IN_THE_CIRCLE),
        (ANA, ACall(state=CallState.ENDED), SeatState.CONFIRMED, True, OVER),
        (STRANGER, ACall(), SeatState.CONFIRMED, True, NOT_FOUND),
    ],
)
def test_until_the_circle_begins_somebody_chooses_again_whether_they_listen(
    who: Actor, call: ACall, mine: SeatState | None, listens: bool, reason: Reason | None
):
    assert may_choose_part(who, call, mine, listens).reason == reason


@pytest.mark.parametrize(
    ("has", "most", "reason"), [(9, None, None), (1, 2, None), (2, 2, WEEK_FULL)]
)
def test_a_group_may_limit_the_calls_of_a_week(has: int, most: int | None, reason: Reason | None):
    assert may_have_another(has, most).reason == reason


def test_a_week_is_as_long_as_its_days_where_somebody_lives():
    begins, ends = week_of(datetime(2027, 3, 27, 12, 0, tzinfo=UTC), LONDON)
    assert begins == datetime(2027, 3, 22, 0, 0, tzinfo=UTC)
    assert ends == datetime(2027, 3, 28, 23, 0, tzinfo=UTC)  # the clocks go forward on Sunday


def at_the_door(seats: int, *people: UUID) -> Roster:
    roster = Roster(seats)
    for one in people:
        roster = roster.signed_up(one)
    return Roster(roster.seats, roster.end, roster.places, at_the_door=True)


ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))


def test_what_nobody_answered_goes_to_the_next_and_they_are_out_of_the_line():
    roster = Roster(1).signed_up(ONE).signed_up(TWO).signed_up(THREE).left(ONE).unanswered([TWO])
    assert roster.state_of(TWO) is None
    assert roster.who(SeatState.OFFERED) == (THREE,)


def test_once_standby_is_open_whoever_did_not_answer_is_at_their_old_place_and_nothing_is_offered():
    offered = Roster(1).signed_up(ONE).signed_up(TWO).signed_up(THREE).left(ONE)
    roster = Roster(offered.seats, offered.end, offered.places, at_the_door=True).unanswered([TWO])
    assert roster.line == (TWO, THREE)
    assert roster.taken == 0
    assert roster.stood_by(THREE).state_of(THREE) is SeatState.CONFIRMED


def test_once_standby_is_open_a_seat_goes_to_the_first_in_line_who_is_there():
    roster = at_the_door(1, ONE, TWO, THREE, FOUR).stood_by(FOUR).stood_by(THREE).left(ONE)
    assert roster.state_of(THREE) is SeatState.CONFIRMED
    assert roster.who(SeatState.WAITING) == (TWO,)
    assert roster.who(SeatState.STANDBY) == (FOUR,)


def test_once_standby_is_open_a_free_seat_is_for_whoever_comes():
    roster = at_the_door(1, ONE, TWO).left(ONE).signed_up(THREE)
    assert roster.state_of(THREE) is SeatState.CONFIRMED
    assert roster.state_of(TWO) is SeatState.WAITING


class Evenings(RuleBasedStateMachine):
    """People of four zones come, go, answer, or don’t, and time goes on until the call begins.

    What the actions do with rows is done here with two dictionaries.
    """

    zones = (LONDON, "America/New_York", "Asia/Kolkata", "Pacific/Apia")

    def __init__(self) -> None:
        super().__init__()
        self.now = NOON
        self.starts_at = NOON + 40 * HOUR
        self.roster = Roster(2)
        self.until: dict[UUID, datetime] = {}
        self.since: dict[UUID, datetime] = {}
        self.numbers: dict[UUID, int] = {}  # of everybody in line, as they were given
        self.people = 0

    def zone(self, who: UUID) -> str:
        return self.zones[who.int % 4]

    def follow(self, roster: Roster) -> None:
        self.roster = roster
        held = roster.who(SeatState.OFFERED)
        for who in [each for each in held if each not in self.until]:
            self.since[who] = self.now
            self.until[who] = held_until(self.now, self.starts_at, self.zone(who), USUAL_QUIET)
        self.until = {who: until for who, until in self.until.items() if who in held}

    def newcomer(self) -> UUID:
        self.people += 1
        return UUID(int=self.people)

    def somebody(self, data: st.DataObject, *states: SeatState) -> UUID:
        return data.draw(st.sampled_from([w for s in states for w in self.roster.who(s)]))

    @rule(is_first=st.booleans())
    def sign_up(self, is_first: bool) -> None:
        self.follow(self.roster.signed_up(self.newcomer(), is_first=is_first))

    @precondition(lambda self: self.roster.places)
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        self.follow(self.roster.left(self.somebody(data, *SeatState)))

    @precondition(lambda self: self.until)
    @rule(data=st.data())
    def take(self, data: st.DataObject) -> None:
        self.follow(self.roster.took_it(self.somebody(data, SeatState.OFFERED)))

    @precondition(lambda self: self.until)
    @rule(data=st.data())
    def keep_longer(self, data: st.DataObject) -> None:
        who = self.somebody(data, SeatState.OFFERED)
        longer = held_until(
            self.since[who], self.starts_at, self.zone(who), USUAL_QUIET, kept_longer=True
        )
        assert longer >= self.until[who]
        self.until[who] = longer

    @rule(data=st.data())
    def resize(self, data: st.DataObject) -> None:
        least = max(1, self.roster.taken)
        self.follow(self.roster.resized(data.draw(st.integers(least, MOST_SEATS))))

    @precondition(lambda self: self.roster.at_the_door)
    @rule(data=st.data())
    def stand_by(self, data: st.DataObject) -> None:
        waiting = [*self.roster.who(SeatState.WAITING), self.newcomer()]
        self.follow(self.roster.stood_by(data.draw(st.sampled_from(waiting))))

    @rule(by=st.sampled_from([MINUTE, 10 * MINUTE, HOUR, 5 * HOUR, DAY]))
    def time_goes_on(self, by: timedelta) -> None:
        self.now = min(self.now + by, self.starts_at)
        over = [who for who, until in self.until.items() if until <= self.now]
        for who in over:
            is_last = self.until[who] == self.starts_at - 10 * MINUTE
            assert is_last or not is_night(self.until[who], self.zone(who))
        is_open = self.now >= self.starts_at - 10 * MINUTE
        at = Roster(self.roster.seats, self.roster.end, self.roster.places, is_open)
        self.follow(at.unanswered(over))

    @invariant()
    def seats_and_live_offers_are_no_more_than_there_are(self) -> None:
        confirmed = len(self.roster.who(SeatState.CONFIRMED))
        assert confirmed + len(self.until) == self.roster.taken <= self.roster.seats

    @invariant()
    def nobody_waits_while_a_seat_is_neither_taken_nor_offered(self) -> None:
        waits = self.roster.line
        if self.roster.at_the_door:
            waits = self.roster.who(SeatState.STANDBY)
        assert self.roster.taken == self.roster.seats or not waits

    @invariant()
    def the_line_is_total_and_kept(self) -> None:
        numbers = {place.who: place.number for place in self.roster.places}
        assert len(set(numbers.values())) == len(numbers)
        assert all(self.numbers.get(who, number) == number for who, number in numbers.items())
        self.numbers |= numbers
        first = {place.who: place.is_first for place in self.roster.places}
        in_order = sorted(self.roster.line, key=lambda who: (not first[who], numbers[who]))
        assert list(self.roster.line) == in_order

    @invariant()
    def every_offer_is_live_and_ends_before_standby_opens(self) -> None:
        for until in self.until.values():
            assert self.now < until <= self.starts_at - 10 * MINUTE


test_whatever_happens_before_a_call_every_offer_keeps_its_word = pytest.mark.holds(
    "promise:5", "circle:4"
)(Evenings.TestCase)
