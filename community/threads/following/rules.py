"""How somebody hears of threads, and when the letter about them goes. Pure.

    place   among what’s new on My place. So it is until they choose
    mail    the same, and in one letter a day
    none    it rings no bell, and isn’t among what’s new

What they chose for a thread goes before what they chose for its topic.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from community.notifications.rules import Quiet, morning_of

GOES_WITHIN = timedelta(hours=2)  # if the site was down for longer, there is another day
LISTED_MOST = 50  # threads that one letter is about; the next one tells of the others


class Level(StrEnum):
    PLACE = "place"
    MAIL = "mail"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class FollowedNews:
    """There are new replies where somebody asked to hear. Which ones is for the page to say: they
    can be taken back."""


def day_of(now: datetime, zone: str) -> date:
    """The day that it is there."""
    return now.astimezone(ZoneInfo(zone)).date()


def is_time(now: datetime, zone: str, quiet: Quiet | None) -> bool:
    """Whether the letter of this day goes now: in their morning."""
    goes = morning_of(day_of(now, zone), zone, quiet)
    return goes <= now < goes + GOES_WITHIN
