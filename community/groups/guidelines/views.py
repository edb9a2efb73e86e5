"""What a group asks for: members read it, owners write it."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.web import current_actor, now
from community.groups import queries as groups_queries
from community.groups.guidelines import actions, queries
from community.groups.guidelines.forms import OwnForm
from community.groups.guidelines.rules import may_add, may_write
from community.groups.rules import may_see_inside

bp = Blueprint("group_guidelines", __name__, url_prefix="/groups/<uuid:group_id>/guidelines")


@bp.route("", methods=["GET", "POST"])
def index(group_id: UUID) -> ResponseReturnValue:
    """What this group asks for beside the guidelines of the site, and asked for before."""
    me, form = current_actor(), OwnForm()
    may_see_inside(me, group_id).require()
    if not form.validate_on_submit():
        there = queries.own(group_id)
        page = render_template(
            "groups/guidelines.html",
            group=groups_queries.open_group(group_id),
            own=there,
            earlier=queries.earlier(group_id),
            form=form,
            may_write=may_write(me, group_id),
            may_add=may_add(me, group_id, len(there)),
        )
        return page, form.status
    with transaction():
        actions.add(me, group_id, form.title.data, form.words.data, now=now())
    flash(_("Saved. Members read it on the group’s page, marked as new."), "ok")
    return redirect(url_for(".index", group_id=group_id))


@bp.route("/<uuid:guideline_id>", methods=["GET", "POST"])
def change(group_id: UUID, guideline_id: UUID) -> ResponseReturnValue:
    """Say one of them in other words."""
    me = current_actor()
    may_write(me, group_id).require()
    form = OwnForm(obj=queries.one(group_id, guideline_id))
    if not form.validate_on_submit():
        page = render_template(
            "groups/change_guideline.html",
            group=groups_queries.open_group(group_id),
            guideline_id=guideline_id,
            form=form,
        )
        return page, form.status
    title, words = form.title.data, form.words.data
    with transaction():
        actions.change(me, group_id, guideline_id, title, words, now=now())
    flash(_("Saved. Members read it on the group’s page, marked as new."), "ok")
    return redirect(url_for(".index", group_id=group_id))


@bp.post("/<uuid:guideline_id>/end")
def take_away(group_id: UUID, guideline_id: UUID) -> ResponseReturnValue:
    """The group doesn’t ask for it any more."""
    with transaction():
        actions.take_away(current_actor(), group_id, guideline_id, now=now())
    flash(_("The group doesn’t ask for this any more."), "ok")
    return redirect(url_for(".index", group_id=group_id))
