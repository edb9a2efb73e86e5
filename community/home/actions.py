"""What is done for a member across several domains."""

from datetime import datetime
from uuid import UUID

from community.calls.listing import queries as listing
from community.calls.rules.call import leads
from community.calls.rules.listing import Wish
from community.groups.claims import actor_of
from community.home.rules import MOST, WEEK, WeekAhead, monday_of
from community.notifications import queries as notifications_queries
from community.notifications.actions import tell
from community.notifications.rules import News


def tell_week(account_id: UUID, *, now: datetime) -> None:
    """Once a week: which calls have a free seat, and that there is news. Nothing, if nothing is."""
    me = actor_of(account_id, now=now)
    calls = [
        call
        for call in listing.calls_like(me, Wish(only_free=True), now=now).cards
        if now < call.starts_at < now + WEEK
        and call.mine is None
        and not call.waiting
        and not leads(call, me.id)
    ][:MOST]
    titles = tuple(call.title for call in calls)
    times = tuple(call.starts_at for call in calls)
    unseen = notifications_queries.unseen_since(account_id, now - WEEK)
    if calls or unseen:
        tell(
            account_id,
            WeekAhead(titles, times, unseen),
            about=News.WEEKLY,
            now=now,
            once=f"weekly:{account_id}:{monday_of(now, me.zone)}",
        )
