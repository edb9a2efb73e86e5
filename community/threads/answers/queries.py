"""To whom replies answer, as their reader has it. It is read along with the posts of a page."""

from typing import Any

from sqlalchemy import Row, Select, and_, case, func

from community.accounts.models import Account
from community.core.actor import Actor
from community.core.db import alias_of
from community.threads.anonymous.queries import known_writer
from community.threads.answers.models import Answer
from community.threads.answers.rules import Answered
from community.threads.apart import meets_writer
from community.threads.models import Post

To = alias_of(Post, "answered")
ToAuthor = alias_of(Account, "answered_author")
FIELDS = (
    "id",
    "author_id",
    "author_name",
    "is_unnamed",
    "state",
    "hidden_until",
    "html",
    "notes",
    "mark",
)
_LABELS = tuple((name, f"to_{name}") for name in FIELDS)


def with_answered(actor: Actor, posts: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """These posts, with the one that each answers: if it is in the same thread still, and there for
    this person."""
    return (
        posts.add_columns(
            To.id.label("to_id"),
            known_writer(actor, To).label("to_author_id"),
            func.coalesce(To.pseudonym, ToAuthor.name).label("to_author_name"),
            To.pseudonym.is_not(None).label("to_is_unnamed"),
            To.state.label("to_state"),
            To.hidden_until.label("to_hidden_until"),
            case((Answer.mark.is_not(None), To.html), else_="").label("to_html"),
            To.notes.label("to_notes"),
            Answer.mark.label("to_mark"),
        )
        .outerjoin(Answer, Answer.post_id == Post.id)
        .outerjoin(
            To,
            and_(To.id == Answer.to_id, To.thread_id == Post.thread_id, meets_writer(actor, To)),
        )
        .outerjoin(ToAuthor, ToAuthor.id == To.author_id)
    )


def facts_of(row: Row[*tuple[Any, ...]]) -> dict[str, Any]:
    """What such a row says of the post, with what it answers as one value."""
    facts: dict[str, Any] = row._asdict()
    to = {name: facts.pop(label) for name, label in _LABELS}
    facts["answered"] = Answered(group_id=facts["group_id"], **to) if to["id"] else None
    return facts
