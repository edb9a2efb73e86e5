"""Pages of threads."""

from uuid import UUID

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now
from community.dystonia import topic
from community.groups import queries as groups_queries
from community.safety.rules import may_take_part
from community.threads import actions, queries
from community.threads.forms import EditForm, ReplyForm, ThreadForm
from community.threads.publish import tell_gone, tell_new
from community.threads.rules import Wish, may_edit, may_reply, may_take_back, page_of

bp = Blueprint("threads", __name__)


TOPIC = "topic"  # in the session: what somebody is about to write about


@bp.post("/threads/about")
def about() -> ResponseReturnValue:
    """Start a thread under this topic. It goes by POST, because no address may say what somebody
    writes about (promise 10)."""
    session[TOPIC] = request.form.get(TOPIC)
    return redirect(url_for(".start"))


@bp.route("/threads/new", methods=["GET", "POST"])
def start() -> ResponseReturnValue:
    """Start a thread; the group or the topic that led here is filled in."""
    me = current_actor()
    form = ThreadForm(data={TOPIC: session.get(TOPIC), "group": request.args.get("group")})
    form.offer(groups_queries.group_names(me))
    if not form.validate_on_submit():
        page = render_template("threads/start.html", form=form, may=may_take_part(me))
        return page, form.status
    group_id, wish = UUID(form.group.data), Wish(form.wish.data)
    with transaction():
        thread_id = actions.start(
            me, group_id, form.topic.data, form.title.data, wish, form.words.data, now=now()
        )
    session.pop(TOPIC, None)
    return redirect(url_for(".show", thread_id=thread_id))


@bp.get("/threads/<uuid:thread_id>")
def show(thread_id: UUID) -> ResponseReturnValue:
    """How the thread began, a page of replies, and the box to answer in."""
    return _page(thread_id, ReplyForm(formdata=None))


@bp.post("/threads/<uuid:thread_id>/replies")
def reply(thread_id: UUID) -> ResponseReturnValue:
    """Answer in a thread."""
    form = ReplyForm()
    if not form.validate_on_submit():
        return _page(thread_id, form), 422
    with transaction():
        sent = actions.reply(current_actor(), thread_id, form.words.data, now=now())
    tell_new(thread_id, sent.number)
    return redirect(_place(thread_id, sent.number, sent.post_id))


@bp.route("/posts/<uuid:post_id>/edit", methods=["GET", "POST"])
def edit(post_id: UUID) -> ResponseReturnValue:
    """Change one's own words. If they have changed since, what was typed is still there."""
    me = current_actor()
    post = queries.post(me, post_id)
    may_edit(me, post, now()).require()
    form = EditForm(data={"words": post.text, "version": post.version})
    if not form.validate_on_submit():
        return render_template("threads/edit.html", form=form, post=post), form.status
    try:
        with transaction():
            actions.edit(me, post_id, form.words.data, form.version.data, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        fresh = queries.post(me, post_id)
        return render_template("threads/edit.html", form=form, post=fresh, stale=True), 409
    return redirect(_place(post.thread_id, post.number, post.id))


@bp.get("/posts/<uuid:post_id>/take-back")
def ask_take_back(post_id: UUID) -> ResponseReturnValue:
    """Say what taking back means, before it is done."""
    me = current_actor()
    post = queries.post(me, post_id)
    may_take_back(me, post).require()
    return render_template("threads/take_back.html", post=post)


@bp.post("/posts/<uuid:post_id>/take-back")
def take_back(post_id: UUID) -> ResponseReturnValue:
    """Blank one's own words for good."""
    me = current_actor()
    with transaction():
        actions.take_back(me, post_id)
    post = queries.post(me, post_id)
    tell_gone(post)
    return redirect(_place(post.thread_id, post.number, post.id))


def _page(thread_id: UUID, form: ReplyForm) -> str:
    me = current_actor()
    thread = queries.thread(me, thread_id)
    after = min(request.args.get("after", 1, type=int), thread.replies + 1)
    posts = queries.posts(thread_id, after)
    return render_template(
        "threads/thread.html",
        thread=thread,
        topic=topic(thread.topic),
        posts=posts,
        after=after,
        newest=_place(thread_id, thread.replies + 2),
        form=form,
        may=may_reply(me, posts.opening, now()),
    )


def _place(thread_id: UUID, number: int, post_id: UUID | None = None) -> str:
    """The page that this number is on, at this post."""
    return url_for(
        ".show",
        thread_id=thread_id,
        after=page_of(number) if page_of(number) > 1 else None,
        _anchor=f"post-{post_id}" if post_id else None,
    )
