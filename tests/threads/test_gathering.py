"""Threads in order: pinned, moved, split and put together; every word, name and place with them."""

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from community.core.db import db
from community.core.verdict import Refused
from community.moderation.models import AuditEvent
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.anonymous.models import Pseudonym
from community.threads.following import actions as following
from community.threads.following.rules import Level
from community.threads.gathering import actions, parting
from community.threads.gathering.rules import PinPlace
from community.threads.models import Draft, Post, ReadMark, Thread
from community.threads.reading import actions as reading_actions
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press
from community.threads.search.models import PostWords
from community.threads.thrown_away.actions import put_back, throw_away
from tests.make import Make
from tests.threads.conftest import Cast


@pytest.fixture
def thread_id(cast: Cast, make: Make) -> UUID:
    return make.thread(cast.group_id, cast.ana, title="The bus", words="Rain.")


def numbers(make: Make, thread_id: UUID) -> list[tuple[int | None, str]]:
    """The posts of a thread as they stand there; the database refuses a number twice."""
    query = (
        select(Post.number, Post.text)
        .where(Post.thread_id == thread_id)
        .order_by(Post.number.is_(None), Post.number)
    )
    return [(row.number, row.text) for row in make.done(lambda: db.session.execute(query).all())]


def fact(make: Make, column, thread_id: UUID):
    return make.done(lambda: db.session.scalar(select(column).where(Thread.id == thread_id)))


def acts(make: Make) -> list[str]:
    return list(make.done(lambda: db.session.scalars(select(AuditEvent.action)).all()))


def marks(make: Make, person, thread_id: UUID) -> int | None:
    mine = (ReadMark.account_id == person.id, ReadMark.thread_id == thread_id)
    return make.done(lambda: db.session.scalar(select(ReadMark.number).where(*mine)))


def split(make: Make, cast: Cast, thread_id: UUID, *chosen: UUID) -> UUID:
    what = partial(parting.split, cast.mori, thread_id, set(chosen), "Another bus")
    return make.done(lambda: what(now=make.clock.now()))


def merge(make: Make, cast: Cast, thread_id: UUID, into_id: UUID) -> None:
    make.done(lambda: parting.merge(cast.mori, thread_id, into_id, now=make.clock.now()))


def refused(what) -> str:
    with pytest.raises(Refused) as found:
        what()
    return found.value.reason.code


# ---- pins ----


def test_what_is_pinned_stands_at_the_top_of_its_list_once_and_of_no_other(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    for number in range(25):
        make.clock.pass_by(minutes=1)
        make.thread(cast.group_id, cast.ben, title=f"Thread {number}")
    at = make.clock.now()
    make.done(lambda: actions.pin(cast.mori, thread_id, PinPlace.TOPIC, now=at))
    topic = partial(threads_queries.threads_of_topic, cast.ben, "cervical", at)
    first = make.done(topic)
    assert [row.title for row in first.pinned] == ["The bus"]
    assert len(first.rows) == 20
    rest = make.done(lambda: topic(older_than=first.older))
    assert rest.pinned == []
    seen = [row.title for row in (*first.pinned, *first.rows, *rest.rows)]
    assert sorted(seen) == sorted(["The bus", *(f"Thread {number}" for number in range(25))])
    group = make.done(lambda: threads_queries.threads_of_group(cast.ben, cast.group_id, at))
    assert group.pinned == []
    make.done(lambda: actions.unpin(cast.mori, thread_id, PinPlace.TOPIC, now=at))
    assert make.done(topic).pinned == []
    assert acts(make) == ["pinned", "unpinned"]


def test_a_list_has_three_of_a_group_at_most(cast: Cast, make: Make, thread_id: UUID) -> None:
    at, place = make.clock.now(), PinPlace.TOPIC
    others = [make.thread(cast.group_id, cast.ben) for _ in range(3)]
    for each in (thread_id, *others[:2], thread_id):
        make.done(lambda each=each: actions.pin(cast.mori, each, place, now=at))
    pin = partial(actions.pin, cast.mori, others[2], now=at)
    assert refused(lambda: make.done(lambda: pin(place=place))) == "three-pinned"
    make.done(lambda: pin(place=PinPlace.GROUP))
    elsewhere = make.thread(cast.group_id, cast.ben, topic="hand")
    make.done(lambda: actions.pin(cast.mori, elsewhere, place, now=at))


def test_what_somebody_may_not_read_is_not_pinned_for_them(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    at = make.clock.now()
    make.done(lambda: actions.pin(cast.mori, thread_id, PinPlace.TOPIC, now=at))
    first = make.opening(thread_id)
    make.done(lambda: threads_actions.hide(first, until=None))
    for person in (cast.ben, cast.stranger):
        found = make.done(
            lambda person=person: threads_queries.threads_of_topic(person, "cervical", at)
        )
        assert found.pinned == found.rows == []


# ---- another topic ----


def test_a_moderator_moves_it_and_whoever_began_it_is_told(
    cast: Cast, make: Make, thread_id: UUID, letters
) -> None:
    at = make.clock.now()
    make.done(lambda: actions.pin(cast.mori, thread_id, PinPlace.TOPIC, now=at))
    for _ in range(2):
        make.done(lambda: actions.move(cast.mori, thread_id, "hand", now=at))
    assert fact(make, Thread.topic, thread_id) == "hand"
    assert letters() == [("Ana", "thread_moved")]
    assert acts(make) == ["pinned", "moved"]
    found = make.done(lambda: threads_queries.threads_of_topic(cast.ben, "hand", at))
    assert (found.pinned, [row.id for row in found.rows]) == ([], [thread_id])


def test_whoever_began_it_moves_it_and_nobody_is_told(
    cast: Cast, make: Make, thread_id: UUID, letters
) -> None:
    at = make.clock.now()
    make.done(lambda: actions.move(cast.ana, thread_id, "hand", now=at))
    assert (fact(make, Thread.topic, thread_id), letters(), acts(make)) == ("hand", [], [])
    move = partial(actions.move, thread_id=thread_id, slug="pain", now=at)
    assert refused(lambda: make.done(lambda: move(cast.ben))) == "not-your-words"
    for person in (cast.stranger, cast.pat):
        assert refused(lambda person=person: make.done(lambda: move(person))) == "not-found"
    nowhere = partial(actions.move, cast.ana, thread_id, "no-such-topic", now=at)
    assert refused(lambda: make.done(nowhere)) == "not-found"


# ---- split ----


def test_chosen_replies_become_a_thread_and_both_are_numbered_without_a_gap(
    cast: Cast, make: Make, thread_id: UUID, letters
) -> None:
    ids = [make.reply(thread_id, cast.ben, f"Reply {number}.") for number in range(2, 7)]
    make.done(lambda: reading_actions.keep_place(cast.hana, thread_id, 4))
    new_id = split(make, cast, thread_id, ids[1], ids[3])
    left = [(1, "Rain."), (2, "Reply 2."), (3, "Reply 4."), (4, "Reply 6.")]
    assert numbers(make, thread_id) == left
    assert numbers(make, new_id) == [(1, "Reply 3."), (2, "Reply 5.")]
    assert [fact(make, Thread.post_count, each) for each in (thread_id, new_id)] == [4, 2]
    assert fact(make, Thread.title, new_id) == "Another bus"
    assert fact(make, Thread.group_id, new_id) == cast.group_id
    read = [marks(make, cast.hana, each) for each in (thread_id, new_id)]
    assert read == [3, 1]
    assert letters()[-1] == ("Ben", "posts_moved")
    assert letters().count(("Ben", "posts_moved")) == 1
    assert acts(make) == ["split"]
    next_id = make.reply(thread_id, cast.ana, "Reply 7.")
    assert numbers(make, thread_id)[-1] == (5, "Reply 7.")
    found = make.done(lambda: threads_queries.post(cast.ben, ids[1]))
    assert (found.thread_id, found.number) == (new_id, 1)
    assert make.done(lambda: threads_queries.thread(cast.ana, thread_id)).unread == 0
    assert make.done(lambda: threads_queries.post(cast.ana, next_id)).number == 5


def test_it_begins_with_what_is_shown_and_never_with_how_the_thread_began(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    reply_id = make.reply(thread_id, cast.ben)
    make.done(lambda: threads_actions.hide(reply_id, until=None))
    assert refused(lambda: split(make, cast, thread_id, reply_id)) == "not-shown-first"
    first = make.opening(thread_id)
    for chosen in ((), (first,)):
        assert refused(lambda chosen=chosen: split(make, cast, thread_id, *chosen)) == (
            "nothing-chosen"
        )
    assert len(numbers(make, thread_id)) == 2


def test_whoever_wrote_without_their_name_gets_another_one_there(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    ids = [make.reply(thread_id, cast.ben, f"Words {n}.", unnamed=True) for n in range(3)]
    other = make.reply(thread_id, cast.hana, "Hana’s.", unnamed=True)
    new_id = split(make, cast, thread_id, ids[0], ids[1], other)
    names = make.done(
        lambda: {row.id: row.pseudonym for row in db.session.scalars(select(Post)).all()}
    )
    assert names[ids[0]] == names[ids[1]]
    assert len({names[ids[0]], names[ids[2]], names[other]}) == 3
    rows = make.done(lambda: db.session.scalars(select(Pseudonym.thread_id)).all())
    assert (rows.count(thread_id), rows.count(new_id)) == (2, 2)
    again = make.reply(new_id, cast.ben, "More.", unnamed=True)
    assert make.done(lambda: threads_queries.post(cast.ben, again)).author_name == names[ids[0]]
    assert make.done(lambda: threads_queries.post(cast.ana, again)).author_id is None


def test_what_waits_stays_and_a_draft_of_a_change_goes_along(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    reply_id = make.reply(thread_id, cast.ben)
    place = Place(thread_id, reply_id)
    keep = partial(threads_actions.keep_draft, cast.ben, place, Typed("Changed."), press=Press())
    make.done(lambda: keep(now=make.clock.now()))
    new_id = split(make, cast, thread_id, reply_id)
    assert make.done(lambda: db.session.scalars(select(Draft.thread_id)).all()) == [new_id]


def test_what_was_thrown_away_comes_back_where_its_thread_is_now(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    reply_id = make.reply(thread_id, cast.ben)
    keep = partial(threads_actions.keep_draft, cast.ben, typed=Typed("Changed."), press=Press())
    stamps = []
    for place in (Place(thread_id, reply_id), Place(thread_id)):
        kept = make.done(lambda place=place: keep(place=place, now=make.clock.now()))
        make.done(lambda kept=kept: throw_away(cast.ben, kept.stamp, now=make.clock.now()))
        stamps.append(kept.stamp)
    new_id = split(make, cast, thread_id, reply_id)
    into_id = make.thread(cast.group_id, cast.ana, title="Windows")
    merge(make, cast, thread_id, into_id)
    for stamp in stamps:
        assert make.done(lambda stamp=stamp: put_back(cast.ben, stamp, now=make.clock.now()))
    places = make.done(lambda: db.session.execute(select(Draft.thread_id, Draft.place)).all())
    assert set(places) == {
        (new_id, Place(new_id, reply_id).key),
        (into_id, Place(into_id).key),
    }


# ---- together ----


def looked_for(make: Make, post_id: UUID) -> set[str]:
    query = select(PostWords.words).where(PostWords.post_id == post_id)
    return set((make.done(lambda: db.session.scalar(query)) or "").split())


def test_its_words_are_looked_for_where_they_are_now(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    first, reply_id = make.opening(thread_id), make.reply(thread_id, cast.ben, "Glass.")
    assert "bus" in looked_for(make, first)
    split(make, cast, thread_id, reply_id)
    assert {"another", "bus", "glass"} <= looked_for(make, reply_id)
    into_id = make.thread(cast.group_id, cast.ben, title="Windows")
    merge(make, cast, thread_id, into_id)
    assert {"bus", "rain"} <= looked_for(make, first)
    assert "windows" not in looked_for(make, first)


def test_how_somebody_hears_of_it_comes_along_unless_they_chose_otherwise_there(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    into_id, at = make.thread(cast.group_id, cast.ben), make.clock.now()
    for who, where, level in (
        (cast.ana, thread_id, Level.MAIL),
        (cast.hana, thread_id, Level.MAIL),
        (cast.hana, into_id, Level.NONE),
    ):
        follow = partial(following.follow_thread, who, where, level, now=at)
        make.done(follow)
    merge(make, cast, thread_id, into_id)
    for who, level in ((cast.ana, Level.MAIL), (cast.hana, Level.NONE)):
        row = make.done(lambda who=who: threads_queries.thread(who, into_id))
        assert row.level is level


def test_the_posts_of_one_come_after_those_of_the_other_and_no_word_is_lost(
    cast: Cast, make: Make, thread_id: UUID, letters
) -> None:
    make.reply(thread_id, cast.ben, "On mine too.")
    into_id = make.thread(cast.group_id, cast.ben, title="Windows", words="Glass.")
    make.reply(into_id, cast.hana, "Clear.")
    merge(make, cast, thread_id, into_id)
    together = [(1, "Glass."), (2, "Clear."), (3, "The bus\n\nRain."), (4, "On mine too.")]
    assert numbers(make, into_id) == together
    assert numbers(make, thread_id) == []
    assert fact(make, Thread.post_count, into_id) == 4
    assert fact(make, Thread.merged_into, thread_id) == into_id
    assert fact(make, Thread.title, thread_id) == ""
    assert letters()[-1] == ("Ana", "posts_moved")
    assert acts(make) == ["merged"]
    listed = make.done(
        lambda: threads_queries.threads_of_topic(cast.ana, "cervical", make.clock.now())
    )
    assert [(row.title, row.replies) for row in listed.rows] == [("Windows", 3)]
    assert make.reply(into_id, cast.ana)


def test_an_address_leads_on_however_often_it_was_put_together(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    second, third = (make.thread(cast.group_id, cast.ben) for _ in range(2))
    merge(make, cast, thread_id, second)
    merge(make, cast, second, third)
    assert [fact(make, Thread.merged_into, each) for each in (thread_id, second)] == [third, third]
    assert refused(lambda: merge(make, cast, thread_id, third)) == "not-found"


def test_made_up_names_come_along_and_nobody_learns_that_two_are_one_persons(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    here = make.reply(thread_id, cast.ben, "Here.", unnamed=True)
    hanas = make.reply(thread_id, cast.hana, "Hana’s.", unnamed=True)
    into_id = make.thread(cast.group_id, cast.marta)
    there = make.reply(into_id, cast.ben, "There.", unnamed=True)
    before = {
        each: make.done(lambda each=each: threads_queries.post(cast.ana, each)).author_name
        for each in (here, hanas, there)
    }
    merge(make, cast, thread_id, into_id)
    for each, name in before.items():
        post = make.done(lambda each=each: threads_queries.post(cast.ana, each))
        assert (post.author_name, post.author_id, post.thread_id) == (name, None, into_id)
    mine = make.done(lambda: threads_queries.thread(cast.ben, into_id)).own_name
    assert mine == before[there]
    assert make.done(lambda: threads_queries.thread(cast.hana, into_id)).own_name == before[hanas]


def test_what_is_being_written_in_both_is_kept(cast: Cast, make: Make, thread_id: UUID) -> None:
    into_id = make.thread(cast.group_id, cast.ben)
    for person, place, words in (
        (cast.ana, thread_id, "Only here."),
        (cast.hana, thread_id, "Here."),
        (cast.hana, into_id, "There."),
    ):
        keep = partial(threads_actions.keep_draft, person, Place(place), Typed(words))
        make.done(lambda keep=keep: keep(press=Press(), now=make.clock.now()))
    merge(make, cast, thread_id, into_id)
    kept = {
        person.name: make.done(lambda person=person: threads_queries.draft(person, Place(into_id)))
        for person in (cast.ana, cast.hana)
    }
    anas, hanas = kept["Ana"], kept["Hana"]
    assert anas
    assert anas.kept.typed.words == "Only here."
    assert hanas
    assert hanas.kept.typed.words == "There."
    assert list(hanas.kept.overtaken) == ["Here."]


def test_threads_of_two_groups_stay_apart(cast: Cast, make: Make, thread_id: UUID) -> None:
    elsewhere = make.group("Hand", members=[cast.ben], moderators=[cast.mori])
    mori = make.actor(cast.mori)
    other = make.thread(elsewhere, cast.ben)
    both = partial(parting.merge, mori, thread_id, other, now=make.clock.now())
    assert refused(lambda: make.done(both)) == "not-found"
    assert refused(lambda: merge(make, cast, thread_id, thread_id)) == "not-found"
    assert len(numbers(make, thread_id)) == len(numbers(make, other)) == 1


def test_a_moderator_elsewhere_and_members_arrange_nothing(
    cast: Cast, make: Make, thread_id: UUID
) -> None:
    at, reply_id = make.clock.now(), make.reply(thread_id, cast.ben)
    other = make.thread(cast.group_id, cast.ana)
    for person in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
        for what in (
            partial(actions.pin, person, thread_id, PinPlace.TOPIC),
            partial(parting.split, person, thread_id, {reply_id}, "Mine"),
            partial(parting.merge, person, thread_id, other),
        ):
            assert refused(lambda what=what: make.done(lambda: what(now=at))) == "not-found"
