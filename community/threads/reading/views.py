"""How far somebody has read, and pages on which a thread is read in other ways."""

from collections.abc import Sequence
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts.identity import comfort
from community.core.db import transaction
from community.core.web import current_actor, now, wants_json
from community.threads import queries as threads_queries
from community.threads.faces import queries as faces_queries
from community.threads.faces.rules import Face
from community.threads.pictures.queries import on_page
from community.threads.reading import actions, queries
from community.threads.reading.forms import FindForm
from community.threads.reading.queries import Part
from community.threads.reading.rules import FOUND_A_PAGE, SHEET_MOST, Sought, may_print
from community.threads.summary.queries import on_paper

bp = Blueprint("reading", __name__, url_prefix="/threads")

NOTHING_FOUND = Part([], None)


@bp.post("/<uuid:thread_id>/place")
def keep_place(thread_id: UUID) -> ResponseReturnValue:
    """Remember how far this person has come."""
    number = request.form.get("number", 1, type=int)
    with transaction():
        actions.keep_place(current_actor(), thread_id, number)
    if wants_json():
        return {"ok": True}
    flash(_("Your place is kept. You can carry on from here."), "ok")
    return redirect(url_for("threads.show", thread_id=thread_id))


@bp.get("/<uuid:thread_id>/find")
def find(thread_id: UUID) -> ResponseReturnValue:
    """Posts of a thread by writer and by day."""
    me, at = current_actor(), now()
    threads_queries.thread(me, thread_id)
    form = FindForm(request.args)
    sought = form.sought(queries.writers(me, thread_id, at), thread_id)
    which = {"after": _after(), "most": FOUND_A_PAGE}
    found = queries.part(me, thread_id, sought, at, **which) if sought else NOTHING_FOUND
    asked = {"writer": form.writer.data or None, "day": sought.day}
    more = {"faces": _faces(found), "asked": asked}
    return _page("find", thread_id, found, form=form, sought=sought, **more)


@bp.get("/<uuid:thread_id>/print")
def sheet(thread_id: UUID) -> ResponseReturnValue:
    """A whole thread as its reader has it, for paper."""
    me, at = current_actor(), now()
    thread = threads_queries.thread(me, thread_id)
    may_print(is_of_circle=thread.erase_at is not None).require()
    which = {"after": _after(), "most": SHEET_MOST}
    part = queries.part(me, thread_id, Sought(), at, **which)
    faces = _faces(part)
    short = on_paper(me, thread, faces[0] if faces else None, at)
    return _page("print", thread_id, part, faces=faces, thread=thread, short=short)


def _faces(part: Part) -> Sequence[Face]:
    me, pictures = current_actor(), on_page(current_actor(), [post.id for post in part.posts])
    reader = faces_queries.reader(me, comfort(), part.posts, pictures, now())
    return [reader.meets(post) for post in part.posts]


def _page(name: str, thread_id: UUID, part: Part, **more: object) -> str:
    me = current_actor()
    return render_template(
        f"threads/reading/{name}.html",
        thread_id=thread_id,
        title=threads_queries.titles(me, [thread_id], now()).get(thread_id),
        part=part,
        after=_after(),
        **more,
    )


def _after() -> int:
    return request.args.get("after", 0, type=int)
