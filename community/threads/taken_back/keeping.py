"""What becomes of the words when somebody takes them back, and what moderators decide meanwhile."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from community.core.db import Ids, db
from community.threads.models import Post, PostVersion, Thread, ThreadTag
from community.threads.resonance.models import Resonance
from community.threads.rules.posts import PostState
from community.threads.taken_back import queries
from community.threads.taken_back.models import TakenBack
from community.threads.taken_back.rules import KEPT_FOR


def keep(post: Post, thread: Thread, *, now: datetime) -> None:
    """Set the words aside for whoever wrote them. Whoever asks blanks them where they stood."""
    if post.author_id is None:
        return
    began = post.number == 1
    db.session.add(
        TakenBack(
            post_id=post.id,
            account_id=post.author_id,
            title=thread.title if began else "",
            text=post.text,
            notes=post.notes,
            tags=queries.tags_of(thread.id) if began else {},
            state=post.state,
            hidden_until=post.hidden_until,
            taken_at=now,
            erase_at=now + KEPT_FOR,
        )
    )
    db.session.flush()


def give_back(kept: TakenBack, post: Post, thread: Thread, html: str) -> None:
    """The words where they stood; of a thread that still begins with them, its title and tags. The
    title comes first, because it is looked for with them."""
    if post.number == 1 and not thread.title and kept.title:
        thread.title = kept.title
        db.session.add_all(
            ThreadTag(thread_id=thread.id, tag=slug, is_private=is_private)
            for slug, is_private in kept.tags.items()
        )
        db.session.flush()
    post.text, post.html, post.notes = kept.text, html, kept.notes
    db.session.delete(kept)


def forget_beside(posts: Ids) -> None:
    """These words are erased for good, and with them what they said before and what others gave
    them: that was kept out of sight, to come back with them."""
    for model in (PostVersion, Resonance):
        db.session.execute(delete(model).where(model.post_id.in_(posts)))


def decided(post_id: UUID, state: PostState, until: datetime | None = None) -> None:
    """Moderation has decided about words that were taken back: it holds if they come back."""
    kept = db.session.get(TakenBack, post_id)
    if kept is not None:
        kept.state, kept.hidden_until = state, until
