"""Pages for staff: which tags can become topics, and the words that such a topic carries."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.dystonia.tags import Tag, tag, tag_at
from community.dystonia.topics import catalogue, topic, was_tag
from community.groups.topics import queries as topics_queries
from community.moderation.topics import actions, queries
from community.moderation.topics.forms import TopicWordsForm, begun
from community.moderation.topics.rules import (
    Ripe,
    Use,
    carried_by,
    listed,
    may_make_topics,
    may_promote,
)

bp = Blueprint("tag_topics", __name__, url_prefix="/moderation/topics")

SURE, CHANGE = "sure", "change"  # what is pressed on the second page


@bp.get("")
def index() -> ResponseReturnValue:
    """Which tags can become topics now, which are on their way, and which have."""
    may_make_topics(current_actor()).require()
    promoted = catalogue().promoted
    tags = listed(queries.uses(now()), {each.slug for each in promoted})
    return render_template(
        "moderation/topics/index.html",
        ripe=tags[Ripe.YES],
        unripe=tags[Ripe.NOT_YET],
        promoted=[(known, each) for each in promoted if (known := tag(each.slug))],
    )


@bp.route("/<uuid:tag_id>", methods=["GET", "POST"])
def make(tag_id: UUID) -> ResponseReturnValue:
    """The words of the topic; then how it will look, and a press that makes it."""
    me, of = current_actor(), _tag(tag_id)
    form, step = TopicWordsForm(of.slug, data={"name": of.name}), request.form.get("step")
    is_whole = step != CHANGE and form.validate_on_submit()
    if not (is_whole and step == SURE):
        may_promote(me, of, queries.uses(now()).get(of.slug, Use())).require()
        page = "moderation/topics/sure.html" if is_whole else "moderation/topics/words.html"
        return render_template(page, form=form, tag=of), form.status
    with transaction():
        actions.promote(me, tag_id, form.carried, now=now())
    flash(_("It’s a topic from now on. Threads with the tag are listed in it too."), "ok")
    return redirect(url_for(".index"))


@bp.route("/<uuid:tag_id>/words", methods=["GET", "POST"])
def reword(tag_id: UUID) -> ResponseReturnValue:
    """Change the words of a topic that was a tag."""
    me, of = current_actor(), _tag(tag_id)
    may_make_topics(me).require()
    known = topic(of.slug)
    if known is None or not was_tag(of.slug):
        raise Refused(NOT_FOUND)
    data = {**begun(carried_by(known)), "version": topics_queries.version_of(of.slug)}
    form = TopicWordsForm(of.slug, data=data)
    if not form.validate_on_submit():
        page = render_template("moderation/topics/words.html", form=form, tag=of, topic=known)
        return page, form.status
    with transaction():
        actions.reword(me, tag_id, form.carried, form.version.data or 0, now=now())
    flash(_("Saved."), "ok")
    return redirect(url_for(".index"))


def _tag(tag_id: UUID) -> Tag:
    found = tag_at(tag_id)
    if found is None:
        raise Refused(NOT_FOUND)
    return found
