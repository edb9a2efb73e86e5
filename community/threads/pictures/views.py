"""Pages of pictures: add one, say what it shows, take it out, see it; and the files themselves."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import Refused
from community.core.web import current_actor, now, takes_files
from community.threads import queries as threads_queries
from community.threads.pictures import actions, queries
from community.threads.pictures.forms import DescribeForm, PictureForm
from community.threads.pictures.redrawing import redraw
from community.threads.pictures.rules import (
    BYTES_MOST,
    NO_PICTURE,
    REQUEST_MOST,
    TOO_HEAVY,
    TOO_LARGE,
    Size,
)
from community.threads.publish import tell_changed
from community.threads.rules.drafts import NEW_THREAD, Place

bp = Blueprint("pictures", __name__, url_prefix="/pictures")

ADD = "picture"  # a press beside words that are being written


def onward(place: Place, pressed: str | None) -> str | None:
    """Where a press beside words that are being written leads: to add a picture, or to one that
    waits there."""
    if pressed == ADD:
        return _adding(place)
    try:
        return url_for("pictures.own", picture_id=UUID(pressed or ""))
    except ValueError:
        return None


def writing(place: Place) -> str:
    """The page where words are being written."""
    if place.post_id:
        return url_for("threads.edit", post_id=place.post_id)
    if place.thread_id:
        return url_for("threads.show", thread_id=place.thread_id, _anchor="reply")
    return url_for("threads.start")


@bp.route("/new", methods=["GET", "POST"])
@bp.route("/new/thread/<uuid:thread_id>", methods=["GET", "POST"])
@bp.route("/new/post/<uuid:post_id>", methods=["GET", "POST"])
@takes_files(REQUEST_MOST)
def add(thread_id: UUID | None = None, post_id: UUID | None = None) -> ResponseReturnValue:
    """Add a picture where somebody is writing. Taken once, it is kept, whatever else is missing."""
    me, place = current_actor(), _place(thread_id, post_id)
    form = PictureForm()
    press_id = form.press_in(place)
    if not queries.pressed(me, press_id):
        actions.may_take(me, place, now=now())
    page: dict[str, Any] = {"form": form, "back": writing(place), "to": _adding(place)}
    page |= {"heavy": BYTES_MOST, "too_heavy": TOO_HEAVY}
    is_whole = form.validate_on_submit()
    if not (is_whole or (form.is_submitted() and form.has_file)):
        return render_template("threads/pictures/add.html", **page), form.status
    try:
        drawn = redraw(form.sent)
    except Refused as refused:
        if refused.reason not in (NO_PICTURE, TOO_HEAVY, TOO_LARGE):
            raise
        form.say_of_picture(refused.reason.text)
        return render_template("threads/pictures/add.html", **page), form.status
    with transaction():
        words = form.words.data if is_whole else ""
        picture_id = actions.take(me, place, drawn, words, press_id=press_id, now=now())
    if not is_whole:
        return _own_page(queries.own(me, picture_id, now()), form), 422
    flash(_("The picture is beside your words. It’s sent with them."), "ok")
    return redirect(writing(place))


@bp.route("/<uuid:picture_id>/own", methods=["GET", "POST"])
def own(picture_id: UUID) -> ResponseReturnValue:
    """Say what one’s own picture shows."""
    me = current_actor()
    kept = queries.own(me, picture_id, now())
    if kept.until:
        return render_template("threads/pictures/out.html", own=kept)
    form = DescribeForm(obj=kept.picture)
    if not form.validate_on_submit():
        return _own_page(kept, form), form.status
    with transaction():
        actions.describe(me, picture_id, form.words.data, now=now())
    _tell(kept)
    flash(_("It’s saved."), "ok")
    return redirect(_back(kept))


@bp.post("/<uuid:picture_id>/take-out")
def take_out(picture_id: UUID) -> ResponseReturnValue:
    """Take one’s own picture out, for thirty days at first."""
    me = current_actor()
    kept = queries.own(me, picture_id, now())
    with transaction():
        actions.take_out(me, picture_id, now=now())
    _tell(kept)
    flash(_("The picture is out. You can put it back for 30 days, from your drafts."), "ok")
    return redirect(_back(kept))


@bp.post("/<uuid:picture_id>/put-back")
def put_back(picture_id: UUID) -> ResponseReturnValue:
    """Where it was before it was taken out."""
    me = current_actor()
    with transaction():
        actions.put_back(me, picture_id, now=now())
    kept = queries.own(me, picture_id, now())
    _tell(kept)
    flash(_("The picture is back where it was."), "ok")
    return redirect(_back(kept))


@bp.post("/<uuid:picture_id>/erase")
def erase(picture_id: UUID) -> ResponseReturnValue:
    """One that was taken out is erased now, and doesn’t come back."""
    with transaction():
        actions.erase(current_actor(), picture_id, now=now())
    flash(_("The picture is erased for good."), "ok")
    return redirect(url_for("threads.drafts"))


@bp.get("/<uuid:picture_id>")
def show(picture_id: UUID) -> ResponseReturnValue:
    """One picture on a page of its own, with what it shows."""
    post = queries.post_of(current_actor(), picture_id, now())
    picture = queries.shown(picture_id)
    return render_template("threads/pictures/show.html", picture=picture, post=post)


@bp.get("/<uuid:picture_id>/<any(small, large):size>")
def file(picture_id: UUID, size: str) -> ResponseReturnValue:
    """The picture itself, for whoever may read the words it stands with, now."""
    queries.post_of(current_actor(), picture_id, now())
    return as_file(picture_id, Size(size))


def as_file(picture_id: UUID, size: Size) -> Response:
    """A picture as a browser gets it. It asks each time whether it may still show what it has kept,
    and runs nothing that might be in it. Ask first who may see it."""
    answer = Response(mimetype="image/webp")
    answer.set_etag(f"{picture_id}-{size}")
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = "attachment; filename=picture.webp"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.make_conditional(request)
    if answer.status_code != 304:
        answer.data = queries.file(picture_id, size)
    return answer


def _place(thread_id: UUID | None, post_id: UUID | None) -> Place:
    if post_id:
        return Place(threads_queries.post(current_actor(), post_id).thread_id, post_id)
    return Place(thread_id) if thread_id else NEW_THREAD


def _adding(place: Place) -> str:
    thread_id = None if place.post_id else place.thread_id
    return url_for("pictures.add", thread_id=thread_id, post_id=place.post_id)


def _back(kept: queries.Own) -> str:
    """Where the words are that it stands with."""
    if kept.post:
        return url_for("threads.post", post_id=kept.post.id)
    return writing(kept.place)


def _tell(kept: queries.Own) -> None:
    if kept.post:
        tell_changed(threads_queries.post(current_actor(), kept.post.id), now())


def _own_page(kept: queries.Own, form: DescribeForm) -> str:
    page = {"picture": kept.picture, "post": kept.post, "back": _back(kept)}
    return render_template("threads/pictures/own.html", form=form, **page)
