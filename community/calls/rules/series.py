"""Calls that come again: on which days, when these are, and who may change that. Pure.

The days come of a rule of RFC 5545. It is followed on naive wall clocks, and only then a day gets
its instant in the zone of the series: 19:00 stays 19:00 when the clocks change.

A rhythm never changes. Another day or hour ends it, and begins a new one from there on.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekdays

from community.calls.rules.times import clocks_change_on, nearest_wall_time
from community.core.actor import Actor
from community.core.verdict import NOT_YOURS, YES, Reason, Verdict, no
from community.groups.rules import may_see_inside

AHEAD = timedelta(weeks=8)
"""How far ahead the calls of a series are there to sign up for."""

FIRST_LOOKED_AT = 10  # for what is in their way; eight weeks have nine Tuesdays at most
MOST_TIMES = 100
GOES_ON = timedelta(days=10 * 366)
LAST_OF_MONTH = -1
_EVERY_MONTH_HAS = 4  # of each weekday

NOT_THE_LAST = Reason(
    "not-the-last",
    "A month has this weekday again after that date. Choose the last one, or another rhythm.",
    422,
)
ENDS_BEFORE = Reason("ends-before", "The last day is before the first. Choose a later one.", 422)
ENDS_LATE = Reason(
    "ends-late", "The last day is over ten years away. Choose an earlier one, or none.", 422
)
TWO_ENDS = Reason("two-ends", "Choose a last day or a number of times, not both.", 422)
NEXT_IN_THE_PAST = Reason(
    "next-in-the-past",
    "The next of these calls would begin in the past. Change this one and those that follow.",
    422,
)
SAME_RHYTHM = Reason(
    "same-rhythm", "These calls come that often already. Choose another rhythm.", 422
)
NO_SUCH_DATE = Reason("no-such-date", "This series has no date to skip on that day.", 409)


class Every(StrEnum):
    """How often a call comes again."""

    WEEK = "week"
    TWO_WEEKS = "two-weeks"
    MONTH = "month"  # on the first, second, third or fourth of its weekday
    MONTH_LAST = "month-last"


class Scope(StrEnum):
    """Which calls of a series a change is for."""

    ONE = "one"
    FOLLOWING = "following"  # this one, and those that come after it
    ALL = "all"  # that are to come


class Kept(Protocol):
    """A series, as far as who looks after it goes."""

    @property
    def group_id(self) -> UUID: ...
    @property
    def facilitator_id(self) -> UUID | None: ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """On which days calls come, at which hour of which clocks."""

    every: Every
    first: date
    hour: time
    zone: str
    last: date | None = None  # none comes after this day

    @property
    def which(self) -> int | None:
        """Of a monthly rhythm: which of its weekday, 1 to 4, or the last."""
        match self.every:
            case Every.MONTH:
                return _which(self.first)
            case Every.MONTH_LAST:
                return LAST_OF_MONTH
            case _:
                return None

    def begins(self, day: date) -> datetime:
        """When the call of this day begins.

        In the hour that the clocks leap over in spring, it begins as much later as they leap. In
        autumn, when an hour comes twice, the first is meant. (RFC 5545, 3.3.5.)
        """
        return nearest_wall_time(day, self.hour, self.zone)

    def days(self, since: date, until: date) -> list[date]:
        """The days of this rhythm between these two, both among them."""
        found = self._rule().between(_midnight(since), _midnight(until), inc=True)
        return [day.date() for day in found]

    def next_days(self, since: date, count: int) -> list[date]:
        """That many days from this one on, or as many as there are."""
        found = self._rule().xafter(_midnight(since), count, inc=True)
        return [day.date() for day in found]

    def first_starts(self) -> list[datetime]:
        """When its first calls begin: those that are there to sign up for, and some more."""
        return [self.begins(day) for day in self.next_days(self.first, FIRST_LOOKED_AT)]

    @property
    def clocks_change_on(self) -> date | None:
        """The first day on which the clocks of its zone change, in its first year."""
        until = self.first + timedelta(days=366)
        return clocks_change_on(self.zone, self.first, min(self.last or until, until))

    def to_make(self, made: Collection[date], now: datetime) -> list[date]:
        """The days whose calls are missing: the first of all, and those that are not far ahead.

        A call that was made stays on its day, also when it was moved or cancelled since.
        """
        today = now.astimezone(ZoneInfo(self.zone)).date()
        ahead = self.days(today, max(today + AHEAD, self.first))
        return [day for day in ahead if day not in made and self.begins(day) > now]

    def _rule(self) -> rrule:
        """On days alone: the hour is added to each day when it is known."""
        first, last = _midnight(self.first), self.last and _midnight(self.last)
        if self.which is None:
            weeks = 2 if self.every is Every.TWO_WEEKS else 1
            return rrule(WEEKLY, dtstart=first, interval=weeks, until=last)
        weekday = weekdays[self.first.weekday()](self.which)
        return rrule(MONTHLY, dtstart=first, byweekday=weekday, until=last)


def rhythm_from(every: Every, first: date, hour: time, zone: str) -> Rhythm:
    """A rhythm from this day on. Not each month has a fifth Tuesday: the last is meant then."""
    has_none_each_month = every is Every.MONTH and _which(first) > _EVERY_MONTH_HAS
    return Rhythm(Every.MONTH_LAST if has_none_each_month else every, first, hour, zone)


def may_begin_on(every: Every, first: date) -> Verdict:
    """What comes on the last Tuesday begins on a last Tuesday."""
    return no(NOT_THE_LAST) if every is Every.MONTH_LAST and not _is_last(first) else YES


def may_end(first: date, last: date | None, times: int | None) -> Verdict:
    """On a day, after so many times, or not at all."""
    if last is not None and times is not None:
        return no(TWO_ENDS)
    if last is None:
        return YES
    if last < first:
        return no(ENDS_BEFORE)
    return YES if last <= first + GOES_ON else no(ENDS_LATE)


def last_of(rhythm: Rhythm, times: int) -> date:
    """The day on which a rhythm without an end has come so many times."""
    return rhythm.next_days(rhythm.first, times)[-1]


def changed(rhythm: Rhythm, since: date, at: date, to: datetime) -> Rhythm:
    """The rhythm from its day `since` on, when what comes on its day `at` comes at `to` instead,
    a time on its own wall clocks. As many are to come as before."""
    day = to.date()
    if rhythm.which is None:
        new = Rhythm(rhythm.every, since + (day - at), to.time(), rhythm.zone)
    else:
        is_last = rhythm.which == LAST_OF_MONTH and _is_last(day)
        every = Every.MONTH_LAST if is_last else Every.MONTH
        pattern = rhythm_from(every, day, to.time(), rhythm.zone)
        months = (since.year - at.year) * 12 + since.month - at.month
        new = replace(pattern, first=_months_later(pattern, months))
    if rhythm.last is None:
        return new
    return replace(new, last=last_of(new, len(rhythm.days(since, rhythm.last))))


def at_another_pace(rhythm: Rhythm, every: Every, since: date) -> Rhythm:
    """The rhythm from its day `since` on, when it comes that often instead. The hour stays, and
    so does the last day."""
    return replace(rhythm_from(every, since, rhythm.hour, rhythm.zone), last=rhythm.last)


def may_change_pace(rhythm: Rhythm, every: Every, since: date) -> Verdict:
    if not (beginning := may_begin_on(every, since)):
        return beginning
    is_same = at_another_pace(rhythm, every, since).every is rhythm.every
    return no(SAME_RHYTHM) if is_same else YES


def moved_days(old: Rhythm, new: Rhythm, since: date, until: date) -> dict[date, date]:
    """Which day of the new rhythm each of these days of the old one is."""
    days = old.days(since, until)
    return dict(zip(days, new.next_days(new.first, len(days)), strict=True))


def may_all_begin(begins: Sequence[datetime], now: datetime) -> Verdict:
    return YES if all(begin > now for begin in begins) else no(NEXT_IN_THE_PAST)


def may_change(actor: Actor, series: Kept) -> Verdict:
    """Whoever keeps the series, while they facilitate in its group, and the group’s owners."""
    is_theirs = actor.facilitates(series.group_id) and series.facilitator_id == actor.id
    keeps = is_theirs or actor.owns(series.group_id)
    return may_see_inside(actor, series.group_id) and (YES if keeps else no(NOT_YOURS))


def may_skip(
    actor: Actor, series: Kept, rhythm: Rhythm, day: date, made: Collection[date]
) -> Verdict:
    """A day whose call isn’t there yet. One that is there is cancelled."""
    is_free = day not in made and day in rhythm.days(day, day)
    return may_change(actor, series) and (YES if is_free else no(NO_SUCH_DATE))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _which(day: date) -> int:
    """1 for the first of its weekday in its month, up to 5."""
    return (day.day - 1) // 7 + 1


def _is_last(day: date) -> bool:
    return (day + timedelta(weeks=1)).month != day.month


def _months_later(rhythm: Rhythm, months: int) -> date:
    """The day of a monthly rhythm in another month, so many later."""
    weekday = weekdays[rhythm.first.weekday()](rhythm.which or LAST_OF_MONTH)
    edge = 31 if rhythm.which == LAST_OF_MONTH else 1  # relativedelta keeps within the month
    return rhythm.first + relativedelta(months=months, day=edge, weekday=weekday)
