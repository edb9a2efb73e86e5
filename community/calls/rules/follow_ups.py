"""The day after a call: whoever was there is asked, privately, how it landed. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from community.calls.rules.call import EndReason

LATER = timedelta(days=1)
HELPS_FOR = timedelta(days=3)
"""After that, as when the site was down, it would only bring back what has passed."""

_WAS_NO_CIRCLE = frozenset({EndReason.FACILITATOR_ABSENT, EndReason.EMPTY})


def to_follow_up(why: EndReason, came: Collection[UUID]) -> frozenset[UUID]:
    """Who is asked. Where there was no circle nobody is: who came then has had a letter already."""
    return frozenset() if why in _WAS_NO_CIRCLE else frozenset(came)


def helps(due_at: datetime, now: datetime) -> bool:
    """Whether there is any use in asking now what was to be asked then."""
    return now < due_at + HELPS_FOR
