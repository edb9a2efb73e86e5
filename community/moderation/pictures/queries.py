"""Which pictures a case shows."""

from collections.abc import Sequence

from community.moderation.queries import CasePage
from community.threads.pictures import queries as pictures_queries
from community.threads.pictures.rules import PictureRow
from community.threads.rules.posts import PostState


def in_case(page: CasePage) -> Sequence[PictureRow]:
    """Those of the post it is about, for whoever may read that case, unless its writer has taken
    them back."""
    about = page.item.post
    read = [post for post in page.around if about and post.id == about.post_id]
    there = [post.id for post in read if post.state is not PostState.DELETED]
    return pictures_queries.of_posts(there).of(there[0]) if there else ()
