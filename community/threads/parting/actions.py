"""Erasing what somebody wrote, or leaving it without their name.

Their posts are locked first, then their threads, each in the order of their keys, as wherever both
are; many are blanked in one statement, so the index of words is told here.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, select, update

from community.core.db import db, locked_all
from community.threads.hints.models import Hint
from community.threads.holds.models import Hold
from community.threads.models import Post, PostVersion, Thread, ThreadTag
from community.threads.notes.models import NoteSuggestion
from community.threads.notes.rules import NO_NOTES
from community.threads.pace.models import ThreadPace
from community.threads.parting.rules import Words, stays
from community.threads.resonance.models import Resonance
from community.threads.rules.posts import PostState
from community.threads.search.models import PostWords
from community.threads.summary.models import ThreadSummary
from community.threads.taken_back.keeping import forget_beside
from community.threads.taken_back.models import TakenBack

_BLANK = {
    "text": "",
    "html": "",
    "notes": NO_NOTES,
    "state": PostState.DELETED,
    "hidden_until": None,
    "press_id": None,
}
_UNSAID = "–"  # why a thread that they began rests: it may say something of them
_AT_ONCE = 500  # so that no statement names more rows than a database takes


def part(account_id: UUID, words: Words) -> None:
    """Before the account goes, which takes its name from what stays. Earlier versions go in either
    way: only their writer and moderators could read them."""
    posts = locked_all(Post, Post.author_id == account_id, Post.state != PostState.DELETED)
    threads = {each.id for each in locked_all(Thread, Thread.author_id == account_id)}
    gone = [each for each in posts if not stays(each.state, words)]
    begun = {each.thread_id for each in gone if each.number == 1} & threads
    mine = [each.id for each in posts]
    blank = [each.id for each in gone]
    forget_beside(select(TakenBack.post_id).where(TakenBack.account_id == account_id))
    db.session.expunge_all()  # the rows change behind them
    if words is Words.ERASED:
        db.session.execute(delete(ThreadSummary).where(ThreadSummary.author_id == account_id))
    for some in _pieces(mine):
        for model in (PostVersion, Hold, NoteSuggestion, Hint):
            db.session.execute(delete(model).where(model.post_id.in_(some)))
    for some in _pieces(blank):
        db.session.execute(delete(Resonance).where(Resonance.post_id.in_(some)))
        db.session.execute(update(Post).where(Post.id.in_(some)).values(**_BLANK))
        left = {"words": "", "has_left": True}
        said = (PostWords.post_id.in_(some), PostWords.words != "")
        db.session.execute(update(PostWords).where(*said).values(**left))
    for some in _pieces(sorted(threads)):
        paced = update(ThreadPace).where(ThreadPace.thread_id.in_(some))
        db.session.execute(paced.values(why=_UNSAID))
    for some in _pieces(sorted(begun)):
        for beside in (ThreadTag, ThreadSummary):
            db.session.execute(delete(beside).where(beside.thread_id.in_(some)))
        db.session.execute(update(Thread).where(Thread.id.in_(some)).values(title=""))


def _pieces(ids: Collection[UUID]) -> list[list[UUID]]:
    every = list(ids)
    return [every[at : at + _AT_ONCE] for at in range(0, len(every), _AT_ONCE)]
