"""A store with as many posts as it takes: streamed in, and the same each time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from secrets import token_hex
from typing import Any
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import delete, insert
from uuid_utils.compat import uuid7

from community.accounts import actions as accounts_actions
from community.accounts.models import Account
from community.app import create_app
from community.core.actor import Actor, Role, Staff, Standing
from community.core.db import Base, db, transaction
from community.core.letters import OutboxLetter
from community.core.ports import Ports
from community.core.text import to_html
from community.dystonia.topics import TOPICS
from community.threads.models import Post, Thread
from community.threads.rules.posts import PostState, Wish
from config import Settings
from tests.cluster import Cluster
from tests.fakes import FRIDAY_NOON, FrozenClock, KeptMail, PretendMedia
from tests.make import Make

A_THREAD = 20
"""Posts in the thread that is looked at, its first words among them."""

SIZES = (A_THREAD, 10, 6, 4)  # so a thread has ten posts in the mean
A_MEMBER = 20  # posts, in the mean

SaidToo = Callable[[int], str]

CHUNK = 10_000
THREADS_AT_ONCE = 1_000
CALLS = 12
WORDS = (
    "today", "evening", "window", "tea", "walk", "rain", "slow", "gentle", "friend", "garden",
    "train", "scarf", "cushion", "letter", "music", "morning", "quiet", "reading", "kitchen",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Store:
    """The app on its store, and what there is to look at."""

    app: Flask
    make: Make
    reader: Actor
    host: Actor
    cookie: str
    thread_id: UUID | None
    long_thread_id: UUID | None
    group_id: UUID


@contextmanager
def store(
    path: Path,
    posts: int,
    *,
    longest: int = 0,
    begins: datetime = FRIDAY_NOON,
    said_too: SaidToo = lambda number: "",
    elsewhere: int = 0,
    joined: int = 0,
) -> Iterator[Store]:
    """A community with this many posts, a tenth as many threads and a twentieth as many members,
    and one long thread if asked for. `said_too` is what each post says beside the words that all
    are made of, by its number. `elsewhere` is how many other groups there are, each with as many
    threads, and `joined` in how many of those the reader is as well."""
    url = f"sqlite:///{path}"
    with store_at(
        url,
        posts,
        longest=longest,
        begins=begins,
        said_too=said_too,
        elsewhere=elsewhere,
        joined=joined,
    ) as made:
        yield made


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database, on a server of its own."""
    cluster = Cluster.start()
    assert cluster, "the bench needs PostgreSQL"
    try:
        yield cluster.url(cluster.new())
    finally:
        cluster.stop()


@contextmanager
def store_at(
    database_url: str,
    posts: int,
    *,
    longest: int = 0,
    begins: datetime = FRIDAY_NOON,
    said_too: SaidToo = lambda number: "",
    elsewhere: int = 0,
    joined: int = 0,
) -> Iterator[Store]:
    """The same in any database that is empty."""
    clock = FrozenClock(begins)
    ports = Ports(clock=clock, mailer=KeptMail(), media=PretendMedia())
    app = create_app(Settings.for_tests(database_url, release="bench"), ports)
    with app.app_context():
        db.create_all()
    made = _filled(app, Make(app, clock), posts, longest, said_too, elsewhere, joined)
    yield made
    with app.app_context():
        db.engine.dispose()


def _filled(
    app: Flask,
    make: Make,
    posts: int,
    longest: int,
    said_too: SaidToo,
    elsewhere: int,
    joined: int,
) -> Store:
    everyone = make.everyone()
    reader = make.member("Ana")
    writers = [uuid7() for _ in range(max(posts // A_MEMBER, 1))]
    hana = facilitator(make, everyone, "Hana")
    calls = [
        make.call(everyone, hana, title=f"Circle {number}", starts_in=timedelta(days=1 + number))
        for number in range(CALLS)
    ]
    make.signed_up(calls[0], reader)
    now = make.clock.now()
    sizes = SIZES * (posts // sum(SIZES)) or (A_THREAD,) * (posts // A_THREAD)
    sizes += (longest,) * bool(longest)
    looked_at, last = len(sizes) // 2 // len(SIZES) * len(SIZES), len(sizes) - 1
    ids: dict[int, UUID] = {}
    others = (
        make.group(f"Elsewhere {number}", members=[reader] if number < joined else [])
        for number in range(elsewhere)
    )
    groups = [everyone, *others]
    of_thread = [groups[(number - looked_at) % len(groups)] for number in range(len(sizes))]
    threads = _threads(of_thread, writers, sizes, now, said_too)
    with app.app_context():
        pour(Account, _members(writers, now))
        while some := list(islice(threads, THREADS_AT_ONCE)):
            pour(Thread, (row for _, row, _ in some))
            pour(Post, (post for _, _, posts_of in some for post in posts_of()))
            ids |= {number: row["id"] for number, row, _ in some if number in (looked_at, last)}
    with app.app_context(), transaction():
        token = accounts_actions.sign_in(reader.id, "bench", now=now)
    return Store(
        app=app,
        make=make,
        reader=make.actor(reader),
        host=hana,
        cookie=session_of(app, token),
        thread_id=ids.get(looked_at),
        long_thread_id=ids[last] if longest else None,
        group_id=everyone,
    )


def facilitator(make: Make, everyone: UUID, name: str) -> Actor:
    """Somebody who may hold calls of the built-in group."""
    person, admin = make.member(name), make.staff(f"{name}’s admin", Staff.ADMIN)
    make.appointed(everyone, admin, person, frozenset({Role.FACILITATOR}))
    return make.actor(person)


def lose_letters(made: Store) -> None:
    """Nobody reads what all this wrote to its people, and no server that is measured posts it."""
    with made.app.app_context(), transaction():
        db.session.execute(delete(OutboxLetter))


def _members(ids: Sequence[UUID], now: datetime) -> Iterator[dict[str, Any]]:
    for number, account_id in enumerate(ids):
        yield {
            "id": account_id,
            "email": f"member{number}@example.org",
            "name": f"Member {number}",
            "standing": Standing.ACTIVE,
            "adult_at": now,
            "joined_at": now,
        }


def _threads(
    groups: Sequence[UUID],
    writers: Sequence[UUID],
    sizes: Sequence[int],
    now: datetime,
    said_too: SaidToo,
) -> Iterator[tuple[int, dict[str, Any], Callable[[], Iterator[dict[str, Any]]]]]:
    """Each with its number, and what yields its posts."""
    chance = Random(20)
    kept = [_some_words(chance) for _ in range(200)]
    topics = [topic.slug for topic in TOPICS]
    before = 0
    for number, size in enumerate(sizes):
        begun = now - timedelta(minutes=len(sizes) - number, hours=size)
        thread = {
            "id": uuid7(),
            "group_id": groups[number],
            "topic": topics[number % len(topics)],
            "title": f"{chance.choice(WORDS)} and {chance.choice(WORDS)}, {number}".capitalize(),
            "wish": Wish.ME_TOO,
            "author_id": chance.choice(writers),
            "started_at": begun,
            "last_at": begun + timedelta(minutes=size),
            "post_count": size,
        }
        yield number, thread, _posts(thread, writers, kept, number, before, said_too)
        before += size


def _posts(
    thread: dict[str, Any],
    writers: Sequence[UUID],
    kept: Sequence[Any],
    seed: int,
    before: int,
    said_too: SaidToo,
) -> Any:
    def rows() -> Iterator[dict[str, Any]]:
        chance = Random(seed)
        for number in range(1, thread["post_count"] + 1):
            text, html = chance.choice(kept)
            if more := said_too(before + number):
                text, html = f"{text}\n\n{more}", f"{html}<p>{more}</p>\n"
            yield {
                "thread_id": thread["id"],
                "number": number,
                "author_id": chance.choice(writers),
                "state": PostState.PUBLISHED,
                "text": text,
                "html": html,
                "written_at": thread["started_at"] + timedelta(minutes=number),
            }

    return rows


def _some_words(chance: Random) -> tuple[str, str]:
    paragraphs = (
        " ".join(chance.choices(WORDS, k=chance.randint(20, 60))).capitalize() + "."
        for _ in range(chance.randint(1, 3))
    )
    text = "\n\n".join(paragraphs)
    return text, to_html(text)


def pour(model: type[Base], rows: Iterator[dict[str, Any]]) -> None:
    """Put these rows into its table, some thousands at a time."""
    into = insert(model.__table__)  # type: ignore[arg-type]
    while chunk := list(islice(rows, CHUNK)):
        with transaction():
            db.session.connection().execute(into, chunk)


def session_of(app: Flask, token: str) -> str:
    """What the browser of somebody who is signed in, and has opened a page before, sends."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    signed_in = {"_user_id": token, "_fresh": True, "_permanent": True}
    kept = signer.dumps({**signed_in, "csrf_token": token_hex(20)})
    return f"{app.config['SESSION_COOKIE_NAME']}={kept}"
