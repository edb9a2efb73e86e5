"""Kinds of news, the ways they reach somebody, the night in which letters wait, and quiet days.
Pure."""

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

NOT_SO_LONG = Reason("not-so-long", "Choose a day, three days, a week or two weeks.", 422)

QUIET_DAYS = (1, 3, 7, 14)
REMEMBERED = timedelta(days=7)  # how long My place says that quiet days are over

MUST_REACH = frozenset(
    {  # by their kind as letters, also in quiet days
        # one’s account
        "accounts/account_locked",
        "accounts/account_unlocked",
        "accounts/sign_in_link_asked",
        "privacy/account_erased",
        "privacy/account_leaving",
        "moderation/name_looked_up",
        "moderation/reporter_looked_up",
        # decisions about oneself
        "groups/roles_changed",
        "moderation/both_agreed",
        "moderation/call_decided",
        "moderation/hiding_over",
        "moderation/out_of_circle",
        "moderation/person_decided",
        "moderation/post_decided",
        "moderation/post_returned",
        "moderation/post_shown",
        "moderation/post_waits",
        "moderation/sanction_lifted",
        "moderation/share_decided",
        "threads/greeting_taken_away",
        # answers to what one asked, and to one’s call for help
        "moderation/appeal_answered",
        "moderation/help_seen",
        "moderation/help_wrote",
        "moderation/notice_received",
        "moderation/report_answered",
        "moderation/thought_of_you",
        # calls that one signed up for
        "calls/call_cancelled",
        "calls/call_moved",
        "calls/calls_cancelled",
        "calls/calls_changed_hands",
        "calls/calls_moved",
        "calls/facilitator_changed",
        # to whoever looks after others: somebody may need them now
        "moderation/cant_wait",
        "moderation/help_asked",
        "moderation/help_goes_up",
        "moderation/moderator_wanted",
    }
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


def may_be_quiet_for(days: int) -> Verdict:
    """A few days at a time; they can begin again."""
    return YES if days in QUIET_DAYS else no(NOT_SO_LONG)


def is_quiet(until: datetime | None, now: datetime) -> bool:
    """Whether somebody’s quiet days go on. They end by themselves."""
    return until is not None and now < until


def was_quiet(until: datetime | None, now: datetime) -> bool:
    """Whether they ended lately."""
    return until is not None and until <= now < until + REMEMBERED


def is_put_down(kind: str, quiet_until: datetime | None, now: datetime) -> bool:
    """Whether news of this kind waits under What’s new for the end of somebody’s quiet days."""
    return is_quiet(quiet_until, now) and kind not in MUST_REACH


def put_down(ways: Ways) -> Ways:
    """How such news comes: whatever would have told of it in any way stands there, and rings
    nowhere."""
    return Ways(by_mail=False, by_bell=ways.by_mail or ways.by_bell)


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
