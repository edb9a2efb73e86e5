"""What muting does, and what it leaves as it is. Pure.

What somebody signs is folded for whoever muted them, and rings no bell. It goes one way: whoever is
muted reads and writes as before. What is written without a name is left as it is, because folding
it would say who wrote it. Nothing that staff decide or tell is touched.
"""

from dataclasses import dataclass
from uuid import UUID

from community.threads.answers.rules import Answered
from community.threads.rules.rows import PostRow


@dataclass(frozen=True, slots=True)
class Muted:
    """Whom somebody has muted."""

    people: frozenset[UUID] = frozenset()

    def folds(self, post: PostRow | Answered) -> bool:
        """Whether a post is folded for them. Of what is written without a name, they have no
        author’s id."""
        return not post.is_unnamed and post.author_id in self.people
