"""The bell: commit, then ring. It rings on pages that have a line to the server anyway."""

from typing import Any

from sqlalchemy import event

from community.core.db import db
from community.core.sockets import person_room, publish
from community.notifications.actions import RUNG


def _ring(session: Any) -> None:
    for account_id in session.info.pop(RUNG, ()):
        publish(person_room(account_id), "bell", {})


def _stay_silent(session: Any) -> None:
    session.info.pop(RUNG, None)


event.listen(db.session, "after_commit", _ring)
event.listen(db.session, "after_rollback", _stay_silent)
