"""Whether there are pictures, for statements that are asked before them: most pages have none, and
then nobody looks for any."""

from sqlalchemy import ColumnElement, and_, exists

from community.core.actor import Actor
from community.threads.models import Post
from community.threads.pictures.models import Picture

IN_A_POST = and_(Picture.place.is_(None), Picture.erase_at.is_(None))
HAS_PICTURES: ColumnElement[bool] = exists().where(Picture.post_id == Post.id, IN_A_POST)
"""Asked with the post itself."""


def has_unsent(actor: Actor) -> ColumnElement[bool]:
    """Whether any of theirs waits, wherever that is."""
    return exists().where(Picture.account_id == actor.id, Picture.place.is_not(None))
