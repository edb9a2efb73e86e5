"""Who puts a thread in short, where that stands, and how far it goes."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Bounds, Role, Staff, Standing
from community.threads.pace.rules import AS_USUAL, LOCKED, PAUSED, Pace, PaceKind, Paces
from community.threads.rules.posts import PostState, Wish, Written
from community.threads.rules.rows import ThreadRow
from community.threads.summary.rules import (
    LONG,
    NOT_FOR_YOU,
    NOT_LONG,
    WITHOUT_NAME,
    as_seen,
    may_take_away,
    may_write,
    reaches,
    stands,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP, ME, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
LOCK = Paces(lock=Pace(UUID(int=5), PaceKind.LOCK, None, "kindness", "So.", None))
PAUSE = Paces(pause=Pace(UUID(int=6), PaceKind.PAUSE, None, "kindness", "So.", None))


def actor(*roles, **more) -> Actor:
    return Actor(ME, "Ana", Standing.ACTIVE, roles={GROUP: frozenset(roles)}, **more)


def thread(replies, **more) -> ThreadRow:
    names = {"title": "The bus", "group_name": "Neck", "topic": "cervical", "author_name": "Ana"}
    latest = {"latest_name": "Ben", "read_to": None, "read_id": None, "read_name": None}
    rest = {"read_at": None, "erase_at": None, "tags": (), "wish": Wish.IDEAS, "author_id": OTHER}
    facts = {"is_apart": False, "started_at": NOW, "last_at": NOW, "unread": 0, **rest, **more}
    ids = {"id": UUID(int=4), "group_id": GROUP, "last": replies + 1, "replies": replies}
    return ThreadRow(**ids, **names, **latest, **facts)


def opening(author_id=OTHER, state=PostState.PUBLISHED) -> Written:
    return Written(GROUP, author_id, state, None)


roles = st.frozensets(st.sampled_from(Role)).map(lambda some: some | {Role.MEMBER})
staff = st.frozensets(st.sampled_from(Staff))
paces = st.sampled_from([AS_USUAL, LOCK, PAUSE])


@given(
    roles, staff, st.sampled_from([ME, OTHER, None]), st.integers(0, 60), st.booleans(),
    st.sampled_from([None, "Copper Lamp"]), st.sampled_from(PostState), paces, st.booleans(),
)  # fmt: skip
def test_whoever_may_write_began_it_or_looks_after_it_signs_and_reads_how_it_began(
    roles, staff, began, replies, is_apart, own_name, state, paces, agreed
):
    me = actor(*roles, staff=staff, has_agreed=agreed)
    about, first = thread(replies, is_apart=is_apart, own_name=own_name), opening(began, state)
    looks_after = bool(roles - {Role.MEMBER}) or me.moderates_platform
    expected = (
        (looks_after or began == ME)
        and not is_apart
        and state is PostState.PUBLISHED
        and replies > LONG
        and own_name is None
        and agreed
        and paces is AS_USUAL
    )
    assert bool(may_write(me, about, first, paces, NOW)) is expected
    if expected:
        assert stands(about, first, NOW)


def test_each_no_says_why():
    ana, long = actor(has_agreed=True), thread(LONG + 1)
    mine = opening(ME)
    assert may_write(ana, long, opening(), AS_USUAL, NOW).reason is NOT_FOR_YOU
    assert may_write(ana, thread(LONG), mine, AS_USUAL, NOW).reason is NOT_LONG
    unnamed = long._replace(own_name="Copper Lamp")
    assert may_write(ana, unnamed, mine, AS_USUAL, NOW).reason is WITHOUT_NAME
    for paces, why in ((LOCK, LOCKED), (PAUSE, PAUSED)):
        assert may_write(ana, long, mine, paces, NOW).reason is why
    muted = replace(ana, bounds=Bounds(muted=frozenset({GROUP})))
    assert may_write(muted, long, mine, AS_USUAL, NOW).reason.code == "muted"
    outside = replace(ana, roles={})
    assert may_write(outside, long, mine, AS_USUAL, NOW).reason.status == 404


def test_one_s_own_is_taken_away_at_any_time_and_another_s_by_whoever_writes_there():
    ana, long = actor(has_agreed=True), thread(LONG + 1)
    muted = replace(ana, bounds=Bounds(muted=frozenset({GROUP})))
    assert may_take_away(muted, long, opening(), ME)
    assert may_take_away(replace(muted, roles={}), long, opening(), ME).reason.status == 404
    assert may_take_away(ana, long, opening(ME), OTHER)
    pat = replace(ana, roles={}, staff=frozenset({Staff.PLATFORM_MODERATOR}))
    assert may_take_away(pat, long, opening(), OTHER).reason.status == 404
    assert not may_take_away(muted, long, opening(ME), OTHER)
    assert not may_take_away(ana, long, opening(), OTHER)
    assert not may_take_away(ana, long, opening(), None)
    assert may_take_away(actor(Role.FACILITATOR, has_agreed=True), long, opening(), None)


def test_it_stands_where_the_thread_is_long_and_how_it_began_is_there():
    assert stands(thread(LONG + 1), opening(), NOW)
    assert not stands(thread(LONG), opening(), NOW)
    assert not stands(thread(LONG + 1, is_apart=True), opening(), NOW)
    for state in set(PostState) - {PostState.PUBLISHED}:
        assert not stands(thread(LONG + 1), opening(state=state), NOW)


numbers = st.integers(1, 500)


@given(st.none() | numbers, numbers, st.integers(-5, 600), st.booleans())
def test_it_never_goes_further_than_the_thread_nor_back(before, newest, seen, to_newest):
    newest = max(newest, before or 1)
    number = reaches(before, newest, seen, to_newest=to_newest)
    assert max(before or 1, 1) <= number <= newest
    if before is not None and not to_newest:
        assert number == before
    elif (before or 1) <= seen <= newest:
        assert number == seen


def test_what_is_new_is_named_by_its_stamp():
    stamp = uuid4()
    assert as_seen(None, None)
    assert as_seen(stamp, stamp)
    assert as_seen(stamp, None).reason.status == 409
    assert as_seen(None, stamp).reason.status == 409
