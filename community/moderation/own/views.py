"""The page where a moderator decides about a post that nobody has reported."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import current_actor, now
from community.groups.guidelines.queries import in_group
from community.moderation.actions import Choice
from community.moderation.holds.rules import NOT_IN_IT, passages_of
from community.moderation.own import deciding, queries
from community.moderation.own.forms import AsideForm, OwnForm
from community.moderation.own.rules import may_look_after, may_set_aside, may_take_up
from community.moderation.reports.queries import was_left
from community.moderation.rules.case import APPEAL, Outcome
from community.moderation.rules.claims import NO_VERSION
from community.moderation.views import tell_decided
from community.safety.words.beside import show_help
from community.threads import queries as threads_queries
from community.threads.rules.rows import PostRow

bp = Blueprint("own", __name__)


@bp.route("/posts/<uuid:post_id>/look-after", methods=["GET", "POST"])
def decide(post_id: UUID) -> ResponseReturnValue:
    """Hide it, give it back or remove it. What is in the queue already is decided there."""
    post, open_id = _mine_to_look_after(post_id)
    form = OwnForm(in_group(post.group_id), data={"version": post.version})
    if open_id and not form.is_submitted():
        return redirect(url_for("moderation.case", item_id=open_id))
    if not form.validate_on_submit():
        return _page(post, open_id, form), form.status
    what = (Outcome(form.outcome.data), form.rule.data, form.why.data, form.note.data or "")
    choice = Choice(*what, form.version.data, passages_of(form.passages.data or ""))
    try:
        with transaction():
            deciding.decide(current_actor(), post_id, form.about.data, choice, now=now())
    except Refused as refused:
        if refused.reason is NOT_IN_IT:
            form.passages.errors = [_(refused.reason.text)]
            return _page(post, open_id, form), 422
        if refused.reason is not STALE:
            raise
        return _page(*_mine_to_look_after(post_id), form, stale=True), 409
    tell_decided(threads_queries.reviewed(post_id), choice.outcome)
    flash(_("It’s so from now on, and its writer has been written to."), "ok")
    return redirect(url_for("threads.show", thread_id=post.thread_id))


@bp.route("/posts/<uuid:post_id>/set-aside", methods=["GET", "POST"])
def set_aside(post_id: UUID) -> ResponseReturnValue:
    """Of what is written without a name: nobody else sees it until another moderator has read
    it."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_set_aside(me, post, now(), was_left=was_left(post)).require()
    form = AsideForm(data={"version": post.version})
    if not form.validate_on_submit():
        return _aside(post, form), form.status
    what = (post_id, form.about.data, form.words.data or "", form.version.data)
    try:
        with transaction():
            deciding.set_aside(me, *what, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        return _aside(threads_queries.post(me, post_id), form, stale=True), 409
    tell_decided(threads_queries.reviewed(post_id), Outcome.HIDE)
    flash(_("Nobody else sees it now. Another moderator reads it and decides."), "ok")
    show_help(form.words.data)
    return redirect(url_for("threads.show", thread_id=post.thread_id))


@bp.post("/posts/<uuid:post_id>/look-after/person")
def person(post_id: UUID) -> ResponseReturnValue:
    """Put it into the queue, and go on there to whoever wrote it."""
    version = request.form.get("version", type=int)
    if version is None:
        raise Refused(NO_VERSION)
    try:
        with transaction():
            item_id = deciding.take_up(current_actor(), post_id, version, now=now())
    except Refused as refused:
        if refused.reason is not STALE:
            raise
        flash(_("Something has changed since you opened that page. Please look again."))
        return redirect(url_for(".decide", post_id=post_id))
    return redirect(url_for("sanctions.person", item_id=item_id))


def _aside(post: PostRow, form: AsideForm, *, stale: bool = False) -> str:
    return render_template("moderation/set_aside.html", post=post, form=form, stale=stale)


def _mine_to_look_after(post_id: UUID) -> tuple[PostRow, UUID | None]:
    """The post, and its open item if there is one."""
    me = current_actor()
    post = threads_queries.post(me, post_id)
    may_look_after(me, post, now()).require()
    found = queries.come_upon(me, post, now())
    may_take_up(me, found.case, now()).require()
    return post, found.open_id


def _page(post: PostRow, open_id: UUID | None, form: OwnForm, *, stale: bool = False) -> str:
    return render_template(
        "moderation/look_after.html",
        post=post,
        open_id=open_id,
        form=form,
        stale=stale,
        appealable_until=now() + APPEAL,
    )
