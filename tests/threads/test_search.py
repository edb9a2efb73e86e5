"""Search finds what was written with these words, and nothing that this reader may not read. What
runs here without a browser runs on both databases."""

import re
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from community.core.actor import Actor, Standing
from community.core.db import db
from community.core.text import to_html
from community.groups import actions as groups_actions
from community.groups.rules import may_see_inside
from community.moderation.rules.case import Outcome
from community.threads import actions
from community.threads.models import Post, Thread
from community.threads.mutes.models import Mute
from community.threads.notes.models import NoteChoice
from community.threads.notes.rules import NoteKind, Showing
from community.threads.rules.posts import PostState, Wish
from community.threads.search import index, queries
from community.threads.search.models import PostWords
from community.threads.search.queries import Asked
from community.threads.search.rules import kept_as, read
from community.threads.taken_back import actions as taken_back_actions
from community.threads.taken_back.actions import put_back
from tests.core.plans import asked_meanwhile, plans_of, reads_all, work_of
from tests.threads.test_search_rules import HOSTILE, TEXTS
from tests.threads.worlds import NOTED, ROLES, THREADS, Told, placed

IN_A_STORE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None
)


def find(actor: Actor, typed: str, now, **more) -> list[UUID]:
    """What is found, page by page."""
    ids, before, asked = [], None, Asked(read(typed), **more)
    while True:
        page = queries.find(actor, asked, now, before=before)
        ids += [row.id for row in page.rows]
        if page.before is None:
            return ids
        before = page.before


@pytest.fixture
def finds(make):
    """What somebody finds now, by its first words."""

    def found(person: Actor, typed: str, **more) -> list[str]:
        now = make.clock.now()
        ids = make.done(lambda: find(make.actor(person), typed, now, **more))
        texts = make.done(lambda: dict(db.session.execute(select(Post.id, Post.text)).all()))
        return [texts[each].split(".")[0] for each in ids]

    return found


@pytest.fixture
def thread_id(cast, make):
    thread_id = make.thread(cast.group_id, cast.ana, title="The bus", words="Rain, and tea.")
    make.reply(thread_id, cast.ben, "Tea is fine.")
    make.reply(thread_id, cast.hana, "Swimming, then a cup of tea.")
    return thread_id


# ---- the words ----


def test_the_newest_come_first_and_a_title_is_found_with_what_it_stands_above(
    cast, finds, thread_id
):
    assert finds(cast.ben, "tea") == ["Swimming, then a cup of tea", "Tea is fine", "Rain, and tea"]
    assert finds(cast.ben, "bus rain") == ["Rain, and tea"]
    for typed in ("swi*", "swim*", "swimm*", "swimmin*", '"cup of tea"'):
        assert finds(cast.ben, typed) == ["Swimming, then a cup of tea"]
    assert finds(cast.ben, "swimmer*") == []
    assert finds(cast.ben, '"bus rain"') == finds(cast.ben, "swim") == finds(cast.ben, "") == []


@IN_A_STORE
@given(corpus=st.lists(TEXTS, max_size=6), typed=st.lists(TEXTS, min_size=1, max_size=6))
@pytest.mark.usefixtures("inside")
def test_each_database_finds_what_the_rule_finds_in_the_same_order(
    cast, make, clock, corpus, typed
):
    with db.session.begin_nested() as undone:
        far_apart()
        written = [(put(cast.group_id, cast.ben.id, clock.now(), each), each) for each in corpus]
        corpus_words = [(post_id, kept_as("Title", said)) for post_id, said in written]
        for each in (
            *typed,
            *(f'"{said}"' for said in corpus),
            *(f"{s[:n]}*" for s in corpus for n in (3, 5)),
        ):
            query = read(each)
            wanted = [post_id for post_id, kept in reversed(corpus_words) if query.is_in(kept)]
            assert find(cast.ana, each, clock.now()) == (wanted if query else [])
            assert find(cast.ana, each, clock.now(), by="Ben") == (wanted if query else [])
        undone.rollback()


def far_apart() -> None:
    """As if very much were written between one text and the next, where it is looked in one stretch
    after the other."""
    if db.session.get_bind().dialect.name != "sqlite":
        db.session.execute(text("ALTER SEQUENCE post_words_id_seq INCREMENT BY 900001"))


@pytest.mark.usefixtures("inside")
def test_whatever_is_typed_finds_words_or_nothing(cast, make, clock):
    for said in ("tea a b", *HOSTILE):
        put(cast.group_id, cast.ben.id, clock.now(), said)
    for typed in HOSTILE:
        find(cast.ana, typed, clock.now())
        find(cast.ana, "tea", clock.now(), by=typed, topic=typed.replace("\0", ""))


def put(group_id: UUID, author_id: UUID | None, now, said: str, **more) -> UUID:
    """A thread with its first post, straight into the tables; the post’s id."""
    more = {"topic": "cervical", "is_held": False} | more
    thread = Thread(
        group_id=group_id, title="Title", wish=Wish.IDEAS, author_id=author_id,
        started_at=now, last_at=now, post_count=1, **more,
    )  # fmt: skip
    db.session.add(thread)
    db.session.flush()
    said = said.replace("\0", " ")  # PostgreSQL takes none
    post = Post(
        thread_id=thread.id, number=1, author_id=author_id, state=PostState.PUBLISHED,
        text=said or " ", html=to_html(said), written_at=now,
    )  # fmt: skip
    db.session.add(post)
    db.session.flush()
    return post.id


@pytest.mark.parametrize("apart", [far_apart, lambda: None])
@pytest.mark.parametrize(
    ("by", "few", "namesakes"), [("", 9, 2), ("Ana", 10, 2), ("Ana", 9, 2), ("Ana", 10, 1)]
)
def test_pages_follow_one_another_and_lose_nothing(
    cast, make, clock, monkeypatch, apart, by, few, namesakes
):
    """Whether the words are looked for first, or whoever wrote them."""
    monkeypatch.setattr(queries, "A_PAGE", 3)
    monkeypatch.setattr(index, "AT_ONCE", 2)
    monkeypatch.setattr(index, "FEW", few)
    monkeypatch.setattr(index, "NAMESAKES", namesakes)
    now = clock.now()
    make.done(apart)
    made = make.done(lambda: [put(cast.group_id, cast.ana.id, now, f"Tea {n}") for n in range(8)])
    make.done(lambda: put(cast.group_id, cast.ana.id, now, "Rain."))
    assert make.done(lambda: find(cast.ben, "tea", now, by=by)) == made[::-1]
    lost = Asked(read("tea"), by=by)
    page = make.done(lambda: queries.find(cast.ben, lost, now, before=uuid4()))
    assert [row.id for row in page.rows] == made[:-4:-1]


# ---- who may read ----


@pytest.mark.holds("promise:10", "asvs:6", "moderation:21", "moderation:22", "moderation:23")
@IN_A_STORE
@given(
    made=THREADS,
    held=st.dictionaries(st.integers(0, 2), ROLES),
    is_apart=st.booleans(),
    mutes=st.booleans(),
    chosen=st.dictionaries(st.sampled_from(NOTED), st.sampled_from(Showing)),
)
@pytest.mark.usefixtures("inside")
def test_what_is_found_is_exactly_what_the_rules_let_this_person_find(
    cast, make, clock, places, made, held, is_apart, mutes, chosen
):
    groups, call_id = places
    now, people = clock.now(), (cast.ana, cast.ben, cast.hana)
    me = Actor(
        id=cast.ana.id, name="Ana", standing=Standing.ACTIVE,
        roles=MappingProxyType({groups[which]: roles for which, roles in held.items()}),
        has_agreed=True, apart=frozenset({cast.ben.id} if is_apart else ()),
    )  # fmt: skip

    def is_there(post: Told) -> bool:
        is_seen = post.is_by(me) or post.said.notes.showing(chosen) is not Showing.HIDE
        return (
            bool(may_see_inside(me, post.group_id))
            and post.is_shown
            and post.is_met(me)
            and is_seen
        )

    wanted: list[Told] = []
    with db.session.begin_nested() as undone:
        db.session.add_all(
            NoteChoice(account_id=me.id, kind=k, showing=s) for k, s in chosen.items()
        )
        if mutes:
            db.session.add(Mute(account_id=me.id, member_id=cast.hana.id, since=now))
        for thread in placed(made, people, groups, call_id, me, now):
            is_open = (
                not thread.begun.is_held and not thread.is_of_circle and is_there(thread.first)
            )
            for post in thread.posts:
                is_quiet = mutes and post.author == cast.hana and not post.said.unnamed
                if is_open and not is_quiet and is_there(post):
                    wanted.append(post)
        found = find(me, "tea", now)
        names = {"Hana", *(post.name for post in wanted)}
        by_name = {name: find(me, "tea", now, by=name.lower()) for name in names}
        undone.rollback()
    assert found == [post.id for post in reversed(wanted)]
    for name, of_theirs in by_name.items():
        assert of_theirs == [post.id for post in reversed(wanted) if post.name == name]


@pytest.fixture
def places(make, cast) -> tuple[list[UUID], UUID]:
    """Three groups, and a call whose circle has a thread of its own."""
    groups = [cast.group_id, make.group("Two", members=[cast.ana]), make.group("Three")]
    return groups, make.call(cast.group_id, cast.hana)


@pytest.mark.holds("moderation:22")
def test_whoever_writes_without_a_name_is_not_found_by_their_own(cast, make, finds, thread_id):
    unnamed = make.reply(thread_id, cast.ben, "Tea without a name.", unnamed=True)
    name = make.done(lambda: db.session.get_one(Post, unnamed).pseudonym)
    assert finds(cast.ana, "tea", by="Ben") == ["Tea is fine"]
    assert finds(cast.ben, "tea", by="Ben") == ["Tea is fine"]
    assert finds(cast.ana, "tea", by=name) == ["Tea without a name"]
    assert finds(cast.stranger, "tea", by=name) == []
    rows = make.done(lambda: queries.find(cast.ana, Asked(read("tea")), make.clock.now()).rows)
    assert [row.author_name for row in rows] == [name, "Hana", "Ben", "Ana"]
    assert str(cast.ben.id) not in repr(rows)


@pytest.mark.parametrize("typed", ["Élodie", "élodie", "ÉLODIE"])
def test_a_name_is_found_in_capitals_or_without(cast, make, finds, thread_id, typed):
    elodie = make.member("Élodie")
    everyone = make.everyone()
    make.thread(everyone, elodie, words="Tea here.")
    assert finds(cast.ana, "tea", by=typed) == ["Tea here"]
    assert finds(cast.ana, "tea", by="hANA") == ["Swimming, then a cup of tea"]
    assert finds(cast.ana, "tea", by="Han") == []


def test_only_one_topic_is_looked_in_if_somebody_says_so(cast, make, finds, thread_id):
    make.thread(cast.group_id, cast.ben, topic="hand", words="Tea in the hand.")
    assert finds(cast.ana, "tea", topic="hand") == ["Tea in the hand"]
    assert len(finds(cast.ana, "tea", topic="cervical")) == 3


def test_a_larger_topic_is_looked_in_with_the_small_one_that_is_listed_there(cast, make, finds):
    for topic in ("one-side", "several-areas", "hand"):
        make.thread(cast.group_id, cast.ben, topic=topic, words=f"Tea, {topic}.")
    found = finds(cast.ana, "tea", topic="several-areas")
    assert found == ["Tea, several-areas", "Tea, one-side"]
    assert finds(cast.ana, "tea", topic="one-side") == ["Tea, one-side"]


# ---- what changes ----


def test_what_is_changed_is_found_by_its_new_words_alone(cast, make, finds, thread_id):
    post_id = make.reply(thread_id, cast.ben, "A zebra.")
    now = make.clock.now()
    ben = make.actor(cast.ben)
    make.done(lambda: actions.edit(ben, post_id, "A heron.", 1, now=now))
    assert finds(cast.ana, "zebra") == []
    assert finds(cast.ana, "heron") == ["A heron"]


def test_what_is_taken_back_is_gone_with_its_title_and_is_found_when_it_is_put_back(
    cast, make, finds
):
    thread_id = make.thread(cast.group_id, cast.ana, title="Zebra", words="Heron.")
    ana, opening = make.actor(cast.ana), make.opening(thread_id)
    now = make.clock.now()
    make.done(lambda: taken_back_actions.take_back(ana, opening, now=now))
    kept = make.done(lambda: db.session.scalars(select(PostWords.words)).all())
    assert kept == [""]
    assert finds(cast.ana, "zebra") == finds(cast.ben, "heron") == []
    make.done(lambda: put_back(ana, opening, now=now))
    assert finds(cast.ana, "zebra") == finds(cast.ben, "heron") == ["Heron"]


@pytest.mark.holds("moderation:23")
def test_what_is_hidden_is_found_by_nobody_until_it_is_shown_again(cast, make, finds, thread_id):
    post_id, now = make.reply(thread_id, cast.ben, "A zebra."), make.clock.now()
    everybody = (cast.ana, cast.ben, cast.mori)
    make.done(lambda: actions.hide(post_id, until=None))
    assert [finds(person, "zebra") for person in everybody] == [[], [], []]
    make.done(lambda: actions.bring_back(post_id, now=now))
    assert [finds(person, "zebra") for person in everybody] == [["A zebra"]] * 3
    item_id = make.report(post_id, cast.ana, "medical_claim")
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert [finds(person, "zebra") for person in everybody] == [[], [], []]


def test_what_goes_with_its_thread_leaves_the_index(cast, make, finds, thread_id):
    def gone() -> None:
        db.session.delete(db.session.get_one(Thread, thread_id))
        db.session.flush()

    make.done(gone)
    assert make.done(lambda: db.session.scalar(select(func.count()).select_from(PostWords))) == 0
    assert finds(cast.ana, "tea") == []


def test_a_title_goes_with_whatever_is_the_first_post_of_its_thread(cast, make, finds, thread_id):
    def retitled() -> None:
        db.session.get_one(Thread, thread_id).title = "Zebra"

    def moved() -> None:
        first, second = db.session.scalars(
            select(Post).where(Post.thread_id == thread_id).order_by(Post.number).limit(2)
        ).all()
        for post, number in ((first, 9), (second, 1)):
            post.number = number
            db.session.flush()

    make.done(retitled)
    assert finds(cast.ben, "zebra") == ["Rain, and tea"]
    assert finds(cast.ben, "bus") == []
    make.done(moved)
    assert finds(cast.ben, "zebra") == ["Tea is fine"]


def test_whoever_leaves_a_group_finds_nothing_of_it(cast, make, finds, thread_id):
    assert finds(cast.ben, "tea")
    ben = make.actor(cast.ben)
    make.done(lambda: groups_actions.leave(ben, cast.group_id, now=make.clock.now()))
    assert finds(cast.ben, "tea") == []


def test_nothing_that_waits_behind_a_note_is_shown_and_ones_own_words_are(cast, make):
    thread_id = make.thread(cast.group_id, cast.ana, words="Rain.")
    now = make.clock.now()
    what = (make.actor(cast.ben), thread_id, "Zebra.")
    make.done(lambda: actions.reply(*what, notes=frozenset({NoteKind.PAIN}), now=now))

    def first(person: Actor) -> queries.Found:
        asked = Asked(read("zebra"))
        return make.done(lambda: queries.find(make.actor(person), asked, now).rows[0])

    assert (first(cast.ana).excerpt, first(cast.ana).showing) == ((), Showing.COLLAPSE)
    assert [piece.text for piece in first(cast.ben).excerpt] == ["Zebra", "."]


def test_one_and_two_hundred_cost_the_same_statements(cast, make, clock, cost):
    def statements() -> list[str]:
        with asked_meanwhile() as asked:
            queries.find(cast.ben, Asked(read("tea")), clock.now())
        return [statement for statement, _ in asked]

    def many(count: int) -> None:
        for number in range(count):
            put(cast.group_id, cast.ana.id, clock.now(), f"Tea {number}")

    make.done(lambda: many(1))
    few = make.done(statements)
    make.done(lambda: many(199))
    assert make.done(statements) == few
    assert len(few) == 3


def test_the_index_is_what_is_looked_in_and_each_row_is_found_by_its_key(cast, make, clock):
    def many() -> None:
        if db.session.get_bind().dialect.name == "postgresql":
            # Whoever erased before us has had it counted: this forgets how much there was.
            db.session.execute(text("TRUNCATE post_words"))
        for number in range(300):
            put(cast.group_id, cast.ana.id, clock.now(), f"Tea {number}")

    def plan() -> str:
        with asked_meanwhile() as asked:
            find(cast.ben, "tea", clock.now())
        statement, values = asked[-1]
        is_sqlite = db.session.get_bind().dialect.name == "sqlite"
        if not is_sqlite:  # of three hundred it would rather read all
            db.session.execute(text("SET LOCAL enable_seqscan = off"))
        how = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        rows = db.session.connection().exec_driver_sql(f"{how} {statement}", values).all()
        return "\n".join(str(row[-1]) for row in rows)

    make.done(many)
    steps = make.done(plan)
    assert re.search(r"^SCAN post_index VIRTUAL TABLE|Bitmap Index Scan on post_index", steps)
    assert not re.search(r"^SCAN (?!post_index)|Seq Scan|TEMP B-TREE", steps, re.MULTILINE), steps


def test_what_one_person_wrote_is_looked_through_and_not_all_that_has_the_word(cast, make, clock):
    """P6: a common word of one writer costs no more the more others write it."""
    by_ben = Asked(read("tea"), by="ben")

    def write(count: int) -> None:
        for number in range(count):
            put(cast.group_id, cast.ana.id, clock.now(), f"Tea {number}")

    def ask() -> list[UUID]:
        return [row.id for row in queries.find(cast.hana, by_ben, clock.now()).rows]

    def write_some() -> list[UUID]:
        said = ("Tea.", *("Rain." for _ in range(60)))
        return [put(cast.group_id, cast.ben.id, clock.now(), each) for each in said][:1]

    theirs = make.done(write_some)
    make.done(lambda: write(100))
    among_some = make.done(lambda: work_of(ask))
    make.done(lambda: write(400))
    assert make.done(ask) == theirs
    # Among so few, PostgreSQL would rather read every key than look each up.
    assert make.done(lambda: work_of(ask)) <= among_some * 1.2 + 400
    plans = make.done(lambda: plans_of(ask, "post", "post_words", "thread", "account"))
    whole = reads_all("post", "post_words", "thread", "first")
    assert not [plan for plan in plans if whole.search(plan)], plans
