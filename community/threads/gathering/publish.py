"""Telling open pages of a thread that its posts have moved, or that it asks for something else."""

from uuid import UUID

from flask_babel import gettext as _

from community.core.sockets import publish
from community.threads.rules.posts import live_room


def tell_arranged(thread_id: UUID) -> None:
    """Nothing moves by itself; a press shows how it is now."""
    _tell(thread_id, _("A moderator has moved some of these posts."))


def tell_asked_otherwise(thread_id: UUID) -> None:
    """Whoever began it has changed its title, or what they’d like from others."""
    _tell(thread_id, _("What this thread is called or asks for has changed."))


def _tell(thread_id: UUID, words: str) -> None:
    told = {"words": words, "press": _("See the thread")}
    publish(live_room(thread_id), "arranged", told)
