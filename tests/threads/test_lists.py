"""Lists of threads: exactly what may be read, page by page, at a price that doesn't grow."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, update

from community.core.actor import Actor, Role, Standing
from community.core.db import db
from community.dystonia.tags import tag
from community.dystonia.topics import topic
from community.groups.rules import may_see_inside
from community.threads import queries
from community.threads.models import Post, Thread, ThreadTag
from community.threads.rules.posts import THREADS_A_PAGE, Edge, PostState, Wish, Written
from community.threads.rules.rows import Threads

IN_A_STORE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)


def add(group_id: UUID, author: Actor, at: datetime, **more) -> UUID:
    """A thread with its first post, straight into the tables: hundreds are made here."""
    state = more.get("state", PostState.PUBLISHED)
    until = more.get("until")
    thread = Thread(
        group_id=group_id, topic=more.get("topic", "cervical"), title="The bus", wish=Wish.IDEAS,
        author_id=author.id, started_at=at, last_at=at, post_count=1,
    )  # fmt: skip
    db.session.add(thread)
    db.session.flush()
    words = "" if state is PostState.DELETED else "Rain."
    db.session.add(
        Post(thread_id=thread.id, number=1, author_id=author.id, state=state, hidden_until=until,
             text=words, html=words, written_at=at)
    )  # fmt: skip
    db.session.flush()
    return thread.id


def walk(page: Callable[[Edge | None], Threads], between: Callable[[], None]) -> list[UUID]:
    """The ids of all pages, with something happening between one and the next."""
    seen, older = [], None
    while True:
        found = page(older)
        seen += [row.id for row in found.rows]
        if found.older is None:
            return seen
        older = Edge.read(str(found.older))  # by way of an address
        between()


@IN_A_STORE
@given(minutes=st.lists(st.integers(0, 3), min_size=1, max_size=30), new=st.integers(0, 3))
@pytest.mark.usefixtures("inside")
def test_pages_repeat_nothing_and_lose_nothing_whatever_is_written_between_them(
    cast, clock, monkeypatch, minutes, new
):
    """Many threads share an instant, and between two pages others are started or answered."""
    monkeypatch.setattr(queries, "THREADS_A_PAGE", 4)
    with db.session.begin_nested() as undone:
        noon = clock.now()
        ids = [add(cast.group_id, cast.ana, noon + timedelta(minutes=each)) for each in minutes]
        order = [str(one) for _, one in sorted(zip(minutes, ids, strict=True), reverse=True)]

        def more() -> None:
            later = noon + timedelta(hours=1)
            for _ in range(new):
                add(cast.group_id, cast.ben, later)
            db.session.execute(update(Thread).where(Thread.id == ids[0]).values(last_at=later))

        def page(older: Edge | None) -> Threads:
            return queries.threads_of_group(
                cast.ana, cast.group_id, noon + timedelta(days=1), older_than=older
            )

        seen = [str(one) for one in walk(page, more)]
        undone.rollback()
    assert len(set(seen)) == len(seen)
    assert [one for one in seen if one != str(ids[0])] == [
        one for one in order if one != str(ids[0])
    ]


ROLES = st.frozensets(st.sampled_from(Role), min_size=1)
MADE = st.lists(
    st.tuples(
        st.integers(0, 2),  # which group
        st.sampled_from(PostState),
        st.sampled_from([None, -1, 0, 1]),  # hidden until, in hours from now
        st.booleans(),  # has a tag
        st.booleans(),  # that is private
        st.booleans(),  # and was written by the one who asks
    ),
    max_size=8,
)


@pytest.mark.parametrize(
    ("about", "listed_in"), [("cervical", "cervical"), ("one-side", "several-areas")]
)
@IN_A_STORE
@given(made=MADE, held=st.dictionaries(st.integers(0, 2), ROLES), is_apart=st.booleans())
@pytest.mark.holds("promise:10", "asvs:6", "moderation:21")
@pytest.mark.usefixtures("inside")
def test_what_lists_show_is_exactly_what_the_rules_let_this_person_read(
    cast, make, clock, three_groups, about, listed_in, made, held, is_apart
):
    now = clock.now()
    me = Actor(
        id=cast.ana.id, name="Ana", standing=Standing.ACTIVE,
        roles=MappingProxyType({three_groups[which]: roles for which, roles in held.items()}),
        has_agreed=True, apart=frozenset({cast.ben.id} if is_apart else ()),
    )  # fmt: skip
    may_read, may_see_tag = set(), set()
    with db.session.begin_nested() as undone:
        for which, state, hours, is_tagged, is_private, is_own in made:
            group_id, author = three_groups[which], cast.ana if is_own else cast.ben
            until = None if hours is None else now + timedelta(hours=hours)
            thread_id = add(group_id, author, now, state=state, until=until, topic=about)
            if is_tagged:
                tagged = {"thread_id": thread_id, "tag": "neck", "is_private": is_private}
                db.session.execute(insert(ThreadTag).values(tagged))
            written = Written(group_id, author.id, state, until)
            is_there = written.is_shown(now) and me.meets(author.id)
            if may_see_inside(me, group_id) and is_there:
                may_read.add(thread_id)
                may_see_tag |= {thread_id} if is_tagged and (is_own or not is_private) else set()
        of_topic = queries.threads_of_topic(me, listed_in, now).rows
        of_groups = [
            row for group in three_groups for row in queries.threads_of_group(me, group, now).rows
        ]
        near = queries.threads_near(me, topic("foot-leg"), 99, now)
        with_tag = queries.threads_with_tag(me, "neck", now).rows
        looked_for = queries.tags_in_topic(me, about, 9, now)
        undone.rollback()
    for rows in (of_topic, of_groups, near):
        assert {row.id for row in rows} == may_read
    assert {row.id for row in with_tag} == may_see_tag
    assert {row.id for row in of_topic if tag("neck") in row.tags} == may_see_tag
    assert all(may_see_tag for _ in looked_for)


@pytest.fixture
def three_groups(make, cast) -> list[UUID]:
    return [cast.group_id, make.group("Two", members=[cast.ana]), make.group("Three")]


@given(
    at=st.integers(0, 10**17).map(
        lambda us: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=us)
    ),
    thread_id=st.uuids(),
)
def test_an_edge_goes_through_an_address_unchanged(at: datetime, thread_id: UUID):
    assert Edge.read(str(Edge(at, thread_id))) == Edge(at, thread_id)


@pytest.mark.parametrize("nonsense", ["", "x", "1-", f"{'f' * 40}-{UUID(int=1).hex}", "1-2"])
def test_nonsense_is_no_edge(nonsense: str):
    with pytest.raises(ValueError, match=r"."):
        Edge.read(nonsense)


def test_a_page_s_own_edge_that_makes_no_sense_shows_the_beginning(cast, make, client_for):
    make.thread(cast.group_id, cast.ana, title="The bus")
    for page in (f"/groups/{cast.group_id}", "/topics/cervical", f"/tags/{tag('neck').id}"):
        assert client_for(cast.ben).get(f"{page}?older=nonsense").status_code == 200


def test_older_and_newest_lead_from_page_to_page(cast, make, client_for, clock):
    def many() -> None:
        for n in range(THREADS_A_PAGE + 1):
            add(cast.group_id, cast.ana, clock.now() + timedelta(minutes=n))

    make.done(many)
    browser, page = client_for(cast.ben), f"/groups/{cast.group_id}"
    first = browser.get(page).text
    assert "Show the newest threads" not in first
    second = browser.get(first.split("Show older threads")[0].rpartition('href="')[2].split('"')[0])
    assert second.status_code == 200
    assert "Show the newest threads" in second.text
    assert "Show older threads" not in second.text


@pytest.mark.parametrize("page", ["/home", "/topics/cervical", "group", "tag", "thread"])
def test_two_hundred_cost_no_more_statements_than_one(cast, make, client_for, clock, cost, page):
    make.call(cast.group_id, cast.hana, topic="cervical")
    thread_id = make.thread(cast.group_id, cast.ana, tags=["neck"])
    address = {
        "group": f"/groups/{cast.group_id}",
        "tag": f"/tags/{tag('neck').id}",
        "thread": f"/threads/{thread_id}",
    }.get(page, page)
    browser = client_for(cast.ben)
    make.reply(thread_id, cast.ben)  # so that the place is kept already

    def statements() -> list[str]:
        browser.get(address)
        cost.statements.clear()
        assert browser.get(address).status_code == 200
        return list(cost.statements)

    def many() -> None:
        for n in range(199):
            made = add(cast.group_id, cast.ana, clock.now() + timedelta(minutes=n))
            db.session.add(ThreadTag(thread_id=made, tag="neck", is_private=False))
            db.session.add(
                Post(thread_id=thread_id, number=n + 3, author_id=cast.ana.id, text="Rain.",
                     state=PostState.PUBLISHED, html="Rain.", written_at=clock.now())
            )  # fmt: skip
        db.session.execute(update(Thread).where(Thread.id == thread_id).values(post_count=201))

    one = statements()
    make.done(many)
    assert len(statements()) == len(one) <= 12


def test_a_post_s_own_address_costs_the_same_however_long_the_thread(cast, make, client_for, cost):
    thread_id = make.thread(cast.group_id, cast.ana)
    posts = [make.reply(thread_id, cast.mori) for _ in range(60)]
    browser = client_for(cast.ben)
    spent = []
    for post_id in (posts[0], posts[-1]):
        cost.statements.clear()
        led_to = browser.get(f"/posts/{post_id}").location
        spent.append(len(cost.statements))
        assert f'id="post-{post_id}"' in browser.get(led_to).text
    assert spent[0] == spent[1] <= 4
