"""What somebody looks for in a thread. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from community.core.verdict import YES, Reason, Verdict, no

FOUND_A_PAGE = 25
SHEET_MOST = 500  # posts on one sheet; a longer thread goes on with the next

NOT_ON_PAPER = Reason(
    "not-on-paper",
    "What is written after a circle is erased when its days are over, so none of it goes on paper.",
    403,
)


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who wrote in a thread, as its reader has them: by a name, or by a made-up one."""

    name: str
    account_id: UUID | None  # None of a made-up name

    def key_in(self, thread_id: UUID) -> UUID:
        """What stands for them in an address. Of a made-up name it says nothing but that."""
        return self.account_id or uuid5(thread_id, self.name)


@dataclass(frozen=True, slots=True)
class Sought:
    """By whom, and on which day. Whatever is neither is nothing to look for."""

    writer: Writer | None = None
    day: date | None = None

    def __bool__(self) -> bool:
        return self.writer is not None or self.day is not None


def is_known(day: date) -> bool:
    """Whether clocks everywhere have this day and the days beside it."""
    return date.min.year < day.year < date.max.year


def span_of(day: date, zone: str) -> tuple[datetime, datetime]:
    """When this day begins and ends there."""
    begins, ends = (
        datetime.combine(each, time(), ZoneInfo(zone)).astimezone(UTC)
        for each in (day, day + timedelta(days=1))
    )
    return begins, ends


def may_print(*, is_of_circle: bool) -> Verdict:
    """A circle’s own thread is for a while only."""
    return no(NOT_ON_PAPER) if is_of_circle else YES
