"""Kinds of news, the ways they reach somebody, and the night in which letters wait. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import count
from zoneinfo import ZoneInfo

from community.core.verdict import YES, Reason, Verdict, no

KEPT = timedelta(days=90)  # how long news stays under What's new
PAGE = 20
LONGEST_NIGHT = timedelta(hours=16)
MORNING = time(8)

NIGHT_TOO_LONG = Reason(
    "night-too-long",
    "That leaves too little of the day for letters. Choose quiet hours of up to 16 hours.",
    422,
)


class News(StrEnum):
    """What somebody may choose about. Whatever is none of these is always told, in both ways."""

    CALLS = "calls"
    GROUPS = "groups"
    REPLIES = "replies"
    DAY_BEFORE = "day_before"  # a call of theirs
    HOUR_BEFORE = "hour_before"
    AT_START = "at_start"
    DAY_AFTER = "day_after"
    WEEKLY = "weekly"
    FOLLOWED = "followed"  # where they asked to hear, once a day


@dataclass(frozen=True, slots=True)
class Ways:
    """How one kind of news reaches somebody. Devices say that something is new under the bell, so
    that they say nothing of what isn’t there."""

    by_mail: bool
    by_bell: bool
    by_push: bool = False

    @property
    def on_devices(self) -> bool:
        return self.by_bell and self.by_push


ALWAYS = Ways(by_mail=True, by_bell=True, by_push=True)
NO_WAY = Ways(by_mail=False, by_bell=False)
UNCHOSEN = {
    News.CALLS: Ways(by_mail=True, by_bell=True, by_push=True),
    News.GROUPS: Ways(by_mail=True, by_bell=True, by_push=True),
    News.REPLIES: Ways(by_mail=False, by_bell=True, by_push=True),
    News.DAY_BEFORE: Ways(by_mail=True, by_bell=True, by_push=True),
    News.HOUR_BEFORE: Ways(by_mail=True, by_bell=True, by_push=True),
    News.AT_START: Ways(by_mail=False, by_bell=True, by_push=True),
    News.DAY_AFTER: Ways(by_mail=True, by_bell=True, by_push=True),
    News.WEEKLY: Ways(by_mail=False, by_bell=False),
    News.FOLLOWED: Ways(by_mail=True, by_bell=False),
}


def usual(about: News | None) -> Ways:
    """How this news comes to somebody who has chosen nothing. Without a kind it always comes."""
    return ALWAYS if about is None else UNCHOSEN[about]


@dataclass(frozen=True, slots=True)
class Quiet:
    """Somebody’s quiet hours, on their own clocks. They may pass midnight.

    Each day has one night. In an hour that the clocks leap over it begins or ends when they have
    leapt; in one that comes twice, at its first coming.
    """

    begins: time = time(22)
    ends: time = time(8)

    def night_of(self, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """When the night that begins on this day begins and ends. Empty if it ends first."""
        morning = day if self.begins < self.ends else day + timedelta(days=1)
        return (
            datetime.combine(day, self.begins, zone).astimezone(UTC),
            datetime.combine(morning, self.ends, zone).astimezone(UTC),
        )


USUAL_QUIET = Quiet()


def may_be_quiet(quiet: Quiet) -> Verdict:
    """Some of each day is left, for letters and for offers."""
    begins, ends = (datetime.combine(date.min, at) for at in (quiet.begins, quiet.ends))
    length = (ends - begins) % timedelta(days=1) or timedelta(days=1)
    return YES if length <= LONGEST_NIGHT else no(NIGHT_TOO_LONG)


def after_the_night(at: datetime, zone: str, quiet: Quiet | None) -> datetime:
    """This instant, or the morning after it if it is in the night. None has no night."""
    begins, ends = next(_nights(at, zone, quiet), (at, at))
    return ends if begins <= at else at


def morning_of(day: date, zone: str, quiet: Quiet | None) -> datetime:
    """When somebody’s morning of this day begins: at eight, or when their night ends after that."""
    return after_the_night(datetime.combine(day, MORNING, ZoneInfo(zone)), zone, quiet)


def goes_at(
    now: datetime, zone: str, quiet: Quiet | None, in_time_for: datetime | None = None
) -> datetime:
    """When a letter goes that is written now: after the night, or at once if that is too late."""
    morning = after_the_night(now, zone, quiet)
    return now if in_time_for is not None and morning >= in_time_for else morning


def before_the_night(at: datetime, zone: str, quiet: Quiet | None) -> datetime:
    """This instant, or the evening before it if it is in the night."""
    begins, _ = next(_nights(at, zone, quiet), (at, at))
    return min(begins, at)


def awake_time(since: datetime, until: datetime, zone: str, quiet: Quiet | None) -> timedelta:
    """How much of this time is not night."""
    awake = timedelta()
    for begins, ends in _nights(since, zone, quiet):
        if begins >= until or since >= until:
            break
        awake += max(begins - since, timedelta())
        since = ends
    return awake + max(until - since, timedelta())


def awake_later(at: datetime, by: timedelta, zone: str, quiet: Quiet | None) -> datetime:
    """When this much time has passed that is not night. Never in the night itself."""
    for begins, ends in _nights(at, zone, quiet):
        if at + by < begins:
            break
        by -= max(begins - at, timedelta())
        at = ends
    return at + by


def _nights(since: datetime, zone: str, quiet: Quiet | None) -> Iterator[tuple[datetime, datetime]]:
    """The nights that are not over at this instant, one after the other, for ever."""
    if quiet is None:
        return
    clocks = ZoneInfo(zone)
    eve = since.astimezone(clocks).date() - timedelta(days=2)
    for days in count():
        begins, ends = quiet.night_of(eve + timedelta(days=days), clocks)
        if begins < ends and since < ends:
            yield begins, ends
