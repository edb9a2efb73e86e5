"""Telling open pages of a thread that its posts have moved."""

from uuid import UUID

from flask_babel import gettext as _

from community.core.sockets import publish
from community.threads.rules.posts import live_room


def tell_arranged(thread_id: UUID) -> None:
    """Nothing moves by itself; a press shows how it is now."""
    told = {"words": _("A moderator has moved some of these posts."), "press": _("See the thread")}
    publish(live_room(thread_id), "arranged", told)
