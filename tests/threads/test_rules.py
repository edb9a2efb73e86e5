"""Who may read, write, change and take back: truth tables, and what always holds."""

from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Standing
from community.groups.rules import may_see_inside
from community.threads.rules.posts import (
    REPLIES_A_PAGE,
    PostState,
    Wish,
    Written,
    may_edit,
    may_reply,
    may_start,
    may_take_back,
    page_of,
)

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
GROUP = uuid4()
SHOWN = {PostState.PUBLISHED}


def test_there_are_four_wishes_and_these_are_their_words() -> None:
    assert [wish.words for wish in Wish] == [
        "Just listening, please",
        "Me too stories welcome",
        "Ideas welcome",
        "Facts and sources welcome",
    ]


def person(*groups: UUID, has_agreed: bool = True) -> Actor:
    return Actor(
        id=uuid4(),
        name="Ana",
        standing=Standing.ACTIVE,
        roles=MappingProxyType({group: frozenset({Role.MEMBER}) for group in groups}),
        has_agreed=has_agreed,
    )


def post(
    author: UUID | None = None,
    state: PostState = PostState.PUBLISHED,
    hidden_until: datetime | None = None,
) -> Written:
    return Written(GROUP, author, state, hidden_until)


def status(verdict: object) -> int:
    reason = verdict.reason  # type: ignore[attr-defined]
    return reason.status if reason else 200


@pytest.mark.holds("promise:10")
def test_a_thread_does_not_exist_for_whoever_is_not_in_its_group() -> None:
    stranger = person(uuid4())
    assert status(may_see_inside(stranger, GROUP)) == 404
    assert status(may_start(stranger, GROUP, "cervical")) == 404
    assert status(may_reply(stranger, post(), NOON)) == 404
    assert status(may_edit(stranger, post(stranger.id), NOON)) == 404
    assert status(may_take_back(stranger, post(stranger.id))) == 404


def test_members_start_threads_under_topics_that_exist() -> None:
    assert may_start(person(GROUP), GROUP, "cervical")
    assert status(may_start(person(GROUP), GROUP, "torticollis")) == 404


def test_whoever_writes_has_agreed_to_the_guidelines() -> None:
    new = person(GROUP, has_agreed=False)
    assert may_start(new, GROUP, "cervical").reason.code == "guidelines-first"
    assert may_reply(new, post(), NOON).reason.code == "guidelines-first"


@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (PostState.PUBLISHED, True),
        (PostState.DELETED, True),  # what others wrote stays, and may go on
        (PostState.HIDDEN, False),
        (PostState.REMOVED, False),
    ],
)
def test_a_thread_takes_replies_unless_a_moderator_took_its_beginning_away(
    state: PostState, allowed: bool
) -> None:
    assert bool(may_reply(person(GROUP), post(state=state), NOON)) is allowed


@pytest.mark.parametrize("state", PostState)
def test_only_the_author_changes_words_and_only_while_they_are_there(state: PostState) -> None:
    ana = person(GROUP)
    there = state not in {PostState.REMOVED, PostState.DELETED}
    assert bool(may_edit(ana, post(ana.id, state), NOON)) is there
    assert status(may_edit(ana, post(uuid4(), state), NOON)) == 403
    assert status(may_edit(ana, post(None, state), NOON)) == 403


@pytest.mark.parametrize("state", PostState)
def test_only_the_author_takes_words_back_and_only_while_they_are_there(state: PostState) -> None:
    ana = person(GROUP)
    there = state not in {PostState.REMOVED, PostState.DELETED}
    assert bool(may_take_back(ana, post(ana.id, state))) is there
    assert status(may_take_back(ana, post(uuid4(), state))) == 403


@given(st.sampled_from(PostState), st.none() | st.integers(-100, 100))
def test_what_is_hidden_for_a_time_comes_back_by_the_clock_alone(
    state: PostState, hours: int | None
) -> None:
    until = None if hours is None else NOON + timedelta(hours=hours)
    shown = post(state=state, hidden_until=until).is_shown(NOON)
    ended = hours is not None and hours <= 0
    assert shown is (state is PostState.PUBLISHED or (state is PostState.HIDDEN and ended))


@given(st.integers(2, 10_000))
def test_every_reply_is_on_the_page_that_is_said_to_hold_it(number: int) -> None:
    after = page_of(number)
    assert after < number <= after + REPLIES_A_PAGE


def test_every_wish_has_words_and_every_absence_says_why() -> None:
    assert len({wish.words for wish in Wish} | {wish.asked for wish in Wish}) == 2 * len(Wish)
    absent = set(PostState) - SHOWN
    assert len({post(state=state).instead for state in absent}) == len(absent)
