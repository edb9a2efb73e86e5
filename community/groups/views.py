"""Groups from outside, asking to open one or to come in, and who looks after what."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts import queries as accounts_queries
from community.core.db import transaction
from community.core.web import current_actor, now
from community.groups import actions, queries
from community.groups.forms import DecisionForm, FindForm, JoinForm, OpenForm, RolesForm
from community.groups.rules import (
    GroupState,
    may_appoint,
    may_ask_to_join,
    may_ask_to_open,
    may_decide_joining,
    may_decide_opening,
    may_see_joining,
    may_see_openings,
)

bp = Blueprint("groups", __name__)


@bp.get("/groups")
def index() -> ResponseReturnValue:
    """My groups, the others, and the way to open one."""
    me = current_actor()
    groups = queries.open_groups()
    return render_template(
        "groups/index.html",
        mine=[group for group in groups if me.belongs_to(group.id)],
        others=[group for group in groups if not me.belongs_to(group.id)],
        asked_for=queries.asked_for(me),
        may_decide=may_see_openings(me),
    )


@bp.route("/groups/new", methods=["GET", "POST"])
def ask_to_open() -> ResponseReturnValue:
    """I’d like to open a group."""
    me = current_actor()
    form = OpenForm()
    if not form.validate_on_submit():
        page = render_template("groups/new.html", form=form, may=may_ask_to_open(me))
        return page, form.status
    with transaction():
        actions.ask_to_open(me, form.name.data, form.about.data, form.question.data, now=now())
    flash(_("Thank you. A moderator reads this, and you’ll get an answer by e-mail."), "ok")
    return redirect(url_for(".index"))


@bp.get("/groups/openings")
def openings() -> ResponseReturnValue:
    """Groups that somebody would like to open."""
    may_see_openings(current_actor()).require()
    return render_template("groups/openings.html", openings=queries.openings())


@bp.route("/groups/openings/<uuid:group_id>", methods=["GET", "POST"])
def opening(group_id: UUID) -> ResponseReturnValue:
    """One of them: approve it or decline it, with words."""
    me = current_actor()
    may_see_openings(me).require()
    asked = queries.opening(group_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        may = may_decide_opening(me, asked.asked_by, asked.state)
        page = render_template("groups/opening.html", form=form, opening=asked, may=may)
        return page, form.status
    with transaction():
        actions.decide_opening(me, group_id, form.words.data, approve=form.is_yes, now=now())
    flash(_("They’ll hear by e-mail what you decided, with your words."), "ok")
    return redirect(url_for(".openings"))


@bp.route("/groups/<uuid:group_id>/join", methods=["GET", "POST"])
def show(group_id: UUID) -> ResponseReturnValue:
    """The door of a group. Who belongs goes through; others see its name and may ask to join."""
    me = current_actor()
    if me.belongs_to(group_id):
        return redirect(url_for("home.group", group_id=group_id))
    group = queries.open_group(group_id)
    form = JoinForm()
    if not form.validate_on_submit():
        has_asked = queries.has_asked(me.id, group_id)
        may = may_ask_to_join(me, group_id, GroupState.OPEN, has_asked)
        page = render_template("groups/show.html", form=form, group=group, may=may)
        return page, form.status
    with transaction():
        actions.ask_to_join(me, group_id, form.answer.data, now=now())
    flash(_("Thank you for asking. You’ll get an answer by e-mail."), "ok")
    return redirect(url_for(".show", group_id=group_id))


@bp.get("/groups/<uuid:group_id>/asking")
def knocks(group_id: UUID) -> ResponseReturnValue:
    """Who asks to come in."""
    may_see_joining(current_actor(), group_id).require()
    return render_template(
        "groups/knocks.html",
        group=queries.open_group(group_id),
        knocks=queries.knocks(group_id),
    )


@bp.route("/groups/<uuid:group_id>/asking/<uuid:request_id>", methods=["GET", "POST"])
def knock(group_id: UUID, request_id: UUID) -> ResponseReturnValue:
    """One of them: let them in or not now, with words."""
    me = current_actor()
    may_see_joining(me, group_id).require()
    asked = queries.knock(group_id, request_id)
    form = DecisionForm()
    if not form.validate_on_submit():
        may = may_decide_joining(me, group_id, asked.account_id, asked.state)
        page = render_template(
            "groups/knock.html",
            form=form,
            knock=asked,
            may=may,
            group=queries.open_group(group_id),
        )
        return page, form.status
    with transaction():
        actions.decide_joining(me, request_id, form.words.data, approve=form.is_yes, now=now())
    flash(_("They’ll hear by e-mail what you decided, with your words."), "ok")
    return redirect(url_for(".knocks", group_id=group_id))


@bp.route("/groups/<uuid:group_id>/roles", methods=["GET", "POST"])
def roles(group_id: UUID) -> ResponseReturnValue:
    """Who does what in a group; in the built-in one, somebody is found by their address."""
    me = current_actor()
    group = queries.open_group(group_id)
    may_appoint(me, group_id, group.is_built_in).require()
    # Only an admin may ask whether an address is a member’s, and only here.
    form = FindForm() if group.is_built_in else None
    if form and form.validate_on_submit():
        account_id = accounts_queries.account_id_of(form.email.data)
        if account_id and accounts_queries.is_active(account_id):
            return redirect(url_for(".appoint", group_id=group_id, account_id=account_id))
        form.email.errors = [_("We don’t know a member with this address")]
    page = render_template(
        "groups/roles.html", group=group, members=queries.members(group_id), form=form
    )
    return page, form.status if form else 200


@bp.route("/groups/<uuid:group_id>/roles/<uuid:account_id>", methods=["GET", "POST"])
def appoint(group_id: UUID, account_id: UUID) -> ResponseReturnValue:
    """What one member does in a group."""
    me = current_actor()
    group = queries.open_group(group_id)
    may_appoint(me, group_id, group.is_built_in).require()
    member = queries.member(group_id, account_id)
    form = RolesForm(data={"roles": member.roles})
    if not form.validate_on_submit():
        page = render_template("groups/appoint.html", group=group, member=member, form=form)
        return page, form.status
    with transaction():
        actions.appoint(me, group_id, account_id, frozenset(form.roles.data), now=now())
    flash(_("Saved."), "ok")
    return redirect(url_for(".roles", group_id=group_id))
