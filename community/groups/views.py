"""Groups from outside, asking to open one or to come in, and who looks after what."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.accounts import queries as accounts_queries
from community.core.actor import Actor
from community.core.db import transaction
from community.core.seal import seal, unseal
from community.core.sockets import hang_up
from community.core.verdict import Verdict
from community.core.web import (
    current_actor,
    now,
    public,
    remember_this_page,
    with_no_referrer,
)
from community.groups import actions, queries
from community.groups.forms import (
    DecisionForm,
    FindForm,
    HoldsForm,
    InviteForm,
    JoinForm,
    OpenForm,
    RolesForm,
    SeatsForm,
)
from community.groups.guidelines import queries as guidelines_queries
from community.groups.rules import (
    GroupState,
    may_appoint,
    may_ask_to_join,
    may_ask_to_open,
    may_change_roles,
    may_choose_holds,
    may_come_back,
    may_come_in,
    may_decide_joining,
    may_decide_opening,
    may_invite,
    may_limit_seats,
    may_see_inside,
    may_see_joining,
    may_see_openings,
    not_barred,
)
from community.safety.guidelines import PARTS
from community.safety.words.beside import show_help

bp = Blueprint("groups", __name__)

INVITATION = "invitation"  # what its seal is for
LEFT = "left"  # in the session: the group that somebody left last, and when


@bp.app_template_filter("sealed_invitation")
def sealed_invitation(invitation_id: UUID) -> str:
    """An invitation as its link has it."""
    return seal(INVITATION, invitation_id)


@bp.get("/groups")
def index() -> ResponseReturnValue:
    """My groups, the others, and the way to open one."""
    me = current_actor()
    groups = queries.open_groups()
    return render_template(
        "groups/index.html",
        mine=[group for group in groups if me.belongs_to(group.id)],
        others=[
            group for group in groups if not me.belongs_to(group.id) and not_barred(me, group.id)
        ],
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
    not_barred(me, group_id).require()
    group = queries.open_group(group_id)
    form = JoinForm()
    if not form.validate_on_submit():
        has_asked = queries.has_asked(me.id, group_id)
        may = may_ask_to_join(me, group_id, GroupState.OPEN, has_asked)
        own = guidelines_queries.own(group_id)
        page = {"form": form, "group": group, "own": own, "may": may}
        page["may_come_back"] = _may_come_back(me, group_id)
        return render_template("groups/show.html", **page), form.status
    with transaction():
        actions.ask_to_join(me, group_id, form.answer.data, now=now())
    flash(_("Thank you for asking. You’ll get an answer by e-mail."), "ok")
    show_help(form.answer.data)
    return redirect(url_for(".show", group_id=group_id))


@bp.post("/groups/<uuid:group_id>/come-back")
def come_back(group_id: UUID) -> ResponseReturnValue:
    """Undo having left."""
    with transaction():
        actions.come_back(current_actor(), group_id, left_at=_left_at(group_id), now=now())
    session.pop(LEFT, None)
    flash(_("You’re back. You’re a member of this group again."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


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
        "groups/roles.html", group=group, keepers=queries.keepers(group_id), form=form
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
        changes = queries.role_changes(group_id, account_id)
        may = may_change_roles(me, account_id, now())
        page = render_template(
            "groups/appoint.html", group=group, member=member, form=form, changes=changes, may=may
        )
        return page, form.status
    with transaction():
        actions.appoint(me, group_id, account_id, frozenset(form.roles.data), now=now())
    hang_up(account_id)  # what their open pages hear may have changed
    flash(_("Saved."), "ok")
    return redirect(url_for(".roles", group_id=group_id))


@bp.route("/groups/<uuid:group_id>/seats", methods=["GET", "POST"])
def seats(group_id: UUID) -> ResponseReturnValue:
    """How many calls of this group somebody signs up for in a week."""
    me = current_actor()
    group = queries.open_group(group_id)
    may_limit_seats(me, group_id, group.is_built_in).require()
    form = SeatsForm(weekly_seats=queries.weekly_seats(group_id))
    if not form.validate_on_submit():
        return render_template("groups/seats.html", group=group, form=form), form.status
    with transaction():
        actions.limit_seats(me, group_id, form.weekly_seats.data)
    flash(_("Saved."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


@bp.route("/groups/<uuid:group_id>/read-first", methods=["GET", "POST"])
def holds(group_id: UUID) -> ResponseReturnValue:
    """Whose posts a moderator reads before others see them."""
    me = current_actor()
    group = queries.open_group(group_id)
    may_choose_holds(me, group_id, group.is_built_in).require()
    form = HoldsForm(policy=queries.hold_policy(group_id))
    if not form.validate_on_submit():
        return render_template("groups/holds.html", group=group, form=form), form.status
    with transaction():
        actions.choose_holds(me, group_id, form.policy.data, now=now())
    flash(_("Saved."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


@bp.get("/groups/<uuid:group_id>/members")
def members(group_id: UUID) -> ResponseReturnValue:
    """Who is in a group, for its members. In the built-in one, nobody is listed."""
    me = current_actor()
    may_see_inside(me, group_id).require()
    group = queries.open_group(group_id)
    after = request.args.get("after", type=UUID)
    listed = None if group.is_built_in else queries.members(group_id, now(), after=after)
    people = listed.people if listed else []
    return render_template(
        "groups/members.html",
        group=group,
        members=listed,
        others=[(one.id, one.name) for one in people if one.id != me.id and me.meets(one.id)],
        may_appoint=may_appoint(me, group_id, group.is_built_in),
    )


@bp.route("/groups/<uuid:group_id>/invitations", methods=["GET", "POST"])
def invitations(group_id: UUID) -> ResponseReturnValue:
    """The invitations that are good, and the way to make one."""
    me = current_actor()
    may_see_inside(me, group_id).require()
    group = queries.open_group(group_id)
    may_invite(me, group_id, group.is_built_in).require()
    form = InviteForm()
    if not form.validate_on_submit():
        invited = queries.open_invitations(group_id, now=now())
        page = render_template("groups/invitations.html", group=group, form=form, invited=invited)
        return page, form.status
    with transaction():
        actions.invite(me, group_id, form.is_for.data, form.uses.data, form.days.data, now=now())
    flash(_("The invitation is ready. Copy its link, and give it to them yourself."), "ok")
    return redirect(url_for(".invitations", group_id=group_id))


@bp.post("/groups/<uuid:group_id>/invitations/<uuid:invitation_id>/end")
def take_invitation_back(group_id: UUID, invitation_id: UUID) -> ResponseReturnValue:
    """Nobody comes in by it any more."""
    with transaction():
        actions.take_invitation_back(current_actor(), group_id, invitation_id)
    flash(_("The invitation is taken back. Its link opens nothing any more."), "ok")
    return redirect(url_for(".invitations", group_id=group_id))


@bp.get("/invited/<sealed>")
@public
def invited(sealed: str) -> ResponseReturnValue:
    """You’re invited. Whoever isn’t here yet signs in or joins first, and comes back."""
    me = current_actor()
    invitation = queries.invitation(unseal(INVITATION, sealed), now=now())
    not_barred(me, invitation.group_id).require()
    if me.belongs_to(invitation.group_id):
        return redirect(url_for("home.group", group_id=invitation.group_id))
    if not me.has_agreed:
        remember_this_page()
    if not me.is_active:
        flash(_("You’re invited to a group. Sign in or join first, and you’ll come back to it."))
        return redirect(url_for("accounts.sign_in" if me.is_guest else "accounts.about_you"))
    page = render_template(
        "groups/invited.html",
        invitation=invitation,
        sealed=sealed,
        parts=PARTS,
        own=guidelines_queries.own(invitation.group_id),
        may=may_come_in(me, is_in=False),
    )
    return with_no_referrer(page)


@bp.post("/invited/<sealed>")
def come_in(sealed: str) -> ResponseReturnValue:
    """Join by an invitation."""
    with transaction():
        group_id = actions.come_in(current_actor(), unseal(INVITATION, sealed), now=now())
    flash(_("Welcome. You’re a member of this group now."), "ok")
    return redirect(url_for("home.group", group_id=group_id))


def _left_at(group_id: UUID) -> datetime | None:
    """When this browser’s owner left this group, if it is the one that they left last."""
    match session.get(LEFT):
        case (UUID() as left, datetime() as at) if left == group_id:
            return at
    return None


def _may_come_back(me: Actor, group_id: UUID) -> Verdict:
    """Only whoever has left needs to be asked about."""
    left_at = _left_at(group_id)
    declined_at = queries.declined_at(me.id, group_id) if left_at else None
    return may_come_back(me, group_id, GroupState.OPEN, left_at=left_at, declined_at=declined_at)
