"""Telling open pages of a thread that its pace has changed."""

from uuid import UUID

from flask_babel import gettext as _

from community.core.sockets import publish
from community.threads.rules.posts import live_room


def tell_pace(thread_id: UUID) -> None:
    """In words without a time, because everybody has their own clocks; a press says when."""
    told = {"words": _("A moderator has changed how this thread goes on."), "press": _("Read how")}
    publish(live_room(thread_id), "pace", told)
