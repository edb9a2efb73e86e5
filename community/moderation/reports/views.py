"""Reporting a person or a call, in two presses, and taking that back."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from uuid_utils.compat import uuid7

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import always, current_actor, now, vault
from community.live.publish import tell
from community.live.rules.leading import HideWords
from community.live.rules.may import may
from community.moderation.appeals import queries as appeal_queries
from community.moderation.forms import HideForm, HowForm, ReportForm
from community.moderation.reports import actions, queries
from community.moderation.reports.queries import Met, OneCall, Somebody
from community.moderation.rules.case import Target
from community.moderation.rules.reasons import ReasonGroup
from community.moderation.rules.reporting import (
    may_report_call,
    may_report_person,
    reason_group,
    reason_groups,
)
from community.safety.words.beside import show_help

bp = Blueprint("reports", __name__)


@bp.get("/groups/<uuid:group_id>/members/<uuid:account_id>/report")
@bp.get("/calls/<uuid:call_id>/people/<uuid:account_id>/report")
def person(account_id: UUID, **place: Any) -> ResponseReturnValue:
    """The first press: what it is about, in plain words."""
    somebody = _somebody(account_id, place)
    return render_template(
        "moderation/report.html",
        about=Target.PERSON,
        name=somebody.name,
        groups=reason_groups(Target.PERSON),
        second=lambda slug: url_for(".person_about", account_id=account_id, about=slug, **place),
        back=_back(place),
        writer=(somebody.id, somebody.name),
    )


@bp.route(
    "/groups/<uuid:group_id>/members/<uuid:account_id>/report/<about>", methods=["GET", "POST"]
)
@bp.route("/calls/<uuid:call_id>/people/<uuid:account_id>/report/<about>", methods=["GET", "POST"])
def person_about(account_id: UUID, about: str, **place: Any) -> ResponseReturnValue:
    """The second press: one of a few reasons."""
    somebody, group, form = _somebody(account_id, place), _group(Target.PERSON, about), ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template(
            form.page,
            about=Target.PERSON,
            name=somebody.name,
            form=form,
            group=group,
            first=url_for(".person", account_id=account_id, **place),
            back=_back(place),
        )
        return page, form.status
    words, met = form.words.data or "", Met(**place)
    with transaction():
        actions.report_person(
            current_actor(), met, account_id, form.reason.data, words, **form.how, now=now()
        )
    show_help(words)
    return redirect(url_for(".person_reported", account_id=account_id, **place))


@bp.get("/groups/<uuid:group_id>/members/<uuid:account_id>/reported")
@bp.get("/calls/<uuid:call_id>/people/<uuid:account_id>/reported")
def person_reported(account_id: UUID, **place: Any) -> ResponseReturnValue:
    """Thank you, and what happens now."""
    me = current_actor()
    mine = queries.own_report(me, account_id, queries.group_of(me, Met(**place)))
    return render_template(
        "moderation/reported.html",
        about=Target.PERSON,
        report=mine,
        back=_back(place),
        may_take_back=queries.may_be_taken_back(me, mine, now()),
        take_back_at=url_for(".take_person_back", account_id=account_id, **place),
    )


@bp.post("/groups/<uuid:group_id>/members/<uuid:account_id>/reported")
@bp.post("/calls/<uuid:call_id>/people/<uuid:account_id>/reported")
def take_person_back(account_id: UUID, **place: Any) -> ResponseReturnValue:
    """Take one’s own report of somebody back."""
    me = current_actor()
    group_id = queries.group_of(me, Met(**place))
    with transaction():
        actions.take_back(me, account_id, group_id=group_id, now=now())
    flash(_("Your report is taken back. You can report it anew whenever you like."), "ok")
    return redirect(_back(place))


@bp.route("/circles/<uuid:call_id>/hide/<uuid:share_id>", methods=["GET", "POST"])
def hide_words(call_id: UUID, share_id: UUID) -> ResponseReturnValue:
    """What it means to hide words of a circle that is on; and the press, for whoever holds it."""
    me = current_actor()
    room = queries.room_of(me, call_id)
    share = queries.share_for_all(me, room, share_id)
    form = HideForm(seen=room.version, event_id=str(uuid7()))
    form.offer(reason_groups(Target.SHARE))
    if not form.validate_on_submit():
        press = HideWords(me.id, room.version, share.number, writer=share.by)
        may(room, press, now()).require()
        return render_template(form.page, form=form, share=share), form.status
    press_id, why = UUID(form.event_id.data), (form.reason.data, form.words.data or "")
    what = (call_id, share_id, form.seen.data, press_id, *why)
    law = (form.law.data or "") if form.is_notice else ""
    with transaction():
        happened = actions.hide_share(me, *what, vault(), law=law, now=now())
    tell(happened, now())
    flash(_("These words are hidden. In the circle you can show them again."), "ok")
    show_help(form.words.data)
    return redirect(url_for("moderation.share_reported", call_id=call_id, share_id=share_id))


@bp.get("/calls/<uuid:call_id>/report")
def call(call_id: UUID) -> ResponseReturnValue:
    """The first press, about a call."""
    reported = _call(call_id)
    return render_template(
        "moderation/report.html",
        about=Target.CALL,
        name=reported.title,
        groups=reason_groups(Target.CALL),
        second=lambda slug: url_for(".call_about", call_id=call_id, about=slug),
        back=url_for("calls.show", call_id=call_id),
        writer=(None, None),
    )


@bp.route("/calls/<uuid:call_id>/report/<about>", methods=["GET", "POST"])
def call_about(call_id: UUID, about: str) -> ResponseReturnValue:
    """The second press, about a call."""
    reported, group, form = _call(call_id), _group(Target.CALL, about), ReportForm()
    form.offer(group)
    if not form.validate_on_submit():
        page = render_template(
            form.page,
            about=Target.CALL,
            name=reported.title,
            form=form,
            group=group,
            first=url_for(".call", call_id=call_id),
            back=url_for("calls.show", call_id=call_id),
        )
        return page, form.status
    words = form.words.data or ""
    with transaction():
        actions.report_call(
            current_actor(), call_id, form.reason.data, words, **form.how, now=now()
        )
    show_help(words)
    return redirect(url_for(".call_reported", call_id=call_id))


@bp.get("/calls/<uuid:call_id>/reported")
def call_reported(call_id: UUID) -> ResponseReturnValue:
    """Thank you, and what happens now."""
    me = current_actor()
    mine = queries.own_report(me, call_id)
    return render_template(
        "moderation/reported.html",
        about=Target.CALL,
        report=mine,
        back=url_for("calls.show", call_id=call_id),
        may_take_back=queries.may_be_taken_back(me, mine, now()),
        take_back_at=url_for(".take_call_back", call_id=call_id),
    )


@bp.post("/calls/<uuid:call_id>/reported")
def take_call_back(call_id: UUID) -> ResponseReturnValue:
    """Take one’s own report of a call back."""
    with transaction():
        actions.take_back(current_actor(), call_id, now=now())
    flash(_("Your report is taken back. You can report it anew whenever you like."), "ok")
    return redirect(url_for("calls.show", call_id=call_id))


@bp.route("/decisions/<uuid:decision_id>/how", methods=["GET", "POST"])
@always
def how(decision_id: UUID) -> ResponseReturnValue:
    """Tell safety leads how somebody decided; what was decided is another look’s to change."""
    me, form = current_actor(), HowForm()
    about = appeal_queries.about(me, decision_id, now())
    if not form.validate_on_submit():
        page = render_template("moderation/how.html", form=form, about=about)
        return page, form.status
    with transaction():
        actions.report_how(me, decision_id, form.words.data, now=now())
    flash(_("Thank you. Those above whoever decided read it, and write to you once."), "ok")
    show_help(form.words.data)
    return redirect(url_for("appeals.about", decision_id=decision_id))


def _somebody(account_id: UUID, place: dict[str, Any]) -> Somebody:
    """Whom this person may report there."""
    me = current_actor()
    found = queries.somebody(me, Met(**place), account_id)
    may_report_person(me, account_id, has_met=found.has_met).require()
    return found


def _call(call_id: UUID) -> OneCall:
    """A call that this person may report."""
    found = queries.call(current_actor(), call_id)
    may_report_call(current_actor(), found.held_by).require()
    return found


def _group(target: Target, slug: str) -> ReasonGroup:
    group = reason_group(target, slug)
    if group is None:
        raise Refused(NOT_FOUND)
    return group


def _back(place: dict[str, Any]) -> str:
    """The page where somebody is named."""
    if call_id := place.get("call_id"):
        return url_for("calls.show", call_id=call_id)
    return url_for("groups.members", group_id=place["group_id"])
