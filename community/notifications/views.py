"""What's new, and how somebody wants to be told."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

import structlog
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.core.wording import Unwordable, Wording, worded
from community.notifications import actions, queries
from community.notifications.forms import BELL, MAIL, ChoicesForm
from community.notifications.queries import NoticeRow
from community.notifications.rules import News, Ways

bp = Blueprint("notifications", __name__, url_prefix="/news")

log = structlog.get_logger()


@bp.get("/")
def index() -> ResponseReturnValue:
    """What's new: the newest first. Looking changes nothing; opening or the button does."""
    told = queries.notices(current_actor(), request.args.get("older", type=UUID))
    return render_template(
        "notifications/index.html", shown=list(_in_words(told.notices)), told=told
    )


@bp.post("/seen")
def seen() -> ResponseReturnValue:
    """I've seen these: everything up to the newest that was on the page."""
    newest = request.form.get("newest", type=UUID)
    if newest is None:
        raise Refused(NOT_FOUND)
    with transaction():
        actions.see_all(current_actor(), newest, now=now())
    return redirect(url_for(".index"))


@bp.post("/<uuid:notice_id>/open")
def open_notice(notice_id: UUID) -> ResponseReturnValue:
    """Go to what it is about. Whether that can still be seen is for that page to say."""
    me = current_actor()
    notice = queries.notice(me, notice_id)
    place = worded(notice.kind, notice.facts).place
    with transaction():
        actions.see(me, notice_id, now=now())
    return redirect(place or url_for(".index"))


@bp.route("/choices", methods=["GET", "POST"])
def choices() -> ResponseReturnValue:
    """What we tell you, and how."""
    me = current_actor()
    form = ChoicesForm(data={news: _ticks(ways) for news, ways in queries.choices(me).items()})
    if not form.validate_on_submit():
        return render_template("notifications/choices.html", form=form), form.status
    wanted = {news: Ways(MAIL in form[news].data, BELL in form[news].data) for news in News}
    with transaction():
        actions.choose(me, wanted)
    flash(_("Saved."), "ok")
    return redirect(url_for(".choices"))


def _ticks(ways: Ways) -> list[str]:
    return [way for way, chosen in ((MAIL, ways.by_mail), (BELL, ways.by_bell)) if chosen]


class Shown(NamedTuple):
    """One piece of news in words."""

    notice: NoticeRow
    wording: Wording


def _in_words(notices: Iterable[NoticeRow]) -> Iterator[Shown]:
    """What can't be put into words any more is left out; it must not hide the rest."""
    for notice in notices:
        try:
            yield Shown(notice, worded(notice.kind, notice.facts))
        except Unwordable:
            log.exception("notice not shown", notice=str(notice.id))
