"""Whatever is read of threads is exactly what the rules let its reader have, and under the name
that they may know. What runs here runs on both databases."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import product
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Staff, Standing
from community.core.db import db
from community.core.verdict import NOT_FOUND, Refused
from community.dystonia.topics import catalogue
from community.dystonia.topics import topic as find_topic
from community.threads import listed as lists
from community.threads import queries
from community.threads.bookmarks.models import Bookmark
from community.threads.bookmarks.queries import kept_by
from community.threads.feeds.queries import news_of
from community.threads.following.models import Following
from community.threads.following.rules import Level
from community.threads.gathering.rules import PinPlace
from community.threads.models import ReadMark
from community.threads.mutes.models import Mute
from community.threads.reading.queries import part, writers
from community.threads.reading.rules import Sought
from community.threads.rules.posts import PostState
from community.threads.rules.rows import PostRow, ThreadRow, Threads
from tests.threads.worlds import (
    ABOUT,
    ARRANGED,
    ROLES,
    TAGGED,
    Begun,
    Known,
    Said,
    Told,
    placed,
)

IN_A_STORE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)


@dataclass(frozen=True)
class Reader:
    """Who reads, and what they chose."""

    roles: dict[int, frozenset[Role]]
    is_apart: bool
    mutes: bool
    staff: frozenset[Staff] = frozenset()


READERS = st.builds(
    Reader,
    roles=st.dictionaries(st.integers(0, 2), ROLES),
    is_apart=st.booleans(),
    mutes=st.booleans(),
    staff=st.frozensets(st.sampled_from(Staff)),
)


@pytest.fixture
def groups(make, cast):
    return [cast.group_id, make.group("Two", members=[cast.ana]), make.group("Three")]


@pytest.fixture
def call_id(make, cast):
    return make.call(cast.group_id, cast.hana)


def _shown(by: int) -> Said:
    return Said(by, False, PostState.PUBLISHED, None, frozenset(), frozenset())


ALL_THAT_IS_NEW_IS_BY_HANA = Begun(0, False, False, False, [_shown(1), _shown(2)], 1)
ALL_OF_IT_IS_BY_BEN = replace(
    ALL_THAT_IS_NEW_IS_BY_HANA,
    said=[_shown(1)],
    tags=(("neck", False),),
    pins=frozenset(PinPlace),
    was_two=True,
)


@pytest.mark.holds("promise:10", "asvs:6", "moderation:21", "moderation:22")
@IN_A_STORE
@given(made=ARRANGED, reader=READERS)
@example(
    made=[ALL_THAT_IS_NEW_IS_BY_HANA],
    reader=Reader(roles={0: frozenset({Role.MEMBER})}, is_apart=False, mutes=True),
)
@example(
    made=[ALL_OF_IT_IS_BY_BEN],
    reader=Reader(roles={0: frozenset({Role.MEMBER})}, is_apart=True, mutes=False),
)
@pytest.mark.usefixtures("inside")
def test_all_that_is_read_of_threads_is_what_the_rules_let_this_person_have(
    cast, clock, groups, call_id, made: list[Begun], reader: Reader
):
    now, people = clock.now(), (cast.ana, cast.ben, cast.hana)
    me = Actor(
        id=cast.ana.id, name="Ana", standing=Standing.ACTIVE,
        roles=MappingProxyType({groups[which]: roles for which, roles in reader.roles.items()}),
        apart=frozenset({cast.ben.id} if reader.is_apart else ()), staff=reader.staff,
        has_agreed=True,
    )  # fmt: skip
    muted = {cast.hana.id} if reader.mutes else set()
    with db.session.begin_nested() as undone:
        threads = list(placed(made, people, groups, call_id, me, now))
        _choose(me, muted, threads, now)
        _assert_lists(me, muted, threads, now)
        _assert_topics(me, threads, now)
        _assert_letters(me, muted, threads, now)
        _assert_kept(me, threads, now)
        for thread in threads:
            _assert_page(me, thread, now)
        undone.rollback()


def _choose(me: Actor, muted: set, threads: list[Known], now: datetime) -> None:
    since = now - timedelta(days=1)
    mailed = {"topic": "cervical", "level": Level.MAIL, "since": since}
    db.session.add(Following(account_id=me.id, **mailed))
    db.session.add_all(Mute(account_id=me.id, member_id=each, since=since) for each in muted)
    for thread in threads:
        if thread.begun.read_to:
            mark = {"thread_id": thread.id, "number": thread.begun.read_to}
            db.session.add(ReadMark(account_id=me.id, **mark))
        for post in thread.posts:
            db.session.add(Bookmark(account_id=me.id, post_id=post.id, kept_at=now))
    db.session.flush()


def _assert_lists(me: Actor, muted: set, threads: list[Known], now: datetime) -> None:
    listed = {each.id for each in threads if each.is_listed_for(me)}
    found = []
    for group_id in {each.group_id for each in threads}:
        its = [each for each in threads if each.id in listed and each.group_id == group_id]
        top = {each.id for each in its if PinPlace.GROUP in each.begun.pins}
        page = queries.threads_of_group(me, group_id, now)
        _assert_list(page, top, {each.id for each in its})
        found += [*page.pinned, *page.rows]
    for row in found:
        _assert_row(me, next(each for each in threads if each.id == row.id), row)
    assert set(queries.titles(me, [each.id for each in threads], now)) == listed
    quiet = {each.id for each in threads if _is_by(muted, each.first) and not each.is_of_circle}
    assert {row.id for row in queries.new_threads(me, 99, now)} == listed - quiet
    assert {row.id for row in news_of(me, now)} == listed - quiet


def _assert_list(page: Threads, top: set[UUID], wanted: set[UUID]) -> None:
    """Each once: what is pinned above the others."""
    assert {row.id for row in page.pinned} == top
    assert {row.id for row in page.rows} == wanted - top
    assert len(page.pinned) + len(page.rows) == len(wanted)


def _assert_topics(me: Actor, threads: list[Known], now: datetime) -> None:
    listed = [each for each in threads if each.is_listed_for(me)]
    for slug in ABOUT:
        here = [each for each in listed if each.begun.about == slug]
        below = catalogue().below.get(slug)
        small = [each for each in listed if below and each.begun.about == below.slug]
        page = queries.threads_of_topic(me, slug, now)
        top = {each.id for each in here if PinPlace.TOPIC in each.begun.pins}
        _assert_list(page, top, {each.id for each in (*here, *small)})
        common = Counter(
            tag for each in here for tag, is_private in each.begun.tags if not is_private
        )
        tags = [tag.slug for tag in queries.tags_in_topic(me, slug, 99, now)]
        assert tags == sorted(common, key=lambda tag: (-common[tag], tag))
        about = find_topic(slug)
        others = [each for each in listed if each not in (*here, *small)]
        beside = [each for each in others if each.begun.about in about.near]
        near = {row.id for row in queries.threads_near(me, about, 99, now)}
        assert near == {each.id for each in beside or others}
    for tag, is_common in product(TAGGED, (False, True)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(lists, "MANY", 0 if is_common else 99)
            page = queries.threads_with_tag(me, tag, now)
        _assert_list(page, set(), {each.id for each in listed if tag in each.tags_for(me)})


def _is_by(muted: set, post: Told) -> bool:
    return not post.said.unnamed and post.author.id in muted


def _assert_row(me: Actor, thread: Known, row: ThreadRow) -> None:
    first, latest, read_to = thread.first, thread.posts[-1], thread.begun.read_to
    assert row.title == ("Tea" if first.is_there(me) else "")
    assert row.author_id == first.author_id(me)
    assert row.author_name == (first.name if first.is_there(me) else None)
    assert row.is_apart == (not first.is_there(me))
    assert row.replies == len(thread.after(1, me))
    assert row.unread == len(thread.after(read_to or 0, me))
    assert row.latest_name == (latest.name if latest.is_met(me) else None)
    read = [each for each in thread.after(0, me) if each.number <= (read_to or 0)]
    assert row.read_to == read_to
    assert {tag.slug for tag in row.tags} == thread.tags_for(me)
    assert (row.read_id, row.read_name) == ((read[-1].id, read[-1].name) if read else (None, None))


def _assert_letters(me: Actor, muted: set, threads: list[Known], now: datetime) -> None:
    def is_news(post: Told) -> bool:
        return post.is_shown and not post.is_by(me) and not _is_by(muted, post)

    told = {
        each.id
        for each in threads
        if each.is_listed_for(me)
        and each.begun.about == "cervical"
        and any(map(is_news, each.after(each.begun.read_to or 0, me)))
    }
    assert {row.id for row in queries.asked_to_hear(me, now)} == told


def _assert_kept(me: Actor, threads: list[Known], now: datetime) -> None:
    posts = {each.id: (thread, each) for thread in threads for each in thread.posts}
    rows = kept_by(me, now, None).rows
    assert len(rows) == len(posts)
    for row in rows:
        thread, post = posts[row.post_id]
        is_seen = thread.is_open_to(me) and post.is_shown and post.is_there(me)
        assert row.thread_id == (thread.id if is_seen else None)
        assert row.author_name == (post.name if is_seen else None)


def _assert_page(me: Actor, thread: Known, now: datetime) -> None:
    is_open = thread.is_open_to(me)
    for post in thread.posts:
        is_seen = is_open and post.is_there(me) and (not post.is_waiting or post.is_by(me))
        row = _or_none(lambda post=post: queries.post(me, post.id))
        assert (row is not None) == is_seen
        if row:
            _assert_post(me, post, row)
    if thread.before:
        assert _or_none(lambda: queries.thread(me, thread.before)) is None
        assert _or_none(lambda: queries.opening(me, thread.before)) is None
    row = _or_none(lambda: queries.thread(me, thread.id))
    assert (row is not None) == is_open
    if row is None:
        return
    _assert_row(me, thread, row)
    found = queries.posts(me, thread.id, 1)
    wanted = [thread.first, *thread.after(1, me)]
    assert [each.id for each in (found.opening, *found.replies)] == [each.id for each in wanted]
    for post, each in zip(wanted, (found.opening, *found.replies), strict=True):
        _assert_post(me, post, each)
    for number in range(len(thread.posts) + 1):
        later = thread.after(number, me)
        assert queries.how_many_after(me, thread.id, number) == len(later)
        first = next(((each.number, each.id) for each in later), None)
        assert queries.first_after(me, thread.id, number) == first
    gone = {
        each.id
        for each in thread.after(0, me)
        if not each.is_shown and not (each.is_waiting and each.is_by(me))
    }
    assert {each.id for each in queries.gone(me, thread.id, now)} == gone
    seen = [each for each in thread.posts if each.is_shown and each.is_there(me)]
    found = part(me, thread.id, Sought(), now, after=0, most=99)
    assert [each.id for each in found.posts] == [each.id for each in seen]
    assert {(each.name, each.account_id) for each in writers(me, thread.id, now)} == {
        (each.name, None if each.said.unnamed else each.author.id) for each in seen
    }


def _assert_post(me: Actor, post: Told, row: PostRow) -> None:
    is_read = post.is_by(me) or not post.is_waiting
    assert row.text == ("Tea." if is_read and row.state is not PostState.DELETED else "")
    assert row.author_id == post.author_id(me)
    assert row.author_name == post.name
    assert row.is_unnamed == post.said.unnamed


def _or_none(ask):
    try:
        return ask()
    except Refused as refused:
        return {NOT_FOUND: None}[refused.reason]
