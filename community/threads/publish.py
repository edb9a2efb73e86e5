"""Telling open thread pages what has been committed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from community.core.sockets import breathe, publish
from community.threads.rules.posts import live_room
from community.threads.rules.rows import PostRow


def tell_gone(post: PostRow) -> None:
    """This post isn't shown any more: it leaves open pages at once."""
    publish(live_room(post.thread_id), "post-gone", notice(post))


def tell_back(post: PostRow) -> None:
    """This post is shown again: open pages say so where it was."""
    told = {"post_id": str(post.id), "words": _("This is shown again."), "press": _("Read it")}
    publish(live_room(post.thread_id), "post-back", told)


def tell_changed(post: PostRow, now: datetime) -> None:
    """Its author changed it or took it back: if others saw it and don’t any more, it leaves."""
    if post.number and not post.is_shown(now):
        tell_gone(post)


def tell_noted(post: PostRow) -> None:
    """A moderator has put notes before this post, or taken theirs away: open pages say so before
    its words. Not which ones, because some would rather not read even that; a press shows the words
    as each reader chose to meet them."""
    told = {
        "post_id": str(post.id),
        "words": _("A moderator has changed the content notes here."),
        "press": _("Show it as you chose"),
        "url": url_for("threads.post", post_id=post.id),
    }
    publish(live_room(post.thread_id), "post-noted", told)


def tell_new(thread_id: UUID) -> None:
    """There is one more reply. Each page asks whether it is there for its reader, and offers it;
    nothing moves by itself."""
    publish(live_room(thread_id), "new-reply", {})
    breathe()  # all are told before the next page is drawn, for whoever wrote it


def notice(post: PostRow) -> dict[str, Any]:
    """What stands where the post was. Whose it was, it doesn’t say: each page puts in the name that
    it has there, and whoever keeps apart from its writer has none."""
    words = _(post.instead, name="{name}")
    return {"post_id": str(post.id), "number": post.number, "words": words}
