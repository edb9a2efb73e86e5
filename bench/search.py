"""Looking for words among a million posts, beside the thread page: P6."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import case, select

from bench.measure import Figure, in_turn, late, ratio
from bench.pages import LARGE, TABLES, Page, paths
from bench.statements import asked_meanwhile, whole_scans
from bench.store import CHUNK, Store, postgresql, pour, store_at
from community.accounts.models import Account
from community.core.db import db
from community.home.search.views import SEARCHES
from community.threads.models import Post, Thread
from community.threads.search.keeping import words_of
from community.threads.search.models import PostWords

THREAD_MOST = 5
TIMES = 40
OF_ONE = "a word in 20 %, of one writer"

# Which posts have a word: one in so many, beginning with this one.
HAVE: Mapping[str, tuple[int, int]] = {
    "heron": (10_000, 7),
    "ferry": (100, 1),
    "lantern": (5, 2),
    "pebble": (7, 3),
    "lighthouse": (30, 4),
    "lightning": (30, 5),
}
LOOKED_FOR = {
    "a rare word": "heron",
    "a word in 1 %": "ferry",
    "a word in 20 %": "lantern",
    OF_ONE: "lantern",
    "two words": "lantern pebble",
    "a beginning": "light*",
}


def said_too(number: int) -> str:
    """What this post says beside the words that all of them are made of."""
    return " ".join(word for word, (each, first) in HAVE.items() if number % each == first)


def p6(folder: Path) -> dict[str, list[Figure]]:
    """Each kind of search, and the thread page in the same store, on each database."""
    with postgresql() as url:
        return {
            "P6": [
                *_figures("SQLite", f"sqlite:///{folder / 'searched.db'}"),
                *_figures("PostgreSQL", url),
            ]
        }


def _figures(database: str, url: str) -> Iterator[Figure]:
    """For somebody who may read a third of it."""
    with store_at(url, LARGE, said_too=said_too, elsewhere=2) as made:
        _index(made)
        thread = Page(made, *paths(made)["thread"])
        subjects: dict[str, Callable[[], float]] = {"thread": late(thread.get, TIMES)}
        for name, typed in LOOKED_FOR.items():
            page = _page(made, typed, _a_writer(made, typed) if name == OF_ONE else "")
            with asked_meanwhile(made) as asked:
                page.get()
            scans = whole_scans(made, asked, (*TABLES, "post_words"))
            assert not scans, f"looking for {name} reads a whole table: {scans}"
            subjects[name] = late(page.get, TIMES)
        costs = in_turn(subjects)
    for name in LOOKED_FOR:
        yield ratio(f"{name}, {database}", costs[name], costs["thread"], THREAD_MOST)


def _a_writer(made: Store, word: str) -> str:
    """The name of somebody who has written this where it may be read."""
    where = (Thread.group_id == made.group_id, Post.text.contains(word))
    query = select(Account.name).join(Post, Post.author_id == Account.id)
    with made.app.app_context():
        return db.session.scalars(query.join(Thread).where(*where).limit(1)).one()


def _page(made: Store, typed: str, by: str) -> Page:
    """What was found, as the browser asks for it that has sent the words."""
    signer = SecureCookieSessionInterface().get_signing_serializer(made.app)
    assert signer is not None
    search_id = uuid4()
    name, _, kept = made.cookie.partition("=")
    asked = {"words": typed, "topic": "", "by": by}
    session = {**signer.loads(kept), SEARCHES: [[search_id.hex, asked]]}
    searching = replace(made, cookie=f"{name}={signer.dumps(session)}")
    return Page(searching, f"/search/{search_id}", ["<mark>", "What people wrote"])


def _index(made: Store) -> None:
    """Its words, and what a server finds out about its tables by itself in time."""
    with made.app.app_context():
        pour(PostWords, _words())
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
                server.exec_driver_sql("VACUUM ANALYZE")


class _Said(NamedTuple):
    text: str
    html: str
    number: int
    title: str
    group_id: UUID


def _words() -> Iterator[dict[str, Any]]:
    is_first = Post.number == 1
    query = (
        select(
            Post.id,
            Post.text,
            Post.html,
            case((is_first, 1), else_=2),
            case((is_first, Thread.title), else_=""),
            Thread.group_id,
        )
        .join(Thread, Thread.id == Post.thread_id)
        .order_by(Post.id)
        .limit(CHUNK)
    )
    after = UUID(int=0)
    while rows := db.session.execute(query.where(Post.id > after)).all():
        after = rows[-1].id
        for post_id, *said in rows:
            yield {"post_id": post_id, "words": _kept(_Said(*said))}


@lru_cache(maxsize=20_000)
def _kept(said: _Said) -> str:
    return words_of(said, said)
