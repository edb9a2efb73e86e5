"""What's new, and how somebody wants to be told."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

import structlog
from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from community.core.db import transaction
from community.core.letters import STOP
from community.core.seal import unseal_facts
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import csrf, current_actor, now, ports, public, with_no_referrer
from community.core.wording import Unwordable, Wording, worded
from community.notifications import actions, queries
from community.notifications.forms import ChoicesForm
from community.notifications.push import queries as push_queries
from community.notifications.queries import NoticeRow
from community.notifications.rules import News, is_quiet

bp = Blueprint("notifications", __name__, url_prefix="/news")

log = structlog.get_logger()

AGAIN = "again"  # pressed on the page, not by a mail program: send them again


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
    key = ports().pusher.public_key
    form = ChoicesForm.of(queries.choices(me), queries.quiet_of(me), tells_devices=key is not None)
    if not form.validate_on_submit():
        is_told = key is not None and push_queries.is_told(current_user.badge.browser_id)
        until = current_user.badge.quiet_until
        page = render_template(
            "notifications/choices.html",
            form=form,
            key=key,
            is_told=is_told,
            quiet_until=until if is_quiet(until, now()) else None,
        )
        return page, form.status
    with transaction():
        actions.choose(me, form.choices(), form.quiet())
    flash(_("Saved."), "ok")
    return redirect(url_for(".choices"))


@bp.route("/stop/<sealed>", methods=["GET", "POST"])
@csrf.exempt  # type: ignore[untyped-decorator]  # the seal in the address is what allows it
@public
def stop(sealed: str) -> ResponseReturnValue:
    """One press, by whoever reads the letter or their mail program (RFC 8058), signed in or not.
    Looking changes nothing: programs look, too."""
    account_id, news = _to_stop(sealed)
    if request.method == "POST":
        with transaction():
            actions.choose_mail(account_id, news, by_mail=AGAIN in request.form)
    is_mailed = queries.is_mailed(account_id, news)
    kind = ChoicesForm()[news].label.text
    page = render_template("notifications/stop.html", kind=kind, is_mailed=is_mailed, again=AGAIN)
    return with_no_referrer(page)


def _to_stop(sealed: str) -> tuple[UUID, News]:
    """Whose letters, of which kind. Raises `Refused(NOT_FOUND)`."""
    facts = unseal_facts(STOP, sealed)
    if facts is None:
        raise Refused(NOT_FOUND)
    return UUID(facts["account"]), News(facts["news"])


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
