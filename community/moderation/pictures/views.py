"""The pictures of a post, for whoever decides about it."""

from uuid import UUID

from flask import Blueprint
from flask.typing import ResponseReturnValue

from community.core.verdict import NOT_FOUND, Refused
from community.core.web import current_actor, now
from community.moderation import queries
from community.moderation.appeals import queries as appeals_queries
from community.moderation.pictures.queries import in_case
from community.moderation.queries import CasePage
from community.threads.pictures.rules import Size
from community.threads.pictures.views import as_file

bp = Blueprint("case_pictures", __name__, url_prefix="/moderation")


@bp.get("/<uuid:item_id>/pictures/<uuid:picture_id>")
def file(item_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """One picture of a case that this person may open."""
    return _file(queries.case_page(current_actor(), item_id, now()), picture_id)


@bp.get("/appeals/<uuid:appeal_id>/pictures/<uuid:picture_id>")
def file_of_appeal(appeal_id: UUID, picture_id: UUID) -> ResponseReturnValue:
    """The same for whoever looks again."""
    return _file(appeals_queries.page(current_actor(), appeal_id, now()).page, picture_id)


def _file(page: CasePage, picture_id: UUID) -> ResponseReturnValue:
    if picture_id not in {picture.id for picture in in_case(page)}:
        raise Refused(NOT_FOUND)
    return as_file(picture_id, Size.LARGE)
