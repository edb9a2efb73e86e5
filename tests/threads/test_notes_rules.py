"""Content notes: how words meet a reader, and who puts a note before them."""

from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Staff, Standing
from community.core.verdict import STALE
from community.threads.notes.rules import (
    NO_NOTES,
    NoteKind,
    Notes,
    Seen,
    Showing,
    as_seen,
    may_add,
    may_answer,
    may_suggest,
)
from community.threads.rules.posts import PostState, Written

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
GROUP, AUTHOR, READER = (UUID(int=number) for number in (1, 2, 3))
PAIN, LOSS = NoteKind.PAIN, NoteKind.LOSS

kinds = st.frozensets(st.sampled_from(NoteKind))
notes = st.builds(Notes, kinds, kinds)
choices = st.dictionaries(st.sampled_from(NoteKind), st.sampled_from(Showing))


def test_the_list_of_notes_is_short_and_concrete() -> None:
    assert [kind.label for kind in NoteKind] == [
        "Surgery or needles",
        "Thoughts of suicide",
        "Pain",
        "Medical trauma",
        "Loss",
        "Pregnancy loss",
        "Weight or food",
        "Hospital",
        "Flashing pictures or video",
    ]


@given(notes)
def test_notes_are_read_as_they_were_written(noted: Notes) -> None:
    assert Notes.read(str(noted)) == noted


@given(notes)
def test_they_stand_in_the_order_of_the_list_and_each_once(noted: Notes) -> None:
    assert list(noted.kinds) == sorted(noted.own | noted.added, key=list(NoteKind).index)
    assert bool(noted) is bool(noted.kinds)


@given(notes, choices)
def test_the_most_careful_choice_decides_and_what_is_not_chosen_waits_behind_a_press(
    noted: Notes, chosen: dict[NoteKind, Showing]
) -> None:
    ways = [chosen.get(kind, Showing.COLLAPSE) for kind in noted.kinds]
    expected = next((way for way in (Showing.HIDE, Showing.COLLAPSE) if way in ways), Showing.SHOW)
    assert noted.showing(chosen) is expected


def test_words_without_a_note_are_shown_whatever_somebody_chose() -> None:
    assert NO_NOTES.showing(dict.fromkeys(NoteKind, Showing.HIDE)) is Showing.SHOW


@given(notes, kinds)
def test_an_author_never_takes_away_what_a_moderator_added(
    noted: Notes, wanted: frozenset[NoteKind]
) -> None:
    assert noted.with_own(wanted).added == noted.added
    assert noted.with_added(wanted).own == noted.own


@given(notes, notes, st.integers(1, 3), st.integers(1, 3))
def test_a_moderator_who_saw_other_notes_or_other_words_is_told(
    noted: Notes, other: Notes, version: int, seen: int
) -> None:
    verdict = as_seen(Seen(version, str(noted)), Seen(seen, str(other)))
    assert bool(verdict) is (noted == other and version == seen)
    assert verdict or verdict.reason is STALE


def somebody(role: Role | None, *, belongs: bool = True, staff: Staff | None = None) -> Actor:
    roles = {GROUP: frozenset({Role.MEMBER} | ({role} if role else set()))} if belongs else {}
    doing = frozenset({staff} if staff else ())
    return Actor(READER, "Reader", Standing.ACTIVE, roles=roles, staff=doing)


PEOPLE = {
    "member": somebody(None),
    "facilitator": somebody(Role.FACILITATOR),
    "owner": somebody(Role.OWNER),
    "moderator": somebody(Role.MODERATOR),
    "stranger": somebody(None, belongs=False),
    "platform moderator": somebody(None, belongs=False, staff=Staff.PLATFORM_MODERATOR),
    "platform moderator in it": somebody(None, staff=Staff.PLATFORM_MODERATOR),
    "admin in it": somebody(None, staff=Staff.ADMIN),
}
IN_IT = [name for name, person in PEOPLE.items() if person.belongs_to(GROUP)]
ADDS = ("owner", "moderator", "platform moderator in it")


@pytest.mark.parametrize(
    ("who", "state", "is_own"), list(product(PEOPLE, PostState, (False, True)))
)
def test_who_suggests_who_adds_and_who_answers(who: str, state: PostState, is_own: bool) -> None:
    post = Written(GROUP, READER if is_own else AUTHOR, state, None)
    person, is_read = PEOPLE[who], state is PostState.PUBLISHED and who in IN_IT
    assert bool(may_suggest(person, post, NOW)) is (is_read and not is_own)
    assert bool(may_add(person, post, NOW)) is (is_read and not is_own and who in ADDS)
    assert bool(may_answer(person, post, NOW)) is (is_read and is_own)


def test_whoever_may_not_add_can_not_tell_that_it_could_be() -> None:
    post = Written(GROUP, AUTHOR, PostState.PUBLISHED, None)
    for person in PEOPLE.values():
        verdict = may_add(person, post, NOW)
        assert verdict or (verdict.reason and verdict.reason.status == 404)
