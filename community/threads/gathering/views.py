"""Arranging a thread: pins, its topic, a thread of its own for some replies, two put together."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import STALE, Reason, Refused
from community.core.web import current_actor, now
from community.threads import queries as threads_queries
from community.threads.gathering import actions, parting, queries
from community.threads.gathering.forms import MergeForm, SplitForm, TopicForm
from community.threads.gathering.publish import tell_arranged
from community.threads.gathering.rules import (
    NOT_SHOWN_FIRST,
    Gathered,
    PinPlace,
    may_arrange,
    may_change_topic,
)
from community.threads.publish import tell_new
from community.threads.rules.posts import REPLIES_A_PAGE, Edge
from community.threads.rules.rows import PostRow, ThreadRow

bp = Blueprint("gathering", __name__, url_prefix="/threads/<uuid:thread_id>")


@bp.get("/arrange")
def show(thread_id: UUID) -> ResponseReturnValue:
    """What a moderator can do with a thread."""
    thread = _arranged(thread_id)
    pins = queries.pins_of(thread_id)
    return render_template(
        "threads/gathering/arrange.html", thread=thread, pins=pins, places=PinPlace
    )


@bp.post("/pin/<any(topic, group):place>")
def pin(thread_id: UUID, place: str) -> ResponseReturnValue:
    """At the top of a list."""
    with transaction():
        actions.pin(current_actor(), thread_id, PinPlace(place), now=now())
    flash(_("It’s pinned. Members of the group see it at the top."), "ok")
    return redirect(url_for(".show", thread_id=thread_id))


@bp.post("/unpin/<any(topic, group):place>")
def unpin(thread_id: UUID, place: str) -> ResponseReturnValue:
    """Among the others again."""
    with transaction():
        actions.unpin(current_actor(), thread_id, PinPlace(place), now=now())
    flash(_("It’s among the others again."), "ok")
    return redirect(url_for(".show", thread_id=thread_id))


@bp.route("/topic", methods=["GET", "POST"])
def move(thread_id: UUID) -> ResponseReturnValue:
    """Under another topic: by a moderator, or by whoever began it."""
    me = current_actor()
    thread = threads_queries.thread(me, thread_id)
    may_change_topic(me, _facts(thread)).require()
    form = TopicForm(data={"topic": thread.topic})
    if not form.validate_on_submit():
        return render_template("threads/gathering/move.html", form=form, thread=thread), form.status
    with transaction():
        actions.move(me, thread_id, form.topic.data, now=now())
    flash(_("The thread is under another topic now."), "ok")
    return redirect(url_for("threads.show", thread_id=thread_id))


@bp.route("/split", methods=["GET", "POST"])
def split(thread_id: UUID) -> ResponseReturnValue:
    """Some replies of a thread become a thread of their own. They can be ticked on several pages:
    a press leads from one to the next with what was ticked before."""
    me, thread = current_actor(), _arranged(thread_id)
    onward = request.form.get("onward", type=int)
    after = min(max(onward or request.args.get("after", 1, type=int), 1), thread.last)
    posts = threads_queries.posts(me, thread_id, after)
    form = SplitForm()
    form.offer({post.id: _said_of(post) for post in posts.replies})
    page = {"form": form, "thread": thread, "posts": posts, "after": after}
    page["earlier"] = max(after - REPLIES_A_PAGE, 1) if after > 1 else None
    if onward:
        return render_template("threads/gathering/split.html", **page)
    before = queries.parted(thread_id, form.chosen, form.title.data or "") if form.chosen else None
    if before:  # a second press
        return _apart(before)
    if not form.validate_on_submit():
        return render_template("threads/gathering/split.html", **page), form.status
    try:
        with transaction():
            new_id = parting.split(me, thread_id, form.chosen, form.title.data, now=now())
    except Refused as refused:
        return _again(refused, "threads/gathering/split.html", page)
    tell_arranged(thread_id)
    return _apart(new_id)


@bp.route("/merge", methods=["GET", "POST"])
def merge(thread_id: UUID) -> ResponseReturnValue:
    """Put its posts into another thread of its topic, in the same group."""
    me, before = current_actor(), queries.where_now(thread_id)
    if before and request.method == "POST":  # a second press
        return _together(_arranged(before).id)
    thread = _arranged(thread_id)
    older = request.args.get("older", type=Edge.read)
    near = threads_queries.threads_beside(me, thread, now(), older_than=older)
    form = MergeForm()
    form.offer({each.id: each.title for each in near.rows})
    page = {"form": form, "thread": thread, "near": near, "older": older}
    if not form.validate_on_submit():
        return render_template("threads/gathering/merge.html", **page), form.status
    into_id = UUID(form.into.data)
    try:
        with transaction():
            parting.merge(me, thread_id, into_id, now=now())
    except Refused as refused:
        return _again(refused, "threads/gathering/merge.html", page)
    tell_arranged(thread_id)
    tell_new(into_id)
    return _together(into_id)


def _apart(new_id: UUID) -> ResponseReturnValue:
    flash(_("The replies are in a thread of their own. Whoever wrote them is told."), "ok")
    return redirect(url_for("threads.show", thread_id=new_id))


def _together(into_id: UUID) -> ResponseReturnValue:
    flash(_("The posts are together now. The old address leads here."), "ok")
    return redirect(url_for("threads.show", thread_id=into_id))


def _again(refused: Refused, template: str, page: dict[str, object]) -> ResponseReturnValue:
    """What was chosen stays, where somebody can choose otherwise."""
    why: Reason = refused.reason
    if why not in (STALE, NOT_SHOWN_FIRST):
        raise refused
    return render_template(template, **page, why=why), why.status


def _arranged(thread_id: UUID) -> ThreadRow:
    me = current_actor()
    thread = threads_queries.thread(me, thread_id)
    may_arrange(me, _facts(thread)).require()
    return thread


def _facts(thread: ThreadRow) -> Gathered:
    """Of what somebody began without their name, only they are known to have begun it."""
    return Gathered(thread.group_id, thread.author_id, thread.erase_at is not None)


def _said_of(post: PostRow) -> str:
    name = post.author_name or _("Someone who has left")
    return _("%(number)d. %(name)s", number=post.number or 0, name=name)
