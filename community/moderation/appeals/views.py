"""Pages of another look: for whoever asks, and for whoever answers."""

from functools import partial
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import STALE, Refused
from community.core.web import always, current_actor, now, vault
from community.groups.guidelines.queries import named
from community.live.publish import tell
from community.moderation.appeals import actions, queries
from community.moderation.appeals.forms import AnswerForm, AskForm
from community.moderation.appeals.rules import ANSWERED, NOTHING_LESS, Result, may_ask
from community.moderation.pictures.queries import in_case
from community.moderation.rules.case import IN_OTHER_HANDS, Outcome
from community.moderation.sanctions.publish import take_effect
from community.safety.words.beside import show_help
from community.threads import queries as threads_queries
from community.threads.acts.forms import guidelines
from community.threads.pace.publish import tell_pace
from community.threads.publish import tell_back, tell_noted
from community.threads.rules.rows import PostRow

bp = Blueprint("appeals", __name__)


@bp.get("/decisions/<uuid:decision_id>/another-look")
@always
def about(decision_id: UUID) -> ResponseReturnValue:
    """What I can ask, what I asked, and what was answered."""
    return _about(decision_id, AskForm(formdata=None))


@bp.post("/decisions/<uuid:decision_id>/another-look")
@always
def ask(decision_id: UUID) -> ResponseReturnValue:
    """Another look, please."""
    form = AskForm()
    if not form.validate_on_submit():
        return _about(decision_id, form), form.status
    with transaction():
        actions.ask(current_actor(), decision_id, form.words.data or "", now=now())
    flash(_("Thank you. Somebody else looks at it."), "ok")
    show_help(form.words.data)
    return redirect(url_for(".about", decision_id=decision_id))


@bp.get("/moderation/appeals/<uuid:appeal_id>")
def show(appeal_id: UUID) -> ResponseReturnValue:
    """One that I can answer."""
    return _show(appeal_id, AnswerForm(formdata=None))


@bp.post("/moderation/appeals/<uuid:appeal_id>")
def answer(appeal_id: UUID) -> ResponseReturnValue:
    """What I found. If somebody was first, what they did is shown, and what was typed stays."""
    form = AnswerForm()
    if not form.validate_on_submit():
        return _show(appeal_id, form), form.status
    found = (Result(form.result.data), form.answer.data, form.version.data)
    try:
        with transaction():
            done = actions.answer(current_actor(), appeal_id, *found, now=now())
    except Refused as refused:
        is_stale = refused.reason in (STALE, NOTHING_LESS)
        if not is_stale and refused.reason not in (ANSWERED, IN_OTHER_HANDS):
            raise
        return _show(appeal_id, form, is_stale=is_stale), 409
    if done.free:
        take_effect(done.free)
    if done.restored:
        tell(done.restored, now())
    if done.post_id and (post := threads_queries.reviewed(done.post_id)).is_shown(now()):
        _tell_undone(post, done.undone)
    flash(_("Thank you. They read your answer, and that another person looked."), "ok")
    return redirect(url_for(".show", appeal_id=appeal_id))


@bp.post("/moderation/appeals/<uuid:appeal_id>/claim")
def claim(appeal_id: UUID) -> ResponseReturnValue:
    """I’m looking at this."""
    with transaction():
        actions.claim(current_actor(), appeal_id, now=now())
    flash(_("It’s in your hands for half an hour. Others see that."), "ok")
    return redirect(url_for(".show", appeal_id=appeal_id))


@bp.post("/moderation/appeals/<uuid:appeal_id>/leave")
def leave(appeal_id: UUID) -> ResponseReturnValue:
    """Somebody else may."""
    with transaction():
        actions.leave(current_actor(), appeal_id, now=now())
    flash(_("It’s free for somebody else. Thank you for looking."), "ok")
    return redirect(url_for("moderation.queue"))


def _tell_undone(post: PostRow, undone: Outcome | None) -> None:
    match undone:
        case Outcome.PAUSE | Outcome.SLOW | Outcome.LOCK:
            tell_pace(post.thread_id)
        case Outcome.NOTE:
            tell_noted(post)
        case _:
            tell_back(post)


def _about(decision_id: UUID, form: AskForm) -> str:
    me = current_actor()
    found = queries.about(me, decision_id, now())
    return render_template(
        "moderation/another_look.html",
        about=found,
        side=found.decided.side_of(me),
        form=form,
        may=may_ask(me, found.decided, has_asked=found.asked is not None, now=now()),
    )


def _show(appeal_id: UUID, form: AnswerForm, *, is_stale: bool = False) -> str:
    me, instant = current_actor(), now()
    found = queries.page(me, appeal_id, instant)
    form.offer(has_less=found.row.hearing.has_less)
    words = None
    if not found.row.hearing.is_answered:
        with transaction():
            words = actions.see(me, found.row, vault(), now=instant)
    return render_template(
        "moderation/appeal.html",
        appeal=found,
        words=words,
        claim=found.row.hearing.case.claim_at(instant),
        in_other_hands=found.row.hearing.case.is_in_other_hands(me, instant),
        pictures=in_case(found.page),
        file_at=partial(url_for, "case_pictures.file_of_appeal", appeal_id=appeal_id),
        form=form,
        is_stale=is_stale,
        rules={**guidelines(), **named(each.rule_id for each in found.page.decisions)},
    )
