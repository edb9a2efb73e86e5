"""Each database reads lists of threads, and a thread, by its indexes: among a few thousand rows it
says so itself. What runs here runs on both."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert
from uuid_utils.compat import uuid7

from community.core.db import db
from community.dystonia.topics import TOPICS, topic
from community.threads import listed, queries
from community.threads.bookmarks.models import Bookmark
from community.threads.bookmarks.queries import kept_by
from community.threads.models import Post, Thread, ThreadTag
from community.threads.rules.posts import PostState, Wish
from tests.core.plans import SORTED, plans_of, reads_all, work_of

DEEP = 100
THREADS, GROUPS, REPLIES = 1500, 15, 2  # the last thread is in the last group

RARE, COMMON = "a rare tag", ("a common tag", "older with a common tag")
LATEST = (
    "a topic", "older of a topic", "two topics", "near", "none near", "tags", "my place", *COMMON,
)  # fmt: skip
LONELY = replace(topic("cervical"), near=())
TABLES = ("thread", "post", "thread_tag", "read_mark", "bookmark")
READS_ALL = reads_all(*TABLES, "first", "latest", "furthest")
FROM_THE_NUMBER = re.compile(r"thread_id=\? AND number>\?|Index Cond: .*number >")
IN_ORDER = re.compile(
    r"USING (?:COVERING )?INDEX (ix_thread_\w+)|Index (?:Only )?Scan(?: Backward)? using (\w+)"
)


@pytest.fixture
def thread_id(make, cast, write_in) -> UUID:
    """One of very many threads, in some groups and under each of the topics; the last has many
    replies."""
    groups = [*(make.group(f"Group {number}") for number in range(GROUPS - 1)), cast.group_id]
    return write_in(groups)


@pytest.fixture
def write_in(make, cast, clock) -> Callable[..., UUID]:
    """Write very many threads in these groups, and say which is the last."""
    return lambda groups, about=TOPICS: _written(make, cast, clock, groups, about)


def _written(make, cast, clock, groups, about) -> UUID:
    begun = [uuid7() for _ in range(THREADS)]
    posts = [(each, number) for each in begun for number in range(1, REPLIES + 2)]
    posts += [(begun[-1], number) for number in range(REPLIES + 2, 200)]
    at = {each: clock.now() + timedelta(seconds=n) for n, each in enumerate(begun)}

    def write() -> None:
        db.session.execute(insert(Thread), [_thread(each, n) for n, each in enumerate(begun)])
        db.session.execute(insert(Post), [_post(*each) for each in posts])
        tagged = [
            {"thread_id": each, "tag": tag, "is_private": False}
            for tag, every in (("neck", 5), ("arm", 1))
            for each in begun[::every]
        ]
        db.session.execute(insert(ThreadTag), tagged)

    def _thread(each: UUID, n: int) -> dict[str, Any]:
        return {
            "id": each, "group_id": groups[n % len(groups)], "topic": about[n % len(about)].slug,
            "title": "The bus", "wish": Wish.IDEAS, "author_id": cast.ana.id,
            "started_at": at[each], "last_at": at[each], "post_count": REPLIES + 1,
            "is_held": False,
        }  # fmt: skip

    def _post(each: UUID, number: int) -> dict[str, Any]:
        return {
            "id": uuid7(), "thread_id": each, "number": number, "author_id": cast.ana.id,
            "state": PostState.PUBLISHED, "text": "Rain.", "html": "Rain.", "version": 1,
            "written_at": at[each],
        }  # fmt: skip

    make.done(write)
    people = (cast.ben, cast.ana, cast.hana, cast.mori, cast.marta, cast.pat)
    opening = make.opening(begun[-1])
    kept = [
        {"id": uuid7(), "account_id": each.id, "post_id": opening, "kept_at": clock.now()}
        for each in people
    ]
    make.done(lambda: db.session.execute(insert(Bookmark), kept))
    return begun[-1]


@pytest.fixture
def plans(make) -> Callable[[Callable[[], Any]], Sequence[str]]:
    """How the database would find what is asked meanwhile."""

    return lambda ask: make.done(lambda: plans_of(ask, *TABLES[:3]))


def lists(me, now, thread_id, group_id) -> dict[str, Callable[[], Any]]:
    older = queries.threads_of_topic(me, "cervical", now).older
    kept = queries.posts(me, thread_id, DEEP).replies
    common, older_common = COMMON
    return {
        "a topic": lambda: queries.threads_of_topic(me, "cervical", now),
        "older of a topic": lambda: queries.threads_of_topic(me, "cervical", now, older_than=older),
        "two topics": lambda: queries.threads_of_topic(me, "several-areas", now),
        "a group": lambda: queries.threads_of_group(me, group_id, now),
        "a tag": lambda: queries.threads_with_tag(me, "neck", now),
        "near": lambda: queries.threads_near(me, topic("foot-leg"), 3, now),
        common: lambda: queries.threads_with_tag(me, "arm", now),
        older_common: lambda: queries.threads_with_tag(me, "arm", now, older_than=older),
        RARE: lambda: queries.threads_with_tag(me, "shoulder", now),
        "none near": lambda: queries.threads_near(me, LONELY, 3, now),
        "tags": lambda: queries.tags_in_topic(me, "cervical", 6, now),
        "my place": lambda: queries.new_threads(me, 5, now),
        "kept": lambda: kept_by(me, now, None),
        "a thread": lambda: queries.thread(me, thread_id),
        "its posts": lambda: queries.posts(me, thread_id, DEEP),
        "one of its posts": lambda: queries.post(me, kept[0].id),
        "how many come after": lambda: queries.how_many_after(me, thread_id, DEEP),
        "what comes after": lambda: queries.first_after(me, thread_id, DEEP),
    }


def test_no_list_and_no_thread_reads_a_whole_table(cast, make, clock, thread_id, plans):
    now = clock.now() + timedelta(days=1)
    asks = make.done(lambda: lists(make.actor(cast.ben), now, thread_id, cast.group_id))
    read = {name: plans(ask) for name, ask in asks.items()}
    assert all(read.values())
    whole = {name: plan for name, each in read.items() for plan in each if READS_ALL.search(plan)}
    assert not whole, "\n\n".join(f"{name}:\n{plan}" for name, plan in whole.items())


def test_a_page_of_a_group_is_read_in_the_order_of_an_index_and_never_sorted(
    cast, make, clock, thread_id, plans
):
    now = clock.now() + timedelta(days=1)
    asks = make.done(lambda: lists(make.actor(cast.ben), now, thread_id, cast.group_id))
    page = plans(asks["a group"])[-1]
    assert not SORTED.search(page), page
    used = {each for found in IN_ORDER.findall(page) for each in found if each}
    assert "ix_thread_group_last" in used, page


@pytest.mark.parametrize("name", ["its posts", "how many come after", "what comes after"])
def test_a_post_deep_in_a_thread_is_found_without_those_before_it(
    cast, make, clock, thread_id, plans, name
):
    """P5: the index is entered at the number, whatever stands before it."""
    now = clock.now() + timedelta(days=1)
    asks = make.done(lambda: lists(make.actor(cast.ben), now, thread_id, cast.group_id))
    (page,) = plans(asks[name])
    assert FROM_THE_NUMBER.search(page), page


@pytest.mark.thorough
def test_whoever_is_in_many_groups_has_each_list_as_soon_among_three_times_as_many_threads(
    cast, make, clock, write_in, monkeypatch
):
    """P4: the latest of each group are looked at, and not all that was ever written in them."""
    monkeypatch.setattr(listed, "MANY", 200)
    groups = [make.group(f"Group {number}", members=[cast.ben]) for number in range(3)]
    now = clock.now() + timedelta(days=1)

    def write() -> UUID:
        write_in(groups, [topic("cervical")])
        return write_in(groups)

    def work() -> dict[str, int]:
        asks = make.done(lambda: lists(make.actor(cast.ben), now, thread_id, groups[0]))
        return {name: make.done(lambda ask=asks[name]: work_of(ask)) for name in (*LATEST, RARE)}

    thread_id = write()
    among_some = work()
    write()
    write()
    more = {name: (among_some[name], each) for name, each in work().items()}
    assert all(among_some[name] for name in LATEST)
    assert not {name: each for name, each in more.items() if each[1] > max(each[0] * 2, 50)}
