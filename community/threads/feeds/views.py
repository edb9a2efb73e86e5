"""What’s new in threads for the feed reader that somebody has elsewhere, by a private address that
it reads without being signed in.

The key in that address is a sealed id, which no log has: a request is written down by its rule.
"""

from uuid import UUID

from flask import (
    Blueprint,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.seal import seal, unseal
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now, public, with_no_referrer
from community.groups.claims import actor_of
from community.threads.feeds import actions, queries
from community.threads.feeds.atom import Entry, drawn
from community.threads.rules.rows import ThreadRow

bp = Blueprint("feeds", __name__, url_prefix="/following/feed")

FEED = "thread feed"  # what the id in a private address is sealed for


@bp.get("")
def mine() -> ResponseReturnValue:
    """The private address of my feed, if I have one; and what is in it, before I make one."""
    feed_id = queries.feed_of(current_actor())
    address = _address(feed_id) if feed_id else None
    return with_no_referrer(render_template("threads/feed.html", address=address))


@bp.post("/start")
def start() -> ResponseReturnValue:
    """A private address, or a new one in the place of the one there was."""
    with transaction():
        actions.give_address(current_actor())
    flash(_("Your feed has an address. The one before, if there was one, is stopped."), "ok")
    return redirect(url_for(".mine"))


@bp.post("/stop")
def stop() -> ResponseReturnValue:
    with transaction():
        actions.stop(current_actor())
    flash(_("The address is stopped. What a feed reader has read already, it may keep."), "ok")
    return redirect(url_for(".mine"))


@bp.get("/<key>.xml")
@public
def feed(key: str) -> ResponseReturnValue:
    """Somebody’s feed, for whoever knows the address. Signed in or not makes no difference."""
    feed_id, at = unseal(FEED, key), now()
    owner = actor_of(queries.owner_of(feed_id), now=at)
    if not owner.is_active:
        raise Refused(NOT_FOUND)
    entries = [_entry(thread) for thread in queries.news_of(owner, at)]
    name = current_app.extensions["settings"].discreet_name
    answer = make_response(drawn(feed_id, name, _address(feed_id), entries, at))
    answer.mimetype = "application/atom+xml"
    answer.cache_control.private = answer.cache_control.no_cache = True
    answer.add_etag()
    return answer.make_conditional(request)


def _address(feed_id: UUID) -> str:
    return url_for(".feed", key=seal(FEED, feed_id), _external=True)


def _entry(thread: ThreadRow) -> Entry:
    link = url_for("threads.show", thread_id=thread.id, _external=True)
    return Entry(thread.id, thread.title or _("A thread"), link, thread.last_at)
