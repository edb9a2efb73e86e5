"""What I follow: the list, and the presses that choose how I hear of a thread or a topic."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.rules import is_local
from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.dystonia.topics import topic as topic_of
from community.notifications import queries as notifications_queries
from community.notifications.rules import News
from community.threads import queries as threads_queries
from community.threads.following import actions, queries
from community.threads.following.rules import Level

bp = Blueprint("following", __name__, url_prefix="/following")

AS_USUAL = "usual"  # in the place of a level: what was chosen ends


@bp.get("")
def index() -> ResponseReturnValue:
    """What is new where I asked to hear; and each thread and topic that I chose something for."""
    me = current_actor()
    chosen = queries.followed_by(me)
    threads = {each.thread_id: each for each in chosen if each.thread_id}
    return render_template(
        "threads/following.html",
        fresh=threads_queries.asked_to_hear(me, now()),
        threads=threads.values(),
        titles=threads_queries.titles(me, threads.keys(), now()),
        topics=[(each, topic) for each in chosen if (topic := topic_of(each.topic or ""))],
        is_mailed=notifications_queries.is_mailed(me.id, News.FOLLOWED),
        asks=any(each.level is Level.MAIL for each in chosen),
    )


@bp.post("/threads/<uuid:thread_id>")
def thread(thread_id: UUID) -> ResponseReturnValue:
    """Choose how I hear of a thread."""
    me, level = current_actor(), _level()
    with transaction():
        if level is None:
            actions.end_for_thread(me, thread_id)
        else:
            actions.follow_thread(me, thread_id, level, now=now())
    flash(_of_thread(level), "ok")
    return redirect(_back())


@bp.post("/topics")
def topic() -> ResponseReturnValue:
    """Choose how I hear of the threads of a topic. Which one is in no address."""
    me, level, slug = current_actor(), _level(), request.form.get("topic", "")
    with transaction():
        if level is None:
            actions.end_for_topic(me, slug)
        else:
            actions.follow_topic(me, slug, level, now=now())
    flash(_of_topic(level), "ok")
    return redirect(_back())


def _level() -> Level | None:
    """What was pressed. None ends what was chosen before."""
    pressed = request.form.get("level")
    if pressed == AS_USUAL:
        return None
    if pressed not in set(Level):
        raise Refused(NOT_FOUND)
    return Level(pressed)


def _of_thread(level: Level | None) -> str:
    match level:
        case Level.MAIL:
            return _("In the morning after a new reply you get one e-mail that says so.")
        case Level.PLACE:
            return _("This thread is among what’s new on My place.")
        case Level.NONE:
            return _("You won’t hear of this thread. You can still read it.")
        case None:
            return _("You hear of this thread as of others of its topic.")


def _of_topic(level: Level | None) -> str:
    match level:
        case Level.MAIL:
            return _("In the morning after something new here you get one e-mail that says so.")
        case Level.PLACE:
            return _("This topic is among what’s new on My place.")
        case Level.NONE:
            return _("You won’t hear of this topic. You can still read it.")
        case None:
            return _("You hear of this topic as you did before you chose.")


def _back() -> str:
    """The page that led here."""
    back = request.form.get("back", "")
    return back if is_local(back) else url_for(".index")
