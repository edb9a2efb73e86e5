"""How long what moderation writes down is kept. Pure.

    crisis: closed ─▶ a year ─▶ what was done, and what others wrote of it, is forgotten
    words of decisions, and all else that was written about their item: half a year, and until
        nothing of it is in force or open ─▶ erased; about whoever was erased: once it is closed
    record: sealed ─▶ three years ─▶ forgotten, behind an anchor
    decisions: the same, with their item, when nothing of it is in force or open

That a crisis was closed by two people stays with the decision that closed it: nobody can make that
one alone.
"""

from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta

from community.moderation.rules.case import APPEAL
from community.moderation.seals.rules import KEPT
from community.threads.rules.posts import WAITING, PostState

STEPS_KEPT = relativedelta(years=1)
BETWEEN_ANCHORS = timedelta(days=1)

KEPT_FROM_OTHERS = frozenset({PostState.HIDDEN, PostState.REMOVED, *WAITING})
"""Posts whose author may read why for as long as they are so."""


def steps_until(now: datetime) -> datetime:
    """What was done for somebody is forgotten where it was closed by then."""
    return now - STEPS_KEPT


def words_until(now: datetime) -> datetime:
    """What was written about a decision that was made by then is erased, as the copies are."""
    return now - APPEAL


def record_until(now: datetime) -> datetime:
    """What was sealed by then is forgotten."""
    return now - KEPT


def is_time(last: datetime | None, now: datetime) -> bool:
    """There is at most one anchor a day."""
    return last is None or last <= now - BETWEEN_ANCHORS
