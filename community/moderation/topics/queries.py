"""How much is written under tags. Every select of it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import and_, func, select

from community.core.db import db
from community.moderation.topics.rules import WITHIN, Use
from community.threads.apart import First
from community.threads.models import Thread, ThreadTag
from community.threads.shown import is_shown


def uses(now: datetime) -> Mapping[str, Use]:
    """What was begun under each tag lately, and is shown: without the threads of circles, and
    without what only its writer sees."""
    rows = db.session.execute(
        select(ThreadTag.tag, func.count(), func.count(Thread.author_id.distinct()))
        .join(Thread, Thread.id == ThreadTag.thread_id)
        .join(First, and_(First.thread_id == Thread.id, First.number == 1))
        .where(~ThreadTag.is_private, Thread.circle_id.is_(None), ~Thread.is_held)
        .where(Thread.started_at > now - WITHIN, is_shown(now, First))
        .group_by(ThreadTag.tag)
    )
    return {tag: Use(threads, authors) for tag, threads, authors in rows}
