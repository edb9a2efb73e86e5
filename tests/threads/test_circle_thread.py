"""The thread of one circle: for those who were there, nowhere else, and gone when it is time."""

from collections.abc import Callable
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.core.actor import Actor, Role, Standing
from community.core.db import db
from community.core.sockets import socketio
from community.core.verdict import NOT_FOUND, Refused
from community.dystonia.tags import tag
from community.dystonia.topics import topic
from community.moderation import queries as moderation_queries
from community.threads import actions, queries
from community.threads.jobs import erase_circle_threads
from community.threads.models import ThreadReader, ThreadTag
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import send

SECRET = "Cloudberries on the hill."
DAYS = timedelta(days=7)


def opened(make: Make, group_id: UUID, by: Actor, readers: set[UUID]) -> UUID:
    """The thread of a circle in this group, open for seven days."""
    by, now = make.actor(by), make.clock.now()
    call_id = make.call(group_id, by)
    what = (call_id, group_id, "cervical", "After the circle", SECRET, readers)
    return make.done(lambda: actions.start_for_circle(by, *what, erase_at=now + DAYS, now=now))


@pytest.fixture
def thread_id(make, cast) -> UUID:
    """Hana’s, for her and Ana, who were there."""
    return opened(make, cast.group_id, cast.hana, {cast.hana.id, cast.ana.id})


@pytest.mark.holds("promise:10", "asvs:2", "asvs:4")
def test_those_who_were_there_read_and_write_and_nobody_else_knows_of_it(
    cast, client_for, thread_id
):
    address = f"/threads/{thread_id}"
    form = {"words": "Thank you for waiting with me.", "event_id": str(uuid4())}
    page = client_for(cast.ana).get(address)
    assert SECRET in page.text
    assert "Only people who were in this circle can see this thread." in page.text
    assert "Only its members can read it." not in page.text
    assert send(client_for(cast.ana), address, f"{address}/replies", **form).status_code == 302
    for other in (cast.ben, cast.mori, cast.pat, cast.stranger):
        browser = client_for(other)
        assert browser.get(address).status_code == 404
        for path in ("replies", "draft", "place"):
            assert send(browser, "/calls", f"{address}/{path}", **form).status_code == 404
        for page in ("/", f"/groups/{cast.group_id}", "/topics/cervical", "/drafts"):
            assert "After the circle" not in browser.get(page).text
    assert "After the circle" in client_for(cast.ana).get("/topics/cervical").text


@pytest.mark.holds("asvs:2", "asvs:34")
def test_its_posts_and_its_line_are_for_its_readers_only(app, make, cast, client_for, thread_id):
    post_id = make.opening(thread_id)
    for person, status in ((cast.ana, 302), (cast.ben, 404), (cast.mori, 404)):
        assert client_for(person).get(f"/posts/{post_id}").status_code == status
        line = socketio.test_client(app, flask_test_client=client_for(person))
        watched = line.emit("watch-thread", {"thread_id": str(thread_id), "last": 1}, callback=True)
        assert watched["ok"] is (status == 302)
    assert client_for(cast.ana).get(f"/posts/{post_id}/report").status_code == 200
    for page in ("report", "versions", "edit", "take-back"):
        assert client_for(cast.ben).get(f"/posts/{post_id}/{page}").status_code == 404


def test_a_moderator_reads_the_reported_post_and_nothing_around_it(make, cast, clock, thread_id):
    reply = make.done(lambda: actions.reply(cast.ana, thread_id, "Tea helps.", now=clock.now()))
    item_id = make.report(reply.post_id, cast.hana, "spam")
    page = make.done(lambda: moderation_queries.case_page(cast.mori, item_id, clock.now()))
    assert [each.text for each in page.around] == ["Tea helps."]


ROLES = st.frozensets(st.sampled_from(Role), min_size=1)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(
    was_there=st.booleans(),
    here=st.none() | ROLES,
    elsewhere=st.none() | ROLES,
    standing=st.sampled_from(Standing),
)
@pytest.mark.holds("promise:10", "asvs:2")
def test_no_query_gives_it_to_anybody_but_its_readers_in_the_group(
    make, cast, clock, two_circles, was_there, here, elsewhere, standing
):
    thread_id, group_id, other_id = two_circles[was_there]
    roles = {group_id: here, other_id: elsewhere}
    me = Actor(
        id=cast.ben.id, name="Ben", standing=standing, has_agreed=True,
        roles=MappingProxyType({group: held for group, held in roles.items() if held}),
    )  # fmt: skip
    now, may_read = clock.now(), was_there and group_id in me.groups

    def found() -> dict[str, bool]:
        post_id = queries.posts(me, thread_id, 1).opening.id
        lists = {
            "topic": queries.threads_of_topic(me, "cervical", now).rows,
            "group": queries.threads_of_group(me, group_id, now).rows,
            "tag": queries.threads_with_tag(me, "neck", now).rows,
            "near": queries.threads_near(me, topic("several-areas"), 99, now),
            "new": queries.new_threads(me, 99, now),
        }
        return {
            **{name: thread_id in {row.id for row in rows} for name, rows in lists.items()},
            "tags": tag("neck") in queries.tags_in_topic(me, "cervical", 9, now),
            "thread": gives(lambda: queries.thread(me, thread_id)),
            "post": gives(lambda: queries.post(me, post_id)),
            "opening": gives(lambda: queries.opening(me, thread_id)),
            "draft": queries.draft(me, Place(thread_id)) is not None,
            "drafts": thread_id in {each.place.thread_id for each in queries.drafts(me)},
            "reply": gives_draft(me, thread_id, now),
        }

    assert set(make.done(found).values()) == {may_read}


def gives(query: Callable[[], object]) -> bool:
    try:
        return query() is not None
    except Refused as refused:
        return refused.reason is not NOT_FOUND


def gives_draft(me: Actor, thread_id: UUID, now) -> bool:
    """Whether words can be kept for it."""
    return gives(
        lambda: actions.keep_draft(me, Place(thread_id), Typed("Tea."), press=Press(), now=now)
    )


@pytest.fixture
def two_circles(make, cast) -> dict[bool, tuple[UUID, UUID, UUID]]:
    """Two circles in groups of Ben’s: one he was in, one he wasn’t. He has words kept for both."""
    made = {}
    for was_there in (True, False):
        group_id = make.group(f"Group {was_there}", facilitators=[cast.hana], members=[cast.ben])
        readers = {cast.hana.id, cast.ben.id}
        thread_id = opened(make, group_id, cast.hana, readers)
        make.done(
            lambda thread_id=thread_id: db.session.add(
                ThreadTag(thread_id=thread_id, tag="neck", is_private=False)
            )
        )
        ben, place, now = make.actor(cast.ben), Place(thread_id), make.clock.now()
        make.done(
            lambda ben=ben, place=place, now=now: actions.keep_draft(
                ben, place, Typed("Not sent yet."), press=Press(), now=now
            )
        )
        if not was_there:
            make.done(lambda thread_id=thread_id: forget_reader(thread_id, cast.ben.id))
        made[was_there] = (thread_id, group_id, cast.group_id)
    return made


def forget_reader(thread_id: UUID, account_id: UUID) -> None:
    db.session.delete(db.session.get_one(ThreadReader, (thread_id, account_id)))


@pytest.mark.holds("promise:10")
def test_when_its_days_are_over_no_word_of_it_is_left_in_any_table_or_file(store: Store) -> None:
    with own_app(store.url) as app:
        clock: FrozenClock = app.extensions["ports"].clock
        make = Make(app, clock)
        hana, ana = make.member("Hana"), make.member("Ana")
        group_id = make.group("Neck", facilitators=[hana], members=[ana])
        thread_id = opened(make, group_id, hana, {hana.id, ana.id})
        make.thread(group_id, ana, title="The bus")
        ana, now = make.actor(ana), clock.now()
        words = [f"{SECRET} {uuid4()}" for _ in range(3)]
        sent = make.done(lambda: actions.reply(ana, thread_id, words[0], now=now))
        make.done(lambda: actions.edit(ana, sent.post_id, words[1], 1, now=now))
        make.done(
            lambda: actions.keep_draft(
                ana, Place(thread_id), Typed(words[2]), press=Press(), now=now
            )
        )
        assert all(each.encode() in store.on_disk() for each in words)
        with app.app_context():
            erase_circle_threads(clock.pass_by(days=6, hours=23))
            assert queries.posts(ana, thread_id, 1).replies
            db.session.rollback()
            erase_circle_threads(clock.pass_by(hours=1))
            rows = [
                str(row)
                for table in db.metadata.sorted_tables
                for row in db.session.execute(table.select())
            ]
            db.session.rollback()
        assert not [row for row in rows if "Cloudberries" in row or "After the circle" in row]
        assert [row for row in rows if "The bus" in row]
        left = store.on_disk()
        assert not [each for each in words if each.encode() in left]
