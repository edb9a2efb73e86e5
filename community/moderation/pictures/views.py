"""The pictures of a post, for whoever decides about it."""

from datetime import datetime
from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from community.core.actor import Actor
from community.core.db import transaction
from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation import queries
from community.moderation.appeals import queries as appeals_queries
from community.moderation.openness.actions import opened_picture
from community.moderation.pictures.queries import in_case
from community.moderation.queries import CasePage
from community.threads.pictures.rules import Size
from community.threads.pictures.views import as_file

bp = Blueprint("case_pictures", __name__, url_prefix="/moderation")


@bp.get("/<uuid:item_id>/pictures/<uuid:picture_id>")
def file(item_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """One picture of a case that this person may open."""
    me, instant = current_actor(), now()
    page = queries.case_page(me, item_id, instant)
    return _file(me, page, picture_id, instant, decides=bool(page.actions))


@bp.get("/appeals/<uuid:appeal_id>/pictures/<uuid:picture_id>")
def file_of_appeal(appeal_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """The same for whoever looks again."""
    me, instant = current_actor(), now()
    found = appeals_queries.page(me, appeal_id, instant)
    decides = not found.row.hearing.is_answered
    return _file(me, found.page, picture_id, instant, decides=decides)


def _file(
    me: Actor, page: CasePage, picture_id: UUID, instant: datetime, *, decides: bool
) -> ResponseReturnValue:
    """The picture; that they looked is written down where its page does so."""
    if picture_id not in {picture.id for picture in in_case(page)}:
        raise Refused(NOT_FOUND)
    if decides:
        with transaction():
            opened_picture(me, page.item, now=instant)
    return as_file(picture_id, Size.LARGE)
