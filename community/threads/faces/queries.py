"""Who reads a page of posts, and how they chose to meet them."""

from collections.abc import Collection
from datetime import datetime

from community.accounts.rules import Comfort
from community.core.actor import Actor
from community.threads.faces.rules import Reader
from community.threads.mutes.queries import muted_by
from community.threads.mutes.rules import Muted
from community.threads.notes.queries import choices_for
from community.threads.pictures.queries import Pictures
from community.threads.rules.rows import PostRow, notes_of


def reader(
    actor: Actor,
    comfort: Comfort,
    posts: Collection[PostRow],
    pictures: Pictures,
    now: datetime,
    *,
    mutes: bool = True,
) -> Reader:
    """This person, before these posts, which were read for them. `mutes` is False for somebody who
    is known to have muted nobody."""
    choices, muted = choices_for(actor, notes_of(posts)), muted_by(actor) if mutes else Muted()
    return Reader(actor, now, muted, choices, pictures.in_posts, comfort.hides_pictures)
