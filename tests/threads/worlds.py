"""Worlds by chance: threads and posts of all kinds, and, without a database, what each reader may
have of them. Queries are held to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from community.core.actor import Actor, Role
from community.core.db import db
from community.groups.rules import may_see_inside
from community.threads.anonymous.actions import name_for
from community.threads.gathering.models import ThreadPin
from community.threads.gathering.rules import PinPlace
from community.threads.models import Post, Thread, ThreadReader, ThreadTag
from community.threads.notes.rules import NO_NOTES, NoteKind, Notes
from community.threads.rules.posts import PostState, Wish, Written

NOTED = (NoteKind.PAIN, NoteKind.LOSS)
ROLES = st.frozensets(st.sampled_from(Role), min_size=1)


@dataclass(frozen=True)
class Said:
    """What is made up for one post."""

    by: int
    unnamed: bool
    state: PostState
    hours: int | None  # hidden until, from now
    own: frozenset[NoteKind]
    added: frozenset[NoteKind]

    @property
    def notes(self) -> Notes:
        return NO_NOTES.with_own(self.own).with_added(self.added)

    def until(self, now: datetime) -> datetime | None:
        return None if self.hours is None else now + timedelta(hours=self.hours)


_KINDS = st.frozensets(st.sampled_from(NOTED), max_size=2)
SAID = st.builds(
    Said,
    by=st.integers(0, 2),
    unnamed=st.booleans(),
    state=st.sampled_from([*PostState, PostState.PUBLISHED, PostState.PUBLISHED]),
    hours=st.sampled_from([None, -1, 0, 1]),
    own=_KINDS,
    added=_KINDS,
)


@dataclass(frozen=True)
class Begun:
    """What is made up for one thread. Of those after a circle only the first is: there is one."""

    where: int
    is_held: bool
    after_circle: bool
    was_there: bool
    said: Sequence[Said]
    looked_at: int | None
    about: str = "cervical"
    tags: Sequence[tuple[str, bool]] = ()  # and whether each is its writer’s alone
    pins: frozenset[PinPlace] = frozenset()
    was_two: bool = False  # another one was put together with it

    @property
    def read_to(self) -> int | None:
        """The number of the last post that the reader had before them."""
        return self.looked_at and min(self.looked_at, len(self.said))


BEGUN = st.builds(
    Begun,
    where=st.integers(0, 2),
    is_held=st.booleans(),
    after_circle=st.booleans(),
    was_there=st.booleans(),
    said=st.lists(SAID, min_size=1, max_size=4),
    looked_at=st.sampled_from([None, 1, 2, 4]),
)
THREADS = st.lists(BEGUN, max_size=4)

ABOUT = ("cervical", "hand", "musician-task", "pain")  # the third is listed in the second as well
TAGGED = ("arm", "neck", "voice")
ARRANGED = st.lists(
    st.builds(
        replace,
        BEGUN,
        about=st.sampled_from(ABOUT),
        tags=st.dictionaries(st.sampled_from(TAGGED), st.booleans()).map(
            lambda tags: tuple(tags.items())
        ),
        pins=st.frozensets(st.sampled_from(PinPlace)),
        was_two=st.booleans(),
    ),
    max_size=4,
)


@dataclass(frozen=True)
class Told:
    """A post as it was put into the store."""

    id: UUID
    number: int
    said: Said
    author: Actor
    name: str
    group_id: UUID
    is_of_circle: bool
    now: datetime

    @property
    def is_shown(self) -> bool:
        until = self.said.until(self.now)
        return Written(self.group_id, self.author.id, self.said.state, until).is_shown(self.now)

    @property
    def is_waiting(self) -> bool:
        return Written(self.group_id, self.author.id, self.said.state, None).is_waiting

    def is_by(self, me: Actor) -> bool:
        return self.author.id == me.id

    def is_met(self, me: Actor) -> bool:
        """Whoever signs may be kept apart from; whoever doesn’t would be known by it."""
        return self.said.unnamed or me.meets(self.author.id)

    def is_there(self, me: Actor) -> bool:
        return self.is_met(me) or (self.number == 1 and self.is_of_circle)

    def author_id(self, me: Actor) -> UUID | None:
        return self.author.id if self.is_by(me) or not self.said.unnamed else None


@dataclass(frozen=True)
class Known:
    """A thread as it was put into the store."""

    id: UUID
    begun: Begun
    is_of_circle: bool
    group_id: UUID
    posts: list[Told] = field(default_factory=list)
    before: UUID | None = None  # the address of what was put together with it

    @property
    def first(self) -> Told:
        return self.posts[0]

    def is_open_to(self, me: Actor) -> bool:
        """Whether this person has a page of it."""
        is_open = not self.begun.is_held or self.first.is_by(me)
        is_theirs = not self.is_of_circle or self.begun.was_there
        return bool(may_see_inside(me, self.group_id)) and is_open and is_theirs

    def is_listed_for(self, me: Actor) -> bool:
        return self.is_open_to(me) and self.first.is_shown and self.first.is_there(me)

    def tags_for(self, me: Actor) -> set[str]:
        return {
            tag for tag, is_private in self.begun.tags if not is_private or self.first.is_by(me)
        }

    def after(self, number: int, me: Actor) -> list[Told]:
        return [each for each in self.posts if each.number > number and each.is_met(me)]


def placed(
    made: Sequence[Begun],
    people: Sequence[Actor],
    groups: Sequence[UUID],
    call_id: UUID,
    reader: Actor,
    now: datetime,
) -> Iterator[Known]:
    """Put these threads into the store. Whoever calls undoes it."""
    has_circle = False
    for begun in made:
        of_circle = begun.after_circle and not has_circle
        has_circle = has_circle or of_circle
        group_id, starter = groups[begun.where], people[begun.said[0].by]
        thread = Thread(
            group_id=group_id, topic=begun.about, title="Tea", wish=Wish.IDEAS,
            author_id=starter.id, started_at=now, last_at=now, post_count=len(begun.said),
            is_held=begun.is_held, circle_id=call_id if of_circle else None,
        )  # fmt: skip
        db.session.add(thread)
        db.session.flush()
        if of_circle and begun.was_there:
            db.session.add(ThreadReader(thread_id=thread.id, account_id=reader.id))
        _arrange(thread, begun, now)
        before = _emptied(thread, begun, now) if begun.was_two else None
        known = Known(thread.id, begun, of_circle, group_id, before=before)
        for number, said in enumerate(begun.said, 1):
            known.posts.append(_told(thread, number, said, people[said.by], now))
        yield known


def _arrange(thread: Thread, begun: Begun, now: datetime) -> None:
    for tag, is_private in begun.tags:
        db.session.add(ThreadTag(thread_id=thread.id, tag=tag, is_private=is_private))
    for place in begun.pins:
        db.session.add(ThreadPin(thread_id=thread.id, place=place, pinned_at=now))
    db.session.flush()


def _emptied(into: Thread, begun: Begun, now: datetime) -> UUID:
    """What is left of a thread whose posts are in this one, and more: it is in no list, whatever
    was left at it."""
    thread = Thread(
        group_id=into.group_id, topic=into.topic, title="", wish=into.wish,
        author_id=into.author_id, started_at=now, last_at=now, post_count=0, merged_into=into.id,
    )  # fmt: skip
    db.session.add(thread)
    db.session.flush()
    _arrange(thread, begun, now)
    return thread.id


def _told(thread: Thread, number: int, said: Said, author: Actor, now: datetime) -> Told:
    words = "" if said.state is PostState.DELETED else "Tea."
    pseudonym = name_for(thread.id, author.id) if said.unnamed else None
    post = Post(
        thread_id=thread.id, number=number, author_id=author.id, state=said.state,
        pseudonym=pseudonym, hidden_until=said.until(now), text=words, html=words,
        written_at=now, notes=said.notes,
    )  # fmt: skip
    db.session.add(post)
    db.session.flush()
    is_of_circle = thread.circle_id is not None
    name = pseudonym or author.name
    return Told(post.id, number, said, author, name, thread.group_id, is_of_circle, now)
