"""It is time: devices are told. No transaction is open while a push service takes its time."""

from datetime import datetime, timedelta

import structlog

from community.core.db import transaction
from community.core.jobs import Job
from community.core.ports import PushFailed, PushGone
from community.core.web import ports
from community.notifications.push import actions, queries
from community.notifications.push.models import PushSubscription

log = structlog.get_logger()

BATCH = 20


def push(now: datetime) -> None:
    """Tell every device that something waits for."""
    if ports().pusher.public_key is None:
        return
    for browser_id in queries.due(now, BATCH):
        with transaction():
            claimed = actions.claim(browser_id, now=ports().clock.now())
        if claimed is not None:
            _tell(claimed)


def _tell(claimed: PushSubscription) -> None:
    pusher, clock = ports().pusher, ports().clock
    try:
        pusher.send(claimed.endpoint, claimed.key, claimed.secret, now=clock.now())
    except PushGone as gone:
        with transaction():
            actions.unsubscribe(claimed.browser_id)
        log.info("push: device gone", why=str(gone))
    except PushFailed as failed:
        _not_told(claimed, str(failed))
    except Exception:  # ours; and one that can't be told must not stop the others
        log.exception("push not sent")
        _not_told(claimed, "our fault")
    else:
        with transaction():
            actions.arrived(claimed)


def _not_told(claimed: PushSubscription, why: str) -> None:
    with transaction():
        is_over = actions.did_not_arrive(claimed, why, now=ports().clock.now())
    if is_over:
        log.error("push given up", why=why)


JOBS = (Job("push", timedelta(seconds=10), push),)
